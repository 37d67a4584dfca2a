"""The audit chain walked from its first link: what was changed, removed or put in is named.

`python -m services.chassis.verifying <process>` does it by command, with exit code 1 where anything is named.
"""

from __future__ import annotations

import asyncio
import os
from datetime import datetime, timedelta
from typing import Annotated

import typer
from sqlalchemy import Row, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

from services.chassis.sealing import CHUNK, CONTENT, GENESIS, link

LONGEST = timedelta(hours=1)
"""No transaction takes longer between an act and its end; an act that claims an older time was put in."""
Sessions = async_sessionmaker[AsyncSession]
Place = tuple[int, int]
_CHAIN = text(
    f"SELECT s.seal_no, s.audit_id, s.hash, a.id, a.tx, a.at, {CONTENT} AS content "
    "FROM audit_seals s LEFT JOIN audit a ON a.id = s.audit_id WHERE s.seal_no > :after "
    "ORDER BY s.seal_no LIMIT :chunk"
)
_LATE = text(
    "SELECT a.id FROM audit a WHERE (a.tx, a.id) < (:tx, :id) "
    "AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.audit_id = a.id) ORDER BY a.id"
)


class Walk:
    """The way along the chain: how far, what it must link to, what stands out."""

    def __init__(self) -> None:
        self.checked = 0
        self.named: list[int] = []
        self.seal_no = 0
        self.place: Place = (0, 0)
        self._chain = GENESIS
        self._at: datetime | None = None

    def step(self, row: Row[tuple[object, ...]]) -> None:
        """One link: its number, its row as it was sealed, and its place in the order of transactions."""
        fits = row.seal_no == self.seal_no + 1 and row.id is not None
        fits = fits and link(self._chain, row.content) == row.hash and self._in_order(row)
        if fits:
            self.place, self._at = (row.tx, row.id), max(self._at or row.at, row.at)
        else:
            self.named.append(row.audit_id)
        self.checked, self.seal_no, self._chain = self.checked + 1, row.seal_no, row.hash

    def _in_order(self, row: Row[tuple[object, ...]]) -> bool:
        late = self._at is not None and row.at < self._at - LONGEST
        return (row.tx, row.id) > self.place and not late


async def verify(sessions: Sessions) -> tuple[int, list[int]]:
    """Walk the whole chain: (rows checked, ids of rows that were changed, removed or put in)."""
    walk = Walk()
    async with sessions() as session:
        while rows := (await session.execute(_CHAIN, {"after": walk.seal_no, "chunk": CHUNK})).all():
            for row in rows:
                walk.step(row)
        late = await session.execute(_LATE, {"tx": walk.place[0], "id": walk.place[1]})
        return walk.checked, [*walk.named, *late.scalars()]


async def verify_at(dsn: str) -> tuple[int, list[int]]:
    """The chain of the database at an address."""
    engine = create_async_engine(dsn)
    try:
        return await verify(async_sessionmaker(engine))
    finally:
        await engine.dispose()


def said(process: str, checked: int, named: list[int]) -> str:
    """One line of the result."""
    ids = ", ".join(map(str, named))
    return f"{process}: {checked} rows, " + (f"CHANGED, REMOVED OR PUT IN: {ids}" if named else "whole")


def main(process: Annotated[str, typer.Argument()], dsn: Annotated[str, typer.Option()] = "") -> None:
    """Verify with --dsn or SI_DSN."""
    checked, named = asyncio.run(verify_at(dsn or os.environ["SI_DSN"]))
    typer.echo(said(process, checked, named))
    if named:
        raise typer.Exit(1)


if __name__ == "__main__":
    typer.run(main)

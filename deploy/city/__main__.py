"""`python -m deploy.city load --gateway URL --size small|large`.

SI_FIRST_ACCOUNT and SI_FIRST_PASSWORD in the environment name the first officer.
"""

from __future__ import annotations

import asyncio
from enum import StrEnum
from typing import Annotated

import httpx
import typer

from deploy.city.api import Api
from deploy.city.employers import employers
from deploy.city.load import REGISTRATION, Loader
from deploy.city.progress import Progress

PATIENCE_SECONDS = 300.0
app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


class Size(StrEnum):
    """How large the city is."""

    TINY = "tiny"
    SMALL = "small"
    LARGE = "large"


SIZES = {Size.TINY: (30, 300), Size.SMALL: (300, 7_000), Size.LARGE: (60_000, 1_400_000)}
"""Employers and persons."""


@app.callback()
def about() -> None:
    """The demo city."""


@app.command()
def load(
    gateway: Annotated[str, typer.Option()],
    account: Annotated[str, typer.Option(envvar="SI_FIRST_ACCOUNT")],
    password: Annotated[str, typer.Option(envvar="SI_FIRST_PASSWORD")],
    size: Annotated[Size, typer.Option()] = Size.SMALL,
) -> None:
    """Load a city; an interrupted load is taken up by the next."""
    asyncio.run(_load(gateway, size, account, password))


async def _load(gateway: str, size: Size, account: str, password: str) -> None:
    city = employers(*SIZES[size])
    persons = SIZES[size][1]
    progress = Progress(REGISTRATION * len(city) + 2 * persons)
    async with httpx.AsyncClient(base_url=gateway, timeout=PATIENCE_SECONDS, trust_env=False) as client:
        await Loader(Api(client), city, size, password, progress).run(account)
    progress.finish()


if __name__ == "__main__":
    app()

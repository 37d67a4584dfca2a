"""《责令限期缴纳社会保险费通知书》 (2.3): the document as it was issued and frozen, word for word."""

from __future__ import annotations

from dataclasses import dataclass

from contracts.http.notices import OrderView
from gateway.print import figures
from gateway.print.typesetter import typeset

_LAST = 2
"""Contact and signature stand at the end of the paragraphs."""


@dataclass(frozen=True, slots=True)
class _Order:
    order_no: str
    title: str
    paragraphs: tuple[str, ...]
    contact: str
    signature: str
    served: str
    deadline: str
    digest: str


async def order_form(order: OrderView) -> bytes:
    """The PDF; paragraphs are the frozen words, title and number first."""
    title, number, *rest = order.paragraphs
    contact, signature = rest[-_LAST:]
    form = _Order(
        order_no=number,
        title=title,
        paragraphs=tuple(rest[:-_LAST]),
        contact=contact,
        signature=signature,
        served=figures.minute(order.served_at) if order.served_at else "",
        deadline=figures.day(order.deadline),
        digest=order.digest,
    )
    return await typeset("order", form)

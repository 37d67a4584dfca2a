"""办事指南 kept by an editor of the city: one matter at a time, every version kept (五, 协议 四.2)."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path, Request
from starlette.responses import Response

from contracts.errors import chassis as codes
from contracts.errors.code import ProblemBody
from contracts.http.guide import MOST_ITEMS, EditGuide, Guide, GuideForm, GuideItem, GuideVersions
from gateway import menu
from gateway.desk.sections import router_of, show
from gateway.forms import Entry, sent
from gateway.guide import FORMS
from gateway.sessions.visit import Visit, Visitor
from services.chassis.problems import Problem

router = router_of(menu.NOTICES)
HOME = "/desk/notices/guide"
Place = Annotated[int, Path(ge=1, le=MOST_ITEMS)]


@router.get(HOME)
async def guide(visit: Visitor) -> Response:
    """The guide as it stands, with its history."""
    return show(
        visit,
        menu.NOTICES,
        "guide.html",
        found=await _guide(visit),
        forms=FORMS,
        history=await visit.calls.get("registry", "/guide/versions", GuideVersions),
    )


@router.get(f"{HOME}/versions/{{version}}")
async def version(visit: Visitor, version: Annotated[int, Path(ge=1, le=1_000_000)]) -> Response:
    """The guide as it stood."""
    found = await visit.calls.get("registry", f"/guide/versions/{version}", Guide)
    return show(visit, menu.NOTICES, "guide_version.html", found=found, forms=FORMS)


@router.get(f"{HOME}/{{place}}")
async def item(visit: Visitor, place: Place) -> Response:
    """One matter to change; the place behind the last is a new one."""
    found = await _guide(visit)
    return _form(visit, found, place, _filled(found, place))


@router.post(f"{HOME}/{{place}}")
async def save(visit: Visitor, request: Request, place: Place) -> Response:
    """Put the matter in its place, or take it out."""
    entry, found = await sent(request), await _guide(visit)
    try:
        items = [one for number, one in enumerate(found.items, start=1) if number != place]
        if entry.text("act") != "remove":
            items.insert(_wanted(entry, len(items) + 1) - 1, _item(entry))
        values = {"base": int(entry.text("base")), "items": items, "reason": entry.text("reason")}
        command = entry.build(EditGuide, values)
        await visit.calls.post("registry", "/guide", Guide, command, key=entry.text("key"))
    except ValueError:
        raise Problem(codes.BAD_INPUT) from None
    except Problem as problem:
        return _form(visit, found, place, entry, problem.body)
    return visit.go(f"{HOME}?said=guide_edited")


def _item(entry: Entry) -> GuideItem:
    chosen = set(entry.chosen("forms"))
    return entry.build(
        GuideItem,
        {
            "title": entry.text("title"),
            "place": entry.text("place"),
            "materials": [line.strip() for line in entry.text("materials").splitlines() if line.strip()],
            "note": entry.text("note"),
            "forms": [form for form in GuideForm if form in chosen],
        },
    )


def _wanted(entry: Entry, last: int) -> int:
    """Where the matter shall stand, counted from 1; a fault of the form for no number."""
    text = entry.text("order")
    if not text.isdecimal() or not 1 <= int(text) <= last:
        entry.wrong("order", f"请填写 1 至 {last}")
        return last
    return int(text)


def _filled(found: Guide, place: int) -> Entry:
    order = {"order": str(min(place, len(found.items) + 1))}
    if place > len(found.items):
        return Entry(order)
    one = found.items[place - 1]
    cells = {"title": one.title, "place": one.place, "materials": "\n".join(one.materials), "note": one.note}
    return Entry(cells | order, {"forms": tuple(one.forms)})


async def _guide(visit: Visit) -> Guide:
    return await visit.calls.get("registry", "/guide", Guide)


def _form(
    visit: Visit, found: Guide, place: int, entry: Entry, problem: ProblemBody | None = None
) -> Response:
    return show(
        visit,
        menu.NOTICES,
        "guide_item.html",
        problem.status if problem else 200,
        found=found,
        number=place,
        entry=entry,
        problem=problem,
        forms=FORMS,
    )

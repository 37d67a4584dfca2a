"""Every page of the portal: it stands, it is usable, and its parts fail alone."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from contracts.http.billing import BillView
from contracts.values import Role
from gateway import portal
from gateway.sessions.visit import PageRoute
from tests.gateway.portal.city import PAGES
from tests.servers.house import House, Neighbour

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)
OF_A_REGISTERED_EMPLOYER = {
    "/account/changes\\Z",
    "/account/changes/new\\Z",
    "/account/deregistration\\Z",
    "/materials\\Z",
    "/materials/[^/]+\\Z",
    "/materials/[^/]+/files/[^/]+\\Z",
}
"""Looked at by the tests of their acts, where the registry knows the employer."""
SHEETS = ("/increase/template.xlsx", "/bases/template.xlsx", "/bill/2016-09.xlsx")


class Reading(HTMLParser):
    """What a reader needs of a page: headings, ids once, a name for every field."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.headings = 0
        self.ids: list[str] = []
        self.named: set[str] = set()
        self.fields: list[dict[str, str | None]] = []
        self.labels = 0
        self.lang = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.headings += tag == "h1"
        self.ids += [str(found["id"])] if "id" in found else []
        if tag == "html":
            self.lang = str(found.get("lang"))
        if tag == "label":
            self.labels += 1
            self.named.add(str(found.get("for")))
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden" and not self.labels:
            self.fields.append(found)

    def handle_endtag(self, tag: str) -> None:
        self.labels -= tag == "label"

    def nameless(self) -> list[dict[str, str | None]]:
        return [one for one in self.fields if one.get("id") not in self.named and not one.get("aria-label")]


@pytest.mark.parametrize("path", [*PAGES, "/log-in"])
async def test_craft_a_page_stands_and_is_usable(standing: House, path: str):
    person = await standing.specialist()
    page = await person.get(path)
    assert page.status_code == (404 if path == "/bill/2016-10" else 200), page.text
    assert INLINE.findall(page.text) == []
    assert "default-src 'self'" in page.headers["content-security-policy"]
    reading = Reading(page.text)
    assert (reading.headings, reading.lang, reading.nameless()) == (1, "zh-CN", [])
    assert sorted(reading.ids) == sorted(set(reading.ids))


def test_craft_every_page_of_the_portal_is_looked_at():
    paths = {
        route.path
        for router in portal.ROUTERS
        for route in router.routes
        if isinstance(route, PageRoute) and "GET" in (route.methods or ())
    }
    seen = {page.partition("?")[0] for page in PAGES} | set(SHEETS)
    files = {path for path in paths if path.endswith((".pdf", ".svg"))}
    shapes = [re.compile(re.sub(r"{\w+}", "[^/]+", path) + r"\Z") for path in paths - files]
    unseen = {shape.pattern for shape in shapes if not any(shape.match(page) for page in seen)}
    assert unseen == {"/unread\\Z", "/bill/now\\Z", "/notices/[^/]+\\Z"} | OF_A_REGISTERED_EMPLOYER


@pytest.mark.parametrize("down", ["enrollment", "billing", "notices"])
async def test_craft_a_neighbour_that_is_down_takes_only_its_part(home: House, down: str):
    person = await home.specialist()
    whole = await person.get("/")
    assert "暂不可用" not in whole.text
    neighbour: Neighbour = getattr(home, down)
    neighbour.down = True
    page = await person.get("/")
    assert page.status_code == 200
    assert "暂不可用" in page.text
    assert Reading(page.text).headings == 1


async def test_craft_a_whole_page_of_a_neighbour_that_is_down_says_so(home: House):
    person = await home.specialist()
    home.enrollment.down = home.billing.down = True
    roster, bill = await person.get("/roster"), await person.get("/bill/2016-09")
    assert (roster.status_code, bill.status_code) == (503, 503)
    assert "暂时无法办理" in roster.text
    assert "暂不可用" in bill.text


async def test_laws_a_stranger_and_an_officer_see_no_employers_page(standing: House):
    stranger, officer = standing.stranger(), await standing.officer(Role.COUNTER)
    for path in PAGES:
        answer = await stranger.get(path)
        assert (answer.status_code, answer.headers["location"]) == (303, "/log-in"), path
    assert (await officer.get("/")).headers["location"] == "/desk"
    assert (await officer.get("/account")).status_code == 403


async def test_live_a_bill_that_is_shown_already_is_not_drawn_again(home: House):
    person = await home.specialist()
    page = (await person.get("/bill/2016-09")).text
    address = re.findall(r'hx-get="(/bill/2016-09\?seen=[0-9a-f]{16})"', page)[0]
    assert (await person.get(address)).status_code == 204
    told = home.billing.answers["GET", "/bills/2016-09"]
    assert isinstance(told, BillView)
    home.billing.tell("GET", "/bills/2016-09", told.model_copy(update={"version": told.version + 1}))
    assert (await person.get(address)).status_code == 200

"""Every page of the desk: it stands, it is usable, and its parts fail alone."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from html.parser import HTMLParser

import pytest

from contracts.values import Role
from gateway import desk
from gateway.sessions.visit import PageRoute
from tests.gateway.desk.city import ALL_ROLES, PAGES, E, fill
from tests.gateway.desk.test_opening import NEW
from tests.servers.house import House, house
from tests.servers.postgres import Databases

INLINE = re.compile(r"<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=|javascript:", re.IGNORECASE)


class Reading(HTMLParser):
    """What a page holds that its reader needs."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.labelled: set[str] = set()
        self.inputs: list[tuple[str, dict[str, str | None]]] = []
        self.open_labels = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if found.get("id"):
            self.ids.append(str(found["id"]))
        if tag == "label":
            self.open_labels += 1
            self.labelled.add(str(found.get("for")))
        if tag in {"input", "select", "textarea"} and found.get("type") != "hidden" and not self.open_labels:
            self.inputs.append((tag, found))

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.open_labels -= 1

    def nameless(self) -> list[dict[str, str | None]]:
        """Fields that a screen reader could not announce."""
        return [
            found
            for _, found in self.inputs
            if found.get("id") not in self.labelled and not found.get("aria-label")
        ]


async def registered(home: House) -> None:
    assert (await (await home.officer(Role.COUNTER)).send("/desk/employers/new", **NEW)).status_code == 303


@pytest.fixture(scope="module")
async def full(databases: Databases) -> AsyncIterator[House]:
    """One house for all pages that only look."""
    async with house(databases) as made:
        await registered(made)
        fill(made)
        yield made


@pytest.fixture(scope="module")
async def bare(databases: Databases) -> AsyncIterator[House]:
    """A house in which nothing has happened yet."""
    async with house(databases) as made:
        yield made


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_stands_and_can_be_used(full: House, path: str):
    officer = await full.officer(*ALL_ROLES)
    page = await officer.get(path)
    assert page.status_code == 200, page.text
    assert page.text.count("<h1") == 1
    assert '<html lang="zh-CN">' in page.text
    assert INLINE.findall(page.text) == []
    reading = Reading(page.text)
    assert reading.nameless() == []
    assert len(reading.ids) == len(set(reading.ids))
    assert "暂不可用" not in page.text


@pytest.mark.parametrize("path", PAGES)
async def test_each_page_of_an_empty_or_silent_city_answers(bare: House, path: str):
    officer = await bare.officer(*ALL_ROLES)
    for silent in (False, True):
        for neighbour in (bare.enrollment, bare.billing, bare.notices):
            neighbour.down = silent
        page = await officer.get(path)
        assert page.status_code in {200, 404, 503}
        assert page.text.count("<h1") == 1


CASES = {
    "/desk/applications/{application_no}",
    "/desk/employers/changes/{change_no}",
    "/desk/employers/deregistrations/{deregistration_no}",
    "/desk/employers/coverage.xlsx",
    "/desk/employers/imports/template.xlsx",
    "/desk/employers/imports/{import_id}",
    "/desk/employers/imports/{import_id}/faults.xlsx",
    "/desk/employers/openings/{case_no}",
    "/desk/materials/{request_no}/files/{file_id}",
}
"""Looked at by the tests of their acts, which first make the case."""


def test_every_page_for_reading_is_among_those_tried():
    shapes = {re.sub(r"\?.*", "", path) for path in PAGES}
    unseen = set()
    for router in desk.ROUTERS:
        for route in router.routes:
            assert isinstance(route, PageRoute)
            pattern = re.sub(r"{[^}]+}", "[^/]+", route.path)
            if "GET" in (route.methods or ()) and not route.path.endswith(("/pdf", ".pdf")):
                unseen |= {route.path} if not any(re.fullmatch(pattern, shape) for shape in shapes) else set()
    assert unseen == CASES


async def test_the_board_shows_the_months_figures(home: House):
    await registered(home)
    fill(home)
    page = (await (await home.officer(Role.COUNTER)).get("/desk")).text
    assert "239 <small>/ 300</small>" in page
    assert "79.6%，已确认 260" in page
    assert "58,230.44" in page
    assert "缴费期至9月10日 24:00 · 剩 3 天" in page
    assert page.index("KIM MINSU") < page.index("赵倩倩")


async def test_one_part_that_fails_leaves_the_others(home: House):
    await registered(home)
    fill(home)
    home.billing.down = True
    page = await (await home.officer(Role.COUNTER)).get("/desk")
    assert page.status_code == 200
    assert "征缴汇总暂不可用" in page.text
    assert "赵倩倩" in page.text
    entry = await (await home.officer(Role.COUNTER)).get(E)
    assert "单位账暂不可用" in entry.text
    assert "91370600MA3C1A2B9T" in entry.text


async def test_the_menu_shows_what_the_roles_may_open(home: House):
    fill(home)
    finance = (await (await home.officer(Role.FINANCE)).get("/desk")).text
    assert 'href="/desk/payments"' in finance
    assert 'href="/desk/counter"' not in finance
    assert 'href="/desk/policy"' not in finance
    assert '<span class="absent">对账<small>尚未开放，与银行对账单人工核对</small></span>' in finance


@pytest.mark.parametrize(
    "role", [Role.POLICY, Role.NOTICE_EDITOR, Role.FINANCE, Role.SYSTEM_ADMIN, Role.COLLECTION]
)
async def test_no_page_offers_a_link_that_refuses(home: House, role: Role):
    await registered(home)
    officer = await home.officer(role)
    offered = set()
    for page in ("/desk", "/desk/employers"):
        offered |= set(re.findall(r'href="(/desk[^".?]*)"', (await officer.get(page)).text))
    refused = [path for path in sorted(offered) if (await officer.get(path)).status_code == 403]
    assert (len(offered) > 1, refused) == (True, [])

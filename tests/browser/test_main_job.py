"""The main job as a specialist sees it: log in, change the password, enroll, confirm, pay at the bank, see it paid."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from contracts.http.enrollment import RawIncrease
from deploy.local.places import LOCAL
from tests.browser.opening import Opened, opened
from tests.flows import people
from tests.servers.stack import Stack

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium is not installed"),
]
DESKTOP, PHONE = (1366, 768), (375, 812)
PATIENCE_MS = 30_000
SCREENSHOTS = LOCAL / "screenshots"


@dataclass
class Visit:
    """One browser window with its screenshots and what went wrong in it."""

    page: Page
    name: str
    faults: list[str] = field(default_factory=list)
    shots: int = 0

    def shot(self, what: str) -> None:
        """Keep a picture; a page is never wider than its window."""
        self.shots += 1
        wide = self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{what} is {wide} px too wide"
        self.page.screenshot(path=SCREENSHOTS / f"{self.name}-{self.shots:02}-{what}.png", full_page=True)


@contextmanager
def visit(name: str, size: tuple[int, int]) -> Iterator[Visit]:
    """Debian's Chromium, which `make test` installs where it may; its loop ends with the visit."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", timezone_id="Asia/Shanghai"
        )
        context.set_default_timeout(PATIENCE_MS)
        page = context.new_page()
        seen = Visit(page, name)
        page.on("pageerror", lambda error: seen.faults.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        yield seen
        browser.close()
    assert seen.faults == []


def log_in(seen: Visit, system: Stack, employer: Opened) -> None:
    page = seen.page
    page.goto(system.gateway)
    seen.shot("log-in")
    page.get_by_label("登录账户").fill(employer.number)
    page.get_by_label("密码", exact=False).first.fill(employer.initial)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    page.goto(f"{system.gateway}/bill")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    seen.shot("password")
    page.locator("#f-old").fill(employer.initial)
    page.locator("#f-new").fill(employer.own)
    page.locator("#f-again").fill(employer.own)
    page.get_by_role("button", name="修改密码").click()
    expect(page.get_by_role("heading", name=re.compile("周会计"))).to_be_visible()
    seen.shot("home-empty")


def enroll(seen: Visit, system: Stack, person: RawIncrease) -> None:
    page = seen.page
    page.goto(f"{system.gateway}/increase/new")
    for name, value in person.model_dump(exclude={"row"}).items():
        entry = page.locator(f"#f-{name}")
        if not value or not entry.count():
            continue
        if entry.evaluate("it => it.tagName") == "SELECT":
            entry.select_option(label=value)
        else:
            entry.fill(value)
    page.get_by_role("button", name="下一步：核对").click()
    expect(page.get_by_text("提交后由系统自动确认")).to_be_visible()
    seen.shot("check")
    page.locator("form[action='/increase/send'] button").click()
    expect(page.get_by_text("已确认，自")).to_be_visible()
    seen.shot("enrolled")


def confirm(seen: Visit, system: Stack, total: str) -> str:
    """Confirm the bill; the slip's number."""
    page = seen.page
    page.goto(f"{system.gateway}/bill/2016-09")
    expect(page.locator("#bill")).to_contain_text(total)
    seen.shot("bill")
    page.get_by_role("button", name="确认人数和金额").click()
    number = page.locator(".slip .no").first
    expect(number).to_be_visible()
    seen.shot("slip")
    return re.sub(r"\D", "", number.inner_text())


def pay(seen: Visit, system: Stack, slip_no: str, total: str) -> None:
    """At the bank, in another window: the specialist's own page stays open."""
    page = seen.page.context.new_page()
    page.goto(system.bank)
    page.get_by_label("缴费单号").fill(slip_no)
    page.get_by_role("button", name="查询").click()
    expect(page.locator(".facts .sum").first).to_have_text(f"¥ {total}")
    page.get_by_role("button", name=f"缴费 ¥ {total}").click()
    expect(page.get_by_role("heading", name="已扣款，社保系统已受理")).to_be_visible()
    page.screenshot(path=SCREENSHOTS / f"{seen.name}-bank.png", full_page=True)
    page.close()


@pytest.mark.parametrize(
    ("name", "size", "place", "persons", "total"),
    [("desktop", DESKTOP, 71, slice(0, 3), "8,602.58"), ("phone", PHONE, 72, slice(1, 2), "2,058.36")],
    ids=["desktop", "phone"],
)
def test_V1_from_the_first_log_in_to_a_payment_seen_on_the_open_page(
    system: Stack, name: str, size: tuple[int, int], place: int, persons: slice, total: str
) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    employer = opened(system, place)
    with visit(name, size) as seen:
        log_in(seen, system, employer)
        for person in people.staff(place)[persons]:
            enroll(seen, system, person)
        slip_no = confirm(seen, system, total)
        pay(seen, system, slip_no, total)
        expect(seen.page.locator("#bill")).to_contain_text("已缴清", timeout=PATIENCE_MS)
        expect(seen.page.locator("#said")).to_be_hidden()
        seen.shot("paid")
        seen.page.goto(system.gateway)
        expect(seen.page.locator("#due")).to_contain_text("已缴清")
        seen.shot("home-paid")

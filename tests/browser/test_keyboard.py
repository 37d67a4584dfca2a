"""Every act of the main job by keyboard alone: the focus is seen wherever it stands, and nothing traps it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.opening import Opened, opened
from tests.browser.test_main_job import DESKTOP, PHONE, SCREENSHOTS, pytestmark, visit
from tests.flows import people
from tests.servers.stack import Stack

__all__ = ["pytestmark"]
MOST_STOPS = 80
STOP = """() => {
  const it = document.activeElement, style = getComputedStyle(it), box = it.getBoundingClientRect();
  const label = it.id && document.querySelector(`label[for="${it.id}"]`);
  const shown = it.className === "menu-switch" ? getComputedStyle(label) : style;
  return {
    body: it === document.body, id: it.id, tag: it.tagName, type: it.type || "",
    name: (it.getAttribute("aria-label") || (label && label.innerText) || it.innerText || "").trim(),
    seen: shown.outlineStyle !== "none" && parseFloat(shown.outlineWidth) >= 2,
    inside: box.right > 0 && box.left < innerWidth,
  };
}"""


def stop(page: Page) -> dict[str, object]:
    """One Tab on; what is reached has a name and shows that it is reached."""
    page.keyboard.press("Tab")
    found: dict[str, object] = page.evaluate(STOP)
    if not found["body"] and found["id"] != "main":
        assert found["seen"], found
        assert found["inside"], found
        assert found["name"], found
    return found


def reach(page: Page, *, field: str = "", words: str = "") -> None:
    """Tab until the field or the button with these words."""
    for _ in range(MOST_STOPS):
        found = stop(page)
        if found["id"] == field if field else words in str(found["name"]):
            return
    raise AssertionError(f"{field or words} is not reached by Tab")


def choose(page: Page, words: str) -> None:
    """Go down the list that has the focus until these words are chosen."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("ArrowDown")
        if page.evaluate("document.activeElement.selectedOptions[0].text") == words:
            return
    raise AssertionError(f"{words} cannot be chosen by keyboard")


def type_day(page: Page, year: str, month: str, day: str) -> None:
    """A date field takes its parts in the order of the browser's own language."""
    page.keyboard.type(f"{month}{day}{year}")
    value = page.evaluate("document.activeElement.value")
    if value != f"{year}-{month}-{day}":
        page.evaluate("value => { document.activeElement.value = value; }", f"{year}-{month}-{day}")


def enter(page: Page, system: Stack, employer: Opened) -> None:
    page.goto(system.gateway)
    reach(page, field="f-account")
    page.keyboard.type(employer.number)
    reach(page, field="f-password")
    page.keyboard.type(employer.initial)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="修改密码")).to_be_visible()
    for field, value in (("f-old", employer.initial), ("f-new", employer.own), ("f-again", employer.own)):
        reach(page, field=field)
        page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.locator("#due")).to_be_visible()


def enroll(page: Page, system: Stack, place: int) -> None:
    person = people.staff(place)[0]
    page.goto(f"{system.gateway}/increase/new")
    assert stop(page)["name"] == "跳到主要内容"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    assert "首页" in str(stop(page)["name"]), "the skip link leads past the menu"
    for field in ("name", "id_number", "household", "home_address", "phone", "hired_on", "monthly_wage"):
        reach(page, field=f"f-{field}")
        value = str(getattr(person, field))
        if field == "household":
            choose(page, value)
        elif field == "hired_on":
            type_day(page, *value.split("-"))
        else:
            page.keyboard.type(value)
    page.keyboard.press("Enter")
    expect(page.get_by_text("提交后由系统自动确认")).to_be_visible()
    reach(page, words="提交增员")
    page.keyboard.press("Enter")
    expect(page.get_by_text("已确认，自")).to_be_visible()


def confirm(page: Page, system: Stack) -> None:
    page.goto(f"{system.gateway}/bill/2016-09")
    expect(page.locator("#bill")).to_contain_text("确认应缴")
    reach(page, words="生育")
    page.keyboard.press("Enter")
    expect(page.locator("#opened table")).to_be_visible()
    reach(page, words="确认人数和金额")
    page.keyboard.press("Enter")
    expect(page.locator(".slip .no").first).to_be_visible()
    reach(page, words="打印缴费单")


@pytest.mark.parametrize(("size", "place"), [(DESKTOP, 73), (PHONE, 74)], ids=["desktop", "phone"])
def test_craft_the_main_job_by_keyboard_alone(system: Stack, size: tuple[int, int], place: int) -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    employer = opened(system, place)
    with visit("keyboard", size) as seen:
        enter(seen.page, system, employer)
        enroll(seen.page, system, place)
        confirm(seen.page, system)

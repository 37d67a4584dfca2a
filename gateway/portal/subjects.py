"""Where a decision leads: the page of what was decided, and of the next step (协议 二.6)."""

from __future__ import annotations

from typing import NamedTuple

from contracts.http.notices import ResultView
from contracts.values import Outcome


class Step(NamedTuple):
    """The next step as a link."""

    words: str
    path: str


_ACCOUNT = ("opening", "password", "specialist", "approver", "approver_password", "approver_end")
_SUBJECTS = {
    "increase": "/increase/{no}",
    "decrease": "/decrease",
    "materials": "/materials/{no}",
    "correction_order": "/materials/{no}",
    "registration": "/account/changes",
    "payment": "/payments",
    **dict.fromkeys(_ACCOUNT, "/account"),
}
_UPLOAD = Step("去上传", "/materials/{no}")
_CORRECT = Step("去提交改正材料", "/materials/{no}")
_STEPS = {
    ("increase", Outcome.ACCEPTED): Step("打印人员增加表", "/print"),
    ("increase", Outcome.REFUSED): Step("重新申报", "/increase/new"),
    ("increase", Outcome.VOIDED): Step("重新申报", "/increase/new"),
    ("decrease", Outcome.ACCEPTED): Step("打印人员减少表", "/print"),
    ("decrease", Outcome.REFUSED): Step("重新申报", "/decrease/new"),
    ("decrease", Outcome.WAITING): Step("去缴费", "/bill/now"),
    ("materials", Outcome.WAITING): _UPLOAD,
    ("materials", Outcome.REFUSED): _UPLOAD,
    ("correction_order", Outcome.WAITING): _CORRECT,
    ("correction_order", Outcome.REFUSED): _CORRECT,
    ("registration", Outcome.REFUSED): Step("重新提交", "/account/changes/new"),
}


def subject_of(result: ResultView) -> str:
    """The page of what was decided; empty for a matter that has none."""
    return _SUBJECTS.get(result.matter, "").format(no=result.submission_no)


def step_of(result: ResultView) -> Step | None:
    """What is to be done next; nothing where nothing is."""
    step = _STEPS.get((result.matter, result.outcome))
    return step._replace(path=step.path.format(no=result.submission_no)) if step else None

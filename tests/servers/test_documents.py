"""The law of the documents finds what leaves them."""

from __future__ import annotations

from tests.servers.documents import Sent, departures, named


def test_a_type_of_another_owner_is_a_departure():
    foreign = Sent("billing.bills", "BillSettled", {})
    assert departures("notices", [foreign]) == [
        "notices sends BillSettled on billing.bills, which its document does not name"
    ]


def test_a_body_of_another_form_is_a_departure():
    found = departures("notices", [Sent("notices.notices", "OrderLapsed", {"version": "1"})])
    assert any("version" in line or "integer" in line for line in found)
    assert any("order_no" in line for line in found)


def test_what_a_process_may_take_stands_in_its_document():
    assert ("billing.bills", "ArrearsOpened") in named("notices", "receive")
    assert ("billing.bills", "ArrearsOpened") not in named("notices", "send")

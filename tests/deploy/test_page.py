"""The terminal view at the two sizes a person has, and the alarms that it shows."""

from __future__ import annotations

from io import StringIO

import pytest
from prometheus_client.parser import text_string_to_metric_families
from rich.console import Console

from deploy.local.alarms import raised
from deploy.local.city import Progress
from deploy.local.page import Seen, page
from deploy.local.watch import COUNTERS, GAUGES, State

NAMES = ("broker", "registry", "enrollment", "billing", "notices", "gateway", "bank")
PEOPLE = [("烟台海源机械有限公司", f"37060001{number:02}", "9CVZG#Z7MQtr") for number in range(20)]
METRICS = """
si_failing{part="relay"} 1
si_outbox_oldest_seconds 61
si_audit_unsealed_seconds 3
si_dead_letters_open 0
si_bank_calls_total{bank="unknown",outcome="bank.bad_signature"} 2
si_bank_calls_total{bank="ICBC",outcome="accepted"} 900
si_bank_calls_total{bank="ICBC",outcome="bank.serial_reused"} 1
"""


def state(name: str) -> State:
    if name in {"broker", "bank"}:
        return State(up=True, detail="listening")
    rates, totals = dict.fromkeys(COUNTERS, 1234.5), dict.fromkeys(GAUGES, 7.0)
    return State(name != "billing", "broker: connecting", totals, rates)


def drawn(width: int, height: int) -> list[str]:
    seen = Seen(
        business="2016-09-07 09:00",
        address="http://127.0.0.1:8016",
        bank="http://127.0.0.1:8018",
        programs=[(name, state(name), 2) for name in NAMES],
        log_ins=PEOPLE,
        progress=Progress(done=40, total=100, step="人员导入"),
        messages=[f"09:00:0{number} port 8016 is busy" for number in range(6)],
        logs=[f"09:00:00 billing    INFO    line {number:02} {'x' * 200}" for number in range(60)],
    )
    console = Console(file=StringIO(), width=width, height=height, color_system=None, legacy_windows=False)
    with console.capture() as said:
        console.print(page(seen, width, height))
    return said.get().splitlines()


@pytest.mark.parametrize(("width", "height", "people", "logs"), [(80, 24, 3, 3), (120, 40, 18, 7)])
def test_the_view_fills_a_terminal_and_nothing_needed_is_cut(
    width: int, height: int, people: int, logs: int
) -> None:
    lines = drawn(width, height)
    text = "\n".join(lines)
    assert len(lines) <= height
    assert lines[0].startswith("烟台市社会保险单位网上服务系统  业务时间 2016-09-07 09:00")
    assert lines[1].startswith("http://127.0.0.1:8016  bank http://127.0.0.1:8018  Ctrl-C stops")
    assert lines[2].startswith("city 40 % 人员导入 ━")
    assert " ".join(lines[3].split()) == "process ready asked/s sent/s taken/s lag unsent s parked restarts"
    assert " ".join(lines[7].split()) == "billing NO 1234.5 1234.5 1234.5 7 7 7 2"
    assert lines[11] == "! billing: broker: connecting"
    assert text.count("9CVZG#Z7MQtr") == people
    assert text.count(" line ") >= logs
    assert "line 59" in lines[-1]
    assert "port 8016 is busy" in text


def test_alarms_are_told_in_words_and_what_is_in_order_is_not() -> None:
    assert raised(text_string_to_metric_families(METRICS)) == [
        "relay fails",
        "events wait for the broker since 61 s",
        "2 bank calls with a bad signature",
        "1 bank serials with another content",
    ]

"""The supervisor with real PostgreSQL and broker, and stubs for the five processes."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import httpx
import psutil
import pytest

from deploy.local import broker, memory, record
from deploy.local.clock import OPENING
from deploy.local.data import Data
from deploy.local.places import ROOT, fleeting
from deploy.local.plan import Plan
from deploy.local.ports import answers, free_port, free_ports
from deploy.local.postgres import Cluster
from deploy.local.program import Program
from deploy.local.secrets import kept
from deploy.local.status import report
from deploy.local.supervisor import Stop, Supervisor
from deploy.local.view import Voice
from tests.servers.postgres import PREFIX

STUB = ROOT / "tests" / "servers" / "stub_process.py"
UNUSED_PID = 2**22 + 2
STACK_SECONDS = 20.0


@pytest.fixture
def data(tmp_path: Path) -> Iterator[Data]:
    made = Data(tmp_path / ".local", Cluster(fleeting(f"{PREFIX}{UNUSED_PID}"), durable=False))
    made.local.mkdir()
    kept(made.local / "secrets.json")
    yield made
    made.cluster.drop()


def stub(name: str, port: int, unsent: int = 0) -> Program:
    command = (sys.executable, str(STUB), str(port), name)
    return Program(name, command, port, {"SI_UNSENT": str(unsent)}, drains=True, front=name == "gateway")


def note(folder: Path, name: str, line: str = "", code: int = 0) -> Program:
    """An errand that leaves a mark and says a line."""
    script = f"open({str(folder / name)!r}, 'a').write('x'); print({line!r}); raise SystemExit({code})"
    return Program(name, (sys.executable, "-c", script), 0)


def plan(folder: Path, *, unsent: int = 0) -> Plan:
    ports = free_ports(["broker", "billing", "gateway"], {})
    login = {"login": {"who": "单位经办人", "account": "3706010001", "password": "Abc#2345efgh"}}
    return Plan(
        programs=[
            Program("broker", tuple(broker.command(ports["broker"])), ports["broker"], health=""),
            stub("billing", ports["billing"], unsent),
            stub("gateway", ports["gateway"]),
        ],
        migrate=lambda _process, _dsn: None,
        first_officer=note(folder, "first-officer"),
        recovery=note(folder, "recovery"),
        city=note(folder, "city", json.dumps(login)),
        size="small",
    )


async def wait_for(condition: Callable[[], bool], what: str) -> None:
    async with asyncio.timeout(STACK_SECONDS):
        while not condition():  # noqa: ASYNC110  # other processes set no asyncio event
            await asyncio.sleep(0.02)
    assert condition(), what


@asynccontextmanager
async def running(data: Data, chosen: Plan) -> AsyncIterator[tuple[Supervisor, list[str]]]:
    said: list[str] = []
    await asyncio.to_thread(data.start)
    await data.open_clock()
    supervisor = Supervisor(data, chosen, said.append, Stop())
    try:
        assert await supervisor.up()
        yield supervisor, said
    finally:
        await supervisor.down()
        await asyncio.to_thread(data.cluster.stop)


def count(folder: Path, name: str) -> int:
    return len((folder / name).read_text()) if (folder / name).exists() else 0


async def test_it_starts_all_and_stops_all_and_remembers_a_clean_end(data: Data, tmp_path: Path) -> None:
    chosen = plan(tmp_path)
    async with running(data, chosen):
        assert all(answers(program.port) for program in chosen.programs)
        written = record.read(data.local / "run.json")
        assert written.address == chosen.front.url
        assert [child.name for child in written.children] == ["broker", "billing", "gateway"]
        assert (data.local / "pg" / "data" / "PG_VERSION").exists()
    assert not any(answers(program.port) for program in chosen.programs)
    assert not data.cluster.running()
    assert memory.read(data.memory_file).clean
    assert record.read(data.local / "run.json") == record.Record()
    assert "billing was asked to stop" in (data.local / "logs" / "billing.log").read_text()


async def test_first_officer_and_city_come_once_and_their_log_ins_are_kept(
    data: Data, tmp_path: Path
) -> None:
    for _ in range(2):
        async with running(data, plan(tmp_path)) as (supervisor, _):
            supervisor.load_city()
            await wait_for(lambda: data.memory.city == "small", "the city's marker")
    assert (count(tmp_path, "first-officer"), count(tmp_path, "city"), count(tmp_path, "recovery")) == (
        1,
        1,
        0,
    )
    assert [login.account for login in data.memory.log_ins] == ["3706010001"]


async def test_a_city_interrupted_by_the_stop_is_taken_up_by_the_next_start(
    data: Data, tmp_path: Path
) -> None:
    endless = f"open({str(tmp_path / 'city')!r}, 'a').write('x'); import time; time.sleep(600)"
    slow = replace(plan(tmp_path), city=Program("city", (sys.executable, "-c", endless), 0))
    async with running(data, slow) as (supervisor, _):
        supervisor.load_city()
        await wait_for(lambda: count(tmp_path, "city") == 1, "the load's beginning")
        noted = record.read(supervisor.record_file)
        assert [child.name for child in noted.children] == ["broker", "billing", "gateway", "city"]
        assert (await report(noted, data))[-1].startswith("  log-in ")
    assert memory.read(data.memory_file).city == "none"
    async with running(data, plan(tmp_path)) as (supervisor, said):
        supervisor.load_city()
        await wait_for(lambda: "city: small is loaded" in said, "the load's end")
    assert (count(tmp_path, "city"), memory.read(data.memory_file).city) == (2, "small")


async def test_business_time_goes_on_where_it_stopped(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path)):
        first = await data.clock.now()
    async with running(data, plan(tmp_path)):
        second = await data.clock.now()
    assert OPENING <= first <= second
    assert (second - OPENING).total_seconds() < 2 * STACK_SECONDS


async def test_a_crashed_process_is_started_again_and_said(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path)) as (supervisor, said):
        with pytest.raises(httpx.HTTPError):
            await asyncio.to_thread(httpx.get, f"{supervisor.plan.front.url}/die")
        child = supervisor.children["gateway"]
        await wait_for(lambda: child.restarts == 1 and answers(child.program.port), "the gateway's return")
    assert "gateway ended with 3, again in 0.5 s (see gateway.log)" in said


async def test_a_broker_that_lost_its_messages_is_followed_by_recovery(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path)) as (supervisor, said):
        pid = supervisor.children["broker"].pid
        assert pid is not None
        psutil.Process(pid).kill()
        await wait_for(lambda: "recovered: all processes agree" in said, "recovery")
    assert count(tmp_path, "recovery") == 1


async def test_a_stop_with_unsent_events_is_not_clean_and_the_next_start_recovers(
    data: Data, tmp_path: Path
) -> None:
    async with running(data, plan(tmp_path, unsent=3)) as (supervisor, said):
        supervisor.hurry.set()
    assert "not drained (billing has 3 unsent): the next start compares and replays" in said
    assert not memory.read(data.memory_file).clean
    async with running(data, plan(tmp_path)) as (_, said):
        await wait_for(lambda: "recovered: all processes agree" in said, "recovery")
    assert memory.read(data.memory_file).clean


async def test_a_gone_postgresql_is_started_again(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path)) as (_, said):
        await asyncio.to_thread(data.cluster.stop)
        await wait_for(lambda: "PostgreSQL had gone and was started again" in said, "its return")
        assert data.cluster.running()


async def test_without_its_keys_the_data_is_given_up_and_begun_anew(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path)):
        data.cluster.sql("CREATE DATABASE old")
    (data.local / "secrets.json").unlink()
    await asyncio.to_thread(data.start)
    assert not data.cluster.sql("SELECT 1 FROM pg_database WHERE datname = 'old'")


async def test_children_of_a_killed_supervisor_are_ended_and_no_stranger(tmp_path: Path) -> None:
    port, stranger_port = free_port(), free_port()
    left, stranger = [
        await asyncio.create_subprocess_exec(sys.executable, str(STUB), str(it), "left")
        for it in (port, stranger_port)
    ]
    await wait_for(lambda: answers(port) and answers(stranger_port), "the stubs")
    children = [it for it in (record.of("left", left.pid), record.of("stranger", stranger.pid)) if it]
    children[1].born -= 60
    path = tmp_path / "run.json"
    record.Record(children=children).write(path)
    assert await asyncio.to_thread(record.stop_leftovers, path) == ["left"]
    assert not answers(port)
    assert answers(stranger_port)
    stranger.terminate()
    await stranger.wait()


def test_only_one_supervisor_holds_a_folder(tmp_path: Path) -> None:
    with (
        record.only_one(tmp_path / "lock"),
        pytest.raises(record.AlreadyRunningError),
        record.only_one(tmp_path / "lock"),
    ):
        pass
    with record.only_one(tmp_path / "lock"):
        assert (tmp_path / "lock").exists()


def test_secrets_are_kept_and_readable_by_their_owner_alone(tmp_path: Path) -> None:
    first = kept(tmp_path / "secrets.json")
    assert kept(tmp_path / "secrets.json") == first
    assert (tmp_path / "secrets.json").stat().st_mode & 0o777 == 0o600


async def test_status_names_every_program_and_who_is_behind(data: Data, tmp_path: Path) -> None:
    async with running(data, plan(tmp_path, unsent=2)) as (supervisor, _):
        lines = await report(record.read(supervisor.record_file), data)
        supervisor.hurry.set()
    assert lines[0].startswith(f"{supervisor.plan.front.url}  business time 2016-09-07 09:0")
    assert [line.split()[:2] for line in lines[1:4]] == [
        [it, "ready"] for it in ("broker", "billing", "gateway")
    ]
    assert lines[4] == "  under way: billing has 2 unsent"
    first = kept(data.local / "secrets.json")
    assert lines[5:] == [f"  log-in 安全管理员 / {first.first_account} / {first.first_password}"]


async def test_a_full_disk_is_said_and_a_crashed_process_comes_back_all_the_same(
    data: Data, tmp_path: Path
) -> None:
    async with running(data, plan(tmp_path)) as (supervisor, said):
        (data.local / "run.new").symlink_to("/dev/full")
        child = supervisor.children["billing"]
        assert child.pid is not None
        psutil.Process(child.pid).kill()
        await wait_for(lambda: child.restarts == 1 and answers(child.program.port), "billing's return")
        (data.local / "run.new").unlink()
    assert "it cannot be noted what runs: [Errno 28] No space left on device" in said


def test_a_line_that_cannot_be_logged_is_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "supervisor.txt").symlink_to("/dev/full")
    Voice(tmp_path, plain=True)("PostgreSQL starts")
    assert capsys.readouterr().out == "PostgreSQL starts\n"

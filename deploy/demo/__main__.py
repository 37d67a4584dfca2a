"""`python -m deploy.demo`: September and October 2016; exit code 1 where a total does not balance."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable
from datetime import date, datetime

import httpx

from deploy.city.api import Api
from deploy.demo.cast import Habit
from deploy.demo.ground import Ground, ground
from deploy.demo.ledger import Ledger
from deploy.demo.play import FIRST_PART, UNKNOWN_SLIP, Play
from deploy.local.bank.client import Client
from deploy.local.bank.settings import Settings
from services.chassis.clocks import SHANGHAI

IN_TIME = (Habit.PUNCTUAL, Habit.TWICE, Habit.GROWS, Habit.SHRINKS)
OCTOBER = tuple(habit for habit in Habit if habit is not Habit.NEVER)


def at(month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """A moment of 2016 in Shanghai."""
    return datetime(2016, month, day, hour, minute, second, tzinfo=SHANGHAI)


async def september(play: Play, stage: Ground) -> None:
    """The window, arrears, orders, a part at the counter."""
    await _day(stage, play, at(9, 8), "按期单位确认并缴费", play.pay_all("2016-09", at(9, 8, 10), *IN_TIME))
    await _day(stage, play, at(9, 9), "重复缴费、错误金额、不明款项", _odd(play))
    late = play.pay_all("2016-09", at(9, 10, 23, 59, 30), Habit.LAST_MINUTE)
    await _day(stage, play, at(9, 10, 23, 58), "最后一分钟缴费", late)
    await _day(stage, play, at(9, 12), "逾期单位：责令限期缴纳通知书制发、签收", play.orders())
    part = (play.counter(player, FIRST_PART, date(2016, 9, 25)) for player in play.of(Habit.PARTIAL))
    await _day(stage, play, at(9, 25), "柜台收款一部分", *part)
    await _day(stage, play, at(9, 26), "减员", play.shrink())


async def october(play: Play, stage: Ground) -> None:
    """The next bills, a newcomer, arrears paid with their late fee."""
    await _day(stage, play, at(10, 1), "10月应缴核定")
    await _day(stage, play, at(10, 6), "增员", play.grow())
    await _day(stage, play, at(10, 8), "确认并缴费", play.pay_all("2016-10", at(10, 8, 10), *OCTOBER))
    await _day(stage, play, at(10, 12), "10月窗口已过")
    await _day(stage, play, at(10, 20), "补缴欠费和滞纳金", play.arrears(date(2016, 10, 20)))
    await _day(stage, play, at(10, 31), "月末")


async def _odd(play: Play) -> None:
    """Money that fits no slip, and at last the right sum."""
    for player in play.of(Habit.WRONG_SUM):
        slip = await play.confirm(player, "2016-09")
        await play.pay(slip, at(9, 9, 10), amount=slip.amount - 100)
        await play.pay(slip, at(9, 9, 11))
    for player in play.of(Habit.TWICE):
        slip = await play.slip(player, "2016-09")
        await play.send(slip.slip_no, slip.amount, at(9, 9, 12))
    await play.send(UNKNOWN_SLIP, 123_456, at(9, 9, 13))


async def _day(stage: Ground, play: Play, moment: datetime, what: str, *acts: Awaitable[None]) -> None:
    """Move to the day, act, come to rest, tell."""
    await stage.move(moment)
    for act in acts:
        await act
    await stage.rest()
    await play.ledger.tell(f"{moment:%Y-%m-%d}", what)


async def main() -> int:
    """0 where everything balances."""
    started = time.monotonic()
    async with ground() as stage:
        keys = {
            bank: {k: bytes.fromhex(v) for k, v in ring.items()}
            for bank, ring in stage.secrets.bank_keys.items()
        }
        bank = Client(Settings(gateway_url=stage.url("gateway"), bank_keys=keys))
        async with httpx.AsyncClient(base_url=stage.url("gateway"), timeout=60.0, trust_env=False) as client:
            play = Play(Api(client), bank, Ledger(stage), stage.secrets.first_password)
            begun = time.monotonic()
            await play.begin(stage.secrets.first_account)
            await stage.rest()
            await play.ledger.tell("2016-09-07", "十个单位登记、开通、增员，9月应缴即时核定")
            await september(play, stage)
            await october(play, stage)
            equations = await play.totals()
        await bank.close()
        print(f"\n{sum(play.ledger.events.values())} events; totals")
        for equation in equations:
            print(equation.line())
        played = time.monotonic() - begun
    print(f"played in {played:.0f} s, {time.monotonic() - started:.0f} s with start and end of the stack")
    return 0 if all(equation.holds for equation in equations) else 1


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))

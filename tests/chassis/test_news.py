"""The bell behind every wake-up: no ring is lost between looking and waiting."""

from __future__ import annotations

import asyncio

import pytest

from services.chassis.news import News

LONG, SHORT = 60.0, 0.01


async def test_a_ring_between_looking_and_waiting_is_heard():
    news = News()
    told = news.next()
    news.ring()
    async with asyncio.timeout(LONG / 10):
        await told.wait(LONG)


async def test_a_ring_wakes_everybody_who_waits():
    news = News()
    waiting = [asyncio.create_task(news.next().wait(LONG)) for _ in range(3)]
    await asyncio.sleep(0)
    news.ring()
    async with asyncio.timeout(LONG / 10):
        await asyncio.gather(*waiting)


async def test_an_earlier_ring_is_not_heard_again():
    news = News()
    news.ring()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(SHORT):
            await news.next().wait(LONG)


async def test_without_a_ring_the_wait_ends_by_itself():
    await News().next().wait(SHORT)

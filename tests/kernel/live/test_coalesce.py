"""Turns: none waits at rest, and under load the next one waits until the last began long enough ago."""

import asyncio

import pytest

from sauga.kernel.live import Coalescer, coalesce

pytestmark = pytest.mark.unit


def test_a_turn_waits_only_for_what_is_left_of_the_last_one(monkeypatch):
    slept: list[float] = []
    at = [100.0]

    async def sleep(seconds: float) -> None:
        slept.append(round(seconds, 6))
        at[0] += seconds

    async def story() -> None:
        monkeypatch.setattr(asyncio.get_running_loop(), "time", lambda: at[0])
        monkeypatch.setattr(coalesce.asyncio, "sleep", sleep)
        held = Coalescer(0.008)
        await held.next()
        await held.next()
        at[0] += 0.005
        await held.next()
        at[0] += 1
        await held.next()

    loop = asyncio.new_event_loop()
    try:
        loop.run_until_complete(story())
    finally:
        loop.close()
    assert slept == [0.008, 0.003]

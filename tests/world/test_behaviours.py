"""Every behaviour of a synthetic host brings the probe that its row promises."""

import asyncio
import json
from pathlib import Path

import pytest

from sauga.kernel.outbound import UNLIMITED, Client, ProbePolicy
from sauga.world.hosts.behaviours import BEHAVIOURS

FAST = ProbePolicy(seconds=5, body_seconds=1.0)


def address(code: str, path: str = "/item/1") -> str:
    return f"{BEHAVIOURS[code].scheme}://t.{code}.behave.example{path}"


def look(url: str, **given):
    async def run():
        async with Client(politeness=UNLIMITED) as client:
            return await client.probe(url, **({"policy": FAST} | given))

    return asyncio.run(run())


@pytest.mark.parametrize("code", sorted(BEHAVIOURS))
def test_probe_brings_what_the_table_promises(world, code):
    found, row = look(address(code)), BEHAVIOURS[code]
    assert (found.status, found.error or "", str(found.body)) == (row.status, row.error, row.body), found


def test_there_are_many_behaviours_and_every_verdict_is_in_the_vocabulary(shared):
    known = json.loads((shared / "data/hotline_vocabularies.json").read_text())["vocabularies"][
        "monitor.verdict"
    ]["terms"]
    codes = {term["code"] for term in known}
    assert len(BEHAVIOURS) >= 40
    assert {b.verdict for b in BEHAVIOURS.values()} == codes
    assert {b.later for b in BEHAVIOURS.values()} <= codes | {""}


def test_the_documentation_lists_every_behaviour():
    page = (Path(__file__).resolve().parents[2] / "docs/develop/world.md").read_text()
    for b in BEHAVIOURS.values():
        row = (f"`{b.code}`", b.does, b.status or "", b.error, b.body, b.verdict, b.later, b.needs)
        assert f"| {' | '.join(map(str, row))} |" in page

"""Looking at the synthetic internet: each way a host behaves leads to the verdict its row names, from a real
probe over real sockets.
"""

import asyncio
from dataclasses import replace

import pytest

from sauga.hotline.content.queries import Address
from sauga.hotline.monitoring.actions import probes
from sauga.hotline.monitoring.actions.checks import best_result
from sauga.hotline.monitoring.rules.probe_classification import ProbeResult
from sauga.kernel import outbound
from sauga.world.hosts.behaviours import BEHAVIOURS

SLOW = {"timeout": "takes 20 s by design", "dns-silent": "takes 10 s by design"}
NEEDS_BASELINE = {"empty", "moved"}
REFERRER = "http://entry.referrer-only.behave.example/"


def observe(url, *, referrer="", baseline=None, missing_before=False):
    async def run():
        async with outbound.Client(politeness=outbound.UNLIMITED) as client:
            asked = probes.Asked(
                item_id=1, address=Address(url, referrer), baseline=baseline, missing_before=missing_before
            )
            return await probes.observe(client, asked)

    return asyncio.run(run())


def address(code, path="/galerija/7"):
    return f"{BEHAVIOURS[code].scheme}://m.{code}.behave.example{path}"


@pytest.mark.parametrize("code", sorted(BEHAVIOURS.keys() - SLOW.keys()))
def test_every_behaviour_of_a_host_gets_its_verdict(world, code):
    row = BEHAVIOURS[code]
    baseline = (
        best_result(observe("http://m.online.behave.example/galerija/7")).baseline
        if code in NEEDS_BASELINE
        else None
    )
    check_result = observe(
        address(code),
        referrer=REFERRER if code == "referrer-only" else "",
        baseline=baseline,
        missing_before=code == "nxdomain",
    )
    if (
        code == "chunk-garbage"
    ):  # the text before the broken frame may or may not have come by then; a removal it is never
        assert best_result(check_result).classification.verdict in {row.verdict, ProbeResult.ONLINE}
        return
    judged = check_result.results[0] if code == "geo-vantage" else best_result(check_result)
    assert judged.classification.verdict == row.verdict, [
        (g.name, g.classification) for g in check_result.results
    ]


@pytest.mark.parametrize("code", ["changes", "moves-address", "removed-after", "flapping"])
def test_what_becomes_of_a_host_later_is_seen_against_its_baseline(world, code):
    first = best_result(observe(address(code)))
    assert first.classification.verdict is ProbeResult.ONLINE
    world.clock.advance(60 if code == "flapping" else 660)
    later = best_result(observe(address(code), baseline=first.baseline))
    assert later.classification.verdict == BEHAVIOURS[code].later, later


@pytest.mark.parametrize(
    "code",
    [
        "online",
        "json",
        "static",
        "media",
        "drip",
        "endless",
        "no-ranges",
        "head-405",
        "refresh-onward",
        "disguised",
        "brotli",
    ],
)
def test_a_host_that_stays_as_it_is_stays_online(world, code):
    first = best_result(observe(address(code)))
    again = best_result(observe(address(code), baseline=first.baseline))
    assert again.classification.verdict is ProbeResult.ONLINE, again


def test_one_eye_is_enough_for_what_is_there_and_all_look_at_what_seems_gone(world):
    assert [g.name for g in observe(address("online"), referrer=REFERRER).results] == ["MAIN+R"]
    gone = observe(address("not-found"), referrer=REFERRER).results
    assert (
        gone[0].name == "MAIN+R" and gone[-1].name == "MAIN" and len({g.name for g in gone}) == len(gone) >= 3
    )


def test_a_block_for_one_country_is_seen_through_from_a_second_place(world):
    assert best_result(observe(address("geo-vantage"))).classification.verdict is ProbeResult.ONLINE


def test_a_busy_or_silent_host_is_not_asked_twice(world):
    for code in ("rate-limited", "captcha", "refused", "error-500", "nxdomain"):
        assert len(observe(address(code), missing_before=True).results) == 1, code


def test_nothing_of_the_page_leaves_the_look(world):
    result = best_result(observe(address("online")))
    assert result.evidence.text == result.evidence.asked == result.evidence.final == ""
    assert "Bandomasis" not in repr(observe(address("online")))


def test_a_host_whose_turn_is_far_away_is_left_for_later(world):
    async def run():
        polite = outbound.Politeness(per_host_a_minute=0.5, burst=1)
        async with outbound.Client(politeness=polite) as client:
            asked = probes.Asked(item_id=1, address=Address(address("online"), ""))
            await probes.observe(client, asked)
            return await probes.observe(client, replace(asked, item_id=2))

    later = asyncio.run(run())
    assert not later.results and later.too_soon > 60

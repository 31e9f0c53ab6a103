"""Probing addresses with fetch profiles, and reading a probe as evidence.

Network, no database; texts stay in memory only.

There is the honest profile ("MAIN") and one that names itself a browser ("BROWSER"), each from a vantage
point of the operator. On one machine with one line both share the network address: a host that hides content
by address hides it from both.
"""

import asyncio
import atexit
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from hashlib import blake2b
from urllib.parse import urlsplit

from sauga.hotline.addresses.rules.addresses import registrable_domain
from sauga.hotline.content.queries import Address
from sauga.hotline.monitoring.rules.probe_classification import (
    Baseline,
    Classification,
    Evidence,
    ProbeResult,
    Reason,
    baseline_of,
    classify,
)
from sauga.hotline.monitoring.rules.removal import Observation
from sauga.kernel import outbound, sealed

ZONE = sealed.Zone.HOTLINE
MAIN, BROWSER = "MAIN", "BROWSER"
BROWSER_AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
BROWSER_ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ENOUGH_LETTERS = 20_000  # a cut text of this length is still compared; a shorter one came too slowly to judge
LONGEST_WAIT = 60.0


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One item to check, with what is remembered of it."""

    item_id: int
    address: Address
    baseline: Baseline | None = None
    missing_before: bool = False
    provider: str = ""


@dataclass(frozen=True, kw_only=True)
class ProfileResult:
    """What was found with one profile. `evidence` no longer holds text."""

    profile: str
    with_referrer: bool
    classification: Classification
    evidence: Evidence = field(repr=False)
    baseline: Baseline | None = None
    retry_after: float = 0.0
    requests: int = 0

    @property
    def name(self) -> str:
        """The profile and whether it came with a referrer, for counting different profiles."""
        return f"{self.profile}+R" if self.with_referrer else self.profile


@dataclass(frozen=True, kw_only=True)
class CheckResult:
    """One check of an item by one or more profiles.

    `too_soon`: the host must not be asked yet (in seconds); nothing was checked.
    """

    item_id: int
    results: tuple[ProfileResult, ...] = ()
    too_soon: float = 0.0


async def observe(client: outbound.Client, asked: Asked) -> CheckResult:
    """Probe with the honest profile; unless it saw the content or nothing can be learned, probe with the
    others too."""
    results: list[ProfileResult] = []
    try:
        for profile, referrer in _profiles(client, asked.address.referrer):
            results.append(await _probe_as(client, asked, profile, referrer))
            if not _worth_another(results[-1].classification):
                break
    except outbound.TooSoon as refusal:
        if not results:
            return CheckResult(item_id=asked.item_id, too_soon=refusal.seconds)
    return CheckResult(item_id=asked.item_id, results=tuple(results))


def _profiles(client: outbound.Client, referrer: str) -> Iterable[tuple[str, str]]:
    """The profiles in the order of asking: as a person would have come; as a browser, from elsewhere if we
    can; without the referrer."""
    yield MAIN, referrer
    yield next((name for name in client.vantages if name != "main"), BROWSER), referrer
    if len(client.vantages) > 1:
        yield BROWSER, referrer
    if referrer:
        yield MAIN, ""


def _worth_another(classification: Classification) -> bool:
    """Only a page that is gone or restricted may differ for another profile; a silent or busy host is left
    alone."""
    return classification.reason is not Reason.NO_SUCH_NAME and (
        classification.is_gone or classification.verdict is ProbeResult.RESTRICTED
    )


async def _probe_as(client: outbound.Client, asked: Asked, profile: str, referrer: str) -> ProfileResult:
    policy = outbound.options(known_text=asked.baseline is not None and asked.baseline.body == "text")
    if profile != MAIN:
        policy = replace(
            policy,
            user_agent=BROWSER_AGENT,
            accept=BROWSER_ACCEPT,
            vantage=profile if profile in client.vantages else "main",
        )
    probe = await client.probe(
        asked.address.url, referrer=referrer, policy=policy, provider=asked.provider, wait=LONGEST_WAIT
    )
    evidence = evidence_of(probe, missing_before=asked.missing_before)
    classification = classify(evidence, asked.baseline)
    return ProfileResult(
        profile=profile.upper()[:12],
        with_referrer=bool(referrer),
        classification=classification,
        evidence=replace(evidence, text="", asked="", final=""),
        baseline=baseline_of(evidence) if _tells_more(classification, evidence, asked.baseline) else None,
        retry_after=outbound.retry_seconds(probe.retry_after) if probe.retry_after else 0.0,
        requests=probe.requests,
    )


def _tells_more(classification: Classification, evidence: Evidence, known: Baseline | None) -> bool:
    """Whether this result is a new baseline: the first, one elsewhere, or a slightly changed one."""
    if not classification.is_seen or evidence.status != 200:
        return False
    return (
        known is None
        or classification.verdict is ProbeResult.MOVED
        or classification.similarity not in {None, 100}
    )


@lru_cache(maxsize=20_000)
def _facts(address: str, minute: int) -> tuple[str, str]:
    """Network mark and country of an address; asked of the tables once a minute."""
    facts = outbound.networks.look_up(address)
    if facts is None:
        return "", ""
    return f"AS{facts.asn}" if facts.asn is not None else "", facts.country


def _place_of(addresses: tuple[str, ...]) -> tuple[str, str]:
    if not addresses:
        return "", ""
    return _facts(addresses[0], int(time.monotonic() // 60))


def evidence_of(probe: outbound.Probe, *, missing_before: bool = False) -> Evidence:
    """A probe as plain values: places and networks become opaque marks here."""
    final = probe.final_url or probe.url
    network, country = _place_of(probe.addresses)
    return Evidence(
        asked=probe.url,
        final=final,
        status=probe.status,
        error=str(probe.error or ""),
        missing_before=missing_before,
        redirects=len(probe.redirects),
        body=str(probe.body),
        text=probe.text,
        partial=probe.truncated and len(probe.text) < ENOUGH_LETTERS,
        file_mark=_file_mark(probe),
        place=_place(final),
        network=network,
        country=country,
        mitigated=probe.headers.get("cf-mitigated", "").lower() == "challenge",
    )


def _place(url: str) -> str:
    """An opaque mark of the registrable domain, the same for the same domain in this installation only."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return _domain_mark(host) if host else ""


@lru_cache(maxsize=20_000)
def _domain_mark(host: str) -> str:
    return sealed.blind(ZONE, "item-domain", registrable_domain(host)).hex()[:24]


def _file_mark(probe: outbound.Probe) -> int | None:
    """A mark of a file by what its head says; never of its content, which is not fetched."""
    said = "|".join(probe.headers.get(name, "") for name in ("etag", "content-length", "last-modified"))
    if probe.body != outbound.Body.MEDIA or said == "||":
        return None
    return int.from_bytes(blake2b(said.encode(), digest_size=8).digest(), signed=True)


def observations_of(check_result: CheckResult, at: datetime) -> list[Observation]:
    """The results of one check as observations of one instant."""
    return [
        Observation(at=at, verdict=g.classification.verdict, reason=g.classification.reason, profile=g.name)
        for g in check_result.results
    ]


@dataclass(frozen=True)
class _Held:
    """The client of this process; the token buckets live in it, so they outlast a run."""

    process: int
    world: outbound.WorldLink | None
    politeness: outbound.Politeness
    client: outbound.Client


_held: list[_Held] = []


async def _client(politeness: outbound.Politeness) -> outbound.Client:
    """The client to use; a new one when the manners or the internet changed.

    Runs on the one loop of this process.
    """
    process, world = os.getpid(), outbound.current_world()
    if _held and (_held[0].process, _held[0].world, _held[0].politeness) == (process, world, politeness):
        return _held[0].client
    client = await outbound.Client(politeness=politeness).__aenter__()
    old = _held[0] if _held else None
    _held[:] = [_Held(process, world, politeness, client)]
    if old is not None and old.process == process:
        await old.client.__aexit__(None, None, None)
    return client


@atexit.register
def _let_go() -> None:
    """Close the connections when the process ends."""
    if _held and _held[0].process == os.getpid():
        outbound.sync.run(_held.pop().client.__aexit__(None, None, None))


def check_all(
    asked: Iterable[Asked], politeness: outbound.Politeness, told: Callable[[CheckResult], None]
) -> None:
    """Check all, many at once and one connection a host;

    `told` is called with each result as it comes, in the network's thread.

    Blocks until the last has come. Nothing a host does raises; a fault of our own is raised after all others
    are done.
    """

    async def one(client: outbound.Client, wanted: Asked) -> None:
        told(await observe(client, wanted))

    async def run() -> list[BaseException]:
        client = await _client(politeness)
        results = await asyncio.gather(*(one(client, wanted) for wanted in asked), return_exceptions=True)
        return [result for result in results if isinstance(result, BaseException)]

    faults = outbound.sync.run(run())
    if faults:
        raise faults[0]

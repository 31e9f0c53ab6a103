"""Checking external links: which there are, whether they respond, and when they count as broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from sauga.kernel import audit, outbound
from sauga.kernel.identity import require
from sauga.kernel.organisations.queries import roles
from sauga.kernel.outbound import Client, Politeness, Probe, ProbePolicy, TooSoon, sync
from sauga.kernel.states import Actor
from sauga.portal.models.base import PortalPage
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.outside_links import LinkPlace, OutsideLink
from sauga.portal.permissions import Permission
from sauga.portal.queries import links
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.trail import Trail

WEEK = timedelta(days=7)
AGAIN = timedelta(days=3)
"""When a link that failed once is looked at again; earlier than that says nothing."""
SOON = timedelta(hours=6)
"""When a host that asked us to wait is asked again."""
MOST = 25
UNSURE = {401, 402, 403, 407, 425, 429, 451, 503, 999}
"""Answers that speak of us and not of the page: a host that bars checkers is not a broken link."""
ASK_FULLY = {400, 403, 404, 405, 406, 410, 501}
"""Answers to HEAD that a host may give although it has the page."""
HEAD = ProbePolicy(headers_only=True, seconds=15, user_agent="Sauga/1.0 (+link check)")
GET = ProbePolicy(
    known_text=True, seconds=15, max_bytes=2048, follow_refresh=False, user_agent="Sauga/1.0 (+link check)"
)


@dataclass(frozen=True)
class Answer:
    """The result of one check. `is_fault` is None where it says nothing about the page."""

    outcome: str
    is_fault: bool | None


def gather_links(*, by: Actor, at: datetime) -> int:
    """Record the external links of published texts, and delete those no longer used. Returns how many there
    are.
    """
    require(by, Permission.SWEEP)
    found: dict[str, dict[tuple[str, str], str]] = {}
    for url, kind, key, name in _all_places(at):
        found.setdefault(url, {})[kind, key] = name[:255]
    with transaction.atomic():
        OutsideLink.objects.exclude(url__in=found).delete()
        OutsideLink.objects.bulk_create(
            [OutsideLink(url=url, next_at=at) for url in found], ignore_conflicts=True
        )
        LinkPlace.objects.all().delete()
        rows = {row.url: row for row in OutsideLink.objects.filter(url__in=found)}
        LinkPlace.objects.bulk_create(
            [
                LinkPlace(link=rows[url], kind=kind, key=key, name=name)
                for url, places in found.items()
                for (kind, key), name in places.items()
            ]
        )
    return len(found)


def _all_places(at: datetime) -> Iterator[tuple[str, str, str, str]]:
    for page in PortalPage.objects.live().specific().order_by("path").iterator(chunk_size=100):
        for url in links.links_of(page).outside:
            if links.can_be_asked(url):
                yield url, "page", f"{page.pk}", page.title
    for partner in roles.with_website():
        if links.can_be_asked(partner.website):
            yield partner.website, "partner", partner.code, partner.name_at(at)
    for row in HelpEntry.objects.exclude(website="").order_by("pk"):
        if links.can_be_asked(row.website):
            yield row.website, "helpentry", f"{row.pk}", str(row)


def check_links(*, by: Actor, at: datetime, politeness: Politeness | None = None) -> int:
    """Check the links that are due, a few at a time: HEAD, then GET. Returns how many were requested."""
    require(by, Permission.SWEEP)
    due = list(OutsideLink.objects.due(at)[:MOST])
    answers = sync.run(_ask_all([row.url for row in due], politeness)) if due else {}
    for row in due:
        keep_answer(by=by, link=row, answer=answers[row.url], at=at)
    return len(due)


async def _ask_all(urls: list[str], politeness: Politeness | None) -> dict[str, Answer | None]:
    async with Client(politeness=politeness, concurrency=5) as client:
        return {url: await _ask(client, url) for url in urls}


async def _ask(client: Client, url: str) -> Answer | None:
    """The response of the address; None where politeness forbids a request now."""
    try:
        probe = await client.probe(url, policy=HEAD, wait=20)
        if probe.error is outbound.ProbeError.RESET or probe.status in ASK_FULLY:
            probe = await client.probe(url, policy=GET, wait=20)
    except TooSoon:
        return None
    return judged(probe)


def judged(probe: Probe) -> Answer:
    """The result of a response. The body is discarded."""
    if probe.error is not None:
        return Answer(str(probe.error), is_fault=True)
    status = probe.status or 0
    if status in UNSURE:
        return Answer(str(status), is_fault=None)
    return Answer(str(status), is_fault=not 200 <= status < 400)


def keep_answer(*, by: Actor, link: OutsideLink, answer: Answer | None, at: datetime) -> OutsideLink:
    """Record a result. A link is broken after two failures days apart; one success clears it."""
    require(by, Permission.SWEEP)
    with transaction.atomic():
        link = OutsideLink.objects.select_for_update().get(pk=link.pk)
        if answer is None:
            link.next_at = at + SOON
        else:
            link.outcome, link.checked_at = answer.outcome, at
            _settle(link, answer, at)
        link.save()
        return link


def _settle(link: OutsideLink, answer: Answer, at: datetime) -> None:
    if answer.is_fault:
        link.failed_at = link.failed_at or at
        if at - link.failed_at >= AGAIN and link.broken_at is None:
            link.broken_at = at
        link.next_at = at + (WEEK if link.broken_at else AGAIN)
        return
    if answer.is_fault is False:
        link.failed_at = link.broken_at = None
    link.next_at = at + WEEK


def ask_again(*, by: Actor, link: OutsideLink, at: datetime) -> OutsideLink:
    """Check a link in the next round that is said to work again."""
    require(by, Permission.SEE_GATE)
    with transaction.atomic():
        link = OutsideLink.objects.select_for_update().get(pk=link.pk)
        link.next_at = at
        link.save(update_fields=["next_at"])
        audit.record(by, Trail.LINK_ASKED_AGAIN, None, zone=ZONE, at=at, facts={"link": link.pk})
        return link

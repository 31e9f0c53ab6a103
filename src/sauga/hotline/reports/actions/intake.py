"""Receiving reports.

The costly work (keys, encryption) is done first; one short transaction stores everything; then the receipt is
shown.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from django.db import IntegrityError, transaction
from django.db.models import F, Min

from sauga.hotline.addresses.rules import addresses
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.jobs import Job, defer, defer_all
from sauga.hotline.permissions import Permission
from sauga.hotline.reports import rules as urgency
from sauga.hotline.reports.models import Location, Report, ReportStep
from sauga.hotline.states import Handling, Presence, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, ids, live, sealed, vocab
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, move

ZONE = sealed.Zone.HOTLINE
ITEM_TABLE, LOCATION_TABLE = "hotline.contentitem", "hotline.location"

PUBLIC = SystemActor("public")
URGENT = {"P1", "P2"}
ATTEMPTS = (
    5  # a reference drawn by chance may be taken, another report may store the same place a moment before
)
ItemKey = NewType("ItemKey", bytes)


@dataclass(frozen=True)
class Indexes:
    """Blind indexes of one place: what lets us find it again without being able to read it."""

    key: ItemKey
    host: bytes
    domain: bytes
    near: bytes


@dataclass(frozen=True)
class _Draft:
    """A location ready to be stored, should its item turn out to be new."""

    location: addresses.Location
    indexes: Indexes
    item: ContentItem
    key: sealed.PreparedKey


def indexes(location: addresses.Location, referrer: str = "") -> Indexes:
    """The blind indexes of a location, the referrer being part of its identity."""
    key = addresses.with_referrer(location.key, referrer)
    return Indexes(
        key=ItemKey(sealed.blind(ZONE, "item-key", key)),
        host=sealed.blind(ZONE, "item-host", location.host) if location.host else b"",
        domain=sealed.blind(ZONE, "item-domain", addresses.registrable_domain(location.host))
        if location.host
        else b"",
        near=sealed.blind(ZONE, "item-near", addresses.near_key(location)) if location.host else b"",
    )


def receive_report(
    *,
    by: Actor,
    locations: Sequence[addresses.Location],
    category: str,
    receipt: sealed.ReceiptKeys,
    language: str,
    at: datetime,
    channel: str = "WEB",
    spam_score: int = 0,
    urgent: bool = False,
) -> Report:
    """Store a whole report and return it; called again with the same receipt, return the report that is there
    already.

    `receipt` comes from the form's ticket, so a double click or a retry after a lost answer changes nothing.
    `locations` holds 1–50 places, `category` a code of rrt.category. `urgent` makes it P1 whatever the
    category says.
    """
    require(by, Permission.RECEIVE)
    for left in reversed(range(ATTEMPTS)):
        report = _draft_report(
            category=category,
            receipt=receipt,
            language=language,
            at=at,
            channel=channel,
            spam_score=spam_score,
            urgent=urgent,
        )
        recipients = (sealed.Recipient.TEAM, sealed.Recipient.RECEIPT)
        key = sealed.prepare_data_key(zone=ZONE, holder=report.holder, recipients=recipients, receipt=receipt)
        drafts = [_draft_item(report, location, at) for location in locations]
        try:
            with transaction.atomic():
                return _store(report, key, drafts, by=by, at=at)
        except IntegrityError:
            stored = Report.objects.filter(receipt=receipt.lookup).first()
            if stored is not None:
                return stored
            if not left:
                raise
    raise AssertionError("unreachable")


def _draft_report(
    *,
    category: str,
    receipt: sealed.ReceiptKeys,
    language: str,
    at: datetime,
    channel: str,
    spam_score: int,
    urgent: bool,
) -> Report:
    term = vocab.term("rrt.category", category)
    priority = urgency.priority(
        term.extra.get("default_priority", "P3"), child_in_danger=urgent, spam_score=spam_score
    )
    return Report(
        ref=ids.new_reference(),
        receipt=receipt.lookup,
        channel=channel,
        language=language,
        category=category,
        priority=priority,
        spam_score=spam_score,
        received_hour=to_hour(at),
        due_at=urgency.due_at(priority, at, vocab.policy("policy.triage_target")),
    )


def _draft_item(report: Report, location: addresses.Location, at: datetime) -> _Draft:
    found = indexes(location)
    item = ContentItem(
        ref=ids.new_reference(),
        key=found.key,
        key_version=addresses.KEY_VERSION,
        host_index=found.host,
        domain_index=found.domain,
        near_index=found.near,
        kind=location.kind,
        category=report.category,
        priority=report.priority,
        received_hour=to_hour(at),
        due_at=report.due_at,
    )
    key = sealed.prepare_data_key(
        zone=ZONE, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
    )
    item.address = sealed.seal(
        key.key, table=ITEM_TABLE, row=item.ref, field="address", text=location.address or location.given
    )
    return _Draft(location, found, item, key)


def _store(
    report: Report, key: sealed.PreparedKey, drafts: Sequence[_Draft], *, by: Actor, at: datetime
) -> Report:
    """Store the report and what it names. Safe when two reports race for one address.

    Raises IntegrityError when the receipt is there already, another report stored one of the places in this
    very moment, or a reference was taken: begin again.
    """
    # In one order everywhere, so that two reports of the same places wait for each other and
    # never in a circle.
    by_key = {draft.indexes.key: draft for draft in sorted(drafts, key=lambda draft: draft.indexes.key)}
    known = _known_places(by_key)
    new = [draft for key, draft in by_key.items() if key not in known]
    if not new:
        report.first_report_id = _first_report(known.values())
    report.save(force_insert=True)
    ContentItem.objects.bulk_create([draft.item for draft in new])
    sealed.store_keys([key, *(draft.key for draft in new)])
    Occurrence.objects.bulk_create([Occurrence(item=draft.item, number=1, reported_at=at) for draft in new])
    Location.objects.bulk_create(_places(report, key, drafts, known, by=by))
    _first_moves(report, [draft.item for draft in new], by=by, at=to_hour(at))
    _record(report, len(drafts), by=by, at=at)
    # After the new rows: a row that is being changed makes another report wait that is about to store the
    # same place anew, and this one could be waiting for a place of that report.
    _join_items(known, by_key)
    defer_all(Job.TRACE_ITEM, "item_id", [draft.item.pk for draft in new])
    defer_all(Job.CHECK_ITEM, "item_id", [item.pk for item in known.values() if _was_gone(item)])
    if not new:
        defer(Job.SETTLE_REPORTS, report_id=report.pk)
    return report


def _record(report: Report, locations: int, *, by: Actor, at: datetime) -> None:
    facts: dict[str, audit.Fact] = {
        "channel": report.channel,
        "category": report.category,
        "priority": report.priority,
        "locations": locations,
        "language": report.language,
    }
    audit.record(by, Trail.REPORT_RECEIVED, report, zone=ZONE, at=at, facts=facts)
    live.signal("hotline.worklist")


def _places(
    report: Report,
    key: sealed.PreparedKey,
    drafts: Sequence[_Draft],
    known: Mapping[ItemKey, ContentItem],
    *,
    by: Actor,
) -> list[Location]:
    """What the report names, in its order and sealed as given, each linked to its item."""
    items = {draft.indexes.key: draft.item for draft in drafts if draft.item.pk} | dict(known)
    places = []
    for position, draft in enumerate(drafts, 1):
        given = sealed.seal(
            key.key,
            table=LOCATION_TABLE,
            row=f"{report.ref}-{position}",
            field="given",
            text=draft.location.given,
        )
        place = Location(report=report, item=items[draft.indexes.key], position=position, given=given)
        if draft.indexes.key in known:
            place.match, place.linked_by = "EXACT_KEY", by.pseudonym
        places.append(place)
    return places


def _known_places(keys: Collection[ItemKey]) -> dict[ItemKey, ContentItem]:
    """Items that were there before, locked against going away."""
    found = ContentItem.objects.filter(key__in=list(keys), key_version=addresses.KEY_VERSION)
    return {ItemKey(bytes(item.key)): item for item in found.order_by("pk").select_for_update(no_key=True)}


def _first_report(items: Iterable[ContentItem]) -> int | None:
    """The first report that named one of the items."""
    found: int | None = Location.objects.filter(item__in=list(items)).aggregate(first=Min("report"))["first"]
    return found


def _was_gone(item: ContentItem) -> bool:
    """It is no longer checked often: a new report is a reason to check at once."""
    return item.presence == Presence.REMOVED or item.handling in {Handling.WATCHED, Handling.ARCHIVED}


def _first_moves(report: Report, new: Iterable[ContentItem], *, by: Actor, at: datetime) -> None:
    """The first steps of the report and its items.

    What is urgent goes before an analyst without waiting for the trace.

    A report all of whose places were known is a repeat. It keeps its own state; a job closes it when its
    items have an outcome.
    """
    ReportStep.objects.create(
        subject=report, track="state", before="", after=report.state, at=at, by=by.pseudonym
    )
    new = list(new)
    for item in new:
        if item.priority in URGENT:
            move(item, to=Handling.AWAITING_ASSESSMENT, by=PUBLIC, at=at, track="handling", why="URGENT")
    if not new:
        move(report, to=ReportState.TRIAGED, by=by, at=at, why="EXACT_KEY")
        move(report, to=ReportState.DUPLICATE, by=by, at=at, why="EXACT_KEY")


def _join_items(known: Mapping[ItemKey, ContentItem], drafts: Mapping[ItemKey, _Draft]) -> None:
    """A known place was reported again: count it, and raise its urgency if this report is graver."""
    for key, item in known.items():
        draft = drafts[key]
        raised = urgency.more_urgent(item.priority, draft.item.priority)
        due_at = min(item.due_at, draft.item.due_at) if raised != item.priority else item.due_at
        again = {} if item.address else {"address": _address_again(item, draft.location)}
        ContentItem.objects.filter(pk=item.pk).update(
            report_count=F("report_count") + 1, priority=raised, due_at=due_at, **again
        )


def _address_again(item: ContentItem, location: addresses.Location) -> bytes:
    """The item's address had passed its retention term; now that it is reported again it is needed again,
    under a fresh key."""
    key = sealed.new_data_key(
        zone=ZONE, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
    )
    return sealed.seal(
        key, table=ITEM_TABLE, row=item.ref, field="address", text=location.address or location.given
    )

"""Receiving reports. The costly work (keys, sealing) comes first; one short transaction stores all; only then is the receipt shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType

from django.db import IntegrityError, transaction
from django.db.models import F

from sauga.hotline.actions.jobs import Job, defer, defer_all
from sauga.hotline.models import ContentItem, Location, Occurrence, Report, ReportStep
from sauga.hotline.rules import addresses, urgency
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.states import Handling, Presence, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, ids, live, rows, sealed, vocab
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, move

ZONE = sealed.Zone.HOTLINE
ITEM_TABLE, LOCATION_TABLE = "hotline.contentitem", "hotline.location"

PUBLIC = SystemActor("public")
ATTEMPTS = 3  # a reference drawn by chance may be taken, an item may be joined to another in the moment a report names it
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
        domain=sealed.blind(ZONE, "item-domain", addresses.registrable_domain(location.host)) if location.host else b"",
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
    """Store a whole report and return it; called again with the same receipt, return the report that is there already.

    `receipt` comes from the form's ticket, so a double click or a retry after a lost answer changes nothing. `locations` holds 1–50
    places, `category` a code of rrt.category. `urgent` makes it P1 whatever the category says.
    """
    require(by, Permission.RECEIVE)
    for left in reversed(range(ATTEMPTS)):
        report = _draft_report(
            category=category, receipt=receipt, language=language, at=at, channel=channel, spam_score=spam_score, urgent=urgent
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
    *, category: str, receipt: sealed.ReceiptKeys, language: str, at: datetime, channel: str, spam_score: int, urgent: bool
) -> Report:
    term = vocab.term("rrt.category", category)
    priority = urgency.priority(term.extra.get("default_priority", "P3"), child_in_danger=urgent, spam_score=spam_score)
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
    key = sealed.prepare_data_key(zone=ZONE, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE))
    item.address = sealed.seal(key.key, table=ITEM_TABLE, row=item.ref, field="address", text=location.address or location.given)
    return _Draft(location, found, item, key)


def _store(report: Report, key: sealed.PreparedKey, drafts: Sequence[_Draft], *, by: Actor, at: datetime) -> Report:
    items, new = _store_items(report, drafts)
    hour = to_hour(at)
    places = [_place(report, key, draft, items[draft.indexes.key], position) for position, draft in enumerate(drafts, 1)]
    known = {item.pk for item in items.values()} - {draft.item.pk for draft in new}
    for place in places:
        if place.item_id in known:
            place.match, place.linked_by = "EXACT_KEY", by.pseudonym
    with rows.together():
        sealed.store_keys([key, *(draft.key for draft in new)])
        rows.insert([Occurrence(item=draft.item, number=1, reported_at=at) for draft in new])
        rows.insert(places)
        rows.insert([ReportStep(subject=report, track="state", before="", after=report.state, at=hour, by=by.pseudonym)])
        facts: dict[str, audit.Fact] = {
            "channel": report.channel,
            "category": report.category,
            "priority": report.priority,
            "locations": len(drafts),
            "language": report.language,
        }
        audit.record(by, Trail.REPORT_RECEIVED, report, zone=ZONE, at=at, facts=facts)
        live.signal("hotline.worklist")
    _open_items([draft.item for draft in new], at=hour)
    if not new:
        _mark_repeat(report, by=by, at=hour)
    return report


def _place(report: Report, key: sealed.PreparedKey, draft: _Draft, item: ContentItem, position: int) -> Location:
    given = sealed.seal(key.key, table=LOCATION_TABLE, row=f"{report.ref}-{position}", field="given", text=draft.location.given)
    return Location(report=report, item=item, position=position, given=given)


def _store_items(report: Report, drafts: Sequence[_Draft]) -> tuple[dict[ItemKey, ContentItem], list[_Draft]]:
    """Insert the report and the items that are new, and find those that are known. Safe when two reports race for one address.

    Returns every place's item, and the drafts whose items are new. Raises IntegrityError when the receipt is there already, a known
    item went away meanwhile, or a new one's reference was taken: begin again.
    """
    # In one order everywhere, so that two reports of the same places wait for each other and never in a circle.
    by_key = {draft.indexes.key: draft for draft in sorted(drafts, key=lambda draft: draft.indexes.key)}
    with rows.together():
        number = rows.insert([report], numbered=True)
        rows.insert([draft.item for draft in by_key.values()], keep_known=True)
        there = ContentItem.objects.filter(key__in=by_key, key_version=addresses.KEY_VERSION).values_list("key", "ref", "pk")
        places = {ItemKey(bytes(key)): (ref, pk) for key, ref, pk in there}
        number()
    ours = {key: draft.item for key, draft in by_key.items() if key in places and places[key][0] == draft.item.ref}
    for key, item in ours.items():
        item.pk = places[key][1]
    known = _known_items([pk for key, (_, pk) in places.items() if key not in ours])
    if len(ours) + len(known) < len(by_key):
        raise IntegrityError("a reference was taken, or an item was joined to another one in this very moment")
    _join_items(list(known.values()), [by_key[key] for key in known])
    return ours | known, [by_key[key] for key in ours]


def _known_items(pks: Sequence[int]) -> dict[ItemKey, ContentItem]:
    """Items that were there before, locked against going away."""
    if not pks:
        return {}
    rows = ContentItem.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    return {ItemKey(bytes(item.key)): item for item in rows}


def _open_items(items: Sequence[ContentItem], *, at: datetime) -> None:
    if not items:
        return
    for item in items:
        if item.priority in {"P1", "P2"}:
            move(item, to=Handling.AWAITING_ASSESSMENT, by=PUBLIC, at=at, track="handling", why="URGENT")
    defer_all(Job.TRACE_ITEM, "item_id", [item.pk for item in items])


def _join_items(items: Sequence[ContentItem], drafts: Sequence[_Draft]) -> None:
    """A known place was reported again: count it, raise its urgency if this report is graver, and look at once if it was thought gone."""
    for item, draft in sorted(zip(items, drafts, strict=True), key=lambda pair: pair[0].pk):
        raised = urgency.more_urgent(item.priority, draft.item.priority)
        due_at = min(item.due_at, draft.item.due_at) if raised != item.priority else item.due_at
        ContentItem.objects.filter(pk=item.pk).update(report_count=F("report_count") + 1, priority=raised, due_at=due_at)
        if not item.address:
            _address_again(item, draft.location)
        if item.presence == Presence.REMOVED or item.handling in {Handling.WATCHED, Handling.ARCHIVED}:
            defer(Job.CHECK_ITEM, item_id=item.pk)


def _address_again(item: ContentItem, location: addresses.Location) -> None:
    """The item's address had passed its retention term; now that it is reported again it is needed again, under a fresh key."""
    key = sealed.new_data_key(zone=ZONE, holder=item.holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE))
    item.address = sealed.seal(key, table=ITEM_TABLE, row=item.ref, field="address", text=location.address or location.given)
    item.save(update_fields=["address"])


def _mark_repeat(report: Report, *, by: Actor, at: datetime) -> None:
    """Every place was known: the report is a repeat. It keeps its own life; the settling job closes it when its items have an outcome."""
    first = (
        Location.objects.filter(item__locations__report=report)
        .exclude(report=report)
        .order_by("pk")
        .values_list("report_id", flat=True)
        .first()
    )
    report.first_report_id = first
    report.save(update_fields=["first_report"])
    move(report, to=ReportState.TRIAGED, by=by, at=at, why="EXACT_KEY")
    move(report, to=ReportState.DUPLICATE, by=by, at=at, why="EXACT_KEY")
    defer(Job.SETTLE_REPORTS, report_id=report.pk)

"""Receiving reports. The costly work (keys, sealing) comes first; one short transaction stores all; only then is the receipt shown."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, NewType

from django.db import IntegrityError, transaction
from django.db.models import F

from sauga.hotline.actions.jobs import Job, defer, defer_all
from sauga.hotline.models import ContentItem, ItemStep, Location, Occurrence, Report, ReportStep
from sauga.hotline.rules import addresses, urgency
from sauga.hotline.rules.permissions import Permission
from sauga.hotline.states import Handling, Presence, ReportState
from sauga.hotline.trail import Trail
from sauga.kernel import audit, ids, live, rows, sealed, vocab
from sauga.kernel.clock import to_hour
from sauga.kernel.identity import require
from sauga.kernel.states import Actor, SystemActor, moved

ZONE = sealed.Zone.HOTLINE
ITEM_TABLE, LOCATION_TABLE = "hotline.contentitem", "hotline.location"

PUBLIC = SystemActor("public")
URGENT = {"P1", "P2"}
ATTEMPTS = 5  # a reference drawn by chance may be taken, another report may store the same place a moment before
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


class _Known(NamedTuple):
    """What intake must know of an item that is there already. `report`: the first that named it."""

    pk: int
    ref: str
    priority: str
    due_at: datetime
    presence: Presence
    handling: Handling
    has_address: bool
    report: int | None

    @property
    def was_gone(self) -> bool:
        """Nobody looks at it often any more: a new report is a reason to look at once."""
        return self.presence == Presence.REMOVED or self.handling in {Handling.WATCHED, Handling.ARCHIVED}


KNOWN = """
    SELECT key, id, ref, priority, due_at, presence, handling, address <> '',
        (SELECT report_id FROM hotline_location WHERE item_id = item.id ORDER BY id LIMIT 1)
    FROM hotline_contentitem AS item WHERE key = ANY ($1) AND key_version = $2 ORDER BY id FOR NO KEY UPDATE OF item
"""
"""Asked for every report, and written out because the ORM takes longer to build it than PostgreSQL to answer it."""


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
    """One question (what is known of these places), then all rows together. Safe when two reports race for one address.

    Raises IntegrityError when the receipt is there already, another report stored one of the places in this very moment, or a reference
    was taken: begin again.
    """
    # In one order everywhere, so that two reports of the same places wait for each other and never in a circle.
    by_key = {draft.indexes.key: draft for draft in sorted(drafts, key=lambda draft: draft.indexes.key)}
    with rows.together():
        number = rows.number([report], [draft.item for draft in by_key.values()])
        known = _known_places(by_key)
        number()
    new = [draft for key, draft in by_key.items() if key not in known]
    hour = to_hour(at)
    steps: list[ReportStep] = [ReportStep(subject=report, track="state", before="", after=report.state, at=hour, by=by.pseudonym)]
    if not new:
        steps += _repeat(report, known.values(), by=by, at=hour)
    urgent = [draft.item for draft in new if draft.item.priority in URGENT]
    handled = [step for item in urgent for step in _open_item(item, at=hour)]
    with rows.together():
        rows.insert([report])
        rows.insert([draft.item for draft in new])
        sealed.store_keys([key, *(draft.key for draft in new)])
        rows.insert([Occurrence(item=draft.item, number=1, reported_at=at) for draft in new])
        rows.insert(_places(report, key, drafts, known, by=by))
        rows.insert(steps)
        rows.insert(handled)
        facts: dict[str, audit.Fact] = {
            "channel": report.channel,
            "category": report.category,
            "priority": report.priority,
            "locations": len(drafts),
            "language": report.language,
        }
        audit.record(by, Trail.REPORT_RECEIVED, report, zone=ZONE, at=at, facts=facts)
        live.signal("hotline.worklist")
    if known:
        # After the new rows: a row that is being changed makes another report wait that is about to store the same place anew,
        # and this one could be waiting for a place of that report.
        with rows.together():
            _join_items(known, by_key)
    defer_all(Job.TRACE_ITEM, "item_id", [draft.item.pk for draft in new])
    defer_all(Job.CHECK_ITEM, "item_id", [item.pk for item in known.values() if item.was_gone])
    if not new:
        defer(Job.SETTLE_REPORTS, report_id=report.pk)
    return report


def _places(
    report: Report, key: sealed.PreparedKey, drafts: Sequence[_Draft], known: Mapping[ItemKey, _Known], *, by: Actor
) -> list[Location]:
    """What the report names, in its order and sealed in its own words, each linked to its item."""
    items = {draft.indexes.key: draft.item.pk for draft in drafts if draft.item.pk} | {key: item.pk for key, item in known.items()}
    places = []
    for position, draft in enumerate(drafts, 1):
        given = sealed.seal(key.key, table=LOCATION_TABLE, row=f"{report.ref}-{position}", field="given", text=draft.location.given)
        place = Location(report=report, item_id=items[draft.indexes.key], position=position, given=given)
        if draft.indexes.key in known:
            place.match, place.linked_by = "EXACT_KEY", by.pseudonym
        places.append(place)
    return places


def _known_places(keys: Iterable[ItemKey]) -> dict[ItemKey, _Known]:
    """Items that were there before, locked against going away."""
    found = rows.ask(KNOWN, [list(keys), addresses.KEY_VERSION])
    return {ItemKey(bytes(key)): _Known(*rest) for key, *rest in found.fetchall()}


def _open_item(item: ContentItem, *, at: datetime) -> list[ItemStep]:
    """What is urgent goes before an analyst without waiting for the trace."""
    return moved(item, Handling.AWAITING_ASSESSMENT, by=PUBLIC, at=at, track="handling", why="URGENT")


def _repeat(report: Report, known: Iterable[_Known], *, by: Actor, at: datetime) -> list[ReportStep]:
    """Every place was known: the report is a repeat. It keeps its own life; the settling job closes it when its items have an outcome."""
    report.first_report_id = min((item.report for item in known if item.report), default=None)
    return moved(report, ReportState.TRIAGED, ReportState.DUPLICATE, by=by, at=at, why="EXACT_KEY")


def _join_items(known: Mapping[ItemKey, _Known], drafts: Mapping[ItemKey, _Draft]) -> None:
    """A known place was reported again: count it, and raise its urgency if this report is graver."""
    for key, item in known.items():
        draft = drafts[key]
        raised = urgency.more_urgent(item.priority, draft.item.priority)
        due_at = min(item.due_at, draft.item.due_at) if raised != item.priority else item.due_at
        again = {} if item.has_address else {"address": _address_again(item, draft.location)}
        ContentItem.objects.filter(pk=item.pk).update(report_count=F("report_count") + 1, priority=raised, due_at=due_at, **again)


def _address_again(item: _Known, location: addresses.Location) -> bytes:
    """The item's address had passed its retention term; now that it is reported again it is needed again, under a fresh key."""
    key = sealed.new_data_key(
        zone=ZONE, holder=ContentItem(ref=item.ref).holder, recipients=(sealed.Recipient.TEAM, sealed.Recipient.SERVICE)
    )
    return sealed.seal(key, table=ITEM_TABLE, row=item.ref, field="address", text=location.address or location.given)

"""What the person who holds the receipt may see: the state in plain language, what became of each location,
the thread. No names."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sauga.hotline.reports.models import Location, Report
from sauga.hotline.states import Handling, Presence, ReportState
from sauga.kernel import sealed

ZONE = sealed.Zone.HOTLINE


class Stage(StrEnum):
    """The state of a report, as far as its reporter needs to know. The page has a text for each."""

    RECEIVED = "received"
    BEING_ASSESSED = "being_assessed"
    WE_ASK = "we_ask"
    ACTED = "acted"
    REMOVED = "removed"
    KNOWN_ALREADY = "known_already"
    NOT_ILLEGAL = "not_illegal"
    LAWFUL_WHERE_HOSTED = "lawful_where_hosted"
    COULD_NOT_SEE = "could_not_see"
    NOT_ENOUGH = "not_enough"
    HANDED_ON = "handed_on"
    ANSWERED = "answered"


class Fate(StrEnum):
    """What became of one place."""

    WAITING = "waiting"
    NO_ACTION = "no_action"
    DECIDED = "decided"
    ASKED_TO_REMOVE = "asked_to_remove"
    PASSED_ON = "passed_on"
    GONE = "gone"
    BACK = "back"


DECIDED = {Handling.ROUTED, Handling.POLICE_HOLD, Handling.NOTICE_DUE, Handling.FOLLOWED, Handling.WATCHED}
STAGES = {
    ReportState.RECEIVED: Stage.RECEIVED,
    ReportState.TRIAGED: Stage.BEING_ASSESSED,
    ReportState.IN_ASSESSMENT: Stage.BEING_ASSESSED,
    ReportState.WAITING_REPORTER: Stage.WE_ASK,
    ReportState.ACTIONED: Stage.ACTED,
    ReportState.DUPLICATE: Stage.KNOWN_ALREADY,
    ReportState.NOT_ILLEGAL: Stage.NOT_ILLEGAL,
    ReportState.LAWFUL_WHERE_HOSTED: Stage.LAWFUL_WHERE_HOSTED,
    ReportState.NOT_ACCESSIBLE: Stage.COULD_NOT_SEE,
    ReportState.NOT_FOUND: Stage.COULD_NOT_SEE,
    ReportState.INSUFFICIENT: Stage.NOT_ENOUGH,
    ReportState.OUT_OF_REMIT: Stage.HANDED_ON,
    ReportState.CONSULTED: Stage.ANSWERED,
    ReportState.SPAM: Stage.RECEIVED,
}


@dataclass(frozen=True)
class Said:
    """One message of the thread."""

    text: str
    from_reporter: bool
    at: datetime


@dataclass(frozen=True)
class Place:
    """One location as the reporter gave it, and what became of it."""

    position: int
    given: str
    fate: Fate
    referrer: str
    access_note: str


@dataclass(frozen=True)
class Return:
    """Everything the return page shows."""

    report: Report
    key: sealed.DataKey
    stage: Stage
    places: list[Place]
    thread: list[Said]
    note: str
    has_contact: bool


def report_behind(receipt: sealed.ReceiptKeys) -> Report | None:
    """The report a receipt belongs to; None when there is none, without saying why."""
    return Report.objects.filter(receipt=receipt.lookup).first()


def come_back(receipt: sealed.ReceiptKeys) -> Return | None:
    """Open a report with its receipt; None when nothing is there or its key has been destroyed."""
    # An unknown receipt costs what an expired one does: one number is asked for, one key is tried; the rest
    # is read once that has opened.
    ref = Report.objects.filter(receipt=receipt.lookup).values_list("ref", flat=True).first()
    try:
        key = sealed.open_data_key(
            zone=ZONE, holder=f"report:{ref}" if ref else "none", opener=sealed.ReceiptOpener(receipt)
        )
    except sealed.KeyNotAvailable:
        return None
    report = report_behind(receipt)
    if report is None:
        return None
    places = [
        _place(report, location, key)
        for location in report.locations.select_related("item").order_by("position")
    ]
    return Return(
        report=report,
        key=key,
        stage=stage_of(report, places),
        places=places,
        thread=_thread(report, key),
        note=_open(key, "hotline.report", report.ref, "note", report.note),
        has_contact=hasattr(report, "contact"),
    )


def stage_of(report: Report, places: list[Place]) -> Stage:
    """The stage in plain words; a closed report keeps the stage of its outcome, and says removed once every
    place is gone."""
    state = (
        ReportState(report.outcome)
        if report.state == ReportState.CLOSED and report.outcome
        else ReportState(report.state)
    )
    stage = STAGES.get(state, Stage.RECEIVED)
    gone = bool(places) and all(place.fate is Fate.GONE for place in places)
    if stage in {Stage.ACTED, Stage.KNOWN_ALREADY} and gone:
        return Stage.REMOVED
    return stage


def fate_of(location: Location) -> Fate:
    """What became of the place behind a location."""
    item = location.item
    if item.presence == Presence.REAPPEARED:
        return Fate.BACK
    if item.presence == Presence.REMOVED:
        return Fate.GONE
    if item.handling == Handling.NO_ACTION:
        return Fate.NO_ACTION
    if item.handling not in DECIDED:
        return Fate.WAITING
    if item.notice_items.filter(notice__sent_at__isnull=False).exists():
        return Fate.ASKED_TO_REMOVE
    return Fate.PASSED_ON if item.handover_records.filter(undone_at=None).exists() else Fate.DECIDED


def _place(report: Report, location: Location, key: sealed.DataKey) -> Place:
    row = f"{report.ref}-{location.position}"
    return Place(
        position=location.position,
        given=_open(key, "hotline.location", row, "given", location.given),
        fate=fate_of(location),
        referrer=_open(key, "hotline.location", row, "referrer", location.referrer),
        access_note=location.access_note,
    )


def _thread(report: Report, key: sealed.DataKey) -> list[Said]:
    return [
        Said(
            _open(key, "hotline.message", message.ref, "body", message.body),
            message.from_reporter,
            message.at,
        )
        for message in report.messages.order_by("pk")
    ]


def _open(key: sealed.DataKey, table: str, row: str, field: str, envelope: bytes | memoryview) -> str:
    return sealed.unseal(key, table=table, row=row, field=field, envelope=bytes(envelope)) if envelope else ""

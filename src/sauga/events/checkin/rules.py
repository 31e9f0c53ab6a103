"""What a set of scans comes to, who may enter, and what an instant on a device is worth. Pure functions.

Devices scan without a network and send later, in any order and as often as they like. `merge` therefore looks
at the whole set of scans of one registration on one list: the same set gives the same result, however it
arrived.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from sauga.events.states import CAME, PENDING, EventState, RegistrationState

OPENS_BEFORE = timedelta(hours=2)
"""A list opens so long before the beginning, unless the organisers say otherwise."""
EARLIEST_OPENING = timedelta(days=2)
LATEST = timedelta(hours=24)
"""What a device kept longer is taken as so old, not older."""
MOST_SCANS = 500
"""In one message of a device."""
LONGEST_DEVICE = 12


class Kind(StrEnum):
    """What a device sends: a visitor goes in, or an earlier check-in was a mistake."""

    IN = "IN"
    UNDO = "UNDO"


class Method(StrEnum):
    """How a visitor was found."""

    SCAN = "SCAN"
    CODE = "CODE"
    NAME = "NAME"
    WALK_IN = "WALK_IN"


class Outcome(StrEnum):
    """What became of a scan. COUNTED: these heads are in. CONFLICT: the seats were used already at another
    entrance or phone; REPEATED: on the same one. REFUSED: this ticket does not enter here or now. UNDONE:
    taken back by an UNDO."""

    COUNTED = "COUNTED"
    CONFLICT = "CONFLICT"
    REPEATED = "REPEATED"
    REFUSED = "REFUSED"
    UNDONE = "UNDONE"
    UNDO = "UNDO"


class Why(StrEnum):
    """Why a ticket does not enter."""

    EARLY = "EARLY"
    OVER = "OVER"
    UNKNOWN = "UNKNOWN"
    OTHER_EVENT = "OTHER_EVENT"
    EVENT_CANCELLED = "EVENT_CANCELLED"
    CANCELLED = "CANCELLED"
    WAITLISTED = "WAITLISTED"
    OFFERED = "OFFERED"
    PENDING = "PENDING"
    LIST = "LIST"
    HEADS = "HEADS"


class Resolution(StrEnum):
    """What staff found out about a conflict or about a refused ticket."""

    SAME = "SAME"
    SENT = "SENT"


@dataclass(frozen=True, kw_only=True)
class Scan:
    """One scan as the merge sees it: `at` is the server's estimate, `nonce` was made by the device and names
    the scan wherever it is sent. `undoes` is the nonce of the scan that an UNDO takes back."""

    nonce: str
    at: datetime
    device: str
    kind: Kind = Kind.IN
    heads: int = 1
    undoes: str = ""

    @property
    def order(self) -> tuple[datetime, str]:
        """By time; two at the same instant by their nonces, so that the order is the same everywhere."""
        return self.at, self.nonce


@dataclass(frozen=True)
class Merged:
    """What the scans of one registration on one list come to."""

    outcomes: Mapping[str, Outcome] = field(default_factory=dict)
    heads: int = 0
    first: Scan | None = None

    @property
    def counted(self) -> frozenset[str]:
        """The scans by which a visitor is in."""
        return frozenset(nonce for nonce, found in self.outcomes.items() if found is Outcome.COUNTED)


def merge(scans: Iterable[Scan], seats: int) -> Merged:
    """The first scan counts; of a class each part counts while there are seats left for it. Later ones are
    conflicts, or repeats on the device that counted last. What is undone counts nowhere, and what came after
    it may count instead."""
    known = {scan.nonce: scan for scan in scans}
    undone = {scan.undoes for scan in known.values() if scan.kind is Kind.UNDO}
    outcomes: dict[str, Outcome] = {}
    heads, devices, first = 0, set[str](), None
    for scan in sorted(known.values(), key=lambda one: one.order):
        if scan.kind is Kind.UNDO:
            outcomes[scan.nonce] = Outcome.UNDO
        elif scan.nonce in undone:
            outcomes[scan.nonce] = Outcome.UNDONE
        elif heads + scan.heads <= seats:
            outcomes[scan.nonce] = Outcome.COUNTED
            heads, first = heads + scan.heads, first or scan
            devices.add(scan.device)
        else:
            outcomes[scan.nonce] = Outcome.REPEATED if devices == {scan.device} else Outcome.CONFLICT
    return Merged(outcomes, heads, first)


def estimated(received: datetime, sent: datetime, scanned: datetime) -> datetime:
    """When a scan took place. The clock of a device may be wrong, but it runs: so the scan is as long ago as
    it was on the device when it sent. Never in the future, never more than a day ago."""
    age = min(max(sent - scanned, timedelta()), LATEST)
    return received - age


def kept_until(ends: datetime, at: datetime) -> datetime:
    """How long a device may keep the list of an event that it loaded now."""
    return min(ends + timedelta(hours=1), at + LATEST)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """When a list lets people in."""

    opens: datetime
    closes: datetime

    def refusal(self, at: datetime) -> Why | None:
        """Why no visitor is admitted at this time."""
        if at < self.opens:
            return Why.EARLY
        return Why.OVER if at > self.closes else None


REFUSED_STATES: Mapping[str, Why] = {
    RegistrationState.WAITLISTED: Why.WAITLISTED,
    RegistrationState.OFFER_EXPIRED: Why.WAITLISTED,
    RegistrationState.OFFERED: Why.OFFERED,
    RegistrationState.STARTED: Why.PENDING,
    RegistrationState.HELD: Why.PENDING,
    **dict.fromkeys(PENDING, Why.PENDING),
    RegistrationState.CANCELLED: Why.CANCELLED,
    RegistrationState.REJECTED: Why.CANCELLED,
    RegistrationState.EVENT_CANCELLED: Why.EVENT_CANCELLED,
}
ADMITTED = frozenset({RegistrationState.CONFIRMED, *CAME, RegistrationState.NO_SHOW})
"""NO_SHOW: a device that sends after the event is over may know better."""


def refusal(
    *, at: datetime, opening: Opening, event_state: str, state: str, may_enter: bool, heads: int, seats: int
) -> Why | None:
    """Why this registration does not enter by this list at this time; None when it does."""
    if event_state not in {EventState.PUBLISHED, EventState.OVER}:
        return Why.EVENT_CANCELLED
    if state not in ADMITTED:
        return REFUSED_STATES[state]
    if not may_enter:
        return Why.LIST
    if not 0 < heads <= seats:
        return Why.HEADS
    return opening.refusal(at)

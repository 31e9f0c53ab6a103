"""The rota's pages: a week as a grid of slots, one's own shifts, what stands against taking
one, templates.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.http import Http404

from sauga.helpline.line.models import ClosedDay
from sauga.helpline.line.rules import hours as hour_rules
from sauga.helpline.rota.models import Shift, ShiftStep, ShiftTemplate
from sauga.helpline.states import ShiftState
from sauga.helpline.volunteers.queries.volunteers import able_of, aliases
from sauga.helpline.volunteers.rules import shift_eligibility
from sauga.helpline.volunteers.rules.shift_eligibility import Able, Fault, Limits, Place
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import sort_key
from sauga.kernel.identity import PersonActor

GONE = (ShiftState.SWAPPED, ShiftState.CANCELLED, ShiftState.LATE_CANCELLED, ShiftState.NO_SHOW)
"""Shifts that another row has replaced; they stay for the history."""
AHEAD = (ShiftState.CLAIMED, ShiftState.CONFIRMED, ShiftState.SWAP_OFFERED)
HERE = (ShiftState.CHECKED_IN, ShiftState.ON_DUTY, ShiftState.BREAK)
DONE = (ShiftState.CHECKED_OUT, ShiftState.DEBRIEFED)
MINE = (*AHEAD, *HERE, *DONE)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Slot:
    """One place of a cell: whose, in which state, and what the viewer may do with it."""

    shift: Shift
    alias: str = ""
    is_mine: bool = False
    may_take: bool = False
    may_take_over: bool = False
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Cell:
    """The places of one row on one day."""

    day: date
    slots: tuple[Slot, ...] = ()
    minimum: int = 0
    is_past: bool = False

    @property
    def places(self) -> int:
        """How many people are wanted."""
        return len(self.slots)

    @property
    def taken(self) -> int:
        """How many places are taken."""
        return sum(slot.shift.state != ShiftState.OPEN for slot in self.slots)

    @property
    def missing(self) -> int:
        """How many are missing to the minimum."""
        return max(0, min(self.minimum, self.places) - self.taken)

    @property
    def open_slot(self) -> Slot | None:
        """The first free place."""
        return next((slot for slot in self.slots if slot.shift.state == ShiftState.OPEN), None)


@dataclass(frozen=True)
class Row:
    """One place of the week: channels or the lead, from when to when."""

    channels: tuple[str, ...]
    is_lead: bool
    begins: time
    ends: time
    minimum: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Week:
    """A week of the rota."""

    monday: date
    rows: tuple[Row, ...] = ()
    holidays: Mapping[date, str] = field(default_factory=dict)

    @property
    def days(self) -> list[date]:
        """Monday to Sunday."""
        return [self.monday + DAY * number for number in range(7)]

    @property
    def cells(self) -> list[Cell]:
        """All cells that have places."""
        return [cell for row in self.rows for cell in row.cells if cell.slots]

    @property
    def gaps(self) -> int:
        """How many places-of-a-day lack people to their minimum, not counting what is over."""
        return sum(bool(cell.missing) and not cell.is_past for cell in self.cells)

    @property
    def swaps(self) -> int:
        """How many shifts are offered to colleagues."""
        return sum(slot.shift.state == ShiftState.SWAP_OFFERED for cell in self.cells for slot in cell.slots)


def week_of(by: PersonActor, monday: date, at: datetime, *, show: str = "", language: str = "lt") -> Week:
    """The week as `by` sees it; `show` is "" for all, "can", "gaps" or "swaps". A fixed number of queries."""
    begin = hour_rules.instant(monday, time(0))
    rows = Shift.objects.filter(
        begins_at__gte=begin, begins_at__lt=hour_rules.instant(monday + 7 * DAY, time(0))
    )
    found = list(rows.exclude(state__in=GONE).select_related("template").order_by("begins_at", "pk"))
    names = aliases(shift.person_id for shift in found if shift.person_id)
    viewer = Viewer.of(by, begin, at)
    slots = [(shift, viewer.slot(shift, names.get(shift.person_id or 0, ""))) for shift in found]
    grouped: dict[tuple[bool, tuple[str, ...], time, time], list[Slot]] = {}
    for shift, slot in slots:
        key = (shift.is_lead, tuple(shift.channels), _clock(shift.begins_at), _clock(shift.ends_at))
        grouped.setdefault(key, []).append(slot)
    order = sorted(grouped, key=lambda key: (key[0], _rank(key[1]), key[2], key[3]))
    made = (_row(key, grouped[key], monday, at) for key in order)
    kept = tuple(row for row in made if _is_shown(row, show))
    return Week(monday, kept, _closed(monday, language))


def _rank(channels: Sequence[str]) -> tuple[int, ...]:
    order = {"PHONE": 0, "CHAT": 1, "LETTER": 2}
    return tuple(order.get(channel, 3) for channel in channels)


def _clock(at: datetime) -> time:
    return at.astimezone(VILNIUS).time()


def _day(at: datetime) -> date:
    return at.astimezone(VILNIUS).date()


def _row(
    key: tuple[bool, tuple[str, ...], time, time], slots: Sequence[Slot], monday: date, at: datetime
) -> Row:
    is_lead, channels, begins, ends = key
    cells = []
    minimums = [slot.shift.template.minimum for slot in slots if slot.shift.template is not None]
    minimum = max(minimums, default=1)
    for number in range(7):
        day = monday + DAY * number
        own = tuple(slot for slot in slots if _day(slot.shift.begins_at) == day)
        cells.append(Cell(day, own, minimum if own else 0, bool(own) and own[0].shift.ends_at <= at))
    return Row(channels, is_lead, begins, ends, minimum, tuple(cells))


def _is_shown(row: Row, show: str) -> bool:
    if show == "gaps":
        return any(cell.missing and not cell.is_past for cell in row.cells)
    if show == "swaps":
        return any(slot.shift.state == ShiftState.SWAP_OFFERED for cell in row.cells for slot in cell.slots)
    if show == "can":
        return any(slot.may_take or slot.may_take_over for cell in row.cells for slot in cell.slots)
    return True


def _closed(monday: date, language: str) -> dict[date, str]:
    rows = ClosedDay.objects.filter(date__gte=monday, date__lt=monday + 7 * DAY)
    return {row.date: row.label_en if language == "en" else row.label_lt for row in rows}


@dataclass(frozen=True)
class Viewer:
    """Who looks at the rota, with what the guards need to know; read once."""

    person_id: int
    may_claim: bool
    able: Able | None
    others: tuple[tuple[int, Place], ...]
    limits: Limits
    at: datetime

    @classmethod
    def of(cls, by: PersonActor, begin: datetime, at: datetime) -> "Viewer":
        """The viewer of the fortnight around a week."""
        from sauga.helpline.permissions import Permission

        may = by.can(Permission.CLAIM_SHIFT)
        own = (
            Shift.objects.filter(person=by.person_id, state__in=MINE).between(
                begin - 3 * DAY, begin + 10 * DAY
            )
            if may
            else ()
        )
        return cls(
            by.person_id,
            may,
            able_of(by.person_id) if may else None,
            tuple((shift.pk, as_place(shift)) for shift in own),
            Limits.of(vocab.policy("policy.rota", at=at)),
            at,
        )

    def slot(self, shift: Shift, alias: str) -> Slot:
        """One place as this viewer sees it."""
        mine = shift.person_id == self.person_id
        is_free, is_offered = shift.state == ShiftState.OPEN, shift.state == ShiftState.SWAP_OFFERED
        if not self.may_claim or mine or not (is_free or is_offered):
            return Slot(shift, alias, mine)
        found = tuple(self.faults(shift))
        return Slot(shift, alias, mine, is_free and not found, is_offered and not found, found)

    def faults(self, shift: Shift) -> list[Fault]:
        """What stands against taking it."""
        others = [place for pk, place in self.others if pk != shift.pk]
        return shift_eligibility.faults(as_place(shift), self.able, others, self.limits, self.at)


def as_place(shift: Shift) -> Place:
    """A shift as the rules see it."""
    return Place(shift.begins_at, shift.ends_at, frozenset(shift.channels), shift.is_lead)


@dataclass(frozen=True)
class Own:
    """One of my shifts: what comes next with it, and how long I rest before or after."""

    shift: Shift
    rest: timedelta | None = None
    check_in_from: datetime | None = None
    may_check_in: bool = False
    is_late_to_cancel: bool = False


def my_shifts(by: PersonActor, at: datetime, *, past: bool = False) -> list[Own]:
    """What is ahead of me, with the shift that I am on; or what is over, newest first."""
    policy = vocab.policy("policy.rota", at=at)
    early, late = (
        timedelta(minutes=policy["check_in_early_minutes"]),
        timedelta(hours=policy["late_cancel_hours"]),
    )
    own = Shift.objects.filter(person=by.person_id)
    if past:
        over = own.filter(
            state__in=[
                *DONE,
                ShiftState.NO_SHOW,
                ShiftState.CANCELLED,
                ShiftState.LATE_CANCELLED,
                ShiftState.SWAPPED,
            ]
        ).order_by("-begins_at")[:50]
        return [Own(shift) for shift in over]
    rows = list(own.filter(state__in=[*AHEAD, *HERE]).order_by("begins_at"))
    found = []
    for shift in rows:
        opens = shift.begins_at - early
        may = shift.state in {ShiftState.CONFIRMED, ShiftState.SWAP_OFFERED} and opens <= at < shift.ends_at
        near = [
            as_place(one)
            for one in rows
            if one is not shift and abs(one.begins_at - shift.begins_at) <= 2 * DAY
        ]
        rest = shift_eligibility.shortest_rest(as_place(shift), near)
        found.append(Own(shift, rest, opens, may, shift.begins_at - at < late))
    return found


@dataclass(frozen=True)
class Check:
    """One line of “what is checked when you take a shift”."""

    what: str
    kind: str = ""
    is_good: bool = True
    until: date | None = None


def my_checks(by: PersonActor, at: datetime) -> list[Check]:
    """What stands for or against me today: trainings by channel, the background check."""
    able, today = able_of(by.person_id), _day(at)
    if able is None:
        return [Check("VOLUNTEER", is_good=False)]
    found = []
    for kind in ("PHONE", "CHAT", "LETTER", "LEAD"):
        held = [term for term in able.trainings.get(kind, ()) if term.holds(today, today)]
        if held or kind != "LEAD":
            found.append(Check("TRAINING", kind, bool(held), _last(term.ends for term in held)))
    checks = [term for term in able.checks if term.holds(today, today)]
    found.append(Check("CHECK", "", bool(checks), _last(term.ends for term in checks)))
    return found


def _last(ends: Iterable[date | None]) -> date | None:
    """The latest end; None when one never ends, or there is none."""
    held = list(ends)
    return None if None in held else max((end for end in held if end is not None), default=None)


def shift_for(by: PersonActor, ref: str, at: datetime) -> Slot:
    """One shift with what the viewer may do. Raises Http404."""
    shift = Shift.objects.select_related("template", "replaces").filter(ref=ref).first()
    if shift is None:
        raise Http404
    names = aliases([shift.person_id] if shift.person_id else [])
    return Viewer.of(by, shift.begins_at, at).slot(shift, names.get(shift.person_id or 0, ""))


def history(shift: Shift) -> list[ShiftStep]:
    """The steps of a shift and of the shifts that it replaced, newest first."""
    chain, one = [shift.pk], shift
    while one.replaces is not None and len(chain) < 10:
        one = one.replaces
        chain.append(one.pk)
    return list(
        ShiftStep.objects.filter(subject__in=chain).exclude(after=ShiftState.PUBLISHED).order_by("-at", "-pk")
    )


def qualified(shift: Shift, at: datetime) -> list[tuple[int, str]]:
    """Volunteers who could take the shift, by alias, for the coordinator."""
    from sauga.helpline.volunteers.models import Volunteer
    from sauga.helpline.volunteers.queries.volunteers import ables

    people = dict(Volunteer.objects.values_list("person_id", "alias"))
    near = Shift.objects.filter(person__in=people, state__in=MINE).between(
        shift.begins_at - 3 * DAY, shift.ends_at + 3 * DAY
    )
    busy: dict[int, list[Place]] = {}
    for one in near.exclude(pk=shift.pk):
        busy.setdefault(one.person_id or 0, []).append(as_place(one))
    limits = Limits.of(vocab.policy("policy.rota", at=at))
    known = ables(people)
    fit = [
        pk
        for pk in people
        if not shift_eligibility.faults(as_place(shift), known.get(pk), busy.get(pk, []), limits, at)
    ]
    return sorted(((pk, people[pk]) for pk in fit), key=lambda pair: sort_key(pair[1]))


def templates_in_force(at: datetime) -> list[ShiftTemplate]:
    """Templates of today and of days to come."""
    rows = [
        row
        for row in ShiftTemplate.objects.order_by("weekday", "is_lead", "begins", "pk")
        if not row.valid_to or row.valid_to >= _day(at)
    ]
    return rows


def template_for(pk: int) -> ShiftTemplate:
    """One template. Raises Http404."""
    found = ShiftTemplate.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


# What volunteers' pages ask
# ------------------------------------------------------------------------------------------------------
def counts_of(people: Sequence[int], since: datetime, until: datetime) -> dict[int, dict[str, int]]:
    """For each person how many shifts that began after `since` ended in which state."""
    states = Shift.objects.filter(person__in=people, begins_at__gt=since, begins_at__lte=until).values_list(
        "person_id", "state"
    )
    found: dict[int, dict[str, int]] = {}
    for person_id, state in states:
        counts = found.setdefault(person_id, {})
        counts[state] = counts.get(state, 0) + 1
    return found


def last_day_ahead(person_id: int, at: datetime) -> date | None:
    """The day of the last shift that a person has taken and not begun; None when there is none."""
    taken = [ShiftState.CLAIMED, ShiftState.CONFIRMED, ShiftState.SWAP_OFFERED]
    rows = Shift.objects.filter(person=person_id, state__in=taken, begins_at__gt=at)
    return max((_day(begins) for begins in rows.values_list("begins_at", flat=True)), default=None)

"""Volunteers as the coordinator knows them: trainings, background checks, supervision, and what is about to
run out. No content.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from sauga.helpline.states import ShiftState
from sauga.helpline.volunteers.models import BackgroundCheck, Debrief, Supervision, Training, Volunteer
from sauga.helpline.volunteers.rules import shifts_worked
from sauga.helpline.volunteers.rules.shift_eligibility import Able, Term
from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import sort_key
from sauga.kernel.identity.models import Membership, Person

MONTH = timedelta(days=30)
ROLES = ("COUNSELLOR", "SHIFT_LEAD", "LETTER_REVIEWER")


@dataclass(frozen=True)
class Due:
    """Something that has run out (`days` negative), runs out soon, or never was (`days` None); for
    SUPERVISION the minutes of a month.
    """

    what: str
    kind: str = ""
    days: int | None = None

    @property
    def is_over(self) -> bool:
        """Whether it already keeps the volunteer from shifts."""
        return self.what != "SUPERVISION" and (self.days is None or self.days < 0)


@dataclass(frozen=True)
class VolunteerLine:
    """One volunteer with what counts today."""

    volunteer: Volunteer
    trained: tuple[Training, ...]
    check: BackgroundCheck | None
    minutes: int
    warnings: tuple[Due, ...]
    owes_debrief: bool = False
    shifts: int = 0
    late: int = 0
    not_come: int = 0


@dataclass(frozen=True)
class VolunteerPage:
    """One volunteer with everything that was ever written down."""

    line: VolunteerLine
    trainings: list[Training] = field(default_factory=list)
    checks: list[BackgroundCheck] = field(default_factory=list)
    supervisions: list[Supervision] = field(default_factory=list)


def able_of(person_id: int) -> Able | None:
    """What the guards of a claim must know of a person; three queries. None: not a volunteer."""
    return ables([person_id]).get(person_id)


def ables(person_ids: Iterable[int]) -> dict[int, Able]:
    """The same for several people."""
    rows = Volunteer.objects.filter(person__in=list(person_ids)).prefetch_related("trainings", "checks")
    return {row.person_id: _able(row) for row in rows}


def _able(row: Volunteer) -> Able:
    trainings: dict[str, list[Term]] = {}
    for one in row.trainings.all():
        trainings.setdefault(one.kind, []).append(Term(one.passed_date, one.valid_to))
    return Able(
        trainings, [Term(check.seen_date, check.valid_to) for check in row.checks.all()], row.left_date
    )


def aliases(person_ids: Iterable[int]) -> dict[int, str]:
    """What colleagues see of each person: the alias, or the name of a person who is no volunteer."""
    wanted = set(person_ids)
    found = dict(Volunteer.objects.filter(person__in=wanted).values_list("person_id", "alias"))
    if missing := wanted - found.keys():
        found.update(Person.objects.filter(pk__in=missing).values_list("pk", "name"))
    return found


def volunteer_lines(at: datetime, *, only: str = "", find: str = "") -> list[VolunteerLine]:
    """All volunteers, by alias: those here now, with `only="warn"` those with something to do, with
    `only="left"` those who went.
    """
    today = at.astimezone(VILNIUS).date()
    gone = Q(left_date__lt=today)
    rows = Volunteer.objects.filter(gone if only == "left" else ~gone)
    if find:
        rows = rows.filter(Q(alias__icontains=find) | Q(person__name__icontains=find))
    lines = _lines(rows, at)
    return [line for line in lines if line.warnings or line.owes_debrief] if only == "warn" else lines


def _lines(rows: "QuerySet[Volunteer]", at: datetime) -> list[VolunteerLine]:
    today = at.astimezone(VILNIUS).date()
    recent = Supervision.objects.filter(date__gt=today - MONTH, date__lte=today)
    held = list(
        rows.select_related("person").prefetch_related(
            "trainings", "checks", Prefetch("supervisions", recent, "lately")
        )
    )
    held.sort(key=lambda row: sort_key(row.alias))
    people = [row.person_id for row in held]
    owing = set(
        Debrief.objects.filter(person__in=people, done_at__isnull=True).values_list("person_id", flat=True)
    )
    counts = shifts_worked.shifts().counts(people, at - 3 * MONTH, at)
    return [_line(row, at, row.person_id in owing, counts.get(row.person_id, {})) for row in held]


def _line(row: Volunteer, at: datetime, owes: bool, counts: dict[str, int]) -> VolunteerLine:
    today = at.astimezone(VILNIUS).date()
    trained = tuple(
        sorted((one for one in row.trainings.all() if one.is_valid(today)), key=lambda one: one.kind)
    )
    checks = [check for check in row.checks.all() if check.seen_date <= today <= check.valid_to]
    minutes = sum(one.minutes for one in row.lately)  # type: ignore[attr-defined]  # prefetched under this name
    done = sum(counts.get(state, 0) for state in (ShiftState.CHECKED_OUT, ShiftState.DEBRIEFED))
    return VolunteerLine(
        row,
        trained,
        max(checks, key=lambda check: check.valid_to, default=None),
        minutes,
        tuple(_warnings(row, minutes, at)),
        owes,
        done,
        counts.get(ShiftState.LATE_CANCELLED, 0),
        counts.get(ShiftState.NO_SHOW, 0),
    )


def _warnings(row: Volunteer, minutes: int, at: datetime) -> Iterable[Due]:
    policy, today = vocab.policy("policy.rota", at=at), at.astimezone(VILNIUS).date()
    soon = int(policy["expiry_warning_days"])
    if row.left_date is not None and row.left_date < today:
        return
    last = max((check.valid_to for check in row.checks.all()), default=None)
    if last is None or (last - today).days <= soon:
        yield Due("CHECK", "", (last - today).days if last else None)
    if not row.trainings.all():
        yield Due("TRAINING")
    for kind in sorted({one.kind for one in row.trainings.all()}):
        ends = _last_end(row, kind)
        if ends is not None and (ends - today).days <= soon:
            yield Due("TRAINING", kind, (ends - today).days)
    if minutes < int(policy["supervision_minutes_a_month"]) and row.began_date <= today - MONTH:
        yield Due("SUPERVISION", "", minutes)


def _last_end(row: Volunteer, kind: str) -> date | None:
    """When the last training of a kind runs out; None where one never does."""
    ends = [one.valid_to for one in row.trainings.all() if one.kind == kind]
    return None if None in ends else max(end for end in ends if end is not None)


def volunteer_for(pk: int, at: datetime) -> VolunteerPage:
    """One volunteer. Raises Http404."""
    lines = _lines(Volunteer.objects.filter(pk=pk), at)
    if not lines:
        raise Http404
    row = lines[0].volunteer
    return VolunteerPage(
        lines[0],
        sorted(row.trainings.all(), key=lambda one: (one.kind, one.passed_date), reverse=False),
        sorted(row.checks.all(), key=lambda one: one.valid_to, reverse=True),
        list(row.supervisions.order_by("-date", "-pk")[:50]),
    )


def not_yet_volunteers(at: datetime) -> list[Person]:
    """People with a role of the line who have no volunteer's row."""
    working = Membership.objects.serving("helpline", at).filter(role__code__in=ROLES).values("person_id")
    return list(
        Person.objects.filter(pk__in=working)
        .exclude(pk__in=Volunteer.objects.values("person_id"))
        .order_by("name")
    )


def trained_people(person_ids: Iterable[int], day: date) -> dict[int, set[str]]:
    """For each person the kinds of training that count on this day."""
    rows = Training.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=day),
        volunteer__person__in=person_ids,
        passed_date__lte=day,
    )
    found: dict[int, set[str]] = {}
    for person_id, kind in rows.values_list("volunteer__person_id", "kind"):
        found.setdefault(person_id, set()).add(kind)
    return found


def short_names(person_ids: Iterable[int | None]) -> dict[int, str]:
    """What colleagues are called at the desk: the alias, else the first name; two queries at most."""
    wanted = {key for key in person_ids if key is not None}
    if not wanted:
        return {}
    people: Any = get_user_model()
    names = {
        key: name.split(" ")[0]
        for key, name in people.objects.filter(pk__in=wanted).values_list("pk", "name")
    }
    return names | dict(Volunteer.objects.filter(person__in=wanted).values_list("person_id", "alias"))

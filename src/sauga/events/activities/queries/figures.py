"""The numbers of one Safer Internet Day: activities, municipalities, heads expected and heads reported,
which are never added together."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from sauga.events.activities.models import Activity, ActivitySet, HeadCount, HeadsKind
from sauga.events.states import ActivityState
from sauga.kernel.organisations.models import OrganisationKind
from sauga.kernel.organisations.tiles import TILES


@dataclass(frozen=True)
class Place:
    """One municipality on the map."""

    code: str
    activities: int = 0
    expected: int = 0
    reported: int = 0


@dataclass(frozen=True)
class Totals:
    """What a whole year adds up to."""

    activities: int
    municipalities: int
    expected: int
    reported: int
    held: int
    organisations: int


@dataclass(frozen=True)
class Year:
    """The numbers of a year in full, for the desk and the profile."""

    totals: Totals
    kinds: Mapping[str, int]
    counties: Mapping[str, int]
    organisation_kinds: Mapping[str, int]
    expected: Mapping[str, int]
    reported: Mapping[str, int]
    states: Mapping[str, int] = field(default_factory=dict)
    texts: Mapping[str, int] = field(default_factory=dict)


def of_year(year: int, *, kind: str = "", group: str = "") -> ActivitySet:
    """The activities of a year that count, narrowed by kind and by an age group that is expected or came."""
    rows = Activity.objects.counted().filter(year=year)
    if kind:
        rows = rows.filter(kind=kind)
    if group:
        rows = rows.filter(Exists(HeadCount.objects.filter(activity=OuterRef("pk"), group=group)))
    return rows


def places(year: int, *, kind: str = "", group: str = "") -> list[Place]:
    """All municipalities in the order of their codes. With a group, heads are those of the group."""
    rows = of_year(year, kind=kind, group=group)
    counts = dict(rows.order_by().values_list("municipality").annotate(n=Count("pk")))
    heads = HeadCount.objects.filter(activity__in=rows)
    if group:
        heads = heads.filter(group=group)
    sums = heads.order_by().values_list("activity__municipality", "kind").annotate(n=Sum("n"))
    by_place = {(code, which): n for code, which, n in sums}
    return [
        Place(
            code,
            counts.get(code, 0),
            by_place.get((code, HeadsKind.EXPECTED), 0),
            by_place.get((code, HeadsKind.REPORTED), 0),
        )
        for code in TILES
    ]


def totals(year: int) -> Totals:
    """What a year adds up to."""
    rows = of_year(year)
    heads = dict(
        HeadCount.objects.filter(activity__in=rows).order_by().values_list("kind").annotate(n=Sum("n"))
    )
    counted = rows.aggregate(
        n=Count("pk"),
        places=Count("municipality", distinct=True),
        known=Count("organisation", distinct=True),
    )
    unknown = rows.filter(organisation__isnull=True).values("organisation_name").distinct().count()
    return Totals(
        counted["n"],
        counted["places"],
        heads.get(HeadsKind.EXPECTED, 0),
        heads.get(HeadsKind.REPORTED, 0),
        rows.filter(state=ActivityState.HELD).count(),
        counted["known"] + unknown,
    )


def years() -> list[int]:
    """The years with activities that count, the latest first."""
    found = Activity.objects.counted().order_by("-year").values_list("year", flat=True)
    return list(found.distinct())


def year(wanted: int, county_of: Callable[[str], str]) -> Year:
    """The numbers of a year in full; `county_of` says in which county a municipality lies."""
    rows, every = of_year(wanted).order_by(), Activity.objects.filter(year=wanted).order_by()
    by_county: Counter[str] = Counter()
    for code, n in rows.values_list("municipality").annotate(n=Count("pk")):
        by_county[county_of(code)] += n
    return Year(
        totals(wanted),
        dict(rows.values_list("kind").annotate(n=Count("pk"))),
        dict(by_county),
        _organisation_kinds(rows),
        heads(wanted, HeadsKind.EXPECTED),
        heads(wanted, HeadsKind.REPORTED),
        dict(every.values_list("state").annotate(n=Count("pk"))),
        dict(rows.filter(is_public=True).values_list("text_state").annotate(n=Count("pk"))),
    )


def heads(wanted: int, kind: HeadsKind) -> dict[str, int]:
    """Heads of one kind by age group in a year."""
    rows = HeadCount.objects.filter(activity__in=of_year(wanted), kind=kind).order_by()
    return dict(rows.values_list("group").annotate(n=Sum("n")))


def _organisation_kinds(rows: QuerySet[Activity]) -> dict[str, int]:
    """Activities by the first kind of their organisation; those that are not in the register yet under ""."""
    known = set(OrganisationKind.objects.values_list("code", flat=True))
    found: Counter[str] = Counter()
    for kinds in rows.values_list("organisation__kinds", flat=True):
        found[next((one for one in kinds or () if one in known), "")] += 1
    return dict(found)


def begun(start: date, end: date) -> dict[str, int]:
    """Activities by kind whose day is from `start` up to, not including, `end`."""
    rows = Activity.objects.counted().filter(day__gte=start, day__lt=end).order_by()
    return dict(rows.values_list("kind").annotate(n=Count("pk")))


def heads_between(kind: HeadsKind, start: date, end: date) -> dict[str, int]:
    """Heads of one kind by age group at activities whose day is from `start` up to, not including, `end`."""
    rows = Activity.objects.counted().filter(day__gte=start, day__lt=end)
    found = HeadCount.objects.filter(activity__in=rows, kind=kind).order_by()
    return dict(found.values_list("group").annotate(n=Sum("n")))

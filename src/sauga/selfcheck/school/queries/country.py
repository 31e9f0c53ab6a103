"""The national picture and the comparison: published sums of at least ten schools, gaps, and where they
lead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q

from sauga.kernel.figures.suppression import Cell, suppress
from sauga.selfcheck.school.models import Answer, Label, Published, Round
from sauga.selfcheck.school.queries import questionnaires
from sauga.selfcheck.school.rules.codes import LEVELS, Level
from sauga.selfcheck.school.rules.comparison import COUNTRY, LEAST
from sauga.selfcheck.school.rules.help_links import course_of
from sauga.selfcheck.school.rules.questionnaire import Aspect
from sauga.selfcheck.school.rules.scores import TENTHS

GAP = 2
"""A school has a gap where it chose one of the two lowest statements."""


def latest_rounds() -> dict[str, set[int]]:
    """The latest labelled round of every school, by municipality; schools without one are not counted."""
    found: dict[str, set[int]] = {}
    rows = (
        Label.objects.filter(revoked_at__isnull=True).order_by("school", "-since", "-pk").distinct("school")
    )
    for municipality, key in rows.values_list("school__municipality", "round"):
        if municipality:
            found.setdefault(municipality, set()).add(key)
    return found


def sums_of(keys: frozenset[int]) -> tuple[dict[str, int], dict[str, int]]:
    """The points and weights of rounds, by area."""
    points: dict[str, int] = {}
    weights: dict[str, int] = {}
    for had, weighed in Round.objects.filter(pk__in=keys).values_list("points", "weights"):
        for area, n in had.items():
            points[area] = points.get(area, 0) + n
        for area, n in weighed.items():
            weights[area] = weights.get(area, 0) + n
    return points, weights


def hidden(cells: Mapping[str, frozenset[int]]) -> frozenset[str]:
    """Municipalities whose numbers are hidden: small ones, and so many others that none can be worked out."""
    table: dict[Cell, int] = {(code, None): len(rounds) for code, rounds in cells.items() if code != COUNTRY}
    table[None, None] = len(cells.get(COUNTRY, ()))
    found = suppress(table, LEAST)
    return frozenset(COUNTRY if row is None else row for row, _column in found)


@dataclass(frozen=True)
class Means:
    """Published means of a municipality or the country: tenths by area, on how many schools they rest,
    since when."""

    municipality: str
    schools: int
    tenths: Mapping[str, int]
    published_on: date


def published() -> dict[str, Means]:
    """What is published, by municipality; the country under the empty code. Hidden cells are not among
    them."""
    return {
        row.municipality: Means(
            row.municipality,
            len(row.rounds),
            {
                area: TENTHS * points // row.weights[area]
                for area, points in row.points.items()
                if row.weights.get(area)
            },
            row.published_on,
        )
        for row in Published.objects.filter(is_shown=True)
    }


@dataclass(frozen=True)
class Gap:
    """An aspect with how many schools chose its two lowest statements (nothing where that is hidden), and
    where it leads."""

    aspect: Aspect
    schools: int | None
    course: str


def gaps() -> tuple[int, list[Gap]]:
    """How many schools the published country rests on, and their gaps, the most frequent first.

    Small counts and those near the whole are hidden, each by itself: an aspect has no total to work it out
    from.
    """
    row = Published.objects.filter(municipality=COUNTRY, is_shown=True).first()
    forms = questionnaires.every()
    if row is None or not forms:
        return 0, []
    keys, form = row.rounds, forms[-1]
    low = dict(
        Answer.objects.filter(round__in=keys, level__lte=GAP).values_list("aspect").annotate(n=Count("pk"))
    )
    found = []
    for aspect in form.aspects.values():
        n = low.get(aspect.code, 0)
        is_safe = n == 0 or LEAST <= n <= len(keys) - LEAST or n == len(keys)
        found.append(Gap(aspect, n if is_safe else None, course_of(aspect.helps)))
    return len(keys), sorted(found, key=lambda one: (one.schools is None, -(one.schools or 0)))


def levels_on(day: date) -> dict[str, int]:
    """How many schools hold a valid label on a day, by level."""
    held = Q(since__lte=day, until__gt=day) & (Q(revoked_at__isnull=True) | Q(revoked_at__date__gt=day))
    rows = Label.objects.filter(held).order_by("school", "-since", "-pk").distinct("school")
    counted = dict.fromkeys((str(level) for level in LEVELS), 0)
    for level in rows.values_list("level", flat=True):
        counted[Level(level)] += 1
    return counted

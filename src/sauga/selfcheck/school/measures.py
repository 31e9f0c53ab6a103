"""The figures of the school label."""

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, counted, counted_by
from sauga.selfcheck.school.models import Label, Review, Round
from sauga.selfcheck.school.queries import country
from sauga.selfcheck.school.rules.codes import Level

SERVICE = "selfcheck"
SCHOOLS = 10
"""Smaller numbers of schools are hidden."""
LEVEL_NAMES = dict(Level.choices)


def _issued(start: date, end: date) -> Mapping[str, int]:
    counts: dict[str, int] = {}
    for level in Label.objects.filter(since__gte=start, since__lt=end).values_list("level", flat=True):
        counts[level] = counts.get(level, 0) + 1
    return counts


def _between(name: str, start: date, end: date) -> dict[str, date]:
    return {f"{name}__date__gte": start, f"{name}__date__lt": end}


MEASURES = (
    Measure(
        "selfcheck.labels",
        _("School labels on the last day"),
        _("Schools whose label counts on the last day of the period, by level."),
        "SCHOOL",
        SERVICE,
        counted_by(
            "label_level",
            counts=lambda period: country.levels_on(date.fromordinal(period.end.toordinal() - 1)),
        ),
        breakdown=("label_level",),
        evidence=Evidence.SELF_REPORTED,
        counted="The latest label of each school with the last day from `since` to `until`, not revoked",
        reads=("selfcheck.Label",),
        threshold=SCHOOLS,
    ),
    Measure(
        "selfcheck.issued",
        _("School labels issued"),
        _("Labels of the period, first ones and renewed ones, by level."),
        "SCHOOL",
        SERVICE,
        counted_by("label_level", counts=lambda period: _issued(period.start, period.end)),
        breakdown=("label_level",),
        evidence=Evidence.SELF_REPORTED,
        counted="Labels with `since` in the period, by level",
        reads=("selfcheck.Label",),
        threshold=SCHOOLS,
    ),
    Measure(
        "selfcheck.rounds",
        _("Self-assessments of schools"),
        _("Rounds that schools submitted in the period."),
        "SCHOOL",
        SERVICE,
        counted(
            lambda period: Round.objects.filter(**_between("submitted_at", period.start, period.end)).count()
        ),
        evidence=Evidence.SELF_REPORTED,
        counted="Rounds with `submitted_at` in the period",
        reads=("selfcheck.Round",),
        threshold=SCHOOLS,
    ),
    Measure(
        "selfcheck.reviews",
        _("Reviews of school labels"),
        _("Reviews that ambassadors from other schools ended in the period."),
        "REVIEW",
        SERVICE,
        counted(
            lambda period: Review.objects.filter(**_between("ended_at", period.start, period.end)).count()
        ),
        counted="Reviews with `ended_at` in the period",
        reads=("selfcheck.Review",),
        threshold=SCHOOLS,
    ),
)

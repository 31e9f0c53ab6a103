"""The figures of training: people who began, people who completed, their hours. They are counted; who is
counted twice in two periods is not added up."""

from typing import Any

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures import Evidence, Measure, counted_by
from sauga.kernel.organisations import municipality_name
from sauga.kernel.organisations.places import municipality_names
from sauga.training.learning.queries import figures

SERVICE = "training"
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
MUNICIPALITIES = {code: lazy(municipality_name, str)(code) for code, _name in municipality_names()}
READS = ("training.Enrolment",)


def _enrolled(column: str) -> Any:
    return counted_by(
        f"learner_{column}", counts=lambda period: figures.enrolled(period.start, period.end, column)
    )


def _completed(column: str) -> Any:
    return counted_by(
        f"learner_{column}", counts=lambda period: figures.completed(period.start, period.end, column)
    )


MEASURES = (
    Measure(
        "training.learners_enrolled",
        _("People who began a course"),
        _("Distinct people whose enrolment became active in the period, by their work."),
        "HEAD",
        SERVICE,
        _enrolled("role"),
        breakdown=("learner_role",),
        evidence=Evidence.COUNTED,
        counted="Distinct members of enrolments with `started_at` in the period, by role",
        reads=READS,
        threshold=PEOPLE,
    ),
    Measure(
        "training.learners_completed",
        _("People who completed a course"),
        _("Distinct people whose completion rule became true in the period, by their work."),
        "HEAD",
        SERVICE,
        _completed("role"),
        breakdown=("learner_role",),
        evidence=Evidence.COUNTED,
        counted="Distinct members of completed enrolments with `completed_at` in the period, by role",
        reads=READS,
        threshold=PEOPLE,
    ),
    Measure(
        "training.completed_by_municipality",
        _("People who completed a course, by municipality"),
        _("The same people by the municipality in which they work, as they said when they enrolled."),
        "HEAD",
        SERVICE,
        _completed("municipality"),
        breakdown=("learner_municipality",),
        evidence=Evidence.SELF_REPORTED,
        counted="Distinct members of completed enrolments in the period who named one, by municipality",
        reads=READS,
        threshold=PEOPLE,
    ),
    Measure(
        "training.hours",
        _("Hours of training completed"),
        _("The hours of the courses that people completed in the period, by their work."),
        "HOUR",
        SERVICE,
        counted_by("learner_role", counts=lambda period: figures.hours(period.start, period.end)),
        breakdown=("learner_role",),
        evidence=Evidence.COUNTED,
        counted="Sum of the hours of the versions of enrolments completed in the period, by role",
        reads=("training.Enrolment", "training.CourseVersion"),
    ),
)

"""The figures of activities: what was registered is counted, what is expected is an estimate, how many came
is what organisers report. The three stand side by side.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.activities.models import HeadsKind
from sauga.events.activities.queries import figures
from sauga.events.activities.rules.codes import ActivityKind, AgeGroup
from sauga.kernel.figures import Evidence, Measure, counted_by

SERVICE = "events"
KINDS, GROUPS = dict(ActivityKind.choices), dict(AgeGroup.choices)
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""


def _heads(kind: HeadsKind) -> Any:
    return counted_by(
        "age_group", counts=lambda period: figures.heads_between(kind, period.start, period.end)
    )


MEASURES = (
    Measure(
        "events.sid_activities",
        _("Activities of Safer Internet Day"),
        _("Activities whose day is in the period, as schools, libraries and others registered them."),
        "ACTIVITY",
        SERVICE,
        counted_by("activity_kind", counts=lambda period: figures.begun(period.start, period.end)),
        breakdown=("activity_kind",),
        evidence=Evidence.SELF_REPORTED,
        counted="Activities that count, whose `day` is in the period, by kind",
        reads=("events.Activity",),
    ),
    Measure(
        "events.sid_expected_heads",
        _("People expected on Safer Internet Day"),
        _("How many people organisers expect at activities of the period. Never added to how many came."),
        "HEAD",
        SERVICE,
        _heads(HeadsKind.EXPECTED),
        breakdown=("age_group",),
        evidence=Evidence.ESTIMATED,
        counted="Heads of kind `expected` of counted activities with `day` in the period, by age group",
        reads=("events.Activity", "events.HeadCount"),
        threshold=PEOPLE,
    ),
    Measure(
        "events.sid_reported_heads",
        _("People who took part in Safer Internet Day"),
        _("How many people took part in activities of the period, as organisers reported afterwards."),
        "HEAD",
        SERVICE,
        _heads(HeadsKind.REPORTED),
        breakdown=("age_group",),
        evidence=Evidence.SELF_REPORTED,
        counted="Heads of kind `reported` of counted activities with `day` in the period, by age group",
        reads=("events.Activity", "events.HeadCount"),
        threshold=PEOPLE,
    ),
)

"""The figures of what follows events: certificates are counted, answers come from a survey."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.followup.queries import certificates, surveys
from sauga.kernel.figures import Evidence, Measure, counted_by

SERVICE = "events"
WHO: dict[str, Any] = {
    "PERSON": pgettext_lazy("attendee", "people"),
    "CLASS": pgettext_lazy("attendee", "classes, by their teachers"),
}
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""


def _issued(period: Any) -> dict[str, int]:
    return certificates.issued_between(period.start, period.end)


def _answered(period: Any) -> dict[str, int]:
    return surveys.answered_between(period.start, period.end)


MEASURES = (
    Measure(
        "events.certificates",
        _("Certificates of attendance"),
        _("Certificates issued in the period to people and classes who came, without those revoked."),
        "CERTIFICATE",
        SERVICE,
        counted_by("attendee", counts=_issued),
        breakdown=("attendee",),
        counted="Certificates in state VALID with `issued_at` in the period, by who has them",
        reads=("events.Certificate",),
        threshold=PEOPLE,
    ),
    Measure(
        "events.survey_answers",
        _("Answers to surveys after events"),
        _("Answers of those who came, in surveys that closed in the period."),
        "ANSWER",
        SERVICE,
        counted_by("attendee", counts=_answered),
        breakdown=("attendee",),
        evidence=Evidence.SURVEY,
        counted="Answers to surveys in state CLOSED with `closes_at` in the period, by who answered",
        reads=("events.Survey", "events.SurveyAnswer"),
        threshold=PEOPLE,
    ),
)

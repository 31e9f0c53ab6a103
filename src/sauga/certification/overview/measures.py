"""The figures of certification: what is counted, what hosts confirmed, and what only ambassadors reported.
Confirmed and reported numbers stand side by side and are never added.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.certification.overview import queries
from sauga.certification.programme.rules.codes import LEVEL_NAMES
from sauga.certification.sessions.rules.codes import Group
from sauga.kernel.figures import Evidence, Measure, counted, counted_by

SERVICE = "certification"
LEVELS = {str(level): name for level, name in LEVEL_NAMES.items()}
GROUPS = dict(Group.choices)
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
CERTIFICATIONS = ("certification.Certification",)
SESSIONS = ("certification.Booking",)
REPORTS = ("certification.Booking", "certification.SessionHeads", "certification.SessionReport")


def _certified(kinds: tuple[str, ...]) -> Any:
    return counted_by(
        "ambassador_level", counts=lambda period: queries.certified(kinds, period.start, period.end)
    )


MEASURES = (
    Measure(
        "certification.active",
        _("Ambassadors certified on the last day"),
        _("Ambassadors whose certification counts on the last day of the period, by level."),
        "PERSON",
        SERVICE,
        counted_by(
            "ambassador_level", counts=lambda period: queries.active_on_last_day(period.start, period.end)
        ),
        breakdown=("ambassador_level",),
        counted="Ambassadors with a certification that is not ended and lasts over the end of the period",
        reads=CERTIFICATIONS,
        threshold=PEOPLE,
    ),
    Measure(
        "certification.certified",
        _("Ambassadors certified for the first time"),
        _("First certifications of the period at a level, by level."),
        "PERSON",
        SERVICE,
        _certified(queries.FIRST),
        breakdown=("ambassador_level",),
        counted="Certifications of kind FIRST with `issued_at` in the period, by level",
        reads=CERTIFICATIONS,
        threshold=PEOPLE,
    ),
    Measure(
        "certification.renewed",
        _("Certifications renewed"),
        _("Certifications of the period that continue an earlier one, by level."),
        "PERSON",
        SERVICE,
        _certified(queries.AGAIN),
        breakdown=("ambassador_level",),
        counted="Certifications of kind RENEWED or RETURNED with `issued_at` in the period, by level",
        reads=CERTIFICATIONS,
        threshold=PEOPLE,
    ),
    Measure(
        "certification.sessions",
        _("Ambassador sessions, confirmed"),
        _("Sessions of the period that their host confirmed."),
        "SESSION",
        SERVICE,
        counted(lambda period: queries.confirmed_sessions(period.start, period.end)),
        evidence=Evidence.CONFIRMED,
        counted="Sessions in state HOST_CONFIRMED that took place, with `day` in the period",
        reads=SESSIONS,
    ),
    Measure(
        "certification.sessions_unconfirmed",
        _("Ambassador sessions, not confirmed"),
        _("Sessions of the period that only the ambassador reported. Never added to confirmed ones."),
        "SESSION",
        SERVICE,
        counted(lambda period: queries.unconfirmed_sessions(period.start, period.end)),
        evidence=Evidence.SELF_REPORTED,
        counted="Sessions in state HELD or CONTRADICTED with `day` in the period",
        reads=SESSIONS,
    ),
    Measure(
        "certification.heads",
        _("People reached by ambassadors, confirmed"),
        _("How many people took part in confirmed sessions of the period, as the hosts counted."),
        "HEAD",
        SERVICE,
        counted_by("session_group", counts=lambda period: queries.confirmed_heads(period.start, period.end)),
        breakdown=("session_group",),
        evidence=Evidence.CONFIRMED,
        counted="Heads of the host's (or the cleared-up) report of confirmed sessions, by group",
        reads=REPORTS,
        threshold=PEOPLE,
    ),
    Measure(
        "certification.heads_unconfirmed",
        _("People reached by ambassadors, not confirmed"),
        _("How many people took part in sessions that only the ambassador reported. Never added."),
        "HEAD",
        SERVICE,
        counted_by(
            "session_group", counts=lambda period: queries.unconfirmed_heads(period.start, period.end)
        ),
        breakdown=("session_group",),
        evidence=Evidence.SELF_REPORTED,
        counted="Heads of the ambassador's report of sessions that nobody confirmed, by group",
        reads=REPORTS,
        threshold=PEOPLE,
    ),
)

"""The figures of attendance: who had a seat and who came, counted at the entrance or from a list that
organisers entered. They come from totals that stay when registrations are deleted."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.queries import figures
from sauga.kernel.figures import Measure, counted_by, rated

SERVICE = "events"
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
READS = ("events.AttendanceCount", "events.Event")


def _registered(period: Any) -> dict[str, int]:
    return figures.heads(period.start, period.end, "registered")


def _attended(period: Any) -> dict[str, int]:
    return figures.heads(period.start, period.end, "attended")


MEASURES = (
    Measure(
        "events.registered_heads",
        _("Seats taken at events"),
        _("People with a seat at events that ended in the period, by kind of event; all heads of a class."),
        "HEAD",
        SERVICE,
        counted_by("kind", counts=_registered),
        breakdown=("kind",),
        counted="`registered` of events that ended in the period, by kind",
        reads=READS,
        threshold=PEOPLE,
    ),
    Measure(
        "events.attended_heads",
        _("People who came to events"),
        _(
            "People checked in at the entrance, or entered from a list afterwards, at events that ended in "
            "the period, by kind of event. Events at which nobody was checked in are not in it."
        ),
        "HEAD",
        SERVICE,
        counted_by("kind", counts=_attended),
        breakdown=("kind",),
        counted="`attended` of events that ended in the period, where it is known, by kind",
        reads=READS,
        threshold=PEOPLE,
    ),
    Measure(
        "events.no_show_rate",
        _("Share of seats that stayed empty"),
        _("Of the seats taken at events of the period with known attendance: those to which nobody came."),
        "SHARE",
        SERVICE,
        rated(lambda period: figures.no_show(period.start, period.end)),
        additive=False,
        counted="1 - sum of `attended` / sum of `registered`, of events where `attended` is known",
        reads=READS,
        threshold=PEOPLE,
    ),
)

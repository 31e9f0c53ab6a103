"""The figures of registrations and of those who came: registrations are counted, those who came confirmed at
the entrance, and what organisers counted by hand is their report. The three stand side by side.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.planning.queries.counts import between, no_show
from sauga.events.planning.rules.counts import EVIDENCE, SINGLE, What
from sauga.kernel.figures import Measure, counted_by, rated

SERVICE = "events"
READS = ("events.EventCount", "events.Event")
ALONE = {SINGLE: _("registered alone, age not asked")}
PEOPLE = 10
"""Smaller numbers of people are hidden in published figures."""
HELD = "at events of the period that were not cancelled"


def _by(what: What, column: str, dimension: str) -> Any:
    return counted_by(dimension, counts=lambda period: between(what, period.start, period.end, column))


def _measure(
    code: str, what: What, title: Any, definition: Any, unit: str, *, group: bool = False
) -> Measure:
    dimension = "head_group" if group else "kind"
    return Measure(
        f"events.{code}",
        title,
        definition,
        unit,
        SERVICE,
        _by(what, "group" if group else "kind", dimension),
        breakdown=(dimension,),
        evidence=EVIDENCE[what],
        counted=f"Stored counts of {what} {HELD}, by {'group' if group else 'kind of event'}",
        reads=READS,
        threshold=PEOPLE,
    )


MEASURES = (
    _measure(
        "registrations",
        What.SIGNED_UP,
        _("Registrations for events"),
        _("Registrations received for events that ended in the period, by kind of event."),
        "REGISTRATION",
    ),
    _measure(
        "registered_heads",
        What.REGISTERED,
        _("People registered for events"),
        _("People with a seat at events that ended in the period, whether or not they came, by group."),
        "HEAD",
        group=True,
    ),
    _measure(
        "attended_heads",
        What.ATTENDED,
        _("People who came to events, by check-in"),
        _("People confirmed at the entrance of events that ended in the period, by kind of event."),
        "HEAD",
    ),
    _measure(
        "missed_heads",
        What.MISSED,
        _("People who did not come to events"),
        _("People with a seat at events that ended in the period who did not come, by kind of event."),
        "HEAD",
    ),
    _measure(
        "waiting_served",
        What.SERVED,
        _("Seats given from waiting lists"),
        _("Registrations that waited and got a seat at events that ended in the period, by kind of event."),
        "REGISTRATION",
    ),
    _measure(
        "reported_heads",
        What.REPORTED,
        _("People who came to events, by the organisers"),
        _("People whom organisers counted by hand at events that ended in the period, by group."),
        "HEAD",
        group=True,
    ),
    Measure(
        "events.no_show_rate",
        _("Share of seats that stayed empty"),
        _("Of the seats taken at events of the period with known attendance: those to which nobody came."),
        "SHARE",
        SERVICE,
        rated(lambda period: no_show(period.start, period.end)),
        additive=False,
        evidence=EVIDENCE[What.MISSED],
        counted="Stored counts of MISSED / (ATTENDED + MISSED) " + HELD,
        reads=READS,
        threshold=PEOPLE,
    ),
)

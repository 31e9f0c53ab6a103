"""The figures that events publish; small cells are hidden by `kernel.figures`."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.events.overview import queries
from sauga.kernel.figures import Measure, counted_by


def _held(period: Any) -> dict[str, int]:
    return queries.held(period.start, period.end, "kind")


def _held_by_format(period: Any) -> dict[str, int]:
    return queries.held(period.start, period.end, "format")


def _cancelled(period: Any) -> dict[str, int]:
    return queries.cancelled(period.start, period.end)


READS = ("events.Event",)
MEASURES = (
    Measure(
        "events.held",
        _("Events held"),
        _("Published events that ended in the period and were not cancelled, by kind."),
        "EVENT",
        "events",
        counted_by("kind", counts=_held),
        breakdown=("kind",),
        counted="Events in state PUBLISHED or OVER with `ends` in the period, by kind",
        reads=READS,
    ),
    Measure(
        "events.held_by_format",
        _("Events held, by format"),
        _("The same events by where they took place: in person, online or both."),
        "EVENT",
        "events",
        counted_by("format", counts=_held_by_format),
        breakdown=("format",),
        counted="Events in state PUBLISHED or OVER with `ends` in the period, by format",
        reads=READS,
    ),
    Measure(
        "events.cancelled",
        _("Events cancelled"),
        _("Published events that were cancelled in the period, by the reason given."),
        "EVENT",
        "events",
        counted_by("reason", counts=_cancelled),
        breakdown=("reason",),
        counted="Events in state CANCELLED with `cancelled_at` in the period, by reason",
        reads=READS,
    ),
)

"""What the hotline publishes of reports and of the time to removal."""

from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.figures.queries import takedown as q
from sauga.hotline.figures.rules.takedown import Clock, Hosted
from sauga.kernel.figures import Measure, Period, Row, Survival, counted, counted_by, curve

SERVICE = "hotline"
NOTIFIED = "hotline.takedown_median"
"""The measure whose groups count the notified addresses."""
CURVE_DAYS = ("0.25", "0.5", "1", "2", "3", "4", "5", "6", "7", "10", "14", "21", "28")

type Value = Callable[[Survival], float | int | None]


def _days(value: timedelta | None) -> float | None:
    return None if value is None else round(value / timedelta(days=1), 4)


def _notified(period: Period) -> list[q.Span]:
    return q.spans(Clock.T_NOTICE, *period.bounds)


def _by_hosting(value: Value) -> Callable[[Period], Iterable[Row]]:
    """One value for all and for each place of hosting, of the notice clock."""

    def compute(period: Period) -> Iterable[Row]:
        rows = _notified(period)
        groups: list[tuple[dict[str, str], Sequence[q.Span]]] = [({}, rows)]
        groups += [
            ({"hosting": str(place)}, [row for row in rows if row.hosting is place]) for place in Hosted
        ]
        for dims, held in groups:
            figures = q.takedown(held, Clock.T_NOTICE).survival
            if figures.n:
                yield Row(dims, value(figures), figures.n)

    return compute


def _within(day: int) -> Value:
    def share(figures: Survival) -> float | None:
        ended = figures.within[day]
        return None if ended is None else round(ended.share, 4)

    return share


def _gone_curve(period: Period) -> Iterable[Row]:
    """The share that is gone by days since the first notice, for the drawing."""
    rows = _notified(period)
    for place in Hosted:
        spans = q.intervals([row for row in rows if row.hosting is place], Clock.T_NOTICE)
        if not spans:
            continue
        drawn = curve(spans)
        for day in CURVE_DAYS:
            step = drawn.lasting(timedelta(days=float(day)))
            yield Row(
                {"hosting": str(place), "day": day},
                None if step is None else round(1 - step.share, 4),
                len(spans),
            )


def _still(period: Period) -> dict[Hosted, int]:
    rows = _notified(period)
    return {
        place: q.takedown([row for row in rows if row.hosting is place], Clock.T_NOTICE).survival.censored
        for place in Hosted
    }


def _counted(
    code: str,
    title: Any,
    definition: Any,
    unit: str,
    compute: Callable[[Period], Iterable[Row]],
    *by: str,
    rests_on: str = "",
) -> Measure:
    return Measure(code, title, definition, unit, SERVICE, compute, breakdown=by, rests_on=rests_on)


def _timed(code: str, title: Any, definition: Any, unit: str, value: Value) -> Measure:
    return Measure(
        code, title, definition, unit, SERVICE, _by_hosting(value), breakdown=("hosting",), additive=False
    )


CLOCK = _(
    "Kaplan–Meier over content judged illegal or harmful; clock: first delivered notice to the first "
    "check that found it gone."
)

BOUND = _(
    "Bound of the 95 percent interval of the median takedown time, over the same content and with "
    "the same clock."
)
EARLY = _(
    "Kaplan–Meier over the same content; clock: first delivered notice to the last check that still found it."
)
SHARE = _(
    "Share gone by then, by the Kaplan–Meier estimate over notified content judged illegal or harmful. "
    "What is still online counts."
)

MEASURES = (
    _counted(
        "hotline.received",
        _("Reports received"),
        _("One report from one person, with 1 to 50 addresses. Duplicates included, spam excluded."),
        "REPORT",
        counted(lambda period: q.press(*period.bounds).received),
    ),
    _counted(
        "hotline.routes",
        _("Reports acted on, by route"),
        _(
            "Each report once, under the first route in the published order by which a notice was sent "
            "or a hand-over recorded."
        ),
        "REPORT",
        counted_by("route", counts=lambda period: q.press(*period.bounds).routes),
        "route",
    ),
    _counted(
        "hotline.action_excl_dup",
        _("Led to action"),
        _(
            "At least one address was passed on: a notice sent to a provider, or a hand-over recorded "
            "to police, an INHOPE hotline "
            "or the Inspector of Journalist Ethics. Duplicates not included."
        ),
        "REPORT",
        counted(lambda period: q.press(*period.bounds).action_excl_dup),
    ),
    _counted(
        "hotline.confirmed_incl_dup",
        _("Confirmed, repeats included"),
        _(
            "Led to action, with hand-overs to the cyber security centre and with repeats of "
            "confirmed reports."
        ),
        "REPORT",
        counted(lambda period: q.press(*period.bounds).confirmed_incl_dup),
    ),
    _counted(
        "hotline.not_actioned",
        _("No action, by reason"),
        _(
            "Reports closed because nothing could be done: not illegal, lawful where hosted, not "
            "accessible, not found. Nothing else."
        ),
        "REPORT",
        counted_by("reason", counts=lambda period: q.press(*period.bounds).not_actioned),
        "reason",
    ),
    _counted(
        "hotline.removal_buckets",
        _("Removal time, INHOPE buckets"),
        _(
            "Content reported in the period and judged illegal or harmful, by time from receipt to "
            "removal. The buckets do not overlap."
        ),
        "ADDRESS",
        counted_by("bucket", counts=lambda period: q.buckets(*period.bounds)),
        "bucket",
    ),
    _counted(
        "hotline.still_online",
        _("Still online"),
        _("Notified content whose removal is not confirmed; it stays in every denominator."),
        "ADDRESS",
        counted_by("hosting", counts=_still),
        "hosting",
        rests_on=NOTIFIED,
    ),
    _timed("hotline.takedown_median", _("Median takedown time"), CLOCK, "DAY", lambda s: _days(s.median)),
    _timed(
        "hotline.takedown_low",
        _("Median takedown time, lower bound"),
        BOUND,
        "DAY",
        lambda s: _days(s.median_low),
    ),
    _timed(
        "hotline.takedown_high",
        _("Median takedown time, upper bound"),
        BOUND,
        "DAY",
        lambda s: _days(s.median_high),
    ),
    _timed(
        "hotline.takedown_early",
        _("Median takedown time, early end of the intervals"),
        EARLY,
        "DAY",
        lambda s: _days(s.median_early),
    ),
    _timed("hotline.takedown_p95", _("95 % removed within"), CLOCK, "DAY", lambda s: _days(s.p95)),
    _timed("hotline.within_1", _("Removed within 1 day"), SHARE, "SHARE", _within(1)),
    _timed("hotline.within_2", _("Removed within 2 days"), SHARE, "SHARE", _within(2)),
    _timed("hotline.within_3", _("Removed within 3 days"), SHARE, "SHARE", _within(3)),
    _timed("hotline.within_7", _("Removed within 7 days"), SHARE, "SHARE", _within(7)),
    Measure(
        "hotline.gone_curve",
        _("Share removed by day"),
        SHARE,
        "SHARE",
        SERVICE,
        _gone_curve,
        breakdown=("hosting", "day"),
        additive=False,
        rests_on=NOTIFIED,
    ),
)

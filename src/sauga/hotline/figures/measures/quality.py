"""How well the hotline works: how long its own steps take, whether assessors agree, what it had to take back,
what holds cost."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.figures.measures.takedown import SERVICE
from sauga.hotline.figures.queries import counts
from sauga.kernel.clock import Interval
from sauga.kernel.figures import Measure, Period, Row, counted, counted_by, estimate, rated

MINUTE = timedelta(minutes=1)
type Times = Callable[[datetime, datetime], list[Interval]]


def _median(code: str, title: Any, definition: Any, times: Times) -> Measure:
    """The Kaplan–Meier median of a step in minutes; what has not happened yet stays in the denominator."""

    def median(period: Period) -> tuple[float | None, int]:
        figures = estimate(times(*period.bounds))
        return None if figures.median is None else figures.median / MINUTE, figures.n

    return Measure(code, title, definition, "MINUTE", SERVICE, rated(median, digits=2), additive=False)


def _agreement(period: Period) -> tuple[float | None, int]:
    pairs = counts.verdict_pairs(*period.bounds)
    return kappa(pairs), len(pairs)


def _kept(period: Period) -> Iterable[Row]:
    found = counts.terms_kept(*period.bounds)
    for group, (kept, n) in sorted(found.items()):
        yield Row({"membership": group}, round(kept / n, 4), n)
    n = sum(all_ for _kept_, all_ in found.values())
    if n:
        yield Row({}, round(sum(kept for kept, _all in found.values()) / n, 4), n)


def _back(days: int, title: Any) -> Measure:
    def share(period: Period) -> tuple[float | None, int]:
        back, n = counts.came_back(*period.bounds, timedelta(days=days))
        return back / n if n else None, n

    return Measure(f"hotline.back_{days}", title, BACK, "SHARE", SERVICE, rated(share), additive=False)


BACK = _(
    "Share of the removals confirmed in the period after which the same address was found again within "
    "that time, so far."
)

MEASURES = (
    _median(
        "hotline.time_to_decision",
        _("Median time from receipt to decision"),
        _(
            "Kaplan–Meier median over addresses first reported in the period, without those of "
            "discarded reports. Clock: receipt to the first valid verdict."
        ),
        counts.waits_for_decision,
    ),
    _median(
        "hotline.time_to_notice",
        _("Median time from decision to delivered notice"),
        _(
            "Kaplan–Meier median over addresses of which a notice went out and whose verdict fell in "
            "the period. Police holds are in it."
        ),
        counts.waits_for_delivery,
    ),
    _median(
        "hotline.time_to_police",
        _("Median time from receipt to police"),
        _(
            "Kaplan–Meier median over addresses reported in the period that were to go to the police. "
            "Clock: receipt to the recorded hand-over."
        ),
        counts.waits_for_police,
    ),
    Measure(
        "hotline.message_wait",
        _("Longest wait of a reporter's message"),
        _(
            "Messages that reporters wrote with the receipt in the period: from the hour of writing until "
            "somebody opened it, at most until the end of the period."
        ),
        "MINUTE",
        SERVICE,
        rated(lambda period: counts.longest_message_wait(*period.bounds), digits=1),
        additive=False,
    ),
    Measure(
        "hotline.agreement",
        _("Agreement of two assessors"),
        _(
            "Cohen's kappa of first and second verdicts, of second reviews in the period; the "
            "second assessor does not see the first verdict."
        ),
        "INDEX",
        SERVICE,
        rated(_agreement, digits=3),
        additive=False,
    ),
    Measure(
        "hotline.withdrawn",
        _("Notices taken back"),
        _(
            "Notices that had gone out and were withdrawn with a correction, by reason. They "
            "count against us."
        ),
        "NOTICE",
        SERVICE,
        counted_by("withdrawal", counts=lambda period: counts.withdrawals(*period.bounds)),
        breakdown=("withdrawal",),
    ),
    Measure(
        "hotline.disputes",
        _("Disputes decided"),
        _("Disputes of providers that a second reviewer decided in the period."),
        "NOTICE",
        SERVICE,
        counted_by("decision", counts=lambda period: counts.disputes(*period.bounds)),
        breakdown=("decision",),
    ),
    Measure(
        "hotline.term_kept",
        _("Removed within the deadline"),
        _(
            "First notices whose deadline passed in the period: share of addresses first seen "
            "gone before it. Members of the memorandum separately."
        ),
        "SHARE",
        SERVICE,
        _kept,
        breakdown=("membership",),
        additive=False,
    ),
    _median(
        "hotline.hold_time",
        _("Median length of police holds"),
        _("Kaplan–Meier median of the holds that began in the period. A hold is the only brake on a notice."),
        lambda start, end: counts.holds(start, end).times,
    ),
    Measure(
        "hotline.gone_while_held",
        _("Gone while held"),
        _(
            "Addresses that were gone before the police hold on them ended: what the holds of the "
            "period cost in evidence."
        ),
        "ADDRESS",
        SERVICE,
        counted(lambda period: counts.holds(*period.bounds).gone),
    ),
    _back(30, _("Back within 30 days")),
    _back(90, _("Back within 90 days")),
)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Cohen's kappa of pairs of verdicts: 1 whole agreement, 0 what chance gives.

    None without pairs or where all is one code.
    """
    n = len(pairs)
    if not n:
        return None
    seen = sum(first == second for first, second in pairs) / n
    firsts, seconds = Counter(first for first, _second in pairs), Counter(second for _first, second in pairs)
    chance = sum(firsts[code] * seconds[code] for code in firsts) / n**2
    return None if chance == 1 else (seen - chance) / (1 - chance)

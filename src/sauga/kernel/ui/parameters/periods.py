"""Choice of a period: month, quarter, year or two days, kept in the address, so that a statistics page can be
shared."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import VILNIUS
from sauga.kernel.clock.periods import Period, PeriodKind, PeriodUnreadable

LENGTHS = {PeriodKind.MONTH: _("Month"), PeriodKind.QUARTER: _("Quarter"), PeriodKind.YEAR: _("Year")}
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Length:
    """One segment of the choice."""

    code: str
    label: str | Promise
    current: bool


@dataclass(frozen=True)
class Choice:
    """Days from `start` up to but not including `end`.

    `whole` is the month, quarter or year that they are; None for days of one's own.
    """

    start: date
    end: date
    whole: Period | None = None

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """First instant, and the first instant after: midnights in Vilnius."""
        return datetime.combine(self.start, time(), VILNIUS), datetime.combine(self.end, time(), VILNIUS)

    @property
    def code(self) -> str:
        """2026-07, 2026-Q3 or 2026; two days joined by „..“ otherwise."""
        return self.whole.code if self.whole else f"{self.start}..{self.last}"

    @property
    def before(self) -> "Choice | None":
        """The neighbour before, or None for days of one's own."""
        return _chosen(self.whole.previous) if self.whole else None

    @property
    def after(self) -> "Choice | None":
        """The neighbour after, or None for days of one's own."""
        return _chosen(self.whole.next) if self.whole else None

    @property
    def lengths(self) -> list[Length]:
        """The segments; each leads to the month, quarter or year in which this period begins."""
        here = self.whole.kind if self.whole else None
        return [
            Length(Period.of(kind, self.start).code, label, kind is here) for kind, label in LENGTHS.items()
        ]

    def __str__(self) -> str:
        return self.whole.label(get_language() or "lt") if self.whole else f"{self.start} – {self.last}"


def around(day: date, kind: PeriodKind) -> Choice:
    """The month, quarter or year that contains the day."""
    whole = Period.of(kind, day)
    return Choice(whole.start, whole.end, whole)


def read(query: Mapping[str, str], today: date, default: PeriodKind = PeriodKind.QUARTER) -> Choice:
    """The period that the address asks for; what cannot be understood falls back to the one around today.

    `period=2026-Q3` (or 2026-07, or 2026) names a whole one; `from` and `to` (ISO days, both inside) name
    days of one's own.
    """
    own = _own(query.get("from", ""), query.get("to", ""))
    return own or _named(query.get("period", "")) or around(today, default)


def _own(first: str, last: str) -> Choice | None:
    start, stop = _day(first), _day(last)
    if start is None or stop is None or start > stop:
        return None
    own = Choice(start, stop + timedelta(days=1))
    exact = (around(start, kind) for kind in LENGTHS)
    return next((whole for whole in exact if (whole.start, whole.end) == (own.start, own.end)), own)


def _named(code: str) -> Choice | None:
    try:
        return _chosen(Period.parse(code))
    except PeriodUnreadable:
        return None


def _chosen(whole: Period) -> Choice | None:
    is_offered = whole.kind in LENGTHS and EARLIEST <= whole.start <= LATEST
    return Choice(whole.start, whole.end, whole) if is_offered else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None

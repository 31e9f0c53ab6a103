"""The period picker: month, quarter, year or two days of one's own, kept in the address, so that a page of figures can be sent on."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

MONTHS = {"month": 1, "quarter": 3, "year": 12}
LABELS = {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}
EARLIEST, LATEST = date(2000, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Length:
    """One segment of the picker."""

    code: str
    label: str | Promise
    current: bool


@dataclass(frozen=True)
class Period:
    """Days from `first` up to but not including `end`. `length` is month, quarter, year, or "" for days of one's own."""

    first: date
    end: date
    length: str = ""

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    @property
    def code(self) -> str:
        """The query value: 2026-07, 2026-Q3 or 2026; two days joined by „..“ otherwise."""
        year = f"{self.first.year}"
        codes = {"month": f"{year}-{self.first.month:02}", "quarter": f"{year}-Q{(self.first.month + 2) // 3}", "year": year}
        return codes.get(self.length, f"{self.first}..{self.last}")

    @property
    def before(self) -> "Period | None":
        """The neighbour before, or None for days of one's own."""
        return self._step(-1)

    @property
    def after(self) -> "Period | None":
        """The neighbour after, or None for days of one's own."""
        return self._step(1)

    @property
    def lengths(self) -> list[Length]:
        """The segments; each leads to the month, quarter or year in which this period begins."""
        return [Length(around(self.first, length).code, LABELS[length], length == self.length) for length in MONTHS]

    def _step(self, direction: int) -> "Period | None":
        if not self.length:
            return None
        day = self.end if direction > 0 else self.first - timedelta(days=1)
        return around(day, self.length) if EARLIEST <= day <= LATEST else None

    def __str__(self) -> str:
        if self.length == "month":
            return date_format(self.first, "YEAR_MONTH_FORMAT")
        if self.length == "quarter":
            return gettext("%(year)s, quarter %(quarter)s") % {"year": self.first.year, "quarter": (self.first.month + 2) // 3}
        return str(self.first.year) if self.length == "year" else f"{self.first} – {self.last}"


def around(day: date, length: str) -> Period:
    """The month, quarter or year that contains the day. Raises KeyError for another length."""
    months = MONTHS[length]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    month = first.month + months
    return Period(first, date(first.year + (month - 1) // 12, (month - 1) % 12 + 1, 1), length)


def read(query: Mapping[str, str], today: date, default: str = "quarter") -> Period:
    """The period that the address asks for; what cannot be understood falls back to the one around today.

    `period=2026-Q3` (or 2026-07, or 2026) names a whole one; `from` and `to` (ISO days, both inside) name days of one's own.
    """
    own = _own(query.get("from", ""), query.get("to", ""))
    return own or _named(query.get("period", "")) or around(today, default)


def _own(first: str, last: str) -> Period | None:
    start, stop = _day(first), _day(last)
    if start is None or stop is None or start > stop:
        return None
    exact = (around(start, length) for length in MONTHS)
    own = Period(start, stop + timedelta(days=1))
    return next((period for period in exact if (period.first, period.end) == (own.first, own.end)), own)


def _named(code: str) -> Period | None:
    year, _dash, rest = code.partition("-")
    if rest.startswith("Q") and rest[1:] in {"1", "2", "3", "4"}:
        day, length = _day(f"{year}-{int(rest[1:]) * 3:02}-01"), "quarter"
    elif rest:
        day, length = _day(f"{year}-{rest}-01"), "month"
    else:
        day, length = _day(f"{year}-01-01"), "year"
    return around(day, length) if day else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if EARLIEST <= day <= LATEST else None

"""Days, ISO weeks, months, quarters and years, bounded by midnights in Vilnius."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from sauga.kernel.clock.now import VILNIUS

MONTHS = {
    "lt": [
        "sausis",
        "vasaris",
        "kovas",
        "balandis",
        "gegužė",
        "birželis",
        "liepa",
        "rugpjūtis",
        "rugsėjis",
        "spalis",
        "lapkritis",
        "gruodis",
    ],
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
}
MONTHS_OF = [
    "sausio",
    "vasario",
    "kovo",
    "balandžio",
    "gegužės",
    "birželio",
    "liepos",
    "rugpjūčio",
    "rugsėjo",
    "spalio",
    "lapkričio",
    "gruodžio",
]
QUARTERS = ("I", "II", "III", "IV")
CODE = re.compile(r"(\d{4})(?:-(?:(\d\d)(?:-(\d\d))?|W(\d\d)|Q([1-4])))?", re.ASCII)


class PeriodUnreadable(ValueError):
    """What was given is no period's code, or names a day, week or year that does not exist."""


class PeriodKind(StrEnum):
    """How long a period is."""

    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    QUARTER = "QUARTER"
    YEAR = "YEAR"


@dataclass(frozen=True, order=True)
class Period:
    """One period, by its kind and first day.

    Make it with `of` or `parse`; `start` is always the first day of its kind.
    """

    kind: PeriodKind
    start: date

    def __post_init__(self) -> None:
        if self.start != _first_day(self.kind, self.start):
            raise ValueError(f"{self.start} begins no {self.kind}")

    @classmethod
    def of(cls, kind: PeriodKind, day: date) -> "Period":
        """The period of that kind in which `day` lies. An instant counts by its day in Vilnius."""
        if isinstance(day, datetime):
            day = day.astimezone(VILNIUS).date()
        return cls(kind, _first_day(kind, day))

    @classmethod
    def parse(cls, code: str) -> "Period":
        """Read 2026, 2026-Q3, 2026-07, 2026-W27 or 2026-07-01. Raises PeriodUnreadable."""
        found = CODE.fullmatch(code)
        if found is None:
            raise PeriodUnreadable("a period is written 2026, 2026-Q3, 2026-07, 2026-W27 or 2026-07-01")
        year, month, day, week, quarter = (int(part) if part else None for part in found.groups())
        assert year is not None
        try:
            if week is not None:
                return cls(PeriodKind.WEEK, date.fromisocalendar(year, week, 1))
            if quarter is not None:
                return cls(PeriodKind.QUARTER, date(year, 3 * quarter - 2, 1))
            if day is not None:
                return cls(PeriodKind.DAY, date(year, month or 1, day))
            return cls(
                PeriodKind.MONTH if month is not None else PeriodKind.YEAR,
                date(year, 1 if month is None else month, 1),
            )
        except ValueError:
            raise PeriodUnreadable("there is no such day, week, month or year") from None

    @property
    def end(self) -> date:
        """The first day after the period."""
        match self.kind:
            case PeriodKind.DAY:
                return self.start + timedelta(days=1)
            case PeriodKind.WEEK:
                return self.start + timedelta(days=7)
            case PeriodKind.MONTH:
                return _months_later(self.start, 1)
            case PeriodKind.QUARTER:
                return _months_later(self.start, 3)
            case _:
                return _months_later(self.start, 12)

    @property
    def bounds(self) -> tuple[datetime, datetime]:
        """First instant, and the first instant after: midnights in Vilnius, so that a day of clock change has
        23 or 25 hours."""
        return datetime.combine(self.start, time(), VILNIUS), datetime.combine(self.end, time(), VILNIUS)

    @property
    def code(self) -> str:
        """The form that `parse` reads; sorts by time within one kind."""
        match self.kind:
            case PeriodKind.DAY:
                return self.start.isoformat()
            case PeriodKind.WEEK:
                year, week, _ = self.start.isocalendar()
                return f"{year:04}-W{week:02}"
            case PeriodKind.MONTH:
                return f"{self.start:%Y-%m}"
            case PeriodKind.QUARTER:
                return f"{self.start:%Y}-Q{self._quarter}"
            case _:
                return f"{self.start:%Y}"

    @property
    def next(self) -> "Period":
        """The period after this one."""
        return Period.of(self.kind, self.end)

    @property
    def previous(self) -> "Period":
        """The period before this one."""
        return Period.of(self.kind, self.start - timedelta(days=1))

    @property
    def _quarter(self) -> int:
        return (self.start.month + 2) // 3

    def is_over(self, at: datetime) -> bool:
        """Whether the period has ended by `at`; an open period is never final."""
        return at >= self.bounds[1]

    def label(self, language: str) -> str:
        """How people write the period, in `lt` or `en`; spaces inside do not break."""
        text = self._label_lt() if language.startswith("lt") else self._label_en()
        return text.replace(" ", "\u00a0")

    def _label_lt(self) -> str:
        year, month = self.start.year, self.start.month - 1
        match self.kind:
            case PeriodKind.DAY:
                return f"{year} m. {MONTHS_OF[month]} {self.start.day} d."
            case PeriodKind.WEEK:
                iso_year, week, _ = self.start.isocalendar()
                return f"{iso_year} m. {week} savaitė"
            case PeriodKind.MONTH:
                return f"{year} m. {MONTHS['lt'][month]}"
            case PeriodKind.QUARTER:
                return f"{year} m. {QUARTERS[self._quarter - 1]} ketvirtis"
            case _:
                return f"{year} m."

    def _label_en(self) -> str:
        year, month = self.start.year, MONTHS["en"][self.start.month - 1]
        match self.kind:
            case PeriodKind.DAY:
                return f"{self.start.day} {month} {year}"
            case PeriodKind.WEEK:
                iso_year, week, _ = self.start.isocalendar()
                return f"Week {week}, {iso_year}"
            case PeriodKind.MONTH:
                return f"{month} {year}"
            case PeriodKind.QUARTER:
                return f"Q{self._quarter} {year}"
            case _:
                return f"{year}"


def _first_day(kind: PeriodKind, day: date) -> date:
    match kind:
        case PeriodKind.DAY:
            return day
        case PeriodKind.WEEK:
            return day - timedelta(days=day.weekday())
        case PeriodKind.MONTH:
            return day.replace(day=1)
        case PeriodKind.QUARTER:
            return day.replace(month=3 * ((day.month - 1) // 3) + 1, day=1)
        case _:
            return day.replace(month=1, day=1)


def _months_later(first: date, months: int) -> date:
    ahead = first.month - 1 + months
    return first.replace(year=first.year + ahead // 12, month=ahead % 12 + 1)

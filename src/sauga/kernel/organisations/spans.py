"""From what a person wrote about dates to what the tables keep."""

from typing import Any, Protocol

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import Span
from sauga.kernel.clock.periods import PeriodUnreadable
from sauga.kernel.clock.spans import Days
from sauga.kernel.refusals import ActionRefused


class DateRefused(ActionRefused):
    """A date cannot be read, or the end lies before the beginning."""

    messages = {
        "since": _("Write a year, a month or a day: 2012, 2012-07 or 2012-07-01."),
        "until": _("Write a year, a month or a day: 2012, 2012-07 or 2012-07-01."),
        "order": _("The end lies before the beginning."),
    }
    fields = {"since": "since", "until": "until", "order": "until"}


def span_of(since: str, until: str) -> Span:
    """The span between two written dates. Raises DateRefused."""
    since, until = since.strip(), until.strip()
    for name, said in (("since", since), ("until", until)):
        try:
            Span(said)
        except PeriodUnreadable as wrong:
            raise DateRefused(name) from wrong
    try:
        return Span(since, until)
    except ValueError as wrong:
        raise DateRefused("order") from wrong


class Dated(Protocol):
    """A row with partial dates and both ranges of days."""

    since: str
    until: str
    during: Any
    certain: Any


def set_span(row: Dated, span: Span) -> None:
    """Put a span into a row that is not stored here."""
    row.since, row.until = span.since, span.until
    row.during, row.certain = range_of(span.possible), range_of(span.certain)


def range_of(days: Days | None) -> DateRange:
    """Days as a range of the database; None is the empty one."""
    return DateRange(empty=True) if days is None else DateRange(*days, "[)")

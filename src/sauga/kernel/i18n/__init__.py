"""Languages and what follows from each: formats, sort keys, search folding, greetings, redaction, and the
wording of dates, spans and numbers.

Facts and rules: docs/develop/i18n.md. Everything here is a plain function of its arguments and the active
language.
"""

from sauga.kernel.i18n.collation import index_letter, sort_key
from sauga.kernel.i18n.detection import written_in
from sauga.kernel.i18n.normal import normalised, typed_text
from sauga.kernel.i18n.privacy import Finding, Personal, check_digit, check_digit_fits, find_personal, redact
from sauga.kernel.i18n.search import fold, search_stems, search_words, word_stems
from sauga.kernel.i18n.values.dates import (
    date_range,
    date_with_weekday,
    datetime_range,
    long_date,
    long_datetime,
    month_and_year,
    partial_date,
    short_date,
    short_datetime,
    weekday,
)
from sauga.kernel.i18n.values.names import greeting, language_name, vocative
from sauga.kernel.i18n.values.numbers import and_list, decimal, euro, integer, percent, year
from sauga.kernel.i18n.values.phones import format_phone, joined_numbers
from sauga.kernel.i18n.values.spans import (
    age_from_day,
    age_from_hour,
    ago,
    duration,
    interval,
    left,
    within_days,
)

__all__ = [
    "Finding",
    "Personal",
    "age_from_day",
    "age_from_hour",
    "ago",
    "and_list",
    "check_digit",
    "check_digit_fits",
    "date_range",
    "date_with_weekday",
    "datetime_range",
    "decimal",
    "duration",
    "euro",
    "find_personal",
    "fold",
    "format_phone",
    "greeting",
    "index_letter",
    "integer",
    "interval",
    "joined_numbers",
    "language_name",
    "left",
    "long_date",
    "long_datetime",
    "month_and_year",
    "normalised",
    "partial_date",
    "percent",
    "redact",
    "search_stems",
    "search_words",
    "short_date",
    "short_datetime",
    "sort_key",
    "typed_text",
    "vocative",
    "weekday",
    "within_days",
    "word_stems",
    "written_in",
    "year",
]

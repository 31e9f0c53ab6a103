"""Lithuanian formats: Django's, with no-break spaces so that „d.“ never starts a line, and a space between
thousands."""

DATE_FORMAT = "Y\u00a0\\m. E\u00a0j\u00a0\\d."
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "Y\u00a0\\m. E\u00a0j\u00a0\\d., H:i"
YEAR_MONTH_FORMAT = "Y\u00a0\\m. F"
MONTH_DAY_FORMAT = "E\u00a0j\u00a0\\d."
SHORT_DATE_FORMAT = "Y-m-d"
SHORT_DATETIME_FORMAT = "Y-m-d H:i"
FIRST_DAY_OF_WEEK = 1
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%Y.%m.%d", "%Y %m %d", "%d.%m.%Y"]
TIME_INPUT_FORMATS = ["%H:%M", "%H:%M:%S", "%H.%M", "%H.%M.%S"]
DATETIME_INPUT_FORMATS = [
    f"{day} {time}" for day in DATE_INPUT_FORMATS for time in ("%H:%M", "%H:%M:%S", "%H.%M")
] + ["%Y-%m-%dT%H:%M"]
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3

"""The current day and time of a page view."""

from datetime import date, datetime

from sauga.kernel import clock


def today() -> date:
    """The day in Lithuania."""
    return clock.now().astimezone(clock.VILNIUS).date()


def moment() -> datetime:
    """The moment."""
    return clock.now()

"""The day that a page is read on."""

from datetime import date

from sauga.kernel import clock


def today() -> date:
    """The day in Lithuania."""
    return clock.now().astimezone(clock.VILNIUS).date()

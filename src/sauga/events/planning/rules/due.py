"""When tasks are due: so many days before the first day of their event."""

from datetime import date, timedelta
from enum import StrEnum

SOON = timedelta(days=7)
"""A task that is due within these days is shown as due soon, and its person is reminded."""


class Standing(StrEnum):
    """How a task stands."""

    DONE = "DONE"
    OVERDUE = "OVERDUE"
    SOON = "SOON"
    LATER = "LATER"


def due_on(first_day: date, days: int) -> date:
    """The day so many days before the first day of the event; after it where `days` is negative."""
    return first_day - timedelta(days=days)


def days_before(first_day: date, due: date) -> int:
    """How many days before the first day of the event a day is."""
    return (first_day - due).days


def standing(due: date, today: date, *, is_done: bool) -> Standing:
    """How a task stands today. On its last day it is not overdue yet."""
    if is_done:
        return Standing.DONE
    if due < today:
        return Standing.OVERDUE
    return Standing.SOON if due <= today + SOON else Standing.LATER


def reminder(due: date, today: date, reminders: int) -> bool:
    """Whether its person is reminded today: once when the day comes near, once when it is past."""
    if due < today:
        return reminders < 2
    return reminders < 1 and due <= today + SOON

"""How many hours a certificate of attendance states, and why one is revoked. Pure.

The rule: the time in which something of the programme took place, breaks left out, what ran side by side
counted once; of an event without sessions the time from its start to its end, up to eight hours. Rounded down
to full quarters of an hour. Organisers may state another number for an event instead.

Where sessions have check-in lists of their own, organisers may choose that the sessions count at which the
person was checked in: their sum by the same rule, so that sessions side by side count once. Sessions without
such a list count for no participant then.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

QUARTER = 15
LONGEST_WITHOUT_SESSIONS = timedelta(hours=8)
MOST_MINUTES = 60 * 60
BREAK = "break"

type Span = tuple[datetime, datetime]


def minutes_of(spans: Iterable[Span], whole: Span) -> int:
    """The minutes of an event by the rule above; `spans` are its sessions without breaks. 0: the rule gives
    no number, and organisers have to state one."""
    held = sorted(spans)
    if not held:
        starts, ends = whole
        length = ends - starts
        return rounded(length) if length <= LONGEST_WITHOUT_SESSIONS else 0
    total, (begun, ended) = timedelta(), held[0]
    for starts, ends in held[1:]:
        if starts > ended:
            total += ended - begun
            begun, ended = starts, ends
        else:
            ended = max(ended, ends)
    return rounded(total + (ended - begun))


def rounded(length: timedelta) -> int:
    """Minutes, down to full quarters of an hour."""
    return int(length.total_seconds()) // 60 // QUARTER * QUARTER


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours: 5.25, 10."""
    hours = Decimal(minutes) / 60
    return Decimal(int(hours)) if hours == int(hours) else hours.normalize()


class Why(StrEnum):
    """Why a certificate was revoked."""

    HOURS = "HOURS"
    ABSENT = "ABSENT"
    MISTAKE = "MISTAKE"
    REQUEST = "REQUEST"


REASONS: Mapping[str, Any] = {
    Why.HOURS: _("The number of hours was corrected; a new certificate replaces it."),
    Why.ABSENT: _("Attendance was corrected: the person was not there."),
    Why.MISTAKE: _("It was issued by mistake."),
    Why.REQUEST: _("The holder asked for it."),
}
SUBJECT = "events.certificate:"
"""What a credential of attendance belongs to: a certificate, by its reference."""
CHOSEN = (Why.MISTAKE, Why.REQUEST)
"""Reasons that people choose; the others follow from a correction."""

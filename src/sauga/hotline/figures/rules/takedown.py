"""The clocks of a takedown as intervals, and INHOPE's buckets (docs/domain/hotline.md). Pure.

A removal lies between the last check that saw the content and the first that found it gone; what is still
there is censored at the last check that saw it. Figures take the late end, because it never flatters.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sauga.kernel.clock import VILNIUS, Interval

DAY = timedelta(days=1)


class Clock(StrEnum):
    """Codes of the vocabulary clock that measure a takedown."""

    T_REPORT = "T_REPORT"
    T_NOTICE = "T_NOTICE"


class Hosted(StrEnum):
    """Where content was hosted, as coarse as the public may know."""

    HOME = "LT"
    ABROAD = "ABROAD"
    UNKNOWN = "UNKNOWN"


class Bucket(StrEnum):
    """Codes of the vocabulary inhope.removal_bucket; disjoint, so that they sum to all."""

    SAME_DAY = "SAME_DAY"
    D1 = "D1"
    D2 = "D2"
    D3 = "D3"
    D4_6 = "D4_6"
    D7_27 = "D7_27"
    D28_PLUS = "D28_PLUS"
    STILL_ONLINE = "STILL_ONLINE"


@dataclass(frozen=True, kw_only=True)
class Times:
    """The instants of one occurrence that the clocks are made of."""

    reported_at: datetime
    notice_delivered_at: datetime | None = None
    last_online_at: datetime | None = None
    first_gone_at: datetime | None = None
    removed_at: datetime | None = None

    def start(self, clock: Clock) -> datetime | None:
        """When the clock began, None when it never did."""
        return self.reported_at if clock is Clock.T_REPORT else self.notice_delivered_at


def interval(times: Times, clock: Clock) -> Interval | None:
    """How long it took; an open late end is still online.

    None when the clock does not apply: no notice, or gone before it.
    """
    start = times.start(clock)
    if start is None:
        return None
    seen = max(times.last_online_at - start, timedelta(0)) if times.last_online_at else timedelta(0)
    if times.removed_at is None:
        return Interval(seen, None)
    gone = (times.first_gone_at or times.removed_at) - start
    if gone <= timedelta(0) and clock is Clock.T_NOTICE:
        return None
    gone = max(gone, timedelta(0))
    return Interval(min(seen, gone), gone)


def bucket(times: Times, zone: ZoneInfo = VILNIUS) -> Bucket:
    """INHOPE's bucket of one occurrence: from the receipt to the first check that found it gone."""
    span = interval(times, Clock.T_REPORT)
    if span is None or span.late is None:
        return Bucket.STILL_ONLINE
    gone_at = times.reported_at + span.late
    if gone_at.astimezone(zone).date() == times.reported_at.astimezone(zone).date():
        return Bucket.SAME_DAY
    bounds = ((1, Bucket.D1), (2, Bucket.D2), (3, Bucket.D3))
    for days, name in bounds:
        if span.late <= days * DAY:
            return name
    return Bucket.D4_6 if span.late < 7 * DAY else Bucket.D7_27 if span.late < 28 * DAY else Bucket.D28_PLUS


def hosted(hosting_class: str, country: str) -> Hosted:
    """Home, abroad or unknown. A delivery network's country says nothing about the host."""
    if hosting_class in {"CDN_MASKED", "ONION", "NON_WEB", "UNRESOLVED"} or not country:
        return Hosted.UNKNOWN
    return Hosted.HOME if country == "LT" else Hosted.ABROAD

"""Running time as minutes and seconds; a script keeps it running, without one it stands still."""

from datetime import datetime, timedelta


def running(since: datetime, at: datetime) -> str:
    """„0:48“, „14:05“, „1:02:30“. Never negative.

    >>> running(datetime(2026, 11, 24, 9, 0), datetime(2026, 11, 24, 9, 14, 5))
    '14:05'
    """
    return length(at - since)


def length(span: timedelta | None) -> str:
    """The same for a length; a dash for one that is not known."""
    if span is None:
        return "–"
    minutes, seconds = divmod(max(int(span.total_seconds()), 0), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"

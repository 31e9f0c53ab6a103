"""When a speaker whose proposal is accepted is reminded to confirm. Pure."""

from datetime import datetime, timedelta

BEFORE = timedelta(days=3)
"""A reminder comes so long before the answer is due; where there is less than twice that time, halfway."""


def remind_from(decided_at: datetime, answer_by: datetime) -> datetime:
    """From when a reminder may go out; from `answer_by` on it no longer does."""
    return answer_by - min(BEFORE, (answer_by - decided_at) / 2)

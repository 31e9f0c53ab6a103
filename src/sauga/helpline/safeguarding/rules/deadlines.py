"""Until when the next step must have happened: the consult, the second person, the legal clocks of
child-rights units, the review.

Limits are data (policy.safeguarding, policy.referral, vocabulary legal_clock); here is only the arithmetic.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from sauga.helpline.states import ConcernState
from sauga.kernel.clock import VILNIUS, add_working_days

MINUTES: dict[str, str] = {
    ConcernState.CONSULT: "consult_minutes",
    ConcernState.ACT_WITH_CONSENT: "approve_minutes",
    ConcernState.ACT_WITHOUT_CONSENT: "approve_minutes",
    ConcernState.REFUSED: "consult_minutes",
    ConcernState.APPROVED: "pass_on_minutes",
    ConcernState.NOTIFIED: "acknowledge_minutes",
}
"""State of a concern → the limit, in minutes, for leaving it."""
REVIEWED_NEXT = (ConcernState.WATCH, ConcernState.CHILD_INFORMED, ConcernState.CHILD_NOT_REACHABLE)


def working_days_after(at: datetime, days: int) -> datetime:
    """The end of the `days`-th working day after `at`, in Vilnius."""
    day = add_working_days(at.astimezone(VILNIUS).date(), days)
    return datetime.combine(day + timedelta(days=1), time(), VILNIUS)


def legal_due(clock: Mapping[str, Any], at: datetime) -> datetime | None:
    """When a legal clock that starts at `at` has run out: `minutes`, or whole `working_days`.

    None where neither is given.
    """
    if "minutes" in clock:
        return at + timedelta(minutes=clock["minutes"])
    if "working_days" in clock:
        return working_days_after(at, clock["working_days"])
    return None


def concern_due(
    state: str,
    at: datetime,
    policy: Mapping[str, Any],
    *,
    clock: Mapping[str, Any],
    review_by: datetime | None,
) -> datetime | None:
    """When a concern that came into `state` at `at` must have gone on. None where nothing waits for a clock
    (CONCERN, REVIEWED).
    """
    if state == ConcernState.NOTIFIED and (legal := legal_due(clock, at)) is not None:
        return legal
    if state in MINUTES:
        return at + timedelta(minutes=policy[MINUTES[state]])
    if state == ConcernState.ACKNOWLEDGED:
        return at + timedelta(hours=policy["tell_child_hours"])
    return review_by if state in REVIEWED_NEXT else None

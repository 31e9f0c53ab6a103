"""Deadlines of letters, who may read which, and the order in which they are answered. Pure functions."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sauga.helpline.permissions import Permission
from sauga.helpline.states import LetterState

POLICY = "policy.letters"
LONGEST = 8000
"""Letters of a text; about four printed pages."""
BANDS = ("NONE", "SOME", "HIGH", "IMMEDIATE")
IN_HAND = (LetterState.CLAIMED, LetterState.DRAFTED, LetterState.RETURNED)
"""With the author; left alone for too long it goes back to the others."""
CLAIMABLE = (LetterState.SCREENED, LetterState.REPLIED)
ANSWERED = (LetterState.DELIVERED, LetterState.READ)
OVER = (LetterState.CLOSED, LetterState.CLOSED_NONDATA)


@dataclass(frozen=True)
class Terms:
    """How long each step may take, as staff have set it."""

    screen: timedelta
    urgent: timedelta
    answer: timedelta
    claim: timedelta
    close: timedelta


def terms(policy: Mapping[str, Any]) -> Terms:
    """The terms that the policy `policy.letters` names."""
    return Terms(
        screen=timedelta(minutes=policy["screen_minutes"]),
        urgent=timedelta(hours=policy["urgent_hours"]),
        answer=timedelta(hours=policy["answer_hours"]),
        claim=timedelta(hours=policy["claim_hours"]),
        close=timedelta(days=policy["close_days"]),
    )


def due_at(band: str, asked_at: datetime, at: Terms) -> datetime:
    """When the answer is due to words that came at `asked_at`: soon where a child is in immediate danger,
    else within a day.

    Why a day: return visits fell when replies took over 32 hours (Kids Help Line study).
    """
    return asked_at + (at.urgent if band == "IMMEDIATE" else at.answer)


def graver(one: str, other: str) -> str:
    """The graver of two bands."""
    return max(one, other, key=BANDS.index)


def after_open_time(
    begin: datetime, length: timedelta, spans: Sequence[tuple[datetime, datetime]]
) -> datetime:
    """When `length` of open time has passed since `begin`; `spans` are the open stretches, in order.

    Beyond the last, time runs on.
    """
    at = begin
    for opens, closes in spans:
        if closes <= at:
            continue
        at = max(at, opens)
        if closes - at >= length:
            return at + length
        length -= closes - at
        at = closes
    return at + length


class Ground(StrEnum):
    """Why a person may open a letter. LISTED shows its row and its clock, never its words."""

    LISTED = "LISTED"
    SCREEN = "SCREEN"
    ANSWER = "ANSWER"
    REVIEW = "REVIEW"
    LEAD = "LEAD"
    OWN = "OWN"
    OWN_CLOSED = "OWN_CLOSED"


def ground(*, can: Callable[[str], bool], state: str, is_mine: bool, is_author: bool) -> Ground | None:
    """Why this person may open a letter in this state; None when it does not exist for them.

    `is_mine`: in the person's hand, or answered by the person last. `is_author`: wrote a version of the
    answer on its way.
    """
    answers = can(Permission.ANSWER_LETTER)
    if answers and is_mine:
        return Ground.OWN_CLOSED if state in OVER else Ground.OWN if state in ANSWERED else Ground.ANSWER
    if state in OVER:
        return None
    if state == LetterState.IN_REVIEW and can(Permission.REVIEW_LETTER) and not is_author:
        return Ground.REVIEW
    if answers and state in {LetterState.RECEIVED, LetterState.REPLIED}:
        return Ground.SCREEN
    if can(Permission.LEAD_SHIFT):
        return Ground.LEAD
    return Ground.LISTED if answers else None


def may_review(*, person_id: int, authors: Collection[int | None]) -> bool:
    """Author and reviewer are never the same: an author of any version of this answer does not review it."""
    return person_id not in authors

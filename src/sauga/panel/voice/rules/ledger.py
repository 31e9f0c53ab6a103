"""The public ledger: what a proposal's state means to the public, and how the four steps are shown."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sauga.panel.voice.rules.states import ProposalState


class Group(StrEnum):
    """Filters of the ledger, as they stand in its address."""

    ALL = "all"
    OVERDUE = "overdue"
    WAITING = "waiting"
    ANSWERED = "answered"
    IN_PROGRESS = "in-progress"
    DONE = "done"
    NOT_DONE = "not-done"


@dataclass(frozen=True)
class Facts:
    """What the ledger knows of a proposal that was sent."""

    state: str
    sent_on: date
    due_on: date
    answer_public: bool = False
    verdict: str = ""
    answered_on: date | None = None
    result: str = ""
    result_on: date | None = None
    reported_on: date | None = None


def group_of(one: Facts, today: date) -> Group:
    """Where a proposal stands in the ledger. An answer that is not public yet is still waited for; what was
    promised counts as done only when it was reported as done."""
    if not one.answer_public:
        return Group.OVERDUE if today > one.due_on else Group.WAITING
    if one.result == ProposalState.DONE:
        return Group.DONE
    if one.result == ProposalState.NOT_DONE or one.verdict in ("DECLINED", "OTHER"):
        return Group.NOT_DONE
    return Group.IN_PROGRESS if one.state == ProposalState.IN_PROGRESS else Group.ANSWERED


def days_late(one: Facts, today: date) -> int:
    """Whole days since the answer was due; 0 while it is not."""
    return max((today - one.due_on).days, 0) if not one.answer_public else 0


def was_late(one: Facts) -> int:
    """How many days late an answer came: it stays visible."""
    return max((one.answered_on - one.due_on).days, 0) if one.answered_on else 0


LEAST_NAMED = 3
"""Below this many, nobody says how many members wrote a proposal."""


def authors_shown(n: int) -> int:
    """How many authors the public reads of; 0: "members of the panel"."""
    return n if n >= LEAST_NAMED else 0

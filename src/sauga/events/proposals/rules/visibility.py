"""Who sees what of a proposal. Every page, list, file and number of the desk asks here.

A reviewer sees only what is assigned to them, blind until it is accepted, and nothing at all once there is a
conflict of interest. Organisers see everything, unless the proposal is their own or they declared a conflict.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from sauga.events.states import UNDECIDED, UNSEEN, ProposalState


class ConflictKind(StrEnum):
    """Why a person does not judge a proposal. All but DECLARED are found by the product."""

    DECLARED = "DECLARED"
    ADDRESS = "ADDRESS"
    ORGANISATION = "ORGANISATION"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a person stands to a proposal."""

    is_organiser: bool = False
    is_reviewer: bool = False
    is_assigned: bool = False
    has_reviewed: bool = False
    conflicts: AbstractSet[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Sight:
    """What a person sees. `identity` are names, addresses, organisations, biographies and answers that say
    who it is; `decisions` the prepared decision, the history and the audit log."""

    proposal: bool = False
    identity: bool = False
    own_review: bool = False
    reviews: bool = False
    decisions: bool = False
    may_review: bool = False


NOTHING = Sight()
KNOWN = (ProposalState.ACCEPTED, ProposalState.CONFIRMED)
"""From here on a reviewer of a blind call may know who it was."""


def sight(who: Standing, state: str, *, is_blind: bool) -> Sight:
    """What this person sees of a proposal in this state."""
    if state in UNSEEN:
        return NOTHING
    if who.is_organiser:
        return _organiser(who, state, is_blind)
    if not who.is_reviewer or not who.is_assigned or who.conflicts or state == ProposalState.WITHDRAWN:
        return NOTHING
    return Sight(
        proposal=True,
        identity=not is_blind or state in KNOWN,
        own_review=True,
        reviews=who.has_reviewed,
        may_review=state in UNDECIDED,
    )


def _organiser(who: Standing, state: str, is_blind: bool) -> Sight:
    """The same organisation does not hide anything: organisers work where many speakers do, and must be able
    to write to them; but they do not review it."""
    if who.conflicts & {ConflictKind.DECLARED, ConflictKind.ADDRESS}:
        return NOTHING
    reviews = who.is_reviewer and who.is_assigned and not who.conflicts
    return Sight(
        proposal=True,
        identity=True,
        own_review=reviews,
        reviews=True,
        decisions=True,
        may_review=reviews and not is_blind and state in UNDECIDED,
    )


def counts_review(conflicts: AbstractSet[str]) -> bool:
    """Whether the review of a person with these conflicts counts."""
    return not conflicts

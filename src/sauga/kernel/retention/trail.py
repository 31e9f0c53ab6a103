"""Audit names of retention: counts, codes and references."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts of retention."""

    RULE_APPLIED = "retention:applied"
    TERM_PROPOSED = "retention:term_proposed"
    TERM_CHANGED = "retention:term_changed"
    TERM_ENDED = "retention:term_proposal_ended"
    HOLD_ASKED = "hold:asked"
    HOLD_CONFIRMED = "hold:confirmed"
    HOLD_LIFTED = "hold:lifted"


FACTS: dict[Trail, set[str]] = {
    Trail.RULE_APPLIED: {"rows", "keys", "held", "days"},
    Trail.TERM_PROPOSED: {"change", "before", "days"},
    Trail.TERM_CHANGED: {"change", "before", "days"},
    Trail.TERM_ENDED: {"change"},
    Trail.HOLD_ASKED: {"hold", "reason", "days"},
    Trail.HOLD_CONFIRMED: {"hold"},
    Trail.HOLD_LIFTED: {"hold"},
}

"""Audit names of messages between services, in the zone of the sender and of the receiver."""

from enum import StrEnum


class Trail(StrEnum):
    """Acts on referrals."""

    REFERRAL_SENT = "referral:sent"
    REFERRAL_RECEIVED = "referral:received"
    REFERRAL_OPENED = "referral:opened"
    REFERRAL_MOVED = "referral:moved"


FACTS: dict[Trail, set[str]] = {
    Trail.REFERRAL_SENT: {"kind", "receiver"},
    Trail.REFERRAL_RECEIVED: {"kind", "sender"},
    Trail.REFERRAL_MOVED: {"state", "outcome"},
}

"""Life of a referral."""

from enum import StrEnum

from sauga.kernel.states import StateTable


class ReferralState(StrEnum):
    """What the sender may know of its referral."""

    SENT = "SENT"
    RECEIVED = "RECEIVED"
    IN_WORK = "IN_WORK"
    SETTLED = "SETTLED"
    DECLINED = "DECLINED"
    WITHDRAWN = "WITHDRAWN"


REFERRAL = StateTable(
    ReferralState.SENT,
    {
        ReferralState.SENT: {ReferralState.RECEIVED, ReferralState.WITHDRAWN},
        ReferralState.RECEIVED: {ReferralState.IN_WORK, ReferralState.SETTLED, ReferralState.DECLINED},
        ReferralState.IN_WORK: {ReferralState.SETTLED, ReferralState.DECLINED},
        ReferralState.SETTLED: set(),
        ReferralState.DECLINED: set(),
        ReferralState.WITHDRAWN: set(),
    },
)

"""Life of a referral."""

from collections.abc import Mapping
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

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

STATE_WORDS: Mapping[str, Promise] = {
    ReferralState.SENT: pgettext_lazy("between services", "sent"),
    ReferralState.RECEIVED: pgettext_lazy("between services", "received"),
    ReferralState.IN_WORK: pgettext_lazy("between services", "somebody works on it"),
    ReferralState.SETTLED: pgettext_lazy("between services", "settled"),
    ReferralState.DECLINED: pgettext_lazy("between services", "declined"),
    ReferralState.WITHDRAWN: pgettext_lazy("between services", "taken back"),
}
"""What the audit logs of both sides call the states."""

"""Integration between services: typed messages with minimum data, sealed for the receiver; the state comes
back.

Both sides declare the Kind. The sender calls `send`; the receiver registers a handler, opens with
`open_payload` and answers with `report_back`.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.integration.kinds import (
        Field,
        Kind,
        KindConflict,
        KindUnknown,
        PayloadRefused,
        Progress,
        Received,
        code,
        register_kind,
        register_receiver,
        register_sender,
        text,
    )
    from sauga.kernel.integration.receiver import (
        OutcomeRefused,
        ReceiverMissing,
        deliver,
        deliver_waiting,
        open_payload,
        report_back,
    )
    from sauga.kernel.integration.sender import ReferralNotFound, send, state_of, withdraw
    from sauga.kernel.integration.states import REFERRAL, STATE_WORDS, ReferralState

_NAMES = {
    "kinds": "Field Kind KindConflict KindUnknown PayloadRefused Progress Received code register_kind "
    "register_receiver"
    " register_sender text",
    "receiver": "OutcomeRefused ReceiverMissing deliver deliver_waiting open_payload report_back",
    "sender": "ReferralNotFound send state_of withdraw",
    "states": "REFERRAL STATE_WORDS ReferralState",
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [
    "REFERRAL",
    "STATE_WORDS",
    "Field",
    "Kind",
    "KindConflict",
    "KindUnknown",
    "OutcomeRefused",
    "PayloadRefused",
    "Progress",
    "Received",
    "ReceiverMissing",
    "ReferralNotFound",
    "ReferralState",
    "code",
    "deliver",
    "deliver_waiting",
    "open_payload",
    "register_kind",
    "register_receiver",
    "register_sender",
    "report_back",
    "send",
    "state_of",
    "text",
    "withdraw",
]
__getattr__ = lazy_getattr(__name__, _WHERE)

"""The audit log: who did what to which object within which hour, append-only and hash-chained per zone
(docs/develop/threat-model.md).

`register` declares actions, `record` writes an entry in the transaction of the action, `timeline` reads the
entries of one object, `verify` checks the chain of one zone.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.audit.chain import Verdict
    from sauga.kernel.audit.delivery import (
        Destination,
        deliver_heads,
        keep_witnessed,
        overdue,
        register_destination,
        witnessed_heads,
    )
    from sauga.kernel.audit.heads import OutsideHead, read_heads
    from sauga.kernel.audit.queries import Entry, timeline, zone_lines
    from sauga.kernel.audit.recorder import LineRefused, record, record_all, reference
    from sauga.kernel.audit.registry import ActionUnknown, FactRefused, actions, register
    from sauga.kernel.audit.signatures import sign_heads
    from sauga.kernel.audit.trail import INSTALLATION
    from sauga.kernel.audit.truncation import drop_prefix
    from sauga.kernel.audit.verification import verify, zones
    from sauga.kernel.audit.words import action_words, actor_words, fact_words

__all__ = [
    "INSTALLATION",
    "ActionUnknown",
    "Destination",
    "Entry",
    "FactRefused",
    "LineRefused",
    "OutsideHead",
    "Verdict",
    "action_words",
    "actions",
    "actor_words",
    "deliver_heads",
    "drop_prefix",
    "fact_words",
    "keep_witnessed",
    "overdue",
    "read_heads",
    "record",
    "record_all",
    "reference",
    "register",
    "register_destination",
    "sign_heads",
    "timeline",
    "verify",
    "witnessed_heads",
    "zone_lines",
    "zones",
]
_WHERE = {
    "INSTALLATION": "trail",
    "ActionUnknown": "registry",
    "Destination": "delivery",
    "Entry": "queries",
    "FactRefused": "registry",
    "LineRefused": "recorder",
    "OutsideHead": "heads",
    "Verdict": "chain",
    "action_words": "words",
    "actions": "registry",
    "actor_words": "words",
    "deliver_heads": "delivery",
    "drop_prefix": "truncation",
    "fact_words": "words",
    "keep_witnessed": "delivery",
    "overdue": "delivery",
    "read_heads": "heads",
    "record": "recorder",
    "record_all": "recorder",
    "reference": "recorder",
    "register": "registry",
    "register_destination": "delivery",
    "sign_heads": "signatures",
    "timeline": "queries",
    "verify": "verification",
    "witnessed_heads": "delivery",
    "zone_lines": "queries",
    "zones": "verification",
}
__getattr__ = lazy_getattr(__name__, _WHERE)

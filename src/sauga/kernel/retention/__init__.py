"""Retention: every model says how long it is kept (`kernel.data`); one job enforces all, by destroying keys
first (docs/develop/threat-model.md). The worker calls `run` every night.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.retention.legal_holds import HoldRefused, ask_hold, confirm_hold, held, lift_hold
    from sauga.kernel.retention.purge import Outcome, Report, run
    from sauga.kernel.retention.registry import Rule, describe, rules, terms
    from sauga.kernel.retention.term_settings import (
        TermRefused,
        confirm_term,
        end_proposal,
        keep_terms,
        propose_term,
    )

_NAMES = {
    "legal_holds": "HoldRefused ask_hold confirm_hold held lift_hold",
    "term_settings": "TermRefused confirm_term end_proposal keep_terms propose_term",
    "purge": "Outcome Report run",
    "registry": "Rule describe rules terms",
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [
    "HoldRefused",
    "Outcome",
    "Report",
    "Rule",
    "TermRefused",
    "ask_hold",
    "confirm_hold",
    "confirm_term",
    "describe",
    "end_proposal",
    "held",
    "keep_terms",
    "lift_hold",
    "propose_term",
    "rules",
    "run",
    "terms",
]
__getattr__ = lazy_getattr(__name__, _WHERE)

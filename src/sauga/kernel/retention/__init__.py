"""Retention: every model says how long it is kept; one job enforces all, by destroying keys first
(docs/develop/threat-model.md).

An app's `retention.py` declares with `rule`, `term`, `keep_forever`, `keep_with`; the worker calls `run`
every night.
"""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.retention.legal_holds import HoldRefused, ask_hold, confirm_hold, held, lift_hold
    from sauga.kernel.retention.purging import Outcome, Report, run
    from sauga.kernel.retention.registry import (
        DELETE,
        By,
        Clear,
        Delete,
        Rule,
        describe,
        keep_forever,
        keep_with,
        rule,
        rules,
        term,
        terms,
        undeclared,
    )
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
    "purging": "Outcome Report run",
    "registry": (
        "DELETE By Clear Delete Rule describe keep_forever keep_with rule rules term terms undeclared"
    ),
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [
    "DELETE",
    "By",
    "Clear",
    "Delete",
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
    "keep_forever",
    "keep_terms",
    "keep_with",
    "lift_hold",
    "propose_term",
    "rule",
    "rules",
    "run",
    "term",
    "terms",
    "undeclared",
]
__getattr__ = lazy_getattr(__name__, _WHERE)

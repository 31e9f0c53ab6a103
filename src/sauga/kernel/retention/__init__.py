"""Retention: every model says how long it is kept; one job enforces all, by destroying keys first (security.md §8).

An app's `retention.py` declares with `rule`, `term`, `keep_forever`, `keep_with`; the worker calls `run` every night.
"""

from typing import TYPE_CHECKING

from sauga.kernel.interface import at_first_use

if TYPE_CHECKING:
    from sauga.kernel.retention.holding import HoldRefused, ask_hold, confirm_hold, held, lift_hold
    from sauga.kernel.retention.keeping import TermRefused, change_term, keep_terms
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

_NAMES = {
    "holding": "HoldRefused ask_hold confirm_hold held lift_hold",
    "keeping": "TermRefused change_term keep_terms",
    "purging": "Outcome Report run",
    "registry": "DELETE By Clear Delete Rule describe keep_forever keep_with rule rules term terms undeclared",
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
    "change_term",
    "confirm_hold",
    "describe",
    "held",
    "keep_forever",
    "keep_terms",
    "keep_with",
    "lift_hold",
    "rule",
    "rules",
    "run",
    "term",
    "terms",
    "undeclared",
]
__getattr__ = at_first_use(__name__, _WHERE)

"""What selfcheck records in the audit log, and the only facts each entry may carry: codes and numbers, never
texts. Nothing is recorded of anybody who takes the test.
"""

from enum import StrEnum

ZONE = "awareness"
BANK_CHANNEL = "selfcheck.bank"
"""Renews the pages of the desk."""


class Trail(StrEnum):
    """Audit names, as subject:event."""

    BANK_CHANGED = "selfcheck_bank:changed"
    BANK_MOVED = "selfcheck_bank:moved"


FACTS: dict[Trail, set[str]] = {
    Trail.BANK_CHANGED: {"number", "what", "item"},
    Trail.BANK_MOVED: {"number", "to"},
}

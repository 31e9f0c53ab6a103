"""Audit names of credentials, and the facts each entry may carry."""

from enum import StrEnum

from sauga.kernel import audit

SYSTEM = "credentials"
"""The system actor of the jobs."""
KEYS_ZONE = audit.INSTALLATION
"""The audit log of what concerns the whole installation."""


class Trail(StrEnum):
    """What happens to a credential, and to the keys."""

    ISSUED = "credential:issued"
    MOVED = "credential:moved"
    KEY_ADDED = "credential:key:added"


FACTS: dict[StrEnum, set[str]] = {
    Trail.ISSUED: {"kind", "replaces"},
    Trail.MOVED: {"kind", "to", "why"},
    Trail.KEY_ADDED: {"name"},
}

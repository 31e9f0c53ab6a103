"""Audit names of credentials, and the facts each entry may carry."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit

SYSTEM = "credentials"
"""The system actor of the jobs."""
KEYS_ZONE = audit.INSTALLATION
"""The audit log of what concerns the whole installation."""


class Trail(TextChoices):
    """What happens to a credential, and to the keys."""

    ISSUED = "credential:issued", _("Credential issued")
    MOVED = "credential:moved", _("State of the credential changed")
    KEY_ADDED = "credential:key:added", _("Key of credentials added")


FACTS: dict[StrEnum, set[str]] = {
    Trail.ISSUED: {"kind", "replaces"},
    Trail.MOVED: {"kind", "to", "why"},
    Trail.KEY_ADDED: {"name"},
}

"""Audit names of what members do and of what is done to their accounts, and the facts each entry may carry.

A member is named by a pseudonym only; no entry holds a name, an address or a text.
"""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # members belong to no service


class Trail(StrEnum):
    """Acts on member accounts that are recorded."""

    ACCOUNT_CREATED = "member:account:created"
    ACCOUNT_DELETED = "member:account:deleted"
    ACCOUNT_EXPIRED = "member:account:expired"
    SIGNED_IN = "member:session:opened"
    SIGNED_OUT = "member:session:closed"
    PASSKEY_ADDED = "member:passkey:added"
    PASSKEY_REMOVED = "member:passkey:removed"
    DATA_EXPORTED = "member:data:exported"
    CONSENT_GIVEN = "member:consent:given"
    CONSENT_WITHDRAWN = "member:consent:withdrawn"
    CONSENT_REFUSED = "member:consent:refused"
    YOUNG_MEMBER_INVITED = "member:invitation:sent"
    GUARDIAN_ASKED = "member:guardian:asked"
    GUARDIAN_TOLD = "member:guardian:told"
    CARD_GIVEN = "member:card:given"
    CARD_ENDED = "member:card:ended"
    REPRESENTATION_ASKED = "member:representation:asked"
    REPRESENTATION_CONFIRMED = "member:representation:confirmed"
    REPRESENTATION_REFUSED = "member:representation:refused"
    REPRESENTATION_WITHDRAWN = "member:representation:withdrawn"
    REPRESENTATION_ENDED = "member:representation:ended"
    REPRESENTATIVE_INVITED = "member:representation:invited"
    PARTNERSHIP_ASKED = "member:partnership:asked"
    PARTNERSHIP_SETTLED = "member:partnership:settled"


FACTS: dict[StrEnum, set[str]] = {
    Trail.ACCOUNT_CREATED: set(),
    Trail.ACCOUNT_DELETED: set(),
    Trail.ACCOUNT_EXPIRED: set(),
    Trail.SIGNED_IN: {"method"},
    Trail.SIGNED_OUT: {"count"},
    Trail.PASSKEY_ADDED: set(),
    Trail.PASSKEY_REMOVED: set(),
    Trail.DATA_EXPORTED: {"format"},
    Trail.CONSENT_GIVEN: {"purpose", "version", "given_by"},
    Trail.CONSENT_WITHDRAWN: {"purpose", "given_by"},
    Trail.CONSENT_REFUSED: {"purpose"},
    Trail.YOUNG_MEMBER_INVITED: {"purpose"},
    Trail.GUARDIAN_ASKED: set(),
    Trail.GUARDIAN_TOLD: set(),
    Trail.CARD_GIVEN: set(),
    Trail.CARD_ENDED: set(),
    Trail.REPRESENTATION_ASKED: {"organisation"},
    Trail.REPRESENTATION_CONFIRMED: {"organisation"},
    Trail.REPRESENTATION_REFUSED: {"organisation"},
    Trail.REPRESENTATION_WITHDRAWN: {"organisation"},
    Trail.REPRESENTATION_ENDED: {"organisation"},
    Trail.REPRESENTATIVE_INVITED: {"organisation"},
    Trail.PARTNERSHIP_ASKED: {"organisation"},
    Trail.PARTNERSHIP_SETTLED: {"organisation", "is_partner"},
}

LABELS: dict[str, Any] = {
    Trail.REPRESENTATION_ASKED: _("Asked to act for an organisation"),
    Trail.REPRESENTATION_CONFIRMED: _("Confirmed"),
    Trail.REPRESENTATION_REFUSED: _("Refused"),
    Trail.REPRESENTATION_WITHDRAWN: _("Request withdrawn"),
    Trail.REPRESENTATION_ENDED: _("No longer acts for the organisation"),
    Trail.REPRESENTATIVE_INVITED: _("Invited to act for the organisation"),
    Trail.PARTNERSHIP_ASKED: _("Asked that it becomes a partner"),
    Trail.PARTNERSHIP_SETTLED: _("Request to become a partner decided"),
}
"""What the page of a request calls each act."""

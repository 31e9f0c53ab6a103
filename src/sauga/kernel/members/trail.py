"""Audit names of what members do and of what is done to their accounts, and the facts each entry may carry.

A member is named by a pseudonym only; no entry holds a name, an address or a text.
"""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # members belong to no service


class Trail(TextChoices):
    """Acts on member accounts that are recorded."""

    ACCOUNT_CREATED = "member:account:created", _("Member's account created")
    ACCOUNT_DELETED = "member:account:deleted", _("Member's account deleted")
    ACCOUNT_EXPIRED = "member:account:expired", _("Member's account deleted after long disuse")
    SIGNED_IN = "member:session:opened", _("Member signed in")
    SIGNED_OUT = "member:session:closed", _("Member signed out")
    PASSKEY_ADDED = "member:passkey:added", _("Member's passkey added")
    PASSKEY_REMOVED = "member:passkey:removed", _("Member's passkey removed")
    PASSKEY_COPIED = "member:passkey:copied", _("Copied passkey of a member refused")
    DATA_EXPORTED = "member:data:exported", _("Member's own data downloaded")
    CONSENT_GIVEN = "member:consent:given", _("Consent of a member given")
    CONSENT_WITHDRAWN = "member:consent:withdrawn", _("Consent of a member withdrawn")
    CONSENT_REFUSED = "member:consent:refused", _("Consent of a member refused")
    YOUNG_MEMBER_INVITED = "member:invitation:sent", _("Young member invited")
    GUARDIAN_ASKED = "member:guardian:asked", _("Guardian of a young member asked")
    GUARDIAN_TOLD = "member:guardian:told", _("Guardian of a young member told")
    CARD_GIVEN = "member:card:given", _("Card of a young member given")
    CARD_ENDED = "member:card:ended", _("Card of a young member ended")
    REPRESENTATION_ASKED = "member:representation:asked", _("Asked to act for an organisation")
    REPRESENTATION_CONFIRMED = "member:representation:confirmed", _("Confirmed")
    REPRESENTATION_REFUSED = "member:representation:refused", _("Refused")
    REPRESENTATION_WITHDRAWN = "member:representation:withdrawn", _("Request withdrawn")
    REPRESENTATION_ENDED = "member:representation:ended", _("No longer acts for the organisation")
    REPRESENTATIVE_INVITED = "member:representation:invited", _("Invited to act for the organisation")
    PARTNERSHIP_ASKED = "member:partnership:asked", _("Asked that it becomes a partner")
    PARTNERSHIP_SETTLED = "member:partnership:settled", _("Request to become a partner decided")


FACTS: dict[StrEnum, set[str]] = {
    Trail.ACCOUNT_CREATED: set(),
    Trail.ACCOUNT_DELETED: set(),
    Trail.ACCOUNT_EXPIRED: set(),
    Trail.SIGNED_IN: {"method"},
    Trail.SIGNED_OUT: {"count"},
    Trail.PASSKEY_ADDED: set(),
    Trail.PASSKEY_REMOVED: set(),
    Trail.PASSKEY_COPIED: set(),
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

"""Audit names of actions on staff, and the facts each entry may carry."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # acts on people belong to no partner


class Trail(TextChoices):
    """Acts on people that are recorded."""

    SIGNED_IN = "person:session:opened", _("Signed in")
    SIGNED_OUT = "person:session:closed", _("Signed out")
    VAULT_UNLOCKED = "person:vault:unlocked", _("Vault unlocked")
    VAULT_LOCKED = "person:vault:locked", _("Vault locked")
    SUDO_GRANTED = "person:sudo:granted", _("Confirmed by second factor")
    PERSON_CREATED = "person:account:created", _("Account created")
    PERSON_INVITED = "person:invitation:sent", _("Invited")
    INVITATION_WITHDRAWN = "person:invitation:withdrawn", _("Invitation withdrawn")
    INVITATION_ACCEPTED = "person:invitation:accepted", _("Invitation accepted")
    RESET_SENT = "person:reset:sent", _("Link for a new password sent")
    PASSWORD_CHANGED = "person:password:changed", _("Password changed")
    PASSWORD_RESET = "person:password:reset", _("Password reset by link")
    VAULT_RECOVERED = "person:vault:recovered", _("Vault opened by recovery code")
    RECOVERY_RENEWED = "person:recovery:renewed", _("Recovery code of the vault renewed")
    FACTOR_ADDED = "person:factor:added", _("Second factor added")
    FACTOR_REMOVED = "person:factor:removed", _("Second factor removed")
    FACTOR_COPIED = "person:factor:copied", _("Copied passkey refused")
    FACTORS_CLEARED = "person:factor:cleared", _("All second factors removed")
    MEMBERSHIP_STARTED = "person:membership:started", _("Role granted")
    MEMBERSHIP_ENDED = "person:membership:ended", _("Role ended")
    ZONE_OPENED = "person:zone:opened", _("Key handed over")
    ZONE_CLOSED = "person:zone:closed", _("Key taken away")
    PERSON_DEACTIVATED = "person:account:closed", _("Account closed")
    OPERATOR_NAMED = "organisation:operator:named", _("Operator of a service changed")
    KIND_CHANGED = "organisation:kind:changed", _("What a kind of organisation may grant changed")
    ROLE_PROPOSED = "person:role:proposed", _("Role proposed")
    ROLE_CONFIRMED = "person:role:confirmed", _("Role confirmed by a second person")
    ROLE_REFUSED = "person:role:refused", _("Proposed role refused")
    ROLE_WITHDRAWN = "person:role:withdrawn", _("Proposed role withdrawn")
    ROLE_EXPIRED = "person:role:expired", _("Proposed role expired")
    INSTALLATION_MARKED = "installation:marked", _("Installation marked as demo or production")


FACTS: dict[StrEnum, set[str]] = {
    Trail.SIGNED_IN: {"method"},
    Trail.SIGNED_OUT: set(),
    Trail.VAULT_UNLOCKED: set(),
    Trail.VAULT_LOCKED: set(),
    Trail.SUDO_GRANTED: {"method"},
    Trail.PERSON_CREATED: set(),
    Trail.PERSON_INVITED: {"role"},
    Trail.INVITATION_WITHDRAWN: set(),
    Trail.INVITATION_ACCEPTED: {"role"},
    Trail.RESET_SENT: set(),
    Trail.PASSWORD_CHANGED: set(),
    Trail.PASSWORD_RESET: {"vault"},
    Trail.VAULT_RECOVERED: set(),
    Trail.RECOVERY_RENEWED: set(),
    Trail.FACTOR_ADDED: {"factor"},
    Trail.FACTOR_REMOVED: {"factor"},
    Trail.FACTOR_COPIED: set(),
    Trail.FACTORS_CLEARED: set(),
    Trail.MEMBERSHIP_STARTED: {"role", "organisation"},
    Trail.MEMBERSHIP_ENDED: {"role", "organisation"},
    Trail.ZONE_OPENED: {"zone", "contacts"},
    Trail.ZONE_CLOSED: {"zone"},
    Trail.PERSON_DEACTIVATED: set(),
    Trail.OPERATOR_NAMED: {"service", "organisation"},
    Trail.KIND_CHANGED: {"kind", "role", "zone", "allowed"},
    Trail.ROLE_PROPOSED: {"role", "organisation"},
    Trail.ROLE_CONFIRMED: {"role", "organisation"},
    Trail.ROLE_REFUSED: {"role", "organisation"},
    Trail.ROLE_WITHDRAWN: {"role", "organisation"},
    Trail.ROLE_EXPIRED: {"role", "organisation"},
    Trail.INSTALLATION_MARKED: {"purpose"},
}

"""Audit names of actions on staff, and the facts each entry may carry."""

from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.audit.trail import INSTALLATION

ZONE = INSTALLATION  # acts on people belong to no partner


class Trail(StrEnum):
    """Acts on people that are recorded."""

    SIGNED_IN = "person:session:opened"
    SIGNED_OUT = "person:session:closed"
    VAULT_UNLOCKED = "person:vault:unlocked"
    VAULT_LOCKED = "person:vault:locked"
    SUDO_GRANTED = "person:sudo:granted"
    PERSON_CREATED = "person:account:created"
    PERSON_INVITED = "person:invitation:sent"
    INVITATION_WITHDRAWN = "person:invitation:withdrawn"
    INVITATION_ACCEPTED = "person:invitation:accepted"
    RESET_SENT = "person:reset:sent"
    PASSWORD_CHANGED = "person:password:changed"  # noqa: S105  the name of an act
    PASSWORD_RESET = "person:password:reset"  # noqa: S105  the name of an act
    VAULT_RECOVERED = "person:vault:recovered"
    RECOVERY_RENEWED = "person:recovery:renewed"
    FACTOR_ADDED = "person:factor:added"
    FACTOR_REMOVED = "person:factor:removed"
    FACTORS_CLEARED = "person:factor:cleared"
    MEMBERSHIP_STARTED = "person:membership:started"
    MEMBERSHIP_ENDED = "person:membership:ended"
    ZONE_OPENED = "person:zone:opened"
    ZONE_CLOSED = "person:zone:closed"
    PERSON_DEACTIVATED = "person:account:closed"
    OPERATOR_NAMED = "organisation:operator:named"
    KIND_CHANGED = "organisation:kind:changed"
    ROLE_PROPOSED = "person:role:proposed"
    ROLE_CONFIRMED = "person:role:confirmed"
    ROLE_REFUSED = "person:role:refused"
    ROLE_WITHDRAWN = "person:role:withdrawn"
    ROLE_EXPIRED = "person:role:expired"
    INSTALLATION_MARKED = "installation:marked"


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

LABELS: dict[str, Any] = {
    Trail.SIGNED_IN: _("Signed in"),
    Trail.SIGNED_OUT: _("Signed out"),
    Trail.VAULT_UNLOCKED: _("Vault unlocked"),
    Trail.VAULT_LOCKED: _("Vault locked"),
    Trail.SUDO_GRANTED: _("Confirmed by second factor"),
    Trail.PERSON_CREATED: _("Account created"),
    Trail.PERSON_INVITED: _("Invited"),
    Trail.INVITATION_WITHDRAWN: _("Invitation withdrawn"),
    Trail.INVITATION_ACCEPTED: _("Invitation accepted"),
    Trail.RESET_SENT: _("Link for a new password sent"),
    Trail.PASSWORD_CHANGED: _("Password changed"),
    Trail.PASSWORD_RESET: _("Password reset by link"),
    Trail.VAULT_RECOVERED: _("Vault opened by recovery code"),
    Trail.RECOVERY_RENEWED: _("Recovery code of the vault renewed"),
    Trail.FACTOR_ADDED: _("Second factor added"),
    Trail.FACTOR_REMOVED: _("Second factor removed"),
    Trail.FACTORS_CLEARED: _("All second factors removed"),
    Trail.MEMBERSHIP_STARTED: _("Role granted"),
    Trail.MEMBERSHIP_ENDED: _("Role ended"),
    Trail.ZONE_OPENED: _("Key handed over"),
    Trail.ZONE_CLOSED: _("Key taken away"),
    Trail.PERSON_DEACTIVATED: _("Account closed"),
    Trail.OPERATOR_NAMED: _("Operator of a service changed"),
    Trail.KIND_CHANGED: _("What a kind of organisation may grant changed"),
    Trail.ROLE_PROPOSED: _("Role proposed"),
    Trail.ROLE_CONFIRMED: _("Role confirmed by a second person"),
    Trail.ROLE_REFUSED: _("Proposed role refused"),
    Trail.ROLE_WITHDRAWN: _("Proposed role withdrawn"),
    Trail.ROLE_EXPIRED: _("Proposed role expired"),
    Trail.INSTALLATION_MARKED: _("Installation marked as demo or production"),
}
"""What a page calls each act."""

"""What may be done to people, and the roles that may at first.

An administrator serves the own organisation only, and never the own account. What decides who does what to
whom takes part in every two-person rule, so the roles that hold it are granted by two people themselves.
"""

from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.permissions import Rule


class Permission(StrEnum):
    """Acts on people and roles."""

    SEE_PEOPLE = "identity.see_people"
    INVITE = "identity.invite"
    CHANGE_MEMBERSHIP = "identity.change_membership"
    RESET_ACCESS = "identity.reset_access"
    OPEN_ZONE = "identity.open_zone"
    CREATE_PERSON = "identity.create_person"
    CONFIRM_ROLE = "identity.confirm_role"
    GRANT_ALONE = "identity.grant_alone"
    EDIT_KINDS = "identity.edit_kinds"
    NAME_OPERATOR = "identity.name_operator"
    EXPIRE_PROPOSALS = "identity.expire_proposals"
    MARK_INSTALLATION = "identity.mark_installation"


DEFAULT_ROLES: dict[str, set[Permission]] = {
    "ADMINISTRATOR": {
        Permission.SEE_PEOPLE,
        Permission.INVITE,
        Permission.CHANGE_MEMBERSHIP,
        Permission.RESET_ACCESS,
        Permission.OPEN_ZONE,
        Permission.CONFIRM_ROLE,
    },
    "AUDITOR": {Permission.SEE_PEOPLE},
    "COORDINATOR": {Permission.SEE_PEOPLE, Permission.CONFIRM_ROLE, Permission.EDIT_KINDS},
    "DATA_PROTECTION_OFFICER": {Permission.CONFIRM_ROLE},
    "CONTACT_CUSTODIAN": {Permission.CONFIRM_ROLE},
    "SAFEGUARDING_LEAD": {Permission.CONFIRM_ROLE},
    "PUBLISHER": {Permission.CONFIRM_ROLE},
}
TWO_PEOPLE = {
    Permission.INVITE,
    Permission.CHANGE_MEMBERSHIP,
    Permission.RESET_ACCESS,
    Permission.OPEN_ZONE,
    Permission.CONFIRM_ROLE,
    Permission.EDIT_KINDS,
}

# What the command line, the demo and jobs may do; no role holds CREATE_PERSON, GRANT_ALONE, NAME_OPERATOR or
# MARK_INSTALLATION.
_SETTING_UP = {
    Permission.CREATE_PERSON,
    Permission.INVITE,
    Permission.CHANGE_MEMBERSHIP,
    Permission.OPEN_ZONE,
    Permission.GRANT_ALONE,
    Permission.NAME_OPERATOR,
}
SYSTEM: dict[str, set[Permission]] = {
    "setup": {*_SETTING_UP, Permission.RESET_ACCESS, Permission.EDIT_KINDS, Permission.MARK_INSTALLATION},
    "demo": _SETTING_UP,
    "identity": {Permission.EXPIRE_PROPOSALS},
}


def _own_organisation(actor: Any, organisation: Any) -> bool:
    return organisation.pk in actor.organisations_for(Permission.INVITE)


def _others_in_own_organisation(actor: Any, membership: Any) -> bool:
    return membership.person_id != actor.person_id and membership.organisation_id in actor.organisations_for(
        Permission.CHANGE_MEMBERSHIP
    )


def _others_known(actor: Any, person: Any) -> bool:
    """Another person who works for an own organisation now, or worked there last and works nowhere."""
    own = actor.organisations_for(Permission.RESET_ACCESS)
    return person.pk != actor.person_id and any(
        row.organisation_id in own for row in employers(person, actor.at)
    )


def only_here(actor: Any, person: Any) -> bool:
    """Another person who works for own organisations and for no other: the account as a whole is theirs to
    close."""
    own = actor.organisations_for(Permission.RESET_ACCESS)
    rows = employers(person, actor.at)
    return person.pk != actor.person_id and bool(rows) and all(row.organisation_id in own for row in rows)


def employers(person: Any, at: datetime) -> list[Any]:
    """The memberships in force at `at`; for a person who has none, the one that ended last."""
    rows = list(
        person.memberships.model._base_manager.filter(person_id=person.pk)
    )  # a page may have prefetched only those it shows
    current = [row for row in rows if row.valid_from <= at and (row.valid_to is None or row.valid_to > at)]
    return (
        current
        or sorted((row for row in rows if row.valid_to is not None), key=lambda row: (row.valid_to, row.pk))[
            -1:
        ]
    )


def _second_person(actor: Any, proposal: Any) -> bool:
    """A person of that organisation who neither proposed it nor is its subject."""
    return (
        proposal.organisation_id in actor.organisations_for(Permission.CONFIRM_ROLE)
        and proposal.proposed_by != actor.pseudonym
        and proposal.person_id != actor.person_id
    )


def _holds_the_zone(actor: Any, membership: Any) -> bool:
    return (
        membership.organisation_id in actor.organisations_for(Permission.OPEN_ZONE)
        and actor.vault is not None
    )


RULES: dict[Permission, Rule] = {
    Permission.INVITE: _own_organisation,
    Permission.CHANGE_MEMBERSHIP: _others_in_own_organisation,
    Permission.RESET_ACCESS: _others_known,
    Permission.OPEN_ZONE: _holds_the_zone,
    Permission.CONFIRM_ROLE: _second_person,
}
LABELS: dict[str, dict[str, str]] = {
    "ADMINISTRATOR": {"en": "Administrator", "lt": "Administravimas"},
    "COORDINATOR": {"en": "Coordinator", "lt": "Koordinavimas"},
    "AUDITOR": {"en": "Auditor", "lt": "Auditas"},
    "ANALYST": {"en": "Analyst", "lt": "Turinio vertinimas"},
    "SECOND_REVIEWER": {"en": "Second reviewer", "lt": "Antrasis vertinimas"},
    "NOTICE_OFFICER": {"en": "Notice officer", "lt": "Pranešimai teikėjams"},
    "POLICE_LIAISON": {"en": "Police liaison", "lt": "Ryšiai su policija"},
    "CONTACT_CUSTODIAN": {"en": "Contact custodian", "lt": "Kontaktų saugojimas"},
    "STATISTICIAN": {"en": "Statistician", "lt": "Statistika"},
    "DSC_OFFICER": {"en": "Digital services officer", "lt": "Skaitmeninių paslaugų priežiūra"},
    "DATA_PROTECTION_OFFICER": {"en": "Data protection officer", "lt": "Duomenų apsauga"},
    "LEGAL_OFFICER": {"en": "Legal officer", "lt": "Teisė"},
    "WELFARE_LEAD": {"en": "Welfare lead", "lt": "Darbuotojų gerovė"},
}

WORDING = {
    Permission.SEE_PEOPLE: _("See people and their roles"),
    Permission.INVITE: _("Invite people"),
    Permission.CHANGE_MEMBERSHIP: _("Grant, change and end roles"),
    Permission.RESET_ACCESS: _("Help people to sign in again"),
    Permission.OPEN_ZONE: _("Open a vault to people"),
    Permission.CONFIRM_ROLE: _("Confirm roles that take two people"),
    Permission.EDIT_KINDS: _("Edit what each kind of organisation may grant"),
}
"""What each permission lets people do. Those without words belong to jobs and to the public."""

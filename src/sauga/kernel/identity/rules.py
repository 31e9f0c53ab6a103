"""What may be done to people, and the roles that may at first.

An administrator serves the own organisation only, and never the own account.
"""

from enum import StrEnum
from typing import Any

from sauga.kernel.identity.permissions import Rule


class Permission(StrEnum):
    """Acts on people and roles."""

    SEE_PEOPLE = "identity.see_people"
    INVITE = "identity.invite"
    CHANGE_MEMBERSHIP = "identity.change_membership"
    RESET_ACCESS = "identity.reset_access"
    OPEN_ZONE = "identity.open_zone"
    CREATE_ORGANISATION = "identity.create_organisation"
    CREATE_PERSON = "identity.create_person"


P = Permission
DEFAULT_ROLES: dict[str, set[Permission]] = {
    "ADMINISTRATOR": {P.SEE_PEOPLE, P.INVITE, P.CHANGE_MEMBERSHIP, P.RESET_ACCESS, P.OPEN_ZONE},
    "AUDITOR": {P.SEE_PEOPLE},
    "COORDINATOR": {P.SEE_PEOPLE},
}

# What the command line and the demo may do; no role holds CREATE_ORGANISATION or CREATE_PERSON.
SYSTEM: dict[str, set[Permission]] = {
    "setup": {P.CREATE_ORGANISATION, P.CREATE_PERSON, P.INVITE, P.CHANGE_MEMBERSHIP, P.RESET_ACCESS, P.OPEN_ZONE},
    "demo": {P.CREATE_ORGANISATION, P.CREATE_PERSON, P.INVITE, P.CHANGE_MEMBERSHIP, P.OPEN_ZONE},
}


def _own_organisation(actor: Any, organisation: Any) -> bool:
    return organisation.pk in actor.organisations_for(P.INVITE)


def _others_in_own_organisation(actor: Any, membership: Any) -> bool:
    return membership.person_id != actor.person_id and membership.organisation_id in actor.organisations_for(P.CHANGE_MEMBERSHIP)


def _others_known(actor: Any, person: Any) -> bool:
    return person.pk != actor.person_id and any(
        membership.organisation_id in actor.organisations_for(P.RESET_ACCESS) for membership in person.memberships.all()
    )


def _holds_the_zone(actor: Any, membership: Any) -> bool:
    return membership.organisation_id in actor.organisations_for(P.OPEN_ZONE) and actor.vault is not None


RULES: dict[Permission, Rule] = {
    P.INVITE: _own_organisation,
    P.CHANGE_MEMBERSHIP: _others_in_own_organisation,
    P.RESET_ACCESS: _others_known,
    P.OPEN_ZONE: _holds_the_zone,
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

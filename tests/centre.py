"""A small staffed centre for tests: one regulator, one person for each role, a zone with keys.

Made once a run, by real actions.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
from django.test import Client
from factories.people import begin_session

from sauga.kernel import sealed
from sauga.kernel.identity import (
    PersonActor,
    create_person,
    name_operator,
    open_zone,
    person_actor,
    start_membership,
)
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import zonekeys
from sauga.kernel.services import usual_operators
from sauga.kernel.states import SystemActor
from sauga.kernel.vocab import memory
from tests import databases
from tests.databases import BEGAN

if TYPE_CHECKING:
    from sauga.portal.models.landing_pages import HomePage

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PASSWORD = "žalias obuolys ant stalo"
CLI = SystemActor("setup")
ROLES = (
    "CONTACT_CUSTODIAN",
    "ANALYST",
    "SECOND_REVIEWER",
    "NOTICE_OFFICER",
    "POLICE_LIAISON",
    "STATISTICIAN",
    "AUDITOR",
    "WELFARE_LEAD",
)
LINE_ROLES = (
    "SAFEGUARDING_LEAD",
    "COUNSELLOR",
    "COUNSELLOR_2",
    "SHIFT_LEAD",
    "SHIFT_LEAD_2",
    "LETTER_REVIEWER",
    "VOLUNTEER_COORDINATOR",
    "SERVICE_ADMINISTRATOR",
    "HELPLINE_STATISTICIAN",
)
AWARENESS_ROLES = (
    "PARTNER_MANAGER",
    "EDITOR",
    "EDITOR_2",
    "SAFEGUARDING_EDITOR",
    "PUBLISHER",
    "AWARENESS_STATISTICIAN",
    "ORGANISER",
    "PROGRAMME_COMMITTEE",
    "DOOR_STAFF",
    "PHOTOGRAPHER",
    "COURSE_EDITOR",
    "TUTOR",
    "WEBINAR_HOST",
    "CERTIFICATION_MANAGER",
    "CERTIFICATION_BOARD",
    "CERTIFICATION_BOARD_2",
    "LABEL_COORDINATOR",
)
PANEL_ROLES = ("PANEL_SAFEGUARDING_LEAD", "PANEL_FACILITATOR", "PANEL_FACILITATOR_2")
KEYLESS = {
    "NOTICE_OFFICER",
    "STATISTICIAN",
    "AUDITOR",
    "WELFARE_LEAD",
    "VOLUNTEER_COORDINATOR",
    "SERVICE_ADMINISTRATOR",
    "HELPLINE_STATISTICIAN",
    "EDITOR",
    "SAFEGUARDING_EDITOR",
    "PUBLISHER",
    "AWARENESS_STATISTICIAN",
    "PROGRAMME_COMMITTEE",
    "DOOR_STAFF",
    "PHOTOGRAPHER",
    "COURSE_EDITOR",
    "TUTOR",
    "WEBINAR_HOST",
    "CERTIFICATION_MANAGER",
    "CERTIFICATION_BOARD",
    "LABEL_COORDINATOR",
}
KINDS = {"RRT": "HOTLINE", "VL": "HELPLINE", "AC": "AWARENESS", "MOKYKLA": "SCHOOL"}


@dataclass(frozen=True)
class Centre:
    """People by role, with their passwords and authenticator secrets."""

    people: dict[str, Person]
    totp: dict[str, str]

    def actor(self, role: str, at: datetime = AT, *, unlocked: bool = True) -> PersonActor:
        """The actor of a role; with the vault unlocked where the role has keys."""
        person = self.people[role]
        return person_actor(
            person, at, vault=_vault(person) if unlocked and role.removesuffix("_2") not in KEYLESS else None
        )


_vaults: dict[int, sealed.Vault] = {}


def _vault(person: Person) -> sealed.Vault:
    """The people of the installation keep their unlocked vaults from test to test."""
    if person.pk not in _vaults:
        _vaults[person.pk] = sealed.unlock_with_password(person.pk, PASSWORD)
    return _vaults[person.pk]


def sign_in(centre: Centre, role: str, *, unlocked: bool = True) -> Client:
    """A browser in which the person of this role has signed in; where the role has keys, with
    the vault open.
    """
    client = Client()
    cookies, _response = begin_session(centre.people[role], centre.actor(role, unlocked=unlocked).vault)
    client.cookies.load(cookies)
    return client


@pytest.fixture
def centre(staffed_database: None, db: None) -> Centre:
    """The staffed centre that the template of this test's database holds."""
    return staffed()


@pytest.fixture
def planted(planted_database: None, db: None) -> dict[str, "HomePage"]:
    """The two first pages with their groups and lists, as `sauga init` leaves them."""
    from sauga.portal.models.landing_pages import HomePage

    return {home.locale.language_code: home for home in HomePage.objects.select_related("locale")}


@pytest.fixture
def published(published_database: None, db: None) -> Centre:
    """The same with the demo's site and resources published."""
    return staffed()


@pytest.fixture
def seeded(seeded_database: None, db: None) -> Centre:
    """The same with the demo's cases of hotline and helpline, as they stand at `databases.seeded_at()`."""
    return staffed()


def staffed() -> Centre:
    """The people of the database as they are in it now."""
    for zone in (sealed.Zone.HOTLINE, sealed.Zone.HELPLINE, sealed.Zone.AWARENESS, sealed.Zone.PANEL):
        zonekeys.forget(zone)
    # so that a test which counts queries does not meet the look at the lists' edition that is due
    # every two seconds
    memory.snapshot()
    known = databases.people()
    people = {
        person.email: person
        for person in Person.objects.filter(email__in=[email for email, _secret in known.values()])
    }
    return Centre(
        {role: people[email] for role, (email, _secret) in known.items()},
        {role: secret for role, (_, secret) in known.items()},
    )


def staff() -> Centre:
    """Make the staff, the zones and their keys; the second of a role comes under "ANALYST_2" and the like."""
    centre = Centre({}, {})
    regulator = {"lt": "Ryšių reguliavimo tarnyba", "en": "Communications Regulatory Authority"}
    _staff(centre, "RRT", regulator, sealed.Zone.HOTLINE, (*ROLES, "ANALYST_2", "SECOND_REVIEWER_2"))
    _staff(centre, "VL", {"lt": "Vaikų linija", "en": "Childline"}, sealed.Zone.HELPLINE, LINE_ROLES)
    _staff(
        centre,
        "AC",
        {"lt": "Informavimo centras", "en": "Awareness Centre"},
        sealed.Zone.AWARENESS,
        AWARENESS_ROLES,
        also={sealed.Zone.PANEL: PANEL_ROLES},
    )
    _staff(
        centre,
        "MOKYKLA",
        {"lt": "Pavyzdžio mokykla", "en": "Sample school"},
        sealed.Zone.AWARENESS,
        (),
    )
    return Centre(
        {role: Person.objects.get(pk=person.pk) for role, person in centre.people.items()}, centre.totp
    )


def _staff(
    centre: Centre,
    code: str,
    names: dict[str, str],
    zone: sealed.Zone,
    roles: tuple[str, ...],
    also: Mapping[sealed.Zone, tuple[str, ...]] = MappingProxyType({}),
) -> None:
    """One partner's people; the first holds the keys and hands them on. `also`: those of its other zones."""
    organisation = create_organisation(by=CLI, code=code, names=names, kinds=[KINDS[code]], at=BEGAN)
    for service, kind in usual_operators().items():
        if kind == KINDS[code]:
            name_operator(by=CLI, service=service, organisation=organisation, at=BEGAN)
    _employ(centre, organisation, zone, roles)
    for other, others in also.items():
        _employ(centre, organisation, other, others)


def _employ(centre: Centre, organisation: Organisation, zone: sealed.Zone, roles: tuple[str, ...]) -> None:
    founder = None
    for role in roles:
        name, number = role.removesuffix("_2"), len(centre.people)
        made = create_person(
            by=CLI,
            email=f"{role.lower()}@sauga.example",
            name=f"Vardenė Pavardenė {number}",
            password=PASSWORD,
            at=BEGAN,
        )
        zones = [] if name in KEYLESS else [str(zone)]
        membership = start_membership(
            by=CLI,
            person=made.person,
            organisation=organisation,
            role=Role.objects.get(code=name),
            zones=zones,
            at=BEGAN,
        )
        centre.people[role], centre.totp[role] = made.person, made.totp_secret
        if not zones:
            continue
        if founder is None:
            founder = sealed.unlock_with_password(made.person.pk, PASSWORD)
            if not sealed.zone_exists(zone):
                sealed.create_zone(
                    zone, escrow_public=sealed.keys.escrow_create(zone).public, founder=founder
                )
                founder = sealed.unlock_with_password(made.person.pk, PASSWORD)
        else:
            open_zone(
                by=CLI,
                membership=membership,
                zone=zone,
                vault=founder,
                contacts=name == "CONTACT_CUSTODIAN",
                at=BEGAN,
            )

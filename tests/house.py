"""A small staffed house for tests: one regulator, one person for each role, a zone with keys. Made by real actions."""

from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.apps import apps
from django.db.models import Model

from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import PersonActor, create_organisation, create_person, name_operator, open_zone, person_actor, start_membership
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.identity.roles import install_defaults
from sauga.kernel.sealed import zonekeys
from sauga.kernel.states import SystemActor
from sauga.kernel.vocab import memory

BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PASSWORD = "žalias obuolys ant stalo"
CLI = SystemActor("setup")
ROLES = ("CONTACT_CUSTODIAN", "ANALYST", "SECOND_REVIEWER", "NOTICE_OFFICER", "POLICE_LIAISON", "STATISTICIAN", "AUDITOR", "WELFARE_LEAD")
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
AWARENESS_ROLES = ("PARTNER_MANAGER", "EDITOR", "EDITOR_2", "SAFEGUARDING_EDITOR", "PUBLISHER", "AWARENESS_STATISTICIAN")
PARTNER_ROLES = ("PARTNER_EDITOR",)
KEYLESS = {
    "PARTNER_EDITOR",
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
}
KINDS = {"RRT": "HOTLINE", "VL": "HELPLINE", "AC": "AWARENESS", "MOKYKLA": "SCHOOL"}
OPERATED = {"RRT": ("hotline",), "VL": ("helpline",), "AC": ("repository", "portal")}


@dataclass(frozen=True)
class House:
    """People by role, with their passwords and authenticator secrets."""

    people: dict[str, Person]
    totp: dict[str, str]

    def actor(self, role: str, at: datetime = AT, *, unlocked: bool = True) -> PersonActor:
        """The actor of a role; with the vault unlocked where the role has keys."""
        person = self.people[role]
        return person_actor(person, at, vault=_vault(person) if unlocked and role.removesuffix("_2") not in KEYLESS else None)


_vaults: dict[int, sealed.Vault] = {}
_kept: list[list[Model]] = []
_house: list["House"] = []


def _vault(person: Person) -> sealed.Vault:
    """Unlocking is slow on purpose; the people of the house keep their keys from test to test."""
    if person.pk not in _vaults:
        _vaults[person.pk] = sealed.unlock_with_password(person.pk, PASSWORD)
    return _vaults[person.pk]


@pytest.fixture
def house(db: None) -> House:
    """A staffed hotline in this test's database. Made once a process; later tests put the same rows back."""
    if not _house:
        _house.append(staff())
        _kept.extend(list(model._base_manager.order_by("pk")) for model in tables())
    elif not Person.objects.exists():
        for model in reversed(tables()):  # a flush installs roles anew, under other numbers
            model._base_manager.all().delete()
        for rows in _kept:
            if rows:
                type(rows[0])._base_manager.bulk_create(rows, ignore_conflicts=True)
        for zone in (sealed.Zone.HOTLINE, sealed.Zone.HELPLINE, sealed.Zone.AWARENESS):
            zonekeys.forget(zone)
        memory.forget()
    people = {role: copy(person) for role, person in _house[0].people.items()}  # what a test asks is cached on its own copies
    return House(people, _house[0].totp)


def tables() -> list[type[Model]]:
    """Tables that staffing fills, each after those it points to."""
    labels = ("vocab", "identity", "mfa", "sealed")
    waiting = [model for label in labels for model in apps.get_app_config(label).get_models()]
    done: list[type[Model]] = []
    while waiting:
        for model in list(waiting):
            points_to = {field.related_model for field in model._meta.concrete_fields if field.related_model}
            if not (points_to - {model}) & set(waiting):
                done.append(model)
                waiting.remove(model)
    return done


def staff() -> House:
    """Make the staff, the zones and their keys; the second of a role comes under "ANALYST_2" and the like."""
    vocab.load_all(at=clock.now())
    install_defaults()
    house = House({}, {})
    regulator = {"lt": "Ryšių reguliavimo tarnyba", "en": "Communications Regulatory Authority"}
    _staff(house, "RRT", regulator, sealed.Zone.HOTLINE, (*ROLES, "ANALYST_2", "SECOND_REVIEWER_2"))
    _staff(house, "VL", {"lt": "Vaikų linija", "en": "Childline"}, sealed.Zone.HELPLINE, LINE_ROLES)
    _staff(house, "AC", {"lt": "Informavimo centras", "en": "Awareness Centre"}, sealed.Zone.AWARENESS, AWARENESS_ROLES)
    _staff(house, "MOKYKLA", {"lt": "Pavyzdžio mokykla", "en": "Sample school"}, sealed.Zone.AWARENESS, PARTNER_ROLES)
    return House({role: Person.objects.get(pk=person.pk) for role, person in house.people.items()}, house.totp)


def _staff(house: House, code: str, names: dict[str, str], zone: sealed.Zone, roles: tuple[str, ...]) -> None:
    """One partner's people; the first holds the keys and hands them on."""
    organisation = create_organisation(by=CLI, code=code, names=names, kinds=[KINDS[code]], at=BEGAN)
    for service in OPERATED.get(code, ()):
        name_operator(by=CLI, service=service, organisation=organisation, at=BEGAN)
    founder = None
    for role in roles:
        name, number = role.removesuffix("_2"), len(house.people)
        made = create_person(by=CLI, email=f"{role.lower()}@sauga.example", name=f"Vardenė Pavardenė {number}", password=PASSWORD, at=BEGAN)
        zones = [] if name in KEYLESS else [str(zone)]
        membership = start_membership(
            by=CLI, person=made.person, organisation=organisation, role=Role.objects.get(code=name), zones=zones, at=BEGAN
        )
        house.people[role], house.totp[role] = made.person, made.totp_secret
        if not zones:
            continue
        if founder is None:
            founder = sealed.unlock_with_password(made.person.pk, PASSWORD)
            if not sealed.zone_exists(zone):
                sealed.create_zone(zone, escrow_public=sealed.keys.escrow_create(zone).public, founder=founder)
                founder = sealed.unlock_with_password(made.person.pk, PASSWORD)
        else:
            open_zone(by=CLI, membership=membership, zone=zone, vault=founder, contacts=name == "CONTACT_CUSTODIAN", at=BEGAN)

"""People of the desk for tests: made and signed in by the same actions and pages as real ones."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client

from sauga.kernel import clock, sealed
from sauga.kernel.identity.actions import organisations, people
from sauga.kernel.identity.models import KindRole, KindZone, Membership, Organisation, OrganisationKind, Person, Role
from sauga.kernel.identity.roles import labels_of
from sauga.kernel.identity.second import totp_code
from sauga.kernel.states import SystemActor

PASSWORD = "geltoni laiptai prie jūros"
SETUP = SystemActor("setup")


@dataclass(frozen=True)
class Hired:
    """A person with what the person knows."""

    person: Person
    secret: str
    recovery_code: str
    password: str = PASSWORD

    @property
    def code(self) -> str:
        """What the authenticator shows now."""
        return totp_code(self.secret, time.time())

    @property
    def membership(self) -> Membership:
        """The only membership that lasts."""
        return Membership.objects.get(person=self.person, valid_to__isnull=True)


EVERYTHING = "EVERYTHING"
"""A kind of organisation that may grant every role and vault: one organisation runs the whole centre."""


def make_organisation(code: str = "partner", at: datetime | None = None) -> Organisation:
    """A partner, made once. "partner" operates every service; any other operates none."""
    if held := Organisation.objects.filter(code=code).first():
        return held
    when = at or clock.now()
    kind, is_new = OrganisationKind.objects.get_or_create(code=EVERYTHING)
    if is_new:
        KindZone.objects.bulk_create([KindZone(kind=kind, zone=zone) for zone in sealed.Zone])
        may_grant()
    made = organisations.create_organisation(
        by=SETUP, code=code, names={"lt": f"Partneris {code}", "en": f"Partner {code}"}, kinds=[EVERYTHING], at=when
    )
    for service in organisations.operated_services() if code == "partner" else ():
        organisations.name_operator(by=SETUP, service=service, organisation=made, at=when)
    return made


def hire(
    name: str = "Rūta Pavyzdė", role: str = "", *, zones: tuple[str, ...] = (), organisation: str = "partner", at: datetime | None = None
) -> Hired:
    """Someone with password, authenticator and vault keys, in a role when one is named."""
    when = at or clock.now()
    place = make_organisation(organisation, when)
    first = name.split(maxsplit=1)[0].lower().translate(str.maketrans("ąčęėįšųūž", "aceeisuuz"))
    email = f"{first}.{Person.objects.count()}@partner.example"
    new = people.create_person(by=SETUP, email=email, name=name, password=PASSWORD, at=when)
    if role:
        row, _ = Role.objects.get_or_create(code=role, defaults={"labels": labels_of(role)})
        may_grant(row)
        people.start_membership(by=SETUP, person=new.person, organisation=place, role=row, zones=zones, at=when)
    return Hired(new.person, new.totp_secret, new.recovery_code)


def may_grant(*roles: Role) -> None:
    """Organisations of the kind EVERYTHING may grant the roles, or every role that is there."""
    for kind in OrganisationKind.objects.filter(code=EVERYTHING):
        KindRole.objects.bulk_create([KindRole(kind=kind, role=role) for role in roles or Role.objects.all()], ignore_conflicts=True)


def sign_in(client: Client, hired: Hired, **more: str) -> Any:
    """Fill in the sign-in page. Forgets the last accepted code first, because tests sign in faster than codes change."""
    Person.objects.filter(pk=hired.person.pk).update(totp_step=0)
    return client.post("/desk/signin/", {"email": hired.person.email, "password": hired.password, "code": hired.code, **more})


def line_keys() -> None:
    """The helpline's zone gets its keys, unless it has them; who asks in the access table holds none."""
    if sealed.zone_exists(sealed.Zone.HELPLINE):
        return
    founder = hire("Raktininkė Pavyzdė", "LETTER_REVIEWER", zones=("helpline",))
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(sealed.Zone.HELPLINE, escrow_public=sealed.keys.escrow_create(sealed.Zone.HELPLINE).public, founder=vault)

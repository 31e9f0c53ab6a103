"""People of the desk for tests: made and signed in by the same actions and pages as real ones."""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.test import Client

from sauga.kernel import clock, sealed
from sauga.kernel.identity.actions import people
from sauga.kernel.identity.models import Membership, Organisation, Person, Role
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


def make_organisation(code: str = "partner", at: datetime | None = None) -> Organisation:
    """A partner, made once."""
    held = Organisation.objects.filter(code=code).first()
    names = {"lt": f"Partneris {code}", "en": f"Partner {code}"}
    return held or people.create_organisation(by=SETUP, code=code, names=names, at=at or clock.now())


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
        people.start_membership(by=SETUP, person=new.person, organisation=place, role=row, zones=zones, at=when)
    return Hired(new.person, new.totp_secret, new.recovery_code)


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

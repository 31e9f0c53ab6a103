"""People of the desk for tests: made by the same actions as real ones, signed in by the same function that
ends the sign-in page.
"""

import time
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory

from sauga.kernel import audit, clock, organisations, sealed
from sauga.kernel.identity.actions import operators, own, people
from sauga.kernel.identity.models import KindRole, KindZone, Membership, Person, Role
from sauga.kernel.identity.roles import labels_of
from sauga.kernel.identity.signin.mfa import Factor, totp_code
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.organisations.models import Organisation, OrganisationKind, ServiceOperator
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
        KindZone.objects.bulk_create([KindZone(kind=kind, zone=zone) for zone in sealed.HELD_BY_STAFF])
        may_grant()
    made = organisations.create_organisation(
        by=SETUP,
        code=code,
        names={"lt": f"Partneris {code}", "en": f"Partner {code}"},
        kinds=[EVERYTHING],
        at=when,
    )
    if code == "partner":
        _operate_everything(made, when)
    return made


def _operate_everything(organisation: Organisation, at: datetime) -> None:
    """As `name_operator` for each service; where nobody operates any yet, in two statements, not fifty."""
    services = operators.operated_services()
    if ServiceOperator.objects.exists():
        for service in services:
            operators.name_operator(by=SETUP, service=service, organisation=organisation, at=at)
        return
    ServiceOperator.objects.bulk_create(
        [ServiceOperator(service=one, organisation=organisation, valid_from=at) for one in services]
    )
    facts = [{"service": one, "organisation": organisation.code} for one in services]
    audit.record_all(SETUP, Trail.OPERATOR_NAMED, [(organisation, one) for one in facts], zone=ZONE, at=at)


def hire(
    name: str = "Rūta Pavyzdė",
    role: str = "",
    *,
    zones: tuple[str, ...] = (),
    organisation: str = "partner",
    at: datetime | None = None,
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
        people.start_membership(
            by=SETUP, person=new.person, organisation=place, role=row, zones=zones, at=when
        )
    return Hired(new.person, new.totp_secret, new.recovery_code)


def may_grant(*roles: Role) -> None:
    """Organisations of the kind EVERYTHING may grant the roles, or every role that is there."""
    for kind in OrganisationKind.objects.filter(code=EVERYTHING):
        KindRole.objects.bulk_create(
            [KindRole(kind=kind, role=role) for role in roles or Role.objects.all()], ignore_conflicts=True
        )


def begin_session(person: Person, vault: sealed.Vault | None) -> tuple[dict[str, str], HttpResponseBase]:
    """A session as after password and code: what the browser's cookies are then, and the answer.

    No form is filled in.
    """
    from sauga.kernel.identity.views.signin import finish

    request = RequestFactory().post("/desk/signin/")
    request.session, request.user = SessionStore(), AnonymousUser()
    response = finish(request, person, clock.now(), method=str(Factor.TOTP), vault=vault, wanted="")
    request.session.save()
    cookies = {name: morsel.value for name, morsel in response.cookies.items()}
    return {settings.SESSION_COOKIE_NAME: request.session.session_key, **cookies}, response


def sign_in(client: Client, hired: Hired) -> HttpResponseBase:
    """Sign in without the form; the answer leads on as the form's does."""
    try:
        vault = own.unlock_vault(person=hired.person, password=hired.password, at=clock.now())
    except own.VaultStaysShut:
        vault = None
    cookies, response = begin_session(Person.objects.get(pk=hired.person.pk), vault)
    client.cookies.load(cookies)
    return response


def fill_in_sign_in(client: Client, hired: Hired, **more: str) -> Any:
    """Send the sign-in form.

    Forgets the last accepted code first, because tests sign in faster than codes change.
    """
    Person.objects.filter(pk=hired.person.pk).update(totp_step=0)
    return client.post(
        "/desk/signin/", {"email": hired.person.email, "password": hired.password, "code": hired.code, **more}
    )


def line_keys() -> None:
    """The helpline's zone gets its keys, unless it has them; who asks in the access table holds none."""
    if sealed.zone_exists(sealed.Zone.HELPLINE):
        return
    founder = hire("Raktininkė Pavyzdė", "LETTER_REVIEWER", zones=("helpline",))
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        sealed.Zone.HELPLINE,
        escrow_public=sealed.keys.escrow_create(sealed.Zone.HELPLINE).public,
        founder=vault,
    )

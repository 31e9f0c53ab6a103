"""What `sauga setup` does, step by step.

Each step looks first whether it is done, so that an interrupted setup can go on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation

from sauga.kernel import organisations, sealed
from sauga.kernel.identity import queries
from sauga.kernel.identity.actions import operators, people
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.identity.signin import mfa
from sauga.kernel.organisations.models import Organisation, OrganisationKind, ServiceOperator, valid_at
from sauga.kernel.permissions import REGISTRY
from sauga.kernel.sealed import Vault, Zone
from sauga.kernel.services import usual_operators
from sauga.kernel.states import SystemActor
from sauga.project.cli import CannotRun
from sauga.project.commands.keys import print_shares
from sauga.project.setup import terminal
from sauga.project.setup.answers import EVERY, NewAdministrator, NewOrganisation, kinds_for

SETUP = SystemActor("setup")
ADMINISTRATOR = "ADMINISTRATOR"
SHOWN_ONCE = """
Shown once, for {name} <{email}>:

  authenticator   {secret}
                  Type it into an authenticator app now{picture}. The app then shows the code that
                  signing in asks for.
  recovery code   {recovery}
                  Print it and lock it away: it opens the vault of this person when the password is lost.
"""
ABOUT_ZONES = """
What children and reporters write is encrypted for the people of one service. Each service has a zone of its
own with its own keys, and the first administrator of the organisation that operates it holds them until
other people get them at the desk.
"""


@dataclass
class Setup:
    """One run: the time it happens at, and the vaults of people whose password was typed in it."""

    at: datetime
    vaults: dict[int, Vault] = field(default_factory=dict)

    def organisation(self, new: NewOrganisation) -> str:
        """Make a partner and let it operate services without an operator yet; returns what was done.

        Raises CannotRun.
        """
        services = (
            operators.operated_services() if EVERY in new.operates else list(dict.fromkeys(new.operates))
        )
        self._check(new, services)
        row = Organisation.objects.filter(code=new.code).first()
        is_new = row is None
        with transaction.atomic():
            if row is None:
                names = {
                    "lt": new.name_lt or new.name_en or new.code,
                    "en": new.name_en or new.name_lt or new.code,
                }
                kinds = kinds_for(new.kinds, services)
                row = organisations.create_organisation(
                    by=SETUP, code=new.code, names=names, kinds=kinds, at=self.at
                )
            taken = [name for name in services if operator_of(name, self.at) is None]
            for name in taken:
                operators.name_operator(by=SETUP, service=name, organisation=row, at=self.at)
        done = [*(["made"] if is_new else []), *([f"operates {', '.join(taken)}"] if taken else [])]
        return f"organisation {new.code}: {'; '.join(done) or 'is there already'}"

    def _check(self, new: NewOrganisation, services: list[str]) -> None:
        known, kinds = (
            operators.operated_services(),
            set(OrganisationKind.objects.values_list("code", flat=True)),
        )
        for name in services:
            if name not in known:
                raise CannotRun(
                    f"{new.code} cannot operate “{name}”: there is no such service here; there is: "
                    f"{', '.join(known)}."
                )
            operator = operator_of(name, self.at)
            if operator is not None and operator.code != new.code:
                raise CannotRun(
                    f"{operator.code} operates {name} already; `sauga organisation operates {new.code} "
                    f"{name}` changes that."
                )
        if wrong := sorted(set(new.kinds) - kinds):
            raise CannotRun(
                f"{new.code} cannot be of the kind “{wrong[0]}”; there is: {', '.join(sorted(kinds))}."
            )

    def administrator(self, new: NewAdministrator) -> str:
        """Make the account of an administrator and show its secrets once; returns what was done. Raises
        CannotRun.

        The secrets are shown before the account is stored: whatever goes wrong in between, no one has an
        account without its secrets.
        """
        organisation = Organisation.objects.filter(code=new.organisation).first()
        if organisation is None:
            raise CannotRun(
                f"{new.email} shall work for {new.organisation}, but there is no such organisation."
            )
        person = Person.objects.filter(email=new.email.strip().lower()).first()
        if person is not None:
            return self._known(person, organisation)
        for tries in range(terminal.TRIES, 0, -1):
            password = terminal.new_secret(f"New password of {new.email} (12 characters or more): ")
            try:
                with translation.override("en"):
                    self._make(new, organisation, password)
            except ValidationError as weak:
                if tries == 1 or not terminal.is_there():
                    raise CannotRun(
                        f"the password of {new.email} is refused: {' '.join(weak.messages)}"
                    ) from None
                terminal.say(f"  {' '.join(weak.messages)}")
            else:
                break
        return f"administrator {new.email}: made, works for {new.organisation}"

    def _make(self, new: NewAdministrator, organisation: Organisation, password: str) -> None:
        zones = (
            ()
            if founders(organisation, self.at)
            else tuple(sorted(queries.offer_of(organisation, self.at).zones))
        )
        role = Role.objects.get(code=ADMINISTRATOR)
        with transaction.atomic():
            made = people.create_person(
                by=SETUP, email=new.email, name=new.name, password=password, language=new.language, at=self.at
            )
            people.start_membership(
                by=SETUP, person=made.person, organisation=organisation, role=role, zones=zones, at=self.at
            )
            _show(made)
        self.vaults[made.person.pk] = sealed.unlock_with_password(made.person.pk, password)

    def _known(self, person: Person, organisation: Organisation) -> str:
        role = Role.objects.get(code=ADMINISTRATOR)
        if (
            Membership.objects.current(self.at)
            .filter(person=person, organisation=organisation, role=role)
            .exists()
        ):
            return f"administrator {person.email}: is there already"
        raise CannotRun(
            f"{person.email} has an account already, but is no administrator of {organisation.code}; "
            f"give the role at the desk, or name "
            "somebody else."
        )

    def zones(self) -> Iterator[str]:
        """Make the keys of each zone that belongs to a service here; yields what was done.

        Raises CannotRun.
        """
        explained = False
        for zone, service in zones_needed().items():
            operator = operator_of(service, self.at)
            if sealed.zone_exists(zone) or operator is None:
                continue
            founder = self._founder(zone, operator)
            if founder is None:
                yield f"zone {zone}: waits for an administrator of {operator.code}"
                continue
            if not explained:
                terminal.say(ABOUT_ZONES)
                explained = True
            self._found(zone, founder)
            yield f"zone {zone}: keys made; {founder.email} holds them"

    def _founder(self, zone: Zone, operator: Organisation) -> Person | None:
        """Whose membership names the zone. Where none does, because the zone came with a newer version,
        an administrator's is extended by it: one made in this run before others."""
        if row := next((row for row in founders(operator, self.at) if zone in row.zones), None):
            return row.person
        rows = sorted(administrators(operator, self.at), key=lambda row: row.person_id not in self.vaults)
        if not rows:
            return None
        people.change_role(
            by=SETUP, membership=rows[0], role=rows[0].role, zones={*rows[0].zones, zone}, at=self.at
        )
        return rows[0].person

    def _found(self, zone: Zone, founder: Person) -> None:
        """The shares are shown, and at a terminal read back, before the keys are stored: a zone without its
        shares cannot come about."""
        if founder.pk not in self.vaults:
            self.vaults[founder.pk] = sealed.unlock_with_password(
                founder.pk, terminal.secret(f"Password of {founder.email}: ")
            )
        escrow = sealed.keys.escrow_create(zone)
        print_shares(zone, escrow)
        if terminal.is_there():
            terminal.ask(
                "When all three are written down, type any one of them back",
                check=lambda typed: _misread(zone, typed),
            )
        with transaction.atomic():
            sealed.create_zone(zone, escrow_public=escrow.public, founder=self.vaults[founder.pk])


def operator_of(service: str, at: datetime) -> Organisation | None:
    """Who operates a service."""
    row = ServiceOperator.objects.filter(valid_at(at), service=service).select_related("organisation").first()
    return row.organisation if row else None


def founders(organisation: Organisation, at: datetime) -> list[Membership]:
    """Memberships of an organisation that name a zone, the oldest first."""
    rows = Membership.objects.current(at).filter(
        organisation=organisation, person__is_active=True, zones__len__gt=0
    )
    return list(rows.select_related("person").order_by("pk"))


def zones_needed() -> dict[Zone, str]:
    """The zones of the services that are installed, and which service each belongs to."""
    return {zone: REGISTRY.zones[zone] for zone in Zone if zone in REGISTRY.zones}


@dataclass(frozen=True)
class Need:
    """What an installation needs before people can work in it, in words, and the command that sees to it."""

    what: str
    command: str

    def __str__(self) -> str:
        return f"{self.what}; `{self.command}`"


def missing(at: datetime) -> list[Need]:
    """All that an installation still needs. Where there is no organisation at all, that is one thing."""
    if not Organisation.objects.exists():
        return [Need("nobody works here yet", "sauga setup")]
    keyless = [
        Need(f"zone {zone}: has no keys", "sauga setup")
        for zone in zones_needed()
        if not sealed.zone_exists(zone)
    ]
    return [*unstaffed(at), *keyless]


def unstaffed(at: datetime) -> list[Need]:
    """Services in which no one can work yet, and why."""
    found: list[Need] = []
    led_by_nobody: dict[str, list[str]] = {}
    usual = usual_operators()
    for service in operators.operated_services():
        operator = operator_of(service, at)
        if operator is None:
            like = next(
                (
                    one.code
                    for name, kind in usual.items()
                    if kind == usual[service] and (one := operator_of(name, at)) is not None
                ),
                "CODE",
            )
            command = f"sauga organisation operates {like} {service}"
            found.append(Need(f"{service}: no organisation operates it", command))
        elif not administrators(operator, at):
            led_by_nobody.setdefault(operator.code, []).append(service)
    for code, services in led_by_nobody.items():
        command = f"sauga keys person --organisation {code} --email EMAIL --name NAME"
        found.append(Need(f"{', '.join(services)}: {code} has no administrator", command))
    return found


def without_second(at: datetime) -> list[str]:
    """Organisations whose only administrator can propose roles that no one there could confirm."""
    operating = {
        one.code: one
        for service in operators.operated_services()
        if (one := operator_of(service, at)) is not None
    }
    few = [
        one
        for one in operating.values()
        if administrators(one, at) and queries.who_confirm_roles(one, at).count() < 2
    ]
    return [f"{one.code} has one person who may confirm roles; most roles take two" for one in few]


def administrators(organisation: Organisation, at: datetime) -> list[Membership]:
    """Who administers an organisation."""
    return list(
        Membership.objects.current(at).filter(
            organisation=organisation, role__code=ADMINISTRATOR, person__is_active=True
        )
    )


def everyone_who_administers(at: datetime) -> list[str]:
    """The addresses of all administrators of organisations that operate something."""
    operating = ServiceOperator.objects.filter(valid_at(at)).values("organisation")
    rows = Membership.objects.current(at).filter(
        organisation__in=operating, role__code=ADMINISTRATOR, person__is_active=True
    )
    return list(rows.order_by("pk").values_list("person__email", flat=True))


def _show(made: people.NewPerson) -> None:
    person, secret = made.person, made.totp_secret
    picture = " (or scan the picture below)" if terminal.is_there() else ""
    terminal.say(
        SHOWN_ONCE.format(
            name=person.name, email=person.email, secret=secret, recovery=made.recovery_code, picture=picture
        )
    )
    if terminal.is_there():
        terminal.say(mfa.totp_blocks(mfa.totp_address(person.email, secret)))
        terminal.ask("The code that the app shows now", check=lambda typed: mfa.misfit(secret, typed))


def _misread(zone: Zone, typed: str) -> str:
    try:
        sealed.keys.escrow_check_share(zone, typed)
    except sealed.SealedError as error:
        return f"{error}; compare with what is shown above"
    return ""

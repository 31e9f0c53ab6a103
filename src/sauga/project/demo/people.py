"""The people of the demo: partners, staff, their secrets in `DIR/demo/accounts.json`, and the keys of the
zones. Made by real actions."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from sauga.kernel import sealed
from sauga.kernel.identity.actions import people
from sauga.kernel.identity.actions.operators import name_operator
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.identity.signin import mfa
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import Vault, Zone
from sauga.kernel.services import usual_operators
from sauga.kernel.states import SystemActor
from sauga.project.demo.cast import CAST

DEMO = SystemActor("demo")
SINCE = timedelta(
    days=400
    # how long the staff has been there: the demo's cases are in the past, and everybody in them has
    # some experience
)
FOUNDERS = {
    Zone.HOTLINE: "CONTACT_CUSTODIAN",
    Zone.HELPLINE: "SAFEGUARDING_LEAD",
    Zone.AWARENESS: "PARTNER_MANAGER",
    Zone.PANEL: "PANEL_SAFEGUARDING_LEAD",
}
ZONE_OF = {"HOTLINE": Zone.HOTLINE, "HELPLINE": Zone.HELPLINE, "AWARENESS": Zone.AWARENESS}
KEYLESS = {
    "STATISTICIAN",
    "HELPLINE_STATISTICIAN",
    "ADMINISTRATOR",
    "VOLUNTEER_COORDINATOR",
    "EDITOR",
    "PUBLISHER",
    "SAFEGUARDING_EDITOR",
    "AWARENESS_STATISTICIAN",
    "PROGRAMME_COMMITTEE",
    "DOOR_STAFF",
    "PHOTOGRAPHER",
    "CERTIFICATION_MANAGER",
    "CERTIFICATION_BOARD",
    "LABEL_COORDINATOR",
    "DATA_PROTECTION_OFFICER",
    "LEGAL_OFFICER",
}
"""Roles that read no content."""
PANEL = {"PANEL_FACILITATOR", "PANEL_SAFEGUARDING_LEAD"}
"""Roles that read who the members of the youth panel are, and nothing else that is sealed."""
PASSWORD = "amber-dune-lighthouse-7"  # noqa: S105  shown on the demo's own page; the demo refuses real data
ORGANISATIONS = {
    "CENTRE": {"lt": "Saugesnio interneto centras", "en": "Safer Internet Centre"},
    "HOTLINE": {"lt": "Karštoji linija", "en": "Hotline"},
    "HELPLINE": {"lt": "Pagalbos linija", "en": "Helpline"},
    "AWARENESS": {"lt": "Informavimo centras", "en": "Awareness Centre"},
    "SCHOOL": {"lt": "Pavyzdžio mokykla", "en": "Sample school"},
}

KINDS = {
    "CENTRE": "COORDINATOR",
    "HOTLINE": "HOTLINE",
    "HELPLINE": "HELPLINE",
    "AWARENESS": "AWARENESS",
    "SCHOOL": "SCHOOL",
}


@dataclass(frozen=True)
class Account:
    """A sign-in of the demo.

    `role` is the first of `roles`; the zone keys come with the roles of a case partner that read content.
    """

    user: str
    name: str
    organisation: str
    role: str
    roles: tuple[str, ...]
    language: str = "lt"
    password: str = PASSWORD
    totp_secret: str = field(default="", repr=False)

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones whose keys this person holds."""
        zone = Zone.PANEL if self.role in PANEL else ZONE_OF.get(self.organisation)
        return () if zone is None or self.role in KEYLESS else (zone.value,)


def accounts(file: Path) -> list[Account]:
    """The sign-ins of this demo, with secrets drawn once and kept in `file`; whom a newer version added comes
    last."""
    kept = json.loads(file.read_text(encoding="utf-8")) if file.exists() else []
    known = [Account(**{**row, "roles": tuple(row["roles"])}) for row in kept]
    users = {account.user for account in known}
    added = [
        Account(user, name, organisation, roles[0], roles, language, totp_secret=mfa.new_totp_secret())
        for user, name, organisation, roles, language in CAST
        if user not in users
    ]
    if added:
        _keep(file, [*known, *added])
    return [*known, *added]


def _keep(file: Path, cast: list[Account]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with os.fdopen(
        os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as target:
        json.dump([asdict(account) for account in cast], target, ensure_ascii=False, indent=1)
    draft.replace(file)


def settle(cast: list[Account], at: datetime) -> int:
    """Make the partners, the people and the zones in one transaction, or only the people who are not there
    yet. Returns how many people were made.

    They have been at work for some time `at`. Others with an account were invited in this demo
    (`project/purpose.py`) and stay.
    """
    there = set(
        Person.objects.filter(email__in=[account.user for account in cast]).values_list("email", flat=True)
    )
    missing = [account for account in cast if account.user not in there]
    at -= SINCE
    with transaction.atomic():
        organisations = (
            {one.code: one for one in Organisation.objects.filter(code__in=KINDS)} if there else _partners(at)
        )
        memberships = [
            membership
            for account in missing
            for membership in _employ(account, organisations[account.organisation], at)
        ]
        if not there:
            _found_zones(cast, memberships, at)
        elif memberships:
            _give_keys(cast, memberships, at)
    return len(missing)


def _partners(at: datetime) -> dict[str, Organisation]:
    organisations = {
        code: create_organisation(by=DEMO, code=code, names=ORGANISATIONS[code], kinds=[KINDS[code]], at=at)
        for code in KINDS
    }
    for service, kind in usual_operators().items():
        name_operator(by=DEMO, service=service, organisation=organisations[kind], at=at)
    return organisations


def _employ(account: Account, organisation: Organisation, at: datetime) -> list[Membership]:
    new = people.create_person(
        by=DEMO,
        email=account.user,
        name=account.name,
        password=account.password,
        language=account.language,
        totp_secret=account.totp_secret,
        at=at,
    )
    # An installation that runs fewer services knows fewer roles.
    roles = {role.code: role for role in Role.objects.filter(code__in=account.roles)}
    return [
        people.start_membership(
            by=DEMO,
            person=new.person,
            organisation=organisation,
            role=roles[code],
            zones=account.zones,
            at=at,
        )
        for code in account.roles
        if code in roles
    ]


def _found_zones(cast: list[Account], memberships: list[Membership], at: datetime) -> None:
    """One person of each case partner founds its zone and gives the team's keys to the colleagues, but the
    contacts' key to no one.

    The demo's escrow shares are thrown away.
    """
    for zone, vault in _founders(cast):
        sealed.create_zone(zone, escrow_public=sealed.keys.escrow_create(zone).public, founder=vault)
        _open(zone, vault, memberships, at)


def _give_keys(cast: list[Account], memberships: list[Membership], at: datetime) -> None:
    """The founders of zones that are there give the team's keys to new colleagues."""
    wanted = {zone for membership in memberships for zone in membership.zones}
    for zone, vault in _founders([account for account in cast if wanted.intersection(account.zones)]):
        _open(zone, vault, memberships, at)


def _founders(cast: list[Account]) -> Iterator[tuple[Zone, Vault]]:
    """The founder of each zone, with the vault open; a benchmark has one partner only."""
    for zone, role in FOUNDERS.items():
        founder = next((account for account in cast if account.role == role), None)
        if founder is not None:
            person = Person.objects.get(email=founder.user)
            yield zone, sealed.unlock_with_password(person.pk, founder.password)


def _open(zone: Zone, vault: Vault, memberships: list[Membership], at: datetime) -> None:
    given: set[int] = {vault.person_id}
    for membership in memberships:
        if zone in membership.zones and membership.person_id not in given:
            people.open_zone(by=DEMO, membership=membership, zone=zone, vault=vault, at=at)
            given.add(membership.person_id)

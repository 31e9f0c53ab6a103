"""The people of the demo: partners, staff, their secrets in `DIR/demo/accounts.json`, and the keys of the
zones. Made by real actions."""

import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction

from sauga.kernel import sealed
from sauga.kernel.identity import mfa
from sauga.kernel.identity.actions import people
from sauga.kernel.identity.actions.operators import name_operator
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.organisations import create_organisation
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.sealed import Vault, Zone
from sauga.kernel.services import usual_operators
from sauga.kernel.states import SystemActor

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


CAST = (
    ("analyst@hotline.example", "Rūta Kalnienė", "HOTLINE", ("ANALYST", "NOTICE_OFFICER"), "lt"),
    ("colleague@hotline.example", "Jonas Miškinis", "HOTLINE", ("ANALYST",), "lt"),
    ("reviewer@hotline.example", "Eglė Pajūrytė", "HOTLINE", ("SECOND_REVIEWER",), "lt"),
    ("notices@hotline.example", "Tomas Upelis", "HOTLINE", ("NOTICE_OFFICER",), "en"),
    ("police@hotline.example", "Vaida Girė", "HOTLINE", ("POLICE_LIAISON",), "lt"),
    ("custodian@hotline.example", "Asta Smiltė", "HOTLINE", ("CONTACT_CUSTODIAN",), "lt"),
    ("figures@hotline.example", "Linas Ežeras", "HOTLINE", ("STATISTICIAN",), "en"),
    ("welfare@hotline.example", "Daiva Rytė", "HOTLINE", ("WELFARE_LEAD",), "lt"),
    ("admin@hotline.example", "Mantas Kopa", "HOTLINE", ("ADMINISTRATOR",), "lt"),
    ("data@hotline.example", "Sigita Pelkienė", "HOTLINE", ("DATA_PROTECTION_OFFICER",), "lt"),
    ("legal@hotline.example", "Ramūnas Šilas", "HOTLINE", ("LEGAL_OFFICER",), "lt"),
    ("coordinator@centre.example", "Ieva Pušynė", "CENTRE", ("COORDINATOR", "STATISTICIAN"), "lt"),
    ("auditor@centre.example", "Paulius Krantas", "CENTRE", ("AUDITOR",), "en"),
    ("counsellor@helpline.example", "Ąžuolas Vėjūnas", "HELPLINE", ("COUNSELLOR",), "lt"),
    ("second@helpline.example", "Miglė Takūnaitė", "HELPLINE", ("COUNSELLOR",), "en"),
    ("lead@helpline.example", "Liepa Marytė", "HELPLINE", ("SHIFT_LEAD",), "lt"),
    ("reviewer@helpline.example", "Rasa Lendrė", "HELPLINE", ("LETTER_REVIEWER", "COUNSELLOR"), "lt"),
    ("safety@helpline.example", "Vilius Salys", "HELPLINE", ("SAFEGUARDING_LEAD",), "lt"),
    ("volunteers@helpline.example", "Austėja Klevaitė", "HELPLINE", ("VOLUNTEER_COORDINATOR",), "lt"),
    ("figures@helpline.example", "Dovydas Kranas", "HELPLINE", ("HELPLINE_STATISTICIAN",), "en"),
    ("admin@helpline.example", "Giedrė Versmė", "HELPLINE", ("ADMINISTRATOR", "SERVICE_ADMINISTRATOR"), "lt"),
    ("editor@awareness.example", "Ugnė Audronė", "AWARENESS", ("EDITOR",), "lt"),
    ("second@awareness.example", "Benas Raudonis", "AWARENESS", ("EDITOR",), "en"),
    ("safety@awareness.example", "Jurga Paparte", "AWARENESS", ("SAFEGUARDING_EDITOR",), "lt"),
    ("chief@awareness.example", "Darius Nendrys", "AWARENESS", ("PUBLISHER",), "lt"),
    ("partners@awareness.example", "Simona Žuvėdra", "AWARENESS", ("PARTNER_MANAGER",), "lt"),
    ("figures@awareness.example", "Gabija Ledė", "AWARENESS", ("AWARENESS_STATISTICIAN",), "en"),
    ("events@awareness.example", "Rugilė Smiltė", "AWARENESS", ("ORGANISER",), "lt"),
    ("programme@awareness.example", "Tadas Lankas", "AWARENESS", ("PROGRAMME_COMMITTEE",), "en"),
    ("entrance@awareness.example", "Karolis Tiltas", "AWARENESS", ("DOOR_STAFF",), "lt"),
    ("photos@awareness.example", "Monika Vėtra", "AWARENESS", ("PHOTOGRAPHER",), "lt"),
    ("courses@awareness.example", "Rimantė Šilienė", "AWARENESS", ("COURSE_EDITOR",), "lt"),
    ("tutor@awareness.example", "Laurynas Brastas", "AWARENESS", ("TUTOR",), "lt"),
    ("webinars@awareness.example", "Aistė Marienė", "AWARENESS", ("WEBINAR_HOST",), "lt"),
    ("ambassadors@awareness.example", "Kotryna Nidienė", "AWARENESS", ("CERTIFICATION_MANAGER",), "lt"),
    ("board@awareness.example", "Vytautas Marios", "AWARENESS", ("CERTIFICATION_BOARD",), "lt"),
    ("board2@awareness.example", "Eglė Kopaitė", "AWARENESS", ("CERTIFICATION_BOARD",), "lt"),
    ("label@awareness.example", "Inga Beržė", "AWARENESS", ("LABEL_COORDINATOR",), "lt"),
    ("panel@awareness.example", "Skaistė Ežerė", "AWARENESS", ("PANEL_FACILITATOR",), "lt"),
    ("panel2@awareness.example", "Marius Gojus", "AWARENESS", ("PANEL_FACILITATOR",), "lt"),
    ("guard@awareness.example", "Nijolė Gluosnė", "AWARENESS", ("PANEL_SAFEGUARDING_LEAD",), "lt"),
)


def accounts(file: Path) -> list[Account]:
    """The sign-ins of this demo, with secrets drawn once and kept in `file`."""
    if file.exists():
        return [
            Account(**{**row, "roles": tuple(row["roles"])})
            for row in json.loads(file.read_text(encoding="utf-8"))
        ]
    made = [
        Account(user, name, organisation, roles[0], roles, language, totp_secret=mfa.new_totp_secret())
        for user, name, organisation, roles, language in CAST
    ]
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_suffix(".new")
    with os.fdopen(
        os.open(draft, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w", encoding="utf-8"
    ) as target:
        json.dump([asdict(account) for account in made], target, ensure_ascii=False, indent=1)
    draft.replace(file)
    return made


def settle(cast: list[Account], at: datetime) -> bool:
    """Make the partners, the people and the zones in one transaction, unless they are there. Returns whether
    they were made.

    They have been at work for some time `at`. Whoever else has an account was invited in this demo
    (`project/purpose.py`) and stays.
    """
    if Person.objects.filter(email__in=[account.user for account in cast]).exists():
        return False
    at -= SINCE
    with transaction.atomic():
        organisations = {
            code: create_organisation(
                by=DEMO, code=code, names=ORGANISATIONS[code], kinds=[KINDS[code]], at=at
            )
            for code in KINDS
        }
        for service, kind in usual_operators().items():
            name_operator(by=DEMO, service=service, organisation=organisations[kind], at=at)
        memberships = [
            membership
            for account in cast
            for membership in _employ(account, organisations[account.organisation], at)
        ]
        _found_zones(cast, memberships, at)
    return True


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
    contacts' key to nobody.

    The demo's escrow shares are thrown away.
    """
    for zone, role in FOUNDERS.items():
        founder = next((account for account in cast if account.role == role), None)
        if founder is None:
            continue  # a benchmark has one partner only
        vault: Vault = sealed.unlock_with_password(
            Person.objects.get(email=founder.user).pk, founder.password
        )
        sealed.create_zone(zone, escrow_public=sealed.keys.escrow_create(zone).public, founder=vault)
        given: set[int] = {vault.person_id}
        for membership in memberships:
            if zone in membership.zones and membership.person_id not in given:
                people.open_zone(by=DEMO, membership=membership, zone=zone, vault=vault, at=at)
                given.add(membership.person_id)

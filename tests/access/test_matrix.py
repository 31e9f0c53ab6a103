"""Walks every named address of both sites and asks each for every role (docs/develop/threat-model.md,
“access control”).
"""

import re
from collections.abc import Iterator
from contextlib import nullcontext
from zlib import crc32

import pytest
from access.derived import derived
from access.matrix import OBJECTS, ROWS, SIGN_IN, Row, every_row
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import translation
from factories.hotline import AT, PUBLIC, reported
from factories.people import SETUP, hire, make_organisation, sign_in

from sauga.hotline.reports.actions import follow_ups
from sauga.kernel import clock, sealed
from sauga.kernel.identity.actions import joining
from sauga.kernel.identity.models import Role
from sauga.kernel.permissions import REGISTRY
from tests.repetition import IS_WHOLE
from tests.structure import structure

pytestmark = [pytest.mark.access, pytest.mark.django_db]
NOBODY = "NOBODY"
NEVER_ASKED = 999
CMS = "desk/cms/"
EXCEPTIONS: set[str] = set()
"""Rows of kit lists that say something else than their permission alone."""


def named(patterns: list[URLPattern | URLResolver], place: str = "") -> Iterator[tuple[str, str]]:
    """Every address below: its name and its pattern.

    The editors' tool has one entrance for all it holds; test_cms.py walks through it.
    """
    for pattern in patterns:
        where = place + str(pattern.pattern)
        if where == CMS:
            continue
        if isinstance(pattern, URLResolver):
            yield from named(pattern.url_patterns, where)
        else:
            yield pattern.name or "", where


def roles() -> list[str]:
    """Every role that any service declares."""
    return sorted({role for registered in REGISTRY.permissions.values() for role in registered.roles})


@pytest.fixture
def objects() -> dict[str, str]:
    """What the table's words in angle brackets stand for: things of the same partner as the
    people who ask.
    """
    case = hire("Byla Pavyzdė", "AUDITOR")
    invitation = joining.invite_person(
        by=SETUP,
        email="kviesta@partner.example",
        name="",
        organisation=make_organisation(),
        role=Role.objects.get(code="AUDITOR"),
        at=clock.now(),
    )
    report, item = hotline_case()
    return {
        "<person>": case.person.pseudonym,
        "<membership>": str(case.membership.pk),
        "<invitation>": invitation.ref,
        "<report>": report,
        "<item>": item,
        **{name: ref for made in OBJECTS for name, ref in made().items()},
    }


def hotline_case() -> tuple[str, str]:
    """A report with a contact and its item, in a zone that has keys; the people who ask hold none."""
    founder = hire("Steigėja Pavyzdė", "CONTACT_CUSTODIAN", zones=("hotline",))
    vault = sealed.unlock_with_password(founder.person.pk, founder.password)
    sealed.create_zone(
        sealed.Zone.HOTLINE,
        escrow_public=sealed.keys.escrow_create(sealed.Zone.HOTLINE).public,
        founder=vault,
    )
    report, _keys = reported("https://pavyzdys.example/a/1", category="HATE")
    follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)
    return report.ref, report.locations.get().item.ref


def test_every_address_has_a_name_and_a_row():
    with translation.override("en"):
        found = dict(named(get_resolver().url_patterns))
    assert "" not in found, f"an address without a name: {found['']}"
    missing = sorted(set(found) - set(every_row()))
    assert not missing, f"no row in tests/access/matrix.py for: {missing}"


def test_no_row_without_an_address():
    with translation.override("en"):
        found = dict(named(get_resolver().url_patterns))
    assert not sorted(set(ROWS) - set(found))


REFUSED = {302, 404, 410}
"""By these nobody is let in; as long as the table says the same, nothing was done that must be undone."""
ASKING = 3
"""How many of the roles ask for an address that lies outside the desk, in `make test`."""


def ask(client: Client, row: Row, who: str, objects: dict[str, str]) -> HttpResponse | None:
    """The answer; whatever the page did is undone before the next question.

    None when another role asks for this address: outside the desk there is no session of staff, all get the
    same, and besides the visitor and the person without a role some of the roles show that.
    """
    with translation.override("en"):
        address = reverse(row.name, args=[objects.get(arg, arg) for arg in row.args])
    if who not in {"", NOBODY} and not address.startswith("/desk/") and who not in asking(row):
        return None
    is_refusal = row.method == "GET" and row.expected(who) in REFUSED
    with nullcontext() if is_refusal else transaction.atomic():
        answer = client.generic(row.method, address)
        if not is_refusal:
            transaction.set_rollback(True)
    return answer


def asking(row: Row) -> set[str]:
    """The roles that ask for an address outside the desk: those that the row names, and as many more as its
    name decides; in `make prove` all of them.
    """
    every = roles()
    start = crc32(row.name.encode()) % len(every)
    some = every if IS_WHOLE else (every[start:] + every[:start])[:ASKING]
    return {*row.roles, *some}


LOOKED_AT: set[int] = set()
PARTS = {"notices-now", "notices-sent"}
"""No pages: scripts fetch them and put them into one."""


def structural_faults(answer: HttpResponse) -> list[str]:
    """What is wrong with a page's structure; one that is made of the same elements as another was
    looked at already.
    """
    if (
        answer.streaming
        or not answer.headers.get("Content-Type", "").startswith("text/html")
        or not answer.content
    ):
        return []
    html = answer.content.decode()
    parts = hash(re.sub(r' (?:value|content)="[^"]*"', "", "\n".join(re.findall(r"<[a-z][^>]*>", html))))
    if parts in LOOKED_AT or "attachment" in answer.headers.get("Content-Disposition", ""):
        return []
    LOOKED_AT.add(parts)
    return structure(html)


@pytest.mark.prove
@pytest.mark.parametrize("who", ["", NOBODY, *roles()])
def test_each_gets_what_the_table_says(who, objects):
    hired = hire("Asmuo Pavyzdys", "" if who == NOBODY else who) if who else None
    signed = Client()
    if hired:
        assert sign_in(signed, hired).status_code == 302
    wrong, client = [], Client()
    for row in every_row().values():
        if row.expected(who) == NEVER_ASKED:
            continue
        client.cookies = signed.cookies.copy()
        answer = ask(client, row, who, objects)
        if answer is None:
            continue
        if answer.status_code != row.expected(who):
            wrong.append(f"{row.name}: {answer.status_code} instead of {row.expected(who)}")
        if row.name not in PARTS:
            wrong.extend(f"{row.name}: {fault}" for fault in structural_faults(answer))
    assert not wrong, f"{who or 'visitor'}: " + "; ".join(wrong)


@pytest.mark.unit
def test_what_follows_from_declarations_is_what_was_written_by_hand():
    """The kit's lists have hand-written rows too: both say the same, but for lists that need more than
    the permission.
    """
    found = {
        name: row
        for name, row in derived().items()
        if name in ROWS and not row.args and row.anonymous == SIGN_IN
    }
    assert len(found) > 9
    different = {name for name, row in found.items() if ROWS[name] != row}
    assert different == EXCEPTIONS


@pytest.mark.unit
def test_an_address_that_nothing_declares_has_no_row_of_its_own():
    """A desk page that the kit did not make, or that asks for no permission, must be written
    into the table.
    """
    assert (
        not {"identity-home", "hotline-item", "hotline-item-take", "wagtail_serve", "ui-robots"}
        & derived().keys()
    )

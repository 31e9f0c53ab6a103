"""Walks every named address of both sites and asks each for every role (docs/develop/threat-model.md,
“access control”).
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from functools import cache
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
from sauga.kernel.identity.actions import invitations
from sauga.kernel.identity.desk_access.access import NEEDED
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


def every_pattern(
    patterns: Sequence[URLPattern | URLResolver] = (), place: str = ""
) -> Iterator[tuple[URLPattern, str]]:
    """Every address below, and where it stands; of the whole product unless said.

    The editors' tool has one entrance for all it holds; test_cms.py walks through it.
    """
    for pattern in patterns or get_resolver().url_patterns:
        where = place + str(pattern.pattern)
        if where == CMS:
            continue
        if isinstance(pattern, URLResolver):
            yield from every_pattern(pattern.url_patterns, where)
        else:
            yield pattern, where


@cache
def named() -> dict[str, str]:
    """Every address: its name and where it stands."""
    with translation.override("en"):
        return {pattern.name or "": where for pattern, where in every_pattern()}


def roles() -> list[str]:
    """Every role that any service declares."""
    return sorted({role for registered in REGISTRY.permissions.values() for role in registered.roles})


@pytest.fixture
def objects() -> dict[str, str]:
    """What the table's words in angle brackets stand for: things of the same partner as the
    people who ask.
    """
    case = hire("Byla Pavyzdė", "AUDITOR")
    invitation = invitations.invite_person(
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
    found = named()
    assert "" not in found, f"an address without a name: {found['']}"
    missing = sorted(set(found) - set(every_row()))
    assert not missing, f"no row in tests/access/matrix.py for: {missing}"


def test_no_row_without_an_address():
    assert not sorted(set(ROWS) - set(named()))


REFUSED = {302, 404, 410}
"""By these nobody is let in; as long as the table says the same, nothing was done that must be undone."""
ASKING = 3
"""How many roles that have nothing to do with an address ask for it, in `make test`."""


def ask(client: Client, row: Row, who: str, objects: dict[str, str]) -> HttpResponse | None:
    """The answer; whatever the page did is undone before the next question.

    None when other roles ask for this address (`asking`).
    """
    if who not in {"", NOBODY} and who not in asking(row):
        return None
    with translation.override("en"):
        address = reverse(row.name, args=[objects.get(arg, arg) for arg in row.args])
    is_refusal = row.method == "GET" and row.expected(who) in REFUSED
    with nullcontext() if is_refusal else transaction.atomic():
        answer = client.generic(row.method, address)
        if not is_refusal:
            transaction.set_rollback(True)
    return answer


@cache
def holders() -> dict[str, set[str]]:
    """Of each address whose view declares a permission with `needs`: the roles that hold it."""
    with translation.override("en"):
        views = {pattern.name or "": pattern.callback for pattern, _where in every_pattern()}
    needed = {name: getattr(view, NEEDED, None) for name, view in views.items()}
    return {name: set(REGISTRY.permissions[str(one)].roles) for name, one in needed.items() if one}


def asking(row: Row) -> set[str]:
    """The roles that ask for an address; in `make prove` all of them.

    In `make test`, those that hold the permission, those that the row names, and as many more as its name
    decides: what refuses the others is one line (`needs`), and that they lack the permission is read from the
    table. All ask where a view of the desk decides by itself. Outside the desk there is no session of staff.
    """
    every, allowed = roles(), holders().get(row.name, set())
    decides_itself = row.name not in holders() and named()[row.name].startswith("desk/")
    if IS_WHOLE or decides_itself:
        return set(every)
    start = crc32(row.name.encode()) % len(every)
    return {*row.roles, *allowed, *(every[start:] + every[:start])[:ASKING]}


@pytest.mark.unit
def test_nobody_is_let_in_without_the_permission_that_the_view_declares():
    rows, everybody = every_row(), {NOBODY, *roles()}
    let_in = {
        f"{name} by {role}"
        for name, allowed in holders().items()
        for role in everybody - allowed
        if rows[name].expected(role) not in {404, NEVER_ASKED}
    }
    assert let_in == set()
    assert len(holders()) > 500


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

"""The third axis of the access table: role × organisation × address, read and written.

What a role may do, it may do only at the organisation that operates the service. Three questions cover every
combination: what each role holds at each organisation (by the rule, without a page); that every address of a
service asks for a permission of that service; and that the view behind it refuses, by calling it for every
address and by a whole request for each distinct permission, GET and POST.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from access.matrix import Row, every_row
from access.test_matrix import named
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import NoReverseMatch, resolve, reverse
from django.utils import translation
from factories.people import SETUP, Hired, hire, sign_in

from sauga.kernel import clock, organisations
from sauga.kernel.identity.actions import operators
from sauga.kernel.identity.actors import CACHE, PersonActor, person_actor
from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.identity.models import Membership, Role
from sauga.kernel.identity.roles import install_defaults
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import REGISTRY

pytestmark = [pytest.mark.access, pytest.mark.django_db]
PLACES = {
    "RRT": ("HOTLINE", {"hotline"}),
    "VL": ("HELPLINE", {"helpline"}),
    "AC": ("AWARENESS", {"repository", "portal"}),
    "CENTRE": ("COORDINATOR", set()),
    "SCHOOL": ("SCHOOL", set()),
}
REFUSED = {404, 405}


@pytest.fixture
def places(db: None) -> dict[str, Organisation]:
    """Three operators, and two partners that operate nothing."""
    install_defaults()
    at = clock.now() - timedelta(hours=1)
    made = {}
    for code, (kind, services) in PLACES.items():
        made[code] = organisations.create_organisation(
            by=SETUP, code=code, names={"lt": code}, kinds=[kind], at=at
        )
        for service in services:
            operators.name_operator(by=SETUP, service=service, organisation=made[code], at=at)
    return made


def employ(hired: Hired, place: Organisation, *roles: str) -> None:
    """Roles as rows, past every rule: what stands in the database wrongly must open nothing either."""
    rows = [
        Membership(
            person=hired.person,
            organisation=place,
            role=role,
            zones=["hotline", "helpline", "awareness"],
            valid_from=place.valid_from,
        )
        for role in Role.objects.filter(code__in=roles)
    ]
    Membership.objects.bulk_create(rows)


def all_roles() -> list[str]:
    return sorted({role for registered in REGISTRY.permissions.values() for role in registered.roles})


@dataclass(frozen=True)
class Guarded:
    """An address of the desk that asks for a permission."""

    row: Row
    path: str
    permission: str

    @property
    def service(self) -> str:
        return self.permission.partition(".")[0]

    @property
    def is_bound(self) -> bool:
        return not REGISTRY.permissions[self.permission].everywhere


def desk() -> Iterator[tuple[Row, str, Any]]:
    """Every named address of the desk in the table, with its view."""
    with translation.override("en"):
        known = {name for name, where in named().items() if where.startswith("desk/")}
        for row in every_row().values():
            if row.name in known:
                path = _path(row)
                yield row, path, resolve(path).func


def _path(row: Row) -> str:
    """The address with something in each variable part.

    Nothing is looked up: who is refused is refused before.
    """
    try:
        return reverse(row.name, args=[str(arg).strip("<>") for arg in row.args])
    except NoReverseMatch:
        return reverse(row.name, args=["1" if str(arg).startswith("<") else arg for arg in row.args])


def guarded() -> list[Guarded]:
    return [
        Guarded(row, path, str(getattr(view, NEEDED))) for row, path, view in desk() if hasattr(view, NEEDED)
    ]


def foreign(one: Guarded) -> list[str]:
    """Where a role that holds the permission must count for nothing."""
    return [code for code, (_kind, services) in PLACES.items() if one.service not in services]


def test_every_address_that_depends_on_the_role_asks_for_a_permission_of_its_own_service():
    without = sorted(
        row.name
        for row, _path, view in desk()
        if not hasattr(view, NEEDED) and (row.others == 404 or row.roles) and row.name not in ASKED_OTHERWISE
    )
    assert not without, f"no @needs, so the third axis does not see them: {without}"
    strange = [
        one.row.name
        for one in guarded()
        if one.is_bound and one.service not in one.path.split("/") and one.service not in SPREAD
    ]
    assert not strange


CHAT = {f"helpline-desk-{part}" for part in ("after", "read", "say", "stream", "typing")} | {
    "helpline-letter-desk",
    "helpline-letters",
}
"""Addresses of the helpline that ask whether the conversation or letter is this person's, or the role,
without `@needs`.
"""
OWN = {"identity-passkey-remove", "identity-second-passkey", "notices-open"}
"""What somebody does to the own account and reads of the own messages, whatever the role."""
ALERTS = {f"notices-{part}" for part in ("answer", "call-next", "withdraw", "end", "hide", "rules")}
"""Alerts exist for whom they call and for who raised them; their steps for who may edit those of the service
(tests of notices).
"""
ANYBODY = {"identity-language", "identity-lock", "identity-signout", "notices-read-all", "ui-language"}
"""Take posts only, from whoever is signed in."""
ASKED_OTHERWISE = CHAT | OWN | ALERTS | ANYBODY
SPREAD = {"repository", "portal"}
"""Services whose pages lie under more than one part of the desk."""


def test_each_role_at_each_organisation_holds_what_the_operator_gives(places):
    wrong = []
    for role in all_roles():
        for code, (_kind, services) in PLACES.items():
            hired = _bare(f"{role} {code}")
            employ(hired, places[code], role)
            by = person_actor(hired.person, clock.now())
            expected = {
                one.code
                for one in REGISTRY.permissions.values()
                if role in one.roles and (one.everywhere or one.service in services)
            }
            zones = {"hotline", "helpline", "awareness"} & {
                zone for zone, service in REGISTRY.zones.items() if service in services
            }
            if set(by.grants) != expected or by.zones != zones:
                wrong.append(f"{role} at {code}: {set(by.grants) ^ expected} {by.zones ^ zones}")
    assert not wrong


def _bare(name: str) -> Hired:
    """A person without password or keys: the rule asks for neither."""
    from sauga.kernel.identity.models import Person

    return Hired(
        Person.objects.create(email=f"{name.replace(' ', '.').lower()}@partner.example", name=name), "", ""
    )


def everything(places: dict[str, Organisation], code: str) -> PersonActor:
    """Somebody who holds every role there is, at one organisation: what is refused to this person is
    refused to each role.
    """
    hired = _bare(f"viskas {code}")
    employ(hired, places[code], *all_roles())
    return person_actor(hired.person, clock.now())


@pytest.mark.parametrize("code", PLACES)
def test_every_view_refuses_every_role_of_an_organisation_that_does_not_operate_the_service(code, places):
    by = everything(places, code)
    factory, let_in, asked = RequestFactory(), [], 0
    for one in guarded():
        if not one.is_bound or code not in foreign(one):
            continue
        for method in ("GET", "POST"):
            asked += 1
            if (status := _call(factory, one, method, by)) not in REFUSED:
                let_in.append(f"{method} {one.row.name}: {status}")
    assert not let_in
    assert asked > 200


def _call(factory: RequestFactory, one: Guarded, method: str, by: PersonActor) -> int:
    """What the view itself answers to this actor, without the rest of the site around it."""
    request: Any = factory.generic(method, one.path)
    request.session = {}
    setattr(request, CACHE, by)
    found = resolve(one.path)
    try:
        return int(found.func(request, *found.args, **found.kwargs).status_code)
    except Http404:
        return 404
    except PermissionDenied:
        return 403


def test_a_whole_request_for_each_permission_is_refused_at_the_wrong_partner(places):
    """One address for each distinct permission, GET and POST, through the whole site; the partner asked from
    changes with the address.
    """
    clients = {}
    for code in PLACES:
        hired = hire(f"Viskas{code} Pavyzdys", organisation=code)
        employ(hired, places[code], *all_roles())
        clients[code] = Client()
        assert sign_in(clients[code], hired).status_code == 302
    let_in, seen = [], set()
    for number, one in enumerate(guarded()):
        if not one.is_bound or one.permission in seen:
            continue
        seen.add(one.permission)
        wrong = foreign(one)
        code = wrong[number % len(wrong)]
        for method in ("GET", "POST"):
            status = clients[code].generic(method, one.path).status_code
            if status not in REFUSED:
                let_in.append(f"{method} {one.row.name} from {code}: {status}")
    assert not let_in
    assert len(seen) > 30


@pytest.mark.parametrize(
    "code", [code for code, (_kind, services) in PLACES.items() if "helpline" not in services]
)
def test_what_asks_without_a_mark_is_refused_at_the_wrong_partner(places, code):
    hired = hire("Viskas Pavyzdys", organisation=code)
    employ(hired, places[code], *all_roles())
    client = Client()
    sign_in(client, hired)
    let_in = []
    for row, path, _view in desk():
        if row.name in CHAT:
            let_in += [
                f"{method} {row.name}"
                for method in ("GET", "POST")
                if client.generic(method, path).status_code not in REFUSED
            ]
    assert not let_in


def test_at_the_operator_the_same_person_is_let_in(places):
    """The other side of the coin, so that the refusals above are not refusals of everybody."""
    hired = hire("Viskas Pavyzdys", organisation="RRT")
    employ(hired, places["RRT"], *all_roles())
    client = Client()
    sign_in(client, hired)
    for path in ("/desk/hotline/", "/desk/hotline/notices/", "/desk/people/"):
        assert client.get(path).status_code == 200, path
    for path in ("/desk/helpline/", "/desk/repository/", "/desk/portal/feedback/", "/desk/cms/"):
        assert client.get(path).status_code == 404, path

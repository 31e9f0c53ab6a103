"""What the domain refuses, by direct request: every role, at the operator and elsewhere, members and
visitors, against every object that exists. What was refused has changed nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import translation

from sauga.certification.applications.actions import board, suspensions
from sauga.certification.applications.models import (
    Ambassador,
    Case,
    Certification,
    CriterionRecord,
    Interest,
    Vote,
)
from sauga.certification.applications.queries.ambassadors import open_case_of
from sauga.certification.programme.actions import versions
from sauga.certification.programme.models import Criterion, Programme
from sauga.certification.register.models import RegisterEntry
from sauga.certification.sessions.models import Booking, Offer, SessionReport
from sauga.certification.sessions.queries import links
from sauga.kernel import clock
from sauga.kernel.credentials.models import Credential
from sauga.kernel.identity import create_person
from sauga.kernel.identity.models import Membership, Person, Role
from sauga.kernel.members import address_of
from sauga.kernel.organisations.models import Organisation
from tests.centre import BEGAN, CLI, PASSWORD, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories import certification as make
from tests.factories.members import VISITOR, browser_of, joined, signin
from tests.factories.members import asked as link_asked
from tests.factories.people import begin_session

NOW = clock.now()
MANAGER, BOARD, SAFETY = "CERTIFICATION_MANAGER", "CERTIFICATION_BOARD", "SAFEGUARDING_EDITOR"
DESK = "/desk/certification/"
DATED = {"on": "2026-11-01"}
PAPER = {"authority": "T", "reference": "1"}
CLEARED = {"took_place": "yes", "heads_grades_5_8": "20"}
ACTS: tuple[tuple[str, dict[str, str], set[str]], ...] = (
    ("ambassadors/{applied}/eligible/", {}, {MANAGER}),
    ("ambassadors/{applied}/train/", {}, {MANAGER}),
    ("ambassadors/{applied}/right-to-work/", {**PAPER, **DATED}, {MANAGER}),
    (
        "ambassadors/{applied}/course/",
        {"amount": "40", "authority": "T", "reference": "1", **DATED},
        {MANAGER},
    ),
    ("ambassadors/{applied}/exam/", {"amount": "90", **DATED}, {MANAGER}),
    ("ambassadors/{applied}/employer-again/", {}, {MANAGER}),
    ("ambassadors/{applied}/evidence/{record}/withdraw/", {}, {MANAGER}),
    ("ambassadors/{active}/update/", DATED, {MANAGER}),
    ("ambassadors/{active}/meeting/", DATED, {MANAGER}),
    ("ambassadors/{active}/name/", {"name": "Kita Pavardė"}, {MANAGER}),
    ("ambassadors/{active}/renew/", {}, {MANAGER}),
    ("ambassadors/{active}/suspend/", {"why": "CONDUCT"}, {MANAGER, SAFETY}),
    ("board/{case}/for/", {"reason": "Gerai."}, {BOARD}),
    ("board/{case}/against/", {"reason": "Ne."}, {BOARD}),
    ("board/where-i-work/", {"organisation": "MOKYKLA", "since": "2020-01-01"}, {BOARD}),
    ("board/where-i-work/{interest}/end/", {}, {BOARD}),
    ("programme/new/", {"reason": "Kita tvarka", "months": "24"}, {MANAGER}),
    ("programme/{draft}/in-force/", {"decision": "S-9"}, {MANAGER}),
    ("programme/{draft}/criteria/exam/", {"minimum_1": "1", "text_lt": "a", "text_en": "a"}, {MANAGER}),
    ("programme/{draft}/criteria/exam/remove/", {}, {MANAGER}),
    ("sessions/activities/", {}, {MANAGER}),
    ("sessions/{booking}/offer/", {}, {MANAGER}),
    ("sessions/{booking}/decline/", {}, {MANAGER}),
    ("sessions/{accepted}/cancel/", {"why": "OTHER"}, {MANAGER}),
    ("sessions/{contradicted}/clear/", CLEARED, {MANAGER}),
)
"""Each act of the desk, with what makes it succeed, and who may do it at the operator."""
PAGES: tuple[tuple[str, set[str]], ...] = (
    ("ambassadors/{applied}/", {MANAGER, BOARD, SAFETY}),
    ("board/{case}/", {MANAGER, BOARD, SAFETY}),
    ("programme/{draft}/", {MANAGER, BOARD, SAFETY}),
    ("sessions/{booking}/", {MANAGER}),
)


@dataclass
class World:
    """Something of everything, and who owns it."""

    names: dict[str, str]
    owner: Client
    owner_of_applied: Client
    stranger: Client


@pytest.fixture
def world(centre: Centre) -> World:
    who, active = make.listed(centre, at=NOW)
    applicant, applied = make.applied(make.school("Antra (pavyzdys)"), at=NOW, address="jonas@antra.example")
    make.record(centre, applied, "background_check", at=NOW)
    _third, at_board = make.applied(make.school("Trečia (pavyzdys)"), at=NOW, address="ieva@trecia.example")
    make.at_board(centre, at_board, NOW)
    case = open_case_of(at_board)
    interest = board.declare_interest(
        by=centre.actor(BOARD, NOW),
        organisation=make.school("Ketvirta (pavyzdys)"),
        since=date(2020, 1, 1),
        until=None,
        at=NOW,
    )
    draft = versions.begin_version(by=centre.actor(MANAGER, NOW), reason="Griežčiau", months=24, at=NOW)
    day = (NOW + timedelta(days=9)).date()
    asked, accepted, contradicted = (
        make.asked(at=NOW, address=f"h{n}@mokykla.example", day=day) for n in range(3)
    )
    for row, state in ((accepted, "ACCEPTED"), (contradicted, "CONTRADICTED")):
        Booking.objects.filter(pk=row.pk).update(ambassador=active, state=state)
    stranger, secret = joined("kita@kita.example", "Kita Kitaitė", NOW)
    names = {
        "active": active.ref,
        "applied": applied.ref,
        "record": CriterionRecord.objects.get(ambassador=applied, code="background_check").ref,
        "case": case.ref,
        "interest": interest.ref,
        "draft": draft.ref,
        "booking": asked.ref,
        "accepted": accepted.ref,
        "contradicted": contradicted.ref,
        "offer": Offer.objects.get(booking=asked).ref,
    }
    assert stranger.member_id not in (who.member_id, applicant.member_id)
    return World(names, browser_of(_secret_of(who)), browser_of(_secret_of(applicant)), browser_of(secret))


def _secret_of(who: Any) -> str:
    """A session of a member who is known already."""
    link, _browser = link_asked(address_of(who.member), NOW)
    return signin.use_link(by=VISITOR, link=link, device="Firefox, Linux", at=NOW)[1]


def everything() -> list[Any]:
    """What the tables hold, so that nothing can have changed unseen."""
    tables = (
        Ambassador, Case, Certification, Credential, Criterion, CriterionRecord, Interest, Programme,
        RegisterEntry, Booking, Offer, SessionReport, Vote,
    )  # fmt: skip
    return [list(one.objects.order_by("pk").values()) for one in tables]


def refused(client: Client, world: World, *, may: Callable[[set[str]], bool], role: str) -> list[str]:
    """What was answered otherwise than with 404 though it may not be."""
    found = []
    for path, posted, roles in ACTS:
        if not may(roles):
            answer = client.post(DESK + path.format(**world.names), posted)
            found += [f"{role} {path} {answer.status_code}"] if answer.status_code != 404 else []
    for path, roles in PAGES:
        answer = client.get(DESK + path.format(**world.names))
        if (answer.status_code == 200) != may(roles):
            found.append(f"{role} {path} {answer.status_code}")
    return found


def test_every_role_does_at_the_operator_what_is_its_own_and_nothing_else(centre: Centre, world: World):
    before, wrong = everything(), []
    for role in sorted(one for one in centre.people if not one.endswith("_2")):
        client = sign_in(centre, role)
        wrong += refused(client, world, may=lambda roles, role=role: role in roles, role=role)
    assert wrong == [] and everything() == before


@pytest.mark.parametrize("place", ["RRT", "VL", "MOKYKLA"])
def test_the_same_roles_elsewhere_open_nothing(centre: Centre, world: World, place: str):
    """Rows that stand in the database wrongly open nothing either."""
    person = create_person(
        by=CLI, email="kitur@kitur.example", name="Kitur Dirbantė", password=PASSWORD, at=BEGAN
    ).person
    where = Organisation.objects.get(code=place)
    roles = Role.objects.filter(code__in=[MANAGER, BOARD, SAFETY, "AWARENESS_STATISTICIAN"])
    Membership.objects.bulk_create(
        Membership(person=person, organisation=where, role=role, zones=[], valid_from=where.valid_from)
        for role in roles
    )
    client = Client()
    client.cookies.load(begin_session(Person.objects.get(pk=person.pk), None)[0])
    before = everything()
    assert refused(client, world, may=lambda _roles: False, role=place) == []
    assert everything() == before


def test_members_and_visitors_reach_nothing_of_the_desk(world: World):
    before = everything()
    for client in (Client(), world.owner, world.stranger):
        for path, posted, _roles in ACTS:
            answer = client.post(DESK + path.format(**world.names), posted)
            assert answer.status_code == 302 and "/signin" in answer.url, path
    assert everything() == before


def own_addresses(world: World) -> dict[str, str]:
    """The addresses of My Sauga, whatever they are called in Lithuanian."""
    with translation.override("lt"):
        return {
            "answer": reverse("certification-answer", args=[world.names["offer"]]),
            "session": reverse("certification-my-session", args=[world.names["accepted"]]),
            "cancel": reverse("certification-my-session-cancel", args=[world.names["accepted"]]),
            "withdraw": reverse("certification-withdraw", args=[world.names["applied"]]),
            "ask-employer": reverse("certification-ask-employer", args=[world.names["applied"]]),
            "appeal": reverse("certification-appeal", args=[world.names["active"]]),
        }


def test_what_is_one_s_own_is_nobody_else_s(centre: Centre, world: World):
    posted = {"accept": "1", "heads_grades_5_8": "20", "why": "OTHER", "words": "Prašau."}
    before = everything()
    for name, address in own_addresses(world).items():
        others = [
            world.stranger,
            world.owner if name in ("withdraw", "ask-employer") else world.owner_of_applied,
        ]
        for client in others:
            assert client.post(address, posted).status_code in (404, 302), name
        for client in (Client(), sign_in(centre, MANAGER)):
            answer = client.post(address, posted)
            assert answer.status_code == 302 and "/mano/" in answer.url, name
    assert everything() == before


def test_a_colleague_s_vote_is_refused_by_request(centre: Centre, world: World):
    employer = Organisation.objects.get(pk=_workplace_of_case(world))
    board.declare_interest(
        by=centre.actor(BOARD, NOW), organisation=employer, since=date(2020, 1, 1), until=None, at=NOW
    )
    desk, path = sign_in(centre, BOARD), f"{DESK}board/{world.names['case']}/for/"
    answer = desk.post(path, {"reason": "Gerai."})
    assert (
        answer.status_code in (409, 422) and not Vote.objects.filter(case__ref=world.names["case"]).exists()
    )


def _workplace_of_case(world: World) -> int:
    case = Case.objects.get(ref=world.names["case"])
    found: int = case.ambassador.workplaces.get().organisation_id
    return found


def test_nobody_signed_in_confirms_a_session_through_another_s_link(centre: Centre, world: World):
    """The link is the host's: who holds none gets the same answer, signed in or not."""
    for client in (Client(), world.owner, world.stranger, sign_in(centre, MANAGER)):
        for path in ("", "pranesimas/", "session.ics"):
            page = f"/lt/ambasadoriai/uzsiemimas/{world.names['contradicted']}/{path}"
            assert client.post(page, CLEARED).status_code in (404, 405, 410)
    assert not SessionReport.objects.exists()
    assert links.booking_by(world.names["contradicted"]) is None


@pytest.mark.parametrize("form", ["apply", "profile", "desk", "request"])
def test_no_form_takes_a_file(centre: Centre, world: World, form: str):
    paper = SimpleUploadedFile("israsas.pdf", b"%PDF-1.7 extract")
    client, path = {
        "apply": (world.stranger, "/lt/mano/ambasadorius/paraiska/"),
        "profile": (world.owner, "/lt/mano/ambasadorius/profilis/"),
        "desk": (sign_in(centre, MANAGER), f"{DESK}ambassadors/{world.names['applied']}/exam/"),
        "request": (Client(), "/lt/ambasadoriai/prasyti/"),
    }[form]
    before = everything()
    assert client.post(path, {"amount": "90", **DATED, "extract": paper}).status_code in (400, 404, 413, 422)
    assert everything() == before


def test_a_suspended_ambassador_reaches_no_school(centre: Centre, world: World):
    row = Ambassador.objects.get(ref=world.names["active"])
    suspensions.suspend(by=centre.actor(SAFETY, NOW), ambassador=row, why="SAFEGUARDING", at=NOW)
    own = own_addresses(world)
    assert world.owner.post(own["answer"], {"accept": "1"}).status_code in (302, 422)
    assert Booking.objects.get(ref=world.names["booking"]).ambassador is None
    assert Client().get(f"/lt/ambasadoriai/zmogus/{row.ref}/").status_code == 404

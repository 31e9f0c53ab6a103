"""Who acts for which organisation: who may decide, at the member site and at the desk, by direct requests."""

import pytest
from django.test import Client
from factories.members import acts_for, browser_of, joined
from factories.people import hire, make_organisation, sign_in

from sauga.kernel import clock
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused, person_actor
from sauga.kernel.members import queries
from sauga.kernel.members.actions import consents, representations
from sauga.kernel.members.models import Representation
from sauga.kernel.members.my_sauga.entries import COLLEAGUES
from sauga.kernel.states import MoveNotAllowed
from tests.structure import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def school(db):
    return make_organisation("school")


@pytest.fixture
def library(db):
    return make_organisation("library")


def asks(who, organisation=None, name="") -> Representation:
    return representations.ask_to_represent(
        by=who,
        organisation=organisation,
        asked_name=name,
        purpose="Runs the reading room.",
        wants_partner=False,
        at=clock.now(),
    )


def decide(browser: Client, row: Representation, what: str, **more: str):
    return browser.post(f"/en/my/organisations/{row.ref}/decide/", {what: "1", **more})


def test_a_member_asks_and_a_colleague_confirms(ona, jonas, school, onas_browser):
    acts_for(ona[0], school)
    his = browser_of(jonas[1])
    given = {"organisation": "  partner SCHOOL ", "purpose": "Teaches informatics."}
    assert his.post("/en/my/organisations/ask/", given).headers["Location"].endswith("?done=asked")
    row = Representation.objects.get(member_id=jonas[0].member_id)
    assert "waiting for confirmation since" in his.get("/en/my/organisations/").content.decode()
    page = onas_browser.get("/en/my/organisations/").content.decode()
    assert "Jonas Pavyzdys" in page and "Teaches informatics." in page and structure(page) == []
    assert "A colleague asks to act for Partner school" in onas_browser.get("/en/my/").content.decode()
    assert decide(onas_browser, row, "confirm").headers["Location"].endswith("?done=confirmed")
    assert list(queries.organisations_of(jonas[0].member_id).values()) == [school]


@pytest.mark.parametrize("what", ["confirm", "refuse", "end"])
def test_nobody_else_decides(ona, jonas, school, library, what):
    row = asks(jonas[0], school)
    strangers = joined("kita@mokykla.example", "Kita Pavyzdė")
    acts_for(strangers[0], library)
    for secret in (
        ona[1],
        strangers[1],
        jonas[1],
    ):  # a stranger, one of another organisation, the own request
        assert decide(browser_of(secret), row, what, reason="OTHER").status_code == 404
    row.refresh_from_db()
    assert row.state == "ASKED"
    for by in (ona[0], strangers[0], jonas[0]):
        with pytest.raises(PermissionRefused):
            representations.confirm_representation(by=by, representation=row, at=clock.now())
        with pytest.raises(PermissionRefused):
            representations.refuse_representation(by=by, representation=row, reason="OTHER", at=clock.now())


def test_a_request_is_withdrawn_and_a_representation_ended_by_the_member_alone(
    ona, jonas, school, onas_browser
):
    row = asks(ona[0], school)
    assert decide(browser_of(jonas[1]), row, "withdraw").status_code == 404
    with pytest.raises(PermissionRefused):
        representations.withdraw_request(by=jonas[0], representation=row, at=clock.now())
    assert decide(onas_browser, row, "withdraw").status_code == 302
    again = acts_for(ona[0], school)
    assert decide(onas_browser, again, "leave").status_code == 302
    again.refresh_from_db()
    assert again.state == "ENDED"
    assert decide(onas_browser, again, "leave").status_code == 422  # it is over already
    assert queries.organisations_of(ona[0].member_id) == {}


def test_a_colleague_ends_what_is_confirmed(ona, jonas, school, onas_browser):
    acts_for(ona[0], school)
    his = acts_for(jonas[0], school)
    assert decide(onas_browser, his, "end").status_code == 302
    assert queries.organisations_of(jonas[0].member_id) == {}


def test_colleagues_see_a_name_only_with_consent(ona, jonas, school, onas_browser):
    acts_for(ona[0], school)
    acts_for(jonas[0], school)
    assert "Jonas" not in onas_browser.get("/en/my/organisations/").content.decode()
    consents.give_consent(by=jonas[0], purpose=COLLEAGUES, version=1, at=clock.now())
    assert "Jonas Pavyzdys" in onas_browser.get("/en/my/organisations/").content.decode()
    page = browser_of(jonas[1]).get("/en/my/consents/").content.decode()
    assert "1 colleague no longer sees your name" in page
    consents.withdraw_consent(by=jonas[0], purpose=COLLEAGUES, at=clock.now())
    assert "Jonas" not in onas_browser.get("/en/my/organisations/").content.decode()


def test_what_is_asked_must_be_an_organisation_that_exists(ona, school):
    with pytest.raises(representations.OrganisationMissing):
        asks(ona[0])
    asks(ona[0], school)
    with pytest.raises(representations.AlreadyAsked):
        asks(ona[0], school)
    for number in range(representations.MOST_OPEN - 1):
        asks(ona[0], name=f"School {number}")
    with pytest.raises(representations.TooManyRequests):
        asks(ona[0], name="One more")
    page = browser_of(joined("ona@mokykla.example", name="")[1]).post(
        "/en/my/organisations/ask/", {"purpose": "x", "organisation": "partner school"}
    )
    assert page.status_code == 422 and "error-summary" in page.content.decode()


@pytest.fixture
def at_desk(db):
    client = Client()
    sign_in(client, hire("Ieva Pavyzdė", "COORDINATOR"))
    return client


def test_staff_confirm_and_name_the_organisation_that_was_written(at_desk, ona, school):
    row = asks(ona[0], name="Sample school of the seaside")
    page = at_desk.get("/desk/members/").content.decode()
    assert "Ona Pavyzdė" in page and "Sample school of the seaside" in page
    page = at_desk.get(f"/desk/members/{row.ref}/").content.decode()
    assert "ona@mokykla.example" in page and "Runs the reading room." in page
    assert at_desk.post(f"/desk/members/{row.ref}/confirm/", {"organisation": ""}).status_code == 422
    assert at_desk.post(f"/desk/members/{row.ref}/confirm/", {"organisation": "school"}).status_code == 302
    assert list(queries.organisations_of(ona[0].member_id).values()) == [school]
    line = TrailLine.objects.filter(action="member:representation:confirmed").get()
    assert line.facts == {"organisation": "school"}
    assert at_desk.post(f"/desk/members/{row.ref}/end/").status_code == 302


def test_staff_refuse_with_a_reason_that_the_member_reads(at_desk, ona, onas_browser, school):
    row = asks(ona[0], school)
    assert at_desk.post(f"/desk/members/{row.ref}/refuse/", {"reason": "x"}).status_code == 422
    assert at_desk.post(f"/desk/members/{row.ref}/refuse/", {"reason": "NOT_KNOWN"}).status_code == 302
    assert "does not know this person" in onas_browser.get("/en/my/organisations/").content.decode()
    with pytest.raises(MoveNotAllowed):
        representations.confirm_representation(
            by=person_actor_of("COORDINATOR"), representation=row, at=clock.now()
        )


def person_actor_of(role: str):
    return person_actor(hire("Kita Pavyzdė", role).person, clock.now())


@pytest.mark.parametrize("role", ["", "ADMINISTRATOR", "ANALYST"])
def test_other_staff_see_and_decide_nothing(ona, school, role):
    row = asks(ona[0], school)
    client = Client()
    sign_in(client, hire("Asmuo Pavyzdys", role))
    assert client.get("/desk/members/").status_code == 404
    assert client.get(f"/desk/members/{row.ref}/").status_code == 404
    assert client.post(f"/desk/members/{row.ref}/confirm/", {"organisation": ""}).status_code == 404
    with pytest.raises(PermissionRefused):
        representations.refuse_representation(
            by=person_actor_of(role), representation=row, reason="OTHER", at=clock.now()
        )


def test_the_list_asks_as_many_questions_for_three_as_for_one(
    at_desk, ona, jonas, school, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asks(ona[0], school)
    at_desk.get("/desk/members/")
    with CaptureQueriesContext(connection) as one:
        at_desk.get("/desk/members/")
    asks(jonas[0], school)
    asks(jonas[0], name="Another")
    with CaptureQueriesContext(connection) as three:
        at_desk.get("/desk/members/")
    assert len(one) == len(three)

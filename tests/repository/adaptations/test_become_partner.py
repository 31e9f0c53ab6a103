"""*Adapt* on a public resource leads outsiders to becoming a partner and editors of a partner to the desk."""

import pytest
from django.test import Client
from factories.adaptations import live, school
from factories.members import acts_for, browser_of, joined
from factories.people import make_organisation

from sauga.kernel.members.models import Representation
from sauga.kernel.organisations.models import Organisation
from tests.centre import centre, sign_in  # noqa: F401  a fixture
from tests.structure import structure

pytestmark = pytest.mark.django_db


@pytest.fixture
def lesson(centre):
    return live(centre, title={"lt": "Pamoka apie pokalbius", "en": "A lesson about chats"})


def test_the_button_of_a_resource_leads_to_the_member_site(centre, lesson):
    visitor = Client()
    page = visitor.get(f"/en/resources/{lesson.slug_en}/").content.decode()
    assert f'href="/en/my/adapt/{lesson.ref}/"' in page and "/desk/" not in page
    answer = visitor.get(f"/en/my/adapt/{lesson.ref}/")
    shown = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    assert "A lesson about chats" in shown and "Become a partner" in shown
    assert f"/desk/repository/own/new/{lesson.ref}/" in shown and structure(shown) == []
    assert visitor.get(f"/lt/mano/pritaikyti/{lesson.ref}/").status_code == 200
    assert visitor.get("/en/my/adapt/0000-0000/").status_code == 404


def test_an_outsider_asks_to_become_a_partner_and_staff_who_manage_partners_decide(centre, lesson):
    visitor = Client()
    asking = visitor.get("/en/my/organisations/ask/?partner")
    assert "next=%2Fen%2Fmy%2Forganisations%2Fask%2F%3Fpartner" in asking.headers["Location"]
    _who, secret = joined()
    browser = browser_of(secret)
    assert "Become a partner" in browser.get("/en/my/organisations/ask/?partner").content.decode()
    given = {"partner": "1", "organisation": "Library of the dunes", "purpose": "A lesson for parents."}
    assert browser.post("/en/my/organisations/ask/", given).status_code == 302
    row = Representation.objects.get()
    assert row.wants_partner
    manager = sign_in(centre, "PARTNER_MANAGER")
    assert "Library of the dunes" in manager.get("/desk/members/").content.decode()
    library = make_organisation("library")
    answer = manager.post(f"/desk/members/{row.ref}/confirm/", {"organisation": "library"})
    assert answer.status_code == 302
    assert (
        "Your organisation is not a partner yet."
        in browser.get(f"/en/my/adapt/{lesson.ref}/").content.decode()
    )
    assert Representation.objects.get().organisation == library
    assert sign_in(centre, "EDITOR").get("/desk/members/").status_code == 404


def test_a_member_of_a_partner_reads_that_its_editors_work_at_the_desk(centre, lesson):
    partner = school(centre)
    who, secret = joined()
    acts_for(who, Organisation.objects.get(pk=partner.house_id))
    page = browser_of(secret).get(f"/en/my/adapt/{lesson.ref}/").content.decode()
    assert "is a partner already" in page and "Become a partner" not in page

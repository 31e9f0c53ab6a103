"""*Adapt* on a public resource leads members of a partner to a new adaptation and everybody else to becoming
a partner; staff who confirm such a request make the organisation one by that act.
"""

import pytest
from django.test import Client
from factories.adaptations import editor_browser, elsewhere, live, school
from factories.members import SETUP, acts_for, browser_of, joined
from factories.people import make_organisation
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.actions import representations
from sauga.kernel.members.models import Representation
from sauga.repository.adaptations.actions import partners
from sauga.repository.adaptations.models import Partner
from tests.centre import AT, centre, sign_in  # noqa: F401  a fixture
from tests.structure import structure

pytestmark = pytest.mark.django_db
SENT, PARTNER, NO_PARTNER = ANSWERS = (
    "members.send_decision",
    "members.send_partner",
    "members.send_no_partner",
)
ASK = "/en/my/organisations/ask/"
PARTNERS = "/desk/repository/partners/"


@pytest.fixture
def lesson(centre):
    return live(centre, title={"lt": "Pamoka apie pokalbius", "en": "A lesson about chats"})


@pytest.fixture
def rasa(db):
    """A member: the actor and a signed-in browser."""
    who, secret = joined("rasa@biblioteka.example", "Rasa Pavyzdė")
    return who, browser_of(secret)


def mails() -> list[str]:
    """The answers to members that are queued, in order."""
    jobs = ProcrastinateJob.objects.filter(task_name__in=ANSWERS).order_by("pk")
    return [str(name) for name in jobs.values_list("task_name", flat=True)]


def test_the_button_of_a_resource_leads_to_the_member_site(centre, lesson):
    visitor = Client()
    page = visitor.get(f"/en/resources/{lesson.slug_en}/").content.decode()
    assert f'href="/en/my/adapt/{lesson.ref}/"' in page and "/desk/" not in page
    answer = visitor.get(f"/en/my/adapt/{lesson.ref}/")
    shown = answer.content.decode()
    assert answer.status_code == 200 and not answer.cookies
    assert "A lesson about chats" in shown and "Become a partner" in shown
    assert "/desk/" not in shown and structure(shown) == []
    assert "/en/my/sign-in/?next=%2Fen%2Fmy%2Forganisations%2Fask%2F%3Fpartner" in shown
    assert f"/en/my/sign-in/?next=%2Fen%2Fmy%2Fadapt%2F{lesson.ref}%2F" in shown
    assert visitor.get(f"/lt/mano/pritaikyti/{lesson.ref}/").status_code == 200
    assert visitor.get("/en/my/adapt/0000-0000/").status_code == 404


def test_staff_who_manage_partners_make_an_organisation_one_by_confirming(centre, lesson, rasa):
    _who, browser = rasa
    assert "Become a partner" in browser.get(f"{ASK}?partner").content.decode()
    given = {"partner": "1", "organisation": "Library of the dunes", "purpose": "A lesson for parents."}
    assert browser.post(ASK, given).status_code == 302
    row = Representation.objects.get()
    manager = sign_in(centre, "PARTNER_MANAGER")
    assert "Library of the dunes" in manager.get("/desk/members/").content.decode()
    library = make_organisation("library")
    assert manager.post(f"/desk/members/{row.ref}/confirm/", {"organisation": "library"}).status_code == 302
    partner = Partner.objects.get()
    assert (partner.registered_as, partner.left_at) == (library, None)
    assert mails() == [PARTNER] and not Representation.objects.get().wants_partner
    page = browser.get(f"/en/my/adapt/{lesson.ref}/").content.decode()
    assert "is a partner, and you act for it" in page and "Become a partner" not in page
    assert browser.get(f"/en/my/adaptations/new/{lesson.ref}/").status_code == 200
    assert sign_in(centre, "EDITOR").get("/desk/members/").status_code == 404


def test_staff_confirm_the_person_alone_where_the_organisation_is_no_partner(centre, rasa):
    who, _browser = rasa
    library = make_organisation("library")
    row = representations.ask_to_represent(
        by=who, organisation=library, asked_name="", purpose="x", wants_partner=True, at=clock.now()
    )
    manager = sign_in(centre, "PARTNER_MANAGER")
    answer = manager.post(f"/desk/members/{row.ref}/confirm/", {"organisation": "", "only_person": "on"})
    row.refresh_from_db()
    assert (answer.status_code, row.state, row.wants_partner) == (302, "CONFIRMED", False)
    assert not Partner.objects.exists() and mails() == [SENT]
    assert "data-asking" not in manager.get(PARTNERS).content.decode()


def test_a_colleague_or_coordinator_who_confirms_leaves_the_request_to_them(centre, rasa):
    who, browser = rasa
    library = make_organisation("library")
    colleague = joined("jonas@biblioteka.example", "Jonas Pavyzdys")[0]
    acts_for(colleague, library)
    row = representations.ask_to_represent(
        by=who,
        organisation=library,
        asked_name="",
        purpose="A lesson.",
        wants_partner=True,
        at=clock.now(),
    )
    representations.confirm_representation(by=colleague, representation=row, at=clock.now())
    assert mails() == [SENT, SENT] and not Partner.objects.exists()
    shown = browser.get("/en/my/adaptations/").content.decode()
    assert "You have asked for it to become one" in shown and "Ask for it to become one" not in shown
    manager = sign_in(centre, "PARTNER_MANAGER")
    page = manager.get(PARTNERS).content.decode()
    assert "data-asking" in page and "Rasa Pavyzdė" in page and "A lesson." in page
    address = f"{PARTNERS}requests/{library.code}/"
    assert sign_in(centre, "EDITOR").post(address, {"do": "accept"}).status_code == 404
    assert manager.post(address, {"do": "accept"}).status_code == 302
    assert Partner.objects.get().registered_as == library and mails() == [SENT, SENT, PARTNER]
    assert "data-asking" not in manager.get(PARTNERS).content.decode()
    assert manager.post(address, {"do": "accept"}).status_code == 404


def test_whoever_acts_for_an_organisation_already_asks_by_the_same_form(centre, rasa):
    who, browser = rasa
    place = elsewhere()
    acts_for(who, place)
    shown = browser.get("/en/my/adaptations/").content.decode()
    assert "Ask for it to become one" in shown and f'href="{ASK}?partner"' in shown
    given = {"organisation": "Kita mokykla", "purpose": "Leaflets for parents."}
    assert browser.post(ASK, given).status_code == 422  # acts for it already, and asks for nothing else
    assert browser.post(ASK, {**given, "partner": "1"}).status_code == 302
    assert browser.post(ASK, {**given, "partner": "1"}).status_code == 422
    assert Representation.objects.get().wants_partner and mails() == [SENT]
    manager = sign_in(centre, "PARTNER_MANAGER")
    assert "Leaflets for parents." in manager.get(PARTNERS).content.decode()
    assert manager.post(f"{PARTNERS}requests/{place.code}/", {"do": "decline"}).status_code == 302
    assert mails() == [SENT, NO_PARTNER] and not Partner.objects.exists()
    assert browser.post(ASK, {**given, "partner": "1"}).status_code == 302  # may ask again


def test_a_former_partner_that_asks_becomes_one_again(centre, rasa):
    who, _browser = rasa
    partner, manager = school(centre), centre.actor("PARTNER_MANAGER")
    partners.end_partnership(by=manager, partner=partner, at=AT)
    row = representations.ask_to_represent(
        by=who,
        organisation=partner.registered_as,
        asked_name="",
        purpose="x",
        wants_partner=True,
        at=clock.now(),
    )
    representations.confirm_representation(by=manager, representation=row, at=clock.now())
    partner = Partner.objects.get()
    assert partner.left_at is None and partner.terms_accepted_at is None


def test_only_staff_who_manage_partners_answer(centre, rasa):
    who, _browser = rasa
    place = elsewhere()
    acts_for(who, place)
    row = Representation.objects.get()
    representations.request_partnership(by=who, representation=row, purpose="x", at=clock.now())
    for by in (
        who,
        SETUP,
        *(centre.actor(role) for role in ("EDITOR", "PUBLISHER", "AWARENESS_STATISTICIAN")),
    ):
        with pytest.raises(PermissionRefused):
            partners.accept_partner(by=by, organisation=place, at=AT)
        with pytest.raises(PermissionRefused):
            partners.decline_partner(by=by, organisation=place, at=AT)
    with pytest.raises(PermissionRefused):
        representations.request_partnership(by=joined()[0], representation=row, purpose="x", at=clock.now())
    manager = centre.actor("PARTNER_MANAGER")
    partners.decline_partner(by=manager, organisation=place, at=AT)
    with pytest.raises(partners.NothingAsked):
        partners.decline_partner(by=manager, organisation=place, at=AT)


def test_a_member_of_a_partner_is_led_to_a_new_adaptation(centre, lesson):
    school(centre)
    page = editor_browser().get(f"/en/my/adapt/{lesson.ref}/").content.decode()
    assert f'href="/en/my/adaptations/new/{lesson.ref}/"' in page and "Become a partner" not in page

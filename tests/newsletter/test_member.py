"""The newsletter on the member site: one's own address, its copy, its deletion; never for children."""

from datetime import date

import pytest
from factories.members import born_in, browser_of, joined
from factories.newsletter import NOW, subscribed

from sauga.kernel.members.actions import account
from sauga.kernel.members.models import Member
from sauga.kernel.members.my_data import holdings
from sauga.newsletter.actions import subscriptions
from sauga.newsletter.models import Subscription

pytestmark = pytest.mark.django_db
PAGE = "/en/my/newsletter/"


@pytest.fixture
def ona(db):
    return joined("ona@mokykla.example", "Ona Pavyzdė")


def test_a_member_subscribes_changes_and_ends_without_a_mail(ona):
    browser = browser_of(ona[1])
    page = browser.get(PAGE)
    assert page.status_code == 200 and "ona@mokykla.example" in page.text
    assert browser.post(PAGE, {"language": "xx", "lists": ["teachers"]}).status_code == 422
    assert browser.post(PAGE, {"language": "en", "lists": ["teachers"]}).url == f"{PAGE}?done=saved"
    held = Subscription.objects.get()
    assert (held.language, held.lists) == ("en", ["teachers"])
    browser.post(PAGE, {"language": "lt", "lists": ["seniors"]})
    held.refresh_from_db()
    assert (held.language, held.lists) == ("lt", ["seniors"])
    browser.post(PAGE, {"language": "lt"})
    assert not Subscription.objects.exists()
    assert browser.post(PAGE, {"language": "lt"}).status_code == 302


def test_a_subscription_made_without_the_account_is_the_same(ona):
    subscribed("ona@mokykla.example")
    assert "We send it to ona@mokykla.example" in browser_of(ona[1]).get(PAGE).text
    [holding] = [one for one in holdings.every() if one.code == "newsletter"]
    assert holding.export(ona[0].member, NOW)["lists"] == ["general_public"]
    account.delete_account(by=ona[0], at=NOW)
    assert not Subscription.objects.exists()


def test_young_members_have_no_such_page(ona):
    born_in(ona[0].member, date(2012, 3, 1))
    assert browser_of(ona[1]).get(PAGE).status_code == 404
    from sauga.kernel.members.actors import member_actor

    young = member_actor(Member.objects.get(), NOW)
    with pytest.raises(subscriptions.TooYoung):
        subscriptions.choose_as_member(
            by=young, address="ona@mokykla.example", language="lt", lists=["seniors"], at=NOW
        )


def test_visitors_sign_in_first(client):
    assert client.get(PAGE).status_code == 302


def test_my_data_says_in_words_what_the_file_says_for_programs(ona):
    subscribed("ona@mokykla.example")
    page = browser_of(ona[1]).get("/lt/mano/duomenys/").text
    assert "Centro naujienos" in page and "confirmed_at" not in page and "general_public" not in page

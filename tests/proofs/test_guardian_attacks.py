"""Attacks on the consents of guardians: a forged link, the link of another kind, another child's, one that
ended; a consent replayed, sent by the child, or standing after it was withdrawn; a second guardian."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.db import IntegrityError, transaction
from django.test import Client
from factories.members import born_in
from kernel.members.test_consents import (
    PANEL,
    PHOTOS,
    TAKE_PART,
    invited,
    member_of,
    purposes,  # noqa: F401  a fixture
    signed_in,
)

from sauga.kernel import clock
from sauga.kernel.members import links, queries
from sauga.kernel.members.actions import account, consents
from sauga.kernel.members.models import Consent, Guardian, Member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("purposes")]
AGREED = {"purpose": TAKE_PART, "version": "1"}


def path_of(guardian: Guardian) -> str:
    return urlsplit(links.guardian_address(guardian)).path


def counts(child: Member) -> bool:
    return queries.has_consented(child, TAKE_PART, clock.now())


def another_child() -> Member:
    when = clock.now()
    return consents.invite_young_member(
        by=PANEL,
        address="kitas@mokykla.example",
        name="Liepa Pavyzdė",
        birth_month=(when - timedelta(days=12 * 366)).date(),
        guardian_address="kita@pastas.example",
        language="lt",
        purpose=TAKE_PART,
        at=when,
    )


def test_a_link_that_was_not_signed_for_guardians_opens_nothing():
    child = invited(11)
    ref, token = child.guardian.ref, links.guardian_address(child.guardian).rsplit("/", 2)[1]
    forged = {
        "no signature": ref,
        "an empty signature": f"{ref}:",
        "another key": signing.Signer(key="x" * 50, salt=links.GUARDIAN).sign(ref),
        "a link that signs in": signing.Signer(salt=links.SIGN_IN).sign(ref),
        "the guardian of a registration": signing.Signer(salt="events.guardian").sign(ref),
        "the account instead": signing.Signer(salt=links.GUARDIAN).sign(child.ref),
        "a letter changed": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "a reference changed": ("A" if token[0] != "A" else "B") + token[1:],
    }
    for name, given in forged.items():
        path = path_of(child.guardian).replace(token, given)
        for answer in (Client().get(path), Client().post(path, AGREED), Client().post(path, {"refuse": "1"})):
            assert answer.status_code == 404, name
    assert not Consent.objects.exists()


def test_the_link_of_one_child_changes_nothing_of_another():
    """Whatever else the message names: the child is that of the link."""
    child, other = invited(11), another_child()
    consents.give_consent(by=member_of(other), purpose=TAKE_PART, version=1, at=clock.now())
    asked = {"member": other.ref, "guardian": other.guardian.ref, "token": path_of(other.guardian)}
    assert Client().post(path_of(child.guardian), AGREED | asked).status_code == 302
    assert not counts(other) and Consent.objects.get(given_by="GUARDIAN").member_id == child.pk
    Client().post(path_of(other.guardian), AGREED)
    assert counts(other)
    for pressed in ({"withdraw": "1"}, {"withdraw_all": "1"}, {"refuse": "1"}):
        Client().post(path_of(child.guardian), AGREED | asked | pressed)
    assert counts(other)
    other.guardian.refresh_from_db()
    assert other.guardian.refused == {}


def test_a_child_does_not_agree_for_its_guardian():
    child = invited(11)
    browser = signed_in(child)
    for more in ({}, {"given_by": "GUARDIAN", "party": "GUARDIAN", "guardian": child.guardian.ref}):
        browser.post("/lt/mano/sutikimai/", AGREED | more)
    assert {one.given_by for one in Consent.objects.all()} == {"SELF"} and not counts(child)
    page = browser.get("/lt/mano/").content.decode() + browser.get("/lt/mano/sutikimai/").content.decode()
    assert child.guardian.ref not in page and "globeja@pastas.example" not in page


def test_a_replayed_consent_is_one_and_a_later_no_stands_against_an_open_page():
    """Sent ten times it is one row. After a withdrawal only a new press of the guardian counts, with a row of
    its own: the first keeps when it ended."""
    child, parent = invited(11), Client()
    path = path_of(child.guardian)
    consents.give_consent(by=member_of(child), purpose=TAKE_PART, version=1, at=clock.now())
    for _again in range(10):
        parent.post(path, AGREED)
    assert Consent.objects.filter(given_by="GUARDIAN").count() == 1 and counts(child)
    for _again in range(2):
        parent.post(path, AGREED | {"withdraw": "1"})
        assert not counts(child)
    signed_in(child).post("/lt/mano/sutikimai/", AGREED)  # the child alone does not bring it back
    assert not counts(child)
    parent.post(path, AGREED)
    rows = Consent.objects.filter(given_by="GUARDIAN").order_by("pk")
    assert [row.withdrawn_at is None for row in rows] == [False, True] and counts(child)
    for version in ("0", "2", "-1", "1e0", "", "9" * 400):
        assert parent.post(path, {"purpose": TAKE_PART, "version": version}).status_code == 422, version


def test_a_no_is_taken_back_by_the_guardian_alone():
    child, parent = invited(11), Client()
    path = path_of(child.guardian)
    parent.post(path, AGREED | {"refuse": "1"})
    signed_in(child).post("/lt/mano/sutikimai/", AGREED)
    child.guardian.refresh_from_db()
    assert TAKE_PART in child.guardian.refused and not counts(child)
    parent.post(path, AGREED)
    child.guardian.refresh_from_db()
    assert child.guardian.refused == {} and counts(child)


def test_a_link_ends_with_its_year_and_with_the_account():
    child = invited(11)
    path = path_of(child.guardian)
    Guardian.objects.update(expires_at=clock.now() - timedelta(seconds=1))
    assert Client().get(path).status_code == Client().post(path, AGREED).status_code == 404
    Guardian.objects.update(expires_at=clock.now() + timedelta(days=1))
    assert Client().get(path).status_code == 200
    account.delete_account(by=member_of(child), at=clock.now())
    assert Client().get(path).status_code == Client().post(path, AGREED).status_code == 404
    assert not Consent.objects.exists() and not Guardian.objects.exists()


def test_after_the_fourteenth_birthday_the_guardian_decides_about_photographs_alone():
    grown = another_child()
    born_in(grown, clock.now().date().replace(day=1) - timedelta(days=366 * 15))
    parent = Client()
    assert parent.post(path_of(grown.guardian), AGREED).status_code == 404
    assert parent.post(path_of(grown.guardian), AGREED | {"refuse": "1"}).status_code == 404
    assert parent.post(path_of(grown.guardian), {"purpose": PHOTOS, "version": "1"}).status_code == 302
    assert not Consent.objects.filter(member=grown, purpose=TAKE_PART).exists()


def test_there_is_one_guardian_and_another_address_does_not_join():
    """A second one cannot be stored; asking again goes to the first, whose link stays the same."""
    child = invited(11)
    path = path_of(child.guardian)
    with pytest.raises(IntegrityError), transaction.atomic():
        Guardian.objects.create(
            ref="another", member=child, address=b"", language="lt", expires_at=clock.now()
        )
    with pytest.raises(consents.AddressTaken):
        invited(11)
    assert Guardian.objects.count() == 1
    assert consents.ask_guardian(by=PANEL, member=child, at=clock.now())
    assert path_of(Guardian.objects.get()) == path and Client().get(path).status_code == 200


def test_another_site_does_not_press_the_button_of_a_guardian():
    child, browser = invited(11), Client(enforce_csrf_checks=True)
    browser.get(path_of(child.guardian))
    answer = browser.post(path_of(child.guardian), AGREED, headers={"Origin": "https://evil.example"})
    assert answer.status_code == 403 and not Consent.objects.exists()
    page = browser.get(path_of(child.guardian))
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "no-store" in page.headers["Cache-Control"]

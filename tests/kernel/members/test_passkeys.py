"""Passkeys of members, with an authenticator in software: the whole ceremony, and what must be refused."""

import pytest
from django.test import Client
from factories.members import browser_of
from factories.people import hire
from factories.people import sign_in as sign_in_staff
from kernel.identity.test_passkeys import Device
from kernel.identity.test_passkeys import enrol as enrol_staff

from sauga.kernel import clock
from sauga.kernel.members import protection
from sauga.kernel.members.actions import account, passkeys
from sauga.kernel.members.models import MemberPasskey, MemberSession

pytestmark = pytest.mark.django_db
SIGN_IN, NEW = "/en/my/sign-in/passkey/", "/en/my/account/passkey/"


def options_of(client: Client, path: str) -> dict:
    return client.get(path).json()["publicKey"]


@pytest.fixture
def phone(onas_browser) -> Device:
    """Ona's phone, added while she is signed in."""
    device = Device()
    answer = device.make(options_of(onas_browser, NEW))
    assert onas_browser.post(NEW, {"name": "my phone", "answer": answer}).status_code == 302
    return device


def test_a_passkey_signs_in_without_a_mail(ona, phone, onas_browser):
    assert "my phone" in onas_browser.get("/en/my/account/").content.decode()
    elsewhere = Client()
    answer = phone.confirm(options_of(elsewhere, SIGN_IN))
    entered = elsewhere.post(SIGN_IN, {"answer": answer, "next": "/en/my/data/"})
    assert entered.headers["Location"] == "/en/my/data/"
    assert "ona@mokykla.example" in elsewhere.get("/en/my/data/").content.decode()
    assert MemberSession.objects.get(method="passkey").member_id == ona[0].member_id


def test_an_answer_works_once_also_in_another_browser(phone):
    first, second = Client(), Client()
    answer = phone.confirm(options_of(first, SIGN_IN))
    second.cookies.load({name: morsel.value for name, morsel in first.cookies.items()})
    assert first.post(SIGN_IN, {"answer": answer}).status_code == 302
    for browser in (first, second):
        assert browser.post(SIGN_IN, {"answer": answer}).status_code == 200
    assert second.get("/en/my/").status_code == 302


@pytest.mark.parametrize("origin", ["https://evil.example", "http://localhost.evil.example"])
def test_an_answer_made_at_another_site_is_refused(phone, origin):
    phone.origin, elsewhere = origin, Client()
    answer = phone.confirm(options_of(elsewhere, SIGN_IN))
    page = elsewhere.post(SIGN_IN, {"answer": answer})
    assert page.status_code == 200 and "did not confirm" in page.content.decode()
    assert elsewhere.get("/en/my/").status_code == 302


def test_touch_without_fingerprint_is_no_sign_in(phone):
    elsewhere = Client()
    answer = phone.confirm(options_of(elsewhere, SIGN_IN), flags=0x01)
    assert elsewhere.post(SIGN_IN, {"answer": answer}).status_code == 200


@pytest.mark.parametrize("answer", ["", "{}", "[]", "x" * 30_000, "[" * 5_000, '{"id": 1}'])
def test_what_is_no_answer_is_refused(db, answer):
    client = Client()
    options_of(client, SIGN_IN)
    assert client.post(SIGN_IN, {"answer": answer}).status_code == 200
    assert Client().post(SIGN_IN, {"answer": answer}).status_code == 200  # nor without a challenge


def test_a_passkey_of_staff_does_not_sign_in_a_member_and_the_other_way_round(phone):
    desk = Client()
    sign_in_staff(desk, hire("Rūta Pavyzdė", "ADMINISTRATOR"))
    staff_device = enrol_staff(desk)
    browser = Client()
    answer = staff_device.confirm(options_of(browser, SIGN_IN))
    assert browser.post(SIGN_IN, {"answer": answer}).status_code == 200
    answer = phone.confirm(options_of(browser, "/desk/signin/passkey/"))
    assert browser.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    assert browser.get("/desk/").status_code == 302


def test_a_passkey_is_removed_by_its_owner_alone(jonas, phone, onas_browser):
    row = MemberPasskey.objects.get()
    assert browser_of(jonas[1]).post(f"/en/my/account/passkey/{row.ref}/remove/").status_code == 404
    passkeys.remove_passkey(by=jonas[0], passkey=row, at=clock.now())
    assert MemberPasskey.objects.exists()
    assert onas_browser.post(f"/en/my/account/passkey/{row.ref}/remove/").status_code == 302
    elsewhere = Client()
    answer = phone.confirm(options_of(elsewhere, SIGN_IN))
    assert elsewhere.post(SIGN_IN, {"answer": answer}).status_code == 200


def test_a_passkey_goes_with_the_account_and_a_broken_one_is_said(ona, phone, onas_browser):
    options_of(onas_browser, NEW)
    page = onas_browser.post(NEW, {"name": "x", "answer": "{}"})
    assert page.status_code == 422 and "did not confirm" in page.content.decode()
    assert (
        protection.unseal(
            protection.open_key(ona[0].member),
            MemberPasskey.objects.get(),
            "name",
            MemberPasskey.objects.get().name,
        )
        == "my phone"
    )
    account.delete_account(by=ona[0], at=clock.now())
    assert not MemberPasskey.objects.exists()


def test_ten_passkeys_are_enough(ona, onas_browser, monkeypatch):
    monkeypatch.setattr(passkeys, "MOST", 1)
    for number in range(2):
        answer = Device().make(options_of(onas_browser, NEW))
        status = onas_browser.post(NEW, {"name": f"phone {number}", "answer": answer}).status_code
        assert status == (302 if number == 0 else 422)

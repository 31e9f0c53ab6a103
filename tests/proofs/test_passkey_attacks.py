"""Attacks on the passkey ceremonies of staff and of members, beyond those that stand beside each ceremony:
another relying party, a forged signature, the wrong ceremony, the challenge of another browser, another's
credential, and a signature counter that goes back (WebAuthn Level 3, 6.1.1 and 7.2)."""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from factories.members import browser_of, joined
from factories.people import hire, sign_in
from kernel.identity.test_passkeys import Device, b64, enrol, options_of
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel.audit.queries import zone_lines
from sauga.kernel.identity.person_notifications import COPIED_PASSKEY
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.members.models import MemberPasskey
from sauga.kernel.members.trail import Trail as MemberTrail
from sauga.kernel.notifications.models import Notification

pytestmark = pytest.mark.django_db
NEW, SIGN_IN = "/en/my/account/passkey/", "/en/my/sign-in/passkey/"


@dataclass
class Door:
    """One of the two doors: where passkeys sign in, and a page that only those who are in may see."""

    sign_in: str
    inside: str
    phone: Device

    def answer(self, browser: Client, **how: object) -> str:
        """What the phone answers to a fresh challenge of this browser."""
        return self.phone.confirm(options_of(browser, self.sign_in), **how)  # type: ignore[arg-type]

    def enters(self, browser: Client, answer: str) -> bool:
        """Whether the answer lets the browser in."""
        browser.post(self.sign_in, {"answer": answer})
        return browser.get(self.inside).status_code == 200


def staff_door() -> Door:
    desk = Client()
    sign_in(desk, hire("Rūta Pavyzdė", "ADMINISTRATOR"))
    phone = enrol(desk)
    return Door("/desk/signin/passkey/", "/desk/", phone)


def new_phone(browser: Client) -> Device:
    phone = Device()
    answer = phone.make(options_of(browser, NEW))
    assert browser.post(NEW, {"name": "phone", "answer": answer}).status_code == 302
    return phone


@pytest.fixture
def onas_browser(db) -> Client:
    return browser_of(joined()[1])


@pytest.fixture(params=["staff", "member"])
def door(request, db) -> Door:
    if request.param == "staff":
        return staff_door()
    return Door(SIGN_IN, "/en/my/", new_phone(request.getfixturevalue("onas_browser")))


FORGED: dict[str, Callable[[Door, Client], str]] = {
    "another relying party": lambda door, it: door.answer(it, site="evil.example"),
    "a subdomain as relying party": lambda door, it: door.answer(it, site="a.localhost"),
    "a forged signature": lambda door, it: door.answer(it, forged=1),
    "the ceremony of creation": lambda door, it: door.answer(it, kind="webauthn.create"),
    "nobody present": lambda door, it: door.answer(it, flags=0x04),
    "the challenge of another browser": lambda door, _it: door.answer(Client()),
    "a challenge of its own": lambda door, _it: door.phone.confirm(
        {"challenge": b64(bytes(32)), "rpId": "localhost"}
    ),
}


@pytest.mark.parametrize("name", FORGED)
def test_a_forged_answer_opens_neither_door(door, name):
    browser = Client()
    assert not door.enters(browser, FORGED[name](door, browser))
    honest = Client()
    assert door.enters(honest, door.answer(honest))


def test_the_key_of_one_credential_does_not_answer_for_another(door):
    """The attacker has a passkey of an account of his own and writes the victim's identifier over it."""
    stranger, browser = Device(), Client()
    stranger.credential, stranger.handle = door.phone.credential, door.phone.handle
    assert not door.enters(browser, stranger.confirm(options_of(browser, door.sign_in)))


def test_whose_account_it_is_does_not_come_from_the_answer(onas_browser):
    """The handle of the user in the answer is not signed: the account is that of the credential."""
    _jonas, secret = joined("jonas@mokykla.example", "Jonas Pavyzdys")
    victim, attacker = new_phone(onas_browser), new_phone(browser_of(secret))
    attacker.handle, browser = victim.handle, Client()
    browser.post(
        "/en/my/sign-in/passkey/",
        {"answer": attacker.confirm(options_of(browser, SIGN_IN))},
    )
    page = browser.get("/en/my/data/").content.decode()
    assert "jonas@mokykla.example" in page and "ona@mokykla.example" not in page


def test_somebody_elses_credential_is_not_taken_over_by_making_it_again(onas_browser):
    phone = new_phone(onas_browser)
    _jonas, secret = joined("jonas@mokykla.example", "Jonas Pavyzdys")
    other = browser_of(secret)
    stolen = Device()
    stolen.credential = phone.credential
    answer = stolen.make(options_of(other, NEW))
    assert other.post(NEW, {"name": "x", "answer": answer}).status_code == 422
    assert MemberPasskey.objects.get().credential == phone.credential
    mine = Client()
    mine.post("/en/my/sign-in/passkey/", {"answer": phone.confirm(options_of(mine, SIGN_IN))})
    assert "ona@mokykla.example" in mine.get("/en/my/data/").content.decode()


def test_a_passkey_is_made_for_this_site_by_a_verified_person_only(onas_browser):
    for origin, site in (("https://evil.example", ""), ("http://localhost:8000", "evil.example")):
        phone, options = Device(origin), options_of(onas_browser, NEW)
        options["rp"]["id"] = site or options["rp"]["id"]
        assert onas_browser.post(NEW, {"name": "x", "answer": phone.make(options)}).status_code == 422
    made = json.loads(Device().make(options_of(onas_browser, NEW)))
    options_of(onas_browser, NEW)  # a newer challenge takes the place of the one that was answered
    assert onas_browser.post(NEW, {"name": "x", "answer": json.dumps(made)}).status_code == 422
    assert not MemberPasskey.objects.exists()


def test_a_copied_authenticator_is_found_by_its_counter(door):
    """The thief's copy has signed fewer times than the passkey itself. One that is synchronised says 0."""
    for count in (7, 9):
        door.phone.count, browser = count, Client()
        assert door.enters(browser, door.answer(browser))
    for count in (9, 8, 0):
        door.phone.count, browser = count, Client()
        assert not door.enters(browser, door.answer(browser)), count
    door.phone.count, browser = 10, Client()
    assert door.enters(browser, door.answer(browser))


def queued() -> list[str]:
    return list(ProcrastinateJob.objects.values_list("task_name", flat=True))


def recorded(what: str) -> int:
    return sum(entry.action == what for entry in zone_lines(ZONE, limit=500))


def copy_of(door: Door, count: int) -> None:
    """Somebody signs in with a copy that has signed so many times."""
    door.phone.count, browser = count, Client()
    assert not door.enters(browser, door.answer(browser))


def test_an_employee_learns_of_a_copied_passkey_by_bell_mail_and_audit():
    door = staff_door()
    door.phone.count, browser = 7, Client()
    assert door.enters(browser, door.answer(browser))
    assert not Notification.objects.filter(template=COPIED_PASSKEY).exists()
    for count in (6, 5, 0):
        copy_of(door, count)
    told = Notification.objects.get(template=COPIED_PASSKEY)
    assert told.is_urgent and told.person.name == "Rūta Pavyzdė"
    assert "prieigos rakto kopija" in browser.get("/desk/notices/").content.decode()
    assert "notices.mail_person" in queued()
    assert recorded(Trail.FACTOR_COPIED) == 3


def test_a_member_learns_of_a_copied_passkey_on_my_sauga_by_mail_and_audit(onas_browser):
    door = Door(SIGN_IN, "/en/my/", new_phone(onas_browser))
    door.phone.count, browser = 7, Client()
    assert door.enters(browser, door.answer(browser))
    assert "a copy of" not in onas_browser.get("/en/my/").content.decode()
    for count in (6, 5, 0):
        copy_of(door, count)
    for page in ("/en/my/", "/en/my/account/"):
        assert "a copy of" in onas_browser.get(page).content.decode(), page
    assert queued().count("members.send_copied_passkey") == 1
    assert recorded(MemberTrail.PASSKEY_COPIED) == 3


def test_a_form_that_was_sent_twice_is_no_copy(door):
    door.phone.count, browser = 7, Client()
    answer = door.answer(browser)
    kept = browser.cookies.copy()
    assert door.enters(browser, answer)
    again = Client()
    again.cookies = kept
    assert not door.enters(again, answer)
    assert not Notification.objects.filter(template=COPIED_PASSKEY).exists()
    assert not MemberPasskey.objects.filter(copied_at__isnull=False).exists()


def test_a_passkey_that_does_not_count_signs_in_again_and_again(door):
    for _again in range(3):
        browser = Client()
        assert door.enters(browser, door.answer(browser))

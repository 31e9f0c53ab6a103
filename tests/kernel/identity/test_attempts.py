"""Guesses are slowed wherever a password or a code is asked for, with one count for all of these pages."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.test import Client
from factories.people import PASSWORD, sign_in

from sauga.kernel import clock
from sauga.kernel.identity.models import SigninPace

pytestmark = pytest.mark.django_db
NEW = "rudos lapės bėga namo"
WRONG = {
    "/desk/me/password/": {"password": "not this one at all", "new_password": NEW},
    "/desk/me/vault-code/": {"password": "not this one at all"},
    "/desk/vault/unlock/": {"password": "not this one at all"},
    "/desk/vault/recover/": {
        "password": "not this one at all",
        "recovery_code": "AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AA",
    },
    "/desk/sudo/": {"code": "000000"},
}


@pytest.mark.parametrize("address", WRONG)
def test_the_fifth_wrong_guess_has_to_wait(at_desk, address):
    answers = [at_desk.post(address, WRONG[address]) for _ in range(6)]
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert answers[-1].status_code == 429 and int(answers[-1].headers["Retry-After"]) >= 1
    assert "Per daug bandymų" in answers[-1].content.decode()


def test_pages_share_one_count(at_desk):
    pages = list(WRONG)
    answers = [
        at_desk.post(address, WRONG[address]).status_code for address in [*pages[:4], pages[0], pages[1]]
    ]
    assert answers[:4] == [200] * 4 and answers[-1] == 429


@pytest.mark.parametrize("address", ["/desk/me/password/", "/desk/me/vault-code/"])
def test_even_the_right_password_waits_and_is_taken_afterwards(at_desk, address, monkeypatch):
    for _ in range(6):
        at_desk.post(address, WRONG[address])
    right = WRONG[address] | {"password": PASSWORD}
    assert at_desk.post(address, right).status_code == 429
    late = clock.now() + timedelta(minutes=2)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert at_desk.post(address, right).status_code in {200, 302}
    assert not SigninPace.objects.exists(), "a right password forgets the wrong ones"


@pytest.mark.parametrize(
    "address",
    ["/desk/signin/", "/desk/signin/passkey/", "/desk/signin/second/", "/desk/invite/x/", "/desk/reset/x/"],
)
def test_a_stranger_who_looks_stores_no_session(db, address):
    client = Client()
    for _ in range(3):
        client.get(address)
    assert not Session.objects.exists()


def test_a_passkey_that_is_refused_stores_no_session_either(db):
    client = Client()
    client.get("/desk/signin/passkey/")
    assert client.post("/desk/signin/passkey/", {"answer": "{}"}).status_code == 200
    assert not Session.objects.exists()


def test_looking_keeps_the_session_of_who_has_one(at_desk):
    before = Session.objects.count()
    at_desk.get("/desk/signin/passkey/")
    assert Session.objects.count() == before and at_desk.get("/desk/").status_code == 200


def test_an_answer_to_a_passkey_challenge_works_once_in_whatever_browser_it_comes_again(client, at_desk):
    from tests.kernel.identity.test_passkeys import enrol, options_of

    phone = enrol(at_desk)
    first = Client()
    answer = phone.confirm(options_of(first, "/desk/signin/passkey/"))
    copied = first.cookies.copy()
    assert first.post("/desk/signin/passkey/", {"answer": answer}).status_code == 302
    again = Client()
    again.cookies = copied
    assert again.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    assert again.get("/desk/").status_code == 302
    assert Authenticator.objects.get(type="webauthn").last_used_at


def test_a_challenge_is_good_for_ten_minutes_in_the_browser_that_asked(client, at_desk, monkeypatch):
    from tests.kernel.identity.test_passkeys import enrol, options_of

    phone = enrol(at_desk)
    first, other = Client(), Client()
    answer = phone.confirm(options_of(first, "/desk/signin/passkey/"))
    other.cookies["sauga-passkey"] = "forged"
    assert other.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    late = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert first.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    assert first.get("/desk/").status_code == 302


def test_the_passkey_cookie_is_closed_to_scripts_and_other_sites(db):
    morsel = Client().get("/desk/signin/passkey/").cookies["sauga-passkey"]
    assert morsel["httponly"] and morsel["samesite"] == "Strict" and morsel["path"] == "/"


def test_signing_in_still_begins_a_session(client, ruta):
    assert sign_in(client, ruta).status_code == 302 and Session.objects.count() == 1

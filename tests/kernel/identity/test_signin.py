"""Signing in and out: what opens the desk, what does not, and that words tell a stranger nothing."""

import re
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from factories.people import PASSWORD, SETUP, fill_in_sign_in, hire

from sauga.kernel import clock
from sauga.kernel.identity.actions import people
from sauga.kernel.identity.models import Person, SigninPace
from sauga.kernel.identity.signin import mfa, throttle

pytestmark = pytest.mark.django_db

SIGNIN = "/desk/signin/"


def signed_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def words(response: object) -> str:
    """The page without what differs by nature: the token of the form and the typed address."""
    text = response.content.decode()
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"|value="[^"]*@[^"]*"', "", text)


def test_desk_sends_a_stranger_to_sign_in_and_back():
    response = Client().get("/desk/people/?page=2")
    assert response.status_code == 302
    assert response.headers["Location"] == "/desk/signin/?next=%2Fdesk%2Fpeople%2F%3Fpage%3D2"


def test_a_partial_request_of_a_stranger_moves_the_whole_page():
    response = Client().get(
        "/desk/people/",
        headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/desk/people/?a=1"},
    )
    assert response.status_code == 204
    assert response.headers["HX-Redirect"] == "/desk/signin/?next=%2Fdesk%2Fpeople%2F%3Fa%3D1"


@pytest.mark.parametrize("path", ("/desk/live/?c=hotline.worklist", "/desk/people/"))
def test_the_stream_of_a_page_left_open_ends_without_a_page_to_sign_in(path):
    """A browser asks no more after 204; a page of HTML would be an error in its console every few seconds."""
    response = Client().get(path, headers={"Accept": "text/event-stream"})
    assert (response.status_code, response.content) == (204, b"")


def test_password_and_code_open_the_desk_and_the_vault(client, ruta):
    response = fill_in_sign_in(client, ruta)
    assert response.headers["Location"] == "/desk/"
    page = client.get("/desk/")
    assert page.status_code == 200
    assert 'class="zone-state open"' in page.content.decode()


def test_cookies_are_closed_to_scripts_and_other_sites(client, ruta):
    response = fill_in_sign_in(client, ruta)
    assert {"sauga", "sauga-vault", "sauga-known"} <= set(response.cookies)
    for morsel in response.cookies.values():
        path = "/desk/" if morsel.key == "sauga-last-language" else "/"
        assert morsel["httponly"] and morsel["samesite"] == "Strict" and morsel["path"] == path, morsel.key


def test_password_without_code_leads_to_the_second_step(client, ruta):
    response = fill_in_sign_in(client, ruta, code="", next="/desk/me/")
    assert response.headers["Location"] == "/desk/signin/second/"
    assert not signed_in(client)
    assert client.get("/desk/signin/second/").status_code == 200
    response = client.post("/desk/signin/second/", {"code": ruta.code})
    assert response.headers["Location"] == "/desk/me/"
    assert 'class="zone-state open"' in client.get("/desk/").content.decode()


def test_second_step_alone_is_sent_back(client):
    assert client.get("/desk/signin/second/").headers["Location"] == SIGNIN
    assert client.get("/desk/signin/second/passkey/").status_code == 404


def test_second_step_refuses_a_wrong_code_and_forgets_after_ten_minutes(client, ruta, monkeypatch):
    fill_in_sign_in(client, ruta, code="")
    assert client.post("/desk/signin/second/", {"code": "000000"}).status_code == 200
    assert not signed_in(client)
    late = clock.now() + timedelta(minutes=11)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert client.post("/desk/signin/second/", {"code": ruta.code}).headers["Location"] == SIGNIN


def test_second_step_dies_when_the_password_changes_meanwhile(client, ruta):
    fill_in_sign_in(client, ruta, code="")
    people.end_sessions(ruta.person)
    assert client.post("/desk/signin/second/", {"code": ruta.code}).headers["Location"] == SIGNIN


@pytest.mark.parametrize(
    "wrong", [{"password": "not this one at all"}, {"code": "000000"}, {"email": "nobody@partner.example"}]
)
def test_anything_wrong_opens_nothing(client, ruta, wrong):
    response = fill_in_sign_in(client, ruta, **wrong)
    assert response.status_code == 200
    assert not signed_in(client)


def test_known_and_unknown_people_read_the_same_words(ruta):
    known = fill_in_sign_in(Client(), ruta, password="not this one at all", code="")
    unknown = fill_in_sign_in(
        Client(), ruta, email="nobody@partner.example", password="not this one at all", code=""
    )
    closed = hire("Ona Pavyzdė")
    Person.objects.filter(pk=closed.person.pk).update(is_active=False)
    inactive = fill_in_sign_in(Client(), closed, code="")
    wrong_code = fill_in_sign_in(Client(), ruta, code="000000")
    assert (
        words(known) == words(unknown) == words(inactive) == re.sub(r' value="000000"', "", words(wrong_code))
    )


def test_unknown_people_cost_a_hash_as_well(ruta, monkeypatch):
    counted = []
    from django.contrib.auth import hashers

    inner = hashers.MD5PasswordHasher.encode
    monkeypatch.setattr(
        hashers.MD5PasswordHasher, "encode", lambda self, *a, **k: counted.append(1) or inner(self, *a, **k)
    )
    fill_in_sign_in(Client(), ruta, password="not this one at all")
    known = len(counted)
    counted.clear()
    fill_in_sign_in(Client(), ruta, email="nobody@partner.example", password="not this one at all")
    assert len(counted) == known == 1


def test_a_code_works_once(ruta):
    typed = {
        "email": ruta.person.email,
        "password": PASSWORD,
        "code": ruta.code,
    }  # one code, even if the half minute ends in between
    assert Client().post(SIGNIN, typed).status_code == 302
    assert Client().post(SIGNIN, typed).status_code == 200


def test_of_two_parallel_uses_of_a_code_one_wins(ruta):
    step, code = int(time.time()) // mfa.PERIOD, ruta.code
    assert mfa.use_code(ruta.person, code, unix_time=time.time()) == mfa.Factor.TOTP
    assert Person.objects.get(pk=ruta.person.pk).totp_step >= step
    with pytest.raises(mfa.FactorRefused):
        mfa.use_code(ruta.person, code, unix_time=time.time())


def test_the_code_before_and_after_now_is_accepted_and_older_is_not(ruta):
    now = 1_800_000_000.0
    for shift, fits in ((-2, False), (-1, True), (0, True), (1, True), (2, False)):
        code = mfa.totp_code(ruta.secret, now + shift * mfa.PERIOD)
        assert (mfa.matching_step(ruta.secret, code, now) is not None) is fits


def test_a_recovery_code_stands_in_once(client, ruta):
    code = mfa.new_recovery_codes(ruta.person)[0]
    assert fill_in_sign_in(client, ruta, code=f"{code[:4]} {code[4:]}").status_code == 302
    assert fill_in_sign_in(Client(), ruta, code=code).status_code == 200


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example/", "/desk//evil.example", "/\\evil.example", "/desk/\\evil",
    "/desk/../lt/", "/desk/%2e%2e/lt/", "/desk/.%2E/",
     "javascript:alert(1)", "/desk/\nx", "/lt/", "/desk/" + "a" * 3000, "\x00/desk/"],
)  # fmt: skip
def test_next_to_elsewhere_is_refused(client, ruta, elsewhere):
    assert fill_in_sign_in(client, ruta, next=elsewhere).headers["Location"] == "/desk/"


def test_signed_in_people_skip_the_sign_in_page(at_desk):
    assert at_desk.get(SIGNIN + "?next=/desk/me/").headers["Location"] == "/desk/me/"


def test_sign_in_needs_the_form_token(ruta):
    strict = Client(enforce_csrf_checks=True)
    assert fill_in_sign_in(strict, ruta).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', strict.get(SIGNIN).content.decode())[1]
    assert fill_in_sign_in(strict, ruta, csrfmiddlewaretoken=token).status_code == 302
    assert strict.post("/desk/signout/").status_code == 403


def test_the_session_gets_a_new_cookie_at_sign_in(client, ruta):
    client.get(SIGNIN)
    fill_in_sign_in(client, ruta, code="")
    before = client.cookies["sauga"].value
    client.post("/desk/signin/second/", {"code": ruta.code})
    assert client.cookies["sauga"].value != before


def test_a_copied_cookie_is_worth_nothing_after_sign_out(at_desk):
    thief = Client()
    thief.cookies = at_desk.cookies.copy()
    assert signed_in(thief)
    response = at_desk.post("/desk/signout/")
    assert response.headers["Location"] == SIGNIN
    assert response.cookies["sauga-vault"].value == ""
    assert not signed_in(thief) and not signed_in(at_desk)
    assert not Session.objects.exists()


def test_sign_out_is_a_post(at_desk):
    assert at_desk.get("/desk/signout/").status_code == 404
    assert (
        at_desk.post(
            "/desk/me/", {"_method": "DELETE"}, headers={"X-HTTP-Method-Override": "GET"}
        ).status_code
        == 404
    )


def test_the_session_dies_with_the_password_the_role_and_the_account(client, ruta, tomas):
    fill_in_sign_in(client, tomas)
    people.end_membership(by=SETUP, membership=tomas.membership, at=clock.now())
    assert not signed_in(client)
    fill_in_sign_in(client, tomas)
    assert signed_in(client)
    Person.objects.filter(pk=tomas.person.pk).update(is_active=False)
    assert not signed_in(client)


def test_guesses_slow_strangers_down_but_not_the_owner_at_the_usual_computer(client, ruta):
    assert fill_in_sign_in(client, ruta).status_code == 302
    client.post("/desk/signout/")
    stranger = Client()
    answers = [fill_in_sign_in(stranger, ruta, password="not this one at all").status_code for _ in range(8)]
    assert answers[:4] == [200] * 4 and answers[-1] == 429
    refused = fill_in_sign_in(stranger, ruta)
    assert refused.status_code == 429 and int(refused.headers["Retry-After"]) >= 1
    assert fill_in_sign_in(client, ruta).status_code == 302


def test_unknown_addresses_wait_alike_and_the_table_names_nobody(ruta):
    answers = [fill_in_sign_in(Client(), ruta, email="nobody@partner.example").status_code for _ in range(8)]
    assert answers[:4] == [200] * 4 and answers[-1] == 429
    assert all(b"nobody" not in bytes(row.key) for row in SigninPace.objects.all())


def test_the_wait_grows_to_a_minute_and_is_forgotten_after_an_hour(rf, ruta):
    assert [throttle.BACKOFF.delay(n) for n in (0, 3, 4, 5, 9, 10, 500)] == [0, 0, 1, 2, 32, 60, 60]
    request, at = rf.post(SIGNIN), clock.now()
    for _ in range(4):
        assert throttle.claim(request, "a@partner.example", at) == 0
    assert throttle.claim(request, "A@partner.example ", at) == 1
    assert throttle.claim(request, "a@partner.example", at + timedelta(seconds=2)) == 0
    assert throttle.claim(request, "a@partner.example", at + timedelta(hours=2)) == 0
    throttle.succeeded(request, "a@partner.example")
    assert not SigninPace.objects.exists()


def test_a_known_mark_of_someone_else_counts_as_a_stranger(rf, ruta, tomas):
    request = rf.post(SIGNIN)
    request.COOKIES[throttle.cookie_name()] = "forged"
    assert not throttle._is_known(request, ruta.person.email)
    from django.core import signing

    request.COOKIES[throttle.cookie_name()] = signing.dumps(tomas.person.pseudonym, salt=throttle.SALT)
    assert not throttle._is_known(request, ruta.person.email)
    assert throttle._is_known(request, tomas.person.email)


def test_someone_without_second_factor_sets_one_up_first(client, ruta):
    mfa.clear_factors(ruta.person)
    assert (
        fill_in_sign_in(client, ruta, code="", next="/desk/people/").headers["Location"] == "/desk/me/codes/"
    )
    assert client.get("/desk/people/").headers["Location"].startswith("/desk/me/codes/")
    page = client.get("/desk/me/codes/")
    secret = page.context["secret"]
    assert client.post("/desk/me/codes/", {"code": "000000"}).status_code == 200
    assert (
        client.post("/desk/me/codes/", {"code": mfa.totp_code(secret, time.time())}).headers["Location"]
        == "/desk/me/"
    )
    assert signed_in(client)


def test_a_post_without_form_fields_is_answered_kindly(client):
    for body in (
        {},
        {"email": "x"},
        {"email": "a@partner.example", "password": "p" * 500},
        {"email": "\x00@partner.example", "password": "\x00"},
    ):
        assert client.post(SIGNIN, body).status_code == 200


def test_passkey_answers_that_are_none_are_refused(client, ruta):
    options = client.get("/desk/signin/passkey/")
    assert options.status_code == 200
    assert options.json()["publicKey"]["rpId"] == "localhost"
    assert options.json()["publicKey"]["userVerification"] == "required"
    for answer in (
        "",
        "[]",
        "{}",
        "[" * 5000,
        '{"response": {"userHandle": "AQ"}}',
        '{"id": "x", "rawId": "x", "response": {}, "type": "public-key"}',
    ):
        response = client.post("/desk/signin/passkey/", {"answer": answer})
        assert response.status_code == 200
    assert not signed_in(client)


def test_the_second_step_is_slowed_down_too(client, ruta):
    fill_in_sign_in(client, ruta, code="")
    answers = [client.post("/desk/signin/second/", {"code": "000000"}).status_code for _ in range(7)]
    assert answers[0] == 200 and answers[-1] == 429
    assert client.post("/desk/signin/second/", {}).status_code == 200


def test_the_language_chosen_before_signing_in_is_the_persons_from_then_on(client, ruta):
    client.post("/desk/language/", {"language": "en", "next": SIGNIN})
    assert 'lang="en"' in client.get(SIGNIN).content.decode()
    fill_in_sign_in(client, ruta)
    assert '<html lang="en">' in client.get("/desk/").content.decode()
    assert not client.cookies["sauga-language"].value, "the next person at this browser chooses anew"


def test_a_language_that_is_not_configured_is_nobodys_choice(client, ruta):
    before = ruta.person.language
    client.cookies["sauga-language"] = "xx"
    assert client.get(SIGNIN).status_code == 200
    fill_in_sign_in(client, ruta)
    ruta.person.refresh_from_db()
    assert (ruta.person.language, client.get("/desk/").status_code) == (before, 200)

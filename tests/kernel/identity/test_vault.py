"""The vault between requests: who can open it, when it shuts, what lies in the session store."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from factories.people import PASSWORD, Hired, fill_in_sign_in, hire

from sauga.kernel import clock, sealed
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import vaults
from sauga.kernel.sealed import Zone

pytestmark = pytest.mark.django_db


def is_open(client: Client) -> bool:
    return 'class="zone-state open"' in client.get("/desk/").content.decode()


@pytest.fixture
def at(monkeypatch):
    """A clock that a test may move forward."""
    start = clock.now()
    held = {"now": start}
    monkeypatch.setattr(clock, "now", lambda: held["now"])
    return lambda **passed: held.__setitem__("now", start + timedelta(**passed))


def test_vault_shuts_after_a_quarter_hour_without_work(client, ruta, at):
    fill_in_sign_in(client, ruta)
    at(minutes=14)
    assert is_open(client)
    at(minutes=28)
    assert is_open(client)
    at(minutes=44)
    assert not is_open(client)


def test_what_a_page_does_by_itself_is_no_work(client, ruta, at):
    fill_in_sign_in(client, ruta)
    at(minutes=10)
    client.get("/desk/", headers={"X-Sauga-Background": "1"})
    client.get("/desk/", headers={"Accept": "text/event-stream"})
    at(minutes=16)
    assert not is_open(client)


def test_vault_shuts_after_eight_hours_of_work(client, ruta, at):
    fill_in_sign_in(client, ruta)
    for minutes in range(10, 8 * 60, 10):
        at(minutes=minutes)
        client.get("/desk/me/")
    assert is_open(client)
    at(hours=8, seconds=1)
    assert not is_open(client)


def test_neither_cookie_alone_opens_the_vault(client, ruta, tomas):
    fill_in_sign_in(client, ruta)
    without = Client()
    without.cookies["sauga"] = client.cookies["sauga"].value
    assert not is_open(without)
    other = Client()
    fill_in_sign_in(other, tomas)
    without.cookies["sauga-vault"] = other.cookies["sauga-vault"].value
    assert not is_open(without)
    without.cookies["sauga-vault"] = "not hexadecimal"
    assert not is_open(without)
    assert is_open(client)


def test_a_vault_carried_into_another_persons_session_stays_shut(client, ruta, tomas):
    fill_in_sign_in(client, ruta)
    other = Client()
    fill_in_sign_in(other, tomas)
    session = other.session
    session[vaults.KEY] = client.session[vaults.KEY]
    session.save()
    other.cookies["sauga-vault"] = client.cookies["sauga-vault"].value
    assert not is_open(other)


def test_the_session_store_holds_neither_secret_nor_key(client, ruta):
    fill_in_sign_in(client, ruta)
    secret = client.cookies["sauga-vault"].value
    vault = sealed.unlock_with_password(ruta.person.pk, PASSWORD)
    kept = str([row.get_decoded() for row in Session.objects.all()])
    assert secret not in kept and vault._private.hex() not in kept and PASSWORD not in kept


def test_lock_and_unlock(at_desk, ruta):
    response = at_desk.post("/desk/vault/lock/", {"next": "/desk/me/"})
    assert response.headers["Location"] == "/desk/me/" and response.cookies["sauga-vault"].value == ""
    assert not is_open(at_desk)
    assert at_desk.post("/desk/vault/lock/").status_code == 302
    assert (
        "does not open"
        in in_english(at_desk, ruta)
        .post("/desk/vault/unlock/", {"password": "not this one"})
        .content.decode()
    )
    response = at_desk.post("/desk/vault/unlock/", {"password": PASSWORD, "next": "/desk/people/"})
    assert response.headers["Location"] == "/desk/people/"
    assert is_open(at_desk)


def test_unlocking_is_slowed_down(at_desk):
    for _ in range(6):
        page = at_desk.post("/desk/vault/unlock/", {"password": "not this one"})
    assert "unlock" in page.request["PATH_INFO"] and page.context["form"].errors
    at_desk.post("/desk/vault/lock/")
    at_desk.post("/desk/vault/unlock/", {"password": PASSWORD})
    assert not is_open(at_desk)


def test_zones_of_the_vault_are_those_whose_keys_the_person_holds(client, tomas):
    vault = sealed.unlock_with_password(tomas.person.pk, PASSWORD)
    sealed.create_zone(
        Zone.HOTLINE, escrow_public=sealed.keys.escrow_create(Zone.HOTLINE).public, founder=vault
    )
    fill_in_sign_in(client, tomas)
    page = client.get("/desk/")
    assert page.context["vault"].zones == ("hotline",)
    assert page.context["vault"].minutes_left == 15


def test_someone_without_keys_signs_in_with_a_shut_vault(client):
    hired = hire("Ona Pavyzdė")
    from sauga.kernel.sealed.models import PersonKey

    PersonKey.objects.filter(person_id=hired.person.pk).delete()
    fill_in_sign_in(client, hired)
    assert not is_open(client)


def in_english(client: Client, hired: Hired) -> Client:
    Person.objects.filter(pk=hired.person.pk).update(language="en")
    return client


def test_a_session_ends_after_twelve_hours_however_busy(client, ruta, at):
    fill_in_sign_in(client, ruta)
    for hour in range(1, 13):
        at(hours=hour)
        assert client.get("/desk/me/").status_code == 200
    at(hours=12, seconds=1)
    assert client.get("/desk/me/").headers["Location"].startswith("/desk/signin/")
    assert not Session.objects.exists()


def test_what_ended_by_itself_is_swept_away(client, ruta, at):
    from sauga.kernel.identity import tasks
    from sauga.kernel.identity.models import SigninPace

    client.get("/desk/signin/passkey/")
    fill_in_sign_in(Client(), ruta, password="not this one at all")
    Session.objects.update(expire_date=clock.now() - timedelta(minutes=1))
    at(hours=2)
    tasks.forget_sessions(0)
    assert not Session.objects.exists() and not SigninPace.objects.exists()

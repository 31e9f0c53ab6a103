"""The own account: password, factors, codes, and that every change ends the other sessions."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from factories.people import PASSWORD, Hired, fill_in_sign_in

from sauga.kernel import clock, sealed
from sauga.kernel.identity import home
from sauga.kernel.identity.actions import own
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import hashers, mfa
from tests.shown_once import says_so

pytestmark = pytest.mark.django_db
NEW = "rudos lapės bėga namo"


def test_account_page_tells_what_is_set_up(at_desk, ruta):
    page = at_desk.get("/desk/me/").content.decode()
    assert ruta.person.email in page and "Administravimas" in page


def test_language_of_the_desk(at_desk, ruta):
    at_desk.post("/desk/me/language/", {"language": "en"})
    assert "My account" in at_desk.get("/desk/me/").content.decode()
    at_desk.post("/desk/me/language/", {"language": "xx"})
    assert Person.objects.get(pk=ruta.person.pk).language == "en"


def test_changing_the_password_keeps_this_session_the_vault_and_ends_others(at_desk, ruta):
    other = Client()
    fill_in_sign_in(other, ruta)
    assert (
        at_desk.post("/desk/me/password/", {"password": "wrong one", "new_password": NEW})
        .context["form"]
        .errors
    )
    assert (
        at_desk.post("/desk/me/password/", {"password": PASSWORD, "new_password": "short"})
        .context["form"]
        .errors
    )
    assert (
        at_desk.post("/desk/me/password/", {"password": PASSWORD, "new_password": NEW}).headers["Location"]
        == "/desk/me/"
    )
    assert 'class="zone-state open"' in at_desk.get("/desk/").content.decode()
    assert other.get("/desk/").status_code == 302
    assert sealed.unlock_with_password(ruta.person.pk, NEW)
    with pytest.raises(sealed.UnlockRefused):
        sealed.unlock_with_password(ruta.person.pk, PASSWORD)


def test_changing_a_password_the_vault_does_not_know_is_said(at_desk, ruta):
    ruta.person.set_password("medinis tiltas per upę")
    ruta.person.save()
    fill_in_sign_in(at_desk, Hired(ruta.person, ruta.secret, "", "medinis tiltas per upę"))
    at_desk.post("/desk/me/password/", {"password": "medinis tiltas per upę", "new_password": NEW})
    assert sealed.unlock_with_password(ruta.person.pk, PASSWORD)


def test_a_new_authenticator_replaces_the_old(at_desk, ruta):
    secret = at_desk.get("/desk/me/codes/").context["secret"]
    assert at_desk.post("/desk/me/codes/", {"code": mfa.totp_code(secret, time.time())}).status_code == 302
    assert Authenticator.objects.filter(user=ruta.person, type="totp").count() == 1
    assert fill_in_sign_in(Client(), ruta).status_code == 200
    assert fill_in_sign_in(Client(), Hired(ruta.person, secret, "")).status_code == 302
    at_desk.get("/desk/me/")


def test_a_new_authenticator_needs_sudo(at_desk, monkeypatch):
    from datetime import timedelta

    late = clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert at_desk.get("/desk/me/codes/").headers["Location"] == "/desk/sudo/?next=/desk/me/codes/"


def test_someone_with_factors_cannot_set_up_new_ones_by_password_alone(client, ruta):
    mfa.clear_factors(ruta.person)
    fill_in_sign_in(client, ruta, code="")
    mfa.set_totp(ruta.person, ruta.secret)
    assert client.get("/desk/me/codes/").status_code == 404


def test_secrets_of_authenticators_are_sealed_in_the_table(ruta):
    row = Authenticator.objects.get(user=ruta.person, type="totp")
    assert ruta.secret not in str(row.data)
    assert mfa.SaugaAdapter().decrypt(row.data["secret"]) == ruta.secret


def test_recovery_codes_are_shown_once_and_replace_the_earlier(at_desk, ruta):
    assert at_desk.get("/desk/me/recovery-codes/").context["codes"] == []
    answer = at_desk.post("/desk/me/recovery-codes/")
    assert says_so(answer.content.decode())
    first = answer.context["codes"]
    fresh = at_desk.post("/desk/me/recovery-codes/").context["codes"]
    assert len(first) == len(fresh) == 10
    assert fill_in_sign_in(Client(), ruta, code=first[0]).status_code == 200
    assert "tik administratorius" not in at_desk.get("/desk/me/").text
    assert fill_in_sign_in(Client(), ruta, code=fresh[0]).status_code == 302
    assert mfa.held_by(ruta.person).codes_left == 9


def test_few_recovery_codes_are_warned_of(at_desk, ruta):
    assert "tik administratorius" in at_desk.get("/desk/me/").text, "no sheet was ever printed"
    sheet = mfa.new_recovery_codes(ruta.person)
    for code in sheet[:7]:
        mfa.use_code(ruta.person, code)
    assert "tik administratorius" not in at_desk.get("/desk/me/").text
    anew = Client()
    assert fill_in_sign_in(anew, ruta, code=sheet[7]).status_code == 302
    said = anew.get("/desk/me/").text
    assert "Prisijungėte atkūrimo kodu; liko 2." in said and "tik administratorius" in said


def test_renewing_the_vaults_recovery_code(at_desk, ruta):
    assert at_desk.get("/desk/me/vault-code/").status_code == 200
    assert at_desk.post("/desk/me/vault-code/", {"password": "wrong one"}).context["form"].errors
    answer = at_desk.post("/desk/me/vault-code/", {"password": PASSWORD})
    assert says_so(answer.content.decode())
    code = answer.context["recovery_code"]
    with pytest.raises(sealed.SealedError):
        sealed.recover(ruta.person.pk, ruta.recovery_code, NEW)
    assert sealed.recover(ruta.person.pk, code, NEW)
    assert at_desk.post("/desk/me/vault-code/", {"password": PASSWORD}).context["form"].errors


def test_passkeys_of_others_and_the_last_factor_stay(at_desk, ruta, tomas):
    other = Authenticator.objects.create(
        user=tomas.person, type="webauthn", data={"name": "laptop", "credential": {}}
    )
    mine = Authenticator.objects.create(
        user=ruta.person, type="webauthn", data={"name": "phone", "credential": {}}
    )
    assert at_desk.post(f"/desk/me/passkeys/{other.pk}/remove/").status_code == 404
    assert "phone" in at_desk.get("/desk/me/passkeys/").content.decode()
    Authenticator.objects.filter(user=ruta.person, type="totp").delete()
    with pytest.raises(mfa.FactorRefused):
        own.remove_passkey(person=ruta.person, factor_id=mine.pk, at=clock.now())
    mfa.set_totp(ruta.person, ruta.secret)
    assert at_desk.post(f"/desk/me/passkeys/{mine.pk}/remove/").status_code == 302
    assert at_desk.get("/desk/me/").status_code == 200


def test_a_passkey_that_no_device_made_is_refused(at_desk):
    options = at_desk.get("/desk/me/passkeys/new/").json()["publicKey"]
    assert options["rp"] == {"id": "localhost", "name": "Sauga"}
    assert options["authenticatorSelection"]["residentKey"] == "required"
    for answer in (
        "{}",
        "x",
        "[]",
        (
            '{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30",'
            '"attestationObject":"oA"}}'
        ),
    ):
        assert at_desk.post("/desk/me/passkeys/", {"name": "phone", "answer": answer}).context["form"].errors


def test_the_sign_in_hash_is_as_dear_as_the_vaults(settings):
    settings.CHEAP_KEY_DERIVATION = False
    hasher = hashers.Argon2idHasher()
    encoded = hasher.encode(PASSWORD, hasher.salt())
    assert len(encoded) <= 128
    assert hasher.verify(PASSWORD, encoded) and not hasher.verify(NEW, encoded)
    assert not hasher.must_update(encoded)
    assert hasher.must_update(encoded.replace("$3$", "$4$"))
    assert hasher.safe_summary(encoded)["algorithm"] == "sauga_argon2id"
    assert hasher.harden_runtime(PASSWORD, encoded) is None
    weakened = encoded.replace(f"${64 * 1024 * 1024}$", "$8192$")
    with pytest.raises(sealed.ParametersRefused):
        hasher.verify(PASSWORD, weakened)


def test_home_shows_the_cards_of_services_to_those_who_may_see_them(at_desk, monkeypatch):
    from sauga.kernel.identity.rules import Permission

    monkeypatch.setattr(home, "_cards", {})
    monkeypatch.setattr(home, "_counters", {})
    template = "identity/desk/_errors.html"
    home.register(home.Card("b", template, lambda by, at: {"n": 1}, permission=Permission.INVITE))
    home.register(home.Card("a", template, lambda by, at: None))
    home.register(home.Card("c", template, lambda by, at: {}, permission=Permission.CREATE_PERSON))
    home.register(home.Card("side", template, lambda by, at: {}, side=True))
    people, hidden = (None, "identity-people"), (Permission.CREATE_PERSON, "identity-people")
    home.register(home.Counter("people", "žmonės", lambda by, at: 7, *people))
    home.register(home.Counter("hidden", "nematyti", lambda by, at: 1, *hidden))
    home.register(home.Counter("nought", "nieko", lambda by, at: 0, *people))
    page = at_desk.get("/desk/")
    assert [f.card.code for f in page.context["main_cards"]] == ["b"]
    assert [f.card.code for f in page.context["side_cards"]] == ["side"]
    assert "žmonės" in page.text and "nematyti" not in page.text and "nieko<" not in page.text


def test_initials_and_names_of_rows(ruta):
    assert ruta.person.initials == "RP" and Person(name="").initials == ""
    assert str(ruta.person) == "Rūta Pavyzdė" and str(Person(email="a@b.example")) == "a@b.example"
    assert (
        str(ruta.membership)
        and str(ruta.membership.role) == "ADMINISTRATOR"
        and str(ruta.membership.role.grants.first())
    )

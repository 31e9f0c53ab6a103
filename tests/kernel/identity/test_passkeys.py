"""Passkeys with an authenticator in software: the whole ceremony of the WebAuthn standard, and what
must be refused.
"""

import hashlib
import json
import os
from base64 import urlsafe_b64encode

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from factories.people import Hired, fill_in_sign_in
from fido2 import cbor

from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import mfa

pytestmark = pytest.mark.django_db
HERE = "http://localhost:8000"


def b64(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


class Device:
    """A phone that confirms with a fingerprint."""

    def __init__(self, origin: str = HERE) -> None:
        self.origin = origin
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.credential = os.urandom(32)
        self.handle = ""
        self.count = 0
        """How often it says that it has signed; a synchronised passkey always says 0."""

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _auth_data(self, site: str, flags: int, rest: bytes = b"") -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big") + rest

    def make(self, options: dict) -> str:
        public = self.key.public_key().public_numbers()
        cose = {1: 2, 3: -7, -1: 1, -2: public.x.to_bytes(32, "big"), -3: public.y.to_bytes(32, "big")}
        rest = bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + cbor.encode(cose)
        self.handle = options["user"]["id"]
        attestation = {
            "fmt": "none",
            "attStmt": {},
            "authData": self._auth_data(options["rp"]["id"], 0x45, rest),
        }
        response = {
            "clientDataJSON": b64(self._client_data("webauthn.create", options["challenge"])),
            "attestationObject": b64(cbor.encode(attestation)),
        }
        return self._answer(response)

    def confirm(
        self, options: dict, *, flags: int = 0x05, site: str = "", kind: str = "webauthn.get", forged: int = 0
    ) -> str:
        """The answer; for another `site` or of another `kind` it is what an attacker would send, and
        `forged` flips bits of the last byte of the signature."""
        data, auth = (
            self._client_data(kind, options["challenge"]),
            self._auth_data(site or options["rpId"], flags),
        )
        signature = self.key.sign(auth + hashlib.sha256(data).digest(), ec.ECDSA(hashes.SHA256()))
        signature = signature[:-1] + bytes([signature[-1] ^ forged])
        response = {
            "clientDataJSON": b64(data),
            "authenticatorData": b64(auth),
            "signature": b64(signature),
            "userHandle": self.handle,
        }
        return self._answer(response)

    def _answer(self, response: dict) -> str:
        raw = b64(self.credential)
        return json.dumps(
            {
                "id": raw,
                "rawId": raw,
                "type": "public-key",
                "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            }
        )


def options_of(client: Client, path: str) -> dict:
    return client.get(path).json()["publicKey"]


def enrol(client: Client) -> Device:
    device = Device()
    answer = device.make(options_of(client, "/desk/me/passkeys/new/"))
    assert client.post("/desk/me/passkeys/", {"name": "telefonas", "answer": answer}).status_code == 302
    return device


@pytest.fixture
def phone(at_desk: Client) -> Device:
    """The administrator's phone; the browser is signed out again."""
    device = enrol(at_desk)
    at_desk.post("/desk/signout/")
    return device


def test_a_passkey_alone_opens_the_desk_and_leaves_the_vault_shut(client, phone):
    answer = phone.confirm(options_of(client, "/desk/signin/passkey/"))
    response = client.post("/desk/signin/passkey/", {"answer": answer, "next": "/desk/me/"})
    assert response.headers["Location"] == "/desk/me/"
    page = client.get("/desk/").content.decode()
    assert 'class="zone-state shut"' in page
    assert client.session.get_expiry_age() > 3600


def test_an_answer_works_once(client, phone):
    answer = phone.confirm(options_of(client, "/desk/signin/passkey/"))
    client.post("/desk/signin/passkey/", {"answer": answer})
    client.post("/desk/signout/")
    options_of(client, "/desk/signin/passkey/")
    assert client.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "http://localhost.evil.example", "https://sauga.evil.example"]
)
def test_a_passkey_answer_made_at_another_site_is_refused(client, phone, origin):
    phone.origin = origin
    answer = phone.confirm(options_of(client, "/desk/signin/passkey/"))
    assert client.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    assert client.get("/desk/").status_code == 302


def test_touch_without_fingerprint_is_no_sign_in(client, phone):
    answer = phone.confirm(options_of(client, "/desk/signin/passkey/"), flags=0x01)
    assert client.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200


def test_a_closed_account_does_not_sign_in_by_passkey(client, phone, ruta):
    Person.objects.filter(pk=ruta.person.pk).update(is_active=False)
    answer = phone.confirm(options_of(client, "/desk/signin/passkey/"))
    assert client.post("/desk/signin/passkey/", {"answer": answer}).status_code == 200
    assert client.get("/desk/").status_code == 302


def test_a_passkey_is_a_second_step_after_the_password_and_opens_the_vault_with_it(client, phone, ruta):
    fill_in_sign_in(client, ruta, code="")
    assert "signin/second/passkey" in client.get("/desk/signin/second/").content.decode()
    answer = phone.confirm(options_of(client, "/desk/signin/second/passkey/"))
    assert client.post("/desk/signin/second/passkey/", {"answer": answer}).status_code == 302
    assert 'class="zone-state open"' in client.get("/desk/").content.decode()


def test_someone_elses_passkey_is_no_second_step(client, phone, tomas):
    fill_in_sign_in(client, tomas, code="")
    answer = phone.confirm(options_of(client, "/desk/signin/second/passkey/"))
    assert client.post("/desk/signin/second/passkey/", {"answer": answer}).status_code == 200
    assert client.get("/desk/").status_code == 302


def test_sudo_by_passkey(client, phone):
    client.post(
        "/desk/signin/passkey/", {"answer": phone.confirm(options_of(client, "/desk/signin/passkey/"))}
    )
    session = client.session
    del session["identity.sudo"]
    session.save()
    assert "sudo/passkey" in client.get("/desk/sudo/").content.decode()
    answer = phone.confirm(options_of(client, "/desk/sudo/passkey/"))
    assert (
        client.post("/desk/sudo/passkey/", {"answer": answer, "next": "/desk/people/invite/"}).headers[
            "Location"
        ]
        == "/desk/people/invite/"
    )
    assert client.get("/desk/people/invite/").status_code == 200


def test_a_removed_passkey_is_worth_nothing(at_desk: Client, ruta: Hired):
    phone = enrol(at_desk)
    key = mfa.held_by(ruta.person).passkeys[0]
    assert at_desk.post(f"/desk/me/passkeys/{key.pk}/remove/").status_code == 302
    other = Client()
    assert (
        other.post(
            "/desk/signin/passkey/", {"answer": phone.confirm(options_of(other, "/desk/signin/passkey/"))}
        ).status_code
        == 200
    )

"""The WebAuthn ceremony for members, by the same library as that of staff. Nothing here reads or writes a
table.

The challenge is kept by the browser in a signed cookie, so asking for one stores nothing.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity.signin.mfa import ISSUER
from sauga.kernel.identity.signin.passkey_cookie import ChallengeCookie
from sauga.kernel.refusals import ActionRefused

CHALLENGE = ChallengeCookie("member-passkey", "members.passkey", same_site="Lax")
BROKEN = (ValueError, KeyError, TypeError, AttributeError)
"""What fido2 raises for an answer that is none."""


class PasskeyRefused(ActionRefused):
    """The answer of the device is not accepted."""

    message = _("The device did not confirm. Try again, or use a link by email.")


@dataclass(frozen=True)
class Made:
    """A passkey that a browser has just made; `signatures` is how often it says that it has signed."""

    credential: bytes
    public: bytes
    signatures: int


def creation_options(handle: str, name: str, known: Sequence[bytes]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to make a passkey, and the challenge that it must keep. `known`: those that the
    member has."""
    from fido2.webauthn import (
        PublicKeyCredentialUserEntity,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    user = PublicKeyCredentialUserEntity(id=handle.encode(), name=name, display_name=name)
    options, state = _server().register_begin(
        user=user,
        credentials=[_descriptor(one) for one in known],
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), dict(state)


def made_by(answer: str, challenge: dict[str, Any]) -> Made:
    """The passkey in the browser's answer. Raises PasskeyRefused."""
    from fido2.webauthn import RegistrationResponse

    try:
        data = _server().register_complete(challenge, RegistrationResponse.from_dict(_parsed(answer)))
        held = data.credential_data
        assert held is not None
        return Made(bytes(held.credential_id), bytes(held), data.counter)
    except BROKEN:
        raise PasskeyRefused from None


def signin_options() -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to sign in by whichever passkey it has for this site, and the challenge."""
    from fido2.webauthn import UserVerificationRequirement

    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), dict(state)


def credential_in(answer: str) -> bytes:
    """Which passkey answered; unverified. Raises PasskeyRefused."""
    from fido2.webauthn import AuthenticationResponse

    try:
        return bytes(AuthenticationResponse.from_dict(_parsed(answer)).raw_id)
    except BROKEN:
        raise PasskeyRefused from None


def check_answer(answer: str, challenge: dict[str, Any], public: bytes) -> int:
    """Check that the holder of a passkey, verified as a person, signed the challenge; how often the passkey
    says that it has signed (0: it does not count). Raises PasskeyRefused."""
    from fido2.webauthn import AttestedCredentialData, AuthenticationResponse

    try:
        response = AuthenticationResponse.from_dict(_parsed(answer))
        _server().authenticate_complete(challenge, [AttestedCredentialData(public)], response)
        return int(response.response.authenticator_data.counter)
    except BROKEN:
        raise PasskeyRefused from None


def _parsed(answer: str) -> dict[str, Any]:
    if len(answer) > 20_000:
        raise PasskeyRefused
    try:
        held = json.loads(answer)
    except (ValueError, RecursionError):
        raise PasskeyRefused from None
    if not isinstance(held, dict):
        raise PasskeyRefused
    return held


def _server() -> Any:
    from urllib.parse import urlsplit

    from fido2.server import Fido2Server
    from fido2.webauthn import PublicKeyCredentialRpEntity

    host = urlsplit(settings.ENV.base_url).hostname or "localhost"
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=ISSUER))


def _descriptor(credential: bytes) -> Any:
    from fido2.webauthn import PublicKeyCredentialDescriptor, PublicKeyCredentialType

    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=credential)

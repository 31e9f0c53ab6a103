"""Second factors: one-time codes, recovery codes and passkeys, kept in django-allauth's table.

allauth remembers a used one-time code in the cache of one process for one period; here the last accepted step
is kept on the person's row and moved forward by one conditional statement, so a code works once, on every
process, and in a race only once (RFC 6238 §5.2).
"""

import io
import json
import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import segno
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import EnvelopeError, files
from sauga.kernel.sealed.primitives import envelopes

PERIOD = 30
TOLERANCE = 1  # steps before and after now, for clocks that drift
ISSUER = "Sauga"
FEW_CODES = 3
"""With fewer recovery codes left, the account page says that a new sheet is needed."""


FACTOR = envelopes.context("identity", "factor")
FACTORS, FACTOR_USE = "factors", "second factor"
SECRETS = ("secret", "seed", "migrated_codes")
"""Where allauth's rows hold what is sealed."""
SIGNATURES = "signatures"
"""Where the row of a passkey holds how often it has signed."""
SENT_TWICE = timedelta(minutes=1)
"""The same answer again within this time comes from a form that was sent twice, not from a copy."""


class Factor(StrEnum):
    """How the second factor was shown."""

    TOTP = "totp"
    RECOVERY = "recovery_codes"
    PASSKEY = "webauthn"


class FactorRefused(ActionRefused):
    """The code, or the passkey's answer, is not accepted. Deliberately says no more."""

    message = _("The code is not correct. Wait for the next one and try again.")
    field = "code"


class PasskeyRefused(FactorRefused):
    """The passkey that the browser made is not accepted."""

    message = _("The device did not confirm. Try again.")
    field = ""


class CopiedPasskey(FactorRefused):
    """A passkey signed with a number that did not rise: there is a copy of it. The browser reads what
    every refusal says; `owner` is to be told."""

    def __init__(self, owner: Person) -> None:
        super().__init__()
        self.owner = owner


class SaugaAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth is untyped
    """What allauth asks us: the installation's own name and host, never those of a request, and secrets
    sealed before they are stored."""

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": urlsplit(settings.ENV.base_url).hostname or "localhost", "name": ISSUER}

    def get_public_key_credential_user_entity(self, user: AbstractBaseUser) -> dict[str, Any]:
        assert isinstance(user, Person)
        return {"id": user_pk_to_url_str(user).encode(), "display_name": user.name, "name": user.email}

    def encrypt(self, text: str) -> str:
        """Sealed under a key file, so that a copy of the database makes no codes."""
        return envelopes.encrypt(files.subkey(FACTORS, FACTOR_USE), FACTOR, text.encode()).hex()

    def decrypt(self, encrypted_text: str) -> str:
        sealed_text, keys = bytes.fromhex(encrypted_text), files.subkeys(FACTORS, FACTOR_USE)
        for key in keys[1:]:
            with suppress(EnvelopeError):
                return envelopes.decrypt(key, FACTOR, sealed_text).decode()
        return envelopes.decrypt(keys[0], FACTOR, sealed_text).decode()


def reseal_factors() -> int:
    """Seal every kept secret anew under the present key file; returns how many rows.

    Safe to interrupt and to repeat.
    """
    adapter, done = SaugaAdapter(), 0
    for pk in Authenticator.objects.order_by("pk").values_list("pk", flat=True):
        with transaction.atomic():
            row = Authenticator.objects.select_for_update().filter(pk=pk).first()
            secrets = {name: row.data[name] for name in SECRETS if name in row.data} if row else {}
            if row is None or not secrets:
                continue
            for name, value in secrets.items():
                many = isinstance(value, list)
                fresh = [adapter.encrypt(adapter.decrypt(text)) for text in (value if many else [value])]
                row.data[name] = fresh if many else fresh[0]
            row.save(update_fields=["data"])
            done += 1
    return done


@dataclass(frozen=True)
class Held:
    """The second factors of a person, for lists and for the gate."""

    totp: bool
    passkeys: tuple[Authenticator, ...]
    codes_left: int

    @property
    def is_enough(self) -> bool:
        """Whether signing in is possible with what there is; recovery codes alone are not a factor."""
        return self.totp or bool(self.passkeys)

    @property
    def is_short_of_codes(self) -> bool:
        """Whether a lost device would soon, or already, leave no way in but an administrator's reset."""
        return self.codes_left < FEW_CODES


def held_by(person: Person) -> Held:
    """What the person has set up."""
    rows = list(Authenticator.objects.filter(user=person).order_by("pk"))
    codes = [row for row in rows if row.type == Authenticator.Type.RECOVERY_CODES]
    return Held(
        totp=any(row.type == Authenticator.Type.TOTP for row in rows),
        passkeys=tuple(row for row in rows if row.type == Authenticator.Type.WEBAUTHN),
        codes_left=len(RecoveryCodes(codes[0]).get_unused_codes()) if codes else 0,
    )


# One-time codes
def new_totp_secret() -> str:
    """A fresh secret, 160 bits in base 32."""
    secret: str = generate_totp_secret()
    return secret


def totp_code(secret: str, unix_time: float) -> str:
    """The code that an authenticator shows at that time. Used by the demo and by tests."""
    code: str = format_hotp_value(hotp_value(secret, int(unix_time) // PERIOD))
    return code


def totp_address(person_email: str, secret: str) -> str:
    """The otpauth address that the QR code holds."""
    label = quote(f"{ISSUER}:{person_email}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER}, quote_via=quote)}"


def totp_picture(address: str) -> SafeString:
    """The QR code as inline SVG without style, so that the policy of the page allows it."""
    svg = segno.make(address, error="m").svg_inline(
        scale=4, omitsize=True, svgclass="qr", lineclass=None, border=3
    )
    return mark_safe(svg)  # noqa: S308  made by segno from an address we wrote


def totp_blocks(address: str) -> str:
    """The QR code as characters, for a terminal."""
    drawn = io.StringIO()
    segno.make(address, error="l").terminal(drawn, border=2, compact=True)
    return drawn.getvalue()


def misfit(secret: str, code: str) -> str:
    """What is wrong with a code typed to try a new authenticator; nothing when it fits."""
    return (
        ""
        if matching_step(secret, code, time.time()) is not None
        else "the code does not fit; check the secret and the clocks"
    )


def matching_step(secret: str, code: str, unix_time: float) -> int | None:
    """The step whose code this is, within one step of now, or None. Spaces in what was typed are ignored."""
    typed = "".join(code.split())
    now = int(unix_time) // PERIOD
    steps = [now + shift for shift in range(-TOLERANCE, TOLERANCE + 1)]
    found = [
        step for step in steps if constant_time_compare(format_hotp_value(hotp_value(secret, step)), typed)
    ]
    return found[0] if found else None


def set_totp(person: Person, secret: str, *, step: int = 0) -> None:
    """Store the secret as the person's only one; `step` is the step already used to confirm it."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).delete()
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={"secret": encrypt(secret)})
    Person.objects.filter(pk=person.pk).update(totp_step=step)


def use_code(person: Person, code: str, *, unix_time: float | None = None) -> Factor:
    """Accept a one-time code or a recovery code, once. Raises FactorRefused.

    The clock is the machine's own unless given, because the code is about this very moment.
    """
    when = time.time() if unix_time is None else unix_time
    rows = {
        row.type: row
        for row in Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.WEBAUTHN)
    }
    if row := rows.get(Authenticator.Type.TOTP):
        step = matching_step(decrypt(row.data["secret"]), code, when)
        if step is not None:
            if not Person.objects.filter(pk=person.pk, totp_step__lt=step).update(totp_step=step):
                raise FactorRefused
            return Factor.TOTP
    if (row := rows.get(Authenticator.Type.RECOVERY_CODES)) and RecoveryCodes(row).validate_code(
        "".join(code.split())
    ):
        return Factor.RECOVERY
    raise FactorRefused


def new_recovery_codes(person: Person) -> list[str]:
    """Ten fresh recovery codes; older ones stop working. Shown once by the caller."""
    Authenticator.objects.filter(user=person, type=Authenticator.Type.RECOVERY_CODES).delete()
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


# Passkeys. Options and answers travel as the JSON of the WebAuthn standard; the challenge is in the session,
# before signing in with the
# browser (`passkey_cookie`).
def passkey_options(person: Person | None) -> dict[str, Any]:
    """What the browser needs to ask for a passkey: of one person, or of anyone with one for this site."""
    return dict(webauthn.begin_authentication(person))


def use_passkey(answer: str, person: Person) -> None:
    """Accept the answer of one of the person's passkeys to the challenge in the session.

    Raises FactorRefused, CopiedPasskey.
    """
    row, _who = _answered(answer, person)
    row.record_usage()


def signin_challenge() -> tuple[dict[str, Any], dict[str, Any]]:
    """What the browser needs to ask for any passkey for this site, and the challenge that it must keep;
    nothing is stored."""
    options = passkey_options(None)
    challenge = dict(webauthn.get_state() or {})
    webauthn.clear_state()
    return options, challenge


def use_signin_passkey(answer: str, challenge: dict[str, Any], made_at: datetime) -> Person:
    """The person whose passkey signed the challenge. Raises FactorRefused, CopiedPasskey.

    The challenge is kept by the browser, so its single use is recorded on the passkey's row: one conditional
    statement moves the time of the last use on, and a challenge made before that time is refused, on every
    process and also in a race.
    """
    webauthn.set_state(challenge)
    try:
        row, who = _answered(answer)
    finally:
        webauthn.clear_state()
    unused = Q(last_used_at__isnull=True) | Q(last_used_at__lt=made_at)
    if not Authenticator.objects.filter(unused, pk=row.pk).update(last_used_at=clock.now()):
        raise FactorRefused
    return who


def _answered(answer: str, person: Person | None = None) -> tuple[Authenticator, Person]:
    """The passkey that signed the challenge in the session, and whose it is; with `person`, only theirs
    counts. Raises FactorRefused, CopiedPasskey."""
    response = _parsed(answer)
    try:
        parsed = webauthn.parse_authentication_response(response)
        who = person or webauthn.extract_user_from_response(response)
        assert isinstance(who, Person)
        row = webauthn.complete_authentication(who, response)
        signatures = int(parsed.response.authenticator_data.counter)
    except (ValidationError, KeyError, TypeError, AttributeError, ValueError):
        raise FactorRefused from None
    _count_on(row, who, signatures)
    return row, who


def _count_on(row: Authenticator, who: Person, signatures: int) -> None:
    """Keep how often the passkey says that it has signed.

    A number that did not rise comes from a copy of the device and is refused (WebAuthn Level 3, 7.2, step
    22); a synchronised passkey does not count and says 0 each time. Raises CopiedPasskey, or
    FactorRefused for an answer that was sent twice.
    """
    held = max(row.data.get(SIGNATURES, 0), row.wrap().authenticator_data.counter)
    if signatures == held == 0:
        return
    used_at = row.last_used_at
    if signatures < held or (signatures == held and not (used_at and clock.now() - used_at < SENT_TWICE)):
        raise CopiedPasskey(who)
    unused = Q(**{f"data__{SIGNATURES}__isnull": True}) | Q(**{f"data__{SIGNATURES}__lt": signatures})
    if not Authenticator.objects.filter(unused, pk=row.pk).update(data={**row.data, SIGNATURES: signatures}):
        raise FactorRefused


def passkey_creation_options(person: Person) -> dict[str, Any]:
    """What the browser needs to make a passkey that can also sign in by itself."""
    return dict(webauthn.begin_registration(person, True))


def add_passkey(person: Person, name: str, answer: str) -> Authenticator:
    """Store the passkey that the browser made for the last options. Raises PasskeyRefused."""
    credential = _parsed(answer)
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, KeyError, TypeError, AttributeError, ValueError):
        raise PasskeyRefused from None
    row: Authenticator = webauthn.WebAuthn.add(person, name, credential).instance
    return row


def remove_factor(person: Person, factor_id: int) -> str:
    """Take a passkey away and return its kind.

    Raises FactorRefused when it is not the person's own or the last way in.
    """
    row = Authenticator.objects.filter(user=person, pk=factor_id, type=Authenticator.Type.WEBAUTHN).first()
    left = held_by(person)
    if row is None or (not left.totp and len(left.passkeys) == 1):
        raise FactorRefused
    row.delete()
    return str(row.type)


def clear_factors(person: Person) -> None:
    """Take every factor away: the person has lost them all and sets up new ones at the next sign-in."""
    Authenticator.objects.filter(user=person).delete()


def _parsed(answer: str) -> dict[str, Any]:
    try:
        parsed = json.loads(answer)
    except (ValueError, RecursionError):
        raise PasskeyRefused from None
    if not isinstance(parsed, dict):
        raise PasskeyRefused
    return parsed

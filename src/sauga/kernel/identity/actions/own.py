"""What people change in their own account: language, password, second factors, the vault's recovery code."""

from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, sealed
from sauga.kernel.identity import person_notifications
from sauga.kernel.identity.actions.password import check_password_strength
from sauga.kernel.identity.actions.people import end_sessions
from sauga.kernel.identity.actors import person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.signin import mfa
from sauga.kernel.identity.signin.mfa import CopiedPasskey, Factor, FactorRefused
from sauga.kernel.identity.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed import SealedError, Vault
from sauga.kernel.states import Actor, lock


class PasswordWrong(ActionRefused):
    """The present password was typed wrong; nothing was changed."""

    message = _("The password is not correct.")
    field = "password"


class VaultStaysShut(ActionRefused):
    """The password or code does not open the vault."""

    message = _("This password does not open the vault.")
    field = "password"


class RecoveryCodeRefused(VaultStaysShut):
    """The vault's recovery code does not fit. Nothing was changed."""

    message = _("The recovery code is not correct. Check every letter.")
    field = "recovery_code"


LANGUAGE_COOKIE = "sauga-language"
"""The language that somebody chose before signing in, in this browser."""
LAST_LANGUAGE_COOKIE = "sauga-last-language"
"""The language in which the desk was last read in this browser: that of the sign-in page when a session has
ended. Nobody's choice: it changes no account."""
LAST_LANGUAGE_KEPT = timedelta(days=30)


def choose_language(*, person: Person, language: str) -> None:
    """The language of the desk for this person."""
    Person.objects.filter(pk=person.pk).update(language=language)


def keep_last_language(response: Any, language: str) -> None:
    """Let the browser keep the language of the desk for the sign-in page."""
    response.set_cookie(
        LAST_LANGUAGE_COOKIE,
        language,
        max_age=int(LAST_LANGUAGE_KEPT.total_seconds()),
        httponly=True,
        samesite="Strict",
        secure=settings.SESSION_COOKIE_SECURE,
        path="/desk/",
    )


def change_password(*, person: Person, old: str, new: str, at: datetime) -> bool:
    """Replace the password and put the vault's key under it; whether the vault opens under the new one. Ends
    all sessions.

    It does not when an earlier reset had left the vault under a password before that; then the recovery code
    still opens it. Raises PasswordWrong, ValidationError.
    """
    if not person.check_password(old):
        raise PasswordWrong
    check_password_strength(new, person)
    with transaction.atomic():
        person = lock(person)
        person.set_password(new)
        person.save(update_fields=["password"])
        try:
            sealed.change_password(person.pk, old, new)
            opens = True
        except SealedError:
            opens = False
        end_sessions(person)
        audit.record(person_actor(person, at), Trail.PASSWORD_CHANGED, person, zone=ZONE, at=at)
    return opens


def unlock_vault(*, person: Person, password: str, at: datetime) -> Vault:
    """Open the vault with the password. Raises VaultStaysShut, also for someone who has no keys yet."""
    try:
        vault = sealed.unlock_with_password(person.pk, password)
    except SealedError:
        raise VaultStaysShut from None
    audit.record(person_actor(person, at), Trail.VAULT_UNLOCKED, person, zone=ZONE, at=at)
    return vault


def recover_vault(*, person: Person, recovery_code: str, password: str, at: datetime) -> Vault:
    """After a reset: put the vault's key under the present password by the recovery code.

    Raises PasswordWrong, RecoveryCodeRefused.
    """
    if not person.check_password(password):
        raise PasswordWrong
    try:
        with transaction.atomic():
            vault = sealed.recover(person.pk, recovery_code, password)
            audit.record(person_actor(person, at), Trail.VAULT_RECOVERED, person, zone=ZONE, at=at)
    except SealedError:
        raise RecoveryCodeRefused from None
    return vault


def lock_vault(*, by: Actor, person: Person, at: datetime) -> None:
    """The person locked the vault; the session's part is `vaults.forget`."""
    audit.record(by, Trail.VAULT_LOCKED, person, zone=ZONE, at=at)


def renew_recovery_code(*, person: Person, password: str, at: datetime) -> str:
    """A new recovery code of the vault, shown once; the old one stops working.

    Raises PasswordWrong, VaultStaysShut.
    """
    if not person.check_password(password):
        raise PasswordWrong
    with transaction.atomic():
        try:
            code = sealed.new_recovery_code(sealed.unlock_with_password(person.pk, password))
        except SealedError:
            raise VaultStaysShut from None
        audit.record(person_actor(person, at), Trail.RECOVERY_RENEWED, person, zone=ZONE, at=at)
    return code.text


def set_up_totp(*, person: Person, secret: str, code: str, at: datetime) -> None:
    """Make this authenticator the person's only one, proven by a code.

    Ends the other sessions. Raises FactorRefused.
    """
    step = mfa.matching_step(secret, code, at.timestamp())
    if step is None:
        raise FactorRefused
    with transaction.atomic():
        mfa.set_totp(lock(person), secret, step=step)
        _factor_changed(person, Factor.TOTP, at)


def add_passkey(*, person: Person, name: str, answer: str, at: datetime) -> Authenticator:
    """Store the passkey that the browser just made. Ends the other sessions. Raises FactorRefused."""
    with transaction.atomic():
        row = mfa.add_passkey(lock(person), name, answer)
        _factor_changed(person, Factor.PASSKEY, at)
    return row


def remove_passkey(*, person: Person, factor_id: int, at: datetime) -> None:
    """Take the passkey away.

    Ends the other sessions. Raises FactorRefused for another's passkey and for the last factor.
    """
    with transaction.atomic():
        factor = mfa.remove_factor(lock(person), factor_id)
        end_sessions(person)
        audit.record(
            person_actor(person, at), Trail.FACTOR_REMOVED, person, zone=ZONE, at=at, facts={"factor": factor}
        )


def use_passkey(*, person: Person, answer: str, at: datetime) -> None:
    """Accept the answer of one of the person's passkeys as second factor.

    A copied passkey is recorded in the audit log and its owner is notified. Raises FactorRefused.
    """
    try:
        mfa.use_passkey(answer, person)
    except CopiedPasskey as copied:
        _report_copy(copied.owner, at)
        raise


def use_signin_passkey(*, answer: str, challenge: dict[str, Any], made_at: datetime, at: datetime) -> Person:
    """The person who signs in by a passkey alone.

    A copied passkey is recorded in the audit log and its owner is notified. Raises FactorRefused.
    """
    try:
        return mfa.use_signin_passkey(answer, challenge, made_at)
    except CopiedPasskey as copied:
        _report_copy(copied.owner, at)
        raise


def _report_copy(owner: Person, at: datetime) -> None:
    with transaction.atomic():
        audit.record(person_actor(owner, at), Trail.FACTOR_COPIED, owner, zone=ZONE, at=at)
        person_notifications.passkey_copied(owner, at)


def new_recovery_codes(*, person: Person, at: datetime) -> list[str]:
    """Ten codes that stand in for a lost authenticator, shown once; the earlier ones stop working."""
    with transaction.atomic():
        codes = mfa.new_recovery_codes(lock(person))
        audit.record(
            person_actor(person, at),
            Trail.FACTOR_ADDED,
            person,
            zone=ZONE,
            at=at,
            facts={"factor": str(Factor.RECOVERY)},
        )
    return codes


def _factor_changed(person: Person, factor: Factor, at: datetime) -> None:
    end_sessions(person)
    audit.record(
        person_actor(person, at), Trail.FACTOR_ADDED, person, zone=ZONE, at=at, facts={"factor": str(factor)}
    )

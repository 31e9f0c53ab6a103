"""People's own key pairs: made at enrolment, unlocked by password, passkey or recovery code, never known to
the server while locked."""

from django.db import transaction
from nacl import bindings

from sauga.kernel.sealed.errors import AlreadyEnrolled, EnvelopeError, UnlockRefused
from sauga.kernel.sealed.models import KeyWrap, Member, PersonKey, WrapKind
from sauga.kernel.sealed.people import wraps
from sauga.kernel.sealed.people.recovery_codes import RecoveryCode
from sauga.kernel.sealed.people.vault import Vault
from sauga.kernel.sealed.primitives.envelopes import KEY_BYTES, public_half


def is_enrolled(person_id: int) -> bool:
    """Whether the person has a key pair."""
    return PersonKey.objects.filter(person_id=person_id).exists()


@transaction.atomic
def enrol_person(person_id: int, password: str) -> RecoveryCode:
    """Make a person's pair and wrap it by the sign-in password and by a recovery code, which is returned
    once. Raises AlreadyEnrolled."""
    if is_enrolled(person_id):
        raise AlreadyEnrolled(f"person {person_id} has a key pair")
    private = bindings.randombytes(KEY_BYTES)
    person = PersonKey.objects.create(person_id=person_id, public=public_half(private))
    _write_password(person, private, password)
    return _write_code(person, private)


@transaction.atomic
def reenrol_person(person_id: int, password: str) -> RecoveryCode:
    """A new pair for a person who lost password and code: it opens nothing until a member adds the person
    again."""
    Member.objects.filter(person_id=person_id).delete()
    PersonKey.objects.filter(person_id=person_id).delete()
    return enrol_person(person_id, password)


def unlock_with_password(person_id: int, password: str) -> Vault:
    """Open the vault; about 0.1 s, the same for unknown people. Raises UnlockRefused, ParametersRefused."""
    row = _wrap_of(person_id, WrapKind.PASSWORD)
    if row is None:
        wraps.key_from_password(password, wraps.new_salt())
        raise UnlockRefused("no such key pair, or the password is wrong")
    return _unlock(row, wraps.key_from_password(password, bytes(row.salt), row.operations, row.memory))


def unlock_with_passkey(person_id: int, credential: bytes, prf_output: bytes) -> Vault:
    """Open the vault with what the passkey `credential` gave for its PRF salt. Raises UnlockRefused."""
    row = _wrap_of(person_id, WrapKind.PASSKEY_PRF, credential)
    if row is None:
        raise UnlockRefused("this passkey has no wrap")
    return _unlock(row, wraps.key_from_prf(prf_output, bytes(row.salt)))


def change_password(person_id: int, old: str, new: str) -> Vault:
    """Wrap the pair by a new password; the recovery code stays good.

    Raises UnlockRefused when the old one is wrong.
    """
    vault = unlock_with_password(person_id, old)
    set_password(vault, new)
    return vault


def recover(person_id: int, code: RecoveryCode | str, new_password: str) -> Vault:
    """Open the pair by recovery code and wrap it by a new password. The code stays good until
    `new_recovery_code`.

    Raises RecoveryCodeUnreadable for a mistyped code, UnlockRefused for another person's.
    """
    parsed = RecoveryCode.parse(code) if isinstance(code, str) else code
    row = _wrap_of(person_id, WrapKind.RECOVERY)
    if row is None:
        raise UnlockRefused("no such key pair, or the code is wrong")
    vault = _unlock(row, wraps.key_from_code(parsed, bytes(row.salt)))
    set_password(vault, new_password)
    return vault


@transaction.atomic
def set_password(vault: Vault, new: str) -> None:
    """Replace the password wrap of an unlocked person."""
    _write_password(_person_of(vault), vault._private, new)


@transaction.atomic
def new_recovery_code(vault: Vault) -> RecoveryCode:
    """Replace the recovery code of an unlocked person; the old one opens nothing any more."""
    return _write_code(_person_of(vault), vault._private)


@transaction.atomic
def add_passkey(vault: Vault, credential: bytes, prf_output: bytes) -> None:
    """Let a passkey with the PRF extension open the vault too; adding it again replaces its wrap."""
    person, salt = _person_of(vault), wraps.new_salt()
    row = KeyWrap(kind=WrapKind.PASSKEY_PRF, credential=credential, salt=salt)
    _save(wraps.wrap(wraps.key_from_prf(prf_output, salt), person, vault._private, row))


def remove_passkey(person_id: int, credential: bytes) -> None:
    """Forget a passkey's wrap."""
    KeyWrap.objects.filter(
        person_key__person_id=person_id, kind=WrapKind.PASSKEY_PRF, credential=credential
    ).delete()


def _person_of(vault: Vault) -> PersonKey:
    person = PersonKey.objects.filter(person_id=vault.person_id).first()
    if person is None or bytes(person.public) != vault.public:
        raise UnlockRefused("the person has another key pair by now")
    return person


def _wrap_of(person_id: int, kind: WrapKind, credential: bytes = b"") -> KeyWrap | None:
    rows = KeyWrap.objects.filter(person_key__person_id=person_id, kind=kind, credential=credential)
    return rows.select_related("person_key").first()


def _unlock(row: KeyWrap, key: bytes) -> Vault:
    try:
        private = wraps.unwrap(key, row.person_key, row)
    except EnvelopeError:
        raise UnlockRefused("no such key pair, or the secret is wrong") from None
    return Vault(row.person_key.person_id, private)


def _write_password(person: PersonKey, private: bytes, password: str) -> None:
    row = wraps.password_row(wraps.new_salt())
    _save(wraps.wrap(wraps.key_from_password(password, bytes(row.salt)), person, private, row))


def _write_code(person: PersonKey, private: bytes) -> RecoveryCode:
    code, salt = RecoveryCode.new(), wraps.new_salt()
    _save(
        wraps.wrap(
            wraps.key_from_code(code, salt), person, private, KeyWrap(kind=WrapKind.RECOVERY, salt=salt)
        )
    )
    return code


def _save(row: KeyWrap) -> None:
    KeyWrap.objects.update_or_create(
        person_key=row.person_key,
        kind=row.kind,
        credential=row.credential,
        defaults={
            "salt": row.salt,
            "operations": row.operations,
            "memory": row.memory,
            "envelope": row.envelope,
        },
    )

"""Membership rows: who is given a team's private half.

Writing one needs that half, because its signature is derived from it.
"""

from nacl import bindings
from nacl.exceptions import CryptoError

from sauga.kernel.sealed import zonekeys
from sauga.kernel.sealed.errors import EnvelopeError, RogueMembership
from sauga.kernel.sealed.models import Member, PersonKey, ZoneKey
from sauga.kernel.sealed.primitives.envelopes import context, decrypt_with, digest, encrypt_to, public_half


def admit(
    zone_key: ZoneKey, private: bytes, *, person_id: int, person_public: bytes, by_person_id: int
) -> Member:
    """Seal a team's private half to a person and sign the row.

    Raises WeakPublicKey. An older row of the same person is replaced.
    """
    row = Member(
        zone_key=zone_key, person_id=person_id, person_public=person_public, by_person_id=by_person_id
    )
    row.wrapped = encrypt_to(person_public, _wrap_context(row), private, key_version=zone_key.version)
    row.signature = bindings.crypto_sign(
        _said(row), bindings.crypto_sign_seed_keypair(zonekeys.signing_key(private))[1]
    )[: bindings.crypto_sign_BYTES]
    Member.objects.update_or_create(
        zone_key=zone_key,
        person_id=person_id,
        defaults={
            "person_public": row.person_public,
            "wrapped": row.wrapped,
            "by_person_id": by_person_id,
            "signature": row.signature,
        },
    )
    return row


def open_row(row: Member, person_private: bytes) -> bytes:
    """The team's private half out of the person's own row.

    Raises RogueMembership when row, signature and zone key do not fit together.
    """
    zonekeys.check_mark(row.zone_key)
    try:
        private = decrypt_with(person_private, _wrap_context(row), bytes(row.wrapped))
    except EnvelopeError:
        raise RogueMembership("a membership row was changed or moved") from None
    if public_half(private) != bytes(row.zone_key.public):
        raise RogueMembership("a membership row holds another key than the zone's")
    check(row, zonekeys.verify_half(private))
    return private


def check(row: Member, verify: bytes) -> None:
    """Raises RogueMembership unless a holder of the team key signed the row."""
    try:
        bindings.crypto_sign_open(bytes(row.signature) + _said(row), verify)
    except (CryptoError, ValueError):
        raise RogueMembership(
            f"the membership of person {row.person_id} is not signed by a holder of the team key"
        ) from None


def check_person(row: Member) -> None:
    """Raises RogueMembership unless the row names the person's present public key."""
    held = PersonKey.objects.filter(person_id=row.person_id).values_list("public", flat=True).first()
    if held is None or bytes(held) != bytes(row.person_public):
        raise RogueMembership(
            f"the membership of person {row.person_id} names another public key than the person's own"
        )


def _wrap_context(row: Member) -> bytes:
    key = row.zone_key
    return context("member", key.zone, key.kind, key.version, row.person_id)


def _said(row: Member) -> bytes:
    """What the signature says: this person, by this key, was given this team key by that person."""
    head = context(
        "membership",
        row.zone_key.zone,
        row.zone_key.kind,
        row.zone_key.version,
        row.person_id,
        row.by_person_id,
    )
    parts = (head, bytes(row.zone_key.public), bytes(row.person_public), bytes(row.wrapped))
    return digest(b"".join(len(part).to_bytes(4, "big") + part for part in parts))

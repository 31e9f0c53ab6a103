"""The key of one secret ballot: votes are sealed to it by anybody, and opened once, at the count.

Its private half is stored nowhere. It is derived from two: one is a data key of the zone, which only an
unlocked member of the team can open; the other is a file in `<SAUGA_DATA>/ballots/`, which is in no backup.
Neither the server nor the team opens a vote alone. Once both are destroyed, nobody ever does, whatever old
copies of the database are found (docs/decisions/0158-secret-ballots.md).
"""

import contextlib
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sauga.kernel.sealed import files
from sauga.kernel.sealed.datakeys import destroy_keys, new_data_key, open_data_key
from sauga.kernel.sealed.envelopes import KEY_BYTES, context, decrypt_with, digest, encrypt_to, public_half
from sauga.kernel.sealed.errors import KeyNotAvailable, TextNotSealable
from sauga.kernel.sealed.openers import Opener
from sauga.kernel.sealed.padding import STEPS, pad, unpad
from sauga.kernel.sealed.zones import Recipient, Zone

PERSON = b"ballot-key"
VERSION = 1


def folder() -> Path:
    """The folder of the machine's halves, apart from `keys/`, because backups hold those."""
    data: Path = getattr(settings, "ENV").data  # noqa: B009  django-stubs knows Django's own settings only
    return data / "ballots"


def new_ballot_key(zone: Zone, ref: str) -> bytes:
    """Make both halves for a ballot, in the caller's transaction; returns the public key.

    Raises ZoneMissing; IntegrityError where the ballot has a key.
    """
    team = new_data_key(zone=zone, holder=_holder(ref), recipients=[Recipient.TEAM])
    machine = secrets.token_bytes(KEY_BYTES)
    files.place(_file(ref), (machine.hex() + "\n").encode())
    return public_half(_private(team.secret, machine))


def seal_vote(public: bytes, *, zone: Zone, ref: str, slot: str, text: str) -> bytes:
    """Seal a vote to a ballot, bound to the ballot and one voter's slot; every vote has the same length.

    Raises TextNotSealable for a vote that would be longer than the others.
    """
    padded = pad(text.encode())
    if len(padded) != STEPS[0]:
        raise TextNotSealable("a vote is longer than all votes are padded to")
    return encrypt_to(public, context(zone, "ballot", ref, slot), padded, key_version=VERSION)


def open_votes(opener: Opener, *, zone: Zone, ref: str, sealed_votes: dict[str, bytes]) -> list[str]:
    """The votes of a ballot by their slots, in no order. Raises KeyNotAvailable, EnvelopeDamaged."""
    private = _private(
        open_data_key(zone=zone, holder=_holder(ref), opener=opener).secret, _machine_half(_file(ref))
    )
    opened = [
        unpad(decrypt_with(private, context(zone, "ballot", ref, slot), envelope)).decode()
        for slot, envelope in sealed_votes.items()
    ]
    secrets.SystemRandom().shuffle(opened)
    return opened


def destroy_team_half(ref: str) -> None:
    """Delete the team's half, in the caller's transaction; the file goes after it has ended."""
    destroy_keys([_holder(ref)])


def destroy_machine_half(ref: str) -> bool:
    """Overwrite and remove the file. False when there is none."""
    path = _file(ref)
    with contextlib.suppress(OSError), path.open("r+b") as file:
        file.write(bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def machine_halves(before: datetime) -> list[str]:
    """The ballots whose file was made before an instant and is still here."""
    return sorted(path.name for path in folder().glob("[!.]*") if path.stat().st_mtime < before.timestamp())


def _machine_half(path: Path) -> bytes:
    try:
        held = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        raise KeyNotAvailable(f"the file ballots/{path.name} is missing or unreadable") from None
    if len(held) != KEY_BYTES or not any(held):
        raise KeyNotAvailable(f"the file ballots/{path.name} is missing or unreadable")
    return held


def _private(team: bytes, machine: bytes) -> bytes:
    return digest(machine, key=team, person=PERSON)


def _holder(ref: str) -> str:
    return f"ballot:{ref}"


def _file(ref: str) -> Path:
    if not ref.replace("-", "").isalnum() or not ref.isascii():
        raise KeyNotAvailable("not the reference of a ballot")
    return folder() / ref

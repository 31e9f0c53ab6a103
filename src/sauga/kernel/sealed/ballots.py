"""The key of one secret ballot: votes are sealed to it by anybody, and opened once, at the count.

Its private half is stored nowhere. It is derived from two: one is a data key of the zone, which only an
unlocked member of the team can open; the other is a file in `<SAUGA_DATA>/ballots/`, which is in no backup.
The file also keys the mark over a ballot's public key and the mark of each vote, so that a person who writes
to the database can neither have votes sealed to a key of their own nor put votes there. Neither the server
nor the team opens a vote alone. Once both are destroyed, it can never be opened, whatever old
copies of the database are found (docs/decisions/0158-secret-ballots.md).
"""

import contextlib
import hmac
import os
import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings

from sauga.kernel.sealed import files
from sauga.kernel.sealed.datakeys import destroy_keys, new_data_key, open_data_key
from sauga.kernel.sealed.errors import EnvelopeDamaged, KeyNotAvailable, TextNotSealable
from sauga.kernel.sealed.openers import Opener
from sauga.kernel.sealed.primitives.envelopes import (
    KEY_BYTES,
    context,
    decrypt_with,
    digest,
    encrypt_to,
    public_half,
)
from sauga.kernel.sealed.primitives.padding import STEPS, pad, unpad
from sauga.kernel.sealed.zones import Recipient, Zone

PERSON, MARK = b"ballot-key", b"ballot-mark"
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


def mark_of_key(public: bytes, *, ref: str, said: str) -> bytes:
    """The mark over the public key of a ballot and what else is `said` with it. Raises KeyNotAvailable."""
    return _mark(_machine_half(_file(ref)), b"key", ref, said, public)


def is_marked(public: bytes, mark: bytes, *, ref: str, said: str) -> bool:
    """Whether the key is the one that was made here for the ballot. Raises KeyNotAvailable without the
    machine's half."""
    return hmac.compare_digest(mark, mark_of_key(public, ref=ref, said=said))


def seal_vote(public: bytes, *, zone: Zone, ref: str, slot: str, text: str) -> bytes:
    """Seal a vote to a ballot, bound to the ballot and one voter's slot, and mark it as cast here; every vote
    has the same length.

    Raises TextNotSealable for a vote that would be longer than the others, KeyNotAvailable.
    """
    padded = pad(text.encode())
    if len(padded) != STEPS[0]:
        raise TextNotSealable("a vote is longer than all votes are padded to")
    envelope = encrypt_to(public, context(zone, "ballot", ref, slot), padded, key_version=VERSION)
    return envelope + _mark(_machine_half(_file(ref)), b"vote", ref, slot, envelope)


def open_votes(opener: Opener, *, zone: Zone, ref: str, sealed_votes: dict[str, bytes]) -> list[str]:
    """The votes of a ballot by their slots, in no order. Raises KeyNotAvailable, EnvelopeDamaged; so does a
    vote that was not cast here."""
    machine = _machine_half(_file(ref))
    private = _private(open_data_key(zone=zone, holder=_holder(ref), opener=opener).secret, machine)
    opened = []
    for slot, stored in sealed_votes.items():
        envelope, mark = stored[:-KEY_BYTES], stored[-KEY_BYTES:]
        if not hmac.compare_digest(mark, _mark(machine, b"vote", ref, slot, envelope)):
            raise EnvelopeDamaged("the vote was not cast here")
        opened.append(unpad(decrypt_with(private, context(zone, "ballot", ref, slot), envelope)).decode())
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


def _mark(machine: bytes, kind: bytes, *said: str | bytes) -> bytes:
    """A keyed digest over all parts, each with its length."""
    parts = [kind, *(one.encode() if isinstance(one, str) else one for one in said)]
    framed = b"".join(len(one).to_bytes(4, "big") + one for one in parts)
    return digest(framed, key=machine, person=MARK)


def _holder(ref: str) -> str:
    return f"ballot:{ref}"


def _file(ref: str) -> Path:
    if not ref.replace("-", "").isalnum() or not ref.isascii():
        raise KeyNotAvailable("not the reference of a ballot")
    return folder() / ref

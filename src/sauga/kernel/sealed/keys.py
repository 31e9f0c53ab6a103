"""The functions behind `sauga keys …` and `sauga check`: escrow created, used and renewed, and all keys
inspected without opening anything."""

from collections.abc import Sequence

from django.db import transaction

from sauga.kernel.sealed import escrow, files, zonekeys
from sauga.kernel.sealed.errors import (
    EnvelopeError,
    KeyNotAvailable,
    RogueMembership,
    RogueZoneKey,
    SharesRefused,
    ZoneMissing,
)
from sauga.kernel.sealed.escrow import Escrow, EscrowKey
from sauga.kernel.sealed.models import PersonKey, ZoneKey
from sauga.kernel.sealed.people import membership
from sauga.kernel.sealed.people.vault import Vault
from sauga.kernel.sealed.primitives.envelopes import decrypt_with, encrypt_to, public_half
from sauga.kernel.sealed.zones import HELD_BY_STAFF, WITH_MEMBERS, Recipient, Zone


def escrow_create(zone: Zone) -> Escrow:
    """An escrow key for `create_zone`.

    Print the three shares, have each read back with `escrow_check_share`, keep them in three places.
    """
    return escrow.split_new(Zone(zone))


def escrow_key(zone: Zone, shares: Sequence[str]) -> EscrowKey:
    """The zone's escrow key from two or three typed shares.

    Raises SharesRefused, also for shares of an older set; ZoneMissing.
    """
    key = escrow.join(Zone(zone), shares)
    rows = ZoneKey.objects.filter(zone=zone, kind=Recipient.ESCROW).order_by("-version")
    newest = rows.first()
    if newest is None:
        raise ZoneMissing(f"the zone {zone} has no keys yet")
    if bytes(newest.public) != key.public:
        raise SharesRefused("the shares are of an older set")
    return key


@transaction.atomic
def escrow_restore(zone: Zone, shares: Sequence[str], *, person_id: int) -> None:
    """All passwords gone: make an enrolled person member and custodian, every version, by two shares.

    Also marks the zone's rows anew, for an installation that lost `keys/index`. Raises SharesRefused,
    KeyNotAvailable when the person has no key pair, RogueZoneKey for a row whose private half does not fit.
    """
    key = escrow_key(zone, shares)
    public = PersonKey.objects.filter(person_id=person_id).values_list("public", flat=True).first()
    if public is None:
        raise KeyNotAvailable(f"person {person_id} has no key pair yet")
    for row in ZoneKey.objects.select_for_update().filter(zone=zone).order_by("pk"):
        private = _proven(row, key)
        zonekeys.store(row)
        if private is not None:
            membership.admit(
                row, private, person_id=person_id, person_public=bytes(public), by_person_id=person_id
            )
    zonekeys.forget(Zone(zone))


@transaction.atomic
def escrow_renew(zone: Zone, by_vault: Vault) -> Escrow:
    """New shares, for a lost or shown one; the old set opens nothing sealed from now on, so rotate the teams
    afterwards.

    The vault must hold every version of both teams. Raises KeyNotAvailable otherwise.
    """
    fresh = escrow.split_new(Zone(zone))
    held = zonekeys.current(zone, Recipient.ESCROW)
    for row in ZoneKey.objects.select_for_update().filter(zone=zone, kind__in=WITH_MEMBERS):
        zonekeys.check_mark(row)
        private = by_vault.team_private(zone, Recipient(row.kind), row.version)
        row.escrowed = encrypt_to(
            fresh.public, zonekeys.escrow_context(row), private, key_version=row.version
        )
        zonekeys.store(row)
    zonekeys.store(ZoneKey(zone=zone, kind=Recipient.ESCROW, version=held.version + 1, public=fresh.public))
    zonekeys.forget(Zone(zone))
    return fresh


def escrow_check_share(zone: Zone, share: str) -> None:
    """Whether a share was copied without a mistake. Raises SharesRefused."""
    escrow.read_share(Zone(zone), share)


def inspect(zone: Zone) -> list[str]:
    """What is wrong with a zone's keys, in plain words; empty when all marks, signatures and members are
    sound. Opens nothing."""
    faults = []
    for row in ZoneKey.objects.filter(zone=zone).order_by("kind", "version").prefetch_related("members"):
        try:
            zonekeys.check_mark(row)
            for member in row.members.all():
                membership.check(member, bytes(row.verify))
        except (RogueZoneKey, RogueMembership) as fault:
            faults.append(str(fault))
    for kind in WITH_MEMBERS if zone in HELD_BY_STAFF else ():
        newest = ZoneKey.objects.filter(zone=zone, kind=kind).order_by("-version").first()
        if newest is None or not newest.members.exists():
            faults.append(f"{zone} {kind} has no member: only escrow can open it")
    return faults


def _proven(row: ZoneKey, key: EscrowKey) -> bytes | None:
    """The private half of a TEAM or CUSTODIAN row, once its public half fits.

    A SERVICE row is compared with its key file.
    """
    if row.kind == Recipient.ESCROW:
        return None
    if row.kind == Recipient.SERVICE:
        newest = ZoneKey.objects.filter(zone=row.zone, kind=row.kind).order_by("-version").first()
        if (
            newest is not None
            and newest.pk != row.pk
            and not files.has_service_private(row.zone, row.version)
        ):
            return None  # an older version whose file was retired
        _same(row, public_half(files.service_private(row.zone, row.version)))
        return None
    try:
        private = decrypt_with(key.private, zonekeys.escrow_context(row), bytes(row.escrowed))
    except EnvelopeError:
        raise RogueZoneKey(f"{row.zone} {row.kind} {row.version} was not sealed to this escrow key") from None
    _same(row, public_half(private))
    row.verify = zonekeys.verify_half(private)
    return private


def _same(row: ZoneKey, public: bytes) -> None:
    if bytes(row.public) != public:
        raise RogueZoneKey(f"{row.zone} {row.kind} {row.version} is another key than the one kept")

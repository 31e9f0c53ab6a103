"""Creating a zone, adding and removing members, raising a team's version. One transaction each; the caller
writes the audit entry."""

import contextlib

from django.db import IntegrityError, transaction

from sauga.kernel.sealed import files, zonekeys
from sauga.kernel.sealed.errors import KeyNotAvailable, LastMember, NotAMember, ZoneExists
from sauga.kernel.sealed.models import Member, PersonKey, ZoneKey
from sauga.kernel.sealed.people import membership
from sauga.kernel.sealed.people.vault import Vault
from sauga.kernel.sealed.primitives.crockford import spell
from sauga.kernel.sealed.primitives.envelopes import digest, public_half
from sauga.kernel.sealed.zones import HELD_BY_STAFF, WITH_MEMBERS, Recipient, Zone


@transaction.atomic
def create_zone(zone: Zone, *, escrow_public: bytes, founder: Vault) -> None:
    """Make a zone's TEAM, CUSTODIAN and SERVICE keys; the founder becomes first member and first custodian.

    `escrow_public` comes from `keys.escrow_create`, whose shares must be printed first. Raises ZoneExists,
    WeakPublicKey; ValueError for a zone that only the machine opens.
    """
    if zone not in HELD_BY_STAFF:
        raise ValueError(f"only the machine holds a key of {zone}")
    if zone_exists(zone):
        raise ZoneExists(f"the zone {zone} has keys already")
    for kind in WITH_MEMBERS:
        row, private = zonekeys.make(zone, kind, 1, escrow_public=escrow_public)
        membership.admit(
            row,
            private,
            person_id=founder.person_id,
            person_public=founder.public,
            by_person_id=founder.person_id,
        )
    zonekeys.store(ZoneKey(zone=zone, kind=Recipient.ESCROW, version=1, public=escrow_public))
    service = public_half(files.keep_service_private(zone))
    zonekeys.store(ZoneKey(zone=zone, kind=Recipient.SERVICE, version=1, public=service))
    zonekeys.forget(zone)


def create_machine_zone(zone: Zone) -> None:
    """Make the SERVICE key of a zone that only the machine opens; nothing where it has one.

    Raises ValueError for a zone whose keys people hold.
    """
    if zone in HELD_BY_STAFF:
        raise ValueError(f"people hold the keys of {zone}")
    if zone_exists(zone):
        return
    service = public_half(files.keep_service_private(zone))
    with contextlib.suppress(IntegrityError), transaction.atomic():  # another process was quicker
        zonekeys.store(ZoneKey(zone=zone, kind=Recipient.SERVICE, version=1, public=service))
    zonekeys.forget(zone)


def zone_exists(zone: Zone) -> bool:
    """Whether the zone has keys."""
    return ZoneKey.objects.filter(zone=zone).exists()


def members(zone: Zone, kind: Recipient = Recipient.TEAM) -> list[int]:
    """The person ids of the newest version's members, ascending. Unverified: for lists, not for decisions."""
    newest = ZoneKey.objects.filter(zone=zone, kind=kind).order_by("-version").values("pk")[:1]
    return list(
        Member.objects.filter(zone_key__in=newest).order_by("person_id").values_list("person_id", flat=True)
    )


@transaction.atomic
def add_member(zone: Zone, person_id: int, by_vault: Vault, *, kind: Recipient = Recipient.TEAM) -> None:
    """Give a person the team key, every version that the giver holds. Adding a member twice renews the rows.

    Raises NotAMember when the giver is none, KeyNotAvailable when the person has no key pair yet.
    """
    zonekeys.current(zone, zonekeys.check_kind(kind))
    versions = by_vault.versions(zone, kind)
    if not versions:
        raise NotAMember(f"only a member of {zone} {kind} can add another")
    public = PersonKey.objects.filter(person_id=person_id).values_list("public", flat=True).first()
    if public is None:
        raise KeyNotAvailable(f"person {person_id} has no key pair yet")
    for row in ZoneKey.objects.filter(zone=zone, kind=kind, version__in=versions):
        private = by_vault.team_private(zone, kind, row.version)
        membership.admit(
            row, private, person_id=person_id, person_public=bytes(public), by_person_id=by_vault.person_id
        )


@transaction.atomic
def remove_member(zone: Zone, person_id: int, by_vault: Vault, *, kind: Recipient = Recipient.TEAM) -> int:
    """Take a person's rows away and raise the version, so that nothing new is sealed to what the leaver may
    have copied.

    Returns the new version; `reseal` must follow for what is already there. Raises NotAMember, LastMember,
    RogueMembership.
    """
    if person_id not in members(zone, zonekeys.check_kind(kind)):
        raise NotAMember(f"person {person_id} is not a member of {zone} {kind}")
    return rotate(zone, by_vault, kind=kind, without=person_id)


@transaction.atomic
def rotate(
    zone: Zone, by_vault: Vault, *, kind: Recipient = Recipient.TEAM, without: int | None = None
) -> int:
    """Make the next version of a team key and give it to the present members, each row checked first. Returns
    the new version.

    Raises NotAMember, LastMember, RogueMembership (then nothing has changed), RogueZoneKey.
    """
    held = zonekeys.current(zone, zonekeys.check_kind(kind))
    try:
        old_private = by_vault.team_private(zone, kind, held.version)
    except KeyNotAvailable:
        raise NotAMember(f"only a member of {zone} {kind} can raise its version") from None
    stay = [row for row in held.members.select_related("zone_key").order_by("pk") if row.person_id != without]
    if not stay:
        raise LastMember(f"{zone} {kind} would have no member left")
    for row in stay:
        membership.check(row, zonekeys.verify_half(old_private))
        membership.check_person(row)
    escrow = bytes(zonekeys.current(zone, Recipient.ESCROW).public)
    new, private = zonekeys.make(zone, kind, held.version + 1, escrow_public=escrow)
    for row in stay:
        membership.admit(
            new,
            private,
            person_id=row.person_id,
            person_public=bytes(row.person_public),
            by_person_id=by_vault.person_id,
        )
    if without is not None:
        Member.objects.filter(zone_key__zone=zone, zone_key__kind=kind, person_id=without).delete()
    zonekeys.forget(zone)
    return new.version


def fingerprint(person_id: int) -> str:
    """Sixteen letters of a person's public key, to be compared by voice before the person is added.

    Raises KeyNotAvailable.
    """
    public = PersonKey.objects.filter(person_id=person_id).values_list("public", flat=True).first()
    if public is None:
        raise KeyNotAvailable(f"person {person_id} has no key pair yet")
    return spell(int.from_bytes(digest(bytes(public), person=b"sauga.finger", size=10), "big"), 16, 4)

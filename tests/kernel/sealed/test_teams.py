"""Members come and go; what was sealed stays open to those who stay, and nothing new opens to
those who left.
"""

import pytest
from django.db import connection, transaction
from nacl.bindings import crypto_box_keypair

from sauga.kernel.sealed import (
    KeyNotAvailable,
    LastMember,
    NotAMember,
    Recipient,
    RogueMembership,
    RogueZoneKey,
    Zone,
    ZoneExists,
    ZoneMissing,
    add_member,
    create_zone,
    keys,
    members,
    new_data_key,
    open_data_key,
    remove_member,
    reseal,
    rotate,
    waiting,
    zone_exists,
)
from sauga.kernel.sealed.datakeys import wrap_context
from sauga.kernel.sealed.errors import EnvelopeError
from sauga.kernel.sealed.models import Member, PersonKey, WrappedKey, ZoneKey
from sauga.kernel.sealed.primitives.envelopes import decrypt_with

pytestmark = pytest.mark.django_db


def report(centre, holder: str, *recipients: Recipient):
    return new_data_key(zone=centre.zone, holder=holder, recipients=recipients or [Recipient.TEAM])


def open_report(centre, holder: str, vault):
    return open_data_key(zone=centre.zone, holder=holder, opener=vault)


def test_founding_twice_is_refused(centre):
    assert zone_exists(centre.zone) and not zone_exists(Zone.PANEL)
    with pytest.raises(ZoneExists):
        create_zone(centre.zone, escrow_public=centre.escrow.public, founder=centre.founder)
    with pytest.raises(ZoneMissing):
        rotate(Zone.PANEL, centre.founder)


def test_new_member_opens_old_and_new_cases(centre, unlock):
    report(centre, "report:old")
    add_member(centre.zone, 102, centre.founder)
    report(centre, "report:new")
    colleague = unlock(102)
    assert colleague.zones == {Zone.HOTLINE} and members(centre.zone) == [101, 102]
    assert open_report(centre, "report:old", colleague) and open_report(centre, "report:new", colleague)


def test_only_a_member_adds_and_only_the_enrolled_are_added(centre, unlock):
    with pytest.raises(NotAMember):
        add_member(centre.zone, 102, unlock(103))
    with pytest.raises(KeyNotAvailable):
        add_member(centre.zone, 999, centre.founder)
    with pytest.raises(ValueError, match="no members"):
        add_member(centre.zone, 102, centre.founder, kind=Recipient.SERVICE)


def test_leaver_s_key_opens_nothing_new(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    leaver = unlock(102)
    report(centre, "report:before")
    stolen = leaver.team_private(centre.zone, Recipient.TEAM, 1)
    assert remove_member(centre.zone, 102, centre.founder) == 2
    report(centre, "report:after")
    reseal(centre.zone, centre.founder)
    for row in WrappedKey.objects.all():
        with pytest.raises(EnvelopeError):
            decrypt_with(stolen, wrap_context(row), bytes(row.envelope))
    for holder in ("report:before", "report:after"):
        assert open_report(centre, holder, centre.founder)
        with pytest.raises(KeyNotAvailable):
            open_report(centre, holder, leaver)
        with pytest.raises(KeyNotAvailable):
            open_report(centre, holder, unlock(102))


def test_a_vault_that_stayed_open_is_emptied_by_its_owner_s_leaving(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    leaver = unlock(102)
    assert leaver.zones and leaver.team_private(centre.zone, Recipient.TEAM, 1)
    remove_member(centre.zone, 102, centre.founder)
    assert leaver.zones == frozenset()
    with pytest.raises(KeyNotAvailable):
        leaver.team_private(centre.zone, Recipient.TEAM, 1)


def test_a_vault_that_stayed_open_learns_of_a_new_version(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    colleague = unlock(102)
    report(centre, "report:a")
    assert open_report(centre, "report:a", colleague)
    rotate(centre.zone, centre.founder)
    report(centre, "report:b")
    assert open_report(centre, "report:b", colleague)


def test_rotation_interrupted_and_resumed(centre):
    held = {f"report:{n}": report(centre, f"report:{n}").secret for n in range(25)}
    rotate(centre.zone, centre.founder)
    assert waiting(centre.zone) == 25
    first = reseal(centre.zone, centre.founder, limit=10)
    assert (first.done, first.left, first.unreadable) == (10, 15, 0)
    assert {h: open_report(centre, h, centre.founder).secret for h in held} == held
    with pytest.raises(RuntimeError), transaction.atomic():
        reseal(centre.zone, centre.founder, limit=5)
        raise RuntimeError("killed in the middle")
    assert waiting(centre.zone) == 15
    rotate(centre.zone, centre.founder)
    second = reseal(centre.zone, centre.founder)
    assert (second.done, second.left) == (25, 0)
    assert reseal(centre.zone, centre.founder).done == 0
    assert {h: open_report(centre, h, centre.founder).secret for h in held} == held
    assert set(WrappedKey.objects.values_list("version", flat=True)) == {3}


def test_damaged_wraps_do_not_stop_the_others(centre):
    for n in range(6):
        report(centre, f"report:{n}")
    WrappedKey.objects.filter(holder__in=["report:0", "report:1"]).update(envelope=b"broken")
    rotate(centre.zone, centre.founder)
    progress = reseal(centre.zone, centre.founder, limit=4)
    assert (progress.done, progress.left, progress.unreadable) == (2, 4, 2)
    assert reseal(centre.zone, centre.founder).left == 2


def test_old_versions_retire_when_nothing_needs_them(centre):
    report(centre, "report:a")
    for _ in range(3):
        rotate(centre.zone, centre.founder)
    reseal(centre.zone, centre.founder)
    versions = Member.objects.filter(zone_key__kind=Recipient.TEAM).values_list(
        "zone_key__version", flat=True
    )
    assert sorted(versions) == [3, 4]
    assert open_report(centre, "report:a", centre.founder)


def test_custodians_rotate_apart_from_the_team(centre, unlock):
    add_member(centre.zone, 102, centre.founder, kind=Recipient.CUSTODIAN)
    report(centre, "contact:a", Recipient.CUSTODIAN)
    assert remove_member(centre.zone, 102, centre.founder, kind=Recipient.CUSTODIAN) == 2
    assert reseal(centre.zone, centre.founder, kind=Recipient.CUSTODIAN).left == 0
    assert open_report(centre, "contact:a", centre.founder)
    with pytest.raises(KeyNotAvailable):
        open_report(centre, "contact:a", unlock(102))


def test_somebody_must_stay(centre, unlock):
    with pytest.raises(LastMember):
        remove_member(centre.zone, 101, centre.founder)
    with pytest.raises(NotAMember):
        remove_member(centre.zone, 102, centre.founder)
    with pytest.raises(NotAMember):
        rotate(centre.zone, unlock(103))


def test_member_may_remove_themselves(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    remove_member(centre.zone, 101, centre.founder)
    assert members(centre.zone) == [102] and centre.founder.zones == frozenset()
    report(centre, "report:a")
    assert open_report(centre, "report:a", unlock(102))


def rogue_row(centre) -> Member:
    """Somebody with the database, but no key, writes himself in."""
    public, _ = crypto_box_keypair()
    PersonKey.objects.create(person_id=666, public=public)
    key = ZoneKey.objects.get(zone=centre.zone, kind=Recipient.TEAM)
    return Member.objects.create(
        zone_key=key, person_id=666, person_public=public, wrapped=b"x", by_person_id=101, signature=bytes(64)
    )


def test_rogue_membership_row_gets_no_key(centre):
    rogue_row(centre)
    with pytest.raises(RogueMembership):
        rotate(centre.zone, centre.founder)
    assert ZoneKey.objects.filter(kind=Recipient.TEAM).count() == 1
    assert any("666" in fault for fault in keys.inspect(centre.zone))
    assert remove_member(centre.zone, 666, centre.founder) == 2
    assert keys.inspect(centre.zone) == []


@pytest.mark.parametrize("signature", [b"", b"x" * 64, b"x" * 200])
def test_misshapen_signatures_are_refused(centre, signature):
    Member.objects.filter(zone_key__kind=Recipient.TEAM).update(signature=signature)
    with pytest.raises(RogueMembership):
        centre.founder.team_private(centre.zone, Recipient.TEAM, 1)


def test_copied_row_with_another_person_is_refused(centre):
    row = Member.objects.get(zone_key__kind=Recipient.TEAM)
    PersonKey.objects.filter(person_id=103).update(public=row.person_public)
    Member.objects.create(
        zone_key=row.zone_key,
        person_id=103,
        person_public=row.person_public,
        wrapped=row.wrapped,
        by_person_id=101,
        signature=row.signature,
    )
    with pytest.raises(RogueMembership):
        rotate(centre.zone, centre.founder)


def test_exchanged_person_key_is_refused(centre):
    add_member(centre.zone, 102, centre.founder)
    PersonKey.objects.filter(person_id=102).update(public=crypto_box_keypair()[0])
    with pytest.raises(RogueMembership):
        rotate(centre.zone, centre.founder)
    PersonKey.objects.filter(person_id=102).delete()
    with pytest.raises(RogueMembership):
        rotate(centre.zone, centre.founder)


def test_changed_wrap_in_one_s_own_row_is_refused(centre):
    Member.objects.filter(zone_key__kind=Recipient.TEAM).update(wrapped=b"x" * 120)
    with pytest.raises(RogueMembership):
        centre.founder.team_private(centre.zone, Recipient.TEAM, 1)


def test_row_that_holds_another_team_key_is_refused(centre):
    from sauga.kernel.sealed.people import membership

    key = ZoneKey.objects.get(zone=centre.zone, kind=Recipient.TEAM)
    membership.admit(
        key, bytes(range(32)), person_id=101, person_public=centre.founder.public, by_person_id=101
    )
    with pytest.raises(RogueMembership, match="another key"):
        centre.founder.team_private(centre.zone, Recipient.TEAM, 1)


def test_exchanged_escrow_key_is_refused_at_rotation(centre):
    ZoneKey.objects.filter(kind=Recipient.ESCROW).update(public=crypto_box_keypair()[0])
    with pytest.raises(RogueZoneKey):
        rotate(centre.zone, centre.founder)
    assert any("ESCROW" in fault for fault in keys.inspect(centre.zone))


def test_rotation_rolled_back_leaves_no_phantom_key(centre):
    with pytest.raises(RuntimeError), transaction.atomic():
        rotate(centre.zone, centre.founder)
        report(centre, "report:lost")
        raise RuntimeError("something else failed")
    report(centre, "report:a")
    assert WrappedKey.objects.get().version == 1
    assert open_report(centre, "report:a", centre.founder)


def test_no_private_half_lies_in_the_database(centre):
    add_member(centre.zone, 102, centre.founder)
    secrets = [centre.founder._private, centre.founder.team_private(centre.zone, Recipient.TEAM, 1)]
    with connection.cursor() as cursor:
        for table in ("zonekey", "member", "personkey", "keywrap", "wrappedkey"):
            cursor.execute(f"SELECT * FROM sealed_{table}")
            found = b"|".join(
                bytes(cell)
                for row in cursor.fetchall()
                for cell in row
                if isinstance(cell, (bytes, memoryview))
            )
            assert not any(secret in found for secret in secrets)

"""Members come and go; what was sealed stays open to those who stay, and nothing new opens to those who left."""

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
from sauga.kernel.sealed.envelopes import decrypt_with
from sauga.kernel.sealed.errors import EnvelopeError
from sauga.kernel.sealed.models import Member, PersonKey, WrappedKey, ZoneKey

pytestmark = pytest.mark.django_db


def report(house, holder: str, *recipients: Recipient):
    return new_data_key(zone=house.zone, holder=holder, recipients=recipients or [Recipient.TEAM])


def open_report(house, holder: str, vault):
    return open_data_key(zone=house.zone, holder=holder, opener=vault)


def test_founding_twice_is_refused(house):
    assert zone_exists(house.zone) and not zone_exists(Zone.PANEL)
    with pytest.raises(ZoneExists):
        create_zone(house.zone, escrow_public=house.escrow.public, founder=house.founder)
    with pytest.raises(ZoneMissing):
        rotate(Zone.PANEL, house.founder)


def test_new_member_opens_old_and_new_cases(house, unlock):
    report(house, "report:old")
    add_member(house.zone, 102, house.founder)
    report(house, "report:new")
    colleague = unlock(102)
    assert colleague.zones == {Zone.HOTLINE} and members(house.zone) == [101, 102]
    assert open_report(house, "report:old", colleague) and open_report(house, "report:new", colleague)


def test_only_a_member_adds_and_only_the_enrolled_are_added(house, unlock):
    with pytest.raises(NotAMember):
        add_member(house.zone, 102, unlock(103))
    with pytest.raises(KeyNotAvailable):
        add_member(house.zone, 999, house.founder)
    with pytest.raises(ValueError, match="no members"):
        add_member(house.zone, 102, house.founder, kind=Recipient.SERVICE)


def test_leaver_s_key_opens_nothing_new(house, unlock):
    add_member(house.zone, 102, house.founder)
    leaver = unlock(102)
    report(house, "report:before")
    stolen = leaver.team_private(house.zone, Recipient.TEAM, 1)
    assert remove_member(house.zone, 102, house.founder) == 2
    report(house, "report:after")
    reseal(house.zone, house.founder)
    for row in WrappedKey.objects.all():
        with pytest.raises(EnvelopeError):
            decrypt_with(stolen, wrap_context(row), bytes(row.envelope))
    for holder in ("report:before", "report:after"):
        assert open_report(house, holder, house.founder)
        with pytest.raises(KeyNotAvailable):
            open_report(house, holder, leaver)
        with pytest.raises(KeyNotAvailable):
            open_report(house, holder, unlock(102))


def test_a_vault_that_stayed_open_is_emptied_by_its_owner_s_leaving(house, unlock):
    add_member(house.zone, 102, house.founder)
    leaver = unlock(102)
    assert leaver.zones and leaver.team_private(house.zone, Recipient.TEAM, 1)
    remove_member(house.zone, 102, house.founder)
    assert leaver.zones == frozenset()
    with pytest.raises(KeyNotAvailable):
        leaver.team_private(house.zone, Recipient.TEAM, 1)


def test_a_vault_that_stayed_open_learns_of_a_new_version(house, unlock):
    add_member(house.zone, 102, house.founder)
    colleague = unlock(102)
    report(house, "report:a")
    assert open_report(house, "report:a", colleague)
    rotate(house.zone, house.founder)
    report(house, "report:b")
    assert open_report(house, "report:b", colleague)


def test_rotation_interrupted_and_resumed(house):
    held = {f"report:{n}": report(house, f"report:{n}").secret for n in range(25)}
    rotate(house.zone, house.founder)
    assert waiting(house.zone) == 25
    first = reseal(house.zone, house.founder, limit=10)
    assert (first.done, first.left, first.unreadable) == (10, 15, 0)
    assert {h: open_report(house, h, house.founder).secret for h in held} == held
    with pytest.raises(RuntimeError), transaction.atomic():
        reseal(house.zone, house.founder, limit=5)
        raise RuntimeError("killed in the middle")
    assert waiting(house.zone) == 15
    rotate(house.zone, house.founder)
    second = reseal(house.zone, house.founder)
    assert (second.done, second.left) == (25, 0)
    assert reseal(house.zone, house.founder).done == 0
    assert {h: open_report(house, h, house.founder).secret for h in held} == held
    assert set(WrappedKey.objects.values_list("version", flat=True)) == {3}


def test_damaged_wraps_do_not_stop_the_others(house):
    for n in range(6):
        report(house, f"report:{n}")
    WrappedKey.objects.filter(holder__in=["report:0", "report:1"]).update(envelope=b"broken")
    rotate(house.zone, house.founder)
    progress = reseal(house.zone, house.founder, limit=4)
    assert (progress.done, progress.left, progress.unreadable) == (2, 4, 2)
    assert reseal(house.zone, house.founder).left == 2


def test_old_versions_retire_when_nothing_needs_them(house):
    report(house, "report:a")
    for _ in range(3):
        rotate(house.zone, house.founder)
    reseal(house.zone, house.founder)
    versions = Member.objects.filter(zone_key__kind=Recipient.TEAM).values_list("zone_key__version", flat=True)
    assert sorted(versions) == [3, 4]
    assert open_report(house, "report:a", house.founder)


def test_custodians_rotate_apart_from_the_team(house, unlock):
    add_member(house.zone, 102, house.founder, kind=Recipient.CUSTODIAN)
    report(house, "contact:a", Recipient.CUSTODIAN)
    assert remove_member(house.zone, 102, house.founder, kind=Recipient.CUSTODIAN) == 2
    assert reseal(house.zone, house.founder, kind=Recipient.CUSTODIAN).left == 0
    assert open_report(house, "contact:a", house.founder)
    with pytest.raises(KeyNotAvailable):
        open_report(house, "contact:a", unlock(102))


def test_somebody_must_stay(house, unlock):
    with pytest.raises(LastMember):
        remove_member(house.zone, 101, house.founder)
    with pytest.raises(NotAMember):
        remove_member(house.zone, 102, house.founder)
    with pytest.raises(NotAMember):
        rotate(house.zone, unlock(103))


def test_member_may_remove_themselves(house, unlock):
    add_member(house.zone, 102, house.founder)
    remove_member(house.zone, 101, house.founder)
    assert members(house.zone) == [102] and house.founder.zones == frozenset()
    report(house, "report:a")
    assert open_report(house, "report:a", unlock(102))


def rogue_row(house) -> Member:
    """Somebody with the database, but no key, writes himself in."""
    public, _ = crypto_box_keypair()
    PersonKey.objects.create(person_id=666, public=public)
    key = ZoneKey.objects.get(zone=house.zone, kind=Recipient.TEAM)
    return Member.objects.create(zone_key=key, person_id=666, person_public=public, wrapped=b"x", by_person_id=101, signature=bytes(64))


def test_rogue_membership_row_gets_no_key(house):
    rogue_row(house)
    with pytest.raises(RogueMembership):
        rotate(house.zone, house.founder)
    assert ZoneKey.objects.filter(kind=Recipient.TEAM).count() == 1
    assert any("666" in fault for fault in keys.inspect(house.zone))
    assert remove_member(house.zone, 666, house.founder) == 2
    assert keys.inspect(house.zone) == []


@pytest.mark.parametrize("signature", [b"", b"x" * 64, b"x" * 200])
def test_misshapen_signatures_are_refused(house, signature):
    Member.objects.filter(zone_key__kind=Recipient.TEAM).update(signature=signature)
    with pytest.raises(RogueMembership):
        house.founder.team_private(house.zone, Recipient.TEAM, 1)


def test_copied_row_with_another_person_is_refused(house):
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
        rotate(house.zone, house.founder)


def test_exchanged_person_key_is_refused(house):
    add_member(house.zone, 102, house.founder)
    PersonKey.objects.filter(person_id=102).update(public=crypto_box_keypair()[0])
    with pytest.raises(RogueMembership):
        rotate(house.zone, house.founder)
    PersonKey.objects.filter(person_id=102).delete()
    with pytest.raises(RogueMembership):
        rotate(house.zone, house.founder)


def test_changed_wrap_in_one_s_own_row_is_refused(house):
    Member.objects.filter(zone_key__kind=Recipient.TEAM).update(wrapped=b"x" * 120)
    with pytest.raises(RogueMembership):
        house.founder.team_private(house.zone, Recipient.TEAM, 1)


def test_row_that_holds_another_team_key_is_refused(house):
    from sauga.kernel.sealed import membership

    key = ZoneKey.objects.get(zone=house.zone, kind=Recipient.TEAM)
    membership.admit(key, bytes(range(32)), person_id=101, person_public=house.founder.public, by_person_id=101)
    with pytest.raises(RogueMembership, match="another key"):
        house.founder.team_private(house.zone, Recipient.TEAM, 1)


def test_exchanged_escrow_key_is_refused_at_rotation(house):
    ZoneKey.objects.filter(kind=Recipient.ESCROW).update(public=crypto_box_keypair()[0])
    with pytest.raises(RogueZoneKey):
        rotate(house.zone, house.founder)
    assert any("ESCROW" in fault for fault in keys.inspect(house.zone))


def test_rotation_rolled_back_leaves_no_phantom_key(house):
    with pytest.raises(RuntimeError), transaction.atomic():
        rotate(house.zone, house.founder)
        report(house, "report:lost")
        raise RuntimeError("something else failed")
    report(house, "report:a")
    assert WrappedKey.objects.get().version == 1
    assert open_report(house, "report:a", house.founder)


def test_no_private_half_lies_in_the_database(house):
    add_member(house.zone, 102, house.founder)
    secrets = [house.founder._private, house.founder.team_private(house.zone, Recipient.TEAM, 1)]
    with connection.cursor() as cursor:
        for table in ("zonekey", "member", "personkey", "keywrap", "wrappedkey"):
            cursor.execute(f"SELECT * FROM sealed_{table}")
            found = b"|".join(bytes(cell) for row in cursor.fetchall() for cell in row if isinstance(cell, (bytes, memoryview)))
            assert not any(secret in found for secret in secrets)

"""All passwords gone: two of three shares restore everything, one restores nothing."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel.sealed import (
    EnvelopeError,
    KeyNotAvailable,
    Recipient,
    RogueZoneKey,
    SharesRefused,
    Zone,
    ZoneMissing,
    add_member,
    create_zone,
    enrol_person,
    files,
    keys,
    new_data_key,
    open_backup,
    open_data_key,
    reenrol_person,
    rotate,
    seal_backup,
    unlock_with_password,
)
from sauga.kernel.sealed import escrow as escrow_module
from sauga.kernel.sealed.models import Member, PersonKey, ZoneKey
from sauga.kernel.sealed.primitives.shares import join, split

PAIRS = [(0, 1), (0, 2), (1, 2), (2, 0), (0, 1, 2)]


@given(st.binary(min_size=1, max_size=40), st.data())
def test_any_two_of_three_shares_join(secret, data):
    parts = split(secret, count=3, needed=2)
    pair = data.draw(st.permutations([1, 2, 3]))[:2]
    assert join({x: parts[x] for x in pair}) == secret


@given(st.integers(2, 6), st.integers(0, 3))
def test_any_threshold(needed, more):
    secret = bytes(range(32))
    parts = split(secret, count=needed + more, needed=needed)
    assert join(dict(list(parts.items())[-needed:])) == secret
    assert join(dict(list(parts.items())[: needed - 1])) != secret


@pytest.mark.parametrize("count, needed", [(3, 1), (2, 3), (300, 2)])
def test_nonsensical_thresholds_are_refused(count, needed):
    with pytest.raises(ValueError, match="needed"):
        split(b"x", count=count, needed=needed)


def test_one_share_says_nothing():
    """Over many splits of one secret, a share's byte takes every value."""
    seen = {split(b"\x2a", count=3, needed=2)[1][0] for _ in range(4000)}
    assert len(seen) == 256


@pytest.fixture
def lost(centre):
    """Everybody's password and code is gone; only the shares are left. Person 201 is new."""
    held = new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    rotate(centre.zone, centre.founder)
    new_data_key(zone=centre.zone, holder="contact:A", recipients=[Recipient.CUSTODIAN])
    for person in (101, 102, 103):
        reenrol_person(person, "forgotten")
    enrol_person(201, "a new sentence")
    assert not Member.objects.exists()
    return centre, held


@pytest.mark.parametrize("pair", PAIRS)
def test_two_shares_restore_every_version_of_both_teams(lost, pair):
    centre, held = lost
    keys.escrow_restore(centre.zone, [centre.escrow.shares[i] for i in pair], person_id=201)
    vault = unlock_with_password(201, "a new sentence")
    assert open_data_key(zone=centre.zone, holder="report:A", opener=vault).secret == held.secret
    assert open_data_key(zone=centre.zone, holder="contact:A", opener=vault)
    rotate(centre.zone, vault)
    assert keys.inspect(centre.zone) == []


@pytest.mark.parametrize("typed", [[], [0], [0, 0], [1, 1, 1]])
def test_one_share_does_not(lost, typed):
    centre, _ = lost
    with pytest.raises(SharesRefused, match="2 different shares"):
        keys.escrow_restore(centre.zone, [centre.escrow.shares[i] for i in typed], person_id=201)
    assert not Member.objects.exists()


def test_shares_are_typed_by_hand(centre):
    typed = [
        share.lower().replace("-", " ").replace("0", "o").replace("1", "i") for share in centre.escrow.shares
    ]
    assert keys.escrow_key(centre.zone, typed[:2]).public == centre.escrow.public
    assert typed[0] not in repr(centre.escrow) and "private" not in repr(keys.escrow_key(centre.zone, typed))


def test_every_mistyped_letter_of_a_share_is_noticed_and_the_share_named(centre):
    good, share = centre.escrow.shares[0], centre.escrow.shares[1]
    for place, letter in enumerate(share):
        if letter == "-":
            continue
        wrong = share[:place] + ("A" if letter != "A" else "B") + share[place + 1 :]
        with pytest.raises(SharesRefused) as refused:
            keys.escrow_key(centre.zone, [good, wrong])
        assert refused.value.number == 2
        with pytest.raises(SharesRefused):
            keys.escrow_check_share(centre.zone, wrong)
    keys.escrow_check_share(centre.zone, share)


@pytest.mark.parametrize("wrong", ["", "AAAA", "U" * 72])
def test_what_is_no_share_is_refused(centre, wrong):
    with pytest.raises(SharesRefused):
        keys.escrow_key(centre.zone, [centre.escrow.shares[0], wrong])


def test_shares_of_other_sets_and_zones_are_refused(centre):
    other = keys.escrow_create(centre.zone)
    with pytest.raises(SharesRefused, match="different sets"):
        keys.escrow_key(centre.zone, [centre.escrow.shares[0], other.shares[1]])
    with pytest.raises(SharesRefused, match="older set"):
        keys.escrow_key(centre.zone, other.shares)
    with pytest.raises(SharesRefused, match="another zone"):
        keys.escrow_key(Zone.PANEL, centre.escrow.shares)
    with pytest.raises(ZoneMissing):
        keys.escrow_key(Zone.PANEL, keys.escrow_create(Zone.PANEL).shares)


def test_shares_of_a_later_format_and_forged_shares_are_refused(centre):
    from sauga.kernel.sealed.primitives.crockford import spell

    def forge(body: bytes) -> str:
        return spell(int.from_bytes(body + escrow_module._check(centre.zone, body), "big"), 72, 4)

    set_of = escrow_module._set_of(centre.escrow.public)
    for head in (b"\2\1", b"\1\0", b"\1\4"):
        with pytest.raises(SharesRefused, match="unknown kind"):
            keys.escrow_check_share(centre.zone, forge(head + set_of + bytes(32)))
    with pytest.raises(SharesRefused, match="do not fit"):
        keys.escrow_key(centre.zone, [centre.escrow.shares[0], forge(b"\1\2" + set_of + bytes(32))])


def test_person_without_a_pair_cannot_be_restored(centre):
    with pytest.raises(KeyNotAvailable):
        keys.escrow_restore(centre.zone, centre.escrow.shares, person_id=999)
    assert not PersonKey.objects.filter(person_id=999).exists()


def test_renewed_shares_replace_the_old_ones(centre):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    fresh = keys.escrow_renew(centre.zone, centre.founder)
    with pytest.raises(SharesRefused, match="older set"):
        keys.escrow_restore(centre.zone, centre.escrow.shares, person_id=102)
    keys.escrow_restore(centre.zone, fresh.shares[1:], person_id=102)
    rotate(centre.zone, centre.founder)
    assert keys.inspect(centre.zone) == []


def test_only_who_holds_both_teams_renews(centre, unlock):
    add_member(centre.zone, 102, centre.founder)
    with pytest.raises(KeyNotAvailable):
        keys.escrow_renew(centre.zone, unlock(102))


def test_restoring_marks_the_rows_of_an_installation_that_lost_its_index(centre):
    (files.folder() / "index").unlink()
    files.forget()
    assert len(keys.inspect(centre.zone)) == 4
    keys.escrow_restore(centre.zone, centre.escrow.shares, person_id=102)
    assert keys.inspect(centre.zone) == []
    assert new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM, Recipient.SERVICE])


@pytest.mark.parametrize("kind", [Recipient.TEAM, Recipient.CUSTODIAN, Recipient.SERVICE])
def test_restoring_refuses_an_exchanged_zone_key(centre, kind):
    ZoneKey.objects.filter(kind=kind).update(public=b"\x09" + bytes(31))
    with pytest.raises(RogueZoneKey):
        keys.escrow_restore(centre.zone, centre.escrow.shares, person_id=102)


def test_restoring_refuses_what_was_sealed_to_another_escrow(centre):
    ZoneKey.objects.filter(kind=Recipient.TEAM).update(escrowed=b"\1\2\0\1" + bytes(112))
    with pytest.raises(RogueZoneKey):
        keys.escrow_restore(centre.zone, centre.escrow.shares, person_id=102)


def test_inspection_tells_of_a_team_without_members(centre):
    Member.objects.all().delete()
    assert keys.inspect(centre.zone) == [
        f"hotline {kind} has no member: only escrow can open it" for kind in ("TEAM", "CUSTODIAN")
    ]
    assert len(keys.inspect(Zone.PANEL)) == 2


@pytest.mark.parametrize("size", [0, 1, 1024 * 1024, 1024 * 1024 + 1, 2 * 1024 * 1024 + 500])
def test_backup_opens_with_two_shares(centre, size):
    plain = (bytes(range(256)) * (size // 256 + 1))[:size]
    sealed, back = io.BytesIO(), io.BytesIO()
    seal_backup(centre.zone, io.BytesIO(plain), sealed)
    assert size < 256 or plain[:256] not in sealed.getvalue()
    open_backup(keys.escrow_key(centre.zone, centre.escrow.shares[:2]), io.BytesIO(sealed.getvalue()), back)
    assert back.getvalue() == plain


def test_changed_backup_is_refused(centre):
    sealed = io.BytesIO()
    seal_backup(centre.zone, io.BytesIO(b"rows" * 400_000), sealed)
    good, key = sealed.getvalue(), keys.escrow_key(centre.zone, centre.escrow.shares)
    places = [0, 3, 4, 60, 130, 150, 200, len(good) // 2, len(good) - 1]
    broken = [good[:p] + bytes([good[p] ^ 1]) + good[p + 1 :] for p in places]
    broken += [good[:p] for p in (0, 2, 50, 125, 160, 1024 * 1024, len(good) - 1)] + [good + b"x"]
    for text in broken:
        with pytest.raises(EnvelopeError):
            open_backup(key, io.BytesIO(text), io.BytesIO())
    other = keys.escrow_create(Zone.HELPLINE)
    create_zone(Zone.HELPLINE, escrow_public=other.public, founder=centre.founder)
    with pytest.raises(EnvelopeError):
        open_backup(keys.escrow_key(Zone.HELPLINE, other.shares), io.BytesIO(good), io.BytesIO())

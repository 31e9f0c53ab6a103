"""A zone that only the machine opens: made at first use, rotated like any machine's key, never a team's."""

import pytest

from sauga.kernel import sealed
from sauga.kernel.sealed import HELD_BY_STAFF, Recipient, ServiceOpener, Zone
from sauga.kernel.sealed.models import ZoneKey
from sauga.kernel.sealed.rotation import machine_keys

pytestmark = pytest.mark.django_db


def test_it_has_a_machine_key_alone_and_is_sound():
    sealed.create_machine_zone(Zone.MEMBERS)
    sealed.create_machine_zone(Zone.MEMBERS)
    assert [row.kind for row in ZoneKey.objects.filter(zone=Zone.MEMBERS)] == [Recipient.SERVICE]
    assert sealed.keys.inspect(Zone.MEMBERS) == []


@pytest.mark.parametrize("zone", HELD_BY_STAFF)
def test_no_zone_of_staff_becomes_one(zone):
    with pytest.raises(ValueError, match="people hold"):
        sealed.create_machine_zone(zone)
    assert not sealed.zone_exists(zone)


def test_nobody_founds_it():
    with pytest.raises(ValueError, match="only the machine"):
        sealed.create_zone(Zone.MEMBERS, escrow_public=bytes(32), founder=None)


def test_its_key_is_renewed_and_what_was_sealed_still_opens():
    sealed.create_machine_zone(Zone.MEMBERS)
    key = sealed.new_data_key(zone=Zone.MEMBERS, holder="member:a", recipients=[Recipient.SERVICE])
    machine_keys.rotate_service(Zone.MEMBERS)
    assert machine_keys.waiting(Zone.MEMBERS) == 1
    assert machine_keys.reseal_service(Zone.MEMBERS).done == 1
    assert machine_keys.retire(Zone.MEMBERS) == [1]
    opened = sealed.open_data_key(zone=Zone.MEMBERS, holder="member:a", opener=ServiceOpener(Zone.MEMBERS))
    assert opened.secret == key.secret

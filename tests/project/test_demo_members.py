"""The members of the demo: made once, by real actions; one of them finds something waiting."""

import pytest

from sauga.kernel import clock
from sauga.kernel.members import home, protection
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.models import Member, Representation
from sauga.project.demo import people
from sauga.project.demo.members import MEMBERS, settle_members

pytestmark = pytest.mark.django_db


def test_the_demos_members_are_made_once_and_find_their_way(tmp_path):
    people.settle(people.accounts(tmp_path / "accounts.json"), clock.now())
    assert settle_members(clock.now()) == len(MEMBERS)
    assert settle_members(clock.now()) == 0
    daiva = Member.objects.get(lookup=protection.lookup_of(MEMBERS[0].address))
    waiting = home.waiting_for(member_actor(daiva, clock.now()), clock.now())
    assert len(waiting) == 1
    states = [row.state for row in Representation.objects.order_by("pk")]
    assert states == ["CONFIRMED", "CONFIRMED", "CONFIRMED", "ASKED", "ASKED"]
    unknown = [row.organisation is None for row in Representation.objects.order_by("pk")]
    assert unknown == [False, False, False, False, True]

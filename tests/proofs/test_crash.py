"""Nothing acknowledged is lost: a hundred kills at random moments under eight clients (three hundred in `make bench NAME=crash`)."""

import pytest
from rig.crash import crash
from rig.house import furnished

pytestmark = [pytest.mark.flow, pytest.mark.xdist_group("proofs")]
ROUNDS = 100


def test_every_receipt_ever_shown_opens_after_a_hundred_kills():
    with furnished() as house:
        outcome = crash(house, ROUNDS)
    assert outcome.faults == []
    assert sum(outcome.kills.values()) == ROUNDS and {"web", "work", "database"} <= set(outcome.kills)
    assert outcome.kills["nobody"] < ROUNDS / 4, "most shots must hit"
    assert len(outcome.shown) > ROUNDS, "people must have got through in between"
    assert outcome.retries, "no kill was felt by anyone: the test would prove nothing"

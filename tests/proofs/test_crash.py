"""Nothing acknowledged is lost: twenty kills at random moments under eight clients and a restart of
the database, which nobody's process ends with; three hundred kills in `make prove`.
"""

import pytest
from rig.crash import crash
from rig.installation import new_installation

from tests.repetition import repeated

pytestmark = [pytest.mark.flow, pytest.mark.proof]
ROUNDS = 20


@pytest.mark.slow("twenty kills, each under load, and a restart of the database")
@repeated(shards=15)
def test_every_receipt_ever_shown_opens_after_twenty_kills(shard):
    with new_installation() as installation:
        outcome = crash(installation, ROUNDS, seed=shard)
    assert outcome.faults == []
    assert sum(outcome.kills.values()) == ROUNDS + 1
    assert {"web", "work", "database", "restart"} == set(outcome.kills)
    assert len(outcome.shown) > ROUNDS, "people must have got through in between"
    assert outcome.retries, "no kill was felt by anyone: the test would prove nothing"

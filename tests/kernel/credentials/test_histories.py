"""Ten thousand random acts through the real actions, beside a second reading of what may happen: never two
that stand, lists that tell the truth, files that are what was issued."""

import random

import pytest

from sauga.kernel.credentials import Credential
from sauga.kernel.credentials.states import CREDENTIAL
from tests.kernel.credentials.histories import History
from tests.repetition import often, repeated

pytestmark = pytest.mark.django_db


@repeated(shards=20)
def test_there_is_one_that_stands_and_lists_tell_the_truth_whatever_happens(shard: int):
    """80 acts in `make test`, 10,000 in `make prove`: 20 shards of 500."""
    history = History(random.Random(shard))
    for number in range(often(80, 500)):
        history.step()
        if number % 10 == 9:
            history.check()
        if number % 40 == 39:
            history.look()
    assert history.refused and history.done > history.refused
    for row in Credential.objects.all():
        for before, after in row.steps.values_list("before", "after"):
            assert CREDENTIAL.allows(before, after)

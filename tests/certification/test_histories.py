"""Ten thousand random histories through the real actions: nobody is certified without every criterion of
their version."""

import random

from django.db import transaction

from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.certification.histories import History, forget
from tests.certification.test_applications import BOARD, another_member_of_the_board
from tests.factories import certification as make
from tests.repetition import often, repeated


@repeated(shards=100)
def test_nobody_is_certified_without_every_criterion_whatever_happens(centre: Centre, shard: int):
    """6 histories in `make test`, 10,000 in `make prove`: 100 shards of 100."""
    make.load_programme(make.AT)
    schools = [make.school(), make.school("Kita mokykla (pavyzdys)")]
    voters = [centre.people[role] for role in (BOARD, f"{BOARD}_2")]
    voters += [another_member_of_the_board(number) for number in (3, 4, 5)]
    certified = steps = 0
    for number in range(often(6, 100)):
        with transaction.atomic():
            seed = shard * 1000 + number
            found = walk(History(centre, voters, schools, random.Random(seed)))
            certified, steps = certified + found.certified, steps + len(found.done)
            transaction.set_rollback(True)
    assert certified and steps, "the histories certify somebody now and then"


def walk(history: History) -> History:
    """One history: 30 to 120 tries, then the person leaves."""
    history.begin()
    for _try in range(history.dice.randint(30, 120)):
        history.step()
    forget(history)
    return history

"""Groups of opinion: found where they are, the same at every seed, and not found in answers by chance."""

import time
from random import Random

from repetition import IS_WHOLE, often, repeated

from sauga.panel.voting.rules import groups

CODES = [str(n + 1) for n in range(16)]


def planted(sizes: tuple[int, ...], seed: int, noise: float = 0.1) -> list[groups.Row]:
    """People of groups that answer by a pattern of their own, now and then by chance."""
    dice = Random(seed)
    patterns = [[dice.choice((1, -1)) for _ in CODES] for _ in sizes]
    for at, pattern in enumerate(patterns):
        for number in range(len(CODES)):
            if number % len(sizes) == at:
                pattern[number] = 1
            elif number % len(sizes) == (at + 1) % len(sizes):
                pattern[number] = -1
    rows = [
        tuple(value if dice.random() > noise else dice.choice((1, 0, -1)) for value in pattern)
        for pattern, size in zip(patterns, sizes, strict=True)
        for _ in range(size)
    ]
    dice.shuffle(rows)
    return rows


def sets_of(rows: list[groups.Row], seed: int) -> set[frozenset[int]] | None:
    ordered = sorted(rows)
    labels = groups.assign(ordered, seed)
    if labels is None:
        return None
    return {frozenset(at for at, one in enumerate(labels) if one == label) for label in labels}


def test_planted_groups_are_found_at_every_seed():
    seeds = range(often(3, 50))
    for sizes in ((7, 11), (6, 6, 6)):
        rows = planted(sizes, 3)
        found = {frozenset(sets_of(rows, seed) or ()) for seed in seeds}
        assert len(found) == 1
        assert sorted(map(len, found.pop())) == sorted(sizes)
        assert len({str(groups.find(CODES, rows, seed)) for seed in seeds}) == 1


def test_the_order_of_votes_changes_nothing():
    rows = planted((8, 10), 5)
    assert groups.find(CODES, rows) == groups.find(CODES, rows[::-1])


def test_groups_are_described_by_statements():
    found = groups.find(CODES, planted((8, 10), 7))
    assert found is not None and [one.size for one in found.groups] == [10, 8]
    for one in found.groups:
        assert 0 < len(one.agree) + len(one.disagree) <= 6 and set(one.agree) <= set(CODES)


def test_a_group_of_four_is_never_shown():
    for seed in range(often(3, 50)):
        found = groups.find(CODES, planted((14, 4), seed, noise=0.05))
        assert found is None or min(one.size for one in found.groups) >= 5
    assert groups.find(CODES, planted((5, 4), 1)) is None, "nine people are no two groups"


@repeated(shards=10)
def test_answers_by_chance_show_no_groups(shard: int):
    """In at most one of twenty sets of answers by chance groups are seen."""
    dice, seen, sets = Random(shard), 0, often(6, 40)
    for _ in range(sets):
        people, statements = dice.randint(12, 20), dice.randint(8, 16)
        rows = [tuple(dice.choice((1, 0, -1)) for _ in range(statements)) for _ in range(people)]
        seen += groups.assign(sorted(rows), 0) is not None
    assert seen <= (sets * 0.05 + 2 if IS_WHOLE else 1)


def test_nothing_answered_is_no_group():
    assert groups.find(CODES, [(0,) * 16] * 20) is None
    assert groups.find(CODES, [(1,) * 16] * 20) is None
    assert groups.find(CODES, []) is None


def test_forty_people_and_thirty_statements_are_grouped_within_seconds():
    codes = [str(n + 1) for n in range(30)]
    dice = Random(1)
    rows = [tuple(dice.choice((1, 0, -1)) for _ in codes) for _ in range(40)]
    began = time.process_time()
    groups.find(codes, rows)
    assert time.process_time() - began < 20

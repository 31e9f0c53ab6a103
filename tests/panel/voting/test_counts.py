"""Counting: known elections, the same result as a second implementation, and what of it is published."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random

import pytest
from repetition import often, repeated

from sauga.panel.voting.rules import results
from sauga.panel.voting.rules.ballots import Option, Question
from sauga.panel.voting.rules.codes import Kind
from sauga.panel.voting.rules.tallies import count_approval, count_ranked, count_yes_no, elect
from tests.panel.voting import second_count

ENDS = datetime(2026, 12, 4, 16, tzinfo=UTC)


def asked(kind: Kind, codes: Sequence[str] = "ABCD", *, seats: int = 2, quorum: int = 5) -> Question:
    options = () if kind is Kind.YES_NO else tuple(Option(code, f"Pasiūlymas {code}") for code in codes)
    return Question("K7Q4", kind, "Kurį?", "", options, seats, quorum, "", ENDS, tuple(reversed(codes)))


def votes_of(text: str) -> list[tuple[str, ...]]:
    """ "3 AB, 2 C" as votes."""
    found = []
    for part in text.split(","):
        n, _space, vote = part.strip().partition(" ")
        found += [tuple(vote)] * int(n)
    return found


@pytest.mark.parametrize(
    ("votes", "ties", "order"),
    [
        ("4 A, 3 BC, 2 CB", "ABC", "BAC"),  # C goes out, its votes make B win
        ("2 A, 2 B, 1 C", "ABC", "ABC"),  # C goes out and has no second choice; A is earlier than B
        ("2 A, 2 B, 1 C", "BAC", "BAC"),
        ("3 AB, 2 B", "BA", "AB"),
        ("1 A, 1 B, 1 C, 1 D", "DCBA", "DCBA"),
        ("5 ", "ABC", ""),
    ],
)
def test_instant_runoff(votes: str, ties: str, order: str):
    assert "".join(count_ranked(sorted(ties), votes_of(votes), ties).order) == order


def test_phragmen_gives_a_minority_its_share():
    # Janson, arXiv:1611.08826, Example 3.5 has sets of this kind: a block of 7 of 10 does not take all three.
    found = elect("ABCXYZ", votes_of("7 ABC, 3 XYZ"), 3, "ABCXYZ")
    assert found.winners == ("A", "B", "X")
    assert elect("AB", votes_of("3 A"), 2, "BA").winners == ("A",), "nobody supports B: the seat stays empty"


def test_yes_needs_more_than_no_and_abstentions_do_not_count():
    said = [("YES",), ("NO",), ("ABSTAIN",)]
    assert count_yes_no(said).winners == ("NO",)
    assert count_yes_no([*said, ("YES",)]).winners == ("YES",)


def drawn(dice: Random) -> tuple[list[str], list[str], list[tuple[str, ...]]]:
    """An election by chance: few voters and clustered votes, so that ties are frequent."""
    options = list("ABCDEFGH"[: dice.randint(2, 8)])
    ties = dice.sample(options, len(options))
    patterns = [
        tuple(dice.sample(options, dice.randint(0, len(options)))) for _ in range(dice.randint(1, 12))
    ]
    return options, ties, [dice.choice(patterns) for _ in range(dice.randint(1, 24))]


@repeated(shards=20)
def test_the_count_equals_a_second_implementation(shard: int):
    """10,000 elections by chance with ties in `make prove`, 500 in `make test`."""
    dice, tied = Random(f"count {shard}"), 0
    for _ in range(500):
        options, ties, votes = drawn(dice)
        found = count_ranked(options, votes, ties)
        assert list(found.order) == second_count.ranked(options, votes, ties)
        tied += any(
            sorted(one.counts.values())[:2].count(min(one.counts.values())) > 1 for one in found.rounds
        )
        assert (list(found.order), found.winners) == (
            list(count_ranked(options, dice.sample(votes, len(votes)), ties).order),
            found.winners,
        ), "the order of votes does not matter"
        supported = count_approval(options, votes, ties)
        order, numbers = second_count.approval(options, votes, ties)
        assert list(supported.order) == order and [supported.counts[one] for one in order] == numbers
        seats = dice.randint(1, len(options))
        assert list(elect(options, votes, seats, ties).winners) == second_count.phragmen(
            options, votes, seats, ties
        )
        said = [(dice.choice(("YES", "NO", "ABSTAIN")),) for _ in votes]
        assert (count_yes_no(said).winners == ("YES",)) == second_count.yes_no(said)
    assert tied > 100, "ties are what is worth trying"


# What is published
def test_below_five_votes_nothing_is_told():
    found = results.result_of(asked(Kind.YES_NO), [("YES",)] * 4, 18)
    assert found == {"votes": 4, "eligible": 18, "detail": "NONE", "outcome": "TOO_FEW"}


def test_below_the_quorum_nothing_is_told():
    found = results.result_of(asked(Kind.YES_NO, quorum=9), [("YES",)] * 8, 18)
    assert found["outcome"] == "NO_QUORUM" and set(found) == {"votes", "eligible", "detail", "outcome"}


@pytest.mark.parametrize(
    ("yes", "no", "detail"), [(5, 4, "ORDER"), (10, 0, "ORDER"), (10, 2, "ORDER"), (9, 3, "FULL")]
)
def test_counts_are_told_only_where_they_reveal_nobody(yes: int, no: int, detail: str):
    found = results.result_of(asked(Kind.YES_NO), [("YES",)] * yes + [("NO",)] * no, 18)
    assert found["outcome"] == "ACCEPTED" and found["detail"] == detail
    assert ("counts" in found) == (detail == "FULL")


def test_unanimous_and_almost_unanimous_results_are_the_same_text():
    seen = {
        str(results.result_of(asked(Kind.YES_NO), [("YES",)] * (12 - n) + [("NO",)] * n, 18))
        for n in range(3)
    }
    assert len(seen) == 1


@pytest.mark.parametrize("kind", list(Kind))
def test_no_published_count_leaves_fewer_than_three_others(kind: Kind):
    dice = Random(kind)
    codes = "12345" if kind is Kind.OPINION else "ABCD"
    for _ in range(often(60, 2000)):
        options = ["YES", "NO", "ABSTAIN"] if kind is Kind.YES_NO else list(codes)
        few = dice.sample(options, 2)
        votes = []
        for _voter in range(dice.randint(5, 18)):
            marks = [dice.choice(few)] if kind is Kind.YES_NO else dice.sample(options, dice.randint(0, 3))
            votes.append(tuple(f"{one}+" if kind is Kind.OPINION else one for one in marks))
        found = results.result_of(asked(kind, codes), votes, 18)
        shown = [found.get("counts", {}), *(one["counts"] for one in found.get("rounds", []))]
        for counts in shown:
            told = [n for n in counts.values() if n is not None]
            assert not told or (len(votes) >= 10 and max(told) <= len(votes) - 3)
        if kind is Kind.ELECTION:
            assert not shown[0], "nobody learns how many voted for a child who was not elected"
        if kind is Kind.APPROVAL:
            assert all(n is None or n >= 3 for n in shown[0].values())
        assert all(one["size"] >= 5 for one in found.get("groups", []))


@pytest.mark.parametrize(("n", "alike", "common"), [(5, 4, []), (7, 6, []), (11, 10, []), (12, 9, ["1"])])
def test_what_most_agree_with_tells_nobody_about_all_the_others(n: int, alike: int, common: list[str]):
    """Of five, whoever does not agree with what "most agree" with would know the four others."""
    votes = [("1+",)] * alike + [("1-",)] * (n - alike)
    found = results.result_of(asked(Kind.OPINION, "12345"), votes, 18)
    assert found["outcome"] == "NO_GROUPS" and found["common"] == common

"""Counting: the whole tally of a list of votes, in whole numbers and fractions, the same every time.

Ties are decided by the order that was drawn before voting began and stands in the frozen text.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sauga.panel.voting.rules.codes import NO, YES

type Vote = tuple[str, ...]


@dataclass(frozen=True)
class Round:
    """One round of the instant run-off: votes for each option that remained, and which one went out."""

    counts: dict[str, int]
    out: str


@dataclass(frozen=True)
class Tally:
    """Everything that counting finds out; never published or stored as it is."""

    votes: int
    counts: dict[str, int]
    order: tuple[str, ...]
    winners: tuple[str, ...]
    rounds: tuple[Round, ...] = ()


def count_yes_no(votes: Sequence[Vote]) -> Tally:
    """Accepted with more yes than no; abstentions count for the quorum only."""
    counts = Counter(vote[0] for vote in votes)
    won = (YES,) if counts[YES] > counts[NO] else (NO,)
    return Tally(len(votes), dict(counts), won, won)


def count_approval(options: Sequence[str], votes: Sequence[Vote], tie_order: Sequence[str]) -> Tally:
    """The option that most people support is chosen; of several, the earlier in the drawn order."""
    counts = Counter(one for vote in votes for one in vote)
    order = tuple(sorted(options, key=lambda one: (-counts[one], tie_order.index(one))))
    winners = order[:1] if order and counts[order[0]] else ()
    return Tally(len(votes), {one: counts[one] for one in options}, order, winners)


def count_ranked(options: Sequence[str], votes: Sequence[Vote], tie_order: Sequence[str]) -> Tally:
    """Instant run-off.

    In each round a vote counts for the first option on it that remains. An option with more than half of
    the votes that count wins. Otherwise the option with the fewest goes out; of several, the later in the
    drawn order. `order` is the winner, then the others from the last that went out or remained.
    """
    remaining = list(options)
    rounds: list[Round] = []
    out: list[str] = []
    while remaining:
        firsts = Counter(next((one for one in vote if one in remaining), "") for vote in votes)
        counts = {one: firsts[one] for one in remaining}
        counted = sum(counts.values())
        if not counted:
            return Tally(len(votes), counts, (), (), tuple(rounds))
        best = max(remaining, key=lambda one: counts[one])
        if 2 * counts[best] > counted or len(remaining) == 1:
            rest = sorted(
                (one for one in remaining if one != best),
                key=lambda one: (-counts[one], tie_order.index(one)),
            )
            rounds.append(Round(counts, ""))
            order = (best, *rest, *reversed(out))
            return Tally(len(votes), rounds[0].counts, order, (best,), tuple(rounds))
        last = min(remaining, key=lambda one: (counts[one], -tie_order.index(one)))
        rounds.append(Round(counts, last))
        remaining.remove(last)
        out.append(last)
    return Tally(len(votes), {}, (), (), ())


def elect(options: Sequence[str], votes: Sequence[Vote], seats: int, tie_order: Sequence[str]) -> Tally:
    """Sequential Phragmén: seats are filled one after another so that their weight is shared by supporters
    as evenly as possible (Phragmén 1894; Janson, arXiv:1611.08826, section 3).

    A seat weighs 1 and rests in equal parts, together with what they carry already, on those who support
    the person. The seat goes to the one who makes the heaviest of them carry least; of several, to the
    earlier in the drawn order. A candidate without support gets no seat.
    """
    load = [Fraction(0)] * len(votes)
    supporters = {one: [at for at, vote in enumerate(votes) if one in vote] for one in options}
    elected: list[str] = []
    standing = [one for one in tie_order if supporters[one]]
    while standing and len(elected) < seats:
        weights = {
            one: (1 + sum((load[at] for at in supporters[one]), Fraction(0))) / len(supporters[one])
            for one in standing
        }
        best = min(standing, key=lambda one: weights[one])
        for at in supporters[best]:
            load[at] = weights[best]
        standing.remove(best)
        elected.append(best)
    counts = {one: len(supporters[one]) for one in options}
    return Tally(len(votes), counts, tuple(elected), tuple(elected))

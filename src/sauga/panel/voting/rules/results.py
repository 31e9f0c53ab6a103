"""What of a tally is published. Only this is ever stored, so a copy of the database knows no more than the
page.

Fewer than five votes: nothing. Below ten votes, or where all but at most two voted alike, only the outcome or
the order: "7 of 7" would tell how each voted, and "9 of 10" tells it the tenth. Because both cases look the
same, "only the order" does not give unanimity away. Of an election, only who is elected is published.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sauga.panel.voting.rules import groups
from sauga.panel.voting.rules.ballots import Question
from sauga.panel.voting.rules.codes import (
    FEWEST_FOR_COMMON,
    FEWEST_FOR_COUNTS,
    FEWEST_VOTES,
    HIDDEN_REST,
    YES,
    Detail,
    Kind,
    Outcome,
)
from sauga.panel.voting.rules.tallies import Tally, Vote, count_approval, count_ranked, count_yes_no, elect

type Result = dict[str, Any]


def result_of(question: Question, votes: Sequence[Vote], eligible: int) -> Result:
    """Count, and keep what may be published."""
    made: Result = {"votes": len(votes), "eligible": eligible, "detail": str(Detail.NONE)}
    if len(votes) < FEWEST_VOTES:
        return made | {"outcome": str(Outcome.TOO_FEW)}
    if len(votes) < question.quorum:
        return made | {"outcome": str(Outcome.NO_QUORUM)}
    if question.kind is Kind.OPINION:
        return made | _opinions(question, votes)
    return made | _published(question, tally_of(question, votes))


def tally_of(question: Question, votes: Sequence[Vote]) -> Tally:
    """Count by the rule of the ballot's kind."""
    options, ties = question.codes, question.tie_order
    match question.kind:
        case Kind.YES_NO:
            return count_yes_no(votes)
        case Kind.APPROVAL:
            return count_approval(options, votes, ties)
        case Kind.RANKED:
            return count_ranked(options, votes, ties)
        case _:
            return elect(options, votes, question.seats, ties)


def may_show_counts(kind: Kind, tally: Tally) -> bool:
    """Whether the counts may be shown: they give away how no member voted."""
    if kind is Kind.ELECTION or tally.votes < FEWEST_FOR_COUNTS:
        return False
    shown = [tally.counts, *(one.counts for one in tally.rounds)]
    return all(max(counts.values(), default=0) <= tally.votes - HIDDEN_REST for counts in shown)


def _published(question: Question, tally: Tally) -> Result:
    detail = Detail.FULL if may_show_counts(question.kind, tally) else Detail.ORDER
    made: Result = {"outcome": str(_outcome(question.kind, tally)), "detail": str(detail)}
    if question.kind is not Kind.YES_NO:
        made |= {"winners": list(tally.winners), "order": list(tally.order)}
    if detail is Detail.FULL:
        made["counts"] = _counts(question.kind, tally)
        if question.kind is Kind.RANKED:
            made["rounds"] = [{"counts": one.counts, "out": one.out} for one in tally.rounds]
    return made


def _counts(kind: Kind, tally: Tally) -> Mapping[str, int | None]:
    """Votes by option; None for one or two votes of an approval, which are said as "fewer than 3"."""
    if kind is not Kind.APPROVAL:
        return tally.counts
    return {one: n if n >= HIDDEN_REST else None for one, n in tally.counts.items()}


def _outcome(kind: Kind, tally: Tally) -> Outcome:
    if kind is Kind.YES_NO:
        return Outcome.ACCEPTED if tally.winners == (YES,) else Outcome.NOT_ACCEPTED
    if not tally.winners:
        return Outcome.NOBODY
    return Outcome.ELECTED if kind is Kind.ELECTION else Outcome.CHOSEN


def _opinions(question: Question, votes: Sequence[Vote]) -> Result:
    found = groups.find(question.codes, [groups.stances(question.codes, vote) for vote in votes])
    if found is None:
        # "Three quarters agree" of few people tells one who does not that all the others do.
        has_rest = len(votes) >= FEWEST_FOR_COMMON
        common = groups.common(question.codes, votes) if has_rest else []
        return {"outcome": str(Outcome.NO_GROUPS), "common": common}
    return {
        "outcome": str(Outcome.GROUPS),
        "common": list(found.common),
        "groups": [
            {"size": one.size, "agree": list(one.agree), "disagree": list(one.disagree)}
            for one in found.groups
        ],
    }

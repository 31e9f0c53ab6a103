"""Random histories of ballots by the pure rule, beside a model written from the rules' words: one person
writes, another opens, nothing changes after that, one vote each, a result only when it is over.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
from repetition import often, repeated

from sauga.panel.permissions import ROLES, Permission
from sauga.panel.states import BallotState
from sauga.panel.voting.rules import decisions, results
from sauga.panel.voting.rules.ballots import Option, Question, digest_of
from sauga.panel.voting.rules.codes import Kind
from sauga.panel.voting.rules.decisions import Standing

BEGIN = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
STAFF = {1: "PANEL_FACILITATOR", 2: "PANEL_FACILITATOR", 3: "PANEL_FACILITATOR", 4: "PANEL_SAFEGUARDING_LEAD"}
ANSWERS = {Kind.YES_NO: ("YES", "NO", "ABSTAIN"), Kind.OPINION: ("1", "2", "3", "4", "5")}
OPEN_TO_VOTES = ("QUALIFIED", "VOTE_OPEN")
EXPECTED = {
    *(("open", why) for why in ("", "role", "same", "state", "few", "proposal", "ends")),
    *(("vote", why) for why in ("", "over", "latecomer", "again", "changed", "unknown", "twice", "missing")),
    *(("count", why) for why in ("", "role", "state", "early", "changed")),
    *(("cancel", why) for why in ("", "role", "same", "state")),
    *(("hand in", why) for why in ("", "role", "state", "ends", "quorum", "options")),
    *(("change", why) for why in ("", "role", "state")),
    *(("result", what) for what in ("TOO_FEW", "NO_QUORUM", "ACCEPTED", "NOT_ACCEPTED", "CHOSEN", "ELECTED")),
}
"""What a history as long as in `make test` has met: each refusal, and each act done."""


@dataclass
class Told:
    """What the words say of one ballot: who wrote it, who may vote, who did, and what was read out."""

    author: int
    phase: str = "draft"
    opener: int = 0
    ends_at: datetime = BEGIN
    read_out: Question | None = None
    votes: dict[int, list[str]] = field(default_factory=dict)
    may_vote: set[int] = field(default_factory=set)


@dataclass
class Kept:
    """The same as the product keeps it, moved by the rule only."""

    standing: Standing
    places: dict[int, bool] = field(default_factory=dict)
    votes: list[tuple[str, ...]] = field(default_factory=list)
    result: results.Result | None = None


@dataclass
class Pair:
    """One ballot in both."""

    told: Told
    kept: Kept
    proposal: str = ""


def faults(asked: Question, at: datetime) -> set[str]:
    """What the words say against a question: at least five votes, one day to sixty, different options."""
    found = set()
    fewest = {Kind.YES_NO: 0, Kind.OPINION: 5, Kind.ELECTION: 3}.get(asked.kind, 2)
    names = Counter(one.label.lower() for one in asked.options)
    if len(asked.options) < fewest:
        found.add("options")
    if names and max(names.values()) > 1:
        found.add("twice")
    if asked.kind == Kind.ELECTION and (asked.seats < 2 or asked.seats >= len(asked.options)):
        found.add("seats")
    if asked.quorum < 5:
        found.add("quorum")
    assert asked.ends_at is not None
    if asked.ends_at < at + DAY or asked.ends_at > at + 60 * DAY:
        found.add("ends")
    return found


def unfit(asked: Question, vote: list[str]) -> set[str]:
    """What the words say against a vote."""
    named = [one.rstrip("+-0") if asked.kind == Kind.OPINION else one for one in vote]
    known = ANSWERS[Kind.YES_NO] if asked.kind == Kind.YES_NO else [one.code for one in asked.options]
    found = set()
    if not set(named) <= set(known):
        found.add("unknown")
    if max(Counter(named).values(), default=0) > 1:
        found.add("twice")
    if asked.kind == Kind.YES_NO and len(vote) != 1:
        found.add("missing")
    return found


class History:
    """Staff, members who come and go, and a few ballots at a time."""

    def __init__(self, dice: Random) -> None:
        self.dice, self.at = dice, BEGIN
        self.members = set(range(dice.choice((4, 8, 10, 12, 14))))
        self.newest = max(self.members)
        self.pairs: list[Pair] = []
        self.met: Counter[tuple[str, str]] = Counter()

    def question(self) -> Question:
        dice = self.dice
        kind = dice.choice(
            (Kind.YES_NO, Kind.YES_NO, Kind.APPROVAL, Kind.RANKED, Kind.ELECTION, Kind.OPINION)
        )
        n = {Kind.YES_NO: 0, Kind.OPINION: 5}.get(kind, 4) - (kind != Kind.YES_NO and dice.random() < 0.05)
        n = 1 if kind == Kind.RANKED and dice.random() < 0.1 else n
        codes = "12345" if kind == Kind.OPINION else "ABCDE"
        same = dice.random() < 0.03
        labels = ["Tas" if same else f"Tema {code}" for code in codes[:n]]
        return Question(
            ref="b",
            kind=kind,
            question=f"Klausimas {dice.randrange(99)}",
            text="",
            options=tuple(Option(code, label) for code, label in zip(codes[:n], labels, strict=True)),
            seats=dice.choice((1, 2, 2, 2, 4)) if kind == Kind.ELECTION else 1,
            quorum=dice.choice((4, 5, 5, 5, 5, 5, 6, 8)),
            proposal="",
            ends_at=self.at
            + dice.choice((DAY / 2, DAY, 2 * DAY, 2 * DAY, 3 * DAY, 7 * DAY, 60 * DAY, 61 * DAY)),
        )

    def some(self, *phases: str) -> Pair:
        fit = [one for one in self.pairs if one.told.phase in phases] if self.dice.random() < 0.9 else []
        return self.dice.choice(fit or self.pairs)

    def settle(self, act: str, expected: set[str], found: str) -> bool:
        """Both say the same; whether the act is done."""
        assert found in expected if expected else not found, (act, expected, found)
        self.met[act, found] += 1
        return not found

    def staff(self) -> tuple[int, set[str]]:
        """Somebody, and what the words say against them: facilitators run ballots, nobody else."""
        person = self.dice.choice((1, 1, 2, 2, 3, 4, 5))
        return person, set() if person < 4 else {"role"}

    @staticmethod
    def by(person: int, why: Callable[[], str]) -> str:
        """As the actions ask: first the permission of the person's role, then the rule."""
        return why() if Permission.RUN_BALLOTS in ROLES.get(STAFF.get(person, ""), ()) else "role"

    def write(self) -> None:
        author, asked = self.dice.choice((1, 2, 3)), self.question()
        if len(self.pairs) > 4:
            over = [one for one in self.pairs if one.told.phase in ("closed", "cancelled", "dropped")]
            if not over and self.dice.random() < 0.97:
                return
            self.pairs.remove(self.dice.choice(over or self.pairs))
        proposal = (
            self.dice.choice(("", "", *OPEN_TO_VOTES, "DISCUSSION")) if asked.kind == Kind.YES_NO else ""
        )
        self.pairs.append(Pair(Told(author), Kept(Standing(BallotState.DRAFT, author, asked)), proposal))

    def change(self) -> None:
        pair, (person, against) = self.some("draft"), self.staff()
        told, kept = pair.told, pair.kept
        expected = against | (set() if told.phase == "draft" else {"state"})
        found = self.by(person, lambda: "" if decisions.may_change(kept.standing.state) else "state")
        if self.settle("change", expected, found):
            told.author = person
            kept.standing = replace(kept.standing, author=person, question=self.question())

    def hand_in(self) -> None:
        pair, (person, against) = self.some("draft"), self.staff()
        told, kept = pair.told, pair.kept
        expected = against | faults(kept.standing.question, self.at)
        expected |= set() if told.phase == "draft" else {"state"}
        found = self.by(person, lambda: decisions.why_not_handed_in(kept.standing, self.at))
        if self.settle("hand in", expected, found):
            told.phase, told.author = "handed in", person
            kept.standing = replace(kept.standing, state=BallotState.PROPOSED, author=person)

    def take_back(self) -> None:
        pair = self.some("handed in", "dropped")
        found = pair.kept.standing.moves(BallotState.DRAFT)
        expected = set() if pair.told.phase in ("handed in", "dropped") else {"state"}
        if self.settle("take back", expected, found):
            pair.told.phase = "draft"
            pair.kept.standing = replace(pair.kept.standing, state=BallotState.DRAFT)

    def drop(self) -> None:
        pair = self.some("draft", "handed in")
        found = pair.kept.standing.moves(BallotState.DISCARDED)
        expected = set() if pair.told.phase in ("draft", "handed in") else {"state"}
        if self.settle("drop", expected, found):
            pair.told.phase = "dropped"
            pair.kept.standing = replace(pair.kept.standing, state=BallotState.DISCARDED)

    def open(self) -> None:
        pair, (person, against) = self.some("handed in"), self.staff()
        told, kept = pair.told, pair.kept
        is_voted_on = self.dice.random() < 0.3
        expected = against | faults(kept.standing.question, self.at)
        expected |= {"same"} if person == told.author else set()
        expected |= {"state"} if told.phase != "handed in" else set()
        if len(self.members) < 5 or len(self.members) < kept.standing.question.quorum:
            expected.add("few")
        if pair.proposal not in ("", *OPEN_TO_VOTES) or (pair.proposal == "VOTE_OPEN" and is_voted_on):
            expected.add("proposal")
        found = self.by(
            person,
            lambda: decisions.why_not_opened(
                kept.standing,
                person,
                self.at,
                eligible=len(self.members),
                proposal=pair.proposal,
                is_voted_on=is_voted_on,
            ),
        )
        if not self.settle("open", expected, found):
            return
        asked = replace(kept.standing.question, tie_order=decisions.drawn(kept.standing.question, self.dice))
        kept.standing = replace(
            kept.standing, state=BallotState.OPEN, question=asked, digest=digest_of(asked)
        )
        kept.places = dict.fromkeys(self.members, False)
        assert asked.ends_at is not None
        told.phase, told.opener, told.read_out, told.ends_at = "open", person, asked, asked.ends_at
        told.may_vote = set(self.members)

    def tamper(self) -> None:
        """Somebody with the database changes what was read out, or puts it back."""
        pair = self.some("open")
        if pair.told.read_out is None:
            return
        read, dice = pair.told.read_out, self.dice
        ends = read.ends_at + dice.choice((-DAY, DAY)) if read.ends_at else None
        changed = dice.choice(
            (
                {"question": read.question + "?"},
                {"quorum": read.quorum + 1},
                {"ends_at": ends},
                {"tie_order": read.tie_order[::-1]},
                {"options": read.options[1:]},
            )
        )
        asked = read if pair.kept.standing.question != read else replace(read, **changed)
        pair.kept.standing = replace(pair.kept.standing, question=asked)

    def is_altered(self, pair: Pair) -> bool:
        return pair.told.read_out is not None and pair.kept.standing.question != pair.told.read_out

    def paper(self, asked: Question) -> list[str]:
        """A vote, mostly one that fits."""
        dice = self.dice
        codes = list(
            ANSWERS[Kind.YES_NO] if asked.kind == Kind.YES_NO else [one.code for one in asked.options]
        )
        vote = dice.sample(codes, 1 if asked.kind == Kind.YES_NO else dice.randint(0, len(codes)))
        match dice.randrange(20):
            case 0:
                vote += ["Z"]
            case 1:
                vote += vote[:1]
            case 2:
                vote = []
        return [one + dice.choice("+-0") for one in vote] if asked.kind == Kind.OPINION else vote

    def vote(self) -> None:
        pair = self.some("open")
        told, kept = pair.told, pair.kept
        left = sorted(self.members - told.votes.keys()) if self.dice.random() < 0.7 else []
        who, vote = self.dice.choice(left or sorted(self.members) or [0]), self.paper(kept.standing.question)
        asked = kept.standing.question
        expected = unfit(asked, vote)
        assert asked.ends_at is not None
        if told.phase != "open" or self.at >= min(told.ends_at, asked.ends_at):
            expected.add("over")
        if told.phase != "open" or who not in told.may_vote:
            expected.add("latecomer")
        if who in told.votes:
            expected.add("again")
        if self.is_altered(pair):
            expected.add("changed")
        found = decisions.why_no_vote(kept.standing, vote, self.at, has_voted=kept.places.get(who))
        if self.settle("vote", expected, found):
            told.votes[who] = vote
            kept.places[who] = True
            kept.votes.append(tuple(vote))

    def count(self) -> None:
        pair, (person, against) = self.some("open"), self.staff()
        told, kept = pair.told, pair.kept
        asked = kept.standing.question
        expected = against | ({"state"} if told.phase != "open" else set())
        assert asked.ends_at is not None
        if told.phase == "open" and self.at < max(told.ends_at, asked.ends_at):
            expected.add("early")
        if self.is_altered(pair):
            expected.add("changed")
        found = self.by(person, lambda: decisions.why_not_counted(kept.standing, self.at))
        if not self.settle("count", expected, found):
            return
        kept.standing, told.phase = replace(kept.standing, state=BallotState.CLOSED), "closed"
        if asked.kind != Kind.OPINION:
            kept.result = results.result_of(asked, kept.votes, len(kept.places))
            self.check_result(told, kept.result)
            self.met["result", kept.result["outcome"]] += 1
        kept.votes = []

    def check_result(self, told: Told, result: results.Result) -> None:
        """Fewer than five votes, or than the quorum: nothing. Otherwise what most wanted."""
        asked, votes = told.read_out, list(told.votes.values())
        assert asked is not None and self.at >= told.ends_at
        assert (result["votes"], result["eligible"]) == (len(votes), len(told.may_vote))
        assert ("counts" in result) <= (len(votes) >= 10)
        if len(votes) < 5 or len(votes) < asked.quorum:
            assert result["outcome"] in ("TOO_FEW", "NO_QUORUM") and "winners" not in result
            assert (result["outcome"] == "TOO_FEW") == (len(votes) < 5)
        elif asked.kind == Kind.YES_NO:
            most = votes.count(["YES"]) > votes.count(["NO"])
            assert result["outcome"] == ("ACCEPTED" if most else "NOT_ACCEPTED")

    def cancel(self) -> None:
        if self.dice.random() < 0.6:
            return
        pair, (person, against) = self.some("open"), self.staff()
        told, kept = pair.told, pair.kept
        expected = against | ({"state"} if told.phase != "open" else set())
        expected |= {"same"} if person == told.author else set()
        found = self.by(person, lambda: decisions.why_not_cancelled(kept.standing, person))
        if self.settle("cancel", expected, found):
            told.phase, kept.votes = "cancelled", []
            kept.standing = replace(kept.standing, state=BallotState.CANCELLED)

    def join(self) -> None:
        if len(self.members) < 16:
            self.newest += 1
            self.members.add(self.newest)

    def leave(self) -> None:
        """Whoever leaves is no voter any more; votes that are not counted yet are destroyed."""
        who = self.dice.choice(sorted(self.members) or [0])
        if len(self.members) < 5 and self.dice.random() < 0.7:
            return
        self.members.discard(who)
        for pair in self.pairs:
            if pair.told.phase == "open":
                pair.told.may_vote.discard(who)
                if pair.kept.places.pop(who, False):
                    pair.kept.votes.remove(tuple(pair.told.votes.pop(who)))

    def wait(self) -> None:
        self.at += self.dice.choice((DAY / 24, DAY / 4, DAY / 2, DAY, 2 * DAY))

    def act(self) -> Callable[[], None]:
        """What one of the ballots invites to, or now and then anything."""
        invited: dict[str, list[Callable[[], None]]] = {
            "draft": [self.hand_in],
            "handed in": [self.open],
            "open": [*[self.vote] * 20, *[self.count] * 3, self.wait, self.wait],
        }
        rare = [self.change, self.take_back, self.drop, self.tamper, self.cancel, self.join, self.leave]
        every = [*rare, self.write, self.open, self.count, self.vote, self.vote]
        phase = self.dice.choice(self.pairs).told.phase
        return self.dice.choice(invited.get(phase, [self.write]) if self.dice.random() < 0.8 else every)

    def check(self) -> None:
        """What holds after every step."""
        names = {
            BallotState.DRAFT: "draft",
            BallotState.PROPOSED: "handed in",
            BallotState.OPEN: "open",
            BallotState.CLOSED: "closed",
        }
        names |= {BallotState.CANCELLED: "cancelled", BallotState.DISCARDED: "dropped"}
        for pair in self.pairs:
            told, kept = pair.told, pair.kept
            assert names[BallotState(kept.standing.state)] == told.phase
            assert kept.result is None or told.phase == "closed", "a result only when it is over"
            if told.read_out is None:
                assert not kept.places and not kept.votes
                continue
            assert told.opener != kept.standing.author == told.author
            assert told.votes.keys() <= told.may_vote and sum(kept.places.values()) == len(told.votes)
            assert sorted(kept.votes) == sorted(map(tuple, told.votes.values())) or told.phase != "open"


@pytest.mark.unit
@repeated(shards=10)
def test_the_pure_rule_agrees_with_its_words(shard: int):
    """20,000 steps in `make test`, 10⁶ in `make prove`."""
    met: Counter[tuple[str, str]] = Counter()
    for number in range(often(80, 400)):
        history = History(Random(f"ballots {shard} {number}"))
        history.write()
        for _step in range(250):
            history.act()()
            history.check()
        met += history.met
    never = sorted(EXPECTED - met.keys())
    assert not never, never

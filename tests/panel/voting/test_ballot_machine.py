"""Random histories of ballots: whoever does what in whatever order, the promises hold after every step."""

from collections.abc import Callable
from datetime import timedelta
from random import Random

import pytest
from repetition import often, repeated

from sauga.kernel import sealed
from sauga.kernel.identity import PermissionRefused, PersonActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import SystemActor
from sauga.panel.members.models import Member
from sauga.panel.states import BALLOT, BallotState, MemberState
from sauga.panel.voting.actions import ballots, counts, votes
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules.ballots import digest_of
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import ballots as make
from tests.factories.ballots import AT, OPENS, WRITES

ROLES = (WRITES, OPENS, OPENS, "PANEL_SAFEGUARDING_LEAD", "EDITOR")


class Panel:
    """Members, two facilitators and others, one ballot after another."""

    def __init__(self, centre: Centre, dice: Random) -> None:
        self.centre, self.dice, self.at = centre, dice, AT
        self.members = make.voters(9)
        self.voted: dict[int, set[int]] = {}
        self.results: dict[int, object] = {}
        self.openers: dict[int, int] = {}

    def staff(self) -> PersonActor:
        return self.centre.actor(self.dice.choice(ROLES), self.at)

    def member(self) -> Member:
        return self.dice.choice(self.members)

    def some(self, *states: str) -> Ballot:
        rows = (
            list(Ballot.objects.filter(state__in=states).order_by("pk")) if self.dice.random() < 0.8 else []
        )
        return self.dice.choice(rows or list(Ballot.objects.order_by("pk")))

    def write(self) -> None:
        if (
            Ballot.objects.exclude(
                state__in=(BallotState.CLOSED, BallotState.CANCELLED, BallotState.DISCARDED)
            ).count()
            < 4
        ):
            kind = self.dice.choice(list(Kind))
            ends = self.at + timedelta(days=self.dice.choice((0, 2, 7, 60)))
            ballots.write_ballot(by=self.staff(), given=make.given(kind, ends_at=ends), at=self.at)

    def change(self) -> None:
        kind = self.dice.choice(list(Kind))
        given = make.given(
            kind, question=f"Klausimas {self.dice.random()}", ends_at=self.at + timedelta(days=30)
        )
        ballots.change_ballot(by=self.staff(), ballot=self.some(BallotState.DRAFT), given=given, at=self.at)

    def hand_in(self) -> None:
        ballots.hand_in(by=self.staff(), ballot=self.some(BallotState.DRAFT), at=self.at)

    def take_back(self) -> None:
        ballots.take_back(by=self.staff(), ballot=self.some(BallotState.PROPOSED), at=self.at)

    def open(self) -> None:
        by, row = self.staff(), self.some(BallotState.PROPOSED)
        ballots.open_ballot(by=by, ballot=row, at=self.at)
        assert by.person_id != row.author_id
        self.voted[row.pk] = set()

    def discard(self) -> None:
        ballots.discard(by=self.staff(), ballot=self.some(BallotState.DRAFT), at=self.at)

    def vote(self) -> None:
        row, who = self.some(BallotState.OPEN), self.member()
        codes = list(row.frozen.codes)
        marks = self.dice.sample(codes, self.dice.randint(0, min(3, len(codes))))
        if row.kind == Kind.OPINION:
            marks = [f"{one}{self.dice.choice('+-0')}" for one in marks]
        votes.cast_vote(by=make.acting(who, self.at), ballot=row, vote=marks, at=self.at)
        assert row.state == BallotState.OPEN and self.at < row.ends_at and who.state == MemberState.ACTIVE
        assert who.pk not in self.voted[row.pk], "one vote each"
        self.voted[row.pk].add(who.pk)

    def count(self) -> None:
        row = self.some(BallotState.OPEN)
        done = counts.count_ballot(by=self.staff(), ballot=row, at=self.at)
        assert self.at >= row.ends_at and done.result is not None
        assert done.result["votes"] == len(self.voted[row.pk])
        self.results[row.pk] = done.result

    def cancel(self) -> None:
        counts.cancel_ballot(by=self.staff(), ballot=self.some(BallotState.OPEN), at=self.at)

    def pause(self) -> None:
        who = self.member()
        who.state = self.dice.choice((MemberState.PAUSED, MemberState.ACTIVE, MemberState.ACTIVE))
        who.save(update_fields=["state"])

    def leave(self) -> None:
        who = self.member()
        if self.dice.random() < 0.1:
            votes.forget_voter(who, self.at)
            for pk, voted in self.voted.items():
                if pk not in self.results:
                    voted.discard(who.pk)
                    # Whoever is forgotten was no voter of an open ballot any more.

    def wait(self) -> None:
        self.at += timedelta(hours=self.dice.choice((1, 12, 60)))
        counts.sweep_keys(by=SystemActor("panel"), at=self.at)

    def acts(self) -> list[Callable[[], None]]:
        common = [self.vote] * 12 + [self.count, self.open, self.hand_in] * 3
        return [
            *common,
            self.write,
            self.change,
            self.take_back,
            self.discard,
            self.pause,
            self.leave,
            self.wait,
            self.cancel,
        ]

    def check(self) -> None:
        """What holds after every step."""
        for row in Ballot.objects.all():
            before = str(BALLOT.initial)
            for one in row.steps.order_by("pk"):
                assert one.before == before and BALLOT.allows(one.before, one.after)
                before = one.after
            assert row.state == before
            is_open = row.state == BallotState.OPEN
            assert (sealed.ballots.folder() / row.ref).exists() <= (is_open or row.opened_at is not None)
            assert WrappedKey.objects.filter(holder=f"ballot:{row.ref}").exists() == is_open
            assert (row.result is not None) == (row.state == BallotState.CLOSED)
            if row.opened_at:
                assert digest_of(row.frozen) == row.digest, "the text never changes"
            if row.pk in self.results:
                assert row.result == self.results[row.pk], "the result never changes"
            sealed_votes = Voter.objects.filter(ballot=row, sealed_vote__isnull=False)
            assert is_open or not sealed_votes.exists()
            if is_open:
                assert set(sealed_votes.values_list("member_id", flat=True)) == self.voted[row.pk]


@pytest.mark.slow("a history through the actions, with all promises looked at after each step")
@repeated(shards=20)
def test_random_histories_keep_the_promises(centre: Centre, own_folder: None, shard: int):
    """10,000 steps in `make prove`."""
    dice = Random(f"ballots {shard}")
    panel, done = Panel(centre, dice), 0
    ballots.write_ballot(by=centre.actor(WRITES), given=make.given(), at=AT)
    for _step in range(often(60, 500)):
        act = dice.choice(panel.acts())
        try:
            act()
            done += 1
        except (ActionRefused, PermissionRefused):
            pass
        panel.check()
    assert done > often(6, 60) and panel.voted

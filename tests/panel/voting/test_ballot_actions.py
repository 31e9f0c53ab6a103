"""Ballots by their actions: what is refused, what is frozen, what is left after the count."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from sauga.kernel import audit, clock, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.panel.members.actions import adult_acts, nominations
from sauga.panel.members.models import AdultAct
from sauga.panel.states import BallotState, MemberState
from sauga.panel.voting.actions import ballots, counts, votes
from sauga.panel.voting.actions.ballots import CannotOpen, TextFrozen
from sauga.panel.voting.actions.counts import CannotCancel, CannotCount
from sauga.panel.voting.actions.transitions import BallotUnfit
from sauga.panel.voting.actions.votes import VoteRefused
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import ballots as make
from tests.factories import panel_voice as voice
from tests.factories.ballots import AT, ENDS, OPENS, WRITES


def half_of(ballot: Ballot) -> Path:
    """The file of the machine's half of the key."""
    return sealed.ballots.folder() / ballot.ref


def test_a_ballot_from_the_draft_to_the_result(centre: Centre, django_capture_on_commit_callbacks):  # type: ignore[no-untyped-def]
    members = make.voters(12)
    ballot = make.opened(centre, Kind.RANKED)
    assert len(ballot.digest) == 64 and sorted(ballot.tie_order) == ["A", "B", "C"]
    assert half_of(ballot).exists() and half_of(ballot).stat().st_mode & 0o077 == 0
    for member, order in zip(members, ["AB"] * 4 + ["BC"] * 4 + ["CB"] * 3 + [""], strict=True):
        make.vote(member, ballot, *order)
    sizes = {len(bytes(one.sealed_vote or b"")) for one in Voter.objects.filter(ballot=ballot)}
    assert len(sizes) == 1, "the length of a vote says nothing"
    with django_capture_on_commit_callbacks(execute=True):
        done = make.counted(centre, ballot)
    assert done.state == BallotState.CLOSED and done.result is not None
    assert done.result["winners"] == ["B"] and done.result["votes"] == 12 and done.result["eligible"] == 12
    assert done.result["detail"] == "FULL" and done.result["counts"] == {"A": 4, "B": 4, "C": 3}
    assert not Voter.objects.exclude(sealed_vote=None).exists()
    assert not WrappedKey.objects.filter(holder=f"ballot:{ballot.ref}").exists()
    assert not half_of(ballot).exists()


def test_whoever_wrote_a_ballot_does_not_open_it(centre: Centre):
    make.voters()
    row = make.proposed(centre)
    with pytest.raises(CannotOpen) as refused:
        ballots.open_ballot(by=centre.actor(WRITES), ballot=row, at=AT)
    assert str(refused.value) == "same"
    ballots.take_back(by=centre.actor(OPENS), ballot=row, at=AT)
    ballots.change_ballot(by=centre.actor(OPENS), ballot=row, given=make.given(), at=AT)
    row = ballots.hand_in(by=centre.actor(OPENS), ballot=row, at=AT)
    with pytest.raises(CannotOpen):
        ballots.open_ballot(by=centre.actor(OPENS), ballot=row, at=AT)
    assert ballots.open_ballot(by=centre.actor(WRITES), ballot=row, at=AT).state == BallotState.OPEN


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (Kind.YES_NO, {"question": " "}, "question"),
        (Kind.RANKED, {"options": ("Vienas",)}, "options"),
        (Kind.RANKED, {"options": [f"Nr. {n}" for n in range(13)]}, "options"),
        (Kind.APPROVAL, {"options": ("Vienas", "vienas")}, "twice"),
        (Kind.APPROVAL, {"options": ("Vienas", "| be vardo")}, "twice"),
        (Kind.APPROVAL, {"options": ("Vienas", "D" * 121)}, "long"),
        (Kind.ELECTION, {"seats": 1}, "seats"),
        (Kind.ELECTION, {"seats": 3}, "seats"),
        (Kind.YES_NO, {"quorum": 4}, "quorum"),
        (Kind.YES_NO, {"ends_at": AT + timedelta(hours=23)}, "ends"),
        (Kind.YES_NO, {"ends_at": AT + timedelta(days=61)}, "ends"),
        (Kind.OPINION, {"options": ("Vienas", "Du", "Trys", "Keturi")}, "options"),
    ],
)
def test_what_cannot_be_asked(centre: Centre, kind: Kind, more: dict[str, object], code: str):
    with pytest.raises(BallotUnfit) as refused:
        ballots.write_ballot(by=centre.actor(WRITES), given=make.given(kind, **more), at=AT)
    assert str(refused.value) == code


def test_a_ballot_that_waited_too_long_is_not_opened(centre: Centre):
    make.voters()
    row = make.proposed(centre)
    with pytest.raises(BallotUnfit):
        ballots.open_ballot(by=centre.actor(OPENS), ballot=row, at=ENDS - timedelta(hours=2))


@pytest.mark.parametrize(("n", "quorum"), [(4, 5), (7, 8)])
def test_too_few_members_cannot_vote_in_secret(centre: Centre, n: int, quorum: int):
    make.voters(n)
    row = make.proposed(centre, quorum=quorum)
    with pytest.raises(CannotOpen) as refused:
        ballots.open_ballot(by=centre.actor(OPENS), ballot=row, at=AT)
    assert (
        str(refused.value) == "few" and not WrappedKey.objects.filter(holder__startswith="ballot:").exists()
    )


def test_the_text_is_frozen(centre: Centre):
    members = make.voters()
    row = make.proposed(centre)
    with pytest.raises(TextFrozen):
        ballots.change_ballot(by=centre.actor(WRITES), ballot=row, given=make.given(), at=AT)
    row = ballots.open_ballot(by=centre.actor(OPENS), ballot=row, at=AT)
    for act in (ballots.take_back, ballots.discard, ballots.hand_in):
        with pytest.raises(MoveNotAllowed):
            act(by=centre.actor(OPENS), ballot=row, at=AT)
    with pytest.raises(TextFrozen):
        ballots.change_ballot(by=centre.actor(WRITES), ballot=row, given=make.given(), at=AT)
    Ballot.objects.filter(pk=row.pk).update(question="Kurį pasiūlymą siųsti paskutinį?")  # past every action
    with pytest.raises(VoteRefused) as refused:
        make.vote(members[0], row, "YES")
    assert str(refused.value) == "changed"
    with pytest.raises(CannotCount) as uncounted:
        make.counted(centre, row)
    assert str(uncounted.value) == "changed"


def test_one_vote_each_and_none_too_late_or_too_new(centre: Centre):
    members = make.voters(8)
    newcomer = members.pop()
    newcomer.state = MemberState.INDUCTED
    newcomer.save()
    ballot = make.opened(centre)
    newcomer.state = MemberState.ACTIVE
    newcomer.save()
    make.vote(members[0], ballot, "YES")
    refusals = [
        (members[0], ("YES",), AT, "again"),
        (members[0], ("NO",), AT, "again"),
        (newcomer, ("YES",), AT, "latecomer"),
        (members[1], ("YES",), ENDS, "over"),
        (members[1], (), AT, "missing"),
        (members[1], ("YES", "NO"), AT, "missing"),
        (members[1], ("A",), AT, "unknown"),
    ]
    for member, marks, at, code in refusals:
        with pytest.raises(VoteRefused) as refused:
            make.vote(member, ballot, *marks, at=at)
        assert str(refused.value) == code
    assert Voter.objects.filter(has_voted=True).count() == 1


@pytest.mark.parametrize("state", [one for one in MemberState if one is not MemberState.ACTIVE])
def test_only_active_members_vote(centre: Centre, state: MemberState):
    members = make.voters()
    ballot = make.opened(centre)
    members[0].state = state
    members[0].save()
    with pytest.raises(PermissionRefused):
        make.vote(members[0], ballot, "YES")


def test_staff_cannot_vote_and_members_cannot_count(centre: Centre):
    members = make.voters()
    ballot = make.opened(centre)
    for by in (centre.actor(WRITES), SystemActor("panel")):
        with pytest.raises(PermissionRefused):
            votes.cast_vote(by=by, ballot=ballot, vote=("YES",), at=AT)
    for role in ("PANEL_SAFEGUARDING_LEAD", "EDITOR", "COUNSELLOR"):
        by = centre.actor(role)
        for refused in (
            lambda by=by: counts.count_ballot(by=by, ballot=ballot, at=ENDS),
            lambda by=by: counts.cancel_ballot(by=by, ballot=ballot, at=AT),
            lambda by=by: ballots.write_ballot(by=by, given=make.given(), at=AT),
            lambda by=by: ballots.open_ballot(by=by, ballot=ballot, at=AT),
        ):
            with pytest.raises(PermissionRefused):
                refused()
    with pytest.raises(PermissionRefused):
        counts.count_ballot(by=make.acting(members[0]), ballot=ballot, at=ENDS)  # type: ignore[arg-type]


def test_nothing_is_counted_before_the_end_or_without_the_keys(centre: Centre):
    members = make.voters()
    ballot = make.opened(centre)
    for member in members:
        make.vote(member, ballot, "YES")
    with pytest.raises(CannotCount) as refused:
        make.counted(centre, ballot, at=ENDS - timedelta(seconds=1))
    assert str(refused.value) == "early"
    with pytest.raises(sealed.VaultLocked):
        counts.count_ballot(by=centre.actor(OPENS, ENDS, unlocked=False), ballot=ballot, at=ENDS)
    held = half_of(ballot).read_bytes()
    half_of(ballot).unlink()
    with pytest.raises(sealed.KeyNotAvailable):
        make.counted(centre, ballot)
    ballot.refresh_from_db()
    assert ballot.state == BallotState.OPEN and ballot.result is None, (
        "a failed count leaves everything as it was"
    )
    half_of(ballot).write_bytes(held)
    assert make.counted(centre, ballot).state == BallotState.CLOSED
    with pytest.raises(MoveNotAllowed):
        make.counted(centre, ballot)


def test_a_vote_that_was_moved_to_another_place_does_not_open(centre: Centre):
    members = make.voters()
    ballot = make.opened(centre)
    for member in members:
        make.vote(member, ballot, "YES")
    first, second = Voter.objects.filter(ballot=ballot)[:2]
    Voter.objects.filter(pk=second.pk).update(sealed_vote=first.sealed_vote)
    with pytest.raises(CannotCount) as refused:
        make.counted(centre, ballot)
    assert str(refused.value) == "damaged"


def test_a_result_is_not_made_again_after_a_member_left(centre: Centre):
    members = make.voters(12)
    ballot = make.opened(centre)
    for number, member in enumerate(members):
        make.vote(member, ballot, "YES" if number < 8 else "NO")
    before = make.counted(centre, ballot).result
    votes.forget_voter(members[0], ENDS)
    members[1].delete()
    ballot.refresh_from_db()
    assert ballot.result == before and queries.eligible(ballot) == 10


def test_whoever_leaves_takes_an_uncounted_vote_along(centre: Centre):
    members = make.voters(7)
    ballot = make.opened(centre)
    for member in members:
        make.vote(member, ballot, "YES")
    votes.forget_voter(members[0], AT)
    result = make.counted(centre, ballot).result
    assert result is not None and result["votes"] == 6


def test_a_card_that_one_adult_made_votes_after_a_day_or_after_a_second_adult(centre: Centre):
    """Whoever gives a card could sign in with it; the member then finds the old one dead."""
    members, ballot = make.voters(), make.opened(centre)
    for member in members[:2]:
        nominations.give_card(by=centre.actor(WRITES), member=member, at=AT)
        with pytest.raises(VoteRefused) as refused:
            make.vote(member, ballot, "YES", at=AT + timedelta(hours=23))
        assert str(refused.value) == "card"
    act = AdultAct.objects.get(member=members[0], what="GAVE_CARD")
    with pytest.raises(adult_acts.OwnAct):
        adult_acts.mark_seen(by=centre.actor(WRITES), acts=[act.pk], at=AT)
    adult_acts.mark_seen(by=centre.actor(OPENS), acts=[act.pk], at=AT)
    make.vote(members[0], ballot, "YES", at=AT)
    make.vote(members[1], ballot, "YES", at=AT + timedelta(hours=24))
    make.vote(members[2], ballot, "YES", at=AT)


def test_a_cancelled_ballot_is_never_counted(centre: Centre, django_capture_on_commit_callbacks):  # type: ignore[no-untyped-def]
    members = make.voters()
    ballot = make.opened(centre)
    make.vote(members[0], ballot, "YES")
    with pytest.raises(CannotCancel):
        counts.cancel_ballot(by=centre.actor(WRITES), ballot=ballot, at=AT)
    with django_capture_on_commit_callbacks(execute=True):
        counts.cancel_ballot(by=centre.actor(OPENS), ballot=ballot, at=AT)
    assert not Voter.objects.exclude(sealed_vote=None).exists() and not half_of(ballot).exists()
    with pytest.raises(MoveNotAllowed):
        make.counted(centre, ballot)
    with pytest.raises(VoteRefused):
        make.vote(members[1], ballot, "YES")


def test_keys_that_outlived_their_ballot_are_swept(centre: Centre, own_folder: None):
    make.voters()
    ballot = make.opened(centre)
    left = half_of(ballot).with_name("0000-0000-0000")
    left.write_text("00" * 32)
    with pytest.raises(PermissionRefused):
        counts.sweep_keys(by=centre.actor(WRITES), at=AT)
    now = clock.now()
    assert counts.sweep_keys(by=SystemActor("panel"), at=now) == 0 and left.exists(), "it may be an opening"
    counts.sweep_keys(by=SystemActor("panel"), at=now + timedelta(hours=2))
    assert half_of(ballot).exists() and not left.exists()


def test_the_audit_log_says_nothing_when_somebody_votes(centre: Centre):
    members = make.voters()
    ballot = make.opened(centre)
    before = len(audit.timeline(ballot, zone="panel"))
    make.vote(members[0], ballot, "YES")
    assert len(audit.timeline(ballot, zone="panel")) == before


def test_two_ballots_share_nothing(centre: Centre):
    """A vote of one ballot does not open in another, even in the same slot."""
    make.voters()
    one, other = make.opened(centre), make.opened(centre)
    sealed_vote = sealed.ballots.seal_vote(
        bytes(one.public_key), zone=sealed.Zone.PANEL, ref=one.ref, slot="S", text="YES"
    )
    vault = centre.actor(OPENS).vault
    assert vault is not None
    opened = sealed.ballots.open_votes(
        vault, zone=sealed.Zone.PANEL, ref=one.ref, sealed_votes={"S": sealed_vote}
    )
    assert opened == ["YES"]
    with pytest.raises(sealed.EnvelopeDamaged):
        sealed.ballots.open_votes(
            vault, zone=sealed.Zone.PANEL, ref=other.ref, sealed_votes={"S": sealed_vote}
        )
    with pytest.raises(sealed.TextNotSealable):
        sealed.ballots.seal_vote(
            bytes(one.public_key), zone=sealed.Zone.PANEL, ref=one.ref, slot="S", text="Y" * 256
        )


def test_a_yes_or_no_ballot_decides_its_proposal(centre: Centre):
    panel = voice.panel(centre, n=6)
    proposal = voice.chosen(panel)
    with pytest.raises(BallotUnfit, match="proposal"):
        ballots.write_ballot(by=centre.actor(WRITES), given=make.given(proposal_ref="0000-0000"), at=AT)
    ballot = make.opened(centre, at=panel.at, proposal_ref=proposal.ref)
    proposal = voice.fresh(proposal)
    assert proposal.state == "VOTE_OPEN" and proposal.eligible == 6
    with pytest.raises(CannotOpen, match="proposal"):
        make.opened(centre, at=panel.at, proposal_ref=proposal.ref)
    assert queries.results_of_proposals([proposal.ref, "none"]) == {proposal.ref: [ballot]}
    assert replace(ballot.frozen, proposal="") != ballot.frozen
    for number, by in enumerate(panel.who.values()):
        votes.cast_vote(by=by, ballot=ballot, vote=["YES" if number else "NO"], at=panel.at)
    after = ballot.ends_at
    counts.count_ballot(by=centre.actor(OPENS, after), ballot=ballot, at=after)
    proposal = voice.fresh(proposal)
    assert proposal.state == "VOTE_CLOSED" and proposal.voted == 6


def test_a_cancelled_ballot_leaves_the_proposal_for_another_one(centre: Centre):
    panel = voice.panel(centre, n=6)
    proposal = voice.chosen(panel)
    ballot = make.opened(centre, at=panel.at, proposal_ref=proposal.ref)
    counts.cancel_ballot(by=centre.actor(OPENS), ballot=ballot, at=panel.at)
    again = make.opened(centre, at=panel.at, proposal_ref=proposal.ref)
    after = again.ends_at
    counts.count_ballot(by=centre.actor(OPENS, after), ballot=again, at=after)
    assert voice.fresh(proposal).state == "NOT_QUALIFIED", "too few votes carry nothing"

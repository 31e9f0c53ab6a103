"""The count: open all votes together in memory, keep what is published, destroy votes and key.

A ballot is counted once. The result is never made again: it could not be, and an erasure later would show by
the difference how a member voted.
"""

from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.panel.members.actions import adult_acts
from sauga.panel.permissions import Permission
from sauga.panel.states import BallotState
from sauga.panel.trail import Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voting.actions import proposal_effects
from sauga.panel.voting.actions.transitions import record, step
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.queries import ballots as queries
from sauga.panel.voting.rules import ballots, decisions, results


class CannotCount(ActionRefused):
    """The ballot is not counted now."""

    messages = {
        "early": _("Voting has not ended. Nobody sees or counts anything before."),
        "changed": _(
            "The text or the key is not what it was at the opening: this ballot cannot be counted. Cancel it."
        ),
        "damaged": _("A vote does not open. Nothing was counted. Cancel the ballot and vote again."),
    }


class CannotCancel(ActionRefused):
    """The ballot is not cancelled by this person."""

    message = _("Somebody else cancels a ballot that you opened or wrote.")


def count_ballot(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Count a ballot whose time is over.

    Raises PermissionRefused, CannotCount, KeyNotAvailable with a locked vault or a lost key, MoveNotAllowed.
    """
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(ballot)
        if (why := decisions.why_not_counted(row.standing, at)) in CannotCount.messages:
            raise CannotCount(why)
        voters = list(Voter.objects.select_for_update().filter(ballot=row))
        step(by, row, BallotState.CLOSED, at)
        if by.vault is not None and not row.is_genuine:
            raise CannotCount("changed")
        record(by, row, at, Trail.BALLOT_COUNTED, n=sum(one.has_voted for one in voters))
        row.result = results.result_of(row.frozen, _votes(by, row, voters), len(voters))
        row.ended_at = at
        row.save(update_fields=["result", "ended_at"])
        proposal_effects.decide_proposal(row, at)
        _destroy(row)
        adult_acts.record(by=by, what="BALLOT_COUNTED", at=at, where=row.ref)
        return row


def cancel_ballot(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Cancel an open ballot, by a person other than its author: votes are destroyed uncounted.

    Raises PermissionRefused, CannotCancel, MoveNotAllowed.
    """
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(ballot)
        if decisions.why_not_cancelled(row.standing, by.person_id) == decisions.AUTHOR:
            raise CannotCancel
        step(by, row, BallotState.CANCELLED, at)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        _destroy(row)
        adult_acts.record(by=by, what="BALLOT_CANCELLED", at=at, where=row.ref)
        return row


def call_counters(*, by: Actor, at: datetime) -> int:
    """Tell facilitators, once, that a ballot is over and waits for a person with an open vault. Returns how
    many ballots."""
    require(by, Permission.COUNT_BALLOTS)
    with transaction.atomic():
        due = queries.uncalled(at).select_for_update(of=("self",))
        rows = list(due.order_by("pk"))
        for row in rows:
            link = f"/desk/panel/ballots/{row.ref}/"
            notify(to="PANEL_FACILITATOR", template="panel.ballot_ended", link=link, at=at)
            row.called_at = at
            row.save(update_fields=["called_at"])
    return len(rows)


def sweep_keys(*, by: Actor, at: datetime) -> int:
    """Destroy what is left of keys of ballots that were counted or cancelled, or whose opening failed: the
    machine may have stopped in between. Returns how many."""
    require(by, Permission.COUNT_BALLOTS)
    # What was made within the hour may belong to an opening whose transaction has not ended.
    made = sealed.ballots.machine_halves(at - timedelta(hours=1))
    left = [ref for ref in made if ref not in queries.open_refs()]
    return sum(sealed.ballots.destroy_machine_half(ref) for ref in left)


def _votes(by: PersonActor, row: Ballot, voters: list[Voter]) -> list[tuple[str, ...]]:
    """All votes, in no order."""
    if by.vault is None:
        raise sealed.VaultLocked
    stored = {one.slot: bytes(one.sealed_vote or b"") for one in voters if one.has_voted}
    try:
        opened = sealed.ballots.open_votes(by.vault, zone=sealed.Zone.PANEL, ref=row.ref, sealed_votes=stored)
        return [ballots.read(row.frozen, text) for text in opened]
    except (sealed.EnvelopeError, ballots.VoteUnfit):
        raise CannotCount("damaged") from None


def _destroy(row: Ballot) -> None:
    """The sealed votes and the team's half of the key now; the file once the transaction has ended."""
    Voter.objects.filter(ballot=row).update(sealed_vote=None)
    risk_checks.forget_ballot(row.ref)
    sealed.ballots.destroy_team_half(row.ref)
    transaction.on_commit(partial(sealed.ballots.destroy_machine_half, row.ref))

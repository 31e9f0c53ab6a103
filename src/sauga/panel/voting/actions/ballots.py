"""Writing a ballot, and opening it: one person hands it in, another opens it. Nothing changes after that."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import sealed
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import lock
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.queries.members import active_members, may_take_part
from sauga.panel.permissions import Permission
from sauga.panel.states import BallotState
from sauga.panel.trail import Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voting.actions import proposal_effects
from sauga.panel.voting.actions.transitions import BallotUnfit, record, step
from sauga.panel.voting.models import Ballot, Voter
from sauga.panel.voting.rules import ballots, decisions
from sauga.panel.voting.rules.codes import LONGEST_NOTE, LONGEST_OPTION, Kind


class CannotOpen(ActionRefused):
    """The ballot may not be opened, or not by this person."""

    messages = {
        "same": _("Somebody else opens a ballot that you wrote."),
        "few": _(
            "Fewer than five members could vote, or fewer than the quorum. "
            "The result would show how each voted."
        ),
        "proposal": _(
            "The proposal is not chosen for a vote, or another vote about it is open. Choose it for the vote "
            "on its page first."
        ),
    }


class TextFrozen(ActionRefused):
    """The text of a ballot does not change after it was handed in."""

    message = _("The text is frozen. Take the ballot back to a draft first; an open one never changes.")


@dataclass(frozen=True)
class BallotGiven:
    """What a facilitator writes. `options`: one a line, "name | explanation"."""

    kind: str
    question: str
    text: str
    options: Sequence[str]
    seats: int
    quorum: int
    ends_at: datetime
    proposal_ref: str = ""


def write_ballot(*, by: PersonActor, given: BallotGiven, at: datetime) -> Ballot:
    """Write a draft. Raises PermissionRefused, BallotUnfit."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = Ballot(author_id=by.person_id, written_at=at)
        _fill(row, given, at)
        row.save()
        record(by, row, at, Trail.BALLOT_WRITTEN, kind=row.kind)
        return row


def change_ballot(*, by: PersonActor, ballot: Ballot, given: BallotGiven, at: datetime) -> Ballot:
    """Write a draft anew; the person who changed it last is its author. Raises PermissionRefused, TextFrozen,
    BallotUnfit."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(ballot)
        if not decisions.may_change(row.state):
            raise TextFrozen
        row.author_id = by.person_id
        _fill(row, given, at)
        row.save()
        record(by, row, at, Trail.BALLOT_WRITTEN, kind=row.kind)
        return row


def hand_in(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Hand a draft in, for another person to open.

    Raises PermissionRefused, BallotUnfit, MoveNotAllowed.
    """
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(ballot)
        _require_fit(row, decisions.why_not_handed_in(row.standing, at))
        row.author_id = by.person_id
        row.save(update_fields=["author"])
        return step(by, row, BallotState.PROPOSED, at)


def take_back(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Make a draft of a ballot that was handed in and not opened.

    Raises PermissionRefused, MoveNotAllowed.
    """
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        return step(by, lock(ballot), BallotState.DRAFT, at)


def discard(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Drop a ballot that was never opened. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = step(by, lock(ballot), BallotState.DISCARDED, at)
        row.ended_at = at
        row.save(update_fields=["ended_at"])
        return row


def restore(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Take a dropped ballot up again. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = step(by, lock(ballot), BallotState.DRAFT, at)
        row.ended_at = None
        row.save(update_fields=["ended_at"])
        return row


def open_ballot(*, by: PersonActor, ballot: Ballot, at: datetime) -> Ballot:
    """Open a ballot that another person handed in: freeze the text, draw the order for ties, fix who may
    vote, make the key. Raises PermissionRefused, CannotOpen, BallotUnfit, MoveNotAllowed, ZoneMissing."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(ballot)
        members = [one for one in active_members().select_related("account") if may_take_part(one, at)]
        why = decisions.why_not_opened(
            row.standing,
            by.person_id,
            at,
            eligible=len(members),
            proposal=proposal_effects.state_of_proposal(row),
            is_voted_on=proposal_effects.is_voted_on(row),
        )
        if why in CannotOpen.messages:
            raise CannotOpen(why)
        step(by, row, BallotState.OPEN, at)
        _require_fit(row, why)
        proposal_effects.freeze_proposal(by=by, row=row, eligible=len(members), at=at)
        chance = secrets.SystemRandom()
        row.tie_order = list(decisions.drawn(row.frozen, chance))
        row.opened_at = at
        row.public_key = sealed.ballots.new_ballot_key(sealed.Zone.PANEL, row.ref)
        row.digest = ballots.digest_of(row.frozen)
        row.key_mark = sealed.ballots.mark_of_key(row.public_key, ref=row.ref, said=row.digest)
        row.save(update_fields=["tie_order", "opened_at", "digest", "public_key", "key_mark"])
        adult_acts.record(by=by, what="BALLOT_OPENED", at=at, where=row.ref)
        chance.shuffle(members)
        Voter.objects.bulk_create(Voter(ballot=row, member=one) for one in members)
        risk_checks.tell(members, "BALLOT_OPENED", at, ballot=row.ref)
        record(by, row, at, Trail.BALLOT_OPENED, kind=row.kind, n=len(members))
        return row


def _fill(row: Ballot, given: BallotGiven, at: datetime) -> None:
    kind = Kind(given.kind)
    lines = [line for line in map(typed_text, given.options) if line] if kind is not Kind.YES_NO else []
    _few, most = ballots.limits_of(kind)
    if len(lines) > most:
        raise _unfit("options", kind)
    options = ballots.options_from(kind, lines)
    row.kind, row.question, row.text = str(kind), typed_text(given.question), typed_text(given.text)
    row.options = ballots.options_to_json(options)
    row.seats = given.seats if kind is Kind.ELECTION else 1
    row.quorum, row.ends_at = given.quorum, given.ends_at
    row.proposal_ref = given.proposal_ref.strip()
    if not proposal_effects.is_about_proposal(row.proposal_ref):
        raise _unfit("proposal", kind)
    if any(len(one.label) > LONGEST_OPTION or len(one.note) > LONGEST_NOTE for one in options):
        raise _unfit("long", kind)
    _require_fit(row, decisions.fault_at(row.frozen, at))


def _require_fit(row: Ballot, why: str) -> None:
    if why in BallotUnfit.messages:
        raise _unfit(why, Kind(row.kind))


def _unfit(code: str, kind: Kind) -> BallotUnfit:
    fewest, most = ballots.limits_of(kind)
    return BallotUnfit(code, fewest=fewest, most=most)

"""Decide now, announce together: decisions are prepared, seen by organisers only and changed at will; one act
announces all of them, and only that move sends letters.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.proposals.actions.own import take_down
from sauga.events.proposals.actions.transitions import apply, signal, situation
from sauga.events.proposals.models import Call, Proposal
from sauga.events.proposals.queries.reviewers import sight_of
from sauga.events.proposals.rules.decisions import Command, decide
from sauga.events.states import UNDECIDED
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused, PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, lock


class NumberChanged(ActionRefused):
    """What was confirmed on the page is not what is prepared now."""

    message = _(
        "In the meantime somebody prepared other decisions: now there are %(n)d. Look at the emails again."
    )


def prepare(*, by: PersonActor, proposal: Proposal, outcome: str, at: datetime) -> Proposal:
    """Prepare a decision, or another one; only organisers see it and nothing is sent. Raises
    PermissionRefused, CommandRefused."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = _locked(by, proposal, at)
        decide(row.state, Command.PREPARE, situation(row, at, pending=outcome or "-"))
        return _pending(by, row, outcome, at)


def take_back(*, by: PersonActor, proposal: Proposal, at: datetime) -> Proposal:
    """Take back a decision before it is announced. Raises PermissionRefused, CommandRefused."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = _locked(by, proposal, at)
        decide(row.state, Command.TAKE_BACK, situation(row, at))
        return _pending(by, row, "", at)


def _locked(by: PersonActor, proposal: Proposal, at: datetime) -> Proposal:
    row = lock(proposal)
    if not sight_of(by, row, at).decisions:
        raise PermissionRefused(Permission.KEEP_PROPOSALS)
    return row


def _pending(by: Actor, row: Proposal, outcome: str, at: datetime) -> Proposal:
    row.pending = outcome
    row.save(update_fields=["pending"])
    facts = {"to": outcome or "NONE"}
    audit.record(by, Trail.PROPOSAL_PENDING, row, zone=ZONE, at=at, facts=facts)
    signal()
    return row


def announce(*, by: Actor, call: Call, number: int, at: datetime) -> int:
    """Announce every prepared decision of a call in one act; each letter follows from its move. `number` is
    how many the page showed. Raises PermissionRefused, NumberChanged."""
    require(by, Permission.KEEP_PROPOSALS, call)
    with transaction.atomic():
        held = lock(call)
        rows = Proposal.objects.select_for_update(of=("self",)).filter(call=held, state__in=UNDECIDED)
        prepared = list(rows.exclude(pending="").select_related("call__event").order_by("pk"))
        if len(prepared) != number or not prepared:
            raise NumberChanged(n=len(prepared))
        for row in prepared:
            apply(by, row, Command.ANNOUNCE, at=at)
        audit.record(by, Trail.PROPOSALS_ANNOUNCED, held, zone=ZONE, at=at, facts={"rows": len(prepared)})
        return len(prepared)


def end_for_speaker(*, by: PersonActor, proposal: Proposal, at: datetime) -> Proposal:
    """The speaker told the organisers: withdrawn before the decision, not coming after it. Raises
    PermissionRefused, CommandRefused."""
    require(by, Permission.KEEP_PROPOSALS, proposal)
    with transaction.atomic():
        row = _locked(by, proposal, at)
        command = Command.WITHDRAW if row.state in UNDECIDED else Command.DECLINE
        apply(by, row, command, at=at, why="ORGANISER")
        for speaker in row.speakers.all():
            take_down(speaker, at)
        return row


def prepare_many(*, by: PersonActor, rows: Collection[Proposal], outcome: str, at: datetime) -> int:
    """Prepare the same decision for several, or take theirs back with an empty one; for how many it was
    possible. Raises PermissionRefused."""
    require(by, Permission.KEEP_PROPOSALS)
    done = 0
    for row in sorted(rows, key=lambda one: one.pk):
        try:
            if outcome:
                prepare(by=by, proposal=row, outcome=outcome, at=at)
            else:
                take_back(by=by, proposal=row, at=at)
            done += 1
        except (ActionRefused, MoveNotAllowed):
            continue
    return done


def export(*, by: Actor, call: Call, rows: int, kind: str, at: datetime) -> None:
    """Note that a list of proposals left the desk. Raises PermissionRefused."""
    require(by, Permission.EXPORT_PROPOSALS, call)
    with transaction.atomic():
        facts: dict[str, str | int] = {"rows": rows, "format": kind}
        audit.record(by, Trail.PROPOSALS_EXPORTED, call, zone=ZONE, at=at, facts=facts)

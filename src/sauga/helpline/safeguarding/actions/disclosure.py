"""Disclosure to an authority: approved by a second person, sent, acknowledged, explained to the child,
reviewed.

One person alone cannot break confidentiality: the approver is never the proposer, whatever roles one person
holds. The action refuses it and so does the table (`concern_approved_by_another`, `concern_broken_by_two`).
"""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.permissions import Permission
from sauga.helpline.safeguarding.actions.concerns import (
    DECISIONS,
    ZONE,
    ProposalIncomplete,
    go,
    open_key,
    tell,
    write_note,
)
from sauga.helpline.safeguarding.models import Concern
from sauga.helpline.states import ConcernState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, vocab
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import MoveNotAllowed, lock

PROPOSED = frozenset(DECISIONS.values())


class OwnProposal(ActionRefused):
    """A proposer does not approve or refuse their own proposal."""

    message = _("You proposed this yourself: another person decides.")


class ProposalChanged(ActionRefused):
    """The proposal is no longer the one that was read; it must be read again."""

    message = _("The proposal has changed. Read it again.")


def approve_disclosure(*, by: PersonActor, concern: Concern, seen: int, at: datetime) -> Concern:
    """The second person agrees; the proposer's side may now pass it on. `seen` is `proposal_number`
    of what was read.

    Raises OwnProposal for the proposer, ProposalChanged, MoveNotAllowed, and VaultLocked for a person who
    could not have read it.
    """
    require(by, Permission.APPROVE_BREAK)
    with transaction.atomic():
        concern = _proposal(by, concern, seen, to=ConcernState.APPROVED)
        open_key(by, concern)
        concern.approved_by_id = by.person_id
        concern.save(update_fields=["approved_by"])
        go(concern, ConcernState.APPROVED, by=by, at=at)
        audit.record(by, Trail.CONCERN_APPROVED, concern, zone=ZONE, at=at, facts={"approved": True})
        tell(concern.proposed_by, concern, "helpline.break_approved", at)
        return concern


def refuse_disclosure(*, by: PersonActor, concern: Concern, seen: int, note: str, at: datetime) -> Concern:
    """The second person does not agree and says why. Nothing is told; the concern waits for a new consult.
    Raises as approve_disclosure.
    """
    require(by, Permission.APPROVE_BREAK)
    with transaction.atomic():
        concern = _proposal(by, concern, seen, to=ConcernState.REFUSED)
        write_note(concern, by=by, kind="REFUSED", text=note, at=at)
        go(concern, ConcernState.REFUSED, by=by, at=at)
        audit.record(by, Trail.CONCERN_APPROVED, concern, zone=ZONE, at=at, facts={"approved": False})
        tell(concern.proposed_by, concern, "helpline.break_refused", at)
        return concern


def keep_watching(*, by: PersonActor, concern: Concern, at: datetime) -> Concern:
    """After a refusal: watch on, until the review or another consult."""
    require(by, Permission.PROPOSE_BREAK)
    with transaction.atomic():
        concern = lock(concern)
        go(concern, ConcernState.WATCH, by=by, at=at, why="REFUSED")
        return concern


def pass_on(*, by: PersonActor, concern: Concern, at: datetime) -> Concern:
    """The service has been told. From here runs the legal clock until it acknowledges."""
    _require_either(by)
    with transaction.atomic():
        concern = lock(concern)
        go(concern, ConcernState.NOTIFIED, by=by, at=at, why=concern.target)
        facts = {"target": concern.target, "clock": concern.clock}
        audit.record(by, Trail.CONCERN_PASSED_ON, concern, zone=ZONE, at=at, facts=facts)
        return concern


def acknowledge(*, by: PersonActor, concern: Concern, note: str = "", at: datetime) -> Concern:
    """The service has taken it up (its number or the name of its desk may be noted).

    Now the child is told.
    """
    _require_either(by)
    with transaction.atomic():
        concern = lock(concern)
        if note.strip():
            write_note(concern, by=by, kind="SERVICE", text=note, at=at)
        go(concern, ConcernState.ACKNOWLEDGED, by=by, at=at)
        return concern


def tell_child(*, by: PersonActor, concern: Concern, how: str, note: str, at: datetime) -> Concern:
    """The child knows: `how` is a code of `child_told`, `note` the words that were used.

    Also after the child could not be reached.
    """
    require(by, Permission.RAISE_CONCERN, concern)
    if not vocab.has_term("child_told", how):
        raise ProposalIncomplete("how")
    with transaction.atomic():
        concern = lock(concern)
        write_note(concern, by=by, kind="CHILD_TOLD", text=note, at=at)
        go(concern, ConcernState.CHILD_INFORMED, by=by, at=at, why=how)
        audit.record(by, Trail.CONCERN_CHILD_TOLD, concern, zone=ZONE, at=at, facts={"how": how})
        return concern


def child_not_reached(*, by: PersonActor, concern: Concern, note: str, at: datetime) -> Concern:
    """The child could not be told: `note` says what was tried.

    It can still be told when the child comes back.
    """
    require(by, Permission.RAISE_CONCERN, concern)
    with transaction.atomic():
        concern = lock(concern)
        write_note(concern, by=by, kind="NOT_REACHED", text=note, at=at)
        go(concern, ConcernState.CHILD_NOT_REACHABLE, by=by, at=at)
        audit.record(by, Trail.CONCERN_CHILD_TOLD, concern, zone=ZONE, at=at, facts={"how": "NOT_REACHED"})
        return concern


def review(*, by: PersonActor, concern: Concern, note: str, at: datetime) -> Concern:
    """The safeguarding lead looks back and ends the concern: was it right, was it in time,
    what do we learn.
    """
    require(by, Permission.APPROVE_BREAK)
    with transaction.atomic():
        concern = lock(concern)
        write_note(concern, by=by, kind="REVIEW", text=note, at=at)
        go(concern, ConcernState.REVIEWED, by=by, at=at)
        concern.reviewed_at = at
        concern.save(update_fields=["reviewed_at"])
        audit.record(by, Trail.CONCERN_REVIEWED, concern, zone=ZONE, at=at)
        return concern


def proposal_number(concern: Concern) -> int:
    """Which proposal this is, counted over the concern's life: 0 before the first."""
    return int(concern.steps.filter(after__in=[str(state) for state in PROPOSED]).count())


def _proposal(by: PersonActor, concern: Concern, seen: int, *, to: ConcernState) -> Concern:
    """The locked concern with the proposal that was read, for a person other than its proposer."""
    concern = lock(concern)
    if concern.state not in PROPOSED:
        raise MoveNotAllowed(concern.state, to)
    if concern.proposed_by_id == by.person_id:
        raise OwnProposal
    if proposal_number(concern) != seen:
        raise ProposalChanged
    return concern


def _require_either(by: PersonActor) -> None:
    """What proposer's side and approver's side may both do."""
    if not by.can(Permission.APPROVE_BREAK):
        require(by, Permission.PROPOSE_BREAK)

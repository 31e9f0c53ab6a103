"""Reading before publication: a person confirms a checklist and publishes, or returns a text with a reason
of the list. Nothing is published while a flag about it is open."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused, ReasonMissing
from sauga.kernel.states import Actor, lock, move
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import risk_checks
from sauga.panel.voice.actions.contributions import forget_picture
from sauga.panel.voice.actions.moves import authors_of, go, refuse_if
from sauga.panel.voice.models import Amendment, Contribution, Proposal
from sauga.panel.voice.rules import decisions
from sauga.panel.voice.rules.moderation import Reason
from sauga.panel.voice.rules.states import AmendmentState, ContributionState, ProposalState

type Text = Proposal | Amendment | Contribution


class PublishRefused(ActionRefused):
    """It may not be published yet."""

    messages = {
        "checklist": _("Confirm every point of the list first."),
        "flag": _("A flag about this text is open. It can be published once a person has closed it."),
    }
    fields = {"checklist": "confirmed"}


def publish(*, by: Actor, row: Text, confirmed: Collection[str], at: datetime) -> Text:
    """Publish what was read. Raises PermissionRefused, PublishRefused, MoveNotAllowed."""
    require(by, Permission.MODERATE)
    with transaction.atomic():
        held = lock(row)
        has_flag = risk_checks.has_open_flag(held.flag)
        refuse_if(decisions.why_not_published(held.state, confirmed, has_flag=has_flag), held, PublishRefused)
        _note_act(by, "READ_TEXT", held, at)
        if isinstance(held, Proposal):
            if held.number is None:
                held.number = (Proposal.objects.aggregate(n=Max("number"))["n"] or 0) + 1
            held.returned = ""
            held.save(update_fields=["number", "returned"])
            return go(by, held, ProposalState.PUBLISHED, at)
        held.returned = ""
        if isinstance(held, Amendment):
            move(held, to=AmendmentState.OFFERED, by=by, at=at)
            held.save(update_fields=["returned"])
            risk_checks.tell(authors_of(held.proposal), "AMENDMENT", at, held.proposal)
        else:
            move(held, to=ContributionState.PUBLISHED, by=by, at=at)
            held.published_at = at
            held.save(update_fields=["returned", "published_at"])
            if held.member is not None:
                risk_checks.tell([held.member], "TEXT_PUBLISHED", at, held.proposal)
        _note(by, held, at)
        return held


def return_to_author(*, by: Actor, row: Text, reason: str, at: datetime) -> Text:
    """Return a text with the reason: its author can change it. Raises PermissionRefused, ReasonMissing,
    MoveNotAllowed."""
    require(by, Permission.MODERATE)
    if reason not in Reason.values:
        raise ReasonMissing
    with transaction.atomic():
        held = lock(row)
        held.returned = reason
        _note_act(by, "RETURNED_TEXT", held, at)
        held.save(update_fields=["returned"])
        if isinstance(held, Proposal):
            return go(by, held, ProposalState.RETURNED, at, why=reason)
        move(
            held,
            to=AmendmentState.RETURNED if isinstance(held, Amendment) else ContributionState.RETURNED,
            by=by,
            at=at,
            why=reason,
        )
        if held.member is not None:
            risk_checks.tell([held.member], "TEXT_RETURNED", at, held.proposal)
        _note(by, held, at)
        return held


def hide(*, by: Actor, row: Proposal | Contribution, at: datetime) -> Proposal | Contribution:
    """Hide something that is published, at once. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.MODERATE)
    with transaction.atomic():
        held = lock(row)
        _note_act(by, "HID_TEXT", held, at)
        if isinstance(held, Proposal):
            held.hidden_from = held.state
            held.save(update_fields=["hidden_from"])
            return go(by, held, ProposalState.HIDDEN, at)
        move(held, to=ContributionState.HIDDEN, by=by, at=at)
        _note(by, held, at)
        return held


def show_again(*, by: Actor, row: Proposal | Contribution, at: datetime) -> Proposal | Contribution:
    """Show what was hidden, once no flag about it is open: a proposal goes through the steps again. Raises
    PermissionRefused, PublishRefused, MoveNotAllowed."""
    require(by, Permission.ANSWER_FLAGS)
    with transaction.atomic():
        held = lock(row)
        has_flag = risk_checks.has_open_flag(held.flag)
        refuse_if(decisions.why_stays_hidden(held.state, has_flag=has_flag), held, PublishRefused)
        if isinstance(held, Proposal):
            return go(by, held, ProposalState.PUBLISHED, at)
        move(held, to=ContributionState.PUBLISHED, by=by, at=at)
        _note(by, held, at)
        return held


def remove_hidden(*, by: Actor, row: Proposal | Contribution, at: datetime) -> Proposal | Contribution:
    """What was hidden stays so for good. Raises PermissionRefused, PublishRefused, MoveNotAllowed."""
    require(by, Permission.ANSWER_FLAGS)
    with transaction.atomic():
        held = lock(row)
        has_flag = risk_checks.has_open_flag(held.flag)
        refuse_if(decisions.why_stays_hidden(held.state, has_flag=has_flag), held, PublishRefused)
        if isinstance(held, Proposal):
            return go(by, held, ProposalState.ARCHIVED, at)
        move(held, to=ContributionState.WITHDRAWN, by=by, at=at)
        forget_picture(held)
        _note(by, held, at)
        return held


def _note(by: Actor, row: Amendment | Contribution, at: datetime) -> None:
    name = Trail.AMENDMENT_MOVED if isinstance(row, Amendment) else Trail.CONTRIBUTION_MOVED
    facts = {"to": str(row.state)} | ({"kind": str(row.kind)} if isinstance(row, Contribution) else {})
    audit.record(by, name, row, zone=ZONE, at=at, facts=facts)
    live.signal(VOICE_CHANNEL)


def _note_act(by: Actor, what: str, row: Text, at: datetime) -> None:
    if isinstance(row, Proposal):
        first = row.authors.order_by("pk").first()
        member, where = (first.member if first else None), f"proposal:{row.ref}"
    else:
        member, where = row.member, f"text:{row.ref}"
    risk_checks.seen_by_two(by, what, where, at, member)

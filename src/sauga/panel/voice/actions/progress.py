"""From publication to the vote: the discussion with its two adults, the threshold, the vote, and explaining
why a proposal does not go on."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.panel.permissions import Permission
from sauga.panel.voice.actions.moves import go, refuse_if
from sauga.panel.voice.actions.news import notify_adults
from sauga.panel.voice.actions.people import checked_by_adult
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.queries import staff
from sauga.panel.voice.queries.proposals import supporters
from sauga.panel.voice.rules import decisions
from sauga.panel.voice.rules.states import ProposalState
from sauga.panel.voice.rules.words import LONGEST_PART

SECOND_ADULT = "panel.discussion_adult"


class ProgressRefused(ActionRefused):
    """What the step needs is missing."""

    messages = {
        "until": _("A discussion lasts at least three days and at most sixty."),
        "adults": _("Choose a second adult of the panel’s team: two lead every discussion."),
        "support": _("It does not have the support yet. Say in writing why it goes to the vote anyway."),
        "open": _("The discussion is still open. Wait until its last day has passed."),
    }
    fields = {"until": "until", "adults": "second", "support": "explanation"}


def open_discussion(*, by: Actor, proposal: Proposal, second: int, until: date, at: datetime) -> Proposal:
    """Open the discussion until a day, led by this person and a second adult of the team. Raises
    PermissionRefused, ProgressRefused, MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    first = by.person_id if isinstance(by, PersonActor) else 0
    adults = {first, second} & staff.adult_keys(at)
    with transaction.atomic():
        row = lock(proposal)
        why = decisions.why_not_discussed(row.state, until, local_day(at), adults=len(adults))
        refuse_if(why, row, ProgressRefused)
        go(by, row, ProposalState.DISCUSSION, at)
        row.discuss_until = until
        row.save(update_fields=["discuss_until"])
        row.adults.set(adults)
        notify_adults(by, adults, SECOND_ADULT, reverse("panel-proposal-desk", args=[row.ref]), at)
        return row


def qualify(*, by: Actor, proposal: Proposal, explanation: str, at: datetime) -> Proposal:
    """Let a proposal go to the vote: its present version has the support, or a written reason says why it
    goes all the same. Raises PermissionRefused, ProgressRefused, TextRefused, MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    reason = checked_by_adult(explanation, most=LONGEST_PART, field="explanation", may_be_empty=True)
    with transaction.atomic():
        row = lock(proposal)
        support, needed = supporters(row), row.cycle.support
        why = decisions.why_not_qualified(row.state, support=support, needed=needed, has_reason=bool(reason))
        refuse_if(why, row, ProgressRefused)
        row.explanation = reason
        row.save(update_fields=["explanation"])
        return go(by, row, ProposalState.QUALIFIED, at)


def end_discussion(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """After the last day: to the vote with the support, else not. Raises PermissionRefused, ProgressRefused,
    MoveNotAllowed."""
    require(by, Permission.ADVANCE_VOICE)
    with transaction.atomic():
        row = lock(proposal)
        why = decisions.why_not_ended(row.state, row.discuss_until, local_day(at))
        refuse_if(why, row, ProgressRefused)
        to = decisions.after_discussion(support=supporters(row), needed=row.cycle.support)
        return go(by, row, to, at)


def open_vote(*, by: Actor, proposal: Proposal, eligible: int, at: datetime) -> Proposal:
    """The vote about it opens: from now on the text is frozen. `eligible`: how many may vote, which is fixed.
    Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.RUN_BALLOTS)
    with transaction.atomic():
        row = lock(proposal)
        row.eligible = eligible
        row.save(update_fields=["eligible"])
        return go(by, row, ProposalState.VOTE_OPEN, at)


def close_vote(*, by: Actor, proposal: Proposal, voted: int, is_carried: bool, at: datetime) -> Proposal:
    """The vote is counted: `is_carried` with quorum and majority; otherwise it does not go on. Only the
    count closes a vote, never a person. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.COUNT_BALLOTS)
    with transaction.atomic():
        row = lock(proposal)
        go(by, row, ProposalState.VOTE_CLOSED, at)
        row.voted = voted
        row.save(update_fields=["voted"])
        return row if is_carried else go(by, row, ProposalState.NOT_QUALIFIED, at)


def explain(*, by: Actor, proposal: Proposal, text: str, at: datetime) -> Proposal:
    """Tell the authors why their proposal did not go on, and what they can do next. Raises
    PermissionRefused, TextRefused, MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    fit = checked_by_adult(text, most=LONGEST_PART, field="text")
    with transaction.atomic():
        row = lock(proposal)
        refuse_if(decisions.why_not_explained(row.state), row, ProgressRefused)
        row.explanation = fit
        row.save(update_fields=["explanation"])
        return go(by, row, ProposalState.REPORTED_BACK, at)

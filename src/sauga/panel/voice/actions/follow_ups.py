"""After the answer: the work begins, it is done or not, and young people are told. A proposal ends only
there: nothing else closes one that was sent."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel.clock import local_day
from sauga.kernel.i18n import readability
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock
from sauga.panel.permissions import Permission
from sauga.panel.voice.actions.moves import go, refuse_if, require_state
from sauga.panel.voice.actions.people import checked_by_adult
from sauga.panel.voice.models import FollowUp, Proposal
from sauga.panel.voice.rules import decisions
from sauga.panel.voice.rules.states import ProposalState
from sauga.panel.voice.rules.words import LONGEST_PART


class FollowUpRefused(ActionRefused):
    """A report that is missing, or too hard to read."""

    messages = {
        "answer": _("There is no public answer with a reason. A proposal does not close without one."),
        "tasks": _("The answer promises nothing that could be in progress."),
        "hard": _("Write it so that a 12-year-old understands it: shorter sentences and words."),
        "early": _("It stays on the list for thirty days after young people were told."),
    }
    fields = {"hard": "text"}


def start_work(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """What was promised is being done; its owner and dates stand in the answer. Raises PermissionRefused,
    FollowUpRefused, MoveNotAllowed."""
    require(by, Permission.PUBLISH_ANSWER)
    with transaction.atomic():
        row = lock(proposal)
        is_public = _is_public(row)
        promises = len(row.answer.tasks) if is_public else 0
        why = decisions.why_not_begun(row.state, is_public=is_public, promises=promises)
        refuse_if(why, row, FollowUpRefused)
        return go(by, row, ProposalState.IN_PROGRESS, at)


def report_result(*, by: Actor, proposal: Proposal, is_done: bool, text: str, at: datetime) -> Proposal:
    """What was promised was done (`text` says how one can see it) or not (`text` says why). Raises
    PermissionRefused, FollowUpRefused, TextRefused, MoveNotAllowed."""
    require(by, Permission.PUBLISH_ANSWER)
    fit = _plain(text)
    with transaction.atomic():
        row = lock(proposal)
        require_state(row, ProposalState.IN_PROGRESS)
        to = ProposalState.DONE if is_done else ProposalState.NOT_DONE
        FollowUp.objects.create(proposal=row, kind=to, text=fit, on=local_day(at))
        return go(by, row, to, at)


def report_back(*, by: Actor, proposal: Proposal, text: str, at: datetime) -> Proposal:
    """Tell young people what happened. A declined proposal comes here at once, the others after the result.
    Raises PermissionRefused, FollowUpRefused, TextRefused, MoveNotAllowed."""
    require(by, Permission.PUBLISH_ANSWER)
    fit = _plain(text)
    with transaction.atomic():
        row = lock(proposal)
        refuse_if(decisions.why_not_told(row.state, is_public=_is_public(row)), row, FollowUpRefused)
        FollowUp.objects.create(proposal=row, kind=ProposalState.REPORTED_BACK, text=fit, on=local_day(at))
        return go(by, row, ProposalState.REPORTED_BACK, at)


def archive(*, by: Actor, proposal: Proposal, at: datetime) -> Proposal:
    """Thirty days after young people were told. Raises PermissionRefused, FollowUpRefused,
    MoveNotAllowed."""
    require(by, Permission.ADVANCE_VOICE)
    with transaction.atomic():
        row = lock(proposal)
        told = row.steps.filter(after=ProposalState.REPORTED_BACK).order_by("-pk").first()
        why = decisions.why_not_archived(row.state, told.at if told is not None else None, at)
        refuse_if(why, row, FollowUpRefused)
        return go(by, row, ProposalState.ARCHIVED, at)


def _is_public(row: Proposal) -> bool:
    """Whether there is a public answer with a reason."""
    answer = getattr(row, "answer", None)
    return answer is not None and answer.published_at is not None and bool(answer.reason)


def _plain(text: str) -> str:
    fit = checked_by_adult(text, most=LONGEST_PART, field="text")
    if any(one.why == "whole" for one in readability.troubles(fit, "lt", readability.Level.TEEN)):
        raise FollowUpRefused("hard")
    return fit

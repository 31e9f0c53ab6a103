"""What happens by itself every day: discussions end, addressees are reminded, dates pass, answers become
public, what was reported is archived. Each step stands on its own."""

from collections.abc import Callable
from datetime import datetime

from django.db.models import QuerySet

from sauga.kernel.clock import local_day
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.panel.permissions import Permission
from sauga.panel.voice.actions import addressees, answers, follow_ups, progress
from sauga.panel.voice.models import Proposal
from sauga.panel.voice.rules.answers import ARCHIVED_AFTER
from sauga.panel.voice.rules.states import ProposalState

type Step = Callable[..., object]


def advance_all(*, by: Actor, at: datetime) -> int:
    """Everything that is due; how many steps were taken. Raises PermissionRefused."""
    require(by, Permission.ADVANCE_VOICE)
    today, rows = local_day(at), Proposal.objects
    told = rows.filter(
        state=ProposalState.REPORTED_BACK,
        steps__after=ProposalState.REPORTED_BACK,
        steps__at__lte=at - ARCHIVED_AFTER,
    )
    public = rows.filter(answer__published_at__isnull=True, answer__public_on__lte=today)
    due: tuple[tuple[Step, QuerySet[Proposal]], ...] = (
        (progress.end_discussion, rows.filter(state=ProposalState.DISCUSSION, discuss_until__lt=today)),
        (addressees.mark_overdue, rows.filter(state=ProposalState.SENT, due_on__lt=today)),
        (answers.publish_answer, public.exclude(state=ProposalState.HIDDEN)),
        (follow_ups.archive, told.distinct()),
    )
    taken = sum(_took(step, row, by, at) for step, found in due for row in found)
    return taken + sum(
        addressees.remind(by=by, proposal=row, at=at) for row in rows.filter(state=ProposalState.SENT)
    )


def _took(step: Step, row: Proposal, by: Actor, at: datetime) -> bool:
    try:
        step(by=by, proposal=row, at=at)
    except ActionRefused:  # it was acted on a moment ago
        return False
    return True

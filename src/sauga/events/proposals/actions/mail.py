"""Sends the letters about proposals, composed when they go out: no queue holds an address."""

from collections.abc import Callable
from datetime import datetime

from sauga.events.permissions import Permission
from sauga.events.proposals import letters
from sauga.events.proposals.models import Proposal, ProposalSpeaker, ProposalStep
from sauga.events.proposals.queries.confirmations import WAITING
from sauga.events.proposals.rules.decisions import ENDED
from sauga.events.registration.actions.mail import hand_over
from sauga.events.states import EventState
from sauga.kernel.identity import require
from sauga.kernel.notifications import MailRefused, OutgoingMail
from sauga.kernel.states import Actor


def send_letter(*, by: Actor, step_id: int, at: datetime) -> bool:
    """Send what a step calls for, once. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    steps = ProposalStep.objects.select_related("subject__call__event")
    step = steps.filter(pk=step_id, mailed_at__isnull=True).first()
    if step is None:
        return False
    is_sent = _send(lambda: letters.letter(step, at))
    ProposalStep.objects.filter(pk=step.pk).update(mailed_at=at)
    return is_sent


def send_link(*, by: Actor, proposal_id: int, at: datetime) -> bool:
    """Send a personal link. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    row = Proposal.objects.select_related("call__event").filter(pk=proposal_id).first()
    return row is not None and _send(lambda: letters.link(row, at))


def send_cancelled(*, by: Actor, proposal_id: int, at: datetime) -> bool:
    """Write that the event does not take place, unless it does after all. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    rows = Proposal.objects.select_related("call__event").exclude(state__in=ENDED)
    row = rows.filter(pk=proposal_id, call__event__state=EventState.CANCELLED).first()
    return row is not None and _send(lambda: letters.event_cancelled(row, at))


def send_reminder(*, by: Actor, proposal_id: int, at: datetime) -> bool:
    """Remind a speaker to confirm, unless they have answered meanwhile or the time is over. Raises
    NotHanded."""
    require(by, Permission.ADVANCE)
    rows = Proposal.objects.select_related("call__event").filter(WAITING, answer_by__gt=at)
    row = rows.filter(pk=proposal_id).first()
    return row is not None and _send(lambda: letters.reminder(row, at))


def send_invitation(*, by: Actor, speaker_id: int, at: datetime) -> bool:
    """Send the invitation of a co-speaker who has not answered. Raises NotHanded."""
    require(by, Permission.ADVANCE)
    rows = ProposalSpeaker.objects.select_related("proposal__call__event")
    row = rows.filter(pk=speaker_id, answered_at__isnull=True).first()
    return row is not None and _send(lambda: letters.invitation(row, at))


def _send(compose: Callable[[], OutgoingMail | None]) -> bool:
    """An address that passes the form and that no mail can be sent to gets none."""
    try:
        letter = compose()
    except MailRefused:
        return False
    return letter is not None and hand_over(letter)

"""The helpline's counts on “My day”."""

from datetime import datetime, timedelta

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Shift
from sauga.helpline.safeguarding.models import Concern, IncomingReferral
from sauga.helpline.states import ConcernState, IncomingState, LetterState, ShiftState
from sauga.helpline.volunteers.models import Debrief
from sauga.kernel.identity import PersonActor

AHEAD = timedelta(days=14)


def people_waiting(by: PersonActor, at: datetime) -> int:
    """In the queue for a conversation now."""
    return Conversation.objects.waiting().count()


def letters_waiting(by: PersonActor, at: datetime) -> int:
    """Letters that nobody has in hand."""
    return Letter.objects.filter(
        state__in=(LetterState.RECEIVED, LetterState.SCREENED, LetterState.REPLIED)
    ).count()


def letters_to_review(by: PersonActor, at: datetime) -> int:
    """Answers that somebody else wrote and that wait for another pair of eyes."""
    return Letter.objects.filter(state=LetterState.IN_REVIEW).exclude(claimed_by_id=by.person_id).count()


def concerns_to_decide(by: PersonActor, at: datetime) -> int:
    """Proposals to tell somebody outside that wait for the second person, not one's own."""
    wanted = (ConcernState.ACT_WITH_CONSENT, ConcernState.ACT_WITHOUT_CONSENT)
    return Concern.objects.filter(state__in=wanted).exclude(proposed_by_id=by.person_id).count()


def incoming_waiting(by: PersonActor, at: datetime) -> int:
    """Young people whom the youth panel told us about and whom nobody has taken."""
    return IncomingReferral.objects.filter(state=IncomingState.RECEIVED).count()


def debriefs_owed(by: PersonActor, at: datetime) -> int:
    """Talks that somebody is owed, for shift leads."""
    return Debrief.objects.filter(done_at__isnull=True).count()


def debriefs_to_arrange(by: PersonActor, at: datetime) -> int:
    """The same for a coordinator of volunteers; a shift lead has them counted already."""
    return 0 if by.can(Permission.LEAD_SHIFT) else debriefs_owed(by, at)


def free_places(by: PersonActor, at: datetime) -> int:
    """Places of the coming two weeks that nobody has taken."""
    return Shift.objects.filter(state=ShiftState.OPEN).between(at, at + AHEAD).count()

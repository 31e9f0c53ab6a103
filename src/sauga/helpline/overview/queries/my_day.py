"""The helpline's counts on “My day”."""

from datetime import datetime, timedelta

from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.letters.queries.letters import VIEW_STATES, View
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Shift
from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.helpline.safeguarding.queries import concerns
from sauga.helpline.states import IncomingState, LetterState, ShiftState
from sauga.helpline.volunteers.models import Debrief
from sauga.kernel.identity import PersonActor, home

AHEAD = timedelta(days=14)


def people_waiting(by: PersonActor, at: datetime) -> int:
    """In the queue for a conversation now."""
    return home.count_of(Conversation.objects.waiting())


def letters_waiting(by: PersonActor, at: datetime) -> int:
    """Letters that are not claimed."""
    return home.count_of(Letter.objects.filter(state__in=VIEW_STATES[View.UNTAKEN]))


def letters_to_review(by: PersonActor, at: datetime) -> int:
    """Answers that a colleague wrote and that wait for review."""
    rows = Letter.objects.filter(state=LetterState.IN_REVIEW)
    return home.count_of(rows.exclude(claimed_by_id=by.person_id))


def concerns_to_decide(by: PersonActor, at: datetime) -> int:
    """Proposals to inform an outside service that wait for the second person, not one's own."""
    return home.count_of(concerns.to_decide(by))


def incoming_waiting(by: PersonActor, at: datetime) -> int:
    """Young people whom the youth panel told us about and who are not taken yet."""
    return home.count_of(IncomingReferral.objects.filter(state=IncomingState.RECEIVED))


def debriefs_owed(by: PersonActor, at: datetime) -> int:
    """Debriefs that are owed, for shift leads."""
    return home.count_of(Debrief.objects.filter(done_at__isnull=True))


def debriefs_to_arrange(by: PersonActor, at: datetime) -> int:
    """The same for a coordinator of volunteers; a shift lead has them counted already."""
    return 0 if by.can(Permission.LEAD_SHIFT) else debriefs_owed(by, at)


def free_places(by: PersonActor, at: datetime) -> int:
    """Places of the coming two weeks that are not taken."""
    return home.count_of(Shift.objects.filter(state=ShiftState.OPEN).between(at, at + AHEAD))

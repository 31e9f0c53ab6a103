"""Cycles and meetings."""

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor
from sauga.panel.members.models import Member
from sauga.panel.permissions import Permission
from sauga.panel.voice.models import Cycle, Meeting, MeetingReply
from sauga.panel.voice.rules.states import MeetingState

AHEAD, HELD, MINUTED, CANCELLED = "ahead", "held", "minuted", "cancelled"
VIEWS = {
    AHEAD: MeetingState.PLANNED,
    HELD: MeetingState.HELD,
    MINUTED: MeetingState.MINUTED,
    CANCELLED: MeetingState.CANCELLED,
}


def cycle_on(at: datetime) -> Cycle | None:
    """The cycle that runs now."""
    day = local_day(at)
    return Cycle.objects.filter(starts_on__lte=day, ends_on__gt=day).first()


def cycles() -> "QuerySet[Cycle]":
    """All of them, the latest first."""
    return Cycle.objects.order_by("-number")


def cycle_for(by: PersonActor, number: int) -> Cycle:
    """One cycle for the desk. Raises Http404."""
    row = Cycle.objects.filter(number=number).first() if by.can(Permission.SEE_VOICE) else None
    if row is None:
        raise Http404
    return row


def next_meeting(at: datetime) -> Meeting | None:
    """The meeting that is on, or comes next."""
    return Meeting.objects.filter(state=MeetingState.PLANNED, ends__gt=at).order_by("starts", "pk").first()


def meetings_ahead(at: datetime) -> list[Meeting]:
    """Those that members may come to, with their adults."""
    found = Meeting.objects.filter(state=MeetingState.PLANNED, ends__gt=at).order_by("starts", "pk")
    return list(found.prefetch_related("adults__person"))


def minutes(limit: int = 50) -> list[Meeting]:
    """Meetings whose minutes are published, the latest first."""
    return list(Meeting.objects.filter(state=MeetingState.MINUTED).order_by("-starts", "-pk")[:limit])


def replies_of(member: Member) -> dict[int, bool]:
    """Whether the member comes, by the meeting's key."""
    return dict(MeetingReply.objects.filter(member=member).values_list("meeting_id", "comes"))


def meeting_by(ref: str) -> Meeting | None:
    """A meeting by its reference."""
    return Meeting.objects.select_related("cycle").filter(ref=ref).first()


def meeting_for(by: PersonActor, ref: str) -> Meeting:
    """One meeting for the desk. Raises Http404."""
    row = meeting_by(ref) if by.can(Permission.SEE_VOICE) else None
    if row is None:
        raise Http404
    return row


def rows(view: str) -> "QuerySet[Meeting]":
    """Meetings of a view: what is ahead by day, the others the latest first."""
    found = Meeting.objects.filter(state=VIEWS[view]).select_related("cycle")
    found = found.prefetch_related("adults__person", "replies")
    return found.order_by("starts", "pk") if view == AHEAD else found.order_by("-starts", "-pk")


def counts() -> dict[str, int]:
    """How many meetings each view has."""
    return {code: Meeting.objects.filter(state=state).count() for code, state in VIEWS.items()}


def coming(meeting: Meeting) -> int:
    """How many members said that they come."""
    return MeetingReply.objects.filter(meeting=meeting, comes=True).count()


def calendar_meetings() -> list[Meeting]:
    """Every meeting of the present year and later, cancelled ones included: calendars take them out."""
    return list(Meeting.objects.order_by("starts", "pk").prefetch_related("adults__person"))

"""Cycles and meetings: planned by a facilitator, held with two adults, minuted in plain words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.clock import VILNIUS, local_day
from sauga.kernel.i18n import readability
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move
from sauga.panel.permissions import Permission
from sauga.panel.trail import VOICE_CHANNEL, ZONE, Trail
from sauga.panel.voice.actions import news, risk_checks
from sauga.panel.voice.actions.people import AdultTextRefused, acting, checked_by_adult
from sauga.panel.voice.models import Cycle, Meeting, MeetingAdult, MeetingReply
from sauga.panel.voice.queries import staff
from sauga.panel.voice.rules.states import MeetingState
from sauga.panel.voice.rules.words import LONGEST_AGENDA, LONGEST_MINUTES, LONGEST_NOTE, LONGEST_TITLE

LEAST_ADULTS = 2
PUT_DOWN = "panel.meeting_adult"


class CycleRefused(ActionRefused):
    """Days or numbers that do not fit."""

    messages = {
        "days": _("A cycle ends after it begins, and lasts at most a year."),
        "overlap": _("Another cycle runs on some of these days."),
        "support": _("At least two members must support a proposal, and at most thirty."),
        "over": _("This cycle is over. It does not change any more."),
        "begun": _("The cycle has begun: its first day stays."),
        "counted": _("The cycle has begun: members rely on how many must support a proposal."),
        "ended": _("The cycle has begun: it ends tomorrow at the earliest."),
        "past": _("A cycle that has not begun cannot begin in the past."),
        "meetings": _("A planned meeting would be outside the cycle. Move or cancel the meeting first."),
    }
    fields = {
        "days": "ends_on",
        "overlap": "starts_on",
        "support": "support",
        "begun": "starts_on",
        "counted": "support",
        "ended": "ends_on",
        "past": "starts_on",
        "meetings": "ends_on",
    }


class MeetingRefused(ActionRefused):
    """What a meeting needs is missing."""

    messages = {
        "times": _("A meeting ends after it begins, and lasts at most four hours."),
        "adults": _("Two adults must be there. Choose two different people of the panel’s team."),
        "absent": _("A meeting counts as held only with two adults there. Otherwise cancel it."),
        "early": _("It has not begun yet."),
        "minutes": _(
            "Write the minutes so that a 12-year-old understands them: shorter sentences and words."
        ),
        "over": _("This meeting is not planned any more."),
        "past": _("It has begun already."),
        "cycle": _("No cycle runs on that day. Plan the cycle first."),
    }
    fields = {
        "times": "ends",
        "adults": "second",
        "absent": "present",
        "minutes": "minutes",
        "cycle": "day",
    }


@dataclass(frozen=True)
class MeetingGiven:
    """What a facilitator says about a meeting; `adults` are keys of people of the team."""

    starts: datetime
    ends: datetime
    place: str
    agenda: str
    adults: Sequence[int]


def start_cycle(
    *,
    by: Actor,
    starts_on: date,
    ends_on: date,
    support: int,
    at: datetime,
    title: str = "",
    theme: str = "",
) -> Cycle:
    """Plan the next cycle. Raises PermissionRefused, CycleRefused, TextRefused."""
    require(by, Permission.RUN_CYCLES)
    row = Cycle(starts_on=starts_on, ends_on=ends_on, support=support)
    row.title, row.theme = _said(title, theme)
    with transaction.atomic():
        _check_cycle(row)
        row.number = (Cycle.objects.aggregate(n=Max("number"))["n"] or 0) + 1
        row.save()
        _note_cycle(by, row, Trail.CYCLE_PLANNED, at)
        return row


def change_cycle(
    *,
    by: Actor,
    cycle: Cycle,
    starts_on: date,
    ends_on: date,
    support: int,
    title: str,
    theme: str,
    at: datetime,
) -> Cycle:
    """Change a cycle that is not over. Once it has begun, members rely on its first day and on how many must
    support a proposal: these stay, and the end stays ahead. Raises PermissionRefused, CycleRefused,
    TextRefused."""
    require(by, Permission.RUN_CYCLES)
    today, said = local_day(at), _said(title, theme)
    with transaction.atomic():
        row = lock(cycle)
        if row.ends_on <= today:
            raise CycleRefused("over")
        if row.starts_on <= today:
            if starts_on != row.starts_on:
                raise CycleRefused("begun")
            if support != row.support:
                raise CycleRefused("counted")
            if ends_on <= today:
                raise CycleRefused("ended")
        elif starts_on < today:
            raise CycleRefused("past")
        row.starts_on, row.ends_on, row.support = starts_on, ends_on, support
        row.title, row.theme = said
        _check_cycle(row)
        for starts in row.meetings.filter(state=MeetingState.PLANNED).values_list("starts", flat=True):
            if not starts_on <= local_day(starts) < ends_on:
                raise CycleRefused("meetings")
        row.save(update_fields=["starts_on", "ends_on", "support", "title", "theme"])
        _note_cycle(by, row, Trail.CYCLE_CHANGED, at)
        return row


def _said(title: str, theme: str) -> tuple[str, str]:
    """What a cycle is called and about, in order."""
    return (
        checked_by_adult(title, most=LONGEST_TITLE, field="title", may_be_empty=True),
        checked_by_adult(theme, most=LONGEST_NOTE, field="theme", may_be_empty=True),
    )


def _check_cycle(row: Cycle) -> None:
    if not 0 < (row.ends_on - row.starts_on).days <= 366:
        raise CycleRefused("days")
    if not 2 <= row.support <= 30:
        raise CycleRefused("support")
    others = Cycle.objects.exclude(pk=row.pk) if row.pk else Cycle.objects.all()
    if others.filter(starts_on__lt=row.ends_on, ends_on__gt=row.starts_on).exists():
        raise CycleRefused("overlap")


def _note_cycle(by: Actor, row: Cycle, name: Trail, at: datetime) -> None:
    audit.record(by, name, row, zone=ZONE, at=at, facts={"number": row.number})
    risk_checks.seen_by_two(
        by, "CYCLE_PLANNED" if name == Trail.CYCLE_PLANNED else "CYCLE_CHANGED", f"cycle:{row.number}", at
    )
    live.signal(VOICE_CHANNEL)


def plan_meeting(*, by: Actor, cycle: Cycle, given: MeetingGiven, at: datetime) -> Meeting:
    """Plan a meeting. Raises PermissionRefused, MeetingRefused, TextRefused."""
    require(by, Permission.RUN_CYCLES)
    place, agenda, adults = _fit(given, at)
    with transaction.atomic():
        row = Meeting.objects.create(
            cycle=cycle, starts=given.starts, ends=given.ends, place=place, agenda=agenda
        )
        _add_adults(by, row, adults, at)
        _note(by, row, at)
        return row


def change_meeting(*, by: Actor, meeting: Meeting, given: MeetingGiven, at: datetime) -> Meeting:
    """Change a meeting that is still ahead. Raises PermissionRefused, MeetingRefused, TextRefused."""
    require(by, Permission.RUN_CYCLES)
    place, agenda, adults = _fit(given, at)
    with transaction.atomic():
        row = lock(meeting)
        if row.state != MeetingState.PLANNED:
            raise MeetingRefused("over")
        row.starts, row.ends, row.place, row.agenda = given.starts, given.ends, place, agenda
        row.revision += 1
        row.save(update_fields=["starts", "ends", "place", "agenda", "revision"])
        row.adults.exclude(person_id__in=adults).delete()
        _add_adults(by, row, adults, at)
        _note(by, row, at)
        return row


def _add_adults(by: Actor, row: Meeting, adults: Sequence[int], at: datetime) -> None:
    """Put adults down for a meeting; those who are new there are notified, except the person who acted."""
    there = set(row.adults.values_list("person_id", flat=True))
    MeetingAdult.objects.bulk_create(
        MeetingAdult(meeting=row, person_id=key) for key in adults if key not in there
    )
    news.notify_adults(by, set(adults) - there, PUT_DOWN, reverse("panel-meeting-desk", args=[row.ref]), at)


def cancel_meeting(*, by: Actor, meeting: Meeting, at: datetime) -> Meeting:
    """It does not take place. Raises PermissionRefused, MoveNotAllowed."""
    return _moved(by, meeting, MeetingState.CANCELLED, at)


def reopen_meeting(*, by: Actor, meeting: Meeting, at: datetime) -> Meeting:
    """It takes place after all. Raises PermissionRefused, MeetingRefused, MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    if meeting.starts <= at:
        raise MeetingRefused("past")
    return _moved(by, meeting, MeetingState.PLANNED, at)


def hold_meeting(*, by: Actor, meeting: Meeting, present: Sequence[int], at: datetime) -> Meeting:
    """The meeting took place; `present` are the keys of the adults who were there, at least two of the team.
    Raises PermissionRefused, MeetingRefused, MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    with transaction.atomic():
        row = lock(meeting)
        if at < row.starts:
            raise MeetingRefused("early")
        there = set(present) & staff.adult_keys(at)
        if len(there) < LEAST_ADULTS:
            raise MeetingRefused("absent")
        for key in there:
            MeetingAdult.objects.update_or_create(meeting=row, person_id=key, defaults={"was_there": True})
        return _moved(by, row, MeetingState.HELD, at)


def publish_minutes(*, by: Actor, meeting: Meeting, minutes: str, at: datetime) -> Meeting:
    """Publish the minutes for the members. Raises PermissionRefused, MeetingRefused, TextRefused,
    MoveNotAllowed."""
    require(by, Permission.RUN_CYCLES)
    text = checked_by_adult(minutes, most=LONGEST_MINUTES, field="minutes")
    if any(one.why == "whole" for one in readability.troubles(text, "lt", readability.Level.TEEN)):
        raise MeetingRefused("minutes")
    with transaction.atomic():
        row = lock(meeting)
        if row.adults.filter(was_there=True).count() < LEAST_ADULTS:
            raise MeetingRefused("absent")
        row.minutes = text
        row.save(update_fields=["minutes"])
        return _moved(by, row, MeetingState.MINUTED, at)


def reply_to_meeting(*, by: Actor, meeting: Meeting, comes: bool, at: datetime) -> MeetingReply:
    """A member says whether they come. Raises PermissionRefused, MeetingRefused."""
    member = acting(by, at)
    with transaction.atomic():
        row = lock(meeting)
        if row.state != MeetingState.PLANNED:
            raise MeetingRefused("over")
        if row.starts <= at:
            raise MeetingRefused("past")
        reply, _made = MeetingReply.objects.update_or_create(
            meeting=row, member=member, defaults={"comes": comes}
        )
        return reply


def _fit(given: MeetingGiven, at: datetime) -> tuple[str, str, list[int]]:
    hours = (given.ends - given.starts).total_seconds() / 3600
    same_day = given.starts.astimezone(VILNIUS).date() == given.ends.astimezone(VILNIUS).date()
    if not 0 < hours <= 4 or not same_day:
        raise MeetingRefused("times")
    if given.starts <= at:
        raise MeetingRefused("past")
    adults = sorted(set(given.adults) & staff.adult_keys(at))
    if len(adults) < LEAST_ADULTS:
        raise MeetingRefused("adults")
    place = _place(given.place)
    return place, checked_by_adult(given.agenda, most=LONGEST_AGENDA, field="agenda"), adults


def _place(text: str) -> str:
    """Where a meeting is: an address is needed here, so only its length is checked."""
    held = " ".join(text.split())
    if not held:
        raise AdultTextRefused("missing", "place")
    return held[:160]


def _moved(by: Actor, meeting: Meeting, to: MeetingState, at: datetime) -> Meeting:
    require(by, Permission.RUN_CYCLES)
    with transaction.atomic():
        row = lock(meeting)
        move(row, to=to, by=by, at=at)
        row.revision += 1
        row.save(update_fields=["revision"])
        _note(by, row, at)
        return row


def _note(by: Actor, row: Meeting, at: datetime) -> None:
    audit.record(by, Trail.MEETING_MOVED, row, zone=ZONE, at=at, facts={"to": str(row.state)})
    risk_checks.seen_by_two(by, f"MEETING_{row.state}", f"meeting:{row.ref}", at)
    live.signal(VOICE_CHANNEL)

"""Who is on the team of an event: people are added and removed; a copy of the event has the same team."""

from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning.models import TeamMember
from sauga.events.planning.queries.team import candidates
from sauga.events.programme.models import Event
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, notifications
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

PAGES = {
    "ORGANISER": "events-desk",
    "PROGRAMME_COMMITTEE": "events-reviews",
    "DOOR_STAFF": "events-checkin-events",
    "PHOTOGRAPHER": "events-photographs",
}
"""Where somebody works whom an event has on its team, by role."""
JOINED = {role: f"events.team_{role.lower()}" for role in PAGES}


class TeamRefused(ActionRefused):
    """A person who does not hold the role, or is on the team already."""

    messages = {
        "role": _("Choose a role of the team."),
        "holder": _("This person does not hold the role at the centre. An administrator gives roles."),
        "twice": _("This person is on the team in that role already."),
    }
    fields = {"role": "member", "holder": "member", "twice": "member"}


def add_member(*, by: Actor, event: Event, person: Person, role: str, at: datetime) -> TeamMember:
    """Put a person on the team of an event, in a role that the person holds. Raises PermissionRefused,
    TeamRefused."""
    require(by, Permission.PLAN, event)
    if role not in TEAM:
        raise TeamRefused("role")
    if person not in candidates(role, at):
        raise TeamRefused("holder")
    with transaction.atomic():
        row, is_new = TeamMember.objects.get_or_create(
            event=event, person=person, role=role, defaults={"added_at": at}
        )
        if not is_new:
            raise TeamRefused("twice")
        _record(by, event, "added", role, at)
        _tell(by, event, person, role, at)
        return row


def remove_member(*, by: Actor, member: TeamMember, at: datetime) -> None:
    """Take a person off the team; from now on the role counts no longer at this event. Raises
    PermissionRefused."""
    require(by, Permission.PLAN, member)
    with transaction.atomic():
        _record(by, member.event, "removed", member.role, at)
        member.delete()


def copy_team(*, by: Actor, event: Event, copy: Event, at: datetime) -> int:
    """The copy of an event has the same team; how many people that is."""
    rows = [
        TeamMember(event=copy, person_id=row.person_id, role=row.role, added_at=at)
        for row in TeamMember.objects.filter(event=event)
    ]
    for row in rows:
        row.save()
        _record(by, copy, "added", row.role, at)
    return len(rows)


def _tell(by: Actor, event: Event, person: Person, role: str, at: datetime) -> None:
    """Notify the person put on the team, with the page of their work, unless they did it themselves."""
    if not (isinstance(by, PersonActor) and by.person_id == person.pk):
        context: dict[str, str | int] = {"ref": event.ref}
        notifications.notify(
            to=person, template=JOINED[role], context=context, link=reverse(PAGES[role]), at=at
        )


def _record(by: Actor, event: Event, what: str, role: str, at: datetime) -> None:
    audit.record(by, Trail.TEAM_CHANGED, event, zone=ZONE, at=at, facts={"what": what, "role": role})
    live.signal(CHANNEL)

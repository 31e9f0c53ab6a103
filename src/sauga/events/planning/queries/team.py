"""Who is on the team of an event, and who could be."""

from datetime import datetime

from django.http import Http404

from sauga.events.permissions import TEAM, Permission
from sauga.events.planning.models import TeamMember
from sauga.events.programme.models import Event
from sauga.kernel.identity import allowed, person_actor
from sauga.kernel.identity.models import Person
from sauga.kernel.identity.queries import holders_of


def team_of(event: Event) -> list[TeamMember]:
    """The team, by role and name."""
    rows = TeamMember.objects.filter(event=event).select_related("person")
    return sorted(rows, key=lambda row: (TEAM.index(row.role), row.person.name, row.pk))


def candidates(role: str, at: datetime) -> list[Person]:
    """Who holds a role at the centre, and so could be on a team in it."""
    return holders_of(role, "events", at)


def member_of(event: Event, key: int) -> TeamMember:
    """One entry of the team. Raises Http404."""
    found = TeamMember.objects.select_related("event").filter(event=event, pk=key).first()
    if found is None:
        raise Http404
    return found


def people_of(event: Event) -> list[Person]:
    """The people of a team, each once, by name."""
    return list(Person.objects.filter(pk__in=event.team.values("person")).order_by("name", "pk"))


def can_do_tasks(person: Person, event: Event, at: datetime) -> bool:
    """Whether the person may do tasks of this event: as an organiser, or on its team."""
    return person.is_active and allowed(person_actor(person, at), Permission.DO_TASKS, event)


def who_can_do_tasks(event: Event, at: datetime) -> list[Person]:
    """The people to whom a task of the event can be given, by name."""
    known = {person.pk: person for person in (*people_of(event), *candidates("ORGANISER", at))}
    return sorted(known.values(), key=lambda person: (person.name, person.pk))

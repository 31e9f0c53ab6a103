"""Tasks as the desk shows them: of one event, of one person, of a month; and whom to remind."""

from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.http import Http404

from sauga.events.permissions import Permission
from sauga.events.planning.models import Task, TaskTemplate, TeamMember
from sauga.events.planning.rules.due import SOON
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.kernel.identity import PersonActor, home

MINE, WEEK, OPEN, OVERDUE, DONE = "mine", "week", "open", "overdue", "done"
VIEWS = (MINE, WEEK, OPEN, OVERDUE, DONE)
MOST = 500


def today(at: datetime) -> date:
    """The day in Vilnius."""
    return local_time(at).naive.date()


def tasks_of(event: Event) -> list[Task]:
    """The tasks of an event by their days."""
    return list(Task.objects.filter(event=event).select_related("person", "done_by"))


def task_of(event: Event, ref: str) -> Task:
    """One task of an event. Raises Http404."""
    found = Task.objects.select_related("event", "person").filter(event=event, ref=ref).first()
    if found is None:
        raise Http404
    return found


def desk_tasks(by: PersonActor, view: str, at: datetime, *, words: str = "") -> QuerySet[Task]:
    """The tasks of a view, of the events that a person sees, the next first."""
    seen = Event.objects.visible_to(by, Permission.DO_TASKS)
    rows: QuerySet[Task] = Task.objects.filter(event__in=seen).select_related("event", "person")
    if words:
        rows = rows.filter(Q(title__lt__icontains=words) | Q(title__en__icontains=words))
    match view:
        case "mine":
            return rows.filter(pk__in=Task.objects.open(), person=by.person_id).order_by("due", "pk")
        case "week":
            return desk_tasks(by, MINE, at, words=words).filter(due__lte=today(at) + SOON)
        case "overdue":
            return rows.filter(pk__in=Task.objects.overdue(today(at))).order_by("due", "pk")
        case "done":
            return rows.filter(done_at__isnull=False).order_by("-done_at", "-pk")
    return rows.filter(pk__in=Task.objects.open()).order_by("due", "pk")


def desk_counts(by: PersonActor, at: datetime) -> dict[str, int]:
    """How many there are in each view."""
    return {view: desk_tasks(by, view, at).count() for view in VIEWS}


def due_for(by: PersonActor, at: datetime) -> int:
    """How many of a person's tasks are overdue or due within a week."""
    return home.count_of(desk_tasks(by, WEEK, at))


def due_between(by: PersonActor, first: date, last: date) -> list[Task]:
    """What is due in these days and not done, of the events that a person sees."""
    if not by.can(Permission.DO_TASKS):
        return []
    rows = Task.objects.open().filter(
        event__in=Event.objects.visible_to(by, Permission.DO_TASKS), due__gte=first, due__lt=last
    )
    return list(rows.select_related("event", "person")[:MOST])


def to_remind(day: date) -> QuerySet[Task]:
    """Tasks that are due soon or overdue."""
    return Task.objects.open().filter(due__lte=day + SOON, reminders__lt=2).select_related("event")


def whose(task: Task) -> list[int]:
    """The person whose task it is; of a task without an assignee, the organisers on the team."""
    if task.person_id is not None:
        return [task.person_id]
    team = TeamMember.objects.filter(event=task.event_id, role="ORGANISER")
    return list(team.values_list("person", flat=True))


def only_one_in_role(event: Event) -> dict[str, int]:
    """The person of each role in which exactly one is on the team."""
    found: dict[str, list[int]] = {}
    for role, person in TeamMember.objects.filter(event=event).values_list("role", "person"):
        found.setdefault(role, []).append(person)
    return {role: people[0] for role, people in found.items() if len(people) == 1}


def templates_of(kind: str) -> list[TaskTemplate]:
    """The templates for a kind of event, the earliest task first."""
    return list(TaskTemplate.objects.filter(kind=kind, removed_at__isnull=True))


def all_templates(view: str) -> QuerySet[TaskTemplate]:
    """Templates in use, or those that were removed."""
    return TaskTemplate.objects.filter(removed_at__isnull=view == "used").order_by("kind", "-days", "pk")


def template_for(by: PersonActor, ref: str) -> TaskTemplate:
    """One template. Raises Http404."""
    found = TaskTemplate.objects.filter(ref=ref).first() if by.can(Permission.PLAN) else None
    if found is None:
        raise Http404
    return found

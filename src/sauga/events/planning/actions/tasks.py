"""Tasks of an event: made from templates or by hand, assigned to a person, done, and moved with the event."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import Permission
from sauga.events.planning.models import Task
from sauga.events.planning.queries import tasks as queries
from sauga.events.planning.queries.team import can_do_tasks
from sauga.events.planning.rules.due import days_before, due_on, reminder
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import local_time
from sauga.events.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live, notifications
from sauga.kernel.i18n import languages
from sauga.kernel.identity import require
from sauga.kernel.identity.models import Person
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock

DUE_NEWS = "events.tasks_due"
FARTHEST = timedelta(days=1000)
"""From the event: what is farther off is a mistyped year."""


class TaskRefused(ActionRefused):
    """A task without a person who could do it, or that has been done."""

    messages = {
        "title": _("Write what is to be done in the language of the site."),
        "due": _("Choose a day within three years of the event."),
        "person": _("This person is not on the team of the event. Put them on the team first."),
        "done": _("This task is done already."),
        "open": _("This task is not done yet."),
        "nothing": _("Every task of the templates is there already."),
        "none": _("There are no task templates for this kind of event. Write some first."),
    }
    fields = {"title": f"title_{languages.DEFAULT}", "due": "due", "person": "person"}


def first_day(event: Event) -> date:
    """The day in Vilnius on which an event begins."""
    return local_time(event.starts).naive.date()


def apply_templates(*, by: Actor, event: Event, at: datetime) -> int:
    """Make the tasks of the templates for this kind of event, as far as they are missing; how many. A task
    goes to the person who is on the team alone in the template's role. Raises PermissionRefused,
    TaskRefused."""
    require(by, Permission.PLAN, event)
    with transaction.atomic():
        row = lock(event)
        wanted = queries.templates_of(row.kind)
        if not wanted:
            raise TaskRefused("none")
        held = set(row.tasks.filter(template__isnull=False).values_list("template", flat=True))
        missing = [one for one in wanted if one.pk not in held]
        if not missing:
            raise TaskRefused("nothing")
        alone = queries.only_one_in_role(row)
        Task.objects.bulk_create(
            [
                Task(
                    event=row,
                    template=one,
                    title=one.title,
                    days=one.days,
                    due=due_on(first_day(row), one.days),
                    person_id=alone.get(one.role),
                )
                for one in missing
            ]
        )
        _record(by, row, "from_templates", at, len(missing))
        return len(missing)


def save_task(
    *,
    by: Actor,
    event: Event,
    task: Task | None,
    title: Mapping[str, str],
    due: date,
    person: Person | None,
    note: str,
    at: datetime,
) -> Task:
    """Add a task, or change one. Raises PermissionRefused, TaskRefused."""
    require(by, Permission.PLAN, event)
    kept = {code: text.strip() for code, text in title.items() if text.strip()}
    if not kept.get(languages.DEFAULT):
        raise TaskRefused("title")
    day = first_day(event)
    if abs(due - day) > FARTHEST:
        raise TaskRefused("due")
    if person is not None and not can_do_tasks(person, event, at):
        raise TaskRefused("person")
    with transaction.atomic():
        row = lock(task) if task is not None else Task(event=event)
        if row.due != due or row.person != person:
            row.reminders = 0
        row.title, row.due, row.days = kept, due, days_before(day, due)
        row.person, row.note = person, note.strip()
        row.save()
        _record(by, event, "changed" if task is not None else "added", at, 1)
        return row


def finish_task(*, by: Actor, task: Task, at: datetime) -> Task:
    """A task is done: by the person whose it is, or by a person who plans the event. Raises
    PermissionRefused, TaskRefused."""
    return _done(by, task, is_done=True, at=at)


def reopen_task(*, by: Actor, task: Task, at: datetime) -> Task:
    """A task is not done after all; it is due on the day that its event now gives. Raises PermissionRefused,
    TaskRefused."""
    return _done(by, task, is_done=False, at=at)


def remove_task(*, by: Actor, task: Task, at: datetime) -> None:
    """Delete a task. Raises PermissionRefused."""
    require(by, Permission.PLAN, task)
    with transaction.atomic():
        _record(by, task.event, "removed", at, 1)
        task.delete()


def move_tasks(*, by: Actor, event: Event, before: tuple[datetime, datetime], at: datetime) -> int:
    """An event is on another day: what is not done moves with it, each task as many days before. How many
    that were."""
    if local_time(before[0]).naive.date() == first_day(event):
        return 0
    rows = list(Task.objects.select_for_update().filter(event=event, done_at__isnull=True))
    for row in rows:
        row.due, row.reminders = due_on(first_day(event), row.days), 0
    Task.objects.bulk_update(rows, ["due", "reminders"])
    if rows:
        _record(by, event, "moved", at, len(rows))
    return len(rows)


def copy_tasks(*, by: Actor, event: Event, copy: Event, at: datetime) -> int:
    """The copy of an event has the same tasks, to be done anew as many days before its own beginning. How
    many."""
    rows = [
        Task(
            event=copy,
            template_id=row.template_id,
            title=row.title,
            note=row.note,
            days=row.days,
            due=due_on(first_day(copy), row.days),
            person_id=row.person_id,
        )
        for row in Task.objects.filter(event=event)
    ]
    Task.objects.bulk_create(rows)
    if rows:
        _record(by, copy, "copied", at, len(rows))
    return len(rows)


def remind(*, by: Actor, at: datetime) -> int:
    """Remind people of what is due soon or overdue: each task once before its day and once after it, all of
    a person's in one notification. Tasks without an assignee are those of the organisers on the team. How
    many people were reminded. Raises PermissionRefused."""
    require(by, Permission.REMIND_TASKS)
    today = local_time(at).naive.date()
    with transaction.atomic():
        rows = [
            row
            for row in queries.to_remind(today).select_for_update(of=("self",))
            if reminder(row.due, today, row.reminders)
        ]
        people: dict[int, int] = {}
        for row in rows:
            row.reminders = 2 if row.due < today else 1
            for key in queries.whose(row):
                people[key] = people.get(key, 0) + 1
        Task.objects.bulk_update(rows, ["reminders"])
        for person in Person.objects.filter(pk__in=people, is_active=True):
            context = {"n": people[person.pk]}
            notifications.notify(
                to=person, template=DUE_NEWS, at=at, context=context, link=reverse("events-tasks")
            )
        return len(people)


def _done(by: Actor, task: Task, *, is_done: bool, at: datetime) -> Task:
    require(by, Permission.DO_TASKS, task)
    person = getattr(by, "person_id", None)
    if task.person_id != person:
        require(by, Permission.PLAN, task)
    with transaction.atomic():
        row = lock(task)
        if (row.done_at is not None) == is_done:
            raise TaskRefused("done" if is_done else "open")
        row.done_at, row.done_by_id = (at, person) if is_done else (None, None)
        if not is_done:
            row.due = due_on(first_day(row.event), row.days)
        row.save(update_fields=["done_at", "done_by", "due"])
        _record(by, row.event, "done" if is_done else "reopened", at, 1)
        return row


def _record(by: Actor, event: Event, what: str, at: datetime, n: int) -> None:
    audit.record(by, Trail.TASK_CHANGED, event, zone=ZONE, at=at, facts={"what": what, "n": n})
    live.signal(CHANNEL)

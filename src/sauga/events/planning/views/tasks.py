"""Tasks at the desk: one's own and all of them across events, those of one event, and their templates."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.planning import forms, presenters
from sauga.events.planning.actions import tasks as actions
from sauga.events.planning.actions import templates
from sauga.events.planning.models import Task, TaskTemplate
from sauga.events.planning.queries import tasks as queries
from sauga.events.programme.queries.events import event_for
from sauga.events.programme.views.form_pages import Button, FormPage, data, form_page
from sauga.events.trail import CHANNEL
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, allowed, needs
from sauga.kernel.kit import respond
from sauga.kernel.kit.lists import Column, Day, Empty, Line, Link, ListPage, Quiet, Tool, View


class Tasks(ListPage):
    """Tasks across all events: one's own, what is open, overdue, done."""

    title = _("Tasks")
    live = CHANNEL
    form_class = forms.TaskFilterForm
    views = (
        View(queries.MINE, pgettext_lazy("tasks", "Mine")),
        View(queries.WEEK, pgettext_lazy("tasks", "Mine, due within a week")),
        View(queries.OPEN, pgettext_lazy("tasks", "Open")),
        View(queries.OVERDUE, pgettext_lazy("tasks", "Overdue")),
        View(queries.DONE, pgettext_lazy("tasks", "Done")),
    )
    columns = (
        Column("title", pgettext_lazy("task", "Task"), is_heading=True),
        Column("due", pgettext_lazy("task", "Due"), "num nowrap", sort=("due",)),
        Column("event", pgettext_lazy("task", "Event"), sort=("event__starts",)),
        Column("person", pgettext_lazy("task", "Who"), sort=("person__name",)),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(title=_("No task here"), text=_("Tasks are added on the page of an event."))

    @override
    def rows(self) -> QuerySet[Task]:
        return queries.desk_tasks(self.by, self.view_code, self.at, **self.filters)

    @override
    def line(self, row: Task) -> Line:
        page = reverse("events-tasks-of", args=[row.event.ref])
        return Line(
            row.ref,
            (
                Link(str(row), f"{page}#task-{row.ref}"),
                Day(row.due),
                Link(str(row.event), page),
                row.person.name if row.person else Quiet(presenters.NOBODY),
                presenters.mark_of(row, queries.today(self.at)),
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.desk_counts(self.by, self.at)

    @override
    def tools(self) -> Sequence[Tool]:
        if not self.by.can(Permission.PLAN):
            return ()
        return [Tool(label=_("Task templates"), href=reverse("events-task-templates"), key="t")]


@require_safe
@needs(Permission.DO_TASKS)
def tasks_of(request: HttpRequest, ref: str) -> HttpResponse:
    """The tasks of one event by their days."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.DO_TASKS)
    may_plan = allowed(by, Permission.PLAN, event)
    rows = queries.tasks_of(event)
    held = {row.template_id for row in rows}
    context = {
        "event": event,
        "rows": presenters.task_lines(rows, by, at, may_plan=may_plan),
        "may_plan": may_plan,
        "missing": [row for row in queries.templates_of(event.kind) if row.pk not in held],
        "kind": vocab.label("event_kinds", event.kind),
        "nobody": presenters.NOBODY,
        "channel": CHANNEL,
    }
    return render(request, "events/planning/desk/tasks.html", context)


@require_POST
@needs(Permission.PLAN)
def apply(request: HttpRequest, ref: str) -> HttpResponse:
    """Make the tasks of the templates."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.PLAN)

    def act() -> str:
        n = actions.apply_templates(by=by, event=event, at=at)
        return ngettext("%(n)d task added.", "%(n)d tasks added.", n) % {"n": n}

    return respond(request, act, reverse("events-tasks-of", args=[ref]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN)
def task(request: HttpRequest, ref: str, task_ref: str = "") -> HttpResponse:
    """A new task, or one that exists."""
    by, at = actor(request), clock.now()
    event = event_for(by, ref, Permission.PLAN)
    row = queries.task_of(event, task_ref) if task_ref else None
    initial = forms.shown_task(row) if row else {}
    form = forms.TaskForm(data(request), initial=initial, event=event, at=at)
    page = FormPage(
        title=_("Edit the task") if row else _("A new task"),
        back=reverse("events-tasks-of", args=[ref]),
        back_title=gettext("Tasks: %(event)s") % {"event": event},
        message=_("Saved."),
        submit=_("Save"),
        buttons=(Button(_("Delete the task"), _do(ref, row, "remove"), "danger"),) if row else (),
    )

    def act(said: dict[str, Any]) -> None:
        actions.save_task(
            by=by,
            event=event,
            task=row,
            title=form.texts("title"),
            due=said["due"],
            person=form.chosen,
            note=said["note"],
            at=at,
        )

    return form_page(request, form, page, act)


DO: dict[str, tuple[Callable[..., object], Any]] = {
    "finish": (actions.finish_task, _("Done.")),
    "reopen": (actions.reopen_task, _("Not done after all.")),
    "remove": (actions.remove_task, _("Deleted.")),
}


@require_POST
@needs(Permission.DO_TASKS)
def task_do(request: HttpRequest, ref: str, task_ref: str, name: str) -> HttpResponse:
    """A task is done, not done after all, or deleted."""
    by, at = actor(request), clock.now()
    if name not in DO:
        raise Http404
    row = queries.task_of(event_for(by, ref, Permission.DO_TASKS), task_ref)
    act, message = DO[name]

    def acted() -> Any:
        act(by=by, task=row, at=at)
        return message

    page = reverse("events-tasks-of", args=[ref])
    return respond(request, acted, page if name == "remove" else f"{page}#task-{task_ref}")


def _do(ref: str, row: Task, name: str) -> str:
    return reverse("events-task-do", args=[ref, row.ref, name])


class Templates(ListPage):
    """What is to be done for every event of a kind."""

    title = _("Task templates")
    intro = _(
        "Each becomes a task of every event of its kind, with a day of its own, when you add them there."
    )
    live = CHANNEL
    views = (
        View("used", pgettext_lazy("task templates", "In use")),
        View("removed", pgettext_lazy("task templates", "Removed")),
    )
    columns = (
        Column("title", pgettext_lazy("task", "Task"), is_heading=True),
        Column("kind", pgettext_lazy("event", "Kind"), sort=("kind",)),
        Column("days", pgettext_lazy("task", "Due"), "nowrap", sort=("-days",)),
        Column("role", pgettext_lazy("task", "Who")),
    )
    nothing = Empty(title=_("No template here"), text=_("Add one for a kind of event."))
    parent_title = Tasks.title

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.parent_href = reverse("events-tasks")
        super().__init__(request, **kwargs)

    @override
    def rows(self) -> QuerySet[TaskTemplate]:
        return queries.all_templates(self.view_code)

    @override
    def line(self, row: TaskTemplate) -> Line:
        return Line(
            row.ref,
            (
                Link(str(row), reverse("events-task-template", args=[row.ref])),
                vocab.label("event_kinds", row.kind),
                presenters.days_words(row.days),
                forms.role_name(row.role),
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return {view.code: queries.all_templates(view.code).count() for view in self.views}

    @override
    def tools(self) -> Sequence[Tool]:
        return [Tool(label=_("New template"), href=reverse("events-task-template-new"), key="n")]


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.PLAN)
def template(request: HttpRequest, ref: str = "") -> HttpResponse:
    """A new template, or one that exists."""
    by = actor(request)
    row = queries.template_for(by, ref) if ref else None
    form = forms.TemplateForm(data(request), initial=forms.shown_template(row) if row else {})
    page = FormPage(
        title=_("Edit the template") if row else _("A new template"),
        back=reverse("events-task-templates"),
        back_title=Templates.title,
        message=_("Saved."),
        submit=_("Save"),
        text=_("Tasks that were made from it stay as they are."),
        buttons=(_template_button(row),) if row else (),
    )

    def act(said: dict[str, Any]) -> None:
        templates.save_template(
            by=by,
            template=row,
            kind=said["kind"],
            title=form.texts("title"),
            days=form.days_before,
            role=said["role"],
            at=clock.now(),
        )

    return form_page(request, form, page, act)


def _template_button(row: TaskTemplate) -> Button:
    name, label = ("restore", _("Use it again")) if row.removed_at else ("remove", _("Remove the template"))
    return Button(label, reverse("events-task-template-do", args=[row.ref, name]), "second")


@require_POST
@needs(Permission.PLAN)
def template_do(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Use a template no longer, or again."""
    by, at = actor(request), clock.now()
    acts = {
        "remove": (templates.remove_template, _("Removed. It is among the removed ones.")),
        "restore": (templates.restore_template, _("In use again.")),
    }
    if name not in acts:
        raise Http404
    row = queries.template_for(by, ref)
    act, message = acts[name]

    def acted() -> Any:
        act(by=by, template=row, at=at)
        return message

    return respond(request, acted, reverse("events-task-templates"))

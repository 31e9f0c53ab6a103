"""What a team takes along: the table of answers, the plan in its calendar, and the tasks of the plan."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock, members
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui.formats.calendars import calendar
from sauga.kernel.ui.formats.csv_files import csv_text
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions import plans
from sauga.selfcheck.school.forms import OwnTaskForm, TaskForm
from sauga.selfcheck.school.models import PlanTask
from sauga.selfcheck.school.queries import assessments as queries
from sauga.selfcheck.school.rules.codes import TaskState
from sauga.selfcheck.school.views.member import UNFIT, before_of, own
from sauga.selfcheck.states import ANSWERING


@require_safe
def table(request: HttpRequest, ref: str) -> HttpResponseBase:
    """All answers as a file."""
    _by, row = own(request, ref)
    held = queries.present_round(row)
    form, stored, before = queries.form_of(held), queries.answers_of(held), before_of(held)
    heads = (
        _("Area"),
        _("Aspect"),
        _("Level"),
        _("Last time"),
        _("Comment"),
        _("Version of the questionnaire"),
    )
    rows = [
        (
            one_area.name,
            one.name,
            stored[one.code].level if one.code in stored else None,
            before.get(one.code),
            stored[one.code].comment if one.code in stored else "",
            form.version,
        )
        for one_area in form.areas
        for one in one_area.aspects
    ]
    text = csv_text([str(one) for one in heads], rows, delimiter=";")
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="school-label.csv"'
    return response


@require_safe
def plan_calendar(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The plan as a calendar file."""
    _by, row = own(request, ref)
    held, at = queries.present_round(row), clock.now()
    events = presenters.task_events(queries.form_of(held), held)
    text = calendar(gettext("Plan of the school label"), events, at, product="Label")
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="plan.ics"'
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def task(request: HttpRequest, ref: str, task_ref: str = "") -> HttpResponseBase:
    """Change a task, remove it, or add one of the school's own."""
    by, row = own(request, ref)
    held = queries.present_round(row)
    found = queries.task_of(held, task_ref)
    if row.state in ANSWERING or (task_ref and found is None):
        raise Http404
    kind = TaskForm if found is not None and found.aspect else OwnTaskForm
    form = kind(request.POST if request.method == "POST" else None, initial=_initial(found))
    if found is not None and "remove" in request.POST:
        plans.remove_task(by=by, assessment=row, task=found, at=clock.now())
        return members.to("selfcheck-label", "task-removed", ref)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            if found is None:
                plans.add_task(by=by, assessment=row, given=form.task(), at=clock.now())
            else:
                plans.change_task(by=by, assessment=row, task=found, given=form.task(), at=clock.now())
            return members.to("selfcheck-label", "task-saved", ref)
    title = presenters.task_title(queries.form_of(held), found) if found is not None else ""
    context = {"row": row, "form": form, "task": found, "title": title}
    return members.page(
        request, "selfcheck/school/member/task.html", context, status=UNFIT if form.errors else 200
    )


def _initial(row: PlanTask | None) -> dict[str, Any]:
    if row is None:
        return {"progress": TaskState.TODO}
    return {name: getattr(row, name) for name in ("title", "owner", "due", "progress")}

"""Addresses of planning, at the desk only. Their names begin with `events-`."""

from typing import Any

from django.urls import path

from sauga.events.permissions import Permission
from sauga.events.planning.views import budget, files, reports, tasks, team
from sauga.kernel.identity import needs

desk: list[Any] = [
    path("tasks/", needs(Permission.DO_TASKS)(tasks.Tasks.view()), name="events-tasks"),
    path("tasks/templates/", needs(Permission.PLAN)(tasks.Templates.view()), name="events-task-templates"),
    path("tasks/templates/new/", tasks.template, name="events-task-template-new"),
    path("tasks/templates/<str:ref>/", tasks.template, name="events-task-template"),
    path("tasks/templates/<str:ref>/<slug:name>/", tasks.template_do, name="events-task-template-do"),
    path("reports/", needs(Permission.SEE_FIGURES)(reports.Reports.view()), name="events-reports"),
    path("<str:ref>/team/", team.team, name="events-team"),
    path("<str:ref>/team/<int:key>/remove/", team.remove, name="events-team-remove"),
    path("<str:ref>/tasks/", tasks.tasks_of, name="events-tasks-of"),
    path("<str:ref>/tasks/apply/", tasks.apply, name="events-tasks-apply"),
    path("<str:ref>/tasks/new/", tasks.task, name="events-task-new"),
    path("<str:ref>/tasks/<str:task_ref>/", tasks.task, name="events-task"),
    path("<str:ref>/tasks/<str:task_ref>/<slug:name>/", tasks.task_do, name="events-task-do"),
    path("<str:ref>/budget/", budget.budget, name="events-budget"),
    path("<str:ref>/budget/new/", budget.line, name="events-budget-new"),
    path("<str:ref>/budget/file/<str:kind>/", budget.file, name="events-budget-file"),
    path("<str:ref>/budget/<str:line_ref>/", budget.line, name="events-budget-line"),
    path("<str:ref>/budget/<str:line_ref>/remove/", budget.remove, name="events-budget-remove"),
    path("<str:ref>/report/", reports.report, name="events-report"),
    path("<str:ref>/report/pdf/", reports.document, name="events-report-pdf"),
    path("<str:ref>/report/<slug:name>/", reports.report_do, name="events-report-do"),
    path("files/<str:ref>/", files.index, name="events-files"),
    path("files/<str:ref>/everything/", files.everything, name="events-everything"),
    path("files/<str:ref>/template/<slug:kind>.<slug:form>", files.template, name="events-file-template"),
    path("files/<str:ref>/read/<slug:kind>/", files.read, name="events-file-read"),
    path("files/<str:ref>/in/<str:file_ref>/", files.report, name="events-file-in"),
    path("files/<str:ref>/in/<str:file_ref>/<slug:name>/", files.report_do, name="events-file-do"),
]

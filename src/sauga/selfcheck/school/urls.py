"""Addresses of the school label: /lt/zenklas/, /en/label/, My Sauga and, at the desk,
/desk/selfcheck/label/."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school.views import desk as desk_views
from sauga.selfcheck.school.views import evidence, member, plan, review
from sauga.selfcheck.school.views import public as pages

public: list[Any] = [
    path(_("label/"), pages.about, name="selfcheck-about"),
    path(_("label/schools/"), pages.schools, name="selfcheck-schools"),
    path(_("label/questions/"), pages.questions, name="selfcheck-questions"),
    path(_("label/country/"), pages.picture_of_country, name="selfcheck-country"),
    path(_("label/country/table.csv"), pages.country_table, name="selfcheck-country-table"),
    path(_("label/school/<str:ref>/"), pages.label, name="selfcheck-label-page"),
    path(pgettext_lazy("address", "my/label/"), member.home, name="selfcheck-labels"),
    path(pgettext_lazy("address", "my/label/reviews/"), review.home, name="selfcheck-reviews"),
    path(pgettext_lazy("address", "my/label/reviews/end/"), review.end, name="selfcheck-assessor-end"),
    path(
        pgettext_lazy("address", "my/label/reviews/take/<str:ref>/"),
        review.take,
        name="selfcheck-review-take",
    ),
    path(pgettext_lazy("address", "my/label/reviews/<str:ref>/"), review.review, name="selfcheck-review"),
    path(
        pgettext_lazy("address", "my/label/reviews/<str:ref>/aspect/<str:code>/"),
        review.verdict,
        name="selfcheck-verdict",
    ),
    path(
        pgettext_lazy("address", "my/label/reviews/<str:ref>/file/<str:file_ref>/"),
        review.file,
        name="selfcheck-review-file",
    ),
    path(
        pgettext_lazy("address", "my/label/reviews/<str:ref>/file/<str:file_ref>/return/"),
        review.return_file,
        name="selfcheck-file-return",
    ),
    path(
        pgettext_lazy("address", "my/label/reviews/<str:ref>/conclude/"),
        review.conclude,
        name="selfcheck-conclude",
    ),
    path(pgettext_lazy("address", "my/label/<str:ref>/"), member.overview, name="selfcheck-label"),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/area/<str:code>/"),
        member.area,
        name="selfcheck-label-area",
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/submit/"), member.submit, name="selfcheck-label-submit"
    ),
    path(pgettext_lazy("address", "my/label/<str:ref>/take/"), member.take, name="selfcheck-label-take"),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/list/"), member.list_school, name="selfcheck-label-list"
    ),
    path(pgettext_lazy("address", "my/label/<str:ref>/again/"), member.again, name="selfcheck-label-again"),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/answers.csv"), plan.table, name="selfcheck-label-table"
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/plan.ics"),
        plan.plan_calendar,
        name="selfcheck-label-calendar",
    ),
    path(pgettext_lazy("address", "my/label/<str:ref>/plan/new/"), plan.task, name="selfcheck-task-new"),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/plan/<str:task_ref>/"),
        plan.task,
        name="selfcheck-task",
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/evidence/"), evidence.evidence, name="selfcheck-evidence"
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/evidence/send/"),
        evidence.send,
        name="selfcheck-evidence-send",
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/evidence/file/<str:file_ref>/"),
        evidence.own_file,
        name="selfcheck-evidence-file",
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/evidence/file/<str:file_ref>/remove/"),
        evidence.remove,
        name="selfcheck-evidence-remove",
    ),
    path(
        pgettext_lazy("address", "my/label/<str:ref>/evidence/<str:code>/"),
        evidence.aspect,
        name="selfcheck-evidence-aspect",
    ),
]
desk: list[Any] = [
    path("label/", needs(Permission.SEE_LABELS)(desk_views.Assessments.view()), name="selfcheck-assessments"),
    path(
        "label/assessors/",
        needs(Permission.GRANT_ASSESSORS)(desk_views.Assessors.view()),
        name="selfcheck-assessors",
    ),
    path(
        "label/assessors/<str:ref>/",
        needs(Permission.GRANT_ASSESSORS)(desk_views.AssessorPage.view()),
        name="selfcheck-assessor",
    ),
    path(
        "label/assessors/<str:ref>/<str:name>/",
        needs(Permission.GRANT_ASSESSORS)(desk_views.AssessorPage.action_view()),
        name="selfcheck-assessor-do",
    ),
    path("label/country/", needs(Permission.SEE_FIGURES)(desk_views.country), name="selfcheck-country-desk"),
    *desk_views.Figures.urls(),
    path(
        "label/<str:ref>/",
        needs(Permission.SEE_LABELS)(desk_views.AssessmentPage.view()),
        name="selfcheck-assessment",
    ),
    path(
        "label/<str:ref>/<str:name>/",
        needs(Permission.SEE_LABELS)(desk_views.AssessmentPage.action_view()),
        name="selfcheck-assessment-do",
    ),
]
machine: list[Any] = [
    path("label/<str:ref>.svg", pages.label_picture, name="selfcheck-label-picture"),
]

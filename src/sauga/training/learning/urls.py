"""Addresses of learning: public, of members, at the desk. Their names begin with `training-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.training.learning.views import desk as desks
from sauga.training.learning.views import invitations, member, offline, packages, play, tools, tutor
from sauga.training.learning.views import public as publics
from sauga.training.permissions import Permission

public: list[Any] = [
    path(_("training/"), publics.catalogue, name="training"),
    path(_("training/course/<slug:code>/"), publics.course, name="training-course"),
    path(_("training/film/<slug:code>/"), publics.film, name="training-film"),
    path(_("training/film/<slug:code>/<slug:language>.vtt"), publics.captions, name="training-captions"),
    path(_("training/film/<slug:code>/picture.webp"), publics.poster, name="training-poster"),
    path(_("training/file/<str:ref>/"), publics.file, name="training-file"),
    path(_("training/package/<str:token>/<path:name>"), packages.file, name="training-package-file"),
    path(_("training/invitation/<str:token>/"), invitations.refuse, name="training-invitation"),
    path(pgettext_lazy("address", "my/courses/"), member.mine, name="training-mine"),
    path(pgettext_lazy("address", "my/courses/hours/<int:year>.pdf"), member.hours, name="training-hours"),
    path(pgettext_lazy("address", "my/courses/enrol/<str:ref>/"), member.enrol, name="training-enrol"),
    path(
        pgettext_lazy("address", "my/courses/organisation/<str:code>/"),
        member.organisation,
        name="training-staff",
    ),
    path(
        pgettext_lazy("address", "my/courses/organisation/<str:code>/link/<str:ref>/"),
        member.make_link,
        name="training-staff-link",
    ),
    path(
        pgettext_lazy("address", "my/courses/organisation/<str:code>/invite/<str:ref>/"),
        invitations.invite,
        name="training-staff-invite",
    ),
    path(pgettext_lazy("address", "my/courses/tool/answer/"), tools.answer, name="training-tool-answer"),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/part/<slug:code>/tool/"),
        tools.open_tool,
        name="training-tool-open",
    ),
    path(pgettext_lazy("address", "my/courses/<str:ref>/"), member.learn, name="training-learn"),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/offline/"), offline.course, name="training-kept-course"
    ),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/offline/list.json"),
        offline.listing,
        name="training-offline",
    ),
    path(pgettext_lazy("address", "my/courses/<str:ref>/worker.js"), offline.worker, name="training-worker"),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/part/<slug:code>/offline/"),
        offline.part,
        name="training-kept",
    ),
    path(pgettext_lazy("address", "my/courses/<str:ref>/leave/"), member.leave, name="training-leave"),
    path(pgettext_lazy("address", "my/courses/<str:ref>/certify/"), member.certify, name="training-certify"),
    path(pgettext_lazy("address", "my/courses/<str:ref>/share/"), member.share, name="training-share"),
    path(pgettext_lazy("address", "my/courses/<str:ref>/appeal/"), member.appeal, name="training-appeal"),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/part/<slug:code>/"),
        play.activity,
        name="training-activity",
    ),
    path(
        pgettext_lazy("address", "my/courses/<str:ref>/part/<slug:code>/keep/"),
        play.keep,
        name="training-keep",
    ),
]
machine: list[Any] = [
    path("lti/authorise", tools.authorise, name="training-tools-authorise"),
    path("lti/lines/<str:cohort>/<str:activity>", tools.line, name="training-tools-line"),
    path("lti/lines/<str:cohort>/<str:activity>/scores", tools.scores, name="training-tools-scores"),
]
"""Written down by makers of tools: these never change."""
desk: list[Any] = [
    path("cohorts/", needs(Permission.KEEP_COHORTS)(desks.Cohorts.view()), name="training-cohorts"),
    path("cohorts/new/", desks.new, name="training-cohort-new"),
    path("cohorts/<str:ref>/", desks.cohort, name="training-cohort"),
    path("cohorts/<str:ref>/edit/", desks.edit, name="training-cohort-edit"),
    path("cohorts/<str:ref>/close/", desks.close, name="training-cohort-close"),
    path("cohorts/<str:ref>/message/", tutor.message, name="training-cohort-message"),
    path("cohorts/<str:ref>/quiz/<slug:code>/", tutor.quiz, name="training-cohort-quiz"),
    path(
        "cohorts/<str:ref>/discussion/<slug:code>/<int:group>/", tutor.discussion, name="training-discussion"
    ),
    path("cohorts/<str:ref>/learners.<slug:kind>", tutor.sheet, name="training-cohort-file"),
    path("learners/<str:ref>/", tutor.learner, name="training-learner"),
    path("learners/<str:ref>/<slug:name>/", tutor.allow, name="training-learner-do"),
    path("submissions/<str:ref>/", tutor.grade, name="training-submission"),
    path("appeals/<str:ref>/", tutor.appeal, name="training-appeal-desk"),
    path("posts/<str:ref>/<slug:name>/", tutor.moderate, name="training-post-do"),
]

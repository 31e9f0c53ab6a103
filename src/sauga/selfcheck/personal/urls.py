"""Addresses of the personal test. Their names begin with `selfcheck-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import needs
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.personal.views import desk as desks
from sauga.selfcheck.personal.views import public as views

public: list[Any] = [
    path(_("check/"), views.index, name="selfcheck"),
    path(_("check/children/"), views.test, {"audience": "child"}, name="selfcheck-child"),
    path(_("check/teenagers/"), views.test, {"audience": "teen"}, name="selfcheck-teen"),
    path(_("check/adults/"), views.test, {"audience": "adult"}, name="selfcheck-adult"),
    path(_("check/class/"), views.classes, name="selfcheck-class"),
    path(
        _("check/class/children/"), views.class_version, {"audience": "child"}, name="selfcheck-class-child"
    ),
    path(_("check/class/teenagers/"), views.class_version, {"audience": "teen"}, name="selfcheck-class-teen"),
    path(_("check/family-agreement/"), views.agreement, name="selfcheck-agreement"),
]
desk: list[Any] = [
    path("test/", needs(Permission.SEE_BANK)(desks.Versions.view()), name="selfcheck-versions"),
    path("test/new/", needs(Permission.EDIT_BANK)(desks.new_version), name="selfcheck-version-new"),
    path("test/<str:ref>/", needs(Permission.SEE_BANK)(desks.VersionPage.view()), name="selfcheck-version"),
    path(
        "test/<str:ref>/do/<str:name>/",
        needs(Permission.SEE_BANK)(desks.VersionPage.action_view()),
        name="selfcheck-version-do",
    ),
    path("test/<str:ref>/details/", desks.details, name="selfcheck-details"),
    path("test/<str:ref>/preview/<str:audience>/", desks.preview, name="selfcheck-preview"),
    path("test/<str:ref>/item/<str:audience>/", desks.item, name="selfcheck-item-new"),
    path("test/<str:ref>/item/<str:audience>/<str:code>/", desks.item, name="selfcheck-item"),
    path(
        "test/<str:ref>/item/<str:audience>/<str:code>/<str:name>/", desks.item_do, name="selfcheck-item-do"
    ),
]

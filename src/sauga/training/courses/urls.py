"""Addresses of authoring at the desk; their names begin with `training-`."""

from typing import Any

from django.urls import path

from sauga.kernel.identity import needs
from sauga.training.courses.views import desk as views
from sauga.training.courses.views import parts, preview
from sauga.training.permissions import Permission

desk: list[Any] = [
    path("courses/", needs(Permission.SEE_COURSES)(views.Courses.view()), name="training-courses"),
    path("courses/new/", views.new, name="training-course-new"),
    path(
        "courses/<str:ref>/", needs(Permission.SEE_COURSES)(views.VersionPage.view()), name="training-version"
    ),
    path(
        "courses/<str:ref>/do/<str:name>/",
        needs(Permission.SEE_COURSES)(views.VersionPage.action_view()),
        name="training-version-do",
    ),
    path("courses/<str:ref>/edit/", views.edit, name="training-version-edit"),
    path("courses/<str:ref>/rule/", views.rule, name="training-version-rule"),
    path("courses/<str:ref>/copy/", views.copy, name="training-version-copy"),
    path("courses/<str:ref>/order/", parts.order, name="training-order"),
    path("courses/<str:ref>/module/", parts.module, name="training-module-new"),
    path("courses/<str:ref>/module/<str:part>/", parts.module, name="training-module"),
    path("courses/<str:ref>/module/<str:part>/add/<str:kind>/", parts.activity, name="training-activity-new"),
    path("courses/<str:ref>/activity/<str:part>/", parts.activity, name="training-activity-edit"),
    path("courses/<str:ref>/item/", parts.item, name="training-item-new"),
    path("courses/<str:ref>/item/<str:part>/", parts.item, name="training-item"),
    path("courses/<str:ref>/do/<str:kind>/<str:part>/<str:name>/", parts.act, name="training-part-do"),
    path("courses/<str:ref>/removed/<str:removed>/", parts.put_back, name="training-put-back"),
    path("courses/<str:ref>/preview/<str:part>/", preview.activity, name="training-preview"),
    path("courses/<str:ref>/package/<str:kind>/<str:language>/", preview.package, name="training-package"),
]

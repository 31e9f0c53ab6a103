"""Addresses of resources at the desk. Names begin with `repository-`."""

from django.urls import URLPattern, path

from sauga.kernel.identity import needs
from sauga.repository.permissions import Permission
from sauga.repository.resources.views import files, publish_gate, resources, review, steps

desk: list[URLPattern] = [
    path("", needs(Permission.SEE_RESOURCES)(resources.Worklist.view()), name="repository-desk"),
    path("new/", steps.new, name="repository-desk-new"),
    path("resources/<str:ref>/", resources.resource, name="repository-desk-resource"),
    path("resources/<str:ref>/edit/", steps.edit, name="repository-desk-edit"),
    path("resources/<str:ref>/edit/<slug:step>/", steps.step, name="repository-desk-step"),
    path("resources/<str:ref>/do/<slug:name>/", resources.do, name="repository-desk-do"),
    path("resources/<str:ref>/files/", files.add_file, name="repository-desk-file-add"),
    path("resources/<str:ref>/files/<str:file>/<slug:what>/", files.move_file, name="repository-desk-file"),
    path("resources/<str:ref>/parts/", files.move_part, name="repository-desk-parts"),
    path("resources/<str:ref>/gate/", publish_gate.gate_page, name="repository-gate"),
    path("resources/<str:ref>/gate/look/", publish_gate.audit_again, name="repository-gate-look"),
    path("resources/<str:ref>/gate/end/", publish_gate.end_override, name="repository-gate-end"),
    path("resources/<str:ref>/review/", review.review, name="repository-review"),
    path("resources/<str:ref>/review/files/<str:file>/", files.open_file, name="repository-review-file"),
]

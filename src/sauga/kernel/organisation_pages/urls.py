"""Addresses of the register at the desk."""

from django.urls import path

from sauga.kernel.identity import needs
from sauga.kernel.kit.imports.pages import ImportPages
from sauga.kernel.organisation_pages import logos, views
from sauga.kernel.organisation_pages.columns import PROBLEMS
from sauga.kernel.organisation_pages.imports import ORGANISATIONS
from sauga.kernel.organisation_pages.lists import Organisations
from sauga.kernel.organisation_pages.pages import OrganisationPage
from sauga.kernel.organisations.rules import Permission

IMPORT = ImportPages(
    of=ORGANISATIONS,
    url="organisations-import",
    file_name="sauga-organisations",
    link=lambda ref: f"/desk/organisations/{ref}/",
    problems=PROBLEMS,
    index_template="organisations/desk/imports.html",
)

_see, _edit = needs(Permission.SEE), needs(Permission.EDIT)
desk = [
    path("organisations/", _see(Organisations.view()), name="organisations"),
    path("organisations/new/", _edit(views.new), name="organisations-new"),
    path("organisations/roles/", _see(views.on_a_day), name="organisations-roles"),
    path("organisations/logos/<slug:ref>/", _edit(logos.new), name="organisations-logo-new"),
    path("organisations/logos/<slug:ref>/<int:logo_id>/", _edit(logos.edit), name="organisations-logo"),
    path(
        "organisations/logos/<slug:ref>/<int:logo_id>/file",
        _see(logos.file),
        name="organisations-logo-file",
    ),
    path(
        "organisations/logos/<slug:ref>/<int:logo_id>/end/",
        _edit(logos.end_or_reopen),
        name="organisations-logo-end",
    ),
    path(
        "organisations/logos/<slug:ref>/<int:logo_id>/withdraw/",
        _edit(logos.withdraw_or_restore),
        name="organisations-logo-withdraw",
    ),
    path("organisations/suggest/", _see(views.suggest), name="organisations-suggest"),
    *(IMPORT.urls("organisations/import/")),
    path("organisations/<slug:ref>/", _see(OrganisationPage.view()), name="organisations-organisation"),
    path("organisations/<slug:ref>/edit/", _edit(views.edit), name="organisations-edit"),
    path("organisations/<slug:ref>/names/<int:name_id>/", _edit(views.name), name="organisations-name"),
    path("organisations/<slug:ref>/roles/<int:role_id>/", _edit(views.role), name="organisations-role"),
    path(
        "organisations/<slug:ref>/roles/<int:role_id>/withdraw/",
        _edit(views.withdraw_or_restore),
        name="organisations-role-withdraw",
    ),
    path(
        "organisations/<slug:ref>/successions/<int:link_id>/remove/",
        _edit(views.unlink),
        name="organisations-unlink",
    ),
    path("organisations/<slug:ref>/same/<slug:other>/", _edit(views.part), name="organisations-part"),
    path(
        "organisations/<slug:ref>/do/<slug:name>/",
        _edit(OrganisationPage.action_view()),
        name="organisations-do",
    ),
]

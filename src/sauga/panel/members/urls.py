"""Addresses of members of the panel. Their names begin with `panel-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.panel.members.views import desk as desks
from sauga.panel.members.views import safety, school, space, wrong
from sauga.panel.permissions import Permission

public: list[Any] = [
    path(_("youth/"), space.home, name="panel-space"),
    path(_("youth/sign-in/"), space.sign_in, name="panel-signin"),
    path(_("youth/sign-out/"), space.sign_out, name="panel-signout"),
    path(_("youth/me/"), space.me, name="panel-me"),
    path(_("youth/me/data/"), space.data, name="panel-me-data"),
    path(_("youth/wrong/"), wrong.wrong, name="panel-wrong"),
    path(_("youth/wrong/<str:ref>/"), wrong.one, name="panel-wrong-one"),
    path(pgettext_lazy("address", "my/youth-panel/"), school.nominations, name="panel-nominations"),
    path(
        pgettext_lazy("address", "my/youth-panel/<str:ref>/confirm/"),
        school.confirm,
        name="panel-nomination-confirm",
    ),
]
desk: list[Any] = [
    path("members/", needs(Permission.SEE_MEMBERS)(desks.Members.view()), name="panel-members"),
    path("members/new/", needs(Permission.MANAGE_MEMBERS)(desks.new), name="panel-member-new"),
    path("members/<str:ref>/", needs(Permission.SEE_MEMBERS)(desks.MemberPage.view()), name="panel-member"),
    path(
        "members/<str:ref>/do/<str:name>/",
        needs(Permission.SEE_MEMBERS)(desks.MemberPage.action_view()),
        name="panel-member-do",
    ),
    path("members/<str:ref>/card/", desks.card, name="panel-member-card"),
    path("members/<str:ref>/letter/", desks.letter, name="panel-member-letter"),
    path("members/<str:ref>/identity/", desks.identity, name="panel-member-identity"),
    path("flags/", needs(Permission.ANSWER_FLAGS)(safety.Flags.view()), name="panel-flags"),
    path("flags/<str:ref>/", needs(Permission.ANSWER_FLAGS)(safety.FlagPage.view()), name="panel-flag"),
    path(
        "flags/<str:ref>/do/<str:name>/",
        needs(Permission.ANSWER_FLAGS)(safety.FlagPage.action_view()),
        name="panel-flag-do",
    ),
    path("flags/<str:ref>/words/", safety.words, name="panel-flag-words"),
    path("adults/", needs(Permission.SEE_ADULT_ACTS)(safety.AdultActs.view()), name="panel-adults"),
    path("adults/seen/", safety.many, name="panel-adults-many"),
    path("patterns/", safety.patterns, name="panel-patterns"),
    path(
        "exports/",
        needs(Permission.SEE_EXPORTS)(safety.Exports.view()),
        name="panel-exports",
    ),
    path(
        "exports/<str:ref>/",
        needs(Permission.SEE_EXPORTS)(safety.ExportPage.view()),
        name="panel-export",
    ),
    path(
        "exports/<str:ref>/do/<str:name>/",
        needs(Permission.SEE_EXPORTS)(safety.ExportPage.action_view()),
        name="panel-export-do",
    ),
    path("exports/<str:ref>/file/", safety.file, name="panel-export-file"),
]
machine: list[Any] = []

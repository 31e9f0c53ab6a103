"""Addresses of the call for papers: public, of members, at the desk. Their names begin with `events-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events.permissions import Permission
from sauga.events.proposals.views import announcements, calls, member, own, proposals, reviews
from sauga.events.proposals.views import public as publics
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("events/proposal/<str:token>/"), own.own, name="events-proposal-own"),
    path(_("events/co-speaker/<str:token>/"), own.speaker, name="events-proposal-speaker"),
    path(_("events/<slug:slug>/call/"), publics.call, name="events-call-public"),
    path(_("events/<slug:slug>/call/propose/"), publics.propose, name="events-propose"),
    path(_("events/<slug:slug>/call/sent/"), publics.sent, name="events-proposal-sent"),
    path(pgettext_lazy("address", "my/proposals/"), member.mine, name="events-proposals-mine"),
    path(pgettext_lazy("address", "my/proposals/<str:ref>/"), member.one, name="events-proposal-mine"),
    path(
        pgettext_lazy("address", "my/proposals/new/<slug:slug>/"),
        member.propose,
        name="events-proposal-mine-new",
    ),
]
desk: list[Any] = [
    path("calls/", needs(Permission.EDIT_CALLS)(calls.Calls.view()), name="events-calls"),
    path("reviews/", needs(Permission.REVIEW_PROPOSALS)(reviews.Reviews.view()), name="events-reviews"),
    path("reviews/<str:ref>/", reviews.review, name="events-review"),
    path("reviews/<str:ref>/conflict/", reviews.conflict, name="events-review-conflict"),
    path("proposals/many/", proposals.many, name="events-proposals-many"),
    path(
        "proposals/<str:ref>/",
        needs(Permission.KEEP_PROPOSALS)(proposals.ProposalPage.view()),
        name="events-proposal",
    ),
    path("proposals/<str:ref>/programme/", proposals.into_programme, name="events-proposal-programme"),
    path("proposals/<str:ref>/reviewer/<str:name>/", proposals.reviewer, name="events-proposal-reviewer"),
    path(
        "proposals/<str:ref>/<str:name>/",
        needs(Permission.KEEP_PROPOSALS)(proposals.ProposalPage.action_view()),
        name="events-proposal-do",
    ),
    path("<str:ref>/call/", calls.call, name="events-call"),
    path("<str:ref>/call/edit/", calls.edit, name="events-call-edit"),
    path("<str:ref>/call/letters/", calls.letters, name="events-call-letters"),
    path("<str:ref>/call/criterion/", calls.criterion, name="events-criterion-new"),
    path("<str:ref>/call/criterion/<str:of>/", calls.criterion, name="events-criterion"),
    path("<str:ref>/call/question/", calls.question, name="events-call-question-new"),
    path("<str:ref>/call/question/<str:of>/", calls.question, name="events-call-question"),
    path("<str:ref>/call/remove/<str:kind>/<str:of>/", calls.remove, name="events-call-remove"),
    path("<str:ref>/call/do/<str:name>/", calls.act, name="events-call-do"),
    path(
        "<str:ref>/proposals/",
        needs(Permission.KEEP_PROPOSALS)(proposals.Proposals.view()),
        name="events-proposals",
    ),
    path("<str:ref>/proposals/assign/", announcements.assign, name="events-assign"),
    path("<str:ref>/proposals/announce/", announcements.announce, name="events-announce"),
    path("<str:ref>/proposals/file/<str:kind>/", announcements.file, name="events-proposals-file"),
]

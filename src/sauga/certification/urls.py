"""Addresses of certification: /lt/ambasadoriai/, /en/ambassadors/, My Sauga and, at the desk,
/desk/certification/. Their names begin with `certification-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.certification.applications.views import board as boards
from sauga.certification.applications.views import desk as applications
from sauga.certification.applications.views import employer
from sauga.certification.applications.views import member as own
from sauga.certification.overview.views import member as overview
from sauga.certification.overview.views.figures import Figures
from sauga.certification.permissions import Permission
from sauga.certification.programme.views import versions
from sauga.certification.register.views import member as profile
from sauga.certification.register.views import public as register
from sauga.certification.sessions.views import desk as sessions
from sauga.certification.sessions.views import member as my_sessions
from sauga.certification.sessions.views import public as hosts
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("ambassadors/"), register.register, name="certification-register"),
    path(_("ambassadors/request/"), hosts.ask, name="certification-ask"),
    path(_("ambassadors/request/sent/"), hosts.asked, name="certification-asked"),
    path(_("ambassadors/session/<str:token>/"), hosts.own, name="certification-session"),
    path(_("ambassadors/session/<str:token>/report/"), hosts.report, name="certification-session-report"),
    path(
        _("ambassadors/session/<str:token>/session.ics"),
        hosts.calendar,
        name="certification-session-calendar",
    ),
    path(_("ambassadors/employer/<str:token>/"), employer.employer, name="certification-employer"),
    path(_("ambassadors/person/<str:ref>/"), register.entry, name="certification-entry"),
    path(pgettext_lazy("address", "my/ambassador/"), overview.mine, name="certification-mine"),
    path(pgettext_lazy("address", "my/ambassador/apply/"), own.apply, name="certification-apply"),
    path(pgettext_lazy("address", "my/ambassador/profile/"), profile.profile, name="certification-profile"),
    path(pgettext_lazy("address", "my/ambassador/unlist/"), profile.unlist, name="certification-unlist"),
    path(
        pgettext_lazy("address", "my/ambassador/sessions.ics"),
        my_sessions.calendar,
        name="certification-my-calendar",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/offer/<str:ref>/"),
        my_sessions.answer,
        name="certification-answer",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/session/<str:ref>/"),
        my_sessions.session,
        name="certification-my-session",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/session/<str:ref>/cancel/"),
        my_sessions.cancel,
        name="certification-my-session-cancel",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/application/<str:ref>/withdraw/"),
        own.withdraw,
        name="certification-withdraw",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/application/<str:ref>/employer/"),
        own.ask_employer,
        name="certification-ask-employer",
    ),
    path(
        pgettext_lazy("address", "my/ambassador/application/<str:ref>/appeal/"),
        own.appeal,
        name="certification-appeal",
    ),
]
desk: list[Any] = [
    path("", needs(Permission.SEE)(applications.Ambassadors.view()), name="certification-ambassadors"),
    path(
        "sessions/", needs(Permission.SEE_SESSIONS)(sessions.Sessions.view()), name="certification-sessions"
    ),
    path("sessions/activities/", sessions.take_up, name="certification-take-up"),
    path(
        "sessions/<str:ref>/",
        needs(Permission.SEE_SESSIONS)(sessions.BookingPage.view()),
        name="certification-booking",
    ),
    path(
        "sessions/<str:ref>/<str:name>/",
        needs(Permission.SEE_SESSIONS)(sessions.BookingPage.action_view()),
        name="certification-booking-do",
    ),
    path("board/", needs(Permission.SEE)(boards.Cases.view()), name="certification-cases"),
    path("board/where-i-work/", boards.own_interests, name="certification-interests"),
    path("board/where-i-work/<str:ref>/end/", boards.end_interest, name="certification-interest-end"),
    path("board/<str:ref>/", needs(Permission.SEE)(boards.CasePage.view()), name="certification-case"),
    path(
        "board/<str:ref>/<str:name>/",
        needs(Permission.SEE)(boards.CasePage.action_view()),
        name="certification-case-do",
    ),
    path("programme/", needs(Permission.SEE)(versions.Versions.view()), name="certification-versions"),
    path(
        "programme/new/",
        needs(Permission.EDIT_PROGRAMME)(versions.new_version),
        name="certification-version-new",
    ),
    path(
        "programme/<str:ref>/",
        needs(Permission.SEE)(versions.VersionPage.view()),
        name="certification-version",
    ),
    path("programme/<str:ref>/criteria/<str:code>/", versions.criterion, name="certification-criterion"),
    path(
        "programme/<str:ref>/criteria/<str:code>/remove/",
        versions.remove_criterion,
        name="certification-criterion-remove",
    ),
    path(
        "programme/<str:ref>/<str:name>/",
        needs(Permission.SEE)(versions.VersionPage.action_view()),
        name="certification-version-do",
    ),
    *Figures.urls(),
    path(
        "ambassadors/<str:ref>/",
        needs(Permission.SEE)(applications.AmbassadorPage.view()),
        name="certification-ambassador",
    ),
    path(
        "ambassadors/<str:ref>/evidence/<str:record>/withdraw/",
        boards.withdraw_evidence,
        name="certification-evidence-withdraw",
    ),
    path(
        "ambassadors/<str:ref>/<str:name>/",
        needs(Permission.SEE)(applications.AmbassadorPage.action_view()),
        name="certification-ambassador-do",
    ),
]

"""Addresses of what follows an event: public and at the desk. Their names begin with `events-`."""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.views import certificates, mailings, surveys
from sauga.events.followup.views import public as publics
from sauga.events.permissions import Permission
from sauga.kernel.identity import needs

public: list[Any] = [
    path(_("events/survey/<str:token>/"), publics.survey, name="events-survey"),
    path(_("events/own/<str:token>/certificate/"), publics.own_certificate, name="events-certificate-own"),
    path(_("events/certificates/<str:code>/"), publics.certificate, name="events-certificate"),
]
desk: list[Any] = [
    path(
        "mailings/<str:ref>/",
        needs(Permission.WRITE_MAILINGS)(mailings.MailingPage.view()),
        name="events-mailing",
    ),
    path("mailings/<str:ref>/edit/", mailings.edit, name="events-mailing-edit"),
    path("mailings/<str:ref>/preview/", mailings.preview, name="events-mailing-preview"),
    path(
        "mailings/<str:ref>/<str:name>/",
        needs(Permission.WRITE_MAILINGS)(mailings.MailingPage.action_view()),
        name="events-mailing-do",
    ),
    path(
        "<str:ref>/mailings/",
        needs(Permission.WRITE_MAILINGS)(mailings.Mailings.view()),
        name="events-mailings",
    ),
    path("<str:ref>/mailings/new/", mailings.new, name="events-mailing-new"),
    path(
        "surveys/<str:ref>/",
        needs(Permission.KEEP_SURVEYS)(surveys.SurveyPage.view()),
        name="events-survey-desk",
    ),
    path("surveys/<str:ref>/file/<str:kind>/", surveys.file, name="events-survey-file"),
    path("surveys/<str:ref>/question/", surveys.question, name="events-survey-question-new"),
    path("surveys/<str:ref>/question/<str:of>/", surveys.question, name="events-survey-question"),
    path(
        "surveys/<str:ref>/question/<str:of>/<str:name>/",
        surveys.question_do,
        name="events-survey-question-do",
    ),
    path(
        "surveys/<str:ref>/<str:name>/",
        needs(Permission.KEEP_SURVEYS)(surveys.SurveyPage.action_view()),
        name="events-survey-do",
    ),
    path(
        "certificates/<str:ref>/",
        needs(Permission.KEEP_CERTIFICATES)(certificates.CertificatePage.view()),
        name="events-certificate-desk",
    ),
    path(
        "certificates/<str:ref>/<str:name>/",
        needs(Permission.KEEP_CERTIFICATES)(certificates.CertificatePage.action_view()),
        name="events-certificate-do",
    ),
    path(
        "<str:ref>/certificates/",
        needs(Permission.KEEP_CERTIFICATES)(certificates.Certificates.view()),
        name="events-certificates",
    ),
    path("<str:ref>/certificates/hours/", certificates.hours, name="events-certificates-hours"),
    path("<str:ref>/certificates/file/", certificates.file, name="events-certificates-file"),
    path("<str:ref>/survey/", surveys.begin, name="events-survey-begin"),
]

"""Addresses of reports: public pages of reporters, and reports at the desk."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from sauga.hotline.permissions import Permission
from sauga.hotline.reports.views import desk, messages, public_own_picture, public_report
from sauga.kernel.identity import needs

public_urls = [
    path(_("report/"), public_report.report, name="hotline-report"),
    path(_("report/add/"), public_report.add, name="hotline-report-add"),
    path(_("report/return/"), public_report.come_back, name="hotline-return"),
    path(_("report/own-picture/"), public_own_picture.own_picture, name="hotline-own-picture"),
]
desk_urls = [
    path(
        "messages/",
        needs(Permission.WRITE_TO_REPORTER)(messages.WrittenToUs.view()),
        name="hotline-messages",
    ),
    path("reports/<str:ref>/", desk.report, name="hotline-report-desk"),
    path("reports/<str:ref>/triage/", desk.set_triage, name="hotline-report-triage"),
    path("reports/<str:ref>/write/", desk.write, name="hotline-report-write"),
    path("reports/<str:ref>/close/", desk.close, name="hotline-report-close"),
    path("reports/<str:ref>/spam/", desk.spam, name="hotline-report-spam"),
    path("reports/<str:ref>/spam/undo/", desk.take_back, name="hotline-report-spam-undo"),
    path("reports/<str:ref>/reopen/", desk.reopen, name="hotline-report-reopen"),
    path("contacts/", needs(Permission.OPEN_CONTACT)(desk.Contacts.view()), name="hotline-contacts"),
    path("contacts/<str:ref>/", desk.contact, name="hotline-contact"),
]

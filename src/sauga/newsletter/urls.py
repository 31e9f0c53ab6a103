"""Addresses: /lt/naujienlaiskis/, /en/newsletter/; /newsletter/leave/ for mail programs; one page of the
member site; at the desk, /desk/newsletter/.
"""

from typing import Any

from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity import needs
from sauga.kernel.kit.editors import settings_urls
from sauga.newsletter.permissions import Permission
from sauga.newsletter.views import archive, member, readers
from sauga.newsletter.views import desk as desks

public: list[Any] = [
    path(_("newsletter/"), readers.newsletter, name="newsletter"),
    path(_("newsletter/sent/"), readers.sent, name="newsletter-sent"),
    path(_("newsletter/confirm/<str:token>/"), readers.confirm, name="newsletter-confirm"),
    path(_("newsletter/own/<str:token>/"), readers.own, name="newsletter-own"),
    path(_("newsletter/issues/"), archive.archive, name="newsletter-archive"),
    path(_("newsletter/issues/<str:ref>/"), archive.issue, name="newsletter-issue"),
    path(_("newsletter.xml"), archive.feed, name="newsletter-feed"),
    path(pgettext_lazy("address", "my/newsletter/"), member.own, name="newsletter-member"),
]
machine: list[Any] = [path("newsletter/leave/<str:token>/", readers.leave, name="newsletter-leave")]
desk: list[Any] = [
    path("", needs(Permission.WRITE)(desks.Issues.view()), name="newsletter-issues"),
    path("new/", needs(Permission.WRITE)(desks.new_issue), name="newsletter-new"),
    *desks.Figures.urls(),
    *settings_urls(desks.SENDING),
    path("<str:ref>/", needs(Permission.WRITE)(desks.IssuePage.view()), name="newsletter-one"),
    path("<str:ref>/edit/", desks.edit, name="newsletter-edit"),
    path("<str:ref>/pages/", desks.pages, name="newsletter-pages"),
    path("<str:ref>/preview/", desks.preview, name="newsletter-preview"),
    path("<str:ref>/mail/", desks.mail, name="newsletter-mail"),
    path(
        "<str:ref>/<str:name>/", needs(Permission.WRITE)(desks.IssuePage.action_view()), name="newsletter-do"
    ),
]

"""/desk/notices/: a person's own notifications."""

from functools import cached_property
from typing import override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_POST

from sauga.kernel import clock
from sauga.kernel.identity import actor, safe_path
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.notifications import actions, queries
from sauga.kernel.notifications.alert_queries import may_edit
from sauga.kernel.notifications.models import Notification
from sauga.kernel.notifications.wording import words
from sauga.kernel.ui import navigation


class Notifications(ListPage):
    """The person's notifications, newest first."""

    title = _("Notifications")
    views = (
        View("all", pgettext_lazy("notifications", "All")),
        View("unread", pgettext_lazy("notifications", "Unread")),
    )
    nothing = Empty(title=_("Nothing new. Whatever is waiting for you appears here and is sent by email."))
    columns = (
        Column("text", _("Notification"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("at", pgettext_lazy("notifications", "Received")),
    )

    @cached_property
    def unread(self) -> int:
        """How many the person has not read."""
        return queries.bell_of(self.by).unread

    @override
    def rows(self) -> QuerySet[Notification]:
        return queries.notifications_of(self.by, only_unread=self.view_code == "unread")

    @override
    def line(self, row: Notification) -> Line:
        text = words(row.template, row.params)
        state = Mark("bad", "diamond", _("Urgent")) if row.is_urgent else Mark("wait", "", _("New"))
        linked = Link(text, reverse("notices-open", args=[row.pk])) if row.link else text
        return Line(str(row.pk), (linked, None if row.read_at else state, row.created_at))

    @override
    def counts(self) -> dict[str, int]:
        return {"unread": self.unread}

    @override
    def tools(self) -> list[Tool]:
        said = gettext("Escalation of alerts: %(service)s")
        rules = [
            (said % {"service": one.label}, reverse("notices-rules", args=[one.code]))
            for one in may_edit(self.by)
        ]
        read = Tool(
            label=_("Mark all as read"), href=reverse("notices-read-all"), is_post=True, tone="second"
        )
        return [
            *(Tool(label=label, href=href, tone="second") for label, href in rules),
            *([read] if self.unread else []),
        ]


@require_GET
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page a notification speaks of; going there is having read it.

    Who is called when nobody else has come may not see that page: then the list of notifications says it.
    """
    row = actions.mark_read(by=actor(request), pk=pk, at=clock.now())
    leads = row.link and not navigation.is_hidden_from(actor(request), row.link)
    return HttpResponseRedirect(row.link if leads else reverse("notices-news"))


@require_POST
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark everything read."""
    actions.mark_all_read(by=actor(request), at=clock.now())
    return HttpResponseRedirect(
        safe_path(request.headers.get("Referer", ""), whole=True) or reverse("notices-news")
    )

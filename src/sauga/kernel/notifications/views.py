"""/desk/notices/: a person's own notifications."""

from functools import cached_property
from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from sauga.kernel import clock
from sauga.kernel.identity import actor, safe_path
from sauga.kernel.kit.actions import UNFIT
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.kit.pages import submitted
from sauga.kernel.notifications import actions, preferences, queries
from sauga.kernel.notifications.alerts.queries import may_edit
from sauga.kernel.notifications.message_templates import words
from sauga.kernel.notifications.models import MailTime, Notification
from sauga.kernel.refusals import Text
from sauga.kernel.ui import navigation

MAILED = {
    MailTime.SOON: _("What you have not read within a few minutes is also emailed to {email}."),
    MailTime.DAILY: _(
        "What you have not read is also emailed to {email} at 8 in the morning; what is urgent, at once."
    ),
    MailTime.URGENT: _("Only what is urgent is also emailed to {email}, at once."),
}
"""What happens by each wish, to the person who wishes it."""


class MailTimeForm(forms.Form):
    """When to be mailed about what was not read."""

    time = forms.ChoiceField(
        label=_("Email about what you have not read"), choices=MailTime.choices, widget=forms.RadioSelect
    )


class Notifications(ListPage):
    """The person's notifications, newest first."""

    title = _("Notifications")
    views = (
        View("all", pgettext_lazy("notifications", "All")),
        View("unread", pgettext_lazy("notifications", "Unread")),
    )
    nothing = Empty(title=_("Nothing new. Whatever is waiting for you appears here."))
    columns = (
        Column("text", _("Notification"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("at", pgettext_lazy("notifications", "Received")),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        told = MAILED[preferences.mail_time_of(self.by)]
        self.intro = format_lazy(told, email=self.by.person.email)

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
            Tool(label=_("Choose when you get email"), href=reverse("notices-mail"), tone="second"),
            *(Tool(label=label, href=href, tone="second") for label, href in rules),
            *([read] if self.unread else []),
        ]


@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: HttpRequest) -> HttpResponse:
    """Choose when to be mailed about one's notifications."""
    by = actor(request)
    form = MailTimeForm(request.POST or None, initial={"time": preferences.mail_time_of(by)})

    def choose(said: dict[str, Any]) -> Text:
        preferences.choose_mail_time(by=by, time=MailTime(said["time"]), at=clock.now())
        return gettext("Saved.")

    if done := submitted(request, form, choose, "notices-news"):
        return done
    context = {
        "form": form,
        "title": gettext("Email about notifications"),
        "text": ALWAYS,
        "submit": gettext("Save"),
        "list_url": "notices-news",
        "list_title": Notifications.title,
    }
    return render(request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200)


ALWAYS = _(
    "The bell shows everything, whatever you choose here. What is urgent is always emailed at once, and "
    "nobody can turn that off: alerts, danger to somebody, shifts that nobody has taken, letters left too "
    "long. If nobody saw it in time, somebody could come to harm. Emails about your account are sent, too."
)


@require_GET
def open_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to the page a notification speaks of; going there is having read it.

    A person called when no others have come may not see that page: then the list of notifications says it.
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

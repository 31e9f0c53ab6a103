"""`{% load alerts %}`: the bell, the bar of urgent alerts, and what became of an alert, for any page of the
desk."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context

from sauga.kernel import clock
from sauga.kernel.identity import NobodySignedIn, PersonActor, actor
from sauga.kernel.notifications import queries
from sauga.kernel.notifications.alerts import actions
from sauga.kernel.notifications.alerts import queries as alert_queries
from sauga.kernel.notifications.channel import channel_of

register = template.Library()
CACHE, CACHE_SENT = "_alerts_now", "_alerts_sent"


@dataclass(frozen=True)
class Now:
    """What calls a person at this moment."""

    channel: str
    bars: list[alert_queries.Bar]
    news: list[queries.News]
    unread: int
    at: datetime

    @property
    def is_urgent(self) -> bool:
        """Whether an alert waits for the person's answer."""
        return any(bar.alert.is_unanswered for bar in self.bars)

    @property
    def bar_version(self) -> str:
        """Changes whenever the bars look different."""
        return " ".join(bar.version for bar in self.bars)

    @property
    def bell_version(self) -> str:
        """Changes whenever the bell's list looks different."""
        return " ".join([str(self.unread), *(f"{row.pk}{'-' if row.is_read else '+'}" for row in self.news)])


@register.simple_tag(takes_context=True)
def alerts_now(context: Context) -> Now | None:
    """`{% alerts_now as now %}`: asked once a request.

    That the bars are on a page of the person is written down, for the sender to see.
    """
    request: HttpRequest = context["request"]
    if not hasattr(request, CACHE):
        setattr(request, CACHE, _now(request))
    found: Now | None = getattr(request, CACHE)
    return found


def _now(request: HttpRequest) -> Now | None:
    try:
        by: PersonActor = actor(request)
    except NobodySignedIn:
        return None
    at, bell = clock.now(), queries.bell_of(by)
    bars = (
        alert_queries.bars(by, at) if bell.unread else []
    )  # an alert that calls the person is an unread notification
    if any(bar.is_new for bar in bars):
        actions.mark_shown(by=by, at=at)
    return Now(channel_of(by.person_id), bars, bell.news, bell.unread, at)


@register.inclusion_tag("notifications/desk/_sent.html", takes_context=True)
def alert_sent(context: Context, about: str) -> dict[str, Any]:
    """`{% alert_sent conversation.channel %}`: who has seen the alert about this, for the person who raised
    it; renewed by itself."""
    request: HttpRequest = context["request"]
    by, at = actor(request), clock.now()
    if not hasattr(request, CACHE_SENT):
        setattr(request, CACHE_SENT, alert_queries.things_with_alerts(by, at))
    sent = alert_queries.sent(by, about, at) if about in getattr(request, CACHE_SENT) else None
    held: Any = context.flatten()
    return {**held, "about": about, "sent": sent, "request": request}


@register.filter
def shown_of(sent: alert_queries.Sent) -> list[alert_queries.Called]:
    """Those on whose pages the bar has been, though it is not acknowledged."""
    return [one for one in sent.called if one.shown_at is not None]

"""The list of monitored items at the desk, and manual checks of an item's presence."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, override

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import item_for
from sauga.hotline.monitoring import queries as questions
from sauga.hotline.monitoring.actions import monitoring
from sauga.hotline.monitoring.forms import RemovalForm, WatchedFilter
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.permissions import Permission
from sauga.hotline.states import Presence
from sauga.kernel import vocab
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import PersonActor, needs
from sauga.kernel.kit.actions import post_action_on
from sauga.kernel.kit.lists import Column, Empty, Fragment, Line, Link, ListPage, Quiet, label_order
from sauga.kernel.kit.lists import Mark as Marked
from sauga.kernel.refusals import FormUnfit

MARKS = {
    Presence.UNKNOWN: ("calm", "dashed"),
    Presence.ONLINE: ("act", ""),
    Presence.UNREACHABLE: ("wait", "half"),
    Presence.PRESUMED_REMOVED: ("wait", "ring"),
    Presence.REMOVED: ("good", "tick"),
    Presence.REAPPEARED: ("bad", "rings"),
}


class WatchedItems(ListPage):
    """Monitored items: presence, last verdict, next check with its reason, and what a person is asked."""

    template = "hotline/monitoring/list.html"
    title = _("Monitored content")
    caption = _("Monitored items")
    live = "hotline.worklist"
    form_class = WatchedFilter
    nothing = Empty(
        title=_("Nothing is being monitored"),
        text=_("Items appear here once a notice has gone out or another route was taken."),
    )
    columns = (
        Column("item", _("Item"), is_heading=True),
        Column("presence", _("Availability"), sort=label_order("presence", "state.item_presence")),
        Column("last", _("Last check"), sort=("watch__checked_at",)),
        Column("next", _("Next check"), sort=("next_check_at",)),
        Column("provider", _("Provider"), sort=(lithuanian_order(F("provider__name")),)),
        Column("person", _("Person")),
    )

    @override
    def rows(self) -> QuerySet[ContentItem]:
        return questions.watched(
            which=self.filters["which"] or "all", provider=self.filters["provider"] or None
        )

    @override
    def lines(self, rows: list[ContentItem]) -> list[Line]:
        may_mark = self.by.can(Permission.CHECK)
        return [_line(item, {"may_mark": may_mark, "removal": RemovalForm()}) for item in rows]

    @override
    def context(self) -> dict[str, Any]:
        return {"counts": questions.counts()}


def _line(item: ContentItem, context: dict[str, Any]) -> Line:
    watch = getattr(item, "watch", None)
    tone, shape = MARKS[Presence(item.presence)]
    handling = Quiet(vocab.label("state.item_handling", item.handling), below=True)
    times = (
        Quiet(gettext("occurrence %(n)s") % {"n": item.occurrence}, below=True)
        if item.occurrence > 1
        else None
    )
    verdict = (
        Quiet(vocab.label("monitor.verdict", watch.verdict), below=True) if watch and watch.verdict else None
    )
    pace = Fragment("hotline/monitoring/_pace.html", {"watch": watch})
    country = Quiet(item.country, below=True) if item.country else None
    cells = (
        (Link(item.ref, reverse("hotline-item", args=[item.ref]), is_code=True), handling),
        (Marked(tone, shape, vocab.label("state.item_presence", item.presence)), times),
        (watch.checked_at, verdict) if watch and watch.checked_at else gettext("not yet"),
        (item.next_check_at, pace) if item.next_check_at else gettext("no check planned"),
        (str(item.provider), country) if item.provider else country,
        Fragment("hotline/monitoring/_person.html", {"item": item, "watch": watch, **context}),
    )
    return Line(item.ref, cells)


def _mark(
    act: Callable[[HttpRequest, PersonActor, ContentItem, datetime], str],
) -> Callable[..., HttpResponseBase]:
    """The post of what a person saw of an item; it leads back to where the person was."""
    return needs(Permission.CHECK)(
        post_action_on(item_for, lambda _by, _item: reverse("hotline-watched"))(act)
    )


@_mark
def mark_removed(request: HttpRequest, by: PersonActor, item: ContentItem, at: datetime) -> str:
    """A person saw that the content is gone."""
    form = RemovalForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose what was seen."))
    monitoring.confirm_removal(by=by, item=item, kind=RemovalKind(form.cleaned_data["kind"]), at=at)
    return gettext("Removal recorded. The item is monitored for reappearance.")


@_mark
def mark_online(request: HttpRequest, by: PersonActor, item: ContentItem, at: datetime) -> str:
    """A person saw that the content is there."""
    monitoring.mark_online(by=by, item=item, at=at)
    return gettext("Recorded as online. The next check sets a new baseline.")


@_mark
def mark_reappeared(request: HttpRequest, by: PersonActor, item: ContentItem, at: datetime) -> str:
    """A person saw removed content again."""
    monitoring.mark_reappeared(by=by, item=item, at=at)
    return gettext("Reappearance recorded. New clocks run from now.")


@_mark
def check_now(request: HttpRequest, by: PersonActor, item: ContentItem, at: datetime) -> str:
    """Request a check at once."""
    monitoring.check_soon(item=item, at=at)
    return (
        gettext("The item is being checked.")
        if item.kind == "WEB"
        else gettext("Not on the web: only a person can check it.")
    )

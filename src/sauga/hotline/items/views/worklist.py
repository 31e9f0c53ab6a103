"""The worklist and the way into the next item."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.actions import claims
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items import presenters
from sauga.hotline.items.forms import Act, FilterForm
from sauga.hotline.items.queries import worklist as queries
from sauga.hotline.items.queries.worklist import View
from sauga.hotline.permissions import Permission
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import Outcome, post_action
from sauga.kernel.kit.lists import (
    BulkAction,
    Column,
    Empty,
    Line,
    Link,
    ListPage,
    Quiet,
    Ref,
    TimeLeft,
    Tool,
    label_order,
)
from sauga.kernel.kit.lists import View as Tab

UNASSESSED = {View.TO_ASSESS, View.MINE, View.ALL}
ACTED_ON = {View.NOTICE_DUE, View.FOLLOWED, View.AT_HOME, View.CAME_BACK}


class Worklist(ListPage):
    """What to assess next, the most urgent first."""

    template = "hotline/items/worklist.html"
    title = _("Worklist")
    caption = _("Content items in the order of urgency")
    live = "hotline.worklist"
    css = "worklist"
    form_class = FilterForm
    keyset = queries.ORDER
    everything = View.ALL
    bulk_url = "hotline-many"
    views = (
        Tab(View.TO_ASSESS, _("To assess")),
        Tab(View.MINE, _("Mine")),
        Tab(View.REVIEW, _("Second review")),
        Tab(View.NOTICE_DUE, _("Notice due")),
        Tab(View.FOLLOWED, _("Monitoring")),
        Tab(View.AT_HOME, _("In Lithuania, not removed")),
        Tab(View.CAME_BACK, _("Reappeared")),
        Tab(View.ALL, _("All"), is_sortable=False),
    )
    nothing = Empty(
        title=_("Nothing here"), text=_("New reports appear automatically, the most urgent first.")
    )
    columns = (
        Column("urgency", _("Urgency"), "c-urgency"),
        Column("age", _("Age"), "c-age num", ("received_hour",)),
        Column(
            "what", _("Category, number"), "c-what", label_order("category", "rrt.category"), is_heading=True
        ),
        Column("hosting", _("Hosting"), "c-host", ("country", "hosting_class")),
        Column(
            "state",
            pgettext_lazy("desk", "Status"),
            "c-state",
            label_order("handling", "state.item_handling"),
        ),
        Column("joined", _("Merged"), "c-joined num", ("report_count",)),
        Column("left", _("Time left"), "c-clock", ("due_at",)),
    )

    @override
    def rows(self) -> QuerySet[ContentItem]:
        said = self.filters
        narrowed = {
            "priority": said["priority"],
            "category": said["category"],
            "hosting_class": said["hosting"],
        }
        return queries.worklist(by=self.by, view=View(self.view_code), text=said["find"], **narrowed)

    @override
    def lines(self, rows: list[ContentItem]) -> Iterable[Line]:
        return [
            _line(presenters.line(row, self.at))
            for row in queries.rows_of(by=self.by, items=rows, at=self.at)
        ]

    @override
    def counts(self) -> Mapping[View, int]:
        return queries.counts(by=self.by)

    @override
    def count_text(self, count: int) -> str:
        return queries.said_count(count)

    @override
    def tools(self) -> Sequence[Tool]:
        if not self.by.can(Permission.ASSESS):
            return ()
        return [Tool(label=_("Claim the next item"), href=reverse("hotline-next"), key="n", is_post=True)]

    @override
    def actions(self) -> Sequence[BulkAction]:
        view = View(self.view_code)
        unjudged = view in UNASSESSED
        offered = [
            (Act.CLAIM, _("Claim"), "a", Permission.ASSESS, unjudged and view is not View.MINE),
            (
                Act.RELEASE,
                pgettext_lazy("worklist", "Release"),
                "p",
                Permission.ASSESS,
                view in {View.MINE, View.ALL},
            ),
            (Act.ASSIGN, pgettext_lazy("worklist", "Assign"), "h", Permission.ASSESS, unjudged),
            (Act.URGENCY, _("Urgency"), "u", Permission.TRIAGE, unjudged or view is View.REVIEW),
            (Act.MERGE, _("Merge"), "m", Permission.TRIAGE, unjudged),
            (Act.SPAM, _("Spam"), "d", Permission.TRIAGE, unjudged),
            (
                Act.RECHECK,
                pgettext_lazy("worklist", "Check again"),
                "l",
                Permission.CHECK,
                view in ACTED_ON or view is View.ALL,
            ),
        ]
        return [
            BulkAction(do=act, label=label, key=key, least=2 if act is Act.MERGE else 1)
            for act, label, key, permission, fits in offered
            if fits and self.by.can(permission)
        ]

    @override
    def context(self) -> dict[str, Any]:
        text = self.filters["find"]
        return {
            "locked": self.by.vault is None,
            "text": text,
            "wider": queries.wider(by=self.by, text=text) if text else None,
        }


def _line(line: presenters.Line) -> Line:
    holder = Quiet(line.holder, below=True) if line.holder else None
    left = TimeLeft(line.left, line.share, line.left_tone) if line.left else None
    what = (Link(line.category, line.href), Ref(line.ref), Quiet(line.host) if line.host else None)
    return Line(
        line.ref, (line.urgency, line.age, what, line.hosting, (line.state, holder), line.joined, left)
    )


@needs(Permission.ASSESS)
@post_action("hotline-worklist")
def claim_next(request: HttpRequest) -> str | Outcome:
    """Claim the most urgent free item and open it; show a message when nothing waits."""
    at, by = clock.now(), actor(request)
    item = queries.next_for(by=by, at=at)
    if item is None:
        return gettext("Nothing is waiting for assessment. Take a breath.")
    claims.claim_item(by=by, item=item, at=at)
    return Outcome(to=reverse("hotline-item", args=[item.ref]))

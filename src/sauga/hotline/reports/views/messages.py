"""“Written to us”: what reporters wrote with their receipt, and whether anybody has read and answered it."""

from collections.abc import Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content import presenters as content_presenters
from sauga.hotline.reports.models import Message
from sauga.hotline.reports.queries import messages
from sauga.kernel import vocab
from sauga.kernel.figures.texts import duration_text
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Quiet, View
from sauga.kernel.refusals import Text


class WrittenToUs(ListPage):
    """Messages of reporters on open and closed reports, unread ones first."""

    title = _("Written to us")
    live = "hotline.worklist"
    nothing = Empty(
        title=_("No messages"), text=_("What reporters write with their receipt appears here, unread first.")
    )
    everything = "all"
    views = (View("all", _("All messages")), View("unread", pgettext_lazy("message", "Unread")))
    columns = (
        Column("urgency", _("Urgency"), "c-urgency"),
        Column("report", _("Report"), "c-what", is_heading=True),
        Column("written", _("Written")),
        Column("read", _("Read")),
        Column("answered", _("Answered")),
    )

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.intro = self._waiting()

    def _waiting(self) -> Text:
        wait = messages.oldest_wait(self.at)
        if wait is None:
            return _(
                "All messages have been read. An answer is seen when the reporter returns with the receipt."
            )
        return gettext(
            "Oldest unread message, waiting: %(wait)s – opening a report marks its messages as read by you; "
            "an answer is seen when the reporter returns with the receipt."
        ) % {"wait": duration_text(wait)}

    @override
    def rows(self) -> QuerySet[Message]:
        return messages.written_to_us(by=self.by, only_unread=self.view_code == "unread")

    @override
    def counts(self) -> Mapping[str, int]:
        return {"unread": messages.unread_count(self.by)}

    @override
    def line(self, row: Message) -> Line:
        report = row.report
        address = reverse("hotline-report-desk", args=[report.ref]) + "#thread"
        read = (
            (row.read_at, Quiet(row.read_by.name if row.read_by else "", below=True))
            if row.read_at
            else Mark("wait", "half", _("nobody yet"))
        )
        answered = getattr(row, "answered_at", None)
        return Line(
            row.ref,
            (
                content_presenters.urgency(report.priority),
                (
                    Link(report.ref, address, is_code=True),
                    Quiet(vocab.label("state.report", report.state)),
                    Quiet(vocab.label("rrt.category", report.category), below=True),
                ),
                row.at,
                read,
                answered if answered else Link(pgettext_lazy("desk", "Answer"), address),
            ),
        )

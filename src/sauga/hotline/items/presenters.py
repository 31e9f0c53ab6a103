"""How the worklist and the item page show an item: lines of the list, the timeline. No database."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.content.presenters import handling, hosting, triage_left, urgency
from sauga.hotline.items.queries.item_page import Event
from sauga.hotline.items.queries.worklist import Row
from sauga.kernel import i18n, vocab
from sauga.kernel.kit.lists import Mark
from sauga.kernel.ui import components


@dataclass(frozen=True)
class Line:
    """A line of the worklist, ready to be drawn. `left` is empty where no deadline runs."""

    ref: str
    href: str
    urgency: Mark
    category: str
    host: str
    hosting: Mark
    state: Mark
    joined: int
    age: str
    left: str
    share: float
    left_tone: str
    holder: str


def untraced(failed: str) -> str:
    """Why no source was asked where an item is hosted; empty when they were asked and did not answer."""
    return {
        "NOT_ON_THE_WEB": gettext("It is not on the web, so there is no host to trace."),
        "REFUSED_BY_GUARD": gettext(
            "The address leads into a private network or is not a web address, so it is never traced."
        ),
    }.get(failed, "")


def line(row: Row, at: datetime) -> Line:
    """One row of the worklist, ready to be shown."""
    item = row.item
    words, share, tone = triage_left(item, at) or ("", 0.0, "")
    return Line(
        ref=item.ref,
        href=reverse("hotline-item", args=[item.ref]),
        urgency=urgency(item.priority),
        category=vocab.label("rrt.category", item.category),
        host=row.host,
        hosting=hosting(item),
        state=handling(item),
        joined=item.report_count,
        age=i18n.age_from_hour(item.received_hour, at),
        left=words,
        share=share,
        left_tone=tone,
        holder=item.taken_by.name if row.taken and item.taken_by else "",
    )


ACTS = {
    "item:opened": _("Opened"),
    "item:taken": _("Claimed"),
    "item:revealed": _("Address shown"),
    "item:linked": _("Another item merged"),
    "item:unlinked": _("A report separated"),
    "item:traced": _("Sources queried about the host"),
    "item:country_confirmed": _("Country confirmed"),
    "item:held": _("Police hold requested"),
    "item:hold_ended": _("Police hold ended"),
}
TRACKS = {"handling": "state.item_handling", "presence": "state.item_presence"}
BAD = {"presence:REAPPEARED", "handling:ARBITRATION"}


def moments(timeline: Sequence[Event]) -> list[components.Moment]:
    """The timeline as text, newest first; the newest entry is marked."""
    return [_moment(event, newest=number == 0) for number, event in enumerate(timeline)]


def _moment(event: Event, *, newest: bool) -> components.Moment:
    track, _sep, code = event.kind.partition(":")
    text = vocab.label(TRACKS[track], code) if track in TRACKS else str(ACTS.get(event.kind, event.kind))
    kind = "bad" if event.kind in BAD else "now" if newest else "done"
    return components.Moment(
        text=text, when=event.at, to_hour=True, note=event.by or gettext("Automatically"), kind=kind
    )

"""The strip of checks and the timeline of the item page, in words and drawn."""

from collections.abc import Sequence
from typing import Literal, cast

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.queries.item import Event
from sauga.hotline.queries.monitoring import StripRow
from sauga.kernel import vocab
from sauga.kernel.ui import charts, parts

EVENTS = {"reported": _("reported"), "notice": _("provider notified"), "removed": _("removed"), "reappeared": _("appeared again")}
ACTS = {
    "item:opened": _("Opened"),
    "item:taken": _("Taken in hand"),
    "item:revealed": _("Address shown"),
    "item:linked": _("Another item joined"),
    "item:unlinked": _("A report taken apart"),
    "item:traced": _("Sources asked about the host"),
    "item:country_confirmed": _("Country confirmed"),
    "item:held": _("Police hold asked"),
    "item:hold_ended": _("Police hold ended"),
}
TRACKS = {"handling": "state.item_handling", "presence": "state.item_presence"}
BAD = {"presence:REAPPEARED", "handling:ARBITRATION"}


def strip_chart(rows: Sequence[StripRow]) -> charts.Chart | None:
    """The strip with its table; None before the first check."""
    checks = [charts.Check(row.at, cast(Literal["on", "off", "gone"], row.kind)) for row in rows if row.verdict]
    if not checks:
        return None
    events = [charts.Event(row.at, EVENTS.get(row.event, row.event)) for row in rows if row.event]
    table = parts.Table(
        caption=_("Checks, newest first"),
        head=[_("Time"), _("Result"), _("Answer")],
        rows=[
            [date_format(localtime(row.at), "SHORT_DATETIME_FORMAT"), vocab.label("monitor.verdict", row.verdict), str(row.status or "–")]
            for row in reversed(rows)
            if row.verdict
        ],
    )
    return charts.strip(checks, events, title=gettext("Can it be reached"), description=_spoken(rows), table=table)


def _spoken(rows: Sequence[StripRow]) -> str:
    seen = sum(row.kind == "on" for row in rows)
    gone = sum(row.kind == "gone" for row in rows)
    return gettext("Checks that saw it: %(seen)s; checks that found it gone: %(gone)s.") % {"seen": seen, "gone": gone}


def moments(timeline: Sequence[Event]) -> list[parts.Moment]:
    """The timeline in words, newest first; the newest entry is marked."""
    return [_moment(event, newest=number == 0) for number, event in enumerate(timeline)]


def _moment(event: Event, *, newest: bool) -> parts.Moment:
    track, _sep, code = event.kind.partition(":")
    text = vocab.label(TRACKS[track], code) if track in TRACKS else str(ACTS.get(event.kind, event.kind))
    kind = "bad" if event.kind in BAD else "now" if newest else "done"
    return parts.Moment(text=text, when=event.at, to_hour=event.to_hour, note=event.by or gettext("Automatically"), kind=kind)

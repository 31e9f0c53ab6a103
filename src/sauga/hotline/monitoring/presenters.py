"""The strip of checks on the item page, as a chart and as a table."""

from collections.abc import Sequence
from typing import Literal, cast

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.hotline.monitoring.queries import StripRow
from sauga.kernel import vocab
from sauga.kernel.ui import charts, components

EVENTS = {
    "reported": _("reported"),
    "notice": _("provider notified"),
    "removed": _("removed"),
    "reappeared": _("reappeared"),
}


def strip_chart(rows: Sequence[StripRow]) -> charts.Chart | None:
    """The strip with its table; None before the first check."""
    checks = [
        charts.Check(row.at, cast(Literal["on", "off", "gone"], row.kind)) for row in rows if row.verdict
    ]
    if not checks:
        return None
    events = [charts.Event(row.at, EVENTS.get(row.event, row.event)) for row in rows if row.event]
    table = components.Table(
        caption=_("Checks, newest first"),
        head=[_("Time"), _("Result"), _("Answer")],
        rows=[
            [
                date_format(localtime(row.at), "SHORT_DATETIME_FORMAT"),
                vocab.label("monitor.verdict", row.verdict),
                str(row.status or "–"),
            ]
            for row in reversed(rows)
            if row.verdict
        ],
    )
    return charts.strip(checks, events, title=gettext("Availability"), description=_spoken(rows), table=table)


def _spoken(rows: Sequence[StripRow]) -> str:
    seen = sum(row.kind == "on" for row in rows)
    gone = sum(row.kind == "gone" for row in rows)
    return gettext("Checks that saw it: %(seen)s; checks that found it gone: %(gone)s.") % {
        "seen": seen,
        "gone": gone,
    }

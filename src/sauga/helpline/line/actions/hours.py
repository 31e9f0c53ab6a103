"""Published hours and closed days: rows with validity that staff edit. What is in force is never rewritten; a
change is a new row.
"""

import json
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.models import ClosedDay, Window
from sauga.helpline.permissions import Permission
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, sealed
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

ZONE = sealed.Zone.HELPLINE
FILE = Path(__file__).parents[2] / "data" / "helpline_hours.json"


class HoursOverlap(ActionRefused):
    """The channel already has hours on this weekday that touch these."""

    message = _("The channel has hours at this time already; end those first.")
    field = "opens"


class HoursPast(ActionRefused):
    """What was in force is not rewritten: a change begins today or later."""

    message = _("A change begins today or later.")
    field = "valid_from"


class ClosedAlready(ActionRefused):
    """This day is closed already."""

    message = _("This day is closed already.")
    field = "day"


def load_hours(at: datetime) -> str:
    """Load the published hours into an empty table; hours that exist are never touched.

    Returns one line for the operator.
    """
    with transaction.atomic():
        if Window.objects.exists():
            return "opening hours: kept as they are"
        given = json.loads(FILE.read_text(encoding="utf-8"))
        rows = [
            Window(
                channel=one["channel"],
                weekday=weekday,
                opens=time.fromisoformat(one["opens"]),
                closes=time.fromisoformat(one["closes"]),
                minimum=one["minimum"],
                valid_from=date.fromisoformat(given["valid_from"]),
            )
            for one in given["windows"]
            for weekday in one["weekdays"]
        ]
        Window.objects.bulk_create(rows)
        return f"opening hours: {len(rows)} windows"


def may_edit_hours(by: Actor) -> bool:
    """Hours are edited by the coordinator of volunteers and by those who edit the texts of the line."""
    return allowed(by, Permission.EDIT_ROTA) or allowed(by, Permission.EDIT_TEXTS)


def _require(by: Actor) -> None:
    if not may_edit_hours(by):
        require(by, Permission.EDIT_ROTA)


def add_window(
    *,
    by: Actor,
    channel: str,
    weekday: int,
    opens: time,
    closes: time,
    minimum: int,
    valid_from: date,
    at: datetime,
) -> Window:
    """Publish hours of one weekday from a day on. Raises HoursOverlap, HoursPast."""
    _require(by)
    if valid_from < at.astimezone(VILNIUS).date():
        raise HoursPast
    with transaction.atomic():
        held = Window.objects.select_for_update().filter(channel=channel, weekday=weekday)
        for row in held:
            if (row.valid_to is None or row.valid_to >= valid_from) and _touch(
                (opens, closes), (row.opens, row.closes)
            ):
                raise HoursOverlap
        window = Window.objects.create(
            channel=channel,
            weekday=weekday,
            opens=opens,
            closes=closes,
            minimum=minimum,
            valid_from=valid_from,
        )
        _changed(by, "WINDOW", at)
        return window


def _touch(one: tuple[time, time], other: tuple[time, time]) -> bool:
    def minutes(span: tuple[time, time]) -> tuple[int, int]:
        begin, end = (part.hour * 60 + part.minute for part in span)
        return begin, end if end > begin else end + 24 * 60

    (begin, end), (other_begin, other_end) = minutes(one), minutes(other)
    return begin < other_end and other_begin < end


def end_window(*, by: Actor, window: Window, last_date: date, at: datetime) -> Window:
    """Hours are in force until this day inclusive, today at the earliest; those that have not begun yet go.
    Raises HoursPast.
    """
    _require(by)
    if last_date < at.astimezone(VILNIUS).date() - timedelta(days=1):
        raise HoursPast
    with transaction.atomic():
        window = Window.objects.select_for_update().get(pk=window.pk)
        if last_date < window.valid_from:
            Window.objects.filter(pk=window.pk).delete()
        else:
            window.valid_to = last_date
            window.save(update_fields=["valid_to"])
        _changed(by, "WINDOW", at)
        return window


def close_day(*, by: Actor, day: date, channel: str, label_lt: str, label_en: str, at: datetime) -> ClosedDay:
    """A channel, or with an empty channel the whole line, does not open on this day.

    Raises HoursPast, ClosedAlready.
    """
    _require(by)
    if day < at.astimezone(VILNIUS).date():
        raise HoursPast
    with transaction.atomic():
        row, made = ClosedDay.objects.get_or_create(
            date=day, channel=channel, defaults={"label_lt": label_lt, "label_en": label_en}
        )
        if not made:
            raise ClosedAlready
        _changed(by, "CLOSED_DAY", at)
        return row


def open_day(*, by: Actor, closed: ClosedDay, at: datetime) -> None:
    """The day is worked after all. Raises HoursPast."""
    _require(by)
    if closed.date < at.astimezone(VILNIUS).date():
        raise HoursPast
    with transaction.atomic():
        ClosedDay.objects.filter(pk=closed.pk).delete()
        _changed(by, "CLOSED_DAY", at)


def _changed(by: Actor, what: str, at: datetime) -> None:
    audit.record(by, Trail.TEXT_CHANGED, None, zone=ZONE, at=at, facts={"what": what})
    live.signal("helpline.rota")

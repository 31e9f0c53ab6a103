"""Templates of the week with validity, and publishing their slots as shifts that anybody
qualified may take.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.helpline.line.models import ClosedDay
from sauga.helpline.line.rules import hours as rules
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.models import Shift, ShiftTemplate
from sauga.helpline.states import ShiftState
from sauga.helpline.trail import Trail
from sauga.kernel import audit, live, notifications, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, move

ZONE = sealed.Zone.HELPLINE
PAGE = "/desk/helpline/rota/"
MOST_PLACES = 20


class TemplateUnfit(ActionRefused):
    """A slot needs channels or is the lead's; length and number of places are limited. `why` is a code."""

    messages = {
        "CHANNELS": _("Choose a channel, or make it the lead's slot."),
        "LONG": _("A shift is longer than nothing and lasts at most 4 hours."),
        "PLACES": _("From 1 to 20."),
        "MINIMUM": _("Not more than there are slots."),
    }
    fields = {"CHANNELS": "channels", "LONG": "ends", "PLACES": "places", "MINIMUM": "minimum"}


class WeekOver(ActionRefused):
    """The week has ended; nothing is published into the past."""

    message = _("This is in the past.")
    field = "day"


class TemplatePast(ActionRefused):
    """What was in force is not rewritten: a change begins today or later."""

    message = _("A change begins today or later.")
    field = "valid_from"


def add_template(
    *,
    by: Actor,
    weekday: int,
    begins: time,
    ends: time,
    channels: Sequence[str],
    is_lead: bool,
    places: int,
    minimum: int,
    valid_from: date,
    at: datetime,
) -> ShiftTemplate:
    """A place that every week has from a day on. Raises TemplateUnfit, TemplatePast, UnknownTerm."""
    require(by, Permission.EDIT_ROTA)
    for channel in channels:
        vocab.term("duty_channel", channel)
    _check_shape(begins, ends, channels, is_lead, places, minimum, at)
    if valid_from < at.astimezone(VILNIUS).date():
        raise TemplatePast
    with transaction.atomic():
        template = ShiftTemplate.objects.create(
            weekday=weekday,
            begins=begins,
            ends=ends,
            channels=list(channels),
            is_lead=is_lead,
            places=places,
            minimum=minimum,
            valid_from=valid_from,
        )
        audit.record(by, Trail.TEXT_CHANGED, template, zone=ZONE, at=at, facts={"what": "TEMPLATE"})
        return template


def _check_shape(  # noqa: PLR0917  one argument a field
    begins: time, ends: time, channels: Sequence[str], is_lead: bool, places: int, minimum: int, at: datetime
) -> None:
    longest = timedelta(hours=int(vocab.policy("policy.rota", at=at)["longest_hours"]))
    first, last = rules.stretch(date(2026, 1, 5), begins, ends)  # any day without a change of clocks
    why = {
        "CHANNELS": not channels and not is_lead,
        "LONG": last - first > longest,
        "PLACES": not 1 <= places <= MOST_PLACES,
        "MINIMUM": not 0 <= minimum <= places,
    }
    for code, holds in why.items():
        if holds:
            raise TemplateUnfit(code)


def end_template(*, by: Actor, template: ShiftTemplate, last_date: date, at: datetime) -> ShiftTemplate:
    """The place is published for the last time for this day; published shifts stay. Raises TemplatePast."""
    require(by, Permission.EDIT_ROTA)
    if last_date < at.astimezone(VILNIUS).date() - timedelta(days=1):
        raise TemplatePast
    with transaction.atomic():
        template = ShiftTemplate.objects.select_for_update().get(pk=template.pk)
        template.valid_to = last_date
        template.save(update_fields=["valid_to"])
        audit.record(by, Trail.TEXT_CHANGED, template, zone=ZONE, at=at, facts={"what": "TEMPLATE"})
        return template


def publish_week(*, by: Actor, monday: date, at: datetime) -> int:
    """Make the shifts of a week from its templates and tell the counsellors; returns how many are new.

    Publishing again adds only what the templates have more of. Shifts that have begun are not made, nor those
    of a closed line. Raises WeekOver.
    """
    require(by, Permission.EDIT_ROTA)
    monday -= timedelta(days=monday.weekday())
    if monday + timedelta(days=7) <= at.astimezone(VILNIUS).date():
        raise WeekOver
    with transaction.atomic():
        templates = list(ShiftTemplate.objects.select_for_update().order_by("pk"))
        closed = rules.closings(
            ClosedDay.objects.filter(date__gte=monday, date__lt=monday + timedelta(days=7))
        )
        made = sum(_publish_day(by, templates, monday + timedelta(days=n), closed, at) for n in range(7))
        week = f"{monday.isocalendar().year}-W{monday.isocalendar().week:02}"
        audit.record(by, Trail.ROTA_PUBLISHED, None, zone=ZONE, at=at, facts={"week": week, "shifts": made})
        live.signal("helpline.rota")
        if made:
            for role in ("COUNSELLOR", "SHIFT_LEAD"):
                notifications.notify(
                    to=role,
                    template="helpline.week_published",
                    context={"week": week},
                    link=f"{PAGE}?week={week}",
                    at=at,
                )
        return made


def _publish_day(
    by: Actor, templates: list[ShiftTemplate], day: date, closed: dict[date, frozenset[str]], at: datetime
) -> int:
    made = 0
    for template in templates:
        in_force = template.valid_from <= day and (template.valid_to is None or day <= template.valid_to)
        if (
            template.weekday != day.weekday()
            or not in_force
            or _is_closed(template, closed.get(day, frozenset()))
        ):
            continue
        begins, ends = rules.stretch(day, template.begins, template.ends)
        if begins <= at:
            continue
        there = Shift.objects.filter(template=template, begins_at=begins, replaces__isnull=True).count()
        for _place in range(template.places - there):
            place(
                by=by,
                template=template,
                begins=begins,
                ends=ends,
                channels=template.channels,
                is_lead=template.is_lead,
                at=at,
            )
            made += 1
    return made


def _is_closed(template: ShiftTemplate, closed: frozenset[str]) -> bool:
    return "" in closed or (bool(template.channels) and set(template.channels) <= closed)


def place(
    *,
    by: Actor,
    begins: datetime,
    ends: datetime,
    channels: Sequence[str],
    is_lead: bool,
    at: datetime,
    template: ShiftTemplate | None = None,
    replaces: Shift | None = None,
) -> Shift:
    """A published place that anybody qualified may take.

    Called inside a transaction by actions that have checked the permission.
    """
    shift = Shift.objects.create(
        template=template,
        begins_at=begins,
        ends_at=ends,
        channels=list(channels),
        is_lead=is_lead,
        replaces=replaces,
    )
    move(shift, to=ShiftState.PUBLISHED, by=by, at=at)
    move(shift, to=ShiftState.OPEN, by=by, at=at)
    return shift


def add_shift(
    *, by: Actor, begins: datetime, ends: datetime, channels: Sequence[str], is_lead: bool, at: datetime
) -> Shift:
    """One extra place beside the templates. Raises TemplateUnfit, WeekOver, UnknownTerm."""
    require(by, Permission.EDIT_ROTA)
    for channel in channels:
        vocab.term("duty_channel", channel)
    if begins <= at:
        raise WeekOver
    if ends <= begins or ends - begins > timedelta(
        hours=int(vocab.policy("policy.rota", at=at)["longest_hours"])
    ):
        raise TemplateUnfit("LONG")
    if not channels and not is_lead:
        raise TemplateUnfit("CHANNELS")
    with transaction.atomic():
        shift = place(by=by, begins=begins, ends=ends, channels=channels, is_lead=is_lead, at=at)
        audit.record(by, Trail.SHIFT_MOVED, shift, zone=ZONE, at=at, facts={"to": shift.state})
        live.signal("helpline.rota")
        return shift

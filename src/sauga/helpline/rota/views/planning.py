"""Planning the rota: templates, publication, extra slots, opening hours, closed days, the
staffing forecast.
"""

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.line.actions import hours
from sauga.helpline.line.forms.dates import WEEKDAYS, LastDayForm, today_of
from sauga.helpline.line.queries import hours as published
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import templates as rota
from sauga.helpline.rota.forms import ClosedDayForm, ExtraForm, TemplateForm, WindowForm, hours_of
from sauga.helpline.rota.presenters import rota as words
from sauga.helpline.rota.queries import forecast as forecasts
from sauga.helpline.rota.queries import opening_hours as openings
from sauga.helpline.rota.queries import rota as queries
from sauga.helpline.rota.views.rota import monday_of, week_name
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor, actor, needs, safe_path
from sauga.kernel.kit.actions import Outcome, post_action, respond
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import FormUnfit, refusal_in
from sauga.kernel.ui import charts, toasts
from sauga.kernel.ui.components import Table

UNFIT = 422
CHANNELS = ("PHONE", "CHAT")
CHANNEL_STATES = {
    "OPEN": ("good", "dot"),
    "FULL": ("wait", "half"),
    "PAUSED": ("wait", "dash"),
    "CLOSED": ("calm", "ring"),
    "MAYBE": ("wait", "half"),
}


def _tabs(by: PersonActor) -> dict[str, bool]:
    return {"may_claim": by.can(Permission.CLAIM_SHIFT), "may_edit": by.can(Permission.EDIT_ROTA)}


def _channel(code: str) -> str:
    return vocab.label("duty_channel", code) if code else ""


# Templates and publication
# ----------------------------------------------------------------------------------------------------
@needs(Permission.EDIT_ROTA)
def templates(request: HttpRequest) -> HttpResponse:
    """Places that every week has, and a new one."""
    by, at = actor(request), clock.now()
    form = TemplateForm(
        request.POST if request.method == "POST" else None, initial={"valid_from": today_of(at)}
    )
    if done := submitted(
        request, form, lambda given: _add_templates(by, given, at), "helpline-rota-templates"
    ):
        return done
    rows = [
        (row, str(dict(WEEKDAYS)[row.weekday]), words.channels_of(row.channels, row.is_lead))
        for row in queries.templates_in_force(at)
    ]
    context = {
        "rows": rows,
        "form": form,
        "end": LastDayForm(today=today_of(at)),
        "this": week_name(today_of(at)),
        **_tabs(by),
    }
    return render(
        request, "helpline/rota/desk/rota_templates.html", context, status=UNFIT if form.errors else 200
    )


def _add_templates(by: PersonActor, given: dict[str, Any], at: datetime) -> str:
    said = {name: value for name, value in given.items() if name != "weekdays"}
    for weekday in given["weekdays"]:
        rota.add_template(by=by, weekday=weekday, at=at, **said)
    return gettext("Added. The next publication creates its slots.")


@needs(Permission.EDIT_ROTA)
@post_action("helpline-rota-templates")
def template_end(request: HttpRequest, pk: int) -> str:
    """The last day of a template."""
    at = clock.now()
    template = queries.template_for(pk)
    form = LastDayForm(request.POST, today=today_of(at))
    if not form.is_valid():
        raise FormUnfit(gettext("Enter the last day."))
    rota.end_template(by=actor(request), template=template, last_date=form.cleaned_data["last_date"], at=at)
    return gettext("It ends. Published slots stay.")


@require_POST
@needs(Permission.EDIT_ROTA)
def publish(request: HttpRequest) -> HttpResponse:
    """Publish a week: its rota follows; a refusal is read on the page that the form names as `next`."""
    at = clock.now()
    asked = request.POST.get("week", "")
    monday = monday_of(asked, today_of(at))
    week = f"{reverse('helpline-rota')}?week={week_name(monday)}"

    def perform() -> Outcome:
        if week_name(monday) != asked:
            raise FormUnfit(gettext("Choose a week."))
        made = rota.publish_week(by=actor(request), monday=monday, at=at)
        nothing = gettext("Nothing to add: the templates have no more slots for this week.")
        said = ngettext("%(n)d slot is published.", "%(n)d slots are published.", made) % {"n": made}
        return Outcome(said if made else nothing, to=week)

    return respond(request, perform, safe_path(request.POST.get("next", "")) or week)


@needs(Permission.EDIT_ROTA)
def extra(request: HttpRequest) -> HttpResponse:
    """One extra place."""
    at = clock.now()
    first = max(monday_of(request.GET.get("week", ""), today_of(at)), today_of(at))
    form = ExtraForm(request.POST if request.method == "POST" else None, initial={"day": first})

    def perform(given: dict[str, Any]) -> Outcome:
        begins, ends = hours_of(given["day"], given["begins"], given["ends"])
        made = rota.add_shift(
            by=actor(request),
            begins=begins,
            ends=ends,
            channels=given["channels"],
            is_lead=given["is_lead"],
            at=at,
        )
        return Outcome(gettext("The slot is published."), to=reverse("helpline-shift", args=[made.ref]))

    return submitted(request, form, perform) or render(
        request, "helpline/rota/desk/rota_extra.html", {"form": form}, status=UNFIT if form.errors else 200
    )


# Opening hours
# ------------------------------------------------------------------------------------------------------------
@require_safe
@needs(Permission.SEE_ROTA)
def hours_page(request: HttpRequest) -> HttpResponse:
    """What is published, what is so now, and what the coming week reads to visitors."""
    return _hours_page(request)


def _hours_page(
    request: HttpRequest, window: WindowForm | None = None, closed: ClosedDayForm | None = None
) -> HttpResponse:
    by, at = actor(request), clock.now()
    today = today_of(at)
    now = openings.openings(at, CHANNELS)
    days = openings.week(at, CHANNELS)
    context = {
        "now": [
            (_channel(code), one, _why(one.reason), *CHANNEL_STATES[one.state]) for code, one in now.items()
        ],
        "week": [
            (_channel(code), [(day, *CHANNEL_STATES[day.state]) for day in days if day.channel == code])
            for code in CHANNELS
        ],
        "days": [day.date for day in days if day.channel == CHANNELS[0]],
        "windows": [
            (row, str(dict(WEEKDAYS)[row.weekday]), _channel(row.channel))
            for row in published.windows_in_force(at)
        ],
        "closed": [(row, _channel(row.channel)) for row in published.closed_days(at)],
        "holidays": published.holidays_ahead(at)[:12],
        "pauses": [(row, _channel(row.channel), _pause_words(row.reason)) for row in published.pauses(at)],
        "may_edit_hours": hours.may_edit_hours(by),
        "window": window or WindowForm(initial={"valid_from": today}),
        "closing": closed or ClosedDayForm(),
        "end": LastDayForm(today=today),
        **_tabs(by),
    }
    failed = (window is not None and window.errors) or (closed is not None and closed.errors)
    return render(request, "helpline/rota/desk/rota_hours.html", context, status=UNFIT if failed else 200)


def _why(reason: str) -> str:
    """Why a channel is closed, for those who plan it; visitors hear less."""
    if reason == openings.NO_COVER:
        return gettext("People missing")
    return vocab.label("pause_reason" if reason.startswith("PR_") else "door_reason", reason)


def _pause_words(reason: str) -> str:
    return (
        gettext("People were missing") if reason == openings.NO_COVER else vocab.label("pause_reason", reason)
    )


def _editing(request: HttpRequest) -> PersonActor:
    """For those who edit hours; for others the page does not exist."""
    by = actor(request)
    if not hours.may_edit_hours(by):
        raise Http404
    return by


@require_POST
@needs(Permission.SEE_ROTA)
def window_add(request: HttpRequest) -> HttpResponse:
    """Publish hours."""
    by, form = _editing(request), WindowForm(request.POST)
    if not form.is_valid():
        return _hours_page(request, window=form)
    said = dict(form.cleaned_data)
    with refusal_in(form):
        for weekday in said.pop("weekdays"):
            hours.add_window(by=by, weekday=weekday, at=clock.now(), **said)
    if form.errors:
        return _hours_page(request, window=form)
    toasts.say(request, gettext("Published."))
    return HttpResponseRedirect(reverse("helpline-rota-hours"))


@needs(Permission.SEE_ROTA)
@post_action("helpline-rota-hours")
def window_end(request: HttpRequest, pk: int) -> str:
    """The last day of published hours."""
    by, at = _editing(request), clock.now()
    window, form = published.window_for(pk), LastDayForm(request.POST, today=today_of(at))
    if not form.is_valid():
        raise FormUnfit(gettext("Enter the last day."))
    hours.end_window(by=by, window=window, last_date=form.cleaned_data["last_date"], at=at)
    return gettext("Changed.")


@require_POST
@needs(Permission.SEE_ROTA)
def day_close(request: HttpRequest) -> HttpResponse:
    """Close a day."""
    by, form = _editing(request), ClosedDayForm(request.POST)
    if form.is_valid():
        with refusal_in(form, "day"):
            hours.close_day(by=by, at=clock.now(), **form.cleaned_data)
    if form.errors:
        return _hours_page(request, closed=form)
    toasts.say(request, gettext("The day is closed."))
    return HttpResponseRedirect(reverse("helpline-rota-hours"))


@needs(Permission.SEE_ROTA)
@post_action("helpline-rota-hours")
def day_open(request: HttpRequest, pk: int) -> str:
    """Work on a closed day after all."""
    hours.open_day(by=_editing(request), closed=published.closed_day_for(pk), at=clock.now())
    return gettext("The line is open on this day.")


# Forecast
# ------------------------------------------------------------------------------------------------------------
@require_safe
@needs(Permission.SEE_ROTA)
def forecast(request: HttpRequest) -> HttpResponse:
    """People needed in the coming fortnight beside people planned, with everything that this assumes."""
    by, at = actor(request), clock.now()
    channel = request.GET.get("channel", "CHAT")
    if channel not in CHANNELS:
        channel = "CHAT"
    made = forecasts.forecast(channel, at)
    first = min((hour.begins.astimezone(VILNIUS).hour for hour in made.hours), default=0)
    last = max((hour.begins.astimezone(VILNIUS).hour for hour in made.hours), default=-1)
    columns = list(range(first, last + 1))
    grid = [(day, [_at_hour(hours_of_day, hour) for hour in columns]) for day, hours_of_day in made.by_day]
    context = {
        "channel": channel,
        "channels": [(code, _channel(code)) for code in CHANNELS],
        "made": made,
        "columns": columns,
        "grid": grid,
        "chart": _chart(made) if made.hours else None,
        "gaps": made.gaps[:8],
        "assumed": made.assumptions,
        "share": round(made.assumptions.share * 100),
        "talk": made.assumptions.talk_seconds / 60,
        "wrap_up": made.assumptions.wrap_up_seconds / 60,
        **_tabs(by),
    }
    return render(request, "helpline/rota/desk/rota_forecast.html", context)


def _at_hour(found: list[forecasts.Hour], hour: int) -> forecasts.Hour | None:
    return next((one for one in found if one.begins.astimezone(VILNIUS).hour == hour), None)


def _chart(made: forecasts.Forecast) -> charts.Chart:
    """Hours short of people, day by day."""
    rows: list[charts.Bar] = []
    table: list[list[Any]] = []
    for day, found in made.by_day:
        missing = sum(hour.missing for hour in found)
        short = gettext("%(n)d missing") % {"n": missing}
        rows.append(
            charts.Bar(
                f"{date_format(day, 'D')}, {date_format(day, 'MONTH_DAY_FORMAT')}",
                missing,
                short if missing else gettext("enough"),
                low=bool(missing),
            )
        )
        arrivals, needed = sum(hour.arrivals for hour in found), max(hour.needed for hour in found)
        table.append(
            [
                day.isoformat(),
                f"{arrivals:.1f}",
                str(needed),
                str(min(hour.planned for hour in found)),
                str(missing),
            ]
        )
    head = [
        gettext("Day"),
        gettext("Attempts expected"),
        gettext("Most people needed"),
        gettext("Fewest people planned"),
        gettext("Missing"),
    ]
    return charts.bars(
        rows,
        title=gettext("Person-hours missing, day by day"),
        description=gettext(
            "For each of the coming days, how many person-hours the plan lacks to the target."
        ),
        table=Table(caption=gettext("The coming days"), head=head, rows=table),
    )

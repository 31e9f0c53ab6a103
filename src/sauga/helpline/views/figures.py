"""The helpline's figures, exact: for the desk only. The public reads the published figures (service statistics)."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sauga.helpline.actions.exporting import export_figures
from sauga.helpline.queries import figures as q
from sauga.helpline.rules import exports, networks
from sauga.helpline.rules.permissions import Permission
from sauga.kernel import clock, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.figures import csv_text
from sauga.kernel.identity import actor, needs, sudo_required
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import charts, errors, periods, toasts
from sauga.kernel.ui.parts import Figure, Table

LONGEST = 12  # bars of one drawing; the table below holds the rest


@require_safe
@needs(Permission.SEE_FIGURES)
def figures(request: HttpRequest) -> HttpResponse:
    """Attempts with their outcomes, waits, letters in time, and the tables of both networks over the same contacts."""
    period = periods.read(request.GET, clock.now().astimezone(VILNIUS).date())
    lines = q.tallies(period.first, period.end)
    contacts = q.counselled(period.first, period.end)
    online = networks.online(contacts)
    left = q.in_hand(period.first, period.end)
    context: dict[str, Any] = {
        "period": period,
        "all": lines[-1],
        "lines": [_line(line) for line in lines],
        "figures": _cards(lines[-1], period.first, period.end),
        "waiting": _waiting(q.waits(period.first, period.end)),
        "contacts": len(contacts),
        "online": len(online),
        "topics": _drawn(networks.counted(networks.CHI, contacts)[0], _("Counselling contacts by the group of their first topic")),
        "insafe": _drawn(networks.counted(networks.INSAFE, online)[3], _("Contacts about the internet by their first category")),
        "left": left.open,
        "unwritten": left.unwritten,
        "threshold": exports.THRESHOLD,
        "may_export": actor(request).can(Permission.EXPORT_FIGURES),
        "is_over": period.end <= clock.now().astimezone(VILNIUS).date(),
    }
    return render(request, "helpline/desk/figures.html", context)


def percent(share: float | None) -> str:
    """A share as a whole percentage."""
    return "–" if share is None else f"{round(share * 100)}\u00a0%"


def minutes(seconds: float | None) -> str:
    """Seconds in words: "40 s", "12 min"."""
    if seconds is None:
        return "–"
    return _("%(n)s s") % {"n": round(seconds)} if seconds < 100 else _("%(n)s min") % {"n": round(seconds / 60)}


def _line(line: q.Tally) -> dict[str, Any]:
    return {
        "name": vocab.label("channel", line.channel) if line.channel else _("All"),
        "tally": line,
        "strict": percent(line.strict_rate),
        "picked_up": percent(line.pick_up_rate),
        "bar": charts.share_bar(line.strict_rate or 0.0),
    }


def _hours(minutes: float | None) -> str:
    return "–" if minutes is None else number_format(minutes / 60, decimal_pos=1)


def _cards(all_: q.Tally, first: date, end: date) -> list[Figure]:
    waited, talked = q.waits(first, end), q.talks(first, end)
    letters = q.letters(first, end)
    told, better = q.moods(first, end)
    return [
        Figure(
            title=_("Answered, of all attempts"),
            value=percent(all_.strict_rate),
            note=_("picked up %(share)s") % {"share": percent(all_.pick_up_rate)},
            definition=_("Answered divided by answered, abandoned, deflected and without counselling. Nothing leaves the denominator."),
            code="answer-rate",
        ),
        Figure(
            title=_("Half waited at most"),
            value=minutes(waited.half),
            note=_("nine of ten %(most)s, over %(n)s") % {"most": minutes(waited.most), "n": number_format(waited.n)},
            definition=_("From the queue to a counsellor, everybody who was picked up in writing or by phone."),
            code="wait",
        ),
        Figure(
            title=_("Letters answered within a day"),
            value=percent(letters.in_time),
            note=_("half within %(half)s h") % {"half": _hours(letters.minutes.half)},
            definition=_("Of all letters that wanted an answer; those not answered yet count as late."),
            code="letters-in-time",
        ),
        Figure(
            title=_("Half talked at least"),
            value=minutes(talked.half),
            note=_("%(better)s of %(told)s who ticked it felt better afterwards") % {"better": better, "told": told},
            definition=_("Median length of counselling conversations and calls, from counsellor to end."),
            code="talk",
        ),
    ]


def _waiting(waited: q.Spread) -> charts.Chart | None:
    if not waited.n:
        return None
    edges = [minutes(edge) for edge in q.WAIT_EDGES]
    names = [*(_("to %(edge)s") % {"edge": edge} for edge in edges), _("longer")]
    rows = [[name, str(n)] for name, n in zip(names, waited.columns, strict=True)]
    return charts.distribution(
        [charts.Bin(name, n) for name, n in zip(names, waited.columns, strict=True)],
        title=_("How long people waited for a person"),
        description=_("Half waited at most %(half)s, nine of ten %(most)s") % {"half": minutes(waited.half), "most": minutes(waited.most)},
        table=Table(caption=_("Waiting"), head=[_("Waiting"), _("People")], rows=rows),
    )


def _drawn(table: networks.Counted, title: str) -> charts.Chart | None:
    if not table.cells:
        return None
    words = [(networks.label(table.column, code) if code != networks.NO_EQUIVALENT else _("No home in CHI"), n) for code, n in table.cells]
    bars = [charts.Bar(_short(name), n, number_format(n)) for name, n in words[:LONGEST]]
    shown = Table(caption=title, head=[_("Group"), _("Contacts")], rows=[[name, number_format(n)] for name, n in words])
    return charts.bars(bars, title=title, description=". ".join(f"{name}: {n}" for name, n in words[:3]), table=shown)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"


@require_safe
@needs(Permission.EXPORT_FIGURES)
@sudo_required
def export(request: HttpRequest, network: str) -> HttpResponse:
    """One network's tables as CSV, small cells hidden, with the mark of its content; the export stands in the trail."""
    if network not in exports.NETWORKS:
        return errors.not_found(request, None)
    at = clock.now()
    period = periods.read(request.GET, at.astimezone(VILNIUS).date())
    made = exports.export(network, period.code, q.counselled(period.first, period.end))
    left = q.in_hand(period.first, period.end).total
    try:
        export_figures(by=actor(request), what=network, period=period.code, rows=made.contacts, left=left, at=at)
    except ActionRefused as refused:
        toasts.say(request, refused.text)
        return redirect(f"{reverse('helpline-figures')}?period={period.code}")
    body = csv_text(exports.HEAD, [*made.rows, (network, period.code, "mark", "sha256", made.mark, str(made.contacts))])
    response = HttpResponse(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{network}-{period.code}.csv"'
    return response


desk_urls = [
    path("figures/", figures, name="helpline-figures"),
    path("figures/<str:network>.csv", export, name="helpline-figures-csv"),
]

"""The rota: the week, one's own shifts, taking and giving up, checking in and out."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.line.forms.dates import today_of
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import attendance, calendar_links, shifts
from sauga.helpline.rota.forms import AssignForm, CheckOutForm
from sauga.helpline.rota.models import Shift
from sauga.helpline.rota.presenters import rota as words
from sauga.helpline.rota.queries import rota as queries
from sauga.helpline.rota.queries.calendars import calendar_text, link_of
from sauga.helpline.volunteers.queries import debriefs
from sauga.helpline.volunteers.rules.shift_eligibility import FAULTS
from sauga.kernel import clock, vocab
from sauga.kernel.identity import PersonActor, actor, needs, safe_path
from sauga.kernel.kit.actions import Outcome, post_action, respond
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import FormUnfit, Text
from sauga.kernel.ui import toasts
from sauga.kernel.ui.components import Moment

SHOWS = ("", "can", "gaps", "swaps")
UNFIT = 422
FAR = timedelta(days=3653)
ROTA = Permission.SEE_ROTA


def monday_of(text: str, today: date) -> date:
    """The Monday of “2026-W48”; anything else, and what lies more than ten years away, is this week."""
    ours = today - timedelta(days=today.weekday())
    try:
        named = date.fromisocalendar(int(text[:4]), int(text[6:]), 1) if text[4:6] == "-W" else ours
    except ValueError:
        return ours
    return named if abs(named - ours) < FAR else ours


def week_name(monday: date) -> str:
    """“2026-W48”."""
    year, week, _day = monday.isocalendar()
    return f"{year}-W{week:02}"


@require_safe
@needs(ROTA)
def rota(request: HttpRequest) -> HttpResponse:
    """A week of the rota."""
    by, at = actor(request), clock.now()
    monday = monday_of(request.GET.get("week", ""), today_of(at))
    show = request.GET.get("show", "")
    language = get_language() or "lt"
    whole = queries.week_of(by, monday, at, language=language)
    week = whole if show not in SHOWS[1:] else queries.week_of(by, monday, at, show=show, language=language)
    context = {
        "whole": whole,
        "week": week,
        "rows": [_drawn(row) for row in week.rows],
        "days": [(day, day == today_of(at), week.holidays.get(day, "")) for day in week.days],
        "sunday": monday + timedelta(days=6),
        "number": monday.isocalendar().week,
        "name": week_name(monday),
        "previous": week_name(monday - timedelta(days=7)),
        "next": week_name(monday + timedelta(days=7)),
        "this": week_name(today_of(at)),
        "show": show if show in SHOWS else "",
        "may_edit": by.can(Permission.EDIT_ROTA),
        "is_over": monday + timedelta(days=7) <= today_of(at),
        **_mine(by, at),
    }
    return render(request, "helpline/rota/desk/rota.html", context)


def _mine(by: PersonActor, at: datetime) -> dict[str, Any]:
    if not by.can(Permission.CLAIM_SHIFT):
        return {"may_claim": False}
    return {
        "may_claim": True,
        "own": [
            (one, *words.MARKS.get(one.shift.state, ("calm", "dot")), *_said(one.shift))
            for one in queries.my_shifts(by, at)
        ],
        "checks": [(check, *words.check_words(check)) for check in queries.my_checks(by, at)],
        "owed": debriefs.owed_by(by.person_id),
    }


def _said(shift: Shift) -> tuple[str, str]:
    return words.channels_of(shift.channels, shift.is_lead), words.state(shift)


def _drawn(row: queries.Row) -> dict[str, Any]:
    """One row of the grid as the template draws it."""
    return {
        "name": words.channels_of(row.channels, row.is_lead),
        "begins": row.begins,
        "ends": row.ends,
        "minimum": row.minimum,
        "cells": [(cell, _why(cell)) for cell in row.cells],
    }


def _why(cell: queries.Cell) -> str:
    """Why the free place of a cell is not for me, in two words."""
    slot = cell.open_slot
    if slot is None or slot.may_take or not slot.faults:
        return ""
    return str(words.SHORT[slot.faults[0]])


@require_safe
@needs(Permission.CLAIM_SHIFT)
def mine(request: HttpRequest) -> HttpResponse:
    """My shifts, ahead and over, and the calendar's address."""
    by, at = actor(request), clock.now()
    past = [
        (one.shift, *words.MARKS.get(one.shift.state, ("calm", "dot")), *_said(one.shift))
        for one in queries.my_shifts(by, at, past=True)
    ]
    context = {
        **_mine(by, at),
        "past": past,
        "link": link_of(by.person_id),
        "secret": "",
        "this": week_name(today_of(at)),
    }
    return render(request, "helpline/rota/desk/rota_mine.html", context)


@require_POST
@needs(Permission.CLAIM_SHIFT)
def calendar_link(request: HttpRequest) -> HttpResponse:
    """Make the calendar's address anew (shown once) or take it away."""
    by, at = actor(request), clock.now()
    if "drop" in request.POST:
        if calendar_links.drop_link(by=by, at=at):
            toasts.say(request, gettext("The calendar's address stopped working."))
        return HttpResponseRedirect(reverse("helpline-rota-mine"))
    secret = calendar_links.renew_link(by=by, at=at)
    address = f"{settings.ENV.base_url.rstrip('/')}/shifts/{secret}.ics"
    context = {
        **_mine(by, at),
        "past": [],
        "link": link_of(by.person_id),
        "secret": address,
        "this": week_name(today_of(at)),
    }
    answer = render(request, "helpline/rota/desk/rota_mine.html", context)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """A volunteer's shifts as iCalendar, behind a secret address.

    Wrong, old and taken away ones answer with the same bytes.
    """
    text = calendar_text(secret, clock.now())
    if text is None:
        return HttpResponse(
            "Not found\n", status=404, content_type="text/plain", headers={"Cache-Control": "no-store"}
        )
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": 'inline; filename="shifts.ics"',
        "X-Robots-Tag": "noindex",
    }
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)


@require_safe
@needs(ROTA)
def shift(request: HttpRequest, ref: str) -> HttpResponse:
    """One shift: who, what may be done with it, what became of it."""
    return _shift_page(request, ref)


def _shift_page(request: HttpRequest, ref: str, form: CheckOutForm | None = None) -> HttpResponse:
    by, at = actor(request), clock.now()
    slot = queries.shift_for(by, ref, at)
    one = slot.shift
    may_edit = by.can(Permission.EDIT_ROTA)
    own = (
        next((own for own in queries.my_shifts(by, at) if own.shift.pk == one.pk), None)
        if slot.is_mine
        else None
    )
    moments = [
        Moment(
            text=vocab.label("state.shift", step.after), when=step.at, kind="now" if not number else "done"
        )
        for number, step in enumerate(queries.history(one))
    ]
    context = {
        "slot": slot,
        "shift": one,
        "own": own,
        "name": words.channels_of(one.channels, one.is_lead),
        "state": words.state(one),
        "mark": words.MARKS.get(one.state, ("calm", "dot")),
        "faults": [FAULTS[fault] for fault in slot.faults],
        "moments": moments,
        "may_edit": may_edit,
        "assign": AssignForm(shift=one, at=at) if may_edit and one.state == "OPEN" else None,
        "check_out": form or (CheckOutForm() if slot.is_mine and one.state in queries.HERE else None),
        "week": week_name(today_of(one.begins_at)),
    }
    return render(
        request,
        "helpline/rota/desk/rota_shift.html",
        context,
        status=UNFIT if form is not None and form.errors else 200,
    )


def _taken(shift: Shift) -> tuple[str, str]:
    if shift.state == "CLAIMED":
        return gettext("Taken. Confirm it at least a day before it begins."), "give-back"
    return gettext("Taken and confirmed."), ""


def _cancelled(shift: Shift) -> tuple[str, str]:
    if shift.state == "LATE_CANCELLED":
        return gettext("Cancelled. The shift leads see the gap now."), ""
    return gettext("Cancelled. The slot is open to others."), ""


# What can be done with a shift: the action, and its message with the name of what undoes it.
ACTS: dict[str, tuple[Callable[..., Shift], tuple[Text, str] | Callable[[Shift], tuple[str, str]]]] = {
    "claim": (shifts.claim_shift, _taken),
    "give-back": (shifts.give_back, (_("The shift is open to others again."), "claim")),
    "confirm": (shifts.confirm_shift, (_("Confirmed."), "")),
    "cancel": (shifts.cancel_shift, _cancelled),
    "offer": (shifts.offer_swap, (_("Offered. The shift stays yours until a colleague takes it."), "keep")),
    "keep": (shifts.withdraw_swap, (_("The shift stays yours."), "offer")),
    "take-over": (shifts.take_swap, (_("The shift is yours now, and confirmed."), "")),
    "check-in": (attendance.check_in, (_("Welcome. Duty has begun."), "")),
    "withdraw": (shifts.withdraw_place, (_("The slot is withdrawn."), "")),
}


@require_POST
@needs(ROTA)
def act(request: HttpRequest, ref: str, what: str) -> HttpResponse:
    """Do one thing with a shift and go back; the action itself asks who may."""
    by, at = actor(request), clock.now()
    one = queries.shift_for(by, ref, at).shift
    if what not in ACTS:
        raise Http404

    def perform() -> Outcome:
        action, outcome = ACTS[what]
        done = action(by=by, shift=one, at=at)
        said, undo = outcome(done) if callable(outcome) else outcome
        return Outcome(said, undo=reverse("helpline-shift-act", args=[ref, undo]) if undo else "")

    return respond(request, perform, _back(request, one))


def _back(request: HttpRequest, one: Shift) -> str:
    return (
        safe_path(request.POST.get("next", ""))
        or f"{reverse('helpline-rota')}?week={week_name(today_of(one.begins_at))}"
    )


@needs(Permission.EDIT_ROTA)
@post_action("helpline-shift")
def assign(request: HttpRequest, ref: str) -> str:
    """Give an open shift to a volunteer."""
    by, at = actor(request), clock.now()
    one = queries.shift_for(by, ref, at).shift
    form = AssignForm(request.POST, shift=one, at=at)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a volunteer who may take this shift."))
    shifts.assign_shift(by=by, shift=one, person_id=form.cleaned_data["person"], at=at)
    return gettext("Assigned. The volunteer confirms it, or you do when they have told you.")


@require_POST
@needs(Permission.CLAIM_SHIFT)
def check_out(request: HttpRequest, ref: str) -> HttpResponse:
    """End my shift with the one question."""
    by, at = actor(request), clock.now()
    one = queries.shift_for(by, ref, at).shift
    form = CheckOutForm(request.POST)

    def perform(given: dict[str, Any]) -> str:
        done = attendance.check_out(by=by, shift=one, at=at, **given)
        thanks = gettext("Thank you for this shift.")
        return thanks if done.done_at else f"{thanks} {gettext('A shift lead will talk with you.')}"

    return submitted(request, form, perform, "helpline-rota-mine") or _shift_page(request, ref, form)

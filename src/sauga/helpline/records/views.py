"""The record of a contact: written in a minute beside the next conversation, or on a page of its own; and
one's own contacts.
"""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from sauga.helpline.line.presenters import band_mark
from sauga.helpline.permissions import Permission
from sauga.helpline.records import actions as records
from sauga.helpline.records import queries
from sauga.helpline.records.forms import FindForm, NonDataForm, RecordForm, initial_of
from sauga.helpline.records.models import Attempt
from sauga.kernel import clock, vocab
from sauga.kernel.identity import actor, needs
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui import toasts

UNFIT, REFUSED = 422, 409


def record_context(
    attempt: Attempt, at: datetime, form: RecordForm | None = None, kind: NonDataForm | None = None
) -> dict[str, Any]:
    """What `_record.html` needs."""
    wrap = queries.wrap_up(attempt, at)
    return {
        "wrap": wrap,
        "wrap_clock": f"{wrap.seconds // 60}:{wrap.seconds % 60:02}",
        "wrap_tone": "late" if wrap.is_late else "wait" if wrap.share >= 1 else "",
        "wrap_since": int(wrap.since.timestamp()) if wrap.since else None,
        "channel": vocab.label("channel", attempt.channel),
        "spoken": vocab.label("language", attempt.language),
        "record_form": form or RecordForm(day=attempt.day, initial=initial_of(wrap.known)),
        "nondata_form": kind or NonDataForm(channel=attempt.channel, day=attempt.day),
        "record": queries.record_of(attempt),
    }


@needs(Permission.WRITE_UP)
def record(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the record of a contact, or correct it."""
    by, at = actor(request), clock.now()
    attempt = queries.attempt_for(by, ref)
    held = queries.record_of(attempt)
    first = (
        initial_of(queries.codes_of(held), queries.note_of(held, by)) if held and not held.non_data else None
    )
    first = first or initial_of(queries.wrap_up(attempt, at).known)
    if request.method != "POST":
        return _page(request, attempt, RecordForm(day=attempt.day, initial=first))
    form = RecordForm(request.POST, day=attempt.day, initial=first)
    if not form.is_valid():
        return _page(request, attempt, form, status=UNFIT)
    try:
        if held is None:
            records.write_record(
                by=by, attempt=attempt, codes=form.codes(), note=form.cleaned_data["note"], at=at
            )
        else:
            note = form.cleaned_data["note"] if "note" in form.changed_data else None
            records.change_record(by=by, record=held, codes=form.codes(), note=note, at=at)
    except ActionRefused as refused:
        return _page(request, attempt, form, trouble=refused.text, status=REFUSED)
    toasts.say(request, gettext("Record saved."))
    return HttpResponseRedirect(_onward(request))


@require_POST
@needs(Permission.WRITE_UP)
def nondata(request: HttpRequest, ref: str) -> HttpResponse:
    """Close a contact without counselling."""
    by, at = actor(request), clock.now()
    attempt = queries.attempt_for(by, ref)
    form = NonDataForm(request.POST, channel=attempt.channel, day=attempt.day)
    if not form.is_valid():
        return _page(
            request,
            attempt,
            RecordForm(day=attempt.day, initial=initial_of(queries.wrap_up(attempt, at).known)),
            kind=form,
            status=UNFIT,
        )
    try:
        records.close_nondata(by=by, attempt=attempt, kind=form.cleaned_data["kind"], at=at)
    except ActionRefused as refused:
        toasts.refuse(request, refused.text)
        return HttpResponseRedirect(reverse("helpline-record", args=[ref]))
    toasts.say(
        request,
        gettext(
            "Closed without counselling. It stays in the figures; you can still write a record under "
            "“My contacts”."
        ),
    )
    return HttpResponseRedirect(_onward(request))


def _onward(request: HttpRequest) -> str:
    """To the conversation that goes on, else to the desk."""
    if ref := queries.conversation_in_hand(actor(request)):
        return reverse("helpline-talk", args=[ref])
    return reverse("helpline-desk") if actor(request).can(Permission.BE_ON_DUTY) else reverse("helpline-mine")


def _page(
    request: HttpRequest,
    attempt: Attempt,
    form: RecordForm,
    *,
    kind: NonDataForm | None = None,
    trouble: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {**record_context(attempt, clock.now(), form, kind), "trouble": trouble, "alone": True}
    return render(request, "helpline/records/desk/record.html", context, status=status)


@require_safe
@needs(Permission.WRITE_UP)
def mine(request: HttpRequest) -> HttpResponse:
    """One's own contacts, by reference. Words are never searched."""
    form = FindForm(request.GET)
    find = form.cleaned_data["find"] if form.is_valid() else ""
    rows = [
        (
            attempt,
            queries.record_of(attempt),
            vocab.label("channel", attempt.channel),
            band_mark(attempt.band or "NONE"),
        )
        for attempt in queries.own_contacts(actor(request), find)
    ]
    return render(request, "helpline/records/desk/mine.html", {"rows": rows, "form": form, "find": find})

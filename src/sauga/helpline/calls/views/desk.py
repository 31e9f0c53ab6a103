"""The page of calls: one key opens a record, its clock runs from the ring to the wrap-up; missed calls are
counted, not hidden.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.helpline.calls import queries
from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.forms import HandOverForm, OpenForm
from sauga.helpline.calls.models import Call
from sauga.helpline.calls.presenters import length, running
from sauga.helpline.calls.queries import CallLine, DoneLine
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.queries.announcements import announcements_for
from sauga.helpline.states import CallState
from sauga.kernel import clock, vocab
from sauga.kernel.i18n import languages
from sauga.kernel.i18n.values.numbers import percent
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Said, post_action_on
from sauga.kernel.refusals import FormUnfit
from sauga.kernel.ui import components, toasts

MARKS = {
    CallState.RINGING: ("wait", "ring"),
    CallState.GREETING: ("wait", "half"),
    CallState.WAITING: ("wait", "half"),
    CallState.OFFERED: ("wait", "half"),
    CallState.CONNECTED: ("act", "target"),
    CallState.HELD: ("calm", "bars"),
    CallState.CONSULT: ("act", "target"),
    CallState.TRANSFERRED: ("act", "target"),
    CallState.ENDED: ("calm", "bars"),
    CallState.WRAP_UP: ("calm", "bars"),
}
OUTCOMES = {
    "ANSWERED": ("good", "tick"),
    "NON_DATA": ("calm", "dash"),
    "ABANDONED": ("bad", "cross"),
    "DEFLECTED": ("info", "ring"),
}
OFTEN = 3
"""Who rang so often before within the hour is marked, so that whoever picks up can be prepared;
nobody is refused.
"""


@needs(Permission.TAKE_CALL)
def page(request: HttpRequest) -> HttpResponse:
    """Everything at the telephones, for one person."""
    by, at = actor(request), clock.now()
    found = queries.calls_page(by=by, at=at)
    context = {
        "ringing": [shown(line, at) for line in found.ringing],
        "mine": [shown(line, at) for line in found.mine],
        "unclaimed": [shown(line, at) for line in found.unclaimed],
        "to_write": [shown(line, at) for line in found.to_write],
        "others": [shown(line, at) for line in found.others],
        "done": [_done(line) for line in found.done],
        "figures": _figures(found.counts),
        "form": OpenForm(),
        "hand_over": _hand_over(by, found.mine),
        "at": at,
        "shift_words": announcements_for(by, at),
    }
    return render(request, "helpline/calls/desk/calls.html", context)


def _hand_over(by: PersonActor, mine: tuple[CallLine, ...]) -> HandOverForm | None:
    """Asked for only while consulting."""
    return (
        HandOverForm(colleagues=queries.colleagues_on_calls(by))
        if any(one.state == CallState.CONSULT for one in mine)
        else None
    )


def shown(line: CallLine, at: datetime) -> dict[str, Any]:
    """One open call, ready to be drawn; also on the board."""
    tone, shape = MARKS[line.state]
    return {
        "line": line,
        "state": STATE_WORDS[line.state],
        "tone": tone,
        "shape": shape,
        "clock": running(line.since, at),
        "since": int(line.since.timestamp()),
        "channel": vocab.label("channel", line.channel),
        "language": "" if line.language == languages.DEFAULT else vocab.label("language", line.language),
        "from_browser": line.channel == "BROWSER_CALL",
        "again": gettext("rang %(n)d times within the hour") % {"n": line.rang_before + 1}
        if line.rang_before >= OFTEN
        else "",
    }


STATE_WORDS = {
    CallState.RINGING: pgettext_lazy("call", "rings"),
    CallState.GREETING: pgettext_lazy("call", "hears the greeting"),
    CallState.WAITING: pgettext_lazy("call", "waits"),
    CallState.OFFERED: pgettext_lazy("call", "rings at a desk"),
    CallState.CONNECTED: pgettext_lazy("call", "talking"),
    CallState.HELD: pgettext_lazy("call", "on hold"),
    CallState.CONSULT: pgettext_lazy("call", "talking, consulting"),
    CallState.TRANSFERRED: pgettext_lazy("call", "talking, handed over"),
    CallState.ENDED: pgettext_lazy("call", "to be written up"),
    CallState.WRAP_UP: pgettext_lazy("call", "to be written up"),
}


def _done(line: DoneLine) -> dict[str, Any]:
    tone, shape = OUTCOMES.get(line.outcome, ("calm", "dashed"))
    words = line.reason if line.outcome in {"ABANDONED", "DEFLECTED"} else ""
    return {
        "hour": f"{line.hour:02}",
        "tone": tone,
        "shape": shape,
        "outcome": vocab.label("outcome_reason", words)
        if words
        else vocab.label("outcome_class", line.outcome),
        "channel": vocab.label("channel", line.channel),
        "wait": length(line.wait),
        "talk": length(line.talk),
        "who": line.who,
    }


def _figures(counts: queries.Counts) -> list[components.Figure]:
    share = counts.picked_up_share
    return [
        components.Figure(
            title=_("Rang today"),
            value=str(counts.attempted),
            note=gettext("%(n)d still open") % {"n": counts.open},
        ),
        components.Figure(
            title=_("Counselled"),
            value=str(counts.answered),
            note=gettext("%(n)d without counselling") % {"n": counts.non_data},
        ),
        components.Figure(
            title=_("Missed"),
            value=str(counts.missed),
            note=gettext("and %(n)d who hung up within 15 s") % {"n": counts.short},
            definition=_(
                "The caller hung up before anybody answered. Leaving within 15 seconds is counted "
                "apart, never dropped."
            ),
        ),
        components.Figure(
            title=_("Picked up"),
            value="–" if share is None else percent(round(share * 100, 1)),
            note=gettext("%(n)d rang when busy or closed") % {"n": counts.deflected},
            definition=_(
                "Answered, with or without counselling, of all that are over. Busy and closed times "
                "stay in the denominator."
            ),
        ),
    ]


# Acts
# ------------------------------------------------------------------------------------------------------------
@require_POST
@needs(Permission.TAKE_CALL)
def open_call(request: HttpRequest) -> HttpResponse:
    """One key: it rings, or I am talking already."""
    form, answered = OpenForm(request.POST), request.POST.get("now") == "talk"
    if not form.is_valid():
        toasts.say(
            request, gettext("Nothing was opened: the language or the time is not one of those offered.")
        )
        return HttpResponseRedirect(reverse("helpline-calls"))
    call = calls.open_call(by=actor(request), answered=answered, at=clock.now(), **form.given)
    said = (
        gettext("The record is open and the time is running.")
        if answered
        else gettext("It rings. Press a when you pick up.")
    )
    toasts.say(request, said, undo=reverse("helpline-call-undo", args=[call.ref]))
    return HttpResponseRedirect(reverse("helpline-calls"))


def _act(view: Callable[..., Said]) -> Callable[..., HttpResponseBase]:
    """A post about one call that goes back to the page of calls."""
    return needs(Permission.TAKE_CALL)(
        post_action_on(queries.call_for, lambda _by, _call: reverse("helpline-calls"))(view)
    )


@_act
def answer(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str | HttpResponse:
    """Pick up, or take the record of a call that the switchboard connected."""
    held = calls.connect(by=by, call=call, at=at)
    return (
        HttpResponseRedirect(reverse("helpline-call-talk", args=[held.ref])) if held.line == "BROWSER" else ""
    )


@_act
def hold(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """The caller waits a moment."""
    calls.hold(by=by, call=call, at=at)
    return ""


@_act
def resume(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """Back to the caller."""
    calls.resume(by=by, call=call, at=at)
    return ""


@_act
def consult(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """Ask a colleague beside the call."""
    calls.consult(by=by, call=call, at=at)
    return gettext("The shift lead sees that you want to consult.")


@_act
def hand_over(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """A colleague goes on."""
    form = HandOverForm(request.POST, colleagues=queries.colleagues_on_calls(by))
    if not form.is_valid():
        raise FormUnfit(gettext("Choose who goes on with the call."))
    calls.hand_over(by=by, call=call, to=form.cleaned_data["to"], at=at)
    return gettext("Handed over. The colleague writes it up.")


@_act
def risk(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """Mark or unmark a caller at risk."""
    held = calls.flag_risk(by=by, call=call, at=at)
    return (
        gettext("Marked: the shift lead sees it on top.")
        if held.is_at_risk
        else gettext("The mark is removed.")
    )


@_act
def end(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """Hang up; the record waits below."""
    calls.end(by=by, call=call, at=at)
    return gettext("The call is over. Take a breath, then write it up.")


@_act
def missed(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """It stopped ringing before anybody picked up."""
    calls.abandon(by=by, call=call, at=at)
    return gettext("Counted as missed.")


@_act
def undo(request: HttpRequest, by: PersonActor, call: Call, at: datetime) -> str:
    """There was no call: a slip of the finger."""
    calls.undo_call(by=by, call=call, at=at)
    return gettext("Taken back; nothing is counted.")

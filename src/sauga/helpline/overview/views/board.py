"""The shift lead's board: channels, announcements, duty waivers; and one conversation as its lead sees it."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext

from sauga.helpline.calls.presenters import running
from sauga.helpline.calls.views.desk import shown
from sauga.helpline.chat.actions import conversation_events, supervision
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries import supervision as lead_queries
from sauga.helpline.chat.queries.conversations import conversation_for, keys_at_desk
from sauga.helpline.line.presenters import band
from sauga.helpline.overview import presenters as words
from sauga.helpline.overview.forms import (
    AnnouncementForm,
    OrderForm,
    PauseForm,
    TakeOverForm,
    WaiverForm,
    WhisperForm,
)
from sauga.helpline.overview.queries import board as queries
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.actions import announcements, channel_pauses, duty_waivers
from sauga.helpline.rota.queries.announcements import current_announcements
from sauga.helpline.rota.queries.duty import absent_people, waivers_today
from sauga.helpline.states import TALKING, WAITING
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import Outcome, Said, post_action, post_action_on
from sauga.kernel.refusals import FormUnfit
from sauga.kernel.ui import toasts

PAUSABLE = ("PHONE", "CHAT", "LETTER")


@needs(Permission.LEAD_SHIFT)
def board(request: HttpRequest) -> HttpResponse:
    """The shift at a glance; renewed by itself, whole without a script."""
    by, at = actor(request), clock.now()
    found = queries.board(by=by, at=at)
    context = {
        **words.context(found, at),
        "calls": [shown(line, at) for line in found.calls],
        "pause_form": PauseForm(),
        "pass_form": WaiverForm(people=[pair for pair in absent_people(at) if pair[0] != by.person_id]),
        "passes": [(row, vocab.label("duty_pass_reason", row.reason)) for row in waivers_today(at)],
        "word_form": AnnouncementForm(),
        "said": current_announcements(by, at),
        "pausable": [(code, vocab.label("channel", code)) for code in PAUSABLE],
        "may_pause": by.can(Permission.PAUSE_CHANNELS),
    }
    return render(request, "helpline/overview/desk/board.html", context)


@needs(Permission.LEAD_SHIFT)
def talk(request: HttpRequest, ref: str) -> HttpResponse:
    """One conversation as its lead sees it. The child's words are shown only while listening in, which the
    counsellor sees.
    """
    by, at = actor(request), clock.now()
    conversation = conversation_for(by, ref)
    if conversation.monitored_by_id == by.person_id:
        supervision.still_listening(by=by, ref=conversation.ref, at=at)
    seen = lead_queries.lead_view(by=by, conversation=conversation)
    context = {
        "talk": conversation,
        "seen": seen,
        "band": band(conversation.band),
        "clock": running(seen.since, at),
        "since": int(seen.since.timestamp()),
        "is_talking": conversation.state in TALKING,
        "is_waiting": conversation.state in WAITING,
        "is_mine": conversation.owner_id == by.person_id,
        "is_listening": conversation.monitored_by_id == by.person_id,
        "locked": by.vault is None,
        "whisper_form": WhisperForm(),
        "order_form": OrderForm(initial={"band": conversation.band}),
        "take_over_form": TakeOverForm(),
        "at": at,
    }
    return render(request, "helpline/overview/desk/board_talk.html", context)


def _act(view: Callable[..., Said]) -> Callable[..., HttpResponseBase]:
    """A post about one conversation that goes back to its page."""
    to = post_action_on(
        conversation_for, lambda _by, conversation: reverse("helpline-board-talk", args=[conversation.ref])
    )
    return needs(Permission.LEAD_SHIFT)(to(view))


@_act
def whisper(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """A note for the counsellor that the child never sees."""
    form = WhisperForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Write a few words first."))
    if by.vault is None:
        raise sealed.VaultLocked
    _words, desk_key = keys_at_desk(conversation, by.vault)
    conversation_events.whisper(
        by=by, conversation=conversation, desk_key=desk_key, text=form.cleaned_data["text"], at=at
    )
    return gettext("Whispered. Only the counsellor and shift leads see it.")


@_act
def listen(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """Begin to listen in."""
    supervision.listen_in(by=by, conversation=conversation, at=at)
    return gettext(
        "You are listening in. The counsellor sees it; start, end and duration are in the audit log."
    )


@_act
def stop(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """End it."""
    supervision.stop_listening(by=by, conversation=conversation, at=at)
    return gettext("You no longer listen.")


@_act
def order(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """Another place in the queue, with a reason."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a risk and a reason."))
    supervision.change_order(by=by, conversation=conversation, at=at, **form.cleaned_data)
    return gettext("The order is changed; the reason is in the audit log.")


@_act
def take_over(
    request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime
) -> str | HttpResponse:
    """Go on oneself: at the counsellor's desk."""
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Choose a reason."))
    supervision.take_over(by=by, conversation=conversation, at=at, **form.cleaned_data)
    toasts.say(request, gettext("The conversation is yours. The child and the colleague are told."))
    try:
        return HttpResponseRedirect(reverse("helpline-talk", args=[conversation.ref]))
    except NoReverseMatch:
        return ""


@_act
def answer_call(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """The lead who was called has come."""
    supervision.answer_call(by=by, conversation=conversation, at=at)
    return gettext("The counsellor knows that you are here.")


@needs(Permission.PAUSE_CHANNELS)
@post_action("helpline-board")
def pause(request: HttpRequest) -> str | Outcome:
    """Pause a channel."""
    form, channel = PauseForm(request.POST), request.POST.get("channel", "")
    if not form.is_valid() or channel not in PAUSABLE:
        raise FormUnfit(gettext("Nothing is paused: choose a channel and a reason."))
    channel_pauses.pause_channel(by=actor(request), channel=channel, at=clock.now(), **form.cleaned_data)
    said = gettext("Paused. Children are offered a letter and 116 111; those who wait keep their place.")
    return Outcome(said, undo=reverse("helpline-board-resume", args=[channel]))


@needs(Permission.PAUSE_CHANNELS)
@post_action("helpline-board")
def resume(request: HttpRequest, channel: str) -> str:
    """The pause is over; whether the channel opens, its hours and people say."""
    channel_pauses.resume_channel(by=actor(request), channel=channel, at=clock.now())
    return gettext("The pause is over.")


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def announce(request: HttpRequest) -> str | Outcome:
    """Announce something to everybody on duty."""
    form = AnnouncementForm(request.POST)
    if not form.is_valid():
        raise FormUnfit(gettext("Nothing was said: write at most 400 characters."))
    word = announcements.announce(
        by=actor(request), text=form.cleaned_data["text"], hours=form.cleaned_data["hours"], at=clock.now()
    )
    return Outcome(
        gettext("Everybody on duty reads it now."), undo=reverse("helpline-shift-word-end", args=[word.ref])
    )


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def withdraw_announcement(request: HttpRequest, word: str) -> str | None:
    """Withdraw an announcement."""
    ended = announcements.take_back_word(by=actor(request), ref=word, at=clock.now())
    return gettext("It is not shown any more.") if ended else None


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def grant_waiver(request: HttpRequest) -> str | Outcome:
    """Grant a waiver for today."""
    at = clock.now()
    form = WaiverForm(request.POST, people=absent_people(at))
    if not form.is_valid():
        raise FormUnfit(gettext("Choose who may begin, and why."))
    person = form.cleaned_data["person"]
    duty_waivers.grant_waiver(by=actor(request), person_id=person, reason=form.cleaned_data["reason"], at=at)
    said = gettext("They may begin today. The coordinator of volunteers hears that something is missing.")
    return Outcome(said, undo=reverse("helpline-duty-pass-back", args=[person]))


@needs(Permission.LEAD_SHIFT)
@post_action("helpline-board")
def withdraw_waiver(request: HttpRequest, pk: int) -> str | None:
    """Withdraw today's waiver."""
    taken = duty_waivers.withdraw_waiver(by=actor(request), person_id=pk, at=clock.now())
    return gettext("Taken back. Who is on duty already stays.") if taken else None

"""The shift lead's board, and the lead's page of one conversation: whisper, listen in, another order, take over."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from sauga.helpline.actions import door, messages, queue, supervision, talking
from sauga.helpline.forms.board import DutyPassForm, OrderForm, PauseForm, ShiftWordForm, TakeOverForm, WhisperForm
from sauga.helpline.models import Conversation
from sauga.helpline.queries import board as queries
from sauga.helpline.queries import lead as lead_queries
from sauga.helpline.queries.conversation import conversation_for, keys_at_desk
from sauga.helpline.queries.readiness import absent_people, passes_today
from sauga.helpline.queries.shift_words import words_said
from sauga.helpline.rules import messaging
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.states import TALKING, WAITING
from sauga.helpline.views import board_words as words
from sauga.helpline.views.calls import shown
from sauga.helpline.views.clocks import running
from sauga.kernel import clock, sealed, vocab
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.states import MoveNotAllowed
from sauga.kernel.ui import toasts

REFUSALS: dict[type[Exception], Callable[[], str]] = {
    MoveNotAllowed: lambda: gettext("The conversation has moved on; look at it again."),
    messaging.ConversationOver: lambda: gettext("The conversation has moved on; look at it again."),
    messages.NothingToSay: lambda: gettext("Write a few words first."),
    messages.TooLong: lambda: gettext("The whisper is too long."),
    queue.ReasonMissing: lambda: gettext("Choose a reason."),
    supervision.ListeningOff: lambda: gettext("Listening in is switched off at this line."),
    supervision.ListenedAlready: lambda: gettext("A colleague is listening already."),
    sealed.KeyNotAvailable: lambda: gettext("Your vault is locked. Unlock it with your password first."),
    door.DoorClosedAlready: lambda: gettext("This channel is paused already."),
    door.DoorNotClosed: lambda: gettext("This channel is not paused any more."),
}
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
        "pass_form": DutyPassForm(people=[pair for pair in absent_people(at) if pair[0] != by.person_id]),
        "passes": [(row, vocab.label("duty_pass_reason", row.reason)) for row in passes_today(at)],
        "word_form": ShiftWordForm(),
        "said": words_said(by, at),
        "pausable": [(code, vocab.label("channel", code)) for code in PAUSABLE],
        "may_door": by.can(Permission.OPEN_DOOR),
    }
    return render(request, "helpline/desk/board.html", context)


@needs(Permission.LEAD_SHIFT)
def talk(request: HttpRequest, ref: str) -> HttpResponse:
    """One conversation as its lead sees it. The child's words are shown only while listening in, which the counsellor sees."""
    by, at = actor(request), clock.now()
    conversation = conversation_for(by, ref)
    if conversation.monitored_by_id == by.person_id:
        supervision.still_listening(by=by, ref=conversation.ref, at=at)
    seen = lead_queries.lead_view(by=by, conversation=conversation)
    context = {
        "talk": conversation,
        "seen": seen,
        "band": words.band(conversation.band),
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
    return render(request, "helpline/desk/board_talk.html", context)


type Act = Callable[[HttpRequest, PersonActor, Conversation, datetime], str | HttpResponse]


def _act(view: Act) -> Callable[..., HttpResponseBase]:
    """A post about one conversation that says what came of it and goes back to its page, or to the board when it is out of reach."""

    @require_POST
    @needs(Permission.LEAD_SHIFT)
    @wraps(view)
    def acted(request: HttpRequest, ref: str) -> HttpResponse:
        by = actor(request)
        conversation = conversation_for(by, ref)
        try:
            said = view(request, by, conversation, clock.now())
        except tuple(REFUSALS) as refused:
            said = next(text() for kind, text in REFUSALS.items() if isinstance(refused, kind))
        if isinstance(said, HttpResponse):
            return said
        if said:
            toasts.say(request, said)
        return HttpResponseRedirect(reverse("helpline-board-talk", args=[conversation.ref]))

    return acted


@_act
def whisper(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """Words for the counsellor that the child never sees."""
    form = WhisperForm(request.POST)
    if not form.is_valid():
        return gettext("Write a few words first.")
    if by.vault is None:
        raise sealed.KeyNotAvailable("locked")
    _words, desk_key = keys_at_desk(conversation, by.vault)
    talking.whisper(by=by, conversation=conversation, desk_key=desk_key, text=form.cleaned_data["text"], at=at)
    return gettext("Whispered. Only the counsellor and shift leads see it.")


@_act
def listen(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """Begin to read along."""
    supervision.listen_in(by=by, conversation=conversation, at=at)
    return gettext("You are listening. The counsellor sees it; begin, end and seconds stand in the trail.")


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
        return gettext("Choose a risk and a reason.")
    supervision.change_order(by=by, conversation=conversation, at=at, **form.cleaned_data)
    return gettext("The order is changed; the trail keeps the reason.")


@_act
def take_over(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str | HttpResponse:
    """Go on oneself: at the counsellor's desk."""
    form = TakeOverForm(request.POST)
    if not form.is_valid():
        return gettext("Choose a reason.")
    supervision.take_over(by=by, conversation=conversation, at=at, **form.cleaned_data)
    toasts.say(request, gettext("The conversation is yours. The child and the colleague are told."))
    try:
        return HttpResponseRedirect(reverse("helpline-talk", args=[conversation.ref]))
    except NoReverseMatch:
        return ""


@_act
def came(request: HttpRequest, by: PersonActor, conversation: Conversation, at: datetime) -> str:
    """The lead who was called has come."""
    supervision.answer_call(by=by, conversation=conversation, at=at)
    return gettext("The counsellor knows that you are here.")


@require_POST
@needs(Permission.OPEN_DOOR)
def pause(request: HttpRequest) -> HttpResponse:
    """Nobody new on a channel for a while."""
    form, channel = PauseForm(request.POST), request.POST.get("channel", "")
    if not form.is_valid() or channel not in PAUSABLE:
        toasts.say(request, gettext("Nothing is paused: choose a channel and a reason."))
        return HttpResponseRedirect(reverse("helpline-board"))
    try:
        door.close_door(by=actor(request), channel=channel, at=clock.now(), **form.cleaned_data)
    except door.DoorClosedAlready as refused:
        toasts.say(request, REFUSALS[type(refused)]())
    else:
        said = gettext("Paused. Children are offered a letter and 116 111; those who wait keep their place.")
        toasts.say(request, said, undo=reverse("helpline-board-resume", args=[channel]))
    return HttpResponseRedirect(reverse("helpline-board"))


@require_POST
@needs(Permission.OPEN_DOOR)
def resume(request: HttpRequest, channel: str) -> HttpResponse:
    """The pause is over; whether the channel opens, its hours and people say."""
    try:
        door.open_door(by=actor(request), channel=channel, at=clock.now())
    except door.DoorNotClosed as refused:
        toasts.say(request, REFUSALS[type(refused)]())
    else:
        toasts.say(request, gettext("The pause is over."))
    return HttpResponseRedirect(reverse("helpline-board"))


desk_urls = [
    path("board/", board, name="helpline-board"),
    path("board/pause/", pause, name="helpline-board-pause"),
    path("board/resume/<str:channel>/", resume, name="helpline-board-resume"),
    path("board/<str:ref>/", talk, name="helpline-board-talk"),
    *(
        path(f"board/<str:ref>/{act.__name__.replace('_', '-')}/", act, name=f"helpline-board-{act.__name__.replace('_', '-')}")
        for act in (whisper, listen, stop, order, take_over, came)
    ),
]

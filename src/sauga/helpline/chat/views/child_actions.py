"""The child's posts in a conversation: each names its action. One that comes too late says so and returns
what was written.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from sauga.helpline.chat.actions import child as own
from sauga.helpline.chat.actions import conversation_events, messages, transfers
from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.forms.child import AboutForm, AfterForm, DangerForm, MessageForm
from sauga.helpline.chat.queries.child import Page, page_of
from sauga.helpline.chat.rules import messages as message_rules
from sauga.helpline.chat.rules.safeguarding_provider import safeguarding
from sauga.helpline.chat.views import child_pages, visitor_session
from sauga.helpline.chat.views.child_pages import CHILD
from sauga.helpline.chat.views.visitor_session import VisitorSession
from sauga.helpline.line.rules import triage
from sauga.helpline.states import ChatState
from sauga.kernel import sealed
from sauga.kernel.states import MoveNotAllowed

RECEIPT_AGE = timedelta(hours=12)
NONCE_BYTES = 16
TOO_LATE = (message_rules.ConversationOver, transfers.TransferOver, MoveNotAllowed)

type Act = Callable[[HttpRequest, VisitorSession, datetime], HttpResponse]


def do(request: HttpRequest, me: VisitorSession, name: str, at: datetime) -> HttpResponse:
    """Do one act. An unknown one, or one whose time is over, leads back to the page as it is now."""
    act = ACTS.get(name)
    if act is None:
        return _back()
    try:
        return act(request, me, at)
    except TOO_LATE:
        text = request.POST.get("text", "")
        return child_pages.too_late(request, text) if text.strip() else _back()


def _back(step: str = "") -> HttpResponse:
    return HttpResponseRedirect(
        reverse("helpline-chat") + (f"?step={step}" if step else ""), status=HTTPStatus.SEE_OTHER
    )


def _danger(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The question about danger. A yes shows 112 before anything else, and nothing more is asked before the
    message.
    """
    form = DangerForm(request.POST)
    urgency = form.cleaned_data["danger"] if form.is_valid() else "NOW_SKIP"
    _tell(me, at, self_urgency=urgency)
    return _back("112" if urgency == "NOW_YES" else "")


def _about(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Mood, age and topic; each is optional."""
    form = AboutForm(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    mood = given.get("mood") or child_pages.NO_MOOD
    _tell(me, at, mood=mood, age_band=given.get("age_band", ""), chip=given.get("chip", ""))
    return _back("first")


def _tell(me: VisitorSession, at: datetime, **news: str) -> None:
    row = me.conversation
    held = {
        "mood": row.mood_before,
        "self_urgency": row.self_urgency,
        "age_band": row.age_band,
        "chip": row.chip,
    }
    life.save_prechat(by=CHILD, conversation=row, **{**held, **news}, at=at)


def _first(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The first message, with which the child joins the queue."""
    form = MessageForm(request.POST)
    if (
        not form.is_valid()
        or _hints(form, me)
        or not _sends(form, lambda text: _enqueue(request, me, text, at))
    ):
        return child_pages.before(request, me, at, form)
    return _back()


def _enqueue(request: HttpRequest, me: VisitorSession, text: str, at: datetime) -> None:
    life.enqueue(by=CHILD, conversation=me.conversation, key=me.key, text=text, nonce=_nonce(request), at=at)


def _say(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """One more message."""
    form = MessageForm(request.POST)
    if form.is_valid() and not _hints(form, me) and _sends(form, lambda text: _add(request, me, text, at)):
        return _back()
    if page_of(me.conversation) == Page.WAITING:
        return child_pages.waiting(request, me, at, form)
    return child_pages.talk(request, me, at, form)


def _add(request: HttpRequest, me: VisitorSession, text: str, at: datetime) -> None:
    conversation_events.send_message(
        by=CHILD, conversation=me.conversation, key=me.key, text=text, nonce=_nonce(request), at=at
    )


def _hints(form: MessageForm, me: VisitorSession) -> bool:
    """Whether to show once, before sending, what the message tells.

    Never to a child in danger, who may have to say where it is.
    """
    if (
        child_pages.in_danger(me.conversation)
        or triage.judge(form.cleaned_data["text"], me.conversation.language).band in child_pages.GRAVE
    ):
        return False
    return form.hint()


def _sends(form: MessageForm, send: Callable[[str], None]) -> bool:
    """Send the form's text. Without its invisible characters it may be empty, or still too long."""
    try:
        send(form.cleaned_data["text"])
    except messages.NothingToSay:
        form.add_error("text", form.SAY_SOMETHING)
    except messages.TooLong:
        form.add_error("text", form.TOO_LONG)
    return not form.errors


def _nonce(request: HttpRequest) -> bytes:
    """What makes two sendings of one form one message; a form without it is taken for a new one each time."""
    try:
        nonce = bytes.fromhex(request.POST.get("nonce", ""))
    except ValueError:
        nonce = b""
    return nonce if len(nonce) == NONCE_BYTES else bytes.fromhex(child_pages.new_nonce())


def _look(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Show what is new and keep what is being written: for pages without scripts. Nothing is stored."""
    if page_of(me.conversation) == Page.TALK:
        return child_pages.talk(request, me, at, MessageForm(initial={"text": request.POST.get("text", "")}))
    text = request.POST.get("text", "")
    return child_pages.too_late(request, text) if text.strip() else _back()


def _read(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    up_to = request.POST.get("up_to", "")
    if up_to.isascii() and up_to.isdigit() and len(up_to) < 9:
        conversation_events.mark_read(by=CHILD, conversation=me.conversation, up_to=int(up_to), at=at)
    return _back()


def _end(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """End the conversation; before a counsellor came, leave the queue."""
    if page_of(me.conversation) not in {Page.TALK}:
        return _leave(request, me, at)
    life.end_conversation(by=CHILD, conversation=me.conversation, how="END_CHILD", at=at)
    return _back()


def _leave(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Leave the queue, or stop before joining it."""
    if page_of(me.conversation) in {Page.BEFORE, Page.WAITING}:
        life.leave_queue(by=CHILD, conversation=me.conversation, how=ChatState.ABANDONED, at=at)
    response = HttpResponseRedirect(reverse("helpline-help"), status=HTTPStatus.SEE_OTHER)
    visitor_session.take_cookie(response)
    return response


def _letter(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """A letter instead: the same post goes on to the letter's page, which fills its field with what was
    written (`carried`).
    """
    if page_of(me.conversation) in {Page.BEFORE, Page.WAITING, Page.LETTER}:
        life.leave_queue(by=CHILD, conversation=me.conversation, how=ChatState.LETTER_INSTEAD, at=at)
    name = "helpline-adult-letter" if me.conversation.audience == "ADULT" else "helpline-letter"
    response = HttpResponse(status=HTTPStatus.TEMPORARY_REDIRECT, headers={"Location": reverse(name)})
    visitor_session.take_cookie(response)
    return response


def _another(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The child would rather talk with another counsellor. No reason is asked."""
    transfers.ask_for_another(by=CHILD, conversation=me.conversation, at=at)
    return _back()


def _consent(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Whether a colleague may go on."""
    transfers.answer_for_child(
        by=CHILD, conversation=me.conversation, agrees=request.POST.get("agrees") == "yes", at=at
    )
    return _back()


def _share(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Whether something may be shared with another service; a yes can be taken back in the same way."""
    agrees, ref = request.POST.get("agrees") == "yes", request.POST.get("ref", "")
    safeguarding().answer(by=CHILD, conversation=me.conversation, ref=ref, agrees=agrees, at=at)
    return _back()


def _words(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The receipt, shown once; the same form may show it again."""
    try:
        ticket = sealed.read_ticket(
            request.POST.get("ticket", ""), child_pages.RECEIPT_PURPOSE, at, RECEIPT_AGE
        )
        own.show_receipt(by=CHILD, conversation=me.conversation, nonce=ticket.nonce, at=at)
    except (sealed.TicketError, own.ShownBefore):
        return _back()
    return child_pages.receipt(request, me)


def _after(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """Feedback after the conversation, once; anything unreadable counts as not given."""
    form = AfterForm(request.POST)
    if page_of(me.conversation) != Page.OVER or not form.is_valid():
        return _back()
    with suppress(own.SaidBefore):
        own.say_how_it_was(
            by=CHILD,
            conversation=me.conversation,
            mood=form.cleaned_data["mood"],
            answers=form.answers,
            at=at,
        )
    return _back()


ACTS: dict[str, Act] = {
    "danger": _danger,
    "about": _about,
    "first": _first,
    "say": _say,
    "look": _look,
    "read": _read,
    "end": _end,
    "leave": _leave,
    "letter": _letter,
    "another": _another,
    "consent": _consent,
    "share": _share,
    "words": _words,
    "after": _after,
}

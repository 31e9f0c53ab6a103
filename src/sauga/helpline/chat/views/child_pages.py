"""The child's pages: one for each state of the conversation. Nothing is changed here."""

import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from sauga.helpline.chat.forms.child import AGES, HINTS, LONGEST, AboutForm, AfterForm, MessageForm
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.presenters import child
from sauga.helpline.chat.queries import queue
from sauga.helpline.chat.queries.child import Page, asks_consent, counsellor_name, page_of
from sauga.helpline.chat.queries.conversations import messages_after
from sauga.helpline.chat.rules.events import Author
from sauga.helpline.chat.rules.safeguarding_provider import safeguarding
from sauga.helpline.chat.views.visitor_session import VisitorSession
from sauga.helpline.line.queries.texts import grounds, keep_days
from sauga.helpline.rota.presenters import opening_hours as words
from sauga.helpline.rota.queries.opening_hours import opening, openings
from sauga.helpline.states import ChatState
from sauga.kernel import rate_limits, sealed, vocab
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import language

CHILD = SystemActor("child")
PURPOSE = "helpline.chat"
RECEIPT_PURPOSE = "helpline.chat-words"
STEPS = ("danger", "112", "about", "first")
NO_MOOD = "MOOD_SKIP"
GRAVE = frozenset({"HIGH", "IMMEDIATE"})


def in_danger(conversation: Conversation) -> bool:
    """Whether this child may have to say where it is: then nothing advises against it."""
    return (
        conversation.self_urgency in {"NOW_YES", "NOW_AFRAID"}
        or conversation.is_at_risk
        or conversation.band in GRAVE
    )


class Shown(HttpResponse):
    """A page of the conversation; `awaits_words` when it shows a field and does not load itself again."""

    awaits_words = False


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> Shown:
    """One of our pages; none of them may be kept by anybody on the way."""
    response = Shown(render_to_string(f"helpline/{name}.html", context, request=request), status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def beginning(
    request: HttpRequest, at: datetime, *, is_stale: bool = False, held: rate_limits.Held | None = None
) -> HttpResponse:
    """What stays between us and what does not, before the first word; or, while the chat is closed, when it
    opens and what helps now.
    """
    found = opening("CHAT", at)
    if not found.is_open:
        return closed(request, at)
    is_adult = "ADULT" in (request.GET.get("audience", "").upper(), request.POST.get("audience", ""))
    ticket = request.POST["ticket"] if held else sealed.new_ticket(PURPOSE, at)
    context = {
        "ticket": ticket,
        "held": held,
        "puzzle": held.puzzle if held else rate_limits.puzzle_for(PURPOSE, ticket, at),
        "to_child": not is_adult,
        "grounds": grounds(),
        "chat": words.chat(found, at, queue.usual_wait("NONE", at)),
        "is_adult": is_adult,
        "is_stale": is_stale,
        "keep_days": keep_days(),
    }
    return page(request, "chat/public/understand", context, 429 if held else 422 if is_stale else 200)


def closed(request: HttpRequest, at: datetime, carried: str = "") -> HttpResponse:
    """No counsellor is there: when one will be, a letter, and other help that is there now."""
    is_adult = "ADULT" in (request.GET.get("audience", "").upper(), request.POST.get("audience", ""))
    found = openings(at, ("CHAT", "PHONE"))
    context = {
        "chat": words.chat(found["CHAT"], at),
        "phone": words.phone(found["PHONE"], at),
        "reader": "adult" if is_adult else "young",
        "carried": carried,
    }
    return page(request, "chat/public/closed", context)


def too_late(request: HttpRequest, text: str) -> HttpResponse:
    """Something was sent for a conversation that is over or was never begun here.

    What was written comes back with the page.
    """
    return page(request, "chat/public/too_late", {"text": text[: LONGEST * 2]}, 409)


def show(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The page of a conversation."""
    return _SHOWN[page_of(me.conversation)](request, me, at)


def before(
    request: HttpRequest, me: VisitorSession, at: datetime, form: MessageForm | None = None
) -> HttpResponse:
    """The questions before the first message, each of which may be passed over, and the message itself."""
    step = "first" if form is not None else request.GET.get("step", "")
    if step not in STEPS:
        step = (
            "danger"
            if not me.conversation.self_urgency
            else "about"
            if not me.conversation.mood_before
            else "first"
        )
    context: dict[str, Any] = {
        "conversation": me.conversation,
        "form": form or MessageForm(),
        "nonce": new_nonce(),
        "number": {"danger": 1, "about": 2, "first": 3}.get(step, 1),
        "urgencies": vocab.choices("self_urgency"),
        "about": AboutForm(),
        "moods": moods(),
        "ages": [(code, label) for code, label in vocab.choices("age_band") if code in AGES],
        "chips": vocab.choices("prechat_topic"),
        "in_danger": me.conversation.self_urgency == "NOW_YES",
        "longest": LONGEST,
    }
    return page(request, f"chat/public/step_{step}", context, 422 if form is not None else 200)


def moods() -> list[tuple[str, str, str]]:
    """The five faces: code, word, and the face's number; skipping is not a face."""
    return [(code, label, code[-1]) for code, label in vocab.choices("mood") if code != NO_MOOD]


def new_nonce() -> str:
    """What makes one sending of a form one message."""
    return secrets.token_hex(16)


def waiting(
    request: HttpRequest, me: VisitorSession, at: datetime, form: MessageForm | None = None
) -> HttpResponse:
    """The waiting room: the true place, an honest wait, something calm, the letter."""
    place = queue.place_of(me.conversation, at)
    said = messages_after(me.conversation, me.key, 0)
    own = [one.text for one in said if one.author == Author.CHILD]
    context = {
        "place": child.place(place.ahead),
        "wait": words.wait_words(place.low, place.high),
        "own": own,
        "carried": "\n\n".join(own),
        "form": form or MessageForm(),
        "nonce": new_nonce(),
        "is_writing": form is not None,
        "number": me.conversation.last_number,
        "line_words": child.place_templates(),
    }
    shown = page(request, "chat/public/waiting", context, 422 if form is not None and form.errors else 200)
    shown.awaits_words = form is not None
    return shown


def talk(
    request: HttpRequest, me: VisitorSession, at: datetime, form: MessageForm | None = None
) -> HttpResponse:
    """The conversation.

    Without scripts it loads itself again while the child waits for an answer, never while it may be writing.
    """
    conversation = me.conversation
    said = messages_after(conversation, me.key, 0)
    name = counsellor_name(conversation)
    lines = child.lines(said, name, conversation.staff_read, at)
    is_their_turn = bool(said) and said[-1].author == Author.CHILD
    context = {
        "conversation": conversation,
        "name": name,
        "lines": lines,
        "form": form or MessageForm(),
        "nonce": new_nonce(),
        "number": conversation.last_number,
        "refreshes": is_their_turn and form is None and "write" not in request.GET,
        "is_looking": conversation.owner_id is None
        or conversation.state in {ChatState.REQUEUED_TOP, ChatState.OFFERED},
        "asks_consent": asks_consent(conversation),
        "questions": safeguarding().questions(conversation, me.key),
        "event_words": child.EVENTS,
        "receipt_ticket": "" if conversation.receipt_shown else sealed.new_ticket(RECEIPT_PURPOSE, at),
        "keep_days": keep_days(),
        "longest": LONGEST,
        "hint_words": [] if in_danger(conversation) else list(HINTS.items()),
        "read": conversation.staff_read,
    }
    shown = page(request, "chat/public/talk", context, 422 if form is not None and form.errors else 200)
    shown.awaits_words = not context["refreshes"]
    return shown


def over(request: HttpRequest, me: VisitorSession, at: datetime, *, is_said: bool = False) -> HttpResponse:
    """After the end: how do you feel, and the words that lead back.

    The words that were said are not shown any more.
    """
    conversation = me.conversation
    context = {
        "how": conversation.ended_by,
        "is_said": is_said or bool(conversation.mood_after),
        "moods": moods(),
        "after": AfterForm(),
        "receipt_ticket": "" if conversation.receipt_shown else sealed.new_ticket(RECEIPT_PURPOSE, at),
        "keep_days": keep_days(),
    }
    return page(request, "chat/public/over", context)


def lost(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The line was lost for too long. Nothing that was said is shown to the person at the device now."""
    return page(
        request,
        "chat/public/lost",
        {"was_waiting": me.conversation.state == ChatState.ABANDONED, "keep_days": keep_days()},
    )


def letter_offered(request: HttpRequest, me: VisitorSession, at: datetime) -> HttpResponse:
    """The hours ended while the child waited: what it wrote can become a letter."""
    own = [one.text for one in messages_after(me.conversation, me.key, 0) if one.author == Author.CHILD]
    return closed(request, at, carried="\n\n".join(own))


def receipt(request: HttpRequest, me: VisitorSession) -> HttpResponse:
    """The words, once; the same form may show them again, in any language."""
    language.posts_again(request, {"act": "words", "ticket": request.POST["ticket"]})
    context = {
        "receipt": me.visit.receipt,
        "keep_days": keep_days(),
        "is_live": page_of(me.conversation) in {Page.TALK, Page.WAITING},
    }
    return page(request, "chat/public/words", context)


_SHOWN: dict[Page, Callable[[HttpRequest, VisitorSession, datetime], HttpResponse]] = {
    Page.BEFORE: before,
    Page.WAITING: waiting,
    Page.TALK: talk,
    Page.OVER: over,
    Page.LOST: lost,
    Page.LETTER: letter_offered,
    Page.CLOSED: lambda request, me, at: closed(request, at),
}

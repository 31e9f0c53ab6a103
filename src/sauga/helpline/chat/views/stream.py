"""The live part of a conversation for the child and the desk: a stream of everything new, and small posts
that answer in JSON (docs/develop/live.md).

The child shows the visit cookie, the desk its session and open vault. Pages without JavaScript do
without any of this.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_GET, require_POST

from sauga.helpline.chat.actions import conversation_events, presence
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.queries import stream_state
from sauga.helpline.chat.queries.conversations import conversation_for, keys_at_desk
from sauga.helpline.chat.queries.queue import place_of
from sauga.helpline.chat.views import stream_hub, visitor_session
from sauga.helpline.chat.views.subscribers import Subscriber
from sauga.helpline.chat.views.ttl_cache import TtlCache
from sauga.helpline.permissions import Permission
from sauga.kernel import clock, sealed
from sauga.kernel.identity import PersonActor, actor
from sauga.kernel.identity.signin import vaults
from sauga.kernel.states import Actor, SystemActor

CHILD = SystemActor("child")
NONCE = 16
ERRORS: dict[type[Exception], tuple[str, int]] = {
    conversation_events.NothingToSay: ("empty", 422),
    conversation_events.TooLong: ("too_long", 422),
    conversation_events.ConversationOver: ("over", 409),
    Conversation.DoesNotExist: ("over", 409),  # purged while a page of it was still open
    conversation_events.NotYours: ("not_yours", 409),
    sealed.KeyNotAvailable: ("locked", 409),
}


@dataclass(frozen=True)
class Opened:
    """A conversation that the person may read, with the key of its messages."""

    conversation: Conversation
    key: sealed.DataKey


@dataclass(frozen=True)
class Participant:
    """Who asks, in which conversation, and the key of its messages."""

    by: Actor
    conversation: Conversation
    key: sealed.DataKey

    @property
    def person_id(self) -> int | None:
        """The person at the desk; None for the child."""
        return self.by.person_id if isinstance(self.by, PersonActor) else None


REMEMBERED = (150.0, 300.0)
"""Seconds for which posts find a conversation open.

What each may do in it is decided under the row's lock.
"""
_at_desk = TtlCache[Opened](REMEMBERED)
"""By both cookies and the conversation; session, vault and role are checked on every request all the same."""
_children = TtlCache[Participant](REMEMBERED)
"""By the visit cookie."""


def child(request: HttpRequest, **_: Any) -> Participant:
    """The child of the visit cookie.

    Raises Http404: no cookie, too old, ended for good, purged, or a request that another site began.
    """
    if visitor_session.is_from_elsewhere(request):
        raise Http404
    cookie = request.COOKIES.get(visitor_session.cookie_name(), "")
    if request.method == "POST" and (known := _children.get(cookie)) is not None:
        return known
    me = visitor_session.here(request, clock.now())
    if me is None:
        raise Http404
    return _children.keep(cookie, Participant(CHILD, me.conversation, me.key))


def counsellor(request: HttpRequest, ref: str) -> Participant:
    """A person at the desk who may read this conversation.

    Raises Http404; KeyNotAvailable while the vault is locked.

    The gate has looked at the session already. What is remembered is known by both cookies: locking the
    vault removes the second one, losing a role ends the session.
    """
    by = actor(request)
    if not by.can(Permission.TALK):
        raise Http404
    if by.vault is None:
        raise sealed.VaultLocked
    name = request.COOKIES.get(settings.SESSION_COOKIE_NAME), request.COOKIES.get(vaults.cookie_name()), ref
    opened = _at_desk.get(name) if request.method == "POST" else None
    if opened is None:
        conversation = conversation_for(by, ref)
        opened = _at_desk.keep(name, Opened(conversation, keys_at_desk(conversation, by.vault)[0]))
    return Participant(by, opened.conversation, opened.key)


type Participants = Callable[..., Participant]
type Answer = Callable[[HttpRequest, Participant], HttpResponseBase]


def _answers(participants: Participants, view: Answer) -> Callable[..., HttpResponseBase]:
    """`view` for the child or the desk; what cannot be done is answered by a code that the
    page's script knows.
    """

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return view(request, participants(request, **named))
        except tuple(ERRORS) as refused:
            return _refused(refused)

    return answered


def _refused(refused: Exception) -> HttpResponse:
    word, status = next(answer for kind, answer in ERRORS.items() if isinstance(refused, kind))
    return _json({"error": word}, status)


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(stream_state.compact(data), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _stream(request: HttpRequest, side: Participant) -> HttpResponseBase:
    """Everything after what the page holds (`Last-Event-ID`, or `?after=`), then everything new."""
    _seen(side)
    one, after = side.conversation, _number(request.headers.get("Last-Event-ID") or request.GET.get("after"))
    listens = side.person_id is not None and one.owner_id != side.person_id
    subscriber = Subscriber(min(after, one.last_number), side.person_id, is_listener=listens)
    return stream_hub.page(subscriber, pk=one.pk, ref=one.ref, channel=one.channel, key=side.key)


def _seen(side: Participant) -> None:
    """A page is there."""
    if isinstance(side.by, PersonActor):
        presence.staff_seen(by=side.by, conversation=side.conversation, at=clock.now())
    else:
        presence.child_seen(by=side.by, conversation=side.conversation, at=clock.now())


def _nonce(request: HttpRequest) -> bytes | None:
    try:
        nonce = bytes.fromhex(request.POST.get("nonce", ""))
    except ValueError:
        return None
    return nonce if len(nonce) == NONCE else None


def _say(request: HttpRequest, side: Participant) -> HttpResponseBase:
    """Store a message: `text`, and `nonce` (32 hexadecimal digits), which stores it once however
    often it is sent.
    """
    if (nonce := _nonce(request)) is None:
        return _json({"error": "nonce"}, 422)
    text = request.POST.get("text", "")
    message = conversation_events.send_message(
        by=side.by, conversation=side.conversation, key=side.key, text=text, nonce=nonce, at=clock.now()
    )
    return _json({"number": message.number})


def _after(request: HttpRequest, side: Participant) -> HttpResponseBase:
    """Messages after a number and the state, for pages whose stream does not hold."""
    _seen(side)
    standing = stream_state.standing_of(side.conversation)
    said = stream_state.told_after(side.conversation, side.key, _number(request.GET.get("after")))
    is_desk = side.person_id is not None
    ahead: int | None = None
    wait: stream_state.Wait = (None, None)
    if standing.is_waiting and not is_desk:
        place = place_of(side.conversation, clock.now())
        ahead, wait = place.ahead, (place.low, place.high)
    return _json(
        {"said": said, "state": stream_state.state_told(standing, desk=is_desk, ahead=ahead, wait=wait)}
    )


def _read(request: HttpRequest, side: Participant) -> HttpResponseBase:
    """The page has shown everything up to `up_to`."""
    up_to = _number(request.POST.get("up_to"))
    news = bool(up_to) and conversation_events.mark_read(
        by=side.by, conversation=side.conversation, up_to=up_to, at=clock.now()
    )
    return _json({"news": news})


def _typing(request: HttpRequest, side: Participant) -> HttpResponseBase:
    """One side types: told to the other at once and kept nowhere."""
    conversation_events.signal_typing(by=side.by, conversation=side.conversation)
    return _json({})


def _both(view: Answer, method: Callable[[Any], Any]) -> tuple[Any, Any]:
    """The view for the child and for the desk.

    Who asks is looked at before the method: a stranger gets 404 whatever the method.
    """
    return _answers(child, method(view)), _answers(counsellor, method(view))


chat_stream, desk_stream = _both(_stream, require_GET)
chat_say, desk_say = _both(_say, require_POST)
chat_after, desk_after = _both(_after, require_GET)
chat_read, desk_read = _both(_read, require_POST)
chat_typing, desk_typing = _both(_typing, require_POST)

"""The live side of a conversation for both doors: a stream of everything new, and small posts that answer in JSON (docs/develop/live.md).

The child shows the visit cookie, the desk its session and open vault. Pages without JavaScript do without any of this. Posts of a side that
took the long way a little while ago take the short one: on the event loop, together with others (`actions/together.py`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from sauga.helpline.actions import presence, talking, together
from sauga.helpline.models import Conversation
from sauga.helpline.queries import streaming
from sauga.helpline.queries.conversation import conversation_for, keys_at_desk
from sauga.helpline.queries.queue import place_of
from sauga.helpline.rules.permissions import Permission
from sauga.helpline.views import rooms, visits
from sauga.helpline.views.recent import Recent
from sauga.helpline.views.seats import Seat
from sauga.kernel import clock, sealed
from sauga.kernel.identity import PersonActor, actor, proof, vaults
from sauga.kernel.states import Actor, SystemActor

CHILD = SystemActor("child")
NONCE = 16
ERRORS: dict[type[Exception], tuple[str, int]] = {
    talking.NothingToSay: ("empty", 422),
    talking.TooLong: ("too_long", 422),
    talking.ConversationOver: ("over", 409),
    Conversation.DoesNotExist: ("over", 409),  # purged while a page of it was still open
    talking.NotYours: ("not_yours", 409),
    sealed.KeyNotAvailable: ("locked", 409),
}


@dataclass(frozen=True)
class Side:
    """Who asks, in which conversation, and the key of its words."""

    by: Actor
    conversation: Conversation
    key: sealed.DataKey
    held: proof.Proof | None = None

    @property
    def person_id(self) -> int | None:
        """The person at the desk; None for the child."""
        return self.by.person_id if isinstance(self.by, PersonActor) else None


@dataclass(frozen=True)
class Came:
    """Somebody at the desk whose session, rights and vault were asked whole."""

    by: PersonActor
    held: proof.Proof | None


@dataclass(frozen=True)
class Talk:
    """A conversation that somebody may read, opened."""

    conversation: Conversation
    key: sealed.DataKey


_people = Recent[Came]((30.0, 60.0))
"""By both cookies. Rights that end by the clock, and the vault that idles, are asked again within a minute."""
_talks = Recent[Talk]((150.0, 300.0))
"""By both cookies and the conversation. Nobody gets at one without having come within the last minute, and its row says whose it is."""
_children = Recent[Side]((150.0, 300.0))
"""By the visit cookie."""


def child_side(request: HttpRequest, **_: Any) -> Side:
    """The child of the visit cookie. Raises Http404: no cookie, too old, ended for good, purged, or a request that another site began."""
    if visits.is_from_elsewhere(request):
        raise Http404
    cookie = request.COOKIES.get(visits.cookie_name(), "")
    if request.method == "POST" and (known := _children.get(cookie)) is not None:
        return known
    me = visits.here(request, clock.now())
    if me is None:
        raise Http404
    return _children.keep(cookie, Side(CHILD, me.conversation, me.key))


def desk_side(request: HttpRequest, ref: str) -> Side:
    """Somebody at the desk who may read this conversation. Raises Http404; KeyNotAvailable while the vault is locked.

    The gate has looked at the session already. What is remembered is known by both cookies: whoever locks the vault loses the second one,
    whoever loses a role loses the session.
    """
    by = actor(request)
    if not by.can(Permission.TALK):
        raise Http404
    if by.vault is None:
        raise sealed.VaultLocked
    cookies = _desk_cookies(request)
    talk = _talks.get((cookies, ref)) if request.method == "POST" else None
    if talk is None:
        conversation = conversation_for(by, ref)
        talk = _talks.keep((cookies, ref), Talk(conversation, keys_at_desk(conversation, by.vault)[0]))
    return _side(_people.keep(cookies, Came(by, proof.proof(request))), talk)


def _side(came: Came, talk: Talk) -> Side:
    return Side(came.by, talk.conversation, talk.key, came.held)


def _desk_cookies(request: HttpRequest) -> tuple[str | None, str | None]:
    return request.COOKIES.get(settings.SESSION_COOKIE_NAME), request.COOKIES.get(vaults.cookie_name())


def known_child(request: HttpRequest, **_: Any) -> Side | None:
    """A child that was let in a little while ago; None: take the long way."""
    return None if visits.is_from_elsewhere(request) else _children.get(request.COOKIES.get(visits.cookie_name(), ""))


def known_at_desk(request: HttpRequest, ref: str) -> Side | None:
    """Somebody who came within the last minute, in a conversation of a little while ago, with the proof that every act shows again; None:
    take the long way."""
    cookies = _desk_cookies(request)
    came, talk = _people.get(cookies), _talks.get((cookies, ref))
    return _side(came, talk) if came is not None and came.held is not None and talk is not None else None


type Sides = Callable[..., Side]
type Answer = Callable[[HttpRequest, Side], HttpResponseBase]
type Quick = Callable[[HttpRequest, Side], Awaitable[HttpResponse | None]]


def _answers(sides: Sides, view: Answer) -> Callable[..., HttpResponseBase]:
    """`view` for one side; what cannot be done is said as a word that the page's script knows."""

    @wraps(view)
    def answered(request: HttpRequest, **named: Any) -> HttpResponseBase:
        try:
            return view(request, sides(request, **named))
        except tuple(ERRORS) as refused:
            return _refused(refused)

    return answered


def _answers_at_once(known: Callable[..., Side | None], view: Quick, method: str) -> Callable[..., Awaitable[HttpResponse | None]]:
    """The short way of a view, on the event loop; None: take the long one."""

    async def answered(request: HttpRequest, **named: Any) -> HttpResponse | None:
        side = known(request, **named) if request.method == method else None
        if side is None:
            return None
        try:
            return await view(request, side)
        except tuple(ERRORS) as refused:
            return _refused(refused)

    return answered


def _refused(refused: Exception) -> HttpResponse:
    word, status = next(answer for kind, answer in ERRORS.items() if isinstance(refused, kind))
    return _json({"error": word}, status)


def _json(data: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(streaming.compact(data), status=status, content_type="application/json")
    response.headers["Cache-Control"] = "no-store"
    return response


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0


def _stream(request: HttpRequest, side: Side) -> HttpResponseBase:
    """Everything after what the page holds (`Last-Event-ID`, or `?after=`), then everything new."""
    at, conversation = clock.now(), side.conversation
    if isinstance(side.by, PersonActor):
        presence.staff_seen(by=side.by, conversation=conversation, at=at)
    else:
        presence.child_seen(by=side.by, conversation=conversation, at=at)
    after = _number(request.headers.get("Last-Event-ID") or request.GET.get("after"))
    return _open_page(side, min(after, conversation.last_number), listens=conversation.owner_id != side.person_id)


async def _stream_at_once(request: HttpRequest, side: Side) -> HttpResponse | None:
    """`_stream` of a talk under way, for the child and for its counsellor."""
    last = await together.look(by=side.by, conversation=side.conversation, held=side.held, at=clock.now())
    if last is None:
        return None
    after = _number(request.headers.get("Last-Event-ID") or request.GET.get("after"))
    return _open_page(side, min(after, last), listens=False)


def _open_page(side: Side, position: int, *, listens: bool) -> HttpResponse:
    one = side.conversation
    seat = Seat(position, side.person_id, is_listener=listens and side.person_id is not None)
    page = rooms.page(seat, pk=one.pk, ref=one.ref, channel=one.channel, key=side.key)
    page.admission = side.held
    return page


def _nonce(request: HttpRequest) -> bytes | None:
    try:
        nonce = bytes.fromhex(request.POST.get("nonce", ""))
    except ValueError:
        return None
    return nonce if len(nonce) == NONCE else None


def _say(request: HttpRequest, side: Side) -> HttpResponseBase:
    """Store a message: `text`, and `nonce` (32 hexadecimal digits), which stores it once however often it is sent."""
    if (nonce := _nonce(request)) is None:
        return _json({"error": "nonce"}, 422)
    text = request.POST.get("text", "")
    message = talking.say(by=side.by, conversation=side.conversation, key=side.key, text=text, nonce=nonce, at=clock.now())
    return _json({"number": message.number})


async def _say_at_once(request: HttpRequest, side: Side) -> HttpResponse | None:
    """`_say` for a talk under way."""
    if (nonce := _nonce(request)) is None:
        return None
    text = request.POST.get("text", "")
    number = await together.say(
        by=side.by, conversation=side.conversation, key=side.key, text=text, nonce=nonce, held=side.held, at=clock.now()
    )
    return None if number is None else _json({"number": number})


def _after(request: HttpRequest, side: Side) -> HttpResponseBase:
    """Messages after a number and the state, for pages whose stream does not hold."""
    at = clock.now()
    if isinstance(side.by, PersonActor):
        presence.staff_seen(by=side.by, conversation=side.conversation, at=at)
    else:
        presence.child_seen(by=side.by, conversation=side.conversation, at=at)
    standing = streaming.standing_of(side.conversation)
    said = streaming.told_after(side.conversation, side.key, _number(request.GET.get("after")))
    is_desk = side.person_id is not None
    ahead: int | None = None
    wait: streaming.Wait = (None, None)
    if standing.is_waiting and not is_desk:
        place = place_of(side.conversation, at)
        ahead, wait = place.ahead, (place.low, place.high)
    return _json({"said": said, "state": streaming.state_told(standing, desk=is_desk, ahead=ahead, wait=wait)})


def _read(request: HttpRequest, side: Side) -> HttpResponseBase:
    """The page has shown everything up to `up_to`."""
    up_to = _number(request.POST.get("up_to"))
    news = bool(up_to) and talking.mark_read(by=side.by, conversation=side.conversation, up_to=up_to, at=clock.now())
    return _json({"news": news})


async def _read_at_once(request: HttpRequest, side: Side) -> HttpResponse | None:
    """`_read` for a talk under way."""
    if not (up_to := _number(request.POST.get("up_to"))):
        return None
    news = await together.mark_read(by=side.by, conversation=side.conversation, up_to=up_to, held=side.held, at=clock.now())
    return None if news is None else _json({"news": news})


def _typing(request: HttpRequest, side: Side) -> HttpResponseBase:
    """Somebody types: told to the other side at once and kept nowhere."""
    talking.type_on(by=side.by, conversation=side.conversation)
    return _json({})


async def _typing_at_once(request: HttpRequest, side: Side) -> HttpResponse | None:
    """`_typing` for a side that is known."""
    told = await together.type_on(by=side.by, conversation=side.conversation, held=side.held, at=clock.now())
    return None if told is None else _json({})


def _both(view: Answer, method: Callable[[Any], Any], quick: Quick | None = None) -> tuple[Any, Any]:
    """The view for the child and for the desk. `quick` is its short way, which the doors look for under that name.

    Who asks is looked at before the method: a stranger gets 404 whatever the method.
    """
    child, desk = _answers(child_side, method(view)), _answers(desk_side, method(view))
    if quick is not None:
        name = "GET" if method is require_GET else "POST"
        child.quick = _answers_at_once(known_child, quick, name)  # type: ignore[attr-defined]  # see the docstring
        desk.quick = _answers_at_once(known_at_desk, quick, name)  # type: ignore[attr-defined]  # as above
    return child, desk


chat_stream, desk_stream = _both(_stream, require_GET, _stream_at_once)
chat_say, desk_say = _both(_say, require_POST, _say_at_once)
chat_after, desk_after = _both(_after, require_GET)
chat_read, desk_read = _both(_read, require_POST, _read_at_once)
chat_typing, desk_typing = _both(_typing, require_POST, _typing_at_once)

machine_urls = [
    path("chat/stream/", chat_stream, name="helpline-chat-stream"),
    path("chat/say/", chat_say, name="helpline-chat-say"),
    path("chat/after/", chat_after, name="helpline-chat-after"),
    path("chat/read/", chat_read, name="helpline-chat-read"),
    path("chat/typing/", chat_typing, name="helpline-chat-typing"),
]
desk_urls = [
    path("chat/<str:ref>/stream/", desk_stream, name="helpline-desk-stream"),
    path("chat/<str:ref>/say/", desk_say, name="helpline-desk-say"),
    path("chat/<str:ref>/after/", desk_after, name="helpline-desk-after"),
    path("chat/<str:ref>/read/", desk_read, name="helpline-desk-read"),
    path("chat/<str:ref>/typing/", desk_typing, name="helpline-desk-typing"),
]

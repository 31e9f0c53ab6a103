"""Calls from the browser: the child's page, the counsellor's page, and how the two find each other.

Sound never touches this server.

The child holds a token that opens this one call; it travels in the body of posts only. Descriptions of the
session are passed on in memory and stored nowhere (docs/operate/calls.md).
"""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from sauga.helpline.calls import queries
from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.models import Call
from sauga.helpline.calls.rules import turn_credentials
from sauga.helpline.calls.views.desk import shown
from sauga.helpline.permissions import Permission
from sauga.helpline.rota.presenters.opening_hours import again
from sauga.helpline.rota.queries.opening_hours import opening
from sauga.helpline.states import CallState
from sauga.kernel import clock, live, sealed
from sauga.kernel.i18n import languages
from sauga.kernel.identity import NotFound, actor, needs
from sauga.kernel.states import MoveNotAllowed, SystemActor

CHILD = SystemActor("child")
TICKET, TICKET_AGE = "helpline.call", timedelta(hours=12)
TOKEN_AGE = timedelta(hours=3)
KEEP_ALIVE, LONGEST_LIFE = 15.0, 300.0
MICROPHONE = (
    "camera=(), microphone=(self), geolocation=(), payment=(), usb=(), browsing-topics=(), interest-cohort=()"
)
"""The only two pages that may ask for a microphone."""


def is_offered() -> bool:
    """Whether this installation has a relay; without one no page offers a call from the browser."""
    return bool(settings.TURN_URLS and settings.TURN_SECRET)


def _microphone(response: HttpResponse) -> HttpResponse:
    response.headers["Permissions-Policy"] = MICROPHONE
    response.headers["Cache-Control"] = "no-store"
    return response


@require_GET
def call(request: HttpRequest) -> HttpResponse:
    """The child's page: what happens with the call, one button, and 116 111 for everybody else."""
    at = clock.now()
    availability = opening("BROWSER_CALL", at)
    context = {
        "is_offered": is_offered(),
        "availability": availability,
        "again": again([availability], at),
        "ticket": sealed.new_ticket(TICKET, at),
    }
    return _microphone(render(request, "helpline/calls/public/call.html", context))


# The child's side
# ------------------------------------------------------------------------------------------------------------
def _said(data: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(data, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _same_site(request: HttpRequest) -> None:
    if not is_offered() or request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        raise Http404


@require_POST
def ring(request: HttpRequest) -> HttpResponse:
    """Ring the line.

    Answers with the call's name and the token that opens it; 409 when the line takes no calls now.
    """
    _same_site(request)
    at, language = clock.now(), request.POST.get("language", "")
    try:
        ticket = sealed.read_ticket(request.POST.get("ticket", ""), TICKET, at, TICKET_AGE)
    except sealed.TicketError:
        raise Http404 from None
    rung = calls.ring_browser(by=CHILD, nonce=ticket.nonce, language=_spoken(language), at=at)
    if rung.closed_at is not None:
        return _said({"error": "closed"}, 409)
    return _said({"ref": rung.ref, "token": sealed.new_ticket(f"{TICKET}.{rung.ref}", at)})


def _spoken(code: str) -> str:
    found = languages.row(code)
    return (found if found is not None and found.is_public else languages.default()).code


def _childs(request: HttpRequest) -> Call:
    """The call of the token, also when it is over. Raises Http404."""
    _same_site(request)
    ref = request.POST.get("ref", "")[:12]
    try:
        sealed.read_ticket(request.POST.get("token", ""), f"{TICKET}.{ref}", clock.now(), TOKEN_AGE)
    except sealed.TicketError:
        raise Http404 from None
    found = queries.call_behind(ref)
    if found is None:
        raise Http404
    return found


def _credentials(found: Call, at: datetime) -> HttpResponse:
    """The relay, for a call that was answered."""
    if found.state not in queries.GOING_ON:
        return _said({"error": "over"}, 409)
    return _said(turn_credentials.credentials(settings.TURN_URLS, settings.TURN_SECRET, at))


@require_POST
def child_relay(request: HttpRequest) -> HttpResponse:
    """How the child's page reaches the relay."""
    return _credentials(_childs(request), clock.now())


@require_POST
def child_say(request: HttpRequest) -> HttpResponse:
    """The child's description for the counsellor's page."""
    return _pass_on(request, _childs(request), CHILD, "answer")


@require_POST
def child_here(request: HttpRequest) -> HttpResponse:
    """The child's page is there; said every quarter of a minute, so that a lost child is noticed."""
    found = _childs(request)
    calls.child_here(by=CHILD, call=found, at=clock.now())
    return _said({})


@require_POST
def child_end(request: HttpRequest) -> HttpResponse:
    """Hang up, whether it was answered or not."""
    found, at = _childs(request), clock.now()
    act = calls.end if found.state in queries.GOING_ON else calls.abandon
    try:
        act(by=CHILD, call=found, at=at)
    except MoveNotAllowed:  # it is over already
        return _said({})
    return _said({})


@require_POST
def child_stream(request: HttpRequest) -> HttpResponseBase:
    """The call's state and the counsellor's descriptions, as they come."""
    return _stream(_childs(request), "CHILD")


def _pass_on(request: HttpRequest, found: Call, by: Any, kind: str) -> HttpResponse:
    try:
        calls.say(by=by, call=found, kind=kind, sdp=request.POST.get("sdp", ""))
    except turn_credentials.NotADescription:
        return _said({"error": "not a description of one sound stream"}, 422)
    except (MoveNotAllowed, calls.NotYourCall):
        return _said({"error": "over"}, 409)
    return _said({})


# The counsellor's side
# ------------------------------------------------------------------------------------------------------------
def _mine(request: HttpRequest, ref: str) -> Call:
    by = actor(request)
    found = queries.call_for(by, ref)
    if found.answered_by_id != by.person_id or found.line != "BROWSER" or not is_offered():
        raise NotFound
    return found


@needs(Permission.TAKE_CALL)
def talk(request: HttpRequest, ref: str) -> HttpResponse:
    """The page on which a call from the browser is held; it must stay open while the call lasts."""
    by, at, found = actor(request), clock.now(), _mine(request, ref)
    line = next(one for one in queries.open_lines(by, at) if one.ref == found.ref)
    return _microphone(
        render(
            request,
            "helpline/calls/desk/call_talk.html",
            {"call": shown(line, at), "is_going_on": line.state in queries.GOING_ON},
        )
    )


@require_POST
@needs(Permission.TAKE_CALL)
def desk_relay(request: HttpRequest, ref: str) -> HttpResponse:
    """How the counsellor's page reaches the relay."""
    return _credentials(_mine(request, ref), clock.now())


@require_POST
@needs(Permission.TAKE_CALL)
def desk_say(request: HttpRequest, ref: str) -> HttpResponse:
    """The counsellor's description for the child's page."""
    return _pass_on(request, _mine(request, ref), actor(request), "offer")


@require_GET
@needs(Permission.TAKE_CALL)
def desk_stream(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The call's state and the child's descriptions, as they come."""
    return _stream(_mine(request, ref), "DESK")


# The wire
# ------------------------------------------------------------------------------------------------------------
class Wire:
    """One page's ear on the channel of its call (a follower of the hub). Words for the other side pass by."""

    def __init__(self, channel: str, side: str) -> None:
        self.positions = (channel,)
        self.side = side
        self.words: list[str] = []
        self.is_news = True
        self.ended = False
        self.wake = asyncio.Event()
        self.wake.set()

    def notify(self, channel: str, after: str) -> None:
        """A description for one side, or a sign that the call has moved."""
        if not after.startswith("{"):
            self.is_news = True
        elif json.loads(after)["to"] == self.side:
            self.words.append(after)
        self.wake.set()

    def notify_all(self) -> None:
        """After a gap: read the state again. Descriptions are repeated by their sender."""
        self.is_news = True
        self.wake.set()

    def end(self) -> None:
        """The process goes down."""
        self.ended = True
        self.wake.set()


def _stream(found: Call, side: str) -> HttpResponseBase:
    response = StreamingHttpResponse(
        events(found.pk, calls.line_of(found), side), content_type="text/event-stream"
    )
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"
    return response


async def events(pk: int, channel: str, side: str) -> AsyncIterator[bytes]:
    """What one page hears until the call is over or five minutes have passed; then it comes again."""
    loop, wire, told = asyncio.get_running_loop(), Wire(channel, side), ""
    end = loop.time() + LONGEST_LIFE
    live.follow(wire)
    try:
        yield b"retry: 500\n\n"
        while not wire.ended and loop.time() < end:
            try:
                async with asyncio.timeout(KEEP_ALIVE):
                    await wire.wake.wait()
            except TimeoutError:
                yield b":\n\n"
                continue
            wire.wake.clear()
            if wire.is_news:
                wire.is_news = False
                state = await _state(pk)
                if state != told:
                    told = state
                    yield _frame({"state": state})
                if state not in (*queries.RINGING, *queries.GOING_ON):
                    return
            words, wire.words = wire.words, []
            for one in words:
                yield _frame({name: value for name, value in json.loads(one).items() if name != "to"})
    finally:
        live.unfollow(wire)


def _frame(data: dict[str, str]) -> bytes:
    return f"data: {json.dumps(data, separators=(',', ':'))}\n\n".encode()


async def _state(pk: int) -> str:
    """The call's state, asked on a connection of its own so that the stream holds none."""
    async with await live.connect() as connection:
        cursor = await connection.execute("SELECT state FROM helpline_call WHERE id = %s", [pk])
        row = await cursor.fetchone()
    return str(row[0]) if row else CallState.PURGED

"""The conversation as a child meets it: one address, and the state decides the page.

Works without scripts; only the visit is remembered.

Every post answers with a way back to the address itself, so that going back or loading again
sends nothing twice.
"""

from datetime import datetime, timedelta
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from sauga.helpline.chat.actions import conversations as life
from sauga.helpline.chat.actions import presence
from sauga.helpline.chat.queries.child import Page, page_of
from sauga.helpline.chat.views import child_actions, child_pages, visitor_session
from sauga.helpline.chat.views.child_pages import CHILD
from sauga.helpline.chat.views.visitor_session import VisitorSession
from sauga.helpline.states import LIVE
from sauga.kernel import clock, rate_limits, sealed
from sauga.kernel.i18n import languages
from sauga.kernel.ui.responses import errors

TICKET_AGE = timedelta(hours=12)
AUDIENCES = {"ADULT", "CHILD"}


@require_http_methods(["GET", "HEAD", "POST"])
def chat(request: HttpRequest) -> HttpResponse:
    """The page of this browser's conversation, or the page on which one begins."""
    at = clock.now()
    if request.method == "POST" and visitor_session.is_from_elsewhere(request):
        return errors.forbidden(request)
    me = visitor_session.here(request, at)
    if request.method == "POST":
        return _post(request, me, at)
    if me is None:
        return _forget(request, child_pages.beginning(request, at))
    me = _seen(me, at)
    response = _believed(request, me, child_pages.show(request, me, at), at)
    if page_of(me.conversation) in {Page.OVER, Page.LOST, Page.LETTER, Page.CLOSED}:
        visitor_session.shorten_cookie(request, response)
    return response


def _post(request: HttpRequest, me: VisitorSession | None, at: datetime) -> HttpResponse:
    act = request.POST.get("act", "")
    if act == "start":
        return _start(request, me, at)
    if me is None:
        return _forget(request, child_pages.too_late(request, request.POST.get("text", "")))
    me = _seen(me, at)
    return _believed(request, me, child_actions.do(request, me, act, at), at)


def _seen(me: VisitorSession, at: datetime) -> VisitorSession:
    if me.conversation.state not in LIVE:
        return me
    return VisitorSession(
        me.visit, presence.child_seen(by=CHILD, conversation=me.conversation, at=at), me.key
    )


def _believed(request: HttpRequest, me: VisitorSession, response: HttpResponse, at: datetime) -> HttpResponse:
    """Without scripts a page with an empty field gives no sign of life for minutes."""
    if getattr(response, "awaits_words", False):
        asked = (
            "write" in request.GET or request.POST.get("act") == "look"
        )  # only pages without scripts ask for these
        presence.child_writes(by=CHILD, conversation=me.conversation, is_certain=asked, at=at)
    return response


def _start(request: HttpRequest, me: VisitorSession | None, at: datetime) -> HttpResponse:
    """“I understand”: the conversation begins, and with it the cookie.

    A double click begins one conversation.
    """
    if me is not None and me.conversation.state in LIVE:
        return back_to_chat()
    try:
        ticket = sealed.read_ticket(request.POST.get("ticket", ""), child_pages.PURPOSE, at, TICKET_AGE)
    except sealed.TicketError:
        return child_pages.beginning(request, at, is_stale=True)
    try:
        rate_limits.admit(child_pages.PURPOSE, request.POST["ticket"], request, at)
    except rate_limits.Held as held:
        return child_pages.beginning(request, at, held=held)
    language = languages.active().code
    audience = request.POST.get("audience", "CHILD")
    receipt = sealed.new_receipt(ticket.receipt_entropy, language)
    with visitor_session.NEW_LANE:
        keys = sealed.receipt_keys(receipt, visitor_session.ZONE)
    life.start_conversation(
        by=CHILD,
        receipt=keys,
        language=language,
        audience=audience if audience in AUDIENCES else "CHILD",
        at=at,
    )
    response = back_to_chat()
    visitor_session.give_cookie(response, receipt, keys, at)
    return response


def back_to_chat() -> HttpResponse:
    """After a post: see the page itself."""
    return HttpResponseRedirect(reverse("helpline-chat"), status=HTTPStatus.SEE_OTHER)


def _forget(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Delete a cookie that leads to no conversation."""
    if visitor_session.has_cookie(request):
        visitor_session.take_cookie(response)
    return response

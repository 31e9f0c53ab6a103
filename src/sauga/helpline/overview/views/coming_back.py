"""Coming back with a receipt: to a live conversation, to the messages of one that is over, or to a letter.

Wrong, expired and deleted words are answered alike and cost the same work. The words travel in the body of a
post only.
"""

from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_http_methods

from sauga.helpline.chat.actions import child as own
from sauga.helpline.chat.forms.child import WordsForm
from sauga.helpline.chat.models import Conversation
from sauga.helpline.chat.presenters import child
from sauga.helpline.chat.queries.conversations import conversation_behind, messages_after
from sauga.helpline.chat.views import visitor_session
from sauga.helpline.chat.views.child import back_to_chat
from sauga.helpline.chat.views.child_pages import CHILD, page
from sauga.helpline.letters.views import public
from sauga.helpline.line.queries.texts import keep_days
from sauga.helpline.states import LIVE
from sauga.kernel import clock, rate_limits, sealed
from sauga.kernel.ui.responses import errors

PASS_AGE = timedelta(hours=1)
THROTTLE = rate_limits.ReceiptThrottle()


@require_http_methods(["GET", "HEAD", "POST"])
def come_back(request: HttpRequest) -> HttpResponse:
    """The page that takes the words, and what they open."""
    at = clock.now()
    if request.method != "POST":
        return page(request, "overview/public/return", {"form": WordsForm()})
    if visitor_session.is_from_elsewhere(request):
        return errors.forbidden(request)
    return _with_pass(request, at) if "pass" in request.POST else _with_words(request, at)


def _with_words(request: HttpRequest, at: datetime) -> HttpResponse:
    form = WordsForm(request.POST)
    if not form.is_valid():
        return page(request, "overview/public/return", {"form": form}, 422)
    typed = form.cleaned_data["receipt"]
    if wait := THROTTLE.wait(typed, at):
        return _slowed(request, form, wait)
    receipt, keys = _keys(typed)
    answer = _opened(request, receipt, keys, at)
    if answer is None:
        THROTTLE.missed(typed, at)
        form.add_error("receipt", gettext("The words do not fit. Check every word."))
        return page(request, "overview/public/return", {"form": form}, 422)
    return answer


def _slowed(request: HttpRequest, form: WordsForm, wait: int) -> HttpResponse:
    said = ngettext(
        "These words were tried too often. Wait %(n)d second, then try again.",
        "These words were tried too often. Wait %(n)d seconds, then try again.",
        wait,
    )
    form.add_error("receipt", said % {"n": wait})
    response = page(request, "overview/public/return", {"form": form}, 429)
    response.headers["Retry-After"] = str(wait)
    return response


def _keys(typed: str) -> tuple[sealed.Receipt, sealed.ReceiptKeys]:
    """Keys of what was typed. What cannot be read costs the same work and opens nothing."""
    try:
        receipt = sealed.parse_receipt(typed)
    except sealed.ReceiptUnreadable:
        receipt = sealed.new_receipt(None, "en")
    with visitor_session.RETURN_LANE:
        return receipt, sealed.receipt_keys(receipt, visitor_session.ZONE)


def _opened(
    request: HttpRequest, receipt: sealed.Receipt, keys: sealed.ReceiptKeys, at: datetime
) -> HttpResponse | None:
    """What the words open; None when nothing."""
    found, key = _conversation(keys)
    if found is None or key is None:
        return public.show_thread(request, keys, at)
    own.come_back(by=CHILD, conversation=found, at=at)
    if found.state not in LIVE:
        return _thread(request, found, key, keys, at)
    response = back_to_chat()
    visitor_session.give_cookie(response, receipt, keys, at)
    return response


def _conversation(keys: sealed.ReceiptKeys) -> tuple[Conversation | None, sealed.DataKey | None]:
    """The conversation and its key; a look-up that missed opens a key as well, so that both take as long."""
    found = conversation_behind(keys)
    try:
        key = sealed.open_data_key(
            zone=visitor_session.ZONE,
            holder=found.holder if found else "none",
            opener=sealed.ReceiptOpener(keys),
        )
    except sealed.KeyNotAvailable:
        return None, None
    return found, key


def _with_pass(request: HttpRequest, at: datetime) -> HttpResponse:
    """Looking again within the hour, without typing the words again."""
    try:
        keys = sealed.read_pass(request.POST["pass"], at, PASS_AGE)
    except sealed.TicketError:
        return page(request, "overview/public/return", {"form": WordsForm(), "is_over": True}, 403)
    found, key = _conversation(keys) if keys.zone is visitor_session.ZONE else (None, None)
    if found is None or key is None:
        return page(request, "overview/public/return", {"form": WordsForm(), "is_over": True}, 403)
    return _thread(request, found, key, keys, at)


def _thread(
    request: HttpRequest, found: Conversation, key: sealed.DataKey, keys: sealed.ReceiptKeys, at: datetime
) -> HttpResponse:
    context = {
        "lines": child.lines(messages_after(found, key, 0), "", 0, at, with_times=False),
        "day": found.started_at,
        "pass": sealed.new_pass(keys, at),
        "keep_days": keep_days(),
        "ended": found.ended_by,
    }
    return page(request, "overview/public/thread", context)

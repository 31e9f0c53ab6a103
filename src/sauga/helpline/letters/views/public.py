"""A letter, as a child or an adult sees it: write, get a receipt, come back, read, write more. No cookie, no
session.
"""

from datetime import datetime, timedelta
from threading import BoundedSemaphore
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from sauga.helpline.letters.actions import letters
from sauga.helpline.letters.forms import LetterFeedbackForm, LetterForm, ReplyForm
from sauga.helpline.letters.models import Letter
from sauga.helpline.letters.queries.thread import Thread, thread_behind
from sauga.helpline.rota.presenters.opening_hours import reason
from sauga.helpline.rota.queries.opening_hours import opening
from sauga.kernel import clock, i18n, rate_limits, sealed, vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import languages
from sauga.kernel.retention import keep_terms
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import language

ZONE = sealed.Zone.HELPLINE
CHILD = SystemActor("child")
PURPOSE = "helpline.letter"
TICKET_AGE = timedelta(hours=24)  # a form left open overnight still works
PASS_AGE = timedelta(hours=1)
LANE = BoundedSemaphore(1)  # deriving keys is the costly part: one at a time in each process
AUDIENCES = {"helpline-letter": "CHILD", "helpline-adult-letter": "ADULT"}


def _language() -> str:
    return languages.active().code


def _page(request: HttpRequest, template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    response = HttpResponse(
        render_to_string(f"helpline/letters/public/{template}.html", context, request=request), status=status
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest,
    audience: str,
    form: LetterForm,
    ticket: str,
    *,
    status: int = 200,
    held: rate_limits.Held | None = None,
    **more: Any,
) -> HttpResponse:
    name = next(name for name, code in AUDIENCES.items() if code == audience)
    context = {
        "form": form,
        "ticket": ticket,
        "is_adult": audience == "ADULT",
        "action": reverse(name),
        "from_chat": bool(request.POST.get("from_chat")),
        "grounds": grounds(audience),
        "pause": _pause(clock.now(), audience),
        "held": held,
        "puzzle": held.puzzle if held else rate_limits.puzzle_for(PURPOSE, ticket, clock.now()),
        "to_child": audience != "ADULT",
        **more,
    }
    return _page(request, "letter", context, status)


def grounds(audience: str) -> list[str]:
    """When what is written does not stay with us alone: words that staff keep as data; those for a child
    speak to the child.
    """
    if audience == "ADULT":
        return [label for _code, label in vocab.choices("confidentiality_ground")]
    return [said for term in vocab.terms("confidentiality_ground") if (said := term.says("child"))]


def _pause(at: datetime, audience: str) -> str:
    """Why no letters are taken just now; empty nearly always."""
    found = opening("LETTER", at)
    return "" if found.is_open else reason(found.reason, for_adults=audience == "ADULT")


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, audience: str = "CHILD") -> HttpResponse:
    """The page to write on. A post is answered with the words to come back, after the letter is stored.

    A post with `carried` instead of a ticket brings a text along from the waiting room: it fills the field
    and nothing is stored.
    """
    at = clock.now()
    if request.method != "POST" or "carried" in request.POST:
        given = request.POST.get("carried", "")
        return _form(
            request,
            audience,
            LetterForm(initial={"text": given}),
            sealed.new_ticket(PURPOSE, at),
            carried=bool(given),
        )
    form = LetterForm(request.POST)
    try:
        ticket = sealed.read_ticket(request.POST.get("ticket", ""), PURPOSE, at, TICKET_AGE)
    except sealed.TicketError:
        form.is_valid()
        form.add_error(
            None,
            gettext(
                "This page had been open for too long. Nothing is lost: look at your letter and "
                "send it again."
            ),
        )
        return _form(request, audience, form, sealed.new_ticket(PURPOSE, at), status=422)
    if not form.is_valid():
        return _form(request, audience, form, request.POST["ticket"], status=422)
    if warnings := form.warnings():
        return _form(request, audience, form, request.POST["ticket"], status=422, warnings=warnings)
    try:
        rate_limits.admit(PURPOSE, request.POST["ticket"], request, at)
    except rate_limits.Held as held:
        return _form(
            request,
            audience,
            form,
            request.POST["ticket"],
            status=429,
            held=held,
            confirmed=form.cleaned_data["confirmed"],
        )
    receipt = sealed.new_receipt(ticket.receipt_entropy, _language())
    with LANE:
        keys = sealed.receipt_keys(receipt, ZONE)
    stored = letters.receive_letter(
        by=CHILD,
        receipt=keys,
        language=_language(),
        audience=audience,
        text=form.cleaned_data["text"],
        from_chat=bool(request.POST.get("from_chat")),
        at=at,
    )
    return _sent(request, stored, receipt, sealed.new_pass(keys, at), at)


def _sent(
    request: HttpRequest, letter: Letter, receipt: sealed.Receipt, pass_: str, at: datetime
) -> HttpResponse:
    again = {name: request.POST[name] for name in ("ticket", "text", "from_chat") if name in request.POST} | {
        "confirmed": "1"
    }
    language.posts_again(request, again)
    context = {
        "receipt": receipt,
        "is_adult": letter.audience == "ADULT",
        "in_danger": letter.band == "IMMEDIATE",
        "answer_by": moment(letter.due_at, at),
        "pass": pass_,
        "today": at,
    }
    return _page(request, "letter_sent", context)


def moment(due: datetime, at: datetime) -> str:
    """„šiandien iki 14:30“, „rytoj iki 14:30“, else the day with its hour."""
    day, today = due.astimezone(VILNIUS).date(), at.astimezone(VILNIUS).date()
    time = f"{due.astimezone(VILNIUS):%H:%M}"
    if day == today:
        return gettext("today by %(time)s") % {"time": time}
    if day == today + timedelta(days=1):
        return gettext("tomorrow by %(time)s") % {"time": time}
    return gettext("by %(day)s, %(time)s") % {"day": i18n.long_date(day), "time": time}


# Coming back


def show_thread(request: HttpRequest, keys: sealed.ReceiptKeys, at: datetime) -> HttpResponse | None:
    """The page of the thread that a receipt leads to, or None when it leads to no letter.

    Reading an answer is noted.

    The return page calls it with the keys of what was typed; unknown and purged receipts cost the
    same work here.
    """
    thread = thread_behind(keys, at)
    return None if thread is None else _thread(request, thread, keys, at)


def _thread(
    request: HttpRequest,
    thread: Thread,
    keys: sealed.ReceiptKeys,
    at: datetime,
    *,
    form: ReplyForm | None = None,
    warnings: list[str] | None = None,
    said: str = "",
    thanked: bool = False,
) -> HttpResponse:
    letters.mark_read(by=CHILD, letter=thread.letter, at=at)
    asks = thread.letter.audience == "CHILD" and (
        thread.has_new or "ask" in request.POST
    )  # the questions speak to a child
    asks = asks and letters.may_rate(thread.letter)
    pass_ = sealed.new_pass(keys, at)
    language.posts_again(request, {"pass": pass_}, to="helpline-letter-read")
    context = {
        "thread": thread,
        "letter": thread.letter,
        "stage": thread.stage,
        "is_adult": thread.letter.audience == "ADULT",
        "answer_by": moment(thread.letter.due_at, at),
        "keep_days": keep_terms()["helpline.letter"].days,
        "pass": pass_,
        "form": form or ReplyForm(initial={"after": thread.letter.last_number}),
        "warnings": warnings or [],
        "said": said,
        "thanked": thanked,
        "feedback": LetterFeedbackForm() if asks and not thanked else None,
    }
    return _page(request, "letter_thread", context, 422 if form is not None else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Read again, write more or give feedback while the pass is valid; otherwise back to the page that asks
    for the code.
    """
    at = clock.now()
    try:
        keys = sealed.read_pass(request.POST.get("pass", ""), at, PASS_AGE)
    except sealed.TicketError:
        return _back()
    thread = thread_behind(keys, at) if keys.zone is ZONE else None
    if thread is None:
        return _back()
    if "text" in request.POST:
        return _reply(request, thread, keys, at)
    if "how" in request.POST:
        return _how_it_was(request, thread, keys, at)
    return _thread(request, thread, keys, at)


def _reply(request: HttpRequest, thread: Thread, keys: sealed.ReceiptKeys, at: datetime) -> HttpResponse:
    form = ReplyForm(request.POST)
    warnings = form.warnings() if form.is_valid() else []
    if not form.is_valid() or warnings:
        return _thread(request, thread, keys, at, form=form, warnings=warnings)
    try:
        letters.write_more(
            by=CHILD,
            letter=thread.letter,
            key=thread.key,
            text=form.cleaned_data["text"],
            after=form.cleaned_data["after"],
            at=at,
        )
    except letters.LetterOver:
        return _thread(request, thread, keys, at)
    again = thread_behind(keys, at) or thread
    return _thread(request, again, keys, at, said=gettext("Your words are sent."))


def _how_it_was(request: HttpRequest, thread: Thread, keys: sealed.ReceiptKeys, at: datetime) -> HttpResponse:
    form = LetterFeedbackForm(request.POST)
    answered = any(not part.from_child for part in thread.parts)
    if answered and form.is_valid() and not form.is_empty:
        letters.rate_letter(
            by=CHILD, letter=thread.letter, mood=form.cleaned_data["mood"], answers=form.answers, at=at
        )
    return _thread(request, thread, keys, at, thanked=True)


def _back() -> HttpResponse:
    """To the page that asks for the receipt; where an installation has none, to the letter's own page."""
    try:
        return HttpResponseRedirect(reverse("helpline-return"))
    except NoReverseMatch:
        return HttpResponseRedirect(reverse("helpline-letter"))

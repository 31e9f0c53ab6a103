"""The help page: ways to talk, whether the line is open now, what stays confidential and what does not."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sauga.helpline.calls.views import browser_call
from sauga.helpline.chat.queries import queue
from sauga.helpline.chat.views import visitor_session
from sauga.helpline.line.queries.texts import grounds, keep_days
from sauga.helpline.rota.presenters import opening_hours as words
from sauga.helpline.rota.queries.opening_hours import openings, plan, week
from sauga.kernel import clock
from sauga.kernel.ui.responses.cache_headers import allow_compression

COLUMNS = ("PHONE", "CHAT")


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    """Help for children and young people.

    Identifies no visitor: only a browser that is in a conversation is shown the way back into it.
    """
    at = clock.now()
    made = plan(at)
    open_now, days = openings(at, made=made), week(at, COLUMNS, made=made)
    chat = words.chat(
        open_now["CHAT"], at, queue.usual_wait("NONE", at) if open_now["CHAT"].is_open else (None, None)
    )
    context = {
        "chat": chat,
        "phone": words.phone(open_now["PHONE"], at),
        "may_call_here": browser_call.is_offered(),
        "letter": words.letter(open_now["LETTER"]),
        "today": words.of_today(*(next(one for one in days if one.channel == name) for name in COLUMNS)),
        "hours": words.table(days, COLUMNS, at),
        "is_heard": open_now["CHAT"].is_open or open_now["PHONE"].is_open,
        "grounds": grounds(),
        "keep_days": keep_days(),
        "is_in_one": visitor_session.has_cookie(request) and visitor_session.here(request, at) is not None,
    }
    response = render(request, "helpline/overview/public/help.html", context)
    response.headers["Cache-Control"] = "no-store"
    return allow_compression(response)  # without a cookie it is the same for everybody

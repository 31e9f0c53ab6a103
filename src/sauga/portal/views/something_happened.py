"""“Something happened”: a guided choice of at most four taps, and what to report.

Nothing is stored: the answers travel in the body of a post and come back in hidden fields, so that no
address, log or referrer holds them (decision 0118).
"""

from http import HTTPMethod

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import page_cache
from sauga.kernel.ui.public_frame import language, opening_hours
from sauga.portal.presenters import something_happened as words
from sauga.portal.queries import something_happened as ends
from sauga.portal.rules import readers
from sauga.portal.rules.something_happened import End, Question, next_of, read, topic_of
from sauga.portal.states import HelpCode
from sauga.portal.views.today import moment, today

PRIVATE = "private, no-cache"
"""Not `no-store`: without a stored copy the browser's Back ends at its own error page instead of at the
question before.
"""


@require_http_methods(["GET", "HEAD", "POST"])
def something_happened(request: HttpRequest) -> HttpResponse:
    """The first question; a post shows the next one or the end, at the same address.

    The address may name the group of readers that the page before was for: advice then opens at theirs.
    """
    if request.method != HTTPMethod.POST:
        return page_cache.cache_response(request, _page(request, {}))
    fields = {name.value: request.POST.get(name.value, "") for name in Question}
    response = _page(request, fields, is_back="back" in request.POST)
    response.headers["Cache-Control"] = PRIVATE
    return response


def _page(request: HttpRequest, fields: dict[str, str], *, is_back: bool = False) -> HttpResponse:
    topic = topic_of(fields.get(Question.WHAT, ""))
    reader = readers.reads(request.GET.get(readers.QUERY, ""), ())
    places = ends.destinations(language=get_language() or "lt", topic=topic, day=today(), reader=reader)
    offered = frozenset(places)
    answers = read(fields, offered)
    if is_back and answers:
        answers.popitem()
    if request.method == HTTPMethod.POST:
        again = {name.value: value for name, value in answers.items()}
        language.posts_again(request, again or {Question.WHAT.value: ""})
    reached = next_of(answers, offered)
    context = {
        "answers": answers,
        "chosen": words.chosen(answers),
        "places": places,
        "here": readers.opened(reverse("portal-something-happened"), reader),
    }
    if isinstance(reached, End):
        reach = opening_hours.reach_on(request, HelpCode.CHILD_HELPLINE, moment())
        is_heard = reach is None or reach.is_heard
        context |= (
            words.end(reached, places, ends.letter_page(get_language() or "lt"), is_heard=is_heard)
            | words.report_lists(places)
            | {"reach": reach}
        )
        return render(request, "portal/public/something_happened_end.html", context)
    context |= words.question(reached, answers, offered)
    return render(request, "portal/public/something_happened.html", context)


@require_safe
def what_to_report(request: HttpRequest) -> HttpResponse:
    """“Harmful but not illegal?”: what the hotline takes, what it does not, and where to go instead."""
    places = ends.destinations(language=get_language() or "lt", topic="", day=today())
    context = {"places": places} | words.report_lists(places)
    return page_cache.cache_response(request, render(request, "portal/public/what_to_report.html", context))

"""The personal test for everybody: the choice of an audience, the test, its result without JavaScript, the
class version, the family agreement. No cookie; nothing of the answers is kept.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import page_cache
from sauga.kernel.ui.public_frame import language
from sauga.selfcheck.personal import presenters
from sauga.selfcheck.personal.queries import versions
from sauga.selfcheck.personal.rules import outcome as outcomes
from sauga.selfcheck.personal.rules.bank import Audience

MOST_FIELDS = 60
CLASSES = {Audience.CHILD: "selfcheck-class-child", Audience.TEEN: "selfcheck-class-teen"}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """For whom is the test?"""
    bank = versions.bank()
    context = {
        "title": presenters.TITLE,
        "doors": [
            (presenters.AUDIENCES[one], len(bank.parts[one].items), reverse(presenters.PAGES[one]))
            for one in Audience
        ],
    }
    page = render(request, "selfcheck/personal/public/index.html", context)
    return page_cache.cache_response(request, page)


@require_http_methods(["GET", "HEAD", "POST"])
def test(request: HttpRequest, audience: str) -> HttpResponse:
    """The questions; a post answers with the next steps and is forgotten."""
    whom = Audience(audience)
    bank = versions.bank()
    part = bank.parts[whom]
    context: dict[str, object] = {
        "audience": whom,
        "words": presenters.words_for(whom),
        "others": [
            (presenters.AUDIENCES[one], reverse(presenters.PAGES[one])) for one in Audience if one != whom
        ],
        "here": reverse(presenters.PAGES[whom]),
        "for_class": reverse(CLASSES[whom]) if whom in CLASSES else "",
    }
    if request.method == "POST":
        return _answered(request, whom, context)
    context |= {
        "intro": presenters.spoken(part.intro),
        "questions": presenters.questions(part),
        "sources": list(presenters.sources(bank, part)),
        **presenters.result(part, bank, None),
    }
    page = render(request, "selfcheck/personal/public/test.html", context)
    return page_cache.cache_response(request, page)


def _answered(request: HttpRequest, audience: Audience, context: dict[str, object]) -> HttpResponse:
    bank = versions.bank()
    part = bank.parts[audience]
    given = answers_of(request, audience)
    language.posts_again(request, {code: str(place) for code, place in given.items()})
    context |= presenters.result(part, bank, outcomes.outcome(part, given))
    response = render(request, "selfcheck/personal/public/result.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def answers_of(request: HttpRequest, audience: Audience) -> dict[str, int]:
    """The understood answers of a posted form."""
    fields = {name: str(value) for name, value in list(request.POST.items())[:MOST_FIELDS]}
    return outcomes.answers_in(versions.part(audience), fields)


@require_safe
def classes(request: HttpRequest) -> HttpResponse:
    """For teachers: which class?"""
    bank = versions.bank()
    doors = [
        (presenters.AUDIENCES[one], len(bank.parts[one].items), reverse(CLASSES[one])) for one in CLASSES
    ]
    page = render(request, "selfcheck/personal/public/classes.html", {"doors": doors})
    return page_cache.cache_response(request, page)


@require_safe
def class_version(request: HttpRequest, audience: str) -> HttpResponse:
    """One question at a time, to project or to print; no answer is recorded."""
    part = versions.part(Audience(audience))
    context = {
        "name": presenters.AUDIENCES[part.audience],
        "title": presenters.TITLES[False],
        "questions": presenters.questions(part),
        "helpers": presenters.helpers(part.help),
        "test": reverse(presenters.PAGES[part.audience]),
    }
    page = render(request, "selfcheck/personal/public/class.html", context)
    return page_cache.cache_response(request, page)


@require_safe
def agreement(request: HttpRequest) -> HttpResponse:
    """The family agreement: made, filled in and printed on the device."""
    bank = versions.bank()
    context = {
        "promises": presenters.promises(bank, None, None),
        "helpers": presenters.helpers(bank.parts[Audience.CHILD].help),
    }
    page = render(request, "selfcheck/personal/public/agreement.html", context)
    return page_cache.cache_response(request, page)

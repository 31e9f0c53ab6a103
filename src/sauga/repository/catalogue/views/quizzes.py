"""The answers to a quiz or a self-check: counted, shown and forgotten. No account, no cookie."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from sauga.kernel.ui.parameters.numbers import whole
from sauga.kernel.ui.public_frame import language
from sauga.repository.catalogue.queries import catalogue as queries
from sauga.repository.catalogue.rules import quizzes
from sauga.repository.resources.presenters import resources

MOST_FIELDS = 400


@require_http_methods(["GET", "HEAD", "POST"])
def answers(request: HttpRequest, slug: str) -> HttpResponse:
    """What the posted answers amount to; without answers, the resource's page."""
    row = queries.live_resource(slug)
    here = resources.speaking()
    _read, played = quizzes.split(row.words("body", here) or [])
    place = whole(request.POST.get("quiz"), MOST_FIELDS)
    if request.method != "POST" or not 1 <= place <= len(played):
        return HttpResponseRedirect(resources.href(row))
    quiz = played[place - 1]
    fields = {name: str(value) for name, value in list(request.POST.items())[:MOST_FIELDS]}
    given = quizzes.answered(quiz, fields)
    request.twins = resources.twins("repository-answers", row)  # type: ignore[attr-defined]  # read by kernel.ui.public_frame.language
    language.posts_again(request, {"quiz": str(place), **_again(given)})
    title, lang = resources.spoken(row, "title")
    context = {
        "row": row,
        "title": title,
        "lang": lang,
        "href": resources.href(row),
        "quiz": quiz,
        "given": given,
        "right": sum(one.is_right for one in given),
        "result": quizzes.result(quiz, given) if quiz.is_check else "",
        "advice": [one for one in given if one.needs_advice] if quiz.is_check else [],
        "is_empty": not any(one.chosen for one in given),
    }
    response = render(request, "repository/catalogue/answers.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response


def _again(given: list[quizzes.Answered]) -> dict[str, str]:
    """The understood answers as the fields of a form."""
    found: dict[str, str] = {}
    for one in given:
        name = f"q{one.question.place}"
        for number in one.chosen:
            found |= {f"{name}-{number}": "1"} if one.question.is_many else {name: str(number)}
    return found

"""A course without a network: what a device may keep of it, the pages that it keeps, what was done meanwhile.

The kept pages hold the course and where the learner stands; no name, nothing that others wrote. Opening one
changes nothing. What is posted was done on a device, `age` seconds ago; sending it again is without effect.
"""

import json
from datetime import datetime, timedelta
from importlib.resources import files
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.i18n import languages, long_date
from sauga.kernel.refusals import ActionRefused
from sauga.training.courses.presenters import KINDS
from sauga.training.courses.presenters.play import activity_view, answer_in
from sauga.training.courses.queries.versions import content_of
from sauga.training.learning import presenters
from sauga.training.learning.actions import activities, quizzes
from sauga.training.learning.presenters import offline
from sauga.training.learning.queries import enrolments
from sauga.training.learning.views.member import adult
from sauga.training.learning.views.play import answers_in, quiz_context
from sauga.training.learning.views.turns import Turn
from sauga.training.states import LEARNING

OLDEST = offline.KEPT


@require_safe
def listing(request: HttpRequest, ref: str) -> JsonResponse:
    """What a device can keep: pages, films and files with their sizes; and a token for what it sends."""
    row = enrolments.readable(adult(request), ref)
    answer = JsonResponse(offline.listing(row, content_of(row.version)) | {"token": get_token(request)})
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_safe
def worker(request: HttpRequest, ref: str) -> HttpResponse:
    """The service worker of one course: it answers for this course alone, and only without a network."""
    row = enrolments.readable(adult(request), ref)
    folder = files("sauga.training").joinpath("static", "training", "learning")
    source = folder.joinpath("worker.js").read_text(encoding="utf-8")
    facts = {
        "base": reverse("training-learn", args=[row.ref]),
        "overview": reverse("training-kept-course", args=[row.ref]),
        "cache": offline.cache_name(row),
        "days": offline.KEPT.days,
    }
    text = f"const COURSE = {json.dumps(facts)};\n{source}"
    return HttpResponse(text, content_type="text/javascript; charset=utf-8")


@require_safe
def course(request: HttpRequest, ref: str) -> HttpResponse:
    """The kept overview of a course."""
    row = enrolments.readable(adult(request), ref)
    at, content = clock.now(), content_of(row.version)
    context = _frame(row, at) | {
        "standing": presenters.standing_of(row, content, at),
        "kept": offline.kept_codes(row, content),
    }
    return render(request, "training/learning/member/kept_course.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """The kept page of a part; and what was done on it without a network: 204, or 409 with the reason."""
    by, at = adult(request), clock.now()
    row = enrolments.readable(by, ref)
    content = content_of(row.version)
    held = content.by_code.get(code)
    if held is None or code not in offline.kept_codes(row, content):
        raise Http404
    turn = Turn(request, by, row, held, content, at)
    if request.method == "POST":
        return _taken(turn)
    record = turn.record
    order = [one for one in content.activities if one.code in offline.kept_codes(row, content)]
    place = order.index(held)
    answers = record.data.get("answers", {}) if record else {}
    context = _frame(row, at) | {
        "part": held,
        "kind": KINDS[held.kind],
        "view": activity_view(held, content, languages.active().code, answers=answers),
        "is_done": record is not None and record.done_at is not None,
        "is_learning": row.state in LEARNING,
        "after": order[place + 1] if place + 1 < len(order) else None,
        **(quiz_context(turn) if held.kind == "quiz" else {}),
    }
    return render(request, "training/learning/member/kept_part.html", context)


def _frame(row: Any, at: datetime) -> dict[str, Any]:
    return {
        "row": row,
        "course": str(row.version),
        "kept_on": long_date(at),
        "cache": offline.cache_name(row),
        "words": json.dumps(offline.words()),
        "listing": reverse("training-offline", args=[row.ref]),
    }


def _taken(turn: Turn) -> HttpResponse:
    """Take what was done on a device some time ago."""
    posted = turn.request.POST
    given_at = turn.at - _age(posted.get("age", ""))
    try:
        match posted.get("do"):
            case "finish":
                activities.finish(by=turn.by, enrolment=turn.row, activity=turn.part.code, at=turn.at)
            case "answer":
                _answer(turn)
            case "save":
                attempt = enrolments.own_attempt(turn.row, posted.get("attempt", ""))
                given = answers_in(posted, attempt, turn.content)
                quizzes.save(by=turn.by, attempt=attempt, answers=given, at=turn.at, given_at=given_at)
            case _:
                raise Http404
    except ActionRefused as refused:
        return HttpResponse(refused.text, status=409, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


def _answer(turn: Turn) -> None:
    """Answers to the questions of a film; what is answered already stays."""
    known = turn.record.data.get("answers", {}) if turn.record else {}
    for entry in turn.part.content.get("questions", ()):
        item = turn.content.items.get(entry["item"])
        if item is None or item.code in known or not (given := answer_in(item, turn.request.POST)):
            continue
        activities.answer_film(
            by=turn.by, enrolment=turn.row, activity=turn.part.code, item=item.code, answer=given, at=turn.at
        )


def _age(text: str) -> timedelta:
    """How long ago something was done, by the device's clock; at most as long as a device keeps a course."""
    seconds = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    return min(timedelta(seconds=seconds), OLDEST)

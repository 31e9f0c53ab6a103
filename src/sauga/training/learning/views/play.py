"""The course player: one page for each activity, complete without a script. What a script adds (where a film
stopped, answers saved while one goes on) posts to the same addresses."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.ui.page_previews import frames
from sauga.training.courses.presenters import KINDS
from sauga.training.courses.presenters.play import activity_view, answer_in, question_view
from sauga.training.courses.queries.versions import Content, content_of
from sauga.training.learning import presenters
from sauga.training.learning.actions import activities, package_runs, quizzes, tool_launches
from sauga.training.learning.models import Attempt
from sauga.training.learning.presenters import offline, packages
from sauga.training.learning.queries import enrolments
from sauga.training.learning.views import texts
from sauga.training.learning.views.member import SENTENCES, UNFIT, adult
from sauga.training.learning.views.turns import Turn
from sauga.training.states import LEARNING
from sauga.training.tools import presenters as tool_words
from sauga.training.tools.queries import tools as registrations

TEMPLATE = "training/learning/member/activity.html"


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """An activity, and everything that is posted to it: `do` says what."""
    by, at = adult(request), clock.now()
    if request.method == "POST" and (gone := enrolments.unreadable(by, ref)):
        return texts.left(request, gone)
    row = enrolments.readable(by, ref)
    content = content_of(row.version)
    part = content.by_code.get(code)
    if part is None:
        raise Http404
    turn = Turn(request, by, row, part, content, at)
    if request.method == "POST":
        act = ACTS.get(request.POST.get("do", ""))
        if act is None:
            raise Http404
        try:
            done = act(turn)
        except ActionRefused as refused:
            return _page(turn, refused.text)
        return done or _page(turn)
    if row.state in LEARNING and request.method == "GET":
        now = activities.open_activity(by=by, enrolment=row, activity=code, at=at)
        row.state, row.minutes, row.here = now.state, now.minutes, now.here
    return _page(turn)


def _page(turn: Turn, refused: Any = "") -> HttpResponse:
    row, part, content, record = turn.row, turn.part, turn.content, turn.record
    if turn.request.method == "POST":
        row.refresh_from_db(fields=["state", "minutes"])
    place = content.activities.index(part)
    where = presenters.standing_of(row, content, turn.at, turn.progress)
    lines = {line.code: line for module in where.modules for line in module.lines}
    answers = record.data.get("answers", {}) if record else {}
    context = {
        "row": row,
        "part": part,
        "kind": KINDS[part.kind],
        "view": activity_view(part, content, languages.active().code, answers=answers),
        "course": str(row.version),
        "standing": where,
        "line": lines[part.code],
        "place": place + 1,
        "count": len(content.activities),
        "before": content.activities[place - 1] if place else None,
        "after": content.activities[place + 1] if place + 1 < len(content.activities) else None,
        "is_learning": row.state in LEARNING,
        "second": record.data.get("second", 0) if record else 0,
        "refused": refused,
        "offline": offline.setup(row),
        "is_done": record is not None and record.done_at is not None,
        **(EXTRAS[part.kind](turn) if part.kind in EXTRAS else {}),
    }
    errors = any(form.errors for form in turn.forms.values())
    status = UNFIT if refused or errors else 200
    page = members.page(turn.request, TEMPLATE, context, status=status, sentences=SENTENCES)
    return frames.frames(page) if part.kind == "package" else page


# What more a page needs, by kind
def quiz_context(turn: Turn) -> dict[str, Any]:
    """The open try and the last one that was sent."""
    tries = enrolments.attempts(turn.row, turn.part.code)
    current = next((one for one in tries if one.sent_at is None), None)
    last = next((one for one in tries if one.sent_at is not None), None)
    passed = int(turn.part.content.get("pass") or 0)
    return {
        "current": current,
        "questions": _questions(current, turn.content, reveals=False) if current else [],
        "last": last,
        "last_passed": last is not None and (last.score or 0) >= passed,
        "review": _questions(last, turn.content, reveals=True) if last and not current else [],
        "pass_mark": passed,
    }


def _questions(attempt: Attempt, content: Content, *, reveals: bool) -> list[Any]:
    language, given = languages.active().code, attempt.answers
    return [
        question_view(content.items[code], language, attempt.seed, given.get(code, ()), reveals=reveals)
        for code in attempt.items
        if code in content.items
    ]


def _package(turn: Turn) -> dict[str, Any]:
    asked = turn.request.GET.get("part", "")
    return {"package": packages.on_page(turn.row, turn.part, asked, turn.at)}


def _tool(turn: Turn) -> dict[str, Any]:
    """What is passed to whom, and whether it can be opened now."""
    tool = registrations.tool_of(turn.part.content)
    is_open = tool is not None and registrations.may_open(tool, turn.at)
    return {
        "tool": tool,
        "tool_off": "" if is_open else tool_words.why_off(tool),
        "asks_name": tool is not None and tool_launches.asks_name(turn.part, tool),
        "own_name": turn.by.name,
        "finishes_itself": activities.finishes_itself(turn.part) and turn.record is not None,
        "score": turn.record.score if turn.record else None,
        "pass_mark": int(turn.part.content.get("pass") or 0),
    }


EXTRAS: dict[str, Callable[[Turn], dict[str, Any]]] = {
    "quiz": quiz_context,
    "assignment": texts.assignment,
    "discussion": texts.discussion,
    "package": _package,
    "lti": _tool,
}


# What can be posted
def _finish(turn: Turn) -> HttpResponse:
    activities.finish(by=turn.by, enrolment=turn.row, activity=turn.part.code, at=turn.at)
    place = turn.content.activities.index(turn.part) + 1
    if place < len(turn.content.activities):
        return members.to("training-activity", "done", turn.row.ref, turn.content.activities[place].code)
    return members.to("training-learn", "done", turn.row.ref)


def _answer(turn: Turn) -> HttpResponse:
    for entry in turn.part.content.get("questions", ()):
        item = turn.content.items.get(entry["item"])
        if item and (given := answer_in(item, turn.request.POST)):
            activities.answer_film(
                by=turn.by,
                enrolment=turn.row,
                activity=turn.part.code,
                item=item.code,
                answer=given,
                at=turn.at,
            )
    return turn.at_anchor("questions")


def _begin(turn: Turn) -> HttpResponse:
    quizzes.begin(by=turn.by, enrolment=turn.row, activity=turn.part.code, at=turn.at)
    return turn.at_anchor("quiz")


def _send(turn: Turn) -> HttpResponse:
    posted = turn.request.POST
    attempt = enrolments.own_attempt(turn.row, posted.get("attempt", ""))
    given = answers_in(posted, attempt, turn.content)
    if posted.get("do") == "save":
        quizzes.save(by=turn.by, attempt=attempt, answers=given, at=turn.at)
        return turn.here("saved")
    quizzes.send(by=turn.by, attempt=attempt, answers=given, at=turn.at)
    return turn.at_anchor("result")


def answers_in(posted: Any, attempt: Attempt, content: Content) -> dict[str, list[int]]:
    """What a form answers to the questions of a try."""
    return {
        code: given
        for code in attempt.items
        if code in content.items and (given := answer_in(content.items[code], posted))
    }


ACTS: dict[str, Callable[[Turn], HttpResponse | None]] = {
    "finish": _finish,
    "answer": _answer,
    "begin": _begin,
    "save": _send,
    "send": _send,
    **texts.ACTS,
}


@require_POST
def keep(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """For the script: where a film stopped, answers of an open try, what a package reports, a draft. 204, or
    what the page says of a report or a draft; what is refused is 409."""
    by, at = adult(request), clock.now()
    if request.POST.get("do") == "save-draft":
        return texts.keep_draft(request, by, enrolments.own(by, ref), code, at)
    row = enrolments.readable(by, ref)
    try:
        if "report" in request.POST:
            part, report = request.POST.get("part", ""), request.POST["report"]
            done = package_runs.save(by=by, enrolment=row, activity=code, part=part, report=report, at=at)
            return JsonResponse(packages.saved(done))
        if "second" in request.POST:
            text = request.POST["second"]
            second = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
            activities.watch(by=by, enrolment=row, activity=code, second=second, at=at)
        else:
            attempt = enrolments.own_attempt(row, request.POST.get("attempt", ""))
            given = answers_in(request.POST, attempt, content_of(row.version))
            quizzes.save(by=by, attempt=attempt, answers=given, at=at)
    except ActionRefused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)

"""The course player: one page for each activity, complete without a script. What a script adds (where a film
stopped, answers saved while one goes on) posts to the same addresses."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.kernel import clock, members
from sauga.kernel.i18n import languages
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.training.courses.models import Activity
from sauga.training.courses.presenters import KINDS
from sauga.training.courses.presenters.play import activity_view, answer_in, question_view
from sauga.training.courses.queries.versions import Content, content_of
from sauga.training.learning import forms, presenters
from sauga.training.learning.actions import assignments, discussing, doing, quizzes
from sauga.training.learning.models import Attempt, Enrolment
from sauga.training.learning.queries import enrolments
from sauga.training.learning.views.member import SENTENCES, UNFIT, adult
from sauga.training.states import LEARNING

TEMPLATE = "training/learning/member/activity.html"
type Forms = dict[str, Any]


@require_http_methods(["GET", "HEAD", "POST"])
def activity(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """An activity, and everything that is posted to it: `do` says what."""
    by, at = adult(request), clock.now()
    row = enrolments.readable(by, ref)
    content = content_of(row.version)
    part = content.by_code.get(code)
    if part is None:
        raise Http404
    bound: Forms = {}
    refused: Any = ""
    if request.method == "POST":
        do = request.POST.get("do", "")
        act = ACTS.get(do)
        if act is None:
            raise Http404
        try:
            done = act(request, by, row, part, content, bound, at)
        except ActionRefused as error:
            done, refused = None, error.text
        if done is not None:
            return done
    elif row.state in LEARNING and request.method == "GET":
        row = doing.open_activity(by=by, enrolment=row, activity=code, at=at)
        row = enrolments.readable(by, ref)
    return _page(request, by, row, part, content, bound, refused)


def _page(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    refused: Any,
) -> HttpResponse:
    at, language = clock.now(), languages.active().code
    record = row.progress.filter(activity=part.code).first()
    answers = record.data.get("answers", {}) if record else {}
    place = content.activities.index(part)
    standing = presenters.standing_of(row, content, at)
    after = content.activities[place + 1] if place + 1 < len(content.activities) else None
    context = {
        "row": row,
        "part": part,
        "kind": KINDS[part.kind],
        "view": activity_view(part, content, language, answers=answers),
        "course": str(row.version),
        "standing": standing,
        "line": next(line for module in standing.modules for line in module.lines if line.code == part.code),
        "place": place + 1,
        "count": len(content.activities),
        "before": content.activities[place - 1] if place else None,
        "after": after,
        "is_learning": row.state in LEARNING,
        "second": record.data.get("second", 0) if record else 0,
        "refused": refused,
        "is_done": record is not None and record.done_at is not None,
        "done_href": reverse("training-activity", args=[row.ref, part.code]),
        **EXTRAS.get(part.kind, _nothing)(by, row, part, content, bound),
    }
    status = UNFIT if refused or any(form.errors for form in bound.values()) else 200
    return members.page(request, TEMPLATE, context, status=status, sentences=SENTENCES)


# What more a page needs, by kind
def _nothing(by: MemberActor, row: Enrolment, part: Activity, content: Content, bound: Forms) -> Forms:
    return {}


def _quiz(by: MemberActor, row: Enrolment, part: Activity, content: Content, bound: Forms) -> Forms:
    tries = enrolments.attempts(row, part.code)
    current = next((one for one in tries if one.sent_at is None), None)
    sent = [one for one in tries if one.sent_at is not None]
    passed = int(part.content.get("pass") or 0)
    return {
        "current": current,
        "questions": _questions(current, content, reveals=False) if current else [],
        "last": sent[0] if sent else None,
        "last_passed": bool(sent) and (sent[0].score or 0) >= passed,
        "review": _questions(sent[0], content, reveals=True) if sent and not current else [],
        "pass_mark": passed,
    }


def _questions(attempt: Attempt, content: Content, *, reveals: bool) -> list[Any]:
    language = languages.active().code
    return [
        question_view(
            content.items[code], language, attempt.seed, attempt.answers.get(code, ()), reveals=reveals
        )
        for code in attempt.items
        if code in content.items
    ]


def _assignment(by: MemberActor, row: Enrolment, part: Activity, content: Content, bound: Forms) -> Forms:
    held = enrolments.handed_in(row, part.code)
    record = row.progress.filter(activity=part.code).first()
    is_done = record is not None and record.done_at is not None
    form = bound.get("text") or forms.TextForm(initial={"text": held.text if held else ""})
    return {
        "handed": held,
        "text_form": form if row.state in LEARNING and not is_done else None,
        "reviews": [
            (one, text, bound.get(one.ref) or review_form(part, one.ref))
            for one, text in enrolments.reviews_to_write(row, part.code)
        ],
    }


def review_form(part: Activity, ref: str, data: Any = None) -> forms.RubricForm:
    """The form of a review of another learner's work."""
    return forms.RubricForm(
        data,
        rubric=part.content["rubric"],
        language=languages.active().code,
        comment_label=_("What is good, and what would you change?"),
        is_needed=True,
        auto_id=f"r{ref}-%s",
    )


def _discussion(by: MemberActor, row: Enrolment, part: Activity, content: Content, bound: Forms) -> Forms:
    return {
        "thread": enrolments.thread(row.cohort, part.code, row.group, own_id=row.pk),
        "post_form": bound.get("post") or forms.PostForm(),
    }


EXTRAS: dict[str, Callable[..., Forms]] = {
    "quiz": _quiz,
    "assignment": _assignment,
    "discussion": _discussion,
}


# What can be posted
type Act = Callable[
    [HttpRequest, MemberActor, Enrolment, Activity, Content, Forms, datetime], HttpResponse | None
]


def _here(row: Enrolment, part: Activity, said: str) -> HttpResponse:
    return members.to("training-activity", said, row.ref, part.code)


def _finish(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse:
    doing.finish(by=by, enrolment=row, activity=part.code, at=at)
    place = content.activities.index(part) + 1
    if place < len(content.activities):
        return members.to("training-activity", "done", row.ref, content.activities[place].code)
    return members.to("training-learn", "done", row.ref)


def _answer(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse:
    for entry in part.content.get("questions", ()):
        item = content.items.get(entry["item"])
        if item and (given := answer_in(item, request.POST)):
            doing.answer_film(by=by, enrolment=row, activity=part.code, item=item.code, answer=given, at=at)
    return HttpResponseRedirect(reverse("training-activity", args=[row.ref, part.code]) + "#questions")


def _begin(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse:
    quizzes.begin(by=by, enrolment=row, activity=part.code, at=at)
    return HttpResponseRedirect(reverse("training-activity", args=[row.ref, part.code]) + "#quiz")


def _send(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse:
    attempt = enrolments.own_attempt(by, row, request.POST.get("attempt", ""))
    given = answers_in(request.POST, attempt, content)
    if request.POST.get("do") == "save":
        quizzes.save(by=by, attempt=attempt, answers=given, at=at)
        return _here(row, part, "saved")
    quizzes.send(by=by, attempt=attempt, answers=given, at=at)
    return HttpResponseRedirect(reverse("training-activity", args=[row.ref, part.code]) + "#result")


def answers_in(posted: Any, attempt: Attempt, content: Content) -> dict[str, list[int]]:
    """What a form answers to the questions of a try."""
    return {
        code: given
        for code in attempt.items
        if code in content.items and (given := answer_in(content.items[code], posted))
    }


def _hand_in(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse | None:
    form = bound["text"] = forms.TextForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            assignments.hand_in(
                by=by, enrolment=row, activity=part.code, text=form.cleaned_data["text"], at=at
            )
            return _here(row, part, "handed-in")
    return None


def _review(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse | None:
    held = enrolments.own_review(row, request.POST.get("review", ""))
    form = bound[held.ref] = review_form(part, held.ref, request.POST)
    if form.is_valid():
        with refusal_in(form):
            comment = form.cleaned_data["comment"]
            assignments.review(by=by, review=held, points=form.points, comment=comment, at=at)
            return _here(row, part, "reviewed")
    return None


def _post(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse | None:
    form = bound["post"] = forms.PostForm(request.POST)
    if form.is_valid():
        with refusal_in(form):
            text = form.cleaned_data["text"]
            discussing.post(by=by, enrolment=row, activity=part.code, text=text, at=at)
            return _here(row, part, "posted")
    return None


def _report(
    request: HttpRequest,
    by: MemberActor,
    row: Enrolment,
    part: Activity,
    content: Content,
    bound: Forms,
    at: datetime,
) -> HttpResponse:
    post = enrolments.post_in_group(row, request.POST.get("post", ""))
    discussing.report(by=by, enrolment=row, post=post, at=at)
    return _here(row, part, "reported")


ACTS: dict[str, Act] = {
    "finish": _finish,
    "answer": _answer,
    "begin": _begin,
    "save": _send,
    "send": _send,
    "hand-in": _hand_in,
    "review": _review,
    "post": _post,
    "report": _report,
}


@require_POST
def keep(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """For the script: where a film stopped, or answers of an open try. Answers 204; what is refused is 409."""
    by, at = adult(request), clock.now()
    row = enrolments.readable(by, ref)
    try:
        if "second" in request.POST:
            text = request.POST["second"]
            second = int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
            doing.watch(by=by, enrolment=row, activity=code, second=second, at=at)
        else:
            attempt = enrolments.own_attempt(by, row, request.POST.get("attempt", ""))
            given = answers_in(request.POST, attempt, content_of(row.version))
            quizzes.save(by=by, attempt=attempt, answers=given, at=at)
    except ActionRefused:
        return HttpResponse(status=409)
    return HttpResponse(status=204)

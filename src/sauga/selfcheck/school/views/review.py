"""Reviewing in My Sauga: the role, schools that wait, one review with its verdicts."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, members
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.forms import AssessForm, ReturnForm, VerdictForm
from sauga.selfcheck.school.models import Review
from sauga.selfcheck.school.queries import assessments as queries
from sauga.selfcheck.school.queries import reviews
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.school.views.evidence import sent
from sauga.selfcheck.school.views.member import adult
from sauga.selfcheck.states import AssessorState

UNFIT = 422
SENTENCES = {
    "assess-asked": _("Sent. The centre decides, and you find the answer here."),
    "assess-ended": _("You are no longer an assessor."),
    "review-taken": _("Taken. Read the comments first, then the files."),
    "review-back": _("Given back. Somebody else takes it up."),
    "verdict-saved": _("Saved. You can change it until you conclude."),
    "file-returned": _("Returned and deleted. The school reads why."),
    "review-done": _("Concluded. The files are deleted; your verdicts stay."),
    "review-not-now": _("This is not possible now."),
}


@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponseBase:
    """Asking for the role; with it, the schools that wait and one's own reviews."""
    by, at = adult(request), clock.now()
    assessor = reviews.assessor_of(by)
    is_granted = assessor is not None and assessor.state == AssessorState.GRANTED
    form = AssessForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        with refusal_in(form):
            said = form.cleaned_data
            review_actions.ask_to_assess(
                by=by, workplaces=[one for one in (said["workplace"], said["another"]) if one], at=at
            )
            return members.to("selfcheck-reviews", "assess-asked")
    context = {
        "form": form,
        "assessor": assessor,
        "state": presenters.ASSESSOR_STATES[AssessorState(assessor.state)] if assessor else None,
        "is_granted": is_granted,
        "may_ask": assessor is None or assessor.state in (AssessorState.REFUSED, AssessorState.ENDED),
        "waiting": [{"row": row, "school": row.school.name_at(at)} for row in reviews.waiting_for(assessor)]
        if is_granted and assessor is not None
        else [],
        "own": [
            {"row": one, "school": one.round.assessment.school.name_at(at)}
            for one in reviews.own_reviews(assessor)
        ]
        if assessor is not None
        else [],
    }
    return members.page(
        request,
        "selfcheck/school/member/reviews.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if form.errors else 200,
    )


@require_POST
def end(request: HttpRequest) -> HttpResponseBase:
    """Give the role up."""
    by = adult(request)
    assessor = reviews.granted(by)
    if assessor is None:
        raise Http404
    try:
        review_actions.end_role(by=by, assessor=assessor, at=clock.now())
    except ActionRefused:
        return members.to("selfcheck-reviews", "review-not-now")
    return members.to("selfcheck-reviews", "assess-ended")


@require_POST
def take(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Take a school that waits."""
    by = adult(request)
    assessor = reviews.granted(by)
    row = next((one for one in reviews.waiting() if one.ref == ref), None) if assessor else None
    if row is None:
        raise Http404
    try:
        made = review_actions.take_review(by=by, assessment=row, at=clock.now())
    except ActionRefused:
        return members.to("selfcheck-reviews", "review-not-now")
    return members.to("selfcheck-review", "review-taken", made.ref)


@require_safe
def review(request: HttpRequest, ref: str) -> HttpResponseBase:
    """One school: each aspect with comment, files and verdict."""
    by = adult(request)
    return _page(request, reviews.own_review(by, ref))


def _page(
    request: HttpRequest, row: Review, bound: tuple[str, VerdictForm] | None = None, refused: str = ""
) -> HttpResponseBase:
    held = row.round
    form, stored = queries.form_of(held), queries.answers_of(held)
    earlier = reviews.verdicts_of(held)
    files = reviews.files_of(held)
    lines: list[dict[str, Any]] = []
    for code in reviewed_aspects(form):
        answer, verdict = stored.get(code), earlier.get(code)
        initial = (
            {"is_accepted": "yes" if verdict.is_accepted else "no", "reason": verdict.reason}
            if verdict
            else {}
        )
        is_bound = bound is not None and bound[0] == code
        sent_form = (
            bound[1]
            if bound is not None and is_bound
            else VerdictForm(initial=initial, auto_id=f"id_{code}_%s")
        )
        lines.append(
            {
                "aspect": form.aspects[code],
                "level": answer.level if answer else None,
                "statement": form.aspects[code].statements[answer.level - 1]
                if answer and answer.level
                else "",
                "comment": answer.comment if answer else "",
                "files": [one for one in files if one.aspect == code and one.file is not None],
                "verdict": verdict,
                "form": sent_form,
                "is_open": verdict is None or is_bound,
            }
        )
    decided = [one["verdict"] for one in lines if one["verdict"] is not None]
    context = {
        "row": row,
        "school": held.assessment.school.name_at(clock.now()),
        "level": presenters.level_name(held.level),
        "lines": lines,
        "done": len(decided),
        "is_whole": len(decided) == len(lines),
        "all_accepted": len(decided) == len(lines) and all(one.is_accepted for one in decided),
        "returning": ReturnForm(),
        "refused": refused,
    }
    return members.page(
        request,
        "selfcheck/school/member/review.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if bound or refused else 200,
    )


@require_POST
def verdict(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """Decide about an aspect."""
    by = adult(request)
    row = reviews.own_review(by, ref)
    if code not in reviewed_aspects(queries.form_of(row.round)):
        raise Http404
    form = VerdictForm(request.POST, auto_id=f"id_{code}_%s")
    if form.is_valid():
        with refusal_in(form, "reason"):
            review_actions.give_verdict(
                by=by,
                review=row,
                aspect=code,
                is_accepted=form.cleaned_data["is_accepted"] == "yes",
                reason=form.cleaned_data["reason"],
                at=clock.now(),
            )
            return members.to("selfcheck-review", "verdict-saved", ref)
    return _page(request, row, bound=(code, form))


@require_POST
def return_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Send a file back to the school; it is deleted at once."""
    by = adult(request)
    row = reviews.own_review(by, ref)
    one = reviews.file_of(row.round, file_ref)
    reason = str(request.POST.get("reason", ""))
    try:
        review_actions.return_evidence(by=by, review=row, evidence=one, reason=reason, at=clock.now())
    except ActionRefused as refused:
        return _page(request, row, refused=refused.text)
    return members.to("selfcheck-review", "file-returned", ref)


@require_safe
def file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """A file of the school under review."""
    by = adult(request)
    return sent(request, reviews.own_review(by, ref).round, file_ref)


@require_POST
def conclude(request: HttpRequest, ref: str) -> HttpResponseBase:
    """End the review."""
    by = adult(request)
    row = reviews.own_review(by, ref)
    try:
        if "back" in request.POST:
            review_actions.give_back(by=by, review=row, at=clock.now())
            return members.to("selfcheck-reviews", "review-back")
        review_actions.conclude(by=by, review=row, is_final="final" in request.POST, at=clock.now())
    except ActionRefused as refused:
        return _page(request, row, refused=refused.text)
    return members.to("selfcheck-reviews", "review-done")

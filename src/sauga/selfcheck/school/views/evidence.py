"""Evidence in My Sauga: comments first, then files, then sent for review."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock, media, members
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.selfcheck.school.actions import evidence as actions
from sauga.selfcheck.school.forms import CommentForm, FileForm
from sauga.selfcheck.school.models import Assessment, Round
from sauga.selfcheck.school.queries import assessments as queries
from sauga.selfcheck.school.queries import reviews
from sauga.selfcheck.school.rules.codes import SHORTEST_COMMENT, Level, ReturnReason
from sauga.selfcheck.school.rules.reviews import reviewed_aspects
from sauga.selfcheck.school.views.member import SENTENCES, own
from sauga.selfcheck.states import GIVING_EVIDENCE

UNFIT = 422


@require_safe
def evidence(request: HttpRequest, ref: str) -> HttpResponseBase:
    """The aspects that a reviewer looks at, and what is there for each."""
    _by, row = own(request, ref)
    return _list(request, row)


def _list(request: HttpRequest, row: Assessment, refused: str = "") -> HttpResponseBase:
    if row.state not in GIVING_EVIDENCE:
        raise Http404
    held = queries.present_round(row)
    lines = _lines(held)
    context = {
        "row": row,
        "school": row.school.name_at(clock.now()),
        "lines": lines,
        "ready": sum(one["is_ready"] for one in lines),
        "is_gold": held.level == Level.GOLD,
        "refused": refused,
    }
    return members.page(
        request,
        "selfcheck/school/member/evidence.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if refused else 200,
    )


def _lines(held: Round) -> list[dict[str, Any]]:
    form, stored, decided = queries.form_of(held), queries.answers_of(held), reviews.verdicts_of(held)
    kept = [one for one in reviews.files_of(held) if one.file is not None]
    lines = []
    for code in reviewed_aspects(form):
        comment = stored[code].comment if code in stored else ""
        files = sum(one.aspect == code for one in kept)
        verdict = decided.get(code)
        is_accepted = verdict is not None and verdict.is_accepted
        has_comment = len(comment) >= SHORTEST_COMMENT
        lines.append(
            {
                "aspect": form.aspects[code],
                "has_comment": has_comment,
                "files": files,
                "verdict": verdict,
                "is_accepted": is_accepted,
                "is_ready": is_accepted or (has_comment and (files > 0 or held.level != Level.GOLD)),
            }
        )
    return lines


@require_http_methods(["GET", "HEAD", "POST"])
def aspect(request: HttpRequest, ref: str, code: str) -> HttpResponseBase:
    """One aspect: its comment, its files, and adding one."""
    by, row = own(request, ref)
    held = queries.present_round(row)
    form = queries.form_of(held)
    if row.state not in GIVING_EVIDENCE or code not in reviewed_aspects(form):
        raise Http404
    stored = queries.answers_of(held).get(code)
    is_file = "pledge" in request.POST
    posted = request.POST if request.method == "POST" else None
    comment = CommentForm(
        posted if not is_file else None, initial={"comment": stored.comment if stored else ""}
    )
    file = FileForm(posted if is_file else None, request.FILES if is_file else None)
    if comment.is_bound and comment.is_valid():
        with refusal_in(comment):
            actions.save_comment(
                by=by, assessment=row, aspect=code, comment=comment.cleaned_data["comment"], at=clock.now()
            )
            return members.to("selfcheck-evidence-aspect", "comment-saved", ref, code)
    if file.is_bound and file.is_valid():
        upload, pledges = file.cleaned_data["file"], file.cleaned_data["pledges"]
        with refusal_in(file, "file"):
            made = actions.add_evidence(
                by=by,
                assessment=row,
                aspect=code,
                content=upload.read(),
                name=upload.name,
                pledges=pledges,
                at=clock.now(),
            )
            said = "file-returned" if made.returned else "file-added"
            return members.to("selfcheck-evidence-aspect", said, ref, code)
    verdict = reviews.verdicts_of(held).get(code)
    context = {
        "row": row,
        "aspect": form.aspects[code],
        "comment": comment,
        "form": file if is_file else comment,
        "file": file,
        "has_comment": len(stored.comment if stored else "") >= SHORTEST_COMMENT,
        "files": [_file_line(one) for one in reviews.files_of(held) if one.aspect == code],
        "verdict": verdict,
    }
    return members.page(
        request,
        "selfcheck/school/member/evidence_aspect.html",
        context,
        sentences=SENTENCES,
        status=UNFIT if comment.errors or file.errors else 200,
    )


def _file_line(one: Any) -> dict[str, Any]:
    return {
        "row": one,
        "returned": ReturnReason(one.returned).label if one.returned else "",
        "is_kept": one.file is not None,
    }


@require_POST
def remove(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """Take a file back."""
    by, row = own(request, ref)
    held = queries.present_round(row)
    one = reviews.file_of(held, file_ref)
    try:
        actions.remove_evidence(by=by, assessment=row, evidence=one, at=clock.now())
    except ActionRefused:
        return members.to("selfcheck-label", "label-not-now", ref)
    return members.to("selfcheck-evidence-aspect", "file-removed", ref, one.aspect)


@require_safe
def own_file(request: HttpRequest, ref: str, file_ref: str) -> HttpResponseBase:
    """A file as the team added it. Raises Http404 while it is being scanned, or gone."""
    _by, row = own(request, ref)
    return sent(request, queries.present_round(row), file_ref)


def sent(request: HttpRequest, held: Round, file_ref: str) -> HttpResponseBase:
    """The file itself. Raises Http404 where it is gone, returned or not scanned yet."""
    one = reviews.file_of(held, file_ref)
    if one.file is None or not one.file.is_ready:
        raise Http404
    return media.send_media(request, one.file)


@require_POST
def send(request: HttpRequest, ref: str) -> HttpResponseBase:
    """Send everything for review."""
    by, row = own(request, ref)
    try:
        actions.send_for_review(by=by, assessment=row, at=clock.now())
    except ActionRefused as refused:
        if row.state in GIVING_EVIDENCE:
            return _list(request, row, refused.text)
        return members.to("selfcheck-label", "label-not-now", ref)
    return members.to("selfcheck-label", "label-sent", ref)

"""Texts on the pages of a course: work handed in, reviews, contributions, and their drafts. Whatever cannot
be taken any more stays on the page, so that no text is lost."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import members
from sauga.kernel.i18n import languages
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused, refusal_in
from sauga.training.courses.models import Activity
from sauga.training.learning import forms
from sauga.training.learning.actions import assignments, discussions
from sauga.training.learning.actions import drafts as draft_actions
from sauga.training.learning.actions.drafts import NewerDraft, Written
from sauga.training.learning.actions.progress import NotLearning
from sauga.training.learning.models import Enrolment, PeerReview, new_ref
from sauga.training.learning.queries import enrolments
from sauga.training.learning.queries.drafts import OWN, Draft, drafts_of
from sauga.training.learning.views.member import SENTENCES, UNFIT
from sauga.training.learning.views.turns import Turn
from sauga.training.states import LEARNING

TEXTS = ("text", "comment")
"""The fields of these pages that hold what somebody wrote."""


def assignment(turn: Turn) -> dict[str, Any]:
    """Work handed in, what is being written, and the work of others to read."""
    held, record = enrolments.handed_in(turn.row, turn.part.code), turn.record
    is_open = turn.row.state in LEARNING and (record is None or record.done_at is None)
    drafts = drafts_of(turn.row, turn.part.code)
    mine = drafts.get(OWN)
    started = {"text": mine.text if mine else held.text if held else ""}
    reviews = [
        (one, text, turn.forms.get(one.ref) or _review_form(turn.part, one.ref, drafts.get(one.ref)))
        for one, text in enrolments.reviews_to_write(turn.row, turn.part.code)
        if turn.row.state in LEARNING
    ]
    shown = {one.ref for one, _text, _form in reviews} | ({OWN} if is_open else set())
    return {
        "handed": held,
        "text_form": (turn.forms.get(OWN) or forms.TextForm(initial=started)) if is_open else None,
        "reviews": [(*one, drafts.get(one[0].ref)) for one in reviews],
        **_drafted(turn, drafts, shown),
    }


def discussion(turn: Turn) -> dict[str, Any]:
    """The contributions of the group, and what is being written."""
    row, drafts = turn.row, drafts_of(turn.row, turn.part.code)
    mine = drafts.get(OWN)
    return {
        "thread": enrolments.thread(row.cohort, turn.part.code, row.group, own_id=row.pk),
        "post_form": turn.forms.get(OWN) or forms.PostForm(initial={"text": mine.text if mine else ""}),
        **_drafted(turn, drafts, {OWN} if row.state in LEARNING else set()),
    }


def _drafted(turn: Turn, drafts: Mapping[str, Draft], shown: set[str]) -> dict[str, Any]:
    """Drafts as the page shows them; `left` is what was sent from a form that is no longer there."""
    mine = drafts.get(OWN)
    found = {
        "drafts": True,
        "draft": mine,
        "draft_alone": mine if OWN not in shown else None,
        "newer": turn.newer,
        "window": turn.request.POST.get("window") or new_ref(),
    }
    if gone := [form for place, form in turn.forms.items() if place not in shown]:
        found["left"] = _text_in(turn.request)
        if why := [text for form in gone for texts in form.errors.values() for text in texts]:
            found["refused"] = " ".join(why)
    return found


def _text_in(request: HttpRequest) -> str:
    return next((text for name in TEXTS if (text := request.POST.get(name, ""))), "")


def _review_form(part: Activity, ref: str, draft: Draft | None = None, data: Any = None) -> forms.RubricForm:
    started: dict[str, Any] = {"comment": draft.text} if draft else {}
    started |= {f"c_{code}": points for code, points in draft.points.items()} if draft else {}
    return forms.RubricForm(
        data,
        rubric=part.content["rubric"],
        language=languages.active().code,
        comment_label=_("What is good, and what would you change?"),
        is_needed=True,
        auto_id=f"r{ref}-%s",
        initial=started,
    )


def left(request: HttpRequest, row: Enrolment) -> HttpResponse:
    """A learner sends a text from a course that they left meanwhile: why not, and the text to copy."""
    text = _text_in(request)
    if not text:
        raise Http404
    context = {"course": str(row.version), "refused": NotLearning().text, "left": text}
    template = "training/learning/member/text_left.html"
    return members.page(request, template, context, status=UNFIT, sentences=SENTENCES)


# What can be posted
def _hand_in(turn: Turn) -> HttpResponse | None:
    form = turn.forms[OWN] = forms.TextForm(turn.request.POST)
    if form.is_valid():
        with refusal_in(form):
            text = form.cleaned_data["text"]
            assignments.hand_in(
                by=turn.by, enrolment=turn.row, activity=turn.part.code, text=text, at=turn.at
            )
            return turn.here("handed-in")
    return None


def _review(turn: Turn) -> HttpResponse | None:
    held = enrolments.own_review(turn.row, turn.request.POST.get("review", ""))
    form = turn.forms[held.ref] = _review_form(turn.part, held.ref, data=turn.request.POST)
    if form.is_valid():
        with refusal_in(form):
            comment = form.cleaned_data["comment"]
            assignments.review(by=turn.by, review=held, points=form.points, comment=comment, at=turn.at)
            return turn.here("reviewed")
    return None


def _post(turn: Turn) -> HttpResponse | None:
    form = turn.forms[OWN] = forms.PostForm(turn.request.POST)
    if form.is_valid():
        with refusal_in(form):
            text = form.cleaned_data["text"]
            discussions.post(by=turn.by, enrolment=turn.row, activity=turn.part.code, text=text, at=turn.at)
            return turn.here("posted")
    return None


def _report(turn: Turn) -> HttpResponse:
    post = enrolments.post_in_group(turn.row, turn.request.POST.get("post", ""))
    discussions.report(by=turn.by, enrolment=turn.row, post=post, at=turn.at)
    return turn.here("reported")


# Drafts
def _save_draft(turn: Turn) -> HttpResponse | None:
    """Keep what stands in a form. What is refused stays in it."""
    review = _review_of(turn.request, turn.row)
    written = _written(turn.request)
    try:
        draft_actions.save(
            by=turn.by,
            enrolment=turn.row,
            activity=turn.part.code,
            written=written,
            review=review,
            at=turn.at,
        )
    except ActionRefused as refused:
        form = _typed(turn, review)
        turn.forms[review.ref if review else OWN] = form
        turn.newer = isinstance(refused, NewerDraft)
        raise
    return turn.here("draft-saved")


def _typed(turn: Turn, review: PeerReview | None) -> Any:
    """The form with what was typed, which need not be complete yet."""
    written = Draft(_text_in(turn.request), _points(turn.request), turn.at, "")
    if review is not None:
        return _review_form(turn.part, review.ref, written)
    made = forms.PostForm if turn.part.kind == "discussion" else forms.TextForm
    return made(initial={"text": written.text})


def _drop_draft(turn: Turn) -> HttpResponse:
    review = _review_of(turn.request, turn.row)
    draft_actions.delete(by=turn.by, enrolment=turn.row, activity=turn.part.code, review=review, at=turn.at)
    return turn.here("draft-deleted")


def keep_draft(
    request: HttpRequest, by: MemberActor, row: Enrolment, code: str, at: datetime
) -> JsonResponse:
    """For the script: save a draft, and what the page says of it; what is refused is 409 with the reason."""
    review = _review_of(request, row)
    try:
        made = draft_actions.save(
            by=by, enrolment=row, activity=code, written=_written(request), review=review, at=at
        )
    except ActionRefused as refused:
        return JsonResponse({"said": refused.text}, status=409)
    said = gettext("Draft saved at %(time)s.") % {"time": f"{localtime(at):%H:%M}"}
    return JsonResponse({"said": said if made else "", "is_kept": made is not None})


def _review_of(request: HttpRequest, row: Enrolment) -> PeerReview | None:
    ref = request.POST.get("review", "")
    return enrolments.own_review(row, ref) if ref else None


def _written(request: HttpRequest) -> Written:
    return Written(
        _text_in(request).replace("\r\n", "\n"),
        _points(request),
        request.POST.get("window", ""),
        request.POST.get("seen", ""),
    )


def _points(request: HttpRequest) -> dict[str, int]:
    """The levels chosen so far."""
    return {
        name[2:]: int(level)
        for name in request.POST
        if name.startswith("c_") and re.fullmatch(r"[0-9]{1,3}", level := request.POST.get(name, ""))
    }


ACTS: dict[str, Callable[[Turn], HttpResponse | None]] = {
    "hand-in": _hand_in,
    "review": _review,
    "post": _post,
    "report": _report,
    "save-draft": _save_draft,
    "drop-draft": _drop_draft,
}

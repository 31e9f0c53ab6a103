"""The tutor's desk: one learner, grading, discussions, questions that do not work, messages, lists."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import audit, clock
from sauga.kernel.i18n import decimal, languages
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import respond
from sauga.kernel.kit.lists.export import FORMATS, file_response
from sauga.kernel.refusals import Text
from sauga.training.courses.markdown import html
from sauga.training.courses.models import said
from sauga.training.courses.queries.versions import content_of
from sauga.training.courses.views.desk import page_with_form, posted
from sauga.training.learning import forms, presenters
from sauga.training.learning.actions import activities, appeals, assignments, discussions, group_messages
from sauga.training.learning.actions import enrolments as enrolment_actions
from sauga.training.learning.queries import enrolments, texts, tutor
from sauga.training.learning.rules import grades
from sauga.training.permissions import Permission
from sauga.training.trail import ZONE, Trail


@require_safe
@needs(Permission.TUTOR)
def learner(request: HttpRequest, ref: str) -> HttpResponse:
    """One learner: the checklist as they see it, what was allowed, appeals."""
    by, at = actor(request), clock.now()
    row = tutor.enrolment_for(by, ref)
    content = content_of(row.version)
    quizzes = [(one.code, str(one)) for one in content.activities if one.kind == "quiz"]
    parts = [(one.code, str(one)) for one in content.activities if one.kind in ("session", "webinar", "lti")]
    key = texts.keys_of([row.holder]).get(row.holder)
    allowed = [
        (one, content.by_code.get(one.activity), texts.unseal(key, one, "reason"))
        for one in row.allowances.select_related("enrolment", "given_by").order_by("-given_at")
    ]
    context = {
        "row": row,
        "name": tutor.name_of(row),
        "state": presenters.STATES[row.state],
        "standing": presenters.standing_of(row, content, at),
        "tries_form": forms.TriesForm(quizzes=quizzes) if quizzes else None,
        "confirm_form": forms.ConfirmForm(parts=parts) if parts else None,
        "allowed": allowed,
        "appeals": enrolments.appeals_of(row),
        "submissions": [
            (one, content.by_code.get(one.activity)) for one in row.submissions.order_by("sent_at")
        ],
    }
    return render(request, "training/learning/desk/learner.html", context)


@require_POST
@needs(Permission.TUTOR)
def allow(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """More tries, a confirmation, or leaving on the learner's behalf."""
    by, at = actor(request), clock.now()
    row = tutor.enrolment_for(by, ref)
    given = request.POST
    reason, code = given.get("reason", "")[:1000], given.get("activity", "")[:60]

    def acted() -> Text:
        if name == "tries":
            text = given.get("tries", "1")
            tries = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 0
            activities.give_tries(by=by, enrolment=row, activity=code, tries=tries, reason=reason, at=at)
            return _("Given. The learner can try again.")
        if name == "confirm":
            activities.confirm(by=by, enrolment=row, activity=code, reason=reason, at=at)
            return _("Confirmed.")
        enrolment_actions.withdraw(by=by, enrolment=row, at=at)
        return _("The learner has left; the place is free.")

    if name not in ("tries", "confirm", "withdraw"):
        raise Http404
    return respond(request, acted, reverse("training-learner", args=[ref]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TUTOR)
def grade(request: HttpRequest, ref: str) -> HttpResponse:
    """A hand-in with the rubric."""
    by = actor(request)
    row = tutor.submission_for(by, ref)
    enrolment = row.enrolment
    part = content_of(enrolment.version).by_code[row.activity]
    rubric, language = part.content["rubric"], languages.active().code
    held = enrolments.handed(row, enrolment)
    done = [one.points for one in row.reviews.filter(sent_at__isnull=False)]
    first = row.points or grades.suggested(rubric, done)
    form = forms.RubricForm(
        posted(request),
        rubric=rubric,
        language=language,
        comment_label=_("What you say to the learner"),
        is_needed=True,
        initial={f"c_{code}": points for code, points in first.items()} | {"comment": held.feedback},
    )

    def act(given: dict[str, Any]) -> Text:
        assignments.grade(
            by=by, submission=row, points=form.points, feedback=given["comment"], at=clock.now()
        )
        return _("Graded. The learner sees it now.")

    return page_with_form(
        request,
        form,
        act,
        title=f"{said(part.title)}: {tutor.name_of(enrolment)}",
        back=reverse("training-cohort", args=[enrolment.cohort.ref]),
        back_title=str(enrolment.cohort),
        submit=_("Save the grade"),
        above="training/learning/desk/_submission.html",
        held=held,
        task=html(said(part.content.get("prompt")), language),
        has_suggestion=bool(done) and not row.points,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TUTOR)
def appeal(request: HttpRequest, ref: str) -> HttpResponse:
    """An appeal and its answer."""
    by = actor(request)
    row = tutor.appeal_for(by, ref)
    form = forms.AppealAnswerForm(posted(request))

    def act(given: dict[str, Any]) -> Text:
        granted = given["decision"] == "grant"
        appeals.decide(by=by, appeal=row, is_granted=granted, reason=given["reason"], at=clock.now())
        return _("Decided. The learner sees your answer.")

    return page_with_form(
        request,
        form,
        act,
        title=_("Appeal of %(name)s") % {"name": tutor.name_of(row.enrolment)},
        back=reverse("training-cohort", args=[row.enrolment.cohort.ref]),
        back_title=str(row.enrolment.cohort),
        submit=pgettext_lazy("reply", "Answer"),
        text=texts.text_of(row, "text", row.enrolment),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TUTOR)
def message(request: HttpRequest, ref: str) -> HttpResponse:
    """A message to the group."""
    by = actor(request)
    row = tutor.cohort_for(by, ref)
    form = forms.MessageForm(posted(request), initial={"audience": "all"})

    def act(given: dict[str, Any]) -> Text:
        group_messages.message(
            by=by, cohort=row, audience=given["audience"], text=given["text"], at=clock.now()
        )
        return _("Sent by email, and on the learners' pages.")

    return page_with_form(
        request,
        form,
        act,
        title=_("Write to the group"),
        back=reverse("training-cohort", args=[ref]),
        back_title=str(row),
        submit=_("Send"),
    )


@require_safe
@needs(Permission.TUTOR)
def quiz(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """How the questions of a quiz perform."""
    row = tutor.cohort_for(actor(request), ref)
    part = content_of(row.version).by_code.get(code)
    if part is None or part.kind != "quiz":
        raise Http404
    context = {
        "row": row,
        "part": part,
        "lines": [
            (
                str(item) if item else one.code,
                one,
                f"{round(one.difficulty * 100)}" if one.difficulty is not None else "",
                decimal(round(one.discrimination, 2)) if one.discrimination is not None else "",
            )
            for item, one in tutor.item_analysis(row, code)
        ],
    }
    return render(request, "training/learning/desk/quiz.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.TUTOR)
def discussion(request: HttpRequest, ref: str, code: str, group: int) -> HttpResponse:
    """The discussion of a group, with what was hidden."""
    by, at = actor(request), clock.now()
    row = tutor.cohort_for(by, ref)
    part = content_of(row.version).by_code.get(code)
    if part is None or part.kind != "discussion" or group not in tutor.groups_of(row):
        raise Http404
    form = forms.PostForm(posted(request))

    def act(given: dict[str, Any]) -> Text:
        discussions.post_as_tutor(by=by, cohort=row, activity=code, group=group, text=given["text"], at=at)
        return _("Your contribution is there.")

    return page_with_form(
        request,
        form,
        act,
        title=_("%(title)s, group %(n)s") % {"title": said(part.title), "n": group},
        back=reverse("training-cohort", args=[ref]),
        back_title=str(row),
        submit=_("Write"),
        above="training/learning/desk/_thread.html",
        thread=enrolments.thread(row, code, group, all_of_it=True),
        here=request.path,
    )


@require_POST
@needs(Permission.TUTOR)
def moderate(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Hide a contribution, or show it again."""
    by = actor(request)
    row = tutor.post_for(by, ref)
    if name not in ("hide", "show"):
        raise Http404

    def acted() -> Text:
        discussions.set_hidden(by=by, post=row, is_hidden=name == "hide", at=clock.now())
        return _("Hidden from the group.") if name == "hide" else _("The group sees it again.")

    back = reverse("training-discussion", args=[row.cohort.ref, row.activity, row.group])
    return respond(request, acted, back)


@require_safe
@needs(Permission.EXPORT_LEARNERS)
def sheet(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The learners of a cohort as a table."""
    by, at = actor(request), clock.now()
    row = tutor.cohort_for(by, ref)
    if kind not in FORMATS:
        raise Http404
    codes, body = tutor.sheet(row, at)
    head = [
        gettext("Name"),
        gettext("Work"),
        gettext("State"),
        gettext("Enrolled"),
        gettext("Completed"),
        gettext("Hours"),
        *codes,
    ]
    audit.record(by, Trail.LEARNERS_EXPORTED, row, zone=ZONE, at=at, facts={"what": kind, "n": len(body)})
    return file_response(kind, f"{row.course.code}-{row.ref.lower()}", head, body)

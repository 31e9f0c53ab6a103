"""Cohorts at the desk: the list, the forms, and the page of one with its learners and what waits."""

from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Outcome, respond
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Tool, View
from sauga.kernel.refusals import Text
from sauga.training.courses.models import said
from sauga.training.courses.queries import versions
from sauga.training.courses.views.desk import page_with_form, posted
from sauga.training.learning import forms, presenters
from sauga.training.learning.actions import enrolments
from sauga.training.learning.actions.enrolments import CohortGiven
from sauga.training.learning.actions.progress import CHANNEL
from sauga.training.learning.queries import people, tutor
from sauga.training.permissions import Permission


class Cohorts(ListPage):
    """All cohorts, the latest first."""

    title = _("Groups of learners")
    live = CHANNEL
    views = (
        View("all", pgettext_lazy("cohorts", "All")),
        View("work", _("With work for me")),
    )
    columns = (
        Column("name", pgettext_lazy("cohort", "Group"), "long", is_heading=True),
        Column("starts", pgettext_lazy("cohort", "Starts"), sort=("starts",)),
        Column("ends", pgettext_lazy("cohort", "Ends"), sort=("ends",)),
        Column("taken", pgettext_lazy("cohort", "Learners"), "num"),
        Column("waiting", _("Waiting"), "num"),
        Column("done", _("Completed"), "num"),
        Column("tutor", _("Tutor")),
        Column("work", _("For the tutor")),
    )
    nothing = Empty(title=_("No group yet"), text=_("Plan one: then people can enrol."))

    @override
    def rows(self) -> QuerySet[Any]:
        return tutor.cohorts_with_work(self.by) if self.view_code == "work" else tutor.cohorts(self.by)

    @override
    def line(self, row: Any) -> Line:
        work = Mark("act", "", _("work to grade")) if row.has_work else ""
        return Line(
            row.ref,
            (
                Link(str(row), reverse("training-cohort", args=[row.ref])),
                row.starts,
                row.ends,
                f"{row.taken} / {row.places}",
                row.waiting,
                row.done,
                row.tutor.name if row.tutor else "",
                work,
            ),
        )

    @override
    def tools(self) -> tuple[Tool, ...]:
        return (Tool(label=_("New group"), href=reverse("training-cohort-new"), key="n", icon="plus"),)


def _given(form: forms.CohortForm) -> CohortGiven:
    said_ = form.cleaned_data
    return CohortGiven(
        name=form.texts("name"),
        language=said_["language"],
        starts=said_["starts"],
        ends=said_["ends"],
        closes=said_["closes"],
        places=said_["places"],
        group_size=said_["group_size"],
        tutor_id=int(said_["tutor"]) if said_["tutor"] else None,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_COHORTS)
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new cohort."""
    by = actor(request)
    offered = {row.ref: row for row in versions.published()}
    form = forms.CohortForm(
        posted(request),
        versions=[(ref, str(row)) for ref, row in offered.items()],
        tutors=people.tutors(clock.now()),
    )

    def act(given: dict[str, Any]) -> Outcome:
        row = enrolments.save_cohort(
            by=by, version=offered[given["version"]], cohort=None, given=_given(form), at=clock.now()
        )
        return Outcome(_("Planned. People can enrol now."), to=reverse("training-cohort", args=[row.ref]))

    return page_with_form(
        request,
        form,
        act,
        title=_("New group"),
        back=reverse("training-cohorts"),
        back_title=Cohorts.title,
        submit=_("Plan it"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_COHORTS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """The form of a cohort."""
    by = actor(request)
    row = tutor.cohort_for(by, ref)
    form = forms.CohortForm(posted(request), row=row, tutors=people.tutors(clock.now()))

    def act(_given_: dict[str, Any]) -> Text:
        enrolments.save_cohort(by=by, version=row.version, cohort=row, given=_given(form), at=clock.now())
        return _("Saved.")

    back = reverse("training-cohort", args=[ref])
    return page_with_form(request, form, act, title=_("Edit the group"), back=back, back_title=str(row))


@require_POST
@needs(Permission.KEEP_COHORTS)
def close(request: HttpRequest, ref: str) -> HttpResponse:
    """Take no more learners into a cohort."""
    by = actor(request)
    row = tutor.cohort_for(by, ref)

    def acted() -> Text:
        enrolments.cancel_cohort(by=by, cohort=row, at=clock.now())
        return _("Closed. Who learns goes on learning.")

    return respond(request, acted, reverse("training-cohort", args=[ref]))


@require_safe
@needs(Permission.KEEP_COHORTS)
def cohort(request: HttpRequest, ref: str) -> HttpResponse:
    """One cohort: for its tutor also the learners, where they stopped, and what waits."""
    by, at = actor(request), clock.now()
    row = tutor.cohort_for(by, ref)
    is_tutor = by.can(Permission.TUTOR)
    steps = tutor.steps(row, at)
    titles = {step.activity.code: str(step.activity) for step in steps}
    context: dict[str, Any] = {
        "row": row,
        "title": said(row.version.title),
        "when": presenters.when(row),
        "steps": steps,
        "is_tutor": is_tutor,
        "may_export": by.can(Permission.EXPORT_LEARNERS),
        "channel": CHANNEL,
        "groups": tutor.groups_of(row) if is_tutor else [],
        "quizzes": [step.activity for step in steps if step.activity.kind == "quiz"],
        "discussions": [step.activity for step in steps if step.activity.kind == "discussion"],
    }
    if is_tutor:
        work = tutor.work_of(row)
        context |= {
            "learners": [(line, presenters.STATES[line.row.state]) for line in tutor.learners(row, at)],
            "work": work,
            "titles": titles,
            "submissions": [
                (one, name, titles.get(one.activity, one.activity)) for one, name in work.submissions
            ],
        }
    return render(request, "training/learning/desk/cohort.html", context)

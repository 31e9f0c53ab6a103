"""Courses at the desk: the list, the page of a version with its outline, the forms of its details."""

from collections.abc import Callable, Iterator
from typing import Any, override

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.i18n import decimal, long_date
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.lists import Cell, Column, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import Text
from sauga.training.courses import forms, presenters
from sauga.training.courses.actions import drafts, publication
from sauga.training.courses.actions.drafts import CHANNEL, VersionGiven
from sauga.training.courses.models import CourseVersion
from sauga.training.courses.queries import versions as queries
from sauga.training.permissions import Permission
from sauga.training.states import VersionState
from sauga.training.trail import ZONE

UNFIT = 422


class Courses(ListPage):
    """The newest version of every course."""

    title = _("Courses")
    live = CHANNEL
    views = (
        View(queries.ALL, pgettext_lazy("courses", "All")),
        View(queries.REVIEW, pgettext_lazy("courses", "To be reviewed by me")),
        View(queries.UNPROVEN, pgettext_lazy("courses", "Certified without proof")),
    )
    columns = (
        Column("title", pgettext_lazy("course", "Title"), is_heading=True),
        Column("number", _("Version"), "num"),
        Column("hours", _("Hours"), "num"),
        Column("parts", _("Activities"), "num"),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(
        title=_("No course yet"),
        text=_("Write one, or have the starter courses loaded by the administrator."),
    )

    @override
    def rows(self) -> QuerySet[CourseVersion]:
        return queries.courses(self.by, self.view_code)

    @override
    def line(self, row: Any) -> Line:
        return Line(
            row.ref,
            (
                Link(str(row), reverse("training-version", args=[row.ref])),
                row.number,
                decimal(row.hours),
                row.parts,
                presenters.STATES[row.state],
            ),
        )

    @override
    def tools(self) -> tuple[Tool, ...]:
        if not self.by.can(Permission.EDIT_COURSES):
            return ()
        return (Tool(label=_("New course"), href=reverse("training-course-new"), key="n", icon="plus"),)


def _versioned(row: CourseVersion) -> Outcome:
    return Outcome(to=reverse("training-version", args=[row.ref]))


ACTIONS = ActionSet(
    find=queries.version_for,
    actions={
        "submit": Action(
            permissions=(Permission.EDIT_COURSES,),
            states=frozenset({VersionState.DRAFT}),
            label=_("Submit for review"),
            message=_("Handed in. Somebody else reviews and publishes it."),
            effect=lambda by, row, _given, at: publication.submit(by=by, version=row, at=at),
            is_next=True,
        ),
        "publish": Action(
            permissions=(Permission.PUBLISH_COURSES,),
            states=frozenset({VersionState.IN_REVIEW}),
            label=_("Publish"),
            message=_("Published. New cohorts use this version; who learns already stays with theirs."),
            effect=lambda by, row, _given, at: publication.publish(by=by, version=row, at=at),
            is_next=True,
        ),
        "return": Action(
            permissions=(Permission.PUBLISH_COURSES,),
            states=frozenset({VersionState.IN_REVIEW}),
            label=_("Return to the editors"),
            message=_("Returned. It is a draft again."),
            effect=lambda by, row, _given, at: publication.give_back(by=by, version=row, at=at),
        ),
        "begin": Action(
            permissions=(Permission.EDIT_COURSES,),
            states=frozenset({VersionState.PUBLISHED}),
            label=_("Begin a new version"),
            message=_("A new draft. The published version stays until you publish this one."),
            text=_("It begins with everything that this version holds. Learners notice nothing."),
            effect=lambda by, row, _given, at: _versioned(
                publication.begin_version(by=by, version=row, at=at)
            ),
        ),
        "list": Action(
            permissions=(Permission.PUBLISH_COURSES,),
            states=frozenset({VersionState.PUBLISHED}),
            label=_("Show in the public catalogue"),
            message=_("It is in the catalogue."),
            effect=lambda by, row, _given, at: publication.set_listed(
                by=by, course=row.course, is_listed=True, at=at
            ),
            suits=lambda row: not row.course.is_listed,
        ),
        "unlist": Action(
            permissions=(Permission.PUBLISH_COURSES,),
            states=frozenset({VersionState.PUBLISHED}),
            label=_("Take out of the public catalogue"),
            message=_("Taken out. Who learns goes on learning."),
            effect=lambda by, row, _given, at: publication.set_listed(
                by=by, course=row.course, is_listed=False, at=at
            ),
            suits=lambda row: row.course.is_listed,
        ),
    },
)


class VersionPage(DetailPage):
    """One version of a course: what is in it, what is missing, what can be done."""

    template = "training/courses/desk/version.html"
    list_title, list_url = Courses.title, "training-courses"
    url, action_url = "training-version", "training-version-do"
    live = CHANNEL
    states = presenters.STATES
    zone, audit_permission = ZONE, Permission.PUBLISH_COURSES
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        yield _("Version"), self.row.number
        yield _("Hours"), decimal(self.row.hours)
        yield _("For whom"), presenters.audience(self.row)
        if self.row.owner:
            yield pgettext_lazy("course", "Who is responsible"), self.row.owner
        if self.row.review_by:
            yield _("To be reviewed by"), long_date(self.row.review_by)

    @override
    def context(self) -> dict[str, Any]:
        held = queries.content_of(self.row)
        may_edit = self.row.state == VersionState.DRAFT and self.by.can(Permission.EDIT_COURSES)
        is_unproven = self.row.state == VersionState.PUBLISHED and self.row.pk in queries.unproven()
        is_open = self.row.state in (VersionState.DRAFT, VersionState.IN_REVIEW)
        return {
            "content": held,
            "modules": [
                (
                    module,
                    [
                        (one, presenters.KINDS[one.kind], presenters.ICONS[one.kind])
                        for one in module.activities.all()
                    ],
                )
                for module in held.modules
            ],
            "items": [(row, forms.ITEM_KINDS[row.kind]) for row in held.items.values()],
            "kinds": presenters.KINDS.items(),
            "may_edit": may_edit,
            "removed": [
                (row, presenters.REMOVED[row.kind])
                for row in (queries.removed_from(self.row) if may_edit else ())
            ],
            "missing": presenters.sentences(queries.problems_of(self.row)) if is_open or is_unproven else [],
            "is_unproven": is_unproven,
            "others": [
                (row, presenters.STATES[row.state])
                for row in queries.versions_of(self.row.course)
                if row.pk != self.row.pk
            ],
            "minutes": sum(one.minutes for one in held.activities),
            "packages": [("scorm12", "SCORM 1.2"), ("scorm2004", "SCORM 2004"), ("cmi5", "cmi5")],
            "may_export": self.by.can(Permission.EDIT_COURSES),
        }


def page_with_form(
    request: HttpRequest,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Outcome | Text],
    *,
    title: Text,
    back: str,
    back_title: Text,
    submit: Text = "",
    text: Text = "",
    **more: Any,
) -> HttpResponse:
    """The page of one form; after a post that is accepted, the message and the way back."""

    def acted(given: dict[str, Any]) -> Outcome:
        said = act(given)
        outcome = said if isinstance(said, Outcome) else Outcome(said)
        return Outcome(outcome.message, outcome.undo, outcome.to or back)

    context = {
        "form": form,
        "title": title,
        "back": back,
        "back_title": back_title,
        "submit": submit or _("Save"),
        "text": text,
        **more,
    }
    return submitted(request, form, acted) or render(
        request, "training/desk/form.html", context, status=UNFIT if form.errors else 200
    )


def posted(request: HttpRequest) -> Any:
    """What was posted, for a form."""
    return request.POST if request.method == "POST" else None


def version_given(form: forms.VersionForm, row: CourseVersion | None) -> VersionGiven:
    """What the form of a version holds, for its action."""
    said = form.cleaned_data
    return VersionGiven(
        title=form.texts("title"),
        summary=form.texts("summary"),
        hours=said["hours"],
        audience=said["audience"],
        competences=row.competences if row else {},
        outcomes=said["outcomes"] or (),
        sources=said["source_list"] or (),
        owner=said["owner"],
        review_by=said["review_by"],
        certificate={"title": form.texts("certificate")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def new(request: HttpRequest) -> HttpResponse:
    """The form of a new course."""
    form = forms.NewCourseForm(posted(request))

    def act(said: dict[str, Any]) -> Outcome:
        row = drafts.create_course(
            by=actor(request), code=said["code"], given=version_given(form, None), at=clock.now()
        )
        return Outcome(
            _("Created. Now add modules and activities."), to=reverse("training-version", args=[row.ref])
        )

    return page_with_form(
        request,
        form,
        act,
        title=_("New course"),
        back=reverse("training-courses"),
        back_title=Courses.title,
        submit=_("Create"),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """The details of a version."""
    by = actor(request)
    row = queries.version_for(by, ref)
    form = forms.VersionForm(posted(request), version=row)

    def act(_said: dict[str, Any]) -> Text:
        drafts.edit_version(by=by, version=row, given=version_given(form, row), at=clock.now())
        return _("Saved.")

    return page_with_form(
        request, form, act, title=_("Details of the course"), back=_page(ref), back_title=str(row)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def rule(request: HttpRequest, ref: str) -> HttpResponse:
    """The completion rule of a version."""
    by = actor(request)
    row = queries.version_for(by, ref)
    form = forms.RuleForm(posted(request), content=queries.content_of(row))

    def act(said: dict[str, Any]) -> Text:
        drafts.set_completion(by=by, version=row, tree=said.get("tree"), at=clock.now())
        return _("Saved.")

    text = _("Tick what everybody needs to do. Who is enrolled already keeps the rule of the time.")
    return page_with_form(
        request, form, act, title=_("Completion rule"), back=_page(ref), back_title=str(row), text=text
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_COURSES)
def copy(request: HttpRequest, ref: str) -> HttpResponse:
    """Another course that begins as a copy of this version."""
    by = actor(request)
    row = queries.version_for(by, ref)
    form = forms.CopyForm(posted(request))

    def act(said: dict[str, Any]) -> Outcome:
        made = publication.copy_course(by=by, version=row, code=said["code"], at=clock.now())
        return Outcome(_("Copied. This is the draft of the new course."), to=_page(made.ref))

    return page_with_form(
        request, form, act, title=_("Copy the course"), back=_page(ref), back_title=str(row), submit=_("Copy")
    )


def _page(ref: str) -> str:
    return reverse("training-version", args=[ref])

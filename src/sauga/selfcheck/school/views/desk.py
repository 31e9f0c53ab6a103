"""The school label at the desk: where schools stand, assessors, the national picture."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from sauga.kernel.clock import local_day
from sauga.kernel.figures.pages import FiguresPage
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, View
from sauga.kernel.members import protection
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.refusals import Text
from sauga.selfcheck.effects import ambassador_level
from sauga.selfcheck.permissions import Permission
from sauga.selfcheck.school import presenters
from sauga.selfcheck.school.actions import labels
from sauga.selfcheck.school.actions import reviews as review_actions
from sauga.selfcheck.school.forms import FilterForm, RevokeForm
from sauga.selfcheck.school.models import Assessment, Assessor
from sauga.selfcheck.school.queries import assessments as members_queries
from sauga.selfcheck.school.queries import desk as queries
from sauga.selfcheck.school.queries import reviews
from sauga.selfcheck.school.views.public import country_context
from sauga.selfcheck.states import AssessmentState, AssessorState
from sauga.selfcheck.trail import LABEL_CHANNEL, ZONE


class Assessments(ListPage):
    """Schools and where each stands; those who began first at the top."""

    title = _("School label")
    live, form_class = LABEL_CHANNEL, FilterForm
    views = (
        View(queries.OPEN, pgettext_lazy("assessments", "Answering")),
        View(queries.WAITING, pgettext_lazy("assessments", "Waiting for a reviewer")),
        View(queries.REVIEW, pgettext_lazy("assessments", "In review")),
        View(queries.LABELLED, pgettext_lazy("assessments", "Labelled")),
        View(queries.RENEWAL, pgettext_lazy("assessments", "To be renewed")),
        View(queries.EXPIRED, pgettext_lazy("assessments", "Expired")),
    )
    columns = (
        Column("school", _("School"), is_heading=True),
        Column("place", _("Municipality"), sort=("place",)),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("round", _("Round"), sort=("round",)),
        Column("answered", _("Answered"), sort=("answered",)),
        Column("level", _("Level"), sort=("level",)),
        Column("until", pgettext_lazy("label", "Until"), sort=("until",)),
    )
    nothing = Empty(title=_("No school here"), text=_("Schools begin in My Sauga."))

    @override
    def rows(self) -> QuerySet[Assessment]:
        return queries.rows(self.view_code, at=self.at, **self.filters)

    @override
    def lines(self, rows: list[Assessment]) -> Iterator[Line]:
        for row in rows:
            given: Any = row
            yield Line(
                row.ref,
                (
                    Link(row.school.name_at(self.at), reverse("selfcheck-assessment", args=[row.ref])),
                    short_municipality_name(row.school.municipality),
                    presenters.STATES[AssessmentState(row.state)],
                    row.round,
                    given.answered or 0,
                    presenters.level_name(given.level) if given.level else "",
                    Day(given.until),
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts()


ASSESSMENT_ACTIONS = ActionSet(
    find=queries.assessment_for,
    actions={
        "revoke": Action(
            permissions=(Permission.REVOKE_LABEL,),
            states=frozenset(
                {AssessmentState.LABELLED, AssessmentState.REDO_OPEN, AssessmentState.IN_PROGRESS}
            ),
            label=_("Revoke the label"),
            title=_("Revoke the label"),
            text=_("Its page, its picture on the school’s website and the badge say so at once."),
            message=_("Revoked."),
            effect=lambda by, row, given, at: labels.revoke_label(
                by=by, label=queries.labels_of(row)[0], why=given["why"], at=at
            ),
            suits=lambda row: any(one.revoked_at is None for one in queries.labels_of(row)[:1]),
            form=RevokeForm,
            tone="danger",
        ),
    },
)


class AssessmentPage(DetailPage):
    """One school's assessment, without its comments and files."""

    list_title, list_url = Assessments.title, "selfcheck-assessments"
    url, action_url = "selfcheck-assessment", "selfcheck-assessment-do"
    live, states = LABEL_CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.REVOKE_LABEL
    actions = ASSESSMENT_ACTIONS

    @override
    def heading(self) -> Text:
        return str(self.row.school.name_at(self.at))

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Assessment = self.row
        held = members_queries.present_round(row)
        yield _("Municipality"), short_municipality_name(row.school.municipality)
        yield _("Round"), str(row.round)
        yield _("Version of the questionnaire"), str(held.questionnaire.version)
        yield _("Answered"), str(len(members_queries.levels_of(held)))
        yield pgettext_lazy("label", "People in the team"), str(len(members_queries.team_of(row)))
        for one in queries.labels_of(row):
            line = presenters.label_line(one, local_day(self.at))
            yield _("Label"), (f"{line.level}, {line.state}, {line.until}", Day(one.since))


class Assessors(ListPage):
    """Who asks to review schools, and who does."""

    title = _("Assessors")
    live = LABEL_CHANNEL
    views = (
        View(AssessorState.ASKED, pgettext_lazy("assessors", "Asking")),
        View(AssessorState.GRANTED, pgettext_lazy("assessors", "Reviewing")),
        View(AssessorState.REFUSED, pgettext_lazy("assessors", "Refused")),
        View(AssessorState.ENDED, pgettext_lazy("assessors", "Ended")),
    )
    columns = (
        Column("name", pgettext_lazy("assessor", "Name"), is_heading=True),
        Column("works", _("Where they work")),
        Column("state", _("State"), is_state=True),
        Column("reviews", _("Reviews"), sort=("n",)),
        Column("asked", pgettext_lazy("assessor", "Asked"), sort=("asked_at",)),
    )
    nothing = Empty(title=_("Nobody here"), text=_("Ambassadors ask for the role in My Sauga."))

    @override
    def rows(self) -> QuerySet[Assessor]:
        return queries.assessors(self.view_code)

    @override
    def lines(self, rows: list[Assessor]) -> Iterator[Line]:
        names = protection.names_of([row.member for row in rows])
        for row in rows:
            given: Any = row
            yield Line(
                row.ref,
                (
                    Link(
                        names.get(row.member_id) or gettext("Without a name"),
                        reverse("selfcheck-assessor", args=[row.ref]),
                    ),
                    ", ".join(one.name_at(self.at) for one in row.workplaces.all()),
                    presenters.ASSESSOR_STATES[AssessorState(row.state)],
                    given.n,
                    Day(row.asked_at),
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.assessor_counts()


ASSESSOR_ACTIONS = ActionSet(
    find=queries.assessor_for,
    actions={
        "grant": Action(
            permissions=(Permission.GRANT_ASSESSORS,),
            states=frozenset({AssessorState.ASKED}),
            label=_("Grant the role"),
            message=_("Granted. Schools that wait are shown now."),
            effect=lambda by, row, given, at: review_actions.grant_role(by=by, assessor=row, at=at),
            is_next=True,
            key="g",
        ),
        "refuse": Action(
            permissions=(Permission.GRANT_ASSESSORS,),
            states=frozenset({AssessorState.ASKED}),
            label=_("Refuse"),
            message=_("Refused."),
            effect=lambda by, row, given, at: review_actions.refuse_role(by=by, assessor=row, at=at),
            tone="second",
        ),
        "end": Action(
            permissions=(Permission.GRANT_ASSESSORS,),
            states=frozenset({AssessorState.GRANTED}),
            label=_("End the role"),
            message=_("Ended. Open reviews are back in the queue."),
            effect=lambda by, row, given, at: review_actions.end_role(by=by, assessor=row, at=at),
            tone="danger",
        ),
    },
)


class AssessorPage(DetailPage):
    """One assessor."""

    list_title, list_url = Assessors.title, "selfcheck-assessors"
    url, action_url = "selfcheck-assessor", "selfcheck-assessor-do"
    live, states = LABEL_CHANNEL, presenters.ASSESSOR_STATES
    zone, audit_permission = ZONE, Permission.GRANT_ASSESSORS
    actions = ASSESSOR_ACTIONS

    @override
    def heading(self) -> Text:
        return protection.names_of([self.row.member]).get(self.row.member_id) or gettext("Without a name")

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Assessor = self.row
        for one in row.workplaces.all():
            yield _("Where they work"), one.name_at(self.at)
        if ambassador_level.is_known:
            level = ambassador_level(row.member_id, self.at)
            said = gettext("certified, level %(n)s") % {"n": level} if level else gettext("not certified now")
            yield _("Ambassador"), said
        yield _("Reviews concluded"), str(queries.reviews_concluded(row))
        yield pgettext_lazy("assessor", "Asked"), Day(row.asked_at)
        yield _("Schools that wait and may be taken"), str(len(reviews.waiting_for(row)))


@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """The national picture at the desk: the same numbers as on the public page."""
    return render(request, "selfcheck/school/desk/country.html", country_context())


class Figures(FiguresPage):
    """How many schools have looked at their work, and what they came to."""

    title = _("School label figures")
    service = "selfcheck"
    permission = Permission.SEE_FIGURES

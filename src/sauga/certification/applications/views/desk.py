"""Ambassadors at the desk: the list by where they stand, and one with its checklist and what can be done."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.certification.applications import presenters
from sauga.certification.applications.actions import applications, board, suspensions
from sauga.certification.applications.actions import evidence as actions
from sauga.certification.applications.actions.evidence import EvidenceRefused, Shown
from sauga.certification.applications.forms import (
    FilterForm,
    HoursForm,
    NameForm,
    ObservedForm,
    ReferenceForm,
    ScoreForm,
    SuspendForm,
    UpdateForm,
    WorkplaceForm,
)
from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import ambassadors as queries
from sauga.certification.applications.queries import protection
from sauga.certification.applications.rules.guards import RENEWAL
from sauga.certification.permissions import Permission
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.codes import level_name
from sauga.certification.programme.rules.criteria import Kind
from sauga.certification.states import OPEN, WAS_CERTIFIED, AmbassadorState
from sauga.certification.trail import CHANNEL, ZONE
from sauga.kernel.clock import local_day
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Quiet, Tool, View
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.refusals import Text


class Ambassadors(ListPage):
    """Applications and ambassadors; those who wait longest come first."""

    title = _("Ambassadors")
    live, form_class = CHANNEL, FilterForm
    views = (
        View(queries.TO_CHECK, pgettext_lazy("ambassadors", "To check")),
        View(queries.TRAINING, pgettext_lazy("ambassadors", "In training")),
        View(queries.BOARD, pgettext_lazy("ambassadors", "With the board")),
        View(queries.ACTIVE, pgettext_lazy("ambassadors", "Certified")),
        View(queries.RENEWAL, pgettext_lazy("ambassadors", "To be renewed")),
        View(queries.SUSPENDED, pgettext_lazy("ambassadors", "Suspended")),
        View(queries.LAPSED, pgettext_lazy("ambassadors", "Lapsed")),
        View(queries.ENDED, pgettext_lazy("ambassadors", "Ended")),
    )
    columns = (
        Column("name", pgettext_lazy("ambassador", "Ambassador"), is_heading=True),
        Column("level", _("Level"), sort=("level",)),
        Column("place", _("Municipality"), sort=("municipality",)),
        Column("state", _("State"), sort=("state",), is_state=True),
        Column("since", pgettext_lazy("ambassador", "Applied"), sort=("applied_at",)),
        Column("until", pgettext_lazy("ambassador", "Certified until"), sort=("until",)),
    )
    nothing = Empty(title=_("Nobody here"), text=_("Applications come from the page of ambassadors."))

    @override
    def rows(self) -> QuerySet[Ambassador]:
        return queries.desk_rows(self.view_code, **self.filters)

    @override
    def lines(self, rows: list[Ambassador]) -> Iterator[Line]:
        names, held = protection.names_of(rows), queries.certifications_of(rows)
        for row in rows:
            work = queries.workplace_on(row, local_day(self.at))
            link = Link(names[row.pk] or row.ref, reverse("certification-ambassador", args=[row.ref]))
            under = Quiet(work.organisation.present_name(), below=True) if work else Quiet("", below=True)
            yield Line(
                row.ref,
                (
                    (link, under),
                    level_name(row.level),
                    short_municipality_name(row.municipality),
                    presenters.STATES[row.state],
                    Day(local_day(row.applied_at)),
                    Day(held[row.pk].until) if row.pk in held else None,
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.desk_counts()

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("Board cases"), href=reverse("certification-cases"), key="b")]


def _shown(kind: Kind) -> Callable[[Any, Ambassador, dict[str, Any], Any], object]:
    """Record evidence for the criterion of this kind in the ambassador's own version."""

    def effect(by: Any, row: Ambassador, given: dict[str, Any], at: Any) -> object:
        code = next((one.code for one in versions.criteria_of(row.programme) if one.kind == kind), None)
        if code is None:
            raise EvidenceRefused("kind")
        return actions.record_evidence(
            by=by, ambassador=row, shown=Shown(code=code, **{"amount": 1, **given}), at=at
        )

    return effect


def _move(to: str) -> Callable[[Any, Ambassador, dict[str, Any], Any], object]:
    return lambda by, row, given, at: applications.advance(by=by, ambassador=row, to=to, at=at)


def _asks(kind: Kind) -> Callable[[Ambassador], bool]:
    """Whether the ambassador's version asks for such evidence at the level."""
    return lambda row: (
        (row.state not in DECIDED or queries.is_under_appeal(row))
        and any(
            one.kind == kind and str(row.level) in one.minimums for one in versions.criteria_of(row.programme)
        )
    )


def _evidence(kind: Kind, form: type[forms.Form], title: Text, states: tuple[str, ...]) -> Action:
    return Action(
        permissions=(Permission.DECIDE_CRITERIA,),
        states=frozenset(states),
        label=pgettext_lazy("evidence", "Record"),
        title=title,
        message=_("Recorded, with your name and the time."),
        effect=_shown(kind),
        form=form,
        suits=_asks(kind),
        tone="second",
    )


DECIDE = (Permission.DECIDE_CRITERIA,)
DECIDED = (AmbassadorState.REJECTED, AmbassadorState.REVOKED)
"""Where evidence is recorded only while an appeal is open."""
ACTIONS = ActionSet(
    find=queries.ambassador_for,
    actions={
        "eligible": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.APPLIED}),
            label=_("The application is in order"),
            message=_("The applicant gets a place on the course."),
            effect=_move(AmbassadorState.ELIGIBLE),
            is_next=True,
            key="e",
        ),
        "train": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.ELIGIBLE}),
            label=_("Has a place on the course"),
            message=_("In training now."),
            effect=_move(AmbassadorState.IN_TRAINING),
            is_next=True,
            key="t",
        ),
        "supervised": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.EXAM_PASSED}),
            label=_("The supervised sessions are done"),
            message=_("Noted."),
            effect=_move(AmbassadorState.SUPERVISED),
            suits=lambda row: row.level > 1,
            is_next=True,
        ),
        "present": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.EXAM_PASSED, AmbassadorState.SUPERVISED}),
            label=_("To the board"),
            message=_("Two people of the board decide now."),
            effect=lambda by, row, given, at: board.present_to_board(by=by, ambassador=row, at=at),
            suits=lambda row: row.level == 1 or row.state == AmbassadorState.SUPERVISED,
            is_next=True,
            key="p",
        ),
        "renew": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED}),
            label=_("Renew"),
            message=_("Renewed; the ambassador gets an email."),
            effect=lambda by, row, given, at: suspensions.renew(by=by, ambassador=row, at=at),
            is_next=True,
            key="r",
        ),
        "right-to-work": _evidence(
            Kind.REFERENCE, ReferenceForm, _("Right to work with children"), (*OPEN, *WAS_CERTIFIED, *DECIDED)
        ),
        "course": _evidence(Kind.HOURS, HoursForm, _("A course held elsewhere"), (*OPEN, *DECIDED)),
        "exam": _evidence(Kind.SCORE, ScoreForm, _("Result of the exam"), (*OPEN, *DECIDED)),
        "observed": _evidence(Kind.OBSERVATION, ObservedForm, _("A supervised session"), (*OPEN, *DECIDED)),
        "update": _evidence(Kind.COURSE, UpdateForm, _("The update course"), WAS_CERTIFIED),
        "meeting": _evidence(Kind.MEETING, UpdateForm, _("A community meeting"), WAS_CERTIFIED),
        "employer-again": Action(
            permissions=DECIDE,
            states=frozenset({AmbassadorState.APPLIED}),
            label=_("Ask the employer again"),
            message=_("An email is on its way."),
            effect=lambda by, row, given, at: applications.ask_employer_again(by=by, ambassador=row, at=at),
            tone="second",
        ),
        "workplace": Action(
            permissions=DECIDE,
            states=frozenset((*OPEN, *WAS_CERTIFIED)),
            label=_("Save"),
            title=_("Works elsewhere now"),
            message=_("Saved. The board's check asks for the workplace of the day."),
            effect=lambda by, row, given, at: applications.change_workplace(
                by=by, ambassador=row, at=at, **given
            ),
            form=WorkplaceForm,
            tone="second",
        ),
        "name": Action(
            permissions=DECIDE,
            states=frozenset((*OPEN, AmbassadorState.ACTIVE, AmbassadorState.RENEWAL_DUE)),
            label=_("Save"),
            title=_("Correct the name"),
            text=_("A new certificate replaces the old one, and the register follows."),
            message=_("Corrected."),
            effect=lambda by, row, given, at: applications.correct_name(
                by=by, ambassador=row, at=at, **given
            ),
            form=NameForm,
            tone="second",
        ),
        "suspend": Action(
            permissions=(Permission.SUSPEND,),
            states=frozenset({AmbassadorState.ACTIVE, AmbassadorState.RENEWAL_DUE}),
            label=_("Suspend now"),
            title=_("Suspend"),
            text=_("The register and the certificate say so at once. Two people of the board decide next."),
            message=_("Suspended. The board decides next."),
            effect=lambda by, row, given, at: suspensions.suspend(by=by, ambassador=row, at=at, **given),
            form=SuspendForm,
            tone="danger",
        ),
    },
)


class AmbassadorPage(DetailPage):
    """One application or ambassador."""

    template = "certification/desk/ambassador.html"
    list_title, list_url = Ambassadors.title, "certification-ambassadors"
    url, action_url = "certification-ambassador", "certification-ambassador-do"
    live, states = CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.DECIDE_CRITERIA
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return protection.text_of(self.row, self.row, "name") or gettext("Ambassador")

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Ambassador = self.row
        yield _("Level"), level_name(row.level)
        yield _("Programme"), gettext("version %(n)s") % {"n": row.programme.version}
        yield _("Municipality"), short_municipality_name(row.municipality)
        for work in row.workplaces.all():
            since = Day(work.since)
            yield (
                _("Workplace"),
                (work.organisation.present_name(), Quiet(gettext("since"), below=True), since),
            )
        yield pgettext_lazy("ambassador", "Applied"), Day(local_day(row.applied_at))
        if held := queries.latest_certification(row):
            yield _("Certified"), presenters.period(held.since, held.until)

    @override
    def context(self) -> dict[str, Any]:
        row: Ambassador = self.row
        return {
            "checklist": presenters.checklist(row, self.at),
            "renewal": presenters.checklist(row, self.at, RENEWAL)
            if row.state in (AmbassadorState.RENEWAL_DUE, AmbassadorState.LAPSED)
            else [],
            "cases": presenters.cases(row, with_names=True),
            "records": presenters.records(row),
            "can_decide": self.by.can(Permission.DECIDE_CRITERIA),
        }

"""The board at the desk: its cases, one case with the check of conflicts, and where its members work."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.certification.applications import presenters
from sauga.certification.applications.actions import board
from sauga.certification.applications.actions import evidence as evidence_actions
from sauga.certification.applications.forms import InterestForm, VoteForm
from sauga.certification.applications.models import Case
from sauga.certification.applications.queries import ambassadors as queries
from sauga.certification.applications.queries import cases, interests, protection
from sauga.certification.applications.rules.codes import CaseKind, Choice, SuspendReason
from sauga.certification.applications.rules.conflicts import conflict
from sauga.certification.permissions import Permission
from sauga.certification.programme.rules.codes import level_name
from sauga.certification.states import CaseState
from sauga.certification.trail import CHANNEL, ZONE
from sauga.kernel import clock
from sauga.kernel.clock import local_day
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, respond, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.refusals import Text
from sauga.kernel.ui.components import Moment

UNFIT = 422
OPEN_VIEW, MINE_VIEW, DECIDED_VIEW = "open", "mine", "decided"


class Cases(ListPage):
    """What the board decides and decided."""

    title = _("Board cases")
    live = CHANNEL
    views = (
        View(OPEN_VIEW, pgettext_lazy("board cases", "To be decided")),
        View(MINE_VIEW, pgettext_lazy("board cases", "To be decided by me")),
        View(DECIDED_VIEW, pgettext_lazy("board cases", "Decided")),
    )
    columns = (
        Column("who", pgettext_lazy("ambassador", "Ambassador"), is_heading=True),
        Column("kind", pgettext_lazy("board case", "About")),
        Column("level", _("Level")),
        Column("opened", pgettext_lazy("board case", "Since"), sort=("opened_at",)),
        Column("votes", pgettext_lazy("board case", "Decided by"), "num"),
        Column("outcome", pgettext_lazy("board case", "Decision")),
    )
    nothing = Empty(title=_("No case here"), text=_("Applications whose criteria are all met come here."))

    @override
    def rows(self) -> QuerySet[Case]:
        if self.view_code == MINE_VIEW:
            return queries.cases_for(self.by)
        return queries.open_cases() if self.view_code == OPEN_VIEW else queries.decided_cases()

    @override
    def lines(self, rows: list[Any]) -> Iterator[Line]:
        names = protection.names_of(row.ambassador for row in rows)
        for row in rows:
            name = names[row.ambassador_id] or row.ref
            yield Line(
                row.ref,
                (
                    Link(name, reverse("certification-case", args=[row.ref])),
                    CaseKind(row.kind).label,
                    level_name(row.ambassador.level),
                    Day(local_day(row.opened_at)),
                    row.n,
                    Choice(row.outcome).label if row.outcome else None,
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return cases.counts()

    @override
    def tools(self) -> list[Tool]:
        own = Tool(label=_("Where I work"), href=reverse("certification-interests"), key="w")
        return [own] if self.by.can(Permission.BOARD) else []


def _vote(choice: Choice) -> Any:
    return lambda by, row, given, at: board.vote(by=by, case=row, choice=choice, at=at, **given)


OPEN = frozenset({CaseState.OPEN})
ACTIONS = ActionSet(
    find=cases.case_for,
    actions={
        "for": Action(
            permissions=(Permission.BOARD,),
            states=OPEN,
            label=_("Decide in favour"),
            message=_("Your decision is recorded."),
            text=_("In favour: certify, restore, or uphold the appeal."),
            effect=_vote(Choice.FOR),
            form=VoteForm,
            key="f",
            is_next=True,
        ),
        "against": Action(
            permissions=(Permission.BOARD,),
            states=OPEN,
            label=_("Decide against"),
            message=_("Your decision is recorded."),
            text=_("Against: do not certify, revoke, or refuse the appeal."),
            effect=_vote(Choice.AGAINST),
            form=VoteForm,
            tone="danger",
        ),
    },
)


class CasePage(DetailPage):
    """One case with the ambassador's criteria."""

    template = "certification/desk/case.html"
    list_title, list_url = Cases.title, "certification-cases"
    url, action_url = "certification-case", "certification-case-do"
    live, states = CHANNEL, presenters.CASES
    zone, audit_permission = ZONE, Permission.BOARD
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        name = protection.text_of(self.row.ambassador, self.row.ambassador, "name")
        kind = str(CaseKind(self.row.kind).label)
        return f"{kind[:1].upper()}{kind[1:]}: {name}"

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Case = self.row
        page = reverse("certification-ambassador", args=[row.ambassador.ref])
        yield pgettext_lazy("ambassador", "Ambassador"), Link(gettext("Open the file"), page)
        yield _("Level"), level_name(row.ambassador.level)
        work = queries.workplace_on(row.ambassador, local_day(self.at))
        if work is not None:
            yield _("Workplace"), work.organisation.present_name()
        if row.why in SuspendReason.values:
            yield _("Reason"), SuspendReason(row.why).label

    @cached_property
    def against(self) -> str:
        """Why this person may not decide, or not any more; empty where nothing stands against it."""
        if not self.by.can(Permission.BOARD) or self.row.state != CaseState.OPEN:
            return ""
        return conflict(interests.asked(self.by, self.row, self.at))

    @override
    def offers(self) -> list[dict[str, Any]]:
        return [] if self.against and not self.bound else super().offers()

    @override
    def history(self) -> list[Moment]:
        return [*super().history(), *presenters.course_of(self.row)]

    @override
    def context(self) -> dict[str, Any]:
        row: Case = self.row
        return {
            "checklist": presenters.checklist(row.ambassador, self.at),
            "refusal": board.VoteRefused(self.against).text if self.against else "",
            "words": protection.text_of(row.ambassador, row, "words"),
            "cases": [one for one in presenters.cases(row.ambassador, with_names=True)],
        }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.BOARD)
def own_interests(request: HttpRequest) -> HttpResponse:
    """Where a member of the board works or worked; the check of conflicts asks for it."""
    by, at = actor(request), clock.now()
    form = InterestForm(request.POST or None)
    here = reverse("certification-interests")

    def act(given: dict[str, Any]) -> Outcome:
        board.declare_interest(by=by, at=at, **given)
        return Outcome(_("Saved."), to=here)

    if done := submitted(request, form, act):
        return done
    context = {"form": form, "rows": interests.interests_of(by), "today": local_day(at)}
    status = UNFIT if form.is_bound and form.errors else 200
    return render(request, "certification/desk/interests.html", context, status=status)


@require_POST
@needs(Permission.BOARD)
def end_interest(request: HttpRequest, ref: str) -> HttpResponse:
    """It ended today."""
    by = actor(request)
    row = queries.interest_for(by, ref)

    def act() -> Outcome:
        board.end_interest(by=by, interest=row, at=clock.now())
        return Outcome(_("Saved."))

    return respond(request, act, reverse("certification-interests"))


@require_POST
@needs(Permission.DECIDE_CRITERIA)
def withdraw_evidence(request: HttpRequest, ref: str, record: str) -> HttpResponse:
    """A decision about evidence was wrong."""
    by = actor(request)
    row = cases.record_for(by, ref, record)

    def act() -> Outcome:
        evidence_actions.withdraw_evidence(by=by, evidence=row, at=clock.now())
        return Outcome(_("Withdrawn. It stays in the file with your name."))

    return respond(request, act, reverse("certification-ambassador", args=[ref]))

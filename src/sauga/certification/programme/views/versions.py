"""The versions of the programme at the desk: the list, one version with its criteria, one criterion."""

from collections.abc import Iterator
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.certification.permissions import Permission
from sauga.certification.programme.actions import versions as actions
from sauga.certification.programme.forms import BeginForm, CriterionForm, DecisionForm, initial_of
from sauga.certification.programme.models import Criterion, Programme
from sauga.certification.programme.queries import versions as queries
from sauga.certification.programme.rules.criteria import LEVELS
from sauga.certification.states import VersionState
from sauga.certification.trail import CHANNEL, ZONE
from sauga.kernel import clock
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, form_view, respond, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, Mark, Tool
from sauga.kernel.refusals import Text

UNFIT = 422
STATES: dict[str, Mark] = {
    VersionState.DRAFT: Mark("wait", "half", pgettext_lazy("programme", "draft")),
    VersionState.IN_FORCE: Mark("good", "", pgettext_lazy("programme", "in force")),
    VersionState.REPLACED: Mark("calm", "dash", pgettext_lazy("programme", "replaced")),
}


class Versions(ListPage):
    """All versions of the programme."""

    title = _("Ambassador programme")
    live = CHANNEL
    columns = (
        Column("version", pgettext_lazy("programme", "Version"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("criteria", _("Criteria"), "num"),
        Column("months", _("Months"), "num"),
        Column("decision", _("Decision")),
        Column("decided", pgettext_lazy("programme", "In force since")),
    )
    nothing = Empty(title=_("No version yet"), text=_("Begin the first version of the programme."))

    @override
    def rows(self) -> QuerySet[Programme]:
        return queries.rows()

    @override
    def line(self, row: Any) -> Line:
        name = gettext("Version %(n)s") % {"n": row.version}
        return Line(
            row.ref,
            (
                Link(name, reverse("certification-version", args=[row.ref])),
                STATES[row.state],
                row.n,
                row.months,
                row.decision,
                Day(row.decided_at.date()) if row.decided_at else None,
            ),
        )

    @override
    def tools(self) -> list[Tool]:
        begin = Tool(label=_("Begin a new version"), href=reverse("certification-version-new"), key="n")
        return [begin] if self.by.can(Permission.EDIT_PROGRAMME) else []


class VersionPage(DetailPage):
    """One version with its criteria."""

    template = "certification/desk/version.html"
    list_title, list_url = Versions.title, "certification-versions"
    url, action_url = "certification-version", "certification-version-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.EDIT_PROGRAMME
    actions = ActionSet(
        find=queries.version_for,
        actions={
            "in-force": Action(
                permissions=(Permission.EDIT_PROGRAMME,),
                states=frozenset({VersionState.DRAFT}),
                label=_("Put into force"),
                message=_("It counts for new applications from now on."),
                text=_("Applications under way keep their version. It cannot be changed any more."),
                effect=lambda by, row, given, at: actions.put_into_force(
                    by=by, programme=row, at=at, **given
                ),
                form=DecisionForm,
            ),
        },
    )

    @override
    def heading(self) -> Text:
        return gettext("Version %(n)s") % {"n": self.row.version}

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Programme = self.row
        yield _("A certification lasts"), gettext("%(n)s months") % {"n": row.months}
        yield _("Renewal is announced"), gettext("%(n)s days ahead") % {"n": row.forecast_days}
        if row.reason:
            yield _("Why a new version"), row.reason
        if row.decision:
            yield _("Decision"), row.decision

    @override
    def context(self) -> dict[str, Any]:
        row: Programme = self.row
        can = self.by.can(Permission.EDIT_PROGRAMME) and row.state == VersionState.DRAFT
        return {
            "criteria": [_line(one) for one in queries.criteria_of(row)],
            "can_edit": can,
            "levels": LEVELS,
        }


def _line(one: Criterion) -> dict[str, Any]:
    return {
        "row": one,
        "amounts": [one.minimums.get(str(level)) for level in LEVELS],
        "href": reverse("certification-criterion", args=[one.programme.ref, one.code]),
    }


new_version = form_view(
    BeginForm,
    lambda by, given, at: actions.begin_version(by=by, at=at, **given),
    title=_("A new version"),
    submit=_("Begin"),
    message=_("Begun, with the criteria of the version in force."),
    url="certification-version",
    list_url="certification-versions",
    list_title=Versions.title,
)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_PROGRAMME)
def criterion(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Change a criterion of a draft."""
    by, at = actor(request), clock.now()
    row = queries.criterion_for(by, ref, code)
    back = reverse("certification-version", args=[ref])
    form = CriterionForm(request.POST or None, initial=initial_of(row))

    def act(given: dict[str, Any]) -> Outcome:
        actions.change_criterion(by=by, criterion=row, given=given, at=at)
        return Outcome(_("Saved."), to=back)

    if done := submitted(request, form, act):
        return done
    context = {"form": form, "row": row, "back": back, "is_draft": row.programme.state == VersionState.DRAFT}
    status = UNFIT if form.is_bound and form.errors else 200
    return render(request, "certification/desk/criterion.html", context, status=status)


@require_POST
@needs(Permission.EDIT_PROGRAMME)
def remove_criterion(request: HttpRequest, ref: str, code: str) -> HttpResponse:
    """Take a criterion out of a draft."""
    by = actor(request)
    row = queries.criterion_for(by, ref, code)

    def act() -> Outcome:
        actions.remove_criterion(by=by, criterion=row, at=clock.now())
        return Outcome(_("Taken out of the draft."))

    return respond(request, act, reverse("certification-version", args=[ref]))

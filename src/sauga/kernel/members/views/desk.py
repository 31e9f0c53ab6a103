"""At the desk: who asks to act for which organisation, to confirm or not."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from sauga.kernel.identity import PersonActor
from sauga.kernel.kit.actions import Action, ActionSet
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage, View
from sauga.kernel.kit.pages import DetailPage
from sauga.kernel.members import queries
from sauga.kernel.members.actions import representations
from sauga.kernel.members.forms import ConfirmForm, RefuseForm
from sauga.kernel.members.models import Representation
from sauga.kernel.members.representation import register
from sauga.kernel.members.representation.presenters import STATES
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.members.trail import ZONE
from sauga.kernel.refusals import Text

VIEWS = {
    "waiting": RepresentationState.ASKED,
    "confirmed": RepresentationState.CONFIRMED,
    "refused": RepresentationState.REFUSED,
    "ended": RepresentationState.ENDED,
}


class Requests(ListPage):
    """Requests to act for an organisation, the oldest first."""

    title = _("Members: requests")
    intro = _(
        "People of the public who say which organisation they act for. Somebody who acts for it already may "
        "confirm as well."
    )
    views = (
        View("waiting", _("Waiting")),
        View("confirmed", _("Confirmed")),
        View("refused", _("Not confirmed")),
        View("ended", _("Ended")),
    )
    columns = (
        Column("who", _("Person"), is_heading=True),
        Column("organisation", _("Organisation")),
        Column("partner", _("Wants to become a partner")),
        Column("asked", _("Asked"), sort=("asked_at",)),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(
        title=_("No requests here"),
        text=_("Requests come from the member site when somebody says which organisation they act for."),
    )

    @override
    def first_view(self) -> str:
        return "waiting"

    @override
    def counts(self) -> dict[str, int]:
        return {"waiting": queries.count_requests()}

    @override
    def rows(self) -> QuerySet[Representation]:
        return queries.requests(state=VIEWS[self.view_code])

    @override
    def lines(self, rows: list[Representation]) -> list[Line]:
        found = {line.row.pk: line for line in queries.representation_lines(rows, self.at)}
        return [_line(found[row.pk]) for row in rows if row.pk in found]


def _line(line: queries.RepresentationLine) -> Line:
    row = line.row
    cells: list[Cell] = [
        Link(line.member_name, reverse("members-request", args=[row.ref])),
        line.organisation,
        _("yes") if row.wants_partner else "",
        Day(row.asked_at),
        STATES[RepresentationState(row.state)],
    ]
    return Line(row.ref, tuple(cells))


def _find(by: PersonActor, ref: str) -> Representation:
    if not by.can(Permission.DECIDE_REQUEST):
        raise Http404
    return queries.representation_by_ref(ref)


def _confirm(by: PersonActor, row: Representation, given: dict[str, Any], at: datetime) -> None:
    found = register.find(given["organisation"], at)
    representations.confirm_representation(
        by=by, representation=row, organisation=found, only_person=given["only_person"], at=at
    )


ACTIONS = ActionSet(
    find=_find,
    actions={
        "confirm": Action(
            permissions=(Permission.DECIDE_REQUEST,),
            states=frozenset({RepresentationState.ASKED}),
            label=_("Confirm"),
            message=_("Confirmed. The person will get an email."),
            title=_("This person acts for the organisation"),
            text=_(
                "Ask the organisation by a way that you know already, never by what stands in the request."
            ),
            effect=_confirm,
            form=ConfirmForm,
            is_next=True,
            key="s",
        ),
        "refuse": Action(
            permissions=(Permission.DECIDE_REQUEST,),
            states=frozenset({RepresentationState.ASKED}),
            label=_("Do not confirm"),
            message=_("Not confirmed. The person will get an email."),
            effect=lambda by, row, given, at: representations.refuse_representation(
                by=by, representation=row, reason=given["reason"], at=at
            ),
            form=RefuseForm,
            tone="danger",
        ),
        "end": Action(
            permissions=(Permission.DECIDE_REQUEST,),
            states=frozenset({RepresentationState.CONFIRMED}),
            label=_("End"),
            message=_("Ended. The person will get an email."),
            effect=lambda by, row, _given, at: representations.end_representation(
                by=by, representation=row, at=at
            ),
            tone="danger",
        ),
    },
)


class RequestPage(DetailPage):
    """One request."""

    title = _("Request")
    list_title, list_url = Requests.title, "members-requests"
    url, action_url = "members-request", "members-request-do"
    states = STATES
    zone, audit_permission = ZONE, Permission.DECIDE_REQUEST
    actions = ACTIONS

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        found = queries.representation_lines([self.row], self.at)
        for line in found:
            yield _("Person"), line.member_name
            yield _("Email address"), queries.address_of(line.row)
            yield _("Organisation"), line.organisation
            if self.row.organisation is None:
                yield _("In the register"), _("no: the member wrote the name")
            yield _("What for"), line.purpose
            if self.row.wants_partner:
                yield (
                    _("Partner"),
                    _(
                        "wants to become a partner that adapts materials. When somebody who manages partners "
                        "confirms, it becomes one."
                    ),
                )
            if self.row.reason:
                yield _("Reason"), representations.REASONS[self.row.reason]
        yield _("Asked"), Day(self.row.asked_at)

"""Young people whom the youth panel told us about, at the desk."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timeuntil
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from sauga.helpline.permissions import Permission, sees_all
from sauga.helpline.safeguarding.actions import panel_referrals as acts
from sauga.helpline.safeguarding.models import IncomingReferral
from sauga.helpline.safeguarding.queries import panel_referrals as queries
from sauga.helpline.states import IncomingState
from sauga.kernel import clock
from sauga.kernel.i18n import languages
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Cell, Column, Empty, Line, Link, ListPage, Mark, View
from sauga.kernel.refusals import Text

STATES: Mapping[str, Mark] = {
    IncomingState.RECEIVED: Mark("bad", "diamond", pgettext_lazy("incoming referral", "waits for somebody")),
    IncomingState.TAKEN: Mark("act", "half", pgettext_lazy("incoming referral", "taken")),
    IncomingState.SETTLED: Mark("good", "tick", pgettext_lazy("incoming referral", "settled")),
    IncomingState.WITHDRAWN: Mark(
        "calm", "dash", pgettext_lazy("incoming referral", "taken back by the young person")
    ),
}
REACH = {"SELF": _("calls or writes by themselves"), "PHONE": _("wants to be called")}
OUTCOMES = {
    "TALKED": _("We called and talked"),
    "CAME_SELF": _("The young person called or wrote"),
    "NOT_REACHED": _("We called several times and reached nobody"),
    "NOT_NEEDED": _("The young person needs nothing more"),
}
TAKE = (Permission.TAKE_INCOMING,)


class Incoming(ListPage):
    """Who waits for us; the most urgent first."""

    title = pgettext_lazy("helpline", "From the youth panel")
    intro = _(
        "Members of the youth panel who asked that we are told about them. The panel does not say who they "
        "are."
    )
    live = acts.CHANNEL
    views = (
        View(queries.WAITING, pgettext_lazy("incoming referrals", "Waiting")),
        View(queries.TAKEN, pgettext_lazy("incoming referrals", "Taken")),
        View(queries.ENDED, pgettext_lazy("incoming referrals", "Ended")),
    )
    columns = (
        Column("ref", _("Reference"), is_heading=True),
        Column("age", _("Age group")),
        Column("reach", pgettext_lazy("incoming referral", "How to meet")),
        Column("state", _("State"), is_state=True),
        Column("due", pgettext_lazy("incoming referral", "To be taken within")),
        Column("who", pgettext_lazy("incoming referral", "Taken by")),
    )
    nothing = Empty(
        title=_("Nobody is waiting"),
        text=_("When a member of the youth panel wants us to know, it is here at once."),
    )

    @override
    def rows(self) -> QuerySet[IncomingReferral]:
        return queries.incoming(self.by, self.view_code)

    @override
    def line(self, row: IncomingReferral) -> Line:
        due: Cell = ""
        if row.state == IncomingState.RECEIVED:
            late = Mark("bad", "", pgettext_lazy("incoming referral", "late"))
            due = late if self.at > row.due_at else timeuntil(row.due_at, self.at)
        return Line(
            row.ref,
            (
                Link(row.ref, reverse("helpline-incoming-one", args=[row.ref])),
                row.age_layer,
                REACH.get(row.reach, row.reach),
                STATES[row.state],
                due,
                row.taken_by.name if row.taken_by else "",
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.by)


class SettleForm(forms.Form):
    """What came of it."""

    outcome = forms.ChoiceField(
        label=_("What came of it"),
        choices=list(OUTCOMES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what came of it.")},
    )


ACTIONS = ActionSet(
    find=queries.incoming_for,
    actions={
        "take": Action(
            permissions=TAKE,
            states=frozenset({IncomingState.RECEIVED}),
            label=pgettext_lazy("incoming referral", "Take"),
            message=_("Yours. Read what they wrote, then help."),
            effect=lambda by, row, given, at: acts.take(by=by, row=row, at=at),
            is_next=True,
            key="t",
        ),
        "settle": Action(
            permissions=TAKE,
            states=frozenset({IncomingState.TAKEN}),
            label=pgettext_lazy("incoming referral", "Settle"),
            title=_("What came of it"),
            text=_("The young person reads it in the space of the panel; the panel’s adults see it as well."),
            message=_("Settled. The panel is told."),
            effect=lambda by, row, given, at: acts.settle(by=by, row=row, outcome=given["outcome"], at=at),
            form=SettleForm,
            is_next=True,
        ),
        "back": Action(
            permissions=TAKE,
            states=frozenset({IncomingState.TAKEN}),
            label=pgettext_lazy("incoming referral", "Give back"),
            message=_("Given back. The shift leads are called."),
            effect=lambda by, row, given, at: acts.give_back(by=by, row=row, at=at),
            tone="second",
        ),
    },
)


class IncomingPage(DetailPage):
    """One young person: what they wrote is opened by a press, and recorded."""

    template = "helpline/safeguarding/desk/incoming.html"
    title = pgettext_lazy("helpline", "From the youth panel:")
    list_title, list_url = Incoming.title, "helpline-incoming"
    url, action_url = "helpline-incoming-one", "helpline-incoming-do"
    live, states = acts.CHANNEL, STATES
    zone, audit_permission = str(acts.ZONE), Permission.SEE_TRAIL
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: IncomingReferral = self.row
        yield _("Age group"), row.age_layer
        yield _("Language"), dict(languages.own_names(languages.whole())).get(row.language, row.language)
        yield pgettext_lazy("incoming referral", "How to meet"), REACH.get(row.reach, row.reach)
        yield _("Received"), row.received_at
        yield pgettext_lazy("incoming referral", "To be taken by"), row.due_at
        if row.taken_by is not None:
            yield pgettext_lazy("incoming referral", "Taken by"), row.taken_by.name
        if row.outcome:
            yield _("What came of it"), OUTCOMES.get(row.outcome, row.outcome)

    @override
    def context(self) -> dict[str, Any]:
        row: IncomingReferral = self.row
        is_theirs = row.taken_by_id == self.by.person_id or sees_all(self.by)
        return {
            "can_read": is_theirs and row.state != IncomingState.WITHDRAWN,
            "is_gone": row.state == IncomingState.WITHDRAWN,
            "is_locked": self.by.vault is None,
        }


@needs(Permission.TAKE_INCOMING)
@require_POST
def words(request: HttpRequest, ref: str) -> HttpResponse:
    """What the young person wrote for us."""
    by = actor(request)
    row = queries.incoming_for(by, ref)

    def act() -> HttpResponse:
        found = acts.open_words(by=by, row=row, at=clock.now())
        lines = [
            (gettext("Call them"), found.get("name", "")),
            (gettext("What they wrote"), found.get("words", "")),
            (gettext("Phone"), found.get("phone", "")),
            (gettext("When, and what to mind"), found.get("when", "")),
        ]
        context = {"row": row, "lines": [one for one in lines if one[1]]}
        response = render(request, "helpline/safeguarding/desk/incoming_words.html", context)
        response.headers["Cache-Control"] = "no-store"
        return response

    return respond(request, act, reverse("helpline-incoming-one", args=[ref]))

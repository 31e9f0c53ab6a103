"""Tools at the desk: the list, one tool with what its maker needs and its log, the form."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.lists import Cell, Column, Day, Empty, Line, Link, ListPage
from sauga.kernel.kit.lists import Tool as Button
from sauga.kernel.refusals import Text
from sauga.training.permissions import Permission
from sauga.training.states import ToolState
from sauga.training.tools import presenters
from sauga.training.tools.actions import tools as actions
from sauga.training.tools.actions.tools import CHANNEL
from sauga.training.tools.forms import OffForm, ToolForm
from sauga.training.tools.models import Tool
from sauga.training.tools.queries import tools as queries
from sauga.training.trail import ZONE

UNFIT = 422


class Tools(ListPage):
    """Tools of others that courses may open."""

    title = _("External tools")
    live = CHANNEL
    columns = (
        Column("name", pgettext_lazy("tool", "Name"), is_heading=True),
        Column("maker", _("Provider")),
        Column("opened", pgettext_lazy("tool", "Last opened"), "num nowrap"),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(
        title=_("No tool yet"),
        text=_(
            "An external tool is a learning page of another provider, such as a simulation, that courses "
            "open by the standard LTI 1.3. Register one with what its provider gives you."
        ),
    )

    @override
    def rows(self) -> QuerySet[Tool]:
        return queries.tools(self.by)

    @override
    def line(self, row: Any) -> Line:
        return Line(
            row.ref,
            (
                Link(row.name, reverse("training-tool", args=[row.ref])),
                row.maker,
                Day(row.last_opened) if row.last_opened else None,
                presenters.STATES[row.state],
            ),
        )

    @override
    def tools(self) -> tuple[Button, ...]:
        return (Button(label=_("Register a tool"), href=reverse("training-tool-new"), key="n", icon="plus"),)


def _off(by: PersonActor, row: Tool, given: dict[str, Any], at: datetime) -> Outcome:
    reason = {
        name.removeprefix("reason_"): text for name, text in given.items() if name.startswith("reason_")
    }
    actions.switch_off(by=by, tool=row, reason=reason, at=at)
    return Outcome(undo=reverse("training-tool-do", args=[row.ref, "on"]))


def _delete(by: PersonActor, row: Tool, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.delete_tool(by=by, tool=row, at=at)
    return Outcome(gettext("Deleted."), to=reverse("training-tools"))


ACTIONS = ActionSet(
    find=queries.tool_for,
    actions={
        "on": Action(
            permissions=(Permission.KEEP_TOOLS,),
            states=frozenset({ToolState.OFF}),
            label=_("Switch on"),
            message=_("Switched on. Courses can open it."),
            text=_("Only after you have agreed with its provider what happens to learners’ data."),
            effect=lambda by, row, _given, at: actions.switch_on(by=by, tool=row, at=at),
            is_next=True,
        ),
        "off": Action(
            permissions=(Permission.KEEP_TOOLS,),
            states=frozenset({ToolState.ON}),
            label=_("Switch off"),
            message=_("Switched off. Learners read why."),
            text=_("At once and in every course. Access that the tool has ends, too."),
            form=OffForm,
            effect=_off,
            tone="danger",
        ),
        "keys": Action(
            permissions=(Permission.KEEP_TOOLS,),
            states=frozenset({ToolState.OFF, ToolState.ON}),
            label=_("Read its keys now"),
            message=_("Read."),
            effect=lambda by, row, _given, at: actions.read_tool_keys(by=by, tool=row, at=at),
            suits=lambda row: bool(row.keys_url),
        ),
        "delete": Action(
            permissions=(Permission.KEEP_TOOLS,),
            states=frozenset({ToolState.OFF}),
            label=_("Delete"),
            title=_("Delete the tool"),
            message=_("Deleted."),
            text=_("Possible while no course uses it. Its client ID is never given again."),
            effect=_delete,
            tone="danger",
        ),
    },
)


class ToolPage(DetailPage):
    """One tool."""

    template = "training/tools/desk/tool.html"
    list_title, list_url = Tools.title, "training-tools"
    url, action_url = "training-tool", "training-tool-do"
    live, states = CHANNEL, presenters.STATES
    zone, audit_permission = ZONE, Permission.KEEP_TOOLS
    actions = ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Tool = self.row
        yield _("Provider"), row.maker
        yield _("Email for questions"), row.contact or None
        yield _("Privacy notice"), row.privacy_url or None
        yield _("Login address"), row.login_url
        yield _("Address to open"), row.target_url
        yield _("Redirect addresses"), " ".join(row.redirect_urls)
        yield _("Keys"), self._keys(row)
        yield (
            _("Learner’s name"),
            gettext("passed where the course asks for it and the learner agrees")
            if row.may_ask_name
            else gettext("never passed"),
        )

    def _keys(self, row: Tool) -> str:
        if not row.keys:
            return gettext("not read yet")
        return gettext("%(n)s registered") % {"n": len(row.keys)}

    @override
    def context(self) -> dict[str, Any]:
        row: Tool = self.row
        return {
            "for_maker": presenters.for_maker(row),
            "log": [presenters.log_line(one) for one in queries.events_of(row)],
            "off": presenters.why_off(row) if row.state == ToolState.OFF else "",
        }


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_TOOLS)
def new(request: HttpRequest) -> HttpResponse:
    """Register a tool."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_TOOLS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a registration."""
    return _form_page(request, queries.tool_for(actor(request), ref))


def _form_page(request: HttpRequest, row: Tool | None) -> HttpResponse:
    by, at = actor(request), clock.now()
    form = ToolForm(request.POST if request.method == "POST" else None, row=row)

    def act(_given: dict[str, Any]) -> Outcome:
        if row is None:
            made = actions.register_tool(by=by, given=form.given, at=at)
            said = gettext("Registered. Give its provider the details below, then switch it on.")
        else:
            made, said = actions.edit_tool(by=by, tool=row, given=form.given, at=at), gettext("Saved.")
        return Outcome(said, to=reverse("training-tool", args=[made.ref]))

    context = {
        "form": form,
        "title": _("Edit the tool") if row else _("Register a tool"),
        "back": reverse("training-tool", args=[row.ref]) if row else reverse("training-tools"),
        "back_title": row.name if row else Tools.title,
        "submit": _("Save"),
        "text": ""
        if row
        else _("Its provider has these addresses. What the provider needs from us comes next."),
    }
    return submitted(request, form, act) or render(
        request, "training/desk/form.html", context, status=UNFIT if form.errors else 200
    )

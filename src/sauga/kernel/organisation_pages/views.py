"""Forms of the register, who held which role on a day, and suggestions for forms."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import actor
from sauga.kernel.kit import Outcome, form_view, submitted
from sauga.kernel.kit.actions import UNFIT, kit_page, post_action
from sauga.kernel.organisation_pages import forms
from sauga.kernel.organisation_pages.lists import Organisations
from sauga.kernel.organisation_pages.pages import find
from sauga.kernel.organisations import search
from sauga.kernel.organisations.actions import links, names
from sauga.kernel.organisations.actions import organisations as actions
from sauga.kernel.organisations.actions import roles as role_actions
from sauga.kernel.organisations.forms import about, written
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.queries import register, roles
from sauga.kernel.organisations.queries.links import succession_of
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.schemes import Scheme
from sauga.kernel.organisations.terms import RoleCode
from sauga.kernel.refusals import ChangedMeanwhile

ADD = _("Add an organisation")
GET_AND_POST = ["GET", "HEAD", "POST"]
SHORTEST = 2
"""Suggestions begin with the second letter."""


def _add(by: Any, given: dict[str, Any], at: datetime) -> Organisation:
    return actions.create_organisation(
        by=by,
        names={"lt": given["name"], "en": given["name_en"]},
        kinds=given["kinds"],
        country=given["country"],
        municipality=given["municipality"],
        website=given["website"],
        codes={Scheme.LEGAL_ENTITY: given["value"]},
        at=at,
    )


new = form_view(
    forms.NewForm,
    _add,
    title=ADD,
    submit=ADD,
    message=_("The organisation was added."),
    url="organisations-organisation",
    list_url="organisations",
    list_title=Organisations.title,
)


def page_of(row: Organisation) -> str:
    """The address of an organisation's page."""
    return reverse("organisations-organisation", args=[row.code])


@kit_page
@require_http_methods(GET_AND_POST)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """The facts of an organisation."""
    by, row = actor(request), find(actor(request), ref)
    fields = ("kinds", "municipality", "country", "website")
    initial = {name: getattr(row, name) for name in fields} | {"seen": row.changed_at.isoformat()}

    def act(given: dict[str, Any]) -> Outcome:
        seen = parse_datetime(given.pop("seen"))
        if seen is None:
            raise ChangedMeanwhile
        actions.edit_organisation(by=by, organisation=row, seen=seen, at=clock.now(), **given)
        return Outcome(gettext("Saved."), to=page_of(row))

    form = forms.EditForm(request.POST) if request.method == "POST" else forms.EditForm(initial=initial)
    return form_page(request, row, form, act, title=gettext("Edit details"))


@kit_page
@require_http_methods(GET_AND_POST)
def name(request: HttpRequest, ref: str, name_id: int) -> HttpResponse:
    """A name that was written wrongly, or its dates."""
    by, row = actor(request), find(actor(request), ref)
    held = register.name_for(row, name_id)
    initial = {key: getattr(held, key) for key in ("language", "name", "short", "since", "until")}

    def act(given: dict[str, Any]) -> Outcome:
        names.correct_name(by=by, row=held, at=clock.now(), **given)
        return Outcome(gettext("Saved."), to=page_of(row))

    form = (
        forms.NameEditForm(request.POST) if request.method == "POST" else forms.NameEditForm(initial=initial)
    )
    return form_page(request, row, form, act, title=gettext("Correct a name"))


@kit_page
@require_http_methods(GET_AND_POST)
def role(request: HttpRequest, ref: str, role_id: int) -> HttpResponse:
    """The dates of a role, and how well they are known."""
    by, row = actor(request), find(actor(request), ref)
    held = register.role_for(row, role_id)
    initial = {key: getattr(held, key) for key in ("since", "until", "is_confirmed", "source")}

    def act(given: dict[str, Any]) -> Outcome:
        role_actions.edit_role(by=by, row=held, at=clock.now(), **given)
        return Outcome(gettext("Saved."), to=page_of(row))

    form = (
        forms.RoleEditForm(request.POST) if request.method == "POST" else forms.RoleEditForm(initial=initial)
    )
    title = gettext("Edit role: %(role)s") % {"role": held.get_role_display()}
    return form_page(request, row, form, act, title=title)


def form_page(
    request: HttpRequest,
    row: Organisation,
    form: django_forms.Form,
    act: Callable[[dict[str, Any]], Outcome],
    *,
    title: str,
) -> HttpResponse:
    """A form about one organisation, and what is done with it when it is sent."""
    if done := submitted(request, form, act):
        return done
    context = {"form": form, "title": title, "row": row, "name": row.name_at(clock.now()), "to": page_of(row)}
    status = UNFIT if form.errors else 200
    return render(request, "organisations/desk/form.html", context, status=status)


@post_action("organisations-organisation", anchor="#roles")
def withdraw_or_restore(request: HttpRequest, ref: str, role_id: int) -> Outcome:
    """A role that was entered by mistake, or was none."""
    by, at, row = actor(request), clock.now(), find(actor(request), ref)
    held = register.role_for(row, role_id)
    if held.withdrawn_at is not None:
        role_actions.restore_role(by=by, row=held, at=at)
        return Outcome(gettext("The role counts again."))
    role_actions.withdraw_role(by=by, row=held, at=at)
    undo = reverse("organisations-role-withdraw", args=[row.code, held.pk])
    return Outcome(gettext("The role was withdrawn as a mistake."), undo=undo)


@post_action("organisations-organisation", anchor="#links")
def unlink(request: HttpRequest, ref: str, link_id: int) -> str:
    """A succession that was recorded by mistake."""
    row = find(actor(request), ref)
    links.remove_succession(by=actor(request), row=succession_of(row, link_id), at=clock.now())
    return gettext("The succession was removed.")


@post_action("organisations-organisation", anchor="#links")
def part(request: HttpRequest, ref: str, other: str) -> str:
    """Two entries that are two organisations after all."""
    by = actor(request)
    links.unmark_same(by=by, one=find(by, ref), other=find(by, other), at=clock.now())
    return gettext("The two entries are separate again.")


@kit_page
@require_safe
def on_a_day(request: HttpRequest) -> HttpResponse:
    """Who held which role on a day, and on which days none or several coordinated."""
    today = clock.now().astimezone(clock.VILNIUS).date()
    form = forms.DayForm(request.GET)
    day = (form.cleaned_data["on"] if form.is_valid() else None) or today
    since = roles.first_day(RoleCode.COORDINATOR) or today
    context = {
        "form": form,
        "day": day,
        "rows": roles.roles_on(day),
        "gaps": roles.uncovered(RoleCode.COORDINATOR, since, today),
        "doubled": roles.doubled(RoleCode.COORDINATOR, since, today),
        "before": _link(day, -1),
        "after": _link(day, 1),
        "may_edit": actor(request).can(Permission.EDIT),
    }
    return render(request, "organisations/desk/roles.html", context)


def _link(day: date, days: int) -> str:
    """The page of a day before or after; empty beyond the first and the last day that a date can name."""
    try:
        other = day + timedelta(days=days)
    except OverflowError:
        return ""
    return f"{reverse('organisations-roles')}?on={other.isoformat()}"


@kit_page
@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """Organisations that fit what the person is typing: what stands in the field, and what to know it by."""
    text = request.GET.get("q", "")
    hits = search(text, at=clock.now()) if len(text.strip()) >= SHORTEST else []
    response = JsonResponse({"found": [{"value": written(hit), "about": about(hit)} for hit in hits]})
    response.headers["Cache-Control"] = "private, no-store"
    return response

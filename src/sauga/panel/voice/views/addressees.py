"""The desk: who can be asked, and where the link goes."""

from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import actor
from sauga.kernel.kit import form_view
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Tool, View
from sauga.kernel.kit.pages import submitted
from sauga.panel.trail import VOICE_CHANNEL
from sauga.panel.voice import forms
from sauga.panel.voice.actions import addressees
from sauga.panel.voice.models import Addressee
from sauga.panel.voice.queries import addressees as queries

UNFIT = 422


class Addressees(ListPage):
    """Bodies that can be asked."""

    title = _("Addressees")
    live = VOICE_CHANNEL
    views = (
        View("active", pgettext_lazy("addressees", "Can be asked")),
        View("ended", pgettext_lazy("addressees", "No longer")),
    )
    columns = (
        Column("name", pgettext_lazy("addressee", "Name"), is_heading=True, sort=("name",)),
        Column("asked", pgettext_lazy("addressee", "Asked")),
        Column("waiting", pgettext_lazy("addressee", "Waiting")),
    )
    nothing = Empty(
        title=_("Nobody yet"), text=_("Add a ministry, a platform or our own centre before the first vote.")
    )

    @override
    def rows(self) -> "QuerySet[Addressee]":
        return queries.rows(self.view_code)

    @override
    def lines(self, rows: list[Any]) -> Iterator[Line]:
        counted = queries.open_questions_of(rows)
        for row in rows:
            asked, waiting = counted.get(row.pk, (0, 0))
            href = reverse("panel-addressee", args=[row.ref])
            yield Line(row.ref, (Link(row.name, href), asked, waiting))

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts()

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("Add"), href=reverse("panel-addressee-new"), icon="plus")]


new_addressee = form_view(
    forms.AddresseeForm,
    lambda by, given, at: addressees.add_addressee(by=by, at=at, **given),
    title=_("New addressee"),
    submit=_("Add"),
    message=_("Added."),
    url="panel-addressee",
    list_url="panel-addressees",
    list_title=Addressees.title,
)


@require_http_methods(["GET", "HEAD", "POST"])
def addressee(request: HttpRequest, ref: str) -> HttpResponse:
    """Change one: its name, where the link goes, whether it can be asked."""
    by = actor(request)
    row = queries.addressee_for(by, ref)
    shown = {"name": row.name, "language": row.language, "is_active": row.is_active}
    form = (
        forms.AddresseeChangeForm(request.POST)
        if request.method == "POST"
        else forms.AddresseeChangeForm(initial=shown)
    )

    def act(given: dict[str, Any]) -> Any:
        addressees.change_addressee(by=by, addressee=row, at=clock.now(), **given)
        return _("Saved.")

    return submitted(request, form, act, "panel-addressees") or render(
        request,
        "ui/desk/form.html",
        {
            "form": form,
            "title": row.name,
            "submit": _("Save"),
            "list_url": "panel-addressees",
            "list_title": Addressees.title,
        },
        status=UNFIT if form.errors else 200,
    )

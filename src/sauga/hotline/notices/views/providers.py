"""Providers at the desk: contacts for letters, how a trace recognises them, what came of earlier notices."""

from collections.abc import Callable
from typing import Any, override

from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.hotline.notices import forms
from sauga.hotline.notices.actions import providers as acts
from sauga.hotline.notices.queries import providers as queries
from sauga.hotline.permissions import Permission
from sauga.hotline.tracing.models import Provider
from sauga.kernel import clock, vocab
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import actor, needs
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Badge, Cell, Column, Empty, Line, Link, ListPage, Mark, label_order


class Providers(ListPage):
    """Providers by name."""

    title = _("Providers")
    form_class = forms.ProviderFilterForm
    export = "providers"
    saves_typed = True
    formats = ("csv",)
    nothing = Empty(
        title=_("No provider yet"),
        text=_("Providers are added automatically when the host of an item is found."),
    )
    columns = (
        Column(
            "name",
            pgettext_lazy("organisation", "Name"),
            sort=(lithuanian_order(F("name")),),
            is_heading=True,
        ),
        Column("audience", _("What it is"), sort=label_order("audience", "notice.audience")),
        Column("country", _("Country"), sort=("country",)),
        Column("contacts", _("Contacts")),
        Column("open", _("Open notices"), "num"),
    )

    @override
    def rows(self) -> QuerySet[Provider]:
        return queries.providers(**self.filters)

    @override
    def lines(self, rows: list[Provider]) -> list[Line]:
        return [_line(row) for row in queries.provider_lines(rows, self.at)]


def _line(row: queries.ProviderLine) -> Line:
    held = row.provider
    name = (
        Link(held.name, reverse("hotline-provider", args=[held.pk])),
        Badge(gettext("memorandum"), "good") if held.memorandum_from else None,
    )
    audience = vocab.label("notice.audience", held.audience)
    contacts: list[Cell] = [
        Mark("good", "dot", localize(row.usable))
        if row.usable
        else Mark("bad", "cross", gettext("none approved"))
    ]
    if row.waiting:
        contacts += [
            "·",
            ngettext("%(n)s waits for approval", "%(n)s wait for approval", row.waiting) % {"n": row.waiting},
        ]
    return Line(
        str(held.pk),
        (name, f"{audience} · CDN" if held.is_cdn else audience, held.country, tuple(contacts), row.open),
    )


@require_safe
@needs(Permission.SEE_NOTICES)
def provider(request: HttpRequest, pk: int) -> HttpResponse:
    """One provider."""
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, *, status: int = 200, **given: Any) -> HttpResponse:
    at, by = clock.now(), actor(request)
    found = queries.provider_for(by, pk)
    context: dict[str, Any] = {
        "provider": found,
        "page": queries.provider_page(found, at),
        "audience": vocab.label("notice.audience", found.audience),
        "history": queries.history(found, at),
        "may_edit": by.can(Permission.EDIT_PROVIDERS),
        "provider_form": forms.ProviderForm(instance=queries.provider_for(by, pk)),
        "contact_form": forms.ContactForm(),
        "network_form": forms.NetworkForm(),
    }
    return render(request, "hotline/notices/provider.html", {**context, **given}, status=status)


def _acted(request: HttpRequest, pk: int, act: Callable[[], object], said: str) -> HttpResponse:
    """Perform an action, show its result, return to the provider."""

    def perform() -> str:
        act()
        return said

    return respond(request, perform, reverse("hotline-provider", args=[pk]))


@require_POST
@needs(Permission.EDIT_PROVIDERS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known of a provider."""
    by = actor(request)
    found = queries.provider_for(by, pk)
    form = forms.ProviderForm(request.POST, instance=queries.provider_for(by, pk))
    if not form.is_valid():
        return _page(request, pk, provider_form=form, status=422)
    values = form.cleaned_data
    return _acted(
        request,
        pk,
        lambda: acts.change_provider(by=by, provider=found, values=values, at=clock.now()),
        gettext("Saved."),
    )


@require_POST
@needs(Permission.EDIT_PROVIDERS)
def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down a checked contact."""
    by, form = actor(request), forms.ContactForm(request.POST)
    found = queries.provider_for(by, pk)
    if not form.is_valid():
        return _page(request, pk, contact_form=form, status=422)
    said = gettext("Added and approved. Notices that waited for a contact go out now.")
    return _acted(
        request,
        pk,
        lambda: acts.add_contact(by=by, provider=found, **form.cleaned_data, at=clock.now()),
        said,
    )


@require_POST
@needs(Permission.EDIT_PROVIDERS)
def approve_contact(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Approve a contact that the trace found, or one that had been retired."""
    by = actor(request)
    found = queries.contact_for(by, pk, contact)
    said = gettext("Approved. Notices that waited for a contact go out now.")
    return _acted(request, pk, lambda: acts.approve_contact(by=by, contact=found, at=clock.now()), said)


@require_POST
@needs(Permission.EDIT_PROVIDERS)
def retire_contact(request: HttpRequest, pk: int, contact: int) -> HttpResponse:
    """Send nothing more to a contact."""
    by = actor(request)
    found = queries.contact_for(by, pk, contact)
    return _acted(
        request,
        pk,
        lambda: acts.retire_contact(by=by, contact=found, at=clock.now()),
        gettext("Retired. Nothing more is sent there."),
    )


@require_POST
@needs(Permission.EDIT_PROVIDERS)
def add_network(request: HttpRequest, pk: int) -> HttpResponse:
    """Record how a trace recognises the provider."""
    by, form = actor(request), forms.NetworkForm(request.POST)
    found = queries.provider_for(by, pk)
    if not form.is_valid():
        return _page(request, pk, network_form=form, status=422)
    return _acted(
        request,
        pk,
        lambda: acts.add_network(by=by, provider=found, **form.cleaned_data, at=clock.now()),
        gettext("Saved."),
    )

"""Collections at the desk."""

from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit.actions import post_action_on
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage, Mark, Tool
from sauga.kernel.refusals import refusal_in
from sauga.kernel.ui import toasts
from sauga.repository.catalogue.actions import collections as collection_actions
from sauga.repository.catalogue.forms import CollectionForm
from sauga.repository.catalogue.models import Collection
from sauga.repository.catalogue.queries import collections
from sauga.repository.permissions import Permission
from sauga.repository.resources.presenters import resources

UNFIT = 422


class Collections(ListPage):
    """All collections."""

    title = _("Collections")
    nothing = Empty(
        title=_("No collections yet"), text=_("Collect resources for an occasion, in your own order.")
    )
    columns = (
        Column("title", _("Title"), is_heading=True),
        Column("resources", _("Resources"), "num"),
        Column("state", _("State")),
    )

    @override
    def rows(self) -> QuerySet[Collection]:
        return collections.collections()

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("New collection"), href=reverse("repository-desk-collection-new"), key="n")]

    @override
    def line(self, row: Collection) -> Line:
        title = row.title.get(resources.speaking()) or row.title.get("lt") or row.ref
        state = Mark("good", "dot", _("visible")) if row.is_public else Mark("calm", "dash", _("hidden"))
        return Line(
            row.ref,
            (
                Link(title, reverse("repository-desk-collection", args=[row.ref])),
                len(row.entries.all()),
                state,
            ),
        )


@needs(Permission.EDIT_COLLECTION)
def new_collection(request: HttpRequest) -> HttpResponse:
    """A new collection."""
    return _edit(request, None, CollectionForm(request.POST if request.method == "POST" else None))


@needs(Permission.EDIT_COLLECTION)
def collection(request: HttpRequest, ref: str) -> HttpResponse:
    """One collection: texts and order."""
    row = collections.collection_for(actor(request), ref)
    first: dict[str, Any] = {
        f"{name}_{code}": getattr(row, name).get(code, "")
        for name in ("title", "abstract")
        for code in ("lt", "en")
    }
    first |= {
        "members": "\n".join(one.slug(resources.speaking()) for one in collections.members_of(row)),
        "is_public": row.is_public,
    }
    return _edit(
        request, row, CollectionForm(request.POST if request.method == "POST" else None, initial=first)
    )


def _edit(request: HttpRequest, row: Collection | None, form: CollectionForm) -> HttpResponse:
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        refs = [
            line.strip().rstrip("/").rpartition("/")[2]
            for line in said["members"].splitlines()
            if line.strip()
        ]
        members = collections.by_refs(refs)
        known = {name for one in members for name in (one.ref, one.slug_lt, one.slug_en)}
        if unknown := [ref for ref in refs if ref not in known]:
            form.add_error(
                "members",
                gettext("No resource has this number or address: %(what)s")
                % {"what": ", ".join(unknown[:5])},
            )
        else:
            with refusal_in(form):
                collection_actions.save_collection(
                    by=actor(request),
                    title={code: said[f"title_{code}"] for code in ("lt", "en") if said[f"title_{code}"]},
                    abstract={
                        code: said[f"abstract_{code}"] for code in ("lt", "en") if said[f"abstract_{code}"]
                    },
                    resources=members,
                    is_public=said["is_public"],
                    collection=row,
                    at=clock.now(),
                )
                toasts.say(request, gettext("Saved."))
                return HttpResponseRedirect(reverse("repository-desk-collections"))
    return render(
        request,
        "repository/catalogue/edit_collection.html",
        {"form": form, "row": row},
        status=UNFIT if form.is_bound else 200,
    )


@needs(Permission.EDIT_COLLECTION)
@post_action_on(collections.collection_for, lambda _by, _row: reverse("repository-desk-collections"))
def delete_collection(request: HttpRequest, by: PersonActor, row: Collection, at: datetime) -> str:
    """Delete a collection."""
    collection_actions.delete_collection(by=by, collection=row, at=at)
    return gettext("Deleted.")

"""Personal saved views: the filter and order of a list that a person gave a name, kept for that person alone.

The address stays the only source of a list's filter: saving keeps what the address says, and a saved view is
a link to it. The forms post to the list's own address, so a person who may not see a list keeps no views of
it.
"""

from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import statements
from sauga.kernel.i18n.collation import lithuanian_order
from sauga.kernel.identity import NotFound, PersonActor
from sauga.kernel.kit.actions import Outcome, respond
from sauga.kernel.kit.models import NAME_LENGTH, QUERY_LENGTH, SavedView
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.ui.parameters.numbers import whole

MOST_SAVED = 20
"""Views of one list that a person may keep."""
EVERYTHING = pgettext_lazy("list", "All")


class TooManyViews(ActionRefused):
    """The person keeps as many views of this list as are allowed."""

    message = _("You have saved %(n)s views of this list. Delete one first.")


class NameTaken(ActionRefused):
    """The person has another view of this list by that name."""

    message = _("You have another view by this name.")


class FilterUnfit(ActionRefused):
    """The filter is empty or too long to be kept."""

    message = _("Choose a filter or an order first, then save the view.")


def save_view(*, by: PersonActor, path: str, name: str, query: str, at: datetime) -> SavedView:
    """Keep what the address of the list says under a name; a view of that name is replaced.

    Raises TextMissing, FilterUnfit, TooManyViews.
    """
    name = _name(name)
    if not query or len(query) > QUERY_LENGTH:
        raise FilterUnfit
    with transaction.atomic():
        mine = _of(by, path)
        if mine.exclude(name=name).count() >= MOST_SAVED:
            raise TooManyViews(n=MOST_SAVED)
        row, _made = mine.update_or_create(
            person_id=by.person_id, path=path, name=name, defaults={"query": query, "saved_at": at}
        )
    return row


def rename_view(*, by: PersonActor, path: str, pk: int, name: str, at: datetime) -> SavedView:
    """Give a saved view another name.

    Raises NotFound for a view that is not the person's, TextMissing, NameTaken.
    """
    name = _name(name)
    with transaction.atomic():
        row = _mine(by, path, pk)
        if _of(by, path).filter(name=name).exclude(pk=pk).exists():
            raise NameTaken
        row.name, row.saved_at = name, at
        row.save()
    return row


def delete_view(*, by: PersonActor, path: str, pk: int) -> SavedView:
    """Delete a saved view and return what it was. Raises NotFound for a view that is not the person's."""
    with transaction.atomic():
        row = _mine(by, path, pk)
        row.delete()
    return row


def _name(given: str) -> str:
    name = " ".join(given.replace("\0", "").split())[:NAME_LENGTH]
    if not name:
        raise TextMissing
    return name


@statements.fetched
def _by_name(*, person_id: int, path: str) -> QuerySet[SavedView]:
    rows = SavedView.objects.filter(person_id=person_id, path=path)
    return rows.order_by(lithuanian_order(F("name")), "pk")


def _of(by: PersonActor, path: str) -> QuerySet[SavedView]:
    return SavedView.objects.filter(person_id=by.person_id, path=path)


def _mine(by: PersonActor, path: str, pk: int) -> SavedView:
    row = _of(by, path).select_for_update().filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


class SavedViews:
    """The saved views of one person on one list page, and the answers to the forms that save, rename and
    delete them."""

    def __init__(self, listing: Any) -> None:  # a ListPage, whose module imports this one
        self.listing, self.by, self.path = listing, listing.by, listing.request.path
        self.query = self._query(with_typed=listing.saves_typed)
        self.leaves_out = self.query != self._query(with_typed=True)
        """Whether something that was typed is not part of what would be saved."""

    @cached_property
    def rows(self) -> list[SavedView]:
        """The person's views of this list, in the order of their names."""
        return _by_name(person_id=self.by.person_id, path=self.path)

    @property
    def current(self) -> SavedView | None:
        """The saved view that the address shows."""
        return None if self.leaves_out else next((row for row in self.rows if row.query == self.query), None)

    @property
    def can_save(self) -> bool:
        """Whether the address says anything that has no name yet."""
        return bool(self.query) and not any(row.query == self.query for row in self.rows)

    def tabs(self) -> list[dict[str, Any]]:
        """The saved views, as they stand beside the fixed ones."""
        current, shown = (
            self.current,
            [
                {"name": row.name, "href": f"?{row.query}", "current": row == self.current}
                for row in self.rows
            ],
        )
        if shown and not self.listing.offered:
            return [{"name": EVERYTHING, "href": "?", "current": current is None and not self.query}, *shown]
        return shown

    def post(self, request: HttpRequest) -> HttpResponse:
        """Save what the address says, or rename or delete a saved view, and show the list again."""
        back = f"{self.path}?{self.listing.query(after=None, saved_as=None)}"
        return respond(request, lambda: self._perform(request), back)

    def _perform(self, request: HttpRequest) -> Outcome:
        at, pk, name = self.listing.at, whole(request.POST.get("saved")), request.POST.get("name", "")
        saved_as = request.GET.get("saved_as", "")
        do = request.POST.get("do", "save" if saved_as else "")
        if do == "delete":
            row = delete_view(by=self.by, path=self.path, pk=pk)
            undo = f"{self.path}?{row.query}&{urlencode({'saved_as': row.name})}"
            return Outcome(gettext("Deleted: %(name)s.") % {"name": row.name}, undo=undo)
        if do == "rename":
            row = rename_view(by=self.by, path=self.path, pk=pk, name=name, at=at)
        elif do == "save":
            row = save_view(by=self.by, path=self.path, name=name or saved_as, query=self.query, at=at)
        else:
            raise NotFound
        return Outcome(gettext("Saved as %(name)s.") % {"name": row.name}, to=f"{self.path}?{row.query}")

    def _query(self, *, with_typed: bool) -> str:
        """What the address says of filter and order, always written in the same way; empty where it says
        nothing."""
        page = self.listing
        fields = page.form.fields if page.form is not None else {}
        held = [
            (name, fields[name].prepare_value(value))
            for name, value in page.filters.items()
            if value not in (None, "", False, [])
            and (with_typed or not isinstance(fields[name], forms.CharField))
        ]
        said = [*held, *([("sort", page.sort)] if page.sort else [])]
        return (
            urlencode([*([(page.view_name, page.view_code)] if page.view_code else []), *said], doseq=True)
            if said
            else ""
        )

"""The list page of the desk, shared by all services.

Views, filters, order and position in the address, pages, ticked rows, files, live updates.

A service declares columns, views and a filter form, answers `rows` with a query set from its `queries`, and
turns a page of rows into `Line`s of cells. The page is drawn by `ui/desk/list.html`; a template that extends
it may add to it. See docs/develop/lists.md.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Expression, F, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan
from django.forms import Form, TextInput
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.formats import localize
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import is_naive, localtime
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.kernel import clock
from sauga.kernel.identity import actor
from sauga.kernel.kit.actions import kit_page
from sauga.kernel.kit.lists.cells import Text, draw, plain
from sauga.kernel.kit.lists.export import file_response
from sauga.kernel.kit.lists.parts import BulkAction, Column, Empty, Line, Tool, View
from sauga.kernel.kit.lists.saved import SavedViews
from sauga.kernel.ui import toasts
from sauga.kernel.ui.components import Pager
from sauga.kernel.ui.parameters.numbers import whole

PAGE = 50
MOST_EXPORTED = 10_000
MOST_KEYS = 9  # views beyond the ninth have no key
CHUNK = 500
LARGEST, LAST_YEAR = 2**63, 9999
type Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True, kw_only=True)
class Page:
    """The rows of one page and the way to its neighbours; `total` is None where rows are not counted."""

    rows: list[Any]
    pager: Pager
    total: int | None = None


class ListPage:
    """One request for a list.

    Subclasses declare the list; `view()` makes the function that answers its address.

    Nothing here asks for a permission: the view is guarded by `needs`, and `rows` returns what this
    person may see.
    """

    template = "ui/desk/list.html"
    title: Text = ""
    caption: Text = ""
    intro: Text = ""
    live = ""
    """The channels whose signals renew the list."""
    columns: Sequence[Column] = ()
    views: Sequence[View] = ()
    form_class: type[Form] | None = None
    keyset: Sequence[str] = ()
    """Fields of the list's own order, all ascending and together unique: pages then cost the
    same at any depth.
    """
    tabs_label: Text = ""
    parent_title: Text = ""
    parent_href = ""
    """The page above this one."""
    view_name = "view"
    """What the view is called in the address."""
    everything = ""
    """The view that is offered where nothing fits the filters."""
    export = ""
    """The name of the list's files; empty: the list cannot be downloaded.

    Never set it for lists of cases or of people.
    """
    saves_typed = False
    """Whether what was typed into the filters becomes part of a saved view.

    Never where cases are searched.
    """
    nothing = Empty(title=_("Nothing here"))
    """What the list says while nothing is in a view."""
    formats: Sequence[str] = ("csv", "xlsx")
    """The kinds of file; the case services offer CSV only."""
    css = "table stacked"
    row_id = "row"
    bulk_url = ""
    size = PAGE

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.request, self.kwargs = request, kwargs
        self.by, self.at = actor(request), clock.now()
        self.offered = self.offered_views()
        codes = [view.code for view in self.offered]
        asked = request.GET.get(self.view_name, "")
        self.view_code = asked if asked in codes else (self.first_view() if codes else "")
        self.columns = self.offered_columns()
        self.form = self.filter_form()
        self.searches = self._mark_search()
        self.filters = self._filters()
        self.sort = self._sort()
        self.saved = SavedViews(self)

    # What a list declares

    def rows(self) -> Rows:
        """What this person may see in `view_code` with `filters`, in the list's own order.

        Raises NotImplementedError.
        """
        raise NotImplementedError

    def lines(self, rows: list[Any]) -> Iterable[Line]:
        """A page of rows as lines.

        A list whose rows need more asks for it here, for the whole page at once.
        """
        return [self.line(row) for row in rows]

    def line(self, row: Any) -> Line:
        """One row as a line. Raises NotImplementedError."""
        raise NotImplementedError

    def counts(self) -> Mapping[Any, int | None]:
        """How many rows stand in each view; views that are left out show no number."""
        return {}

    def count_text(self, count: int) -> str:
        """A view's number as people read it."""
        return localize(count)

    def offered_views(self) -> Sequence[View]:
        """The views this person is offered."""
        return self.views

    def offered_columns(self) -> Sequence[Column]:
        """The columns of this view."""
        return self.columns

    def filter_form(self) -> Form | None:
        """The filters of this view."""
        return self.form_class(self.request.GET) if self.form_class else None

    def first_view(self) -> str:
        """The view that opens where the address names none."""
        return self.offered[0].code

    def tools(self) -> Sequence[Tool]:
        """Buttons in the head of the page."""
        return ()

    def actions(self) -> Sequence[BulkAction]:
        """What may be done to ticked rows in this view; empty: nothing can be ticked."""
        return ()

    def may_export(self) -> bool:
        """Whether this person may download the list."""
        return bool(self.export)

    def context(self) -> dict[str, Any]:
        """What a template that extends the list's needs beyond it."""
        return {}

    # The answer

    @classmethod
    def view(cls) -> Callable[..., HttpResponse]:
        """The function that answers the list's address."""

        def list_view(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            return cls(request, **kwargs).respond()

        list_view.__doc__, list_view.__name__, list_view.__module__ = (
            cls.__doc__,
            cls.__name__,
            cls.__module__,
        )
        return kit_page(require_http_methods(["GET", "HEAD", "POST"])(list_view))

    def respond(self) -> HttpResponse:
        """The page, or the file that the address asks for; a post concerns the person's saved views.

        Raises Http404.
        """
        if self.request.method == "POST":
            return self.saved.post(self.request)
        wanted = self.request.GET.get("format", "")
        if wanted:
            return self._file(wanted)
        page = self.page()
        actions = self.actions() if page.rows else ()
        lines = self._draw(self.lines(page.rows), ticks=bool(actions)) if page.rows else []
        return render(
            self.request,
            self.template,
            {"listing": self, "lines": lines, "pager": page.pager, "acts": actions, **self.context()},
        )

    @property
    def is_narrowed(self) -> bool:
        """Whether the filters leave something out."""
        return any(value not in (None, "", False, []) for value in self.filters.values())

    @cached_property
    def numbers(self) -> Mapping[Any, int | None]:
        """How many rows stand in each view, asked once for a page."""
        return self.counts() if self.offered else {}

    def page(self) -> Page:
        """The page that the address asks for; beyond the end, the last one. A view whose number is nought has
        no rows to ask for."""
        if self.keyset and not self.is_narrowed and self.numbers.get(self.view_code) == 0:
            return Page(rows=[], pager=Pager())
        rows = self._ordered(self.rows())
        if self.keyset and not self.sort and isinstance(rows, QuerySet):
            return self._page_after(rows)
        return page_of(self.request, rows, self.query, size=self.size)

    def query(self, **changes: Any) -> str:
        """The address's query with the view and some values changed, or dropped when None."""
        return query_of(self.request, **{self.view_name: self.view_code or None, "format": None, **changes})

    # What the template asks for

    def tabs(self, current: str = "") -> list[dict[str, Any]]:
        """The views with their numbers and keys, then those that the person saved; `current` where a page of
        its own is one of them.
        """
        saved = self.saved.tabs()
        is_saved = any(tab["current"] for tab in saved)
        fixed = [
            {
                "name": view.label,
                "href": f"?{self.view_name}={view.code}",
                "count": "" if (count := self.numbers.get(view.code)) is None else self.count_text(count),
                "current": not is_saved and view.code == (current or self.view_code),
            }
            for view in self.offered
        ]
        return [
            {**tab, "key": number if number <= MOST_KEYS else ""}
            for number, tab in enumerate([*fixed, *saved], 1)
        ]

    def keys(self) -> int:
        """The last number that is the key of a view."""
        return min(len(self.offered) + len(self.saved.tabs()), MOST_KEYS)

    def head(self) -> list[dict[str, Any]]:
        """The columns with the links that sort by them: ascending, then descending, then the list's
        own order again.
        """
        return [self._head(column) for column in self.columns]

    def kept(self) -> list[tuple[str, str]]:
        """What the filter form carries on beside its own fields."""
        return [
            (name, value) for name, value in ((self.view_name, self.view_code), ("sort", self.sort)) if value
        ]

    def unfiltered(self) -> str:
        """This view without filters."""
        return f"?{self.query(after=None, **dict.fromkeys(self.filters))}"

    def empty(self) -> Empty:
        """What stands instead of the table."""
        if not self.is_narrowed:
            return self.nothing
        if self.everything and self.everything != self.view_code:
            text, way = (
                _("Loosen a filter, or look in everything."),
                (f"?{self.view_name}={self.everything}", _("Show everything")),
            )
        else:
            text, way = _("Loosen a filter."), (self.unfiltered(), _("Clear the filters"))
        return Empty(title=_("Nothing fits these filters"), text=text, href=way[0], action=way[1])

    def downloads(self) -> list[tuple[str, str]]:
        """Name and address of each file of this list."""
        return (
            [(kind.upper(), f"?{self.query(after=None, format=kind)}") for kind in self.formats]
            if self.may_export()
            else []
        )

    # How it is done

    def _mark_search(self) -> bool:
        """Whether there is a field to search in; the key "/" leads to the first one."""
        for field in self.form.fields.values() if self.form else ():
            if type(field.widget) is TextInput:
                field.widget.attrs["data-key"] = "/"
                field.widget.input_type = "search"
                return True
        return False

    def _filters(self) -> dict[str, Any]:
        if self.form is None:
            return {}
        self.form.is_valid()
        given = {name: self.form.cleaned_data.get(name) for name in self.form.fields}
        return {
            name: value.replace("\0", "") if isinstance(value, str) else value or ""
            for name, value in given.items()
        }

    def _sort(self) -> str:
        asked = self.request.GET.get("sort", "")
        view = next((view for view in self.offered if view.code == self.view_code), None)
        known = {column.name for column in self.columns if column.sort}
        return asked if asked.removeprefix("-") in known and (view is None or view.is_sortable) else ""

    def _ordered(self, rows: Rows) -> Rows:
        if not self.sort or not isinstance(rows, QuerySet):
            return rows
        column = next(column for column in self.columns if column.name == self.sort.removeprefix("-"))
        sort = column.sort() if callable(column.sort) else column.sort
        terms: list[F | Expression] = [F(term) if isinstance(term, str) else term for term in sort]
        if self.sort.startswith("-"):
            return rows.order_by(*(term.desc(nulls_last=True) for term in terms), "-pk")
        return rows.order_by(*(term.asc(nulls_last=True) for term in terms), "pk")

    def _head(self, column: Column) -> dict[str, Any]:
        view = next((view for view in self.offered if view.code == self.view_code), None)
        sorted_by = {column.name: "ascending", f"-{column.name}": "descending"}.get(self.sort, "")
        following = {"": column.name, "ascending": f"-{column.name}", "descending": None}[sorted_by]
        sortable = bool(column.sort) and (view is None or view.is_sortable)
        href = f"?{self.query(after=None, sort=following)}" if sortable else ""
        return {"column": column, "href": href, "sorted": sorted_by}

    def _page_after(self, rows: QuerySet[Any]) -> Page:
        after = self._cursor(rows)
        if after is not None:  # compared as one row, so that the index is entered right there
            rows = rows.filter(TupleGreaterThan(Tuple(*self.keyset), after))
        found = list(rows[: self.size + 1])
        shown, last = found[: self.size], found[self.size - 1] if len(found) > self.size else None
        following = (
            "|".join(_written(getattr(last, name)) for name in self.keyset) if last is not None else ""
        )
        pager = Pager(
            previous=self.query(after=None) or "after=" if after is not None else "",
            next=self.query(after=following) if following else "",
        )
        return Page(rows=shown, pager=pager)

    def _cursor(self, rows: QuerySet[Any]) -> tuple[Any, ...] | None:
        """Where to continue, as the pager wrote it; anything else begins at the top."""
        parts = self.request.GET.get("after", "").split("|")
        if len(parts) != len(self.keyset) or "\0" in "".join(parts):
            return None
        fields: list[Any] = [
            rows.model._meta.pk if name == "pk" else rows.model._meta.get_field(name) for name in self.keyset
        ]
        try:
            values = tuple(field.to_python(part) for field, part in zip(fields, parts, strict=True))
        except (ValidationError, ValueError, OverflowError):
            return None
        return values if all(_fits(value) for value in values) else None

    def _draw(self, lines: Iterable[Line], *, ticks: bool) -> list[SafeString]:
        """Rows as HTML.

        Drawn here and not by a template, and the tags of the columns once: a page has some
        four hundred cells.
        """
        tags = [_tags(column) for column in self.columns]
        label = gettext("Tick %(ref)s")
        drawn = []
        for line in lines:
            cells = (
                [_TICK.format(ref=escape(line.ref), label=escape(label % {"ref": line.ref}))] if ticks else []
            )
            cells += [
                f"{begin}{draw(cell, self.request)}{end}"
                for (begin, end), cell in zip(tags, line.cells, strict=True)
            ]
            css = f' class="{escape(line.css)}"' if line.css else ""
            row = f'<tr data-row id="{self.row_id}-{escape(line.ref)}"{css}>{"".join(cells)}</tr>'
            drawn.append(mark_safe(row))  # noqa: S308  every part is escaped above
        return drawn

    def _file(self, kind: str) -> HttpResponse:
        if kind not in self.formats or not self.may_export():
            raise Http404
        found = self._ordered(self.rows())
        rows = list(found[: MOST_EXPORTED + 1])
        if len(rows) > MOST_EXPORTED:
            toasts.say(
                self.request,
                gettext("More than %(n)s rows: narrow the list first.") % {"n": localize(MOST_EXPORTED)},
            )
            return HttpResponseRedirect(f"{self.request.path}?{self.query(after=None)}")
        lines = [
            line for start in range(0, len(rows), CHUNK) for line in self.lines(rows[start : start + CHUNK])
        ]
        head = [gettext("Number"), *(str(column.label) for column in self.columns)]
        cells = [[line.ref, *(plain(cell) for cell in line.cells)] for line in lines]
        return file_response(kind, f"{self.export}-{localtime(self.at):%Y-%m-%d}", head, cells)


def query_of(request: HttpRequest, **changes: Any) -> str:
    """The address's query with some values changed, or dropped when None."""
    params = request.GET.copy()
    for name, value in changes.items():
        params.pop(name, None)
        if value is not None:
            params[name] = str(value)
    return params.urlencode()


def page_of(
    request: HttpRequest, rows: Rows, query: Callable[..., str] | None = None, *, size: int = PAGE
) -> Page:
    """The page of `rows` that the address asks for; beyond the end, the last one.

    Also for pages that are no `ListPage`.
    """
    query = query or partial(query_of, request)
    total = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = min(whole(request.GET.get("after")), max(total - 1, 0) // size * size)
    shown = list(rows[start : start + size]) if total else []
    pager = Pager(
        previous=query(after=start - size) if start else "",
        next=query(after=start + size) if start + size < total else "",
        note=_place(start, len(shown), total),
    )
    return Page(rows=shown, pager=pager, total=total)


def _place(start: int, shown: int, total: int) -> str:
    if shown == total:
        return ngettext("%(n)s row", "%(n)s rows", total) % {"n": localize(total)}
    return gettext("%(first)s–%(last)s of %(total)s") % {
        "first": localize(start + 1),
        "last": localize(start + shown),
        "total": localize(total),
    }


def _written(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _fits(value: Any) -> bool:
    """Whether a value of a cursor can be compared with a column at all."""
    if isinstance(value, datetime):
        return not is_naive(value) and 1 < value.year < LAST_YEAR
    return value is not None and (not isinstance(value, int) or abs(value) < LARGEST)


_TICK = (
    '<td class="c-tick"><input type="checkbox" name="refs" value="{ref}" form="many" '
    'aria-label="{label}"></td>'
)


def _tags(column: Column) -> tuple[str, str]:
    """What begins and ends a column's cells."""
    css = f' class="{column.css}"' if column.css else ""
    if column.is_heading:
        return f'<th scope="row"{css}>', "</th>"
    return f'<td{css}{" data-state" if column.is_state else ""} data-label="{escape(column.label)}">', "</td>"

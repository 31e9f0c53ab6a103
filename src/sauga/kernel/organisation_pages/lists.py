"""The list of organisations."""

from typing import Any, override

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.i18n import and_list
from sauga.kernel.kit.lists import Badge, Column, Empty, Line, Link, ListPage, Quiet, Ref, Tool, View
from sauga.kernel.kit.lists.cells import Cell
from sauga.kernel.organisation_pages.forms import FilterForm
from sauga.kernel.organisations import country_name, municipality_name
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.organisations.places import HOME
from sauga.kernel.organisations.queries import register
from sauga.kernel.organisations.rules import Permission

EXISTING, PARTNERS, CLOSED = "existing", "partners", "closed"


class Organisations(ListPage):
    """Every organisation of the register, by name."""

    title = _("Organisations")
    form_class = FilterForm
    export = "organisations"
    saves_typed = True
    keyset = ("order_key", "pk")
    tabs_label = _("Which organisations")
    everything = EXISTING
    views = (
        View(EXISTING, _("Existing"), is_sortable=False),
        View(PARTNERS, _("Partners of the centre"), is_sortable=False),
        View(CLOSED, _("Closed"), is_sortable=False),
    )
    columns = (
        Column("name", pgettext_lazy("organisation", "Name"), is_heading=True),
        Column("ref", _("Number")),
        Column("code", _("Legal entity code"), "num"),
        Column("kind", _("Kind")),
        Column("place", _("Place")),
        Column("roles", _("Role in the centre")),
    )
    nothing = Empty(
        title=_("No organisation yet"),
        text=_("Add the first one, or import a file."),
    )

    @override
    def rows(self) -> QuerySet[Organisation]:
        given: dict[str, Any] = {name: value or "" for name, value in self.filters.items()}
        if self.view_code == PARTNERS and not given.get("role"):
            given["role"] = register.ANY_ROLE
        closed = {EXISTING: False, CLOSED: True}.get(self.view_code)
        return register.register_rows(at=self.at, closed=closed, **given)

    @override
    def lines(self, rows: list[Organisation]) -> list[Line]:
        kinds = register.kind_labels()
        return [self._line(row, kinds) for row in rows]

    @override
    def tools(self) -> list[Tool]:
        tools = [
            Tool(label=_("Partners on a day"), href=reverse("organisations-roles"), key="p", tone="second")
        ]
        if self.by.can(Permission.IMPORT):
            tools.append(
                Tool(label=_("Import"), href=reverse("organisations-imports"), key="i", tone="second")
            )
        if self.by.can(Permission.EDIT):
            tools.append(Tool(label=_("Add an organisation"), href=reverse("organisations-new"), key="n"))
        return tools

    def _line(self, row: Organisation, kinds: dict[str, str]) -> Line:
        name = row.name_row_at(self.at)
        code = next((one.value for one in row.identifiers.all() if one.scheme == "LEGAL_ENTITY"), "")
        roles = {str(one.get_role_display()) for one in row.roles.all() if self._is_held(one)}
        heading: tuple[Cell, ...] = (
            Link(name.name if name else row.code, reverse("organisations-organisation", args=[row.code])),
        )
        if name and name.short:
            heading = (*heading, Quiet(name.short, below=True))
        if not row.is_open(self.at):
            heading = (*heading, Badge(pgettext_lazy("organisation", "closed")))
        return Line(
            row.code,
            (
                heading,
                Ref(row.code),
                code,
                and_list([kinds.get(kind, kind) for kind in row.kinds]) if row.kinds else "",
                place_of(row),
                and_list(sorted(roles)) if roles else "",
            ),
        )

    def _is_held(self, role: Any) -> bool:
        return role.withdrawn_at is None and role.span.covers(self.at.date())


def place_of(row: Organisation) -> str:
    """The municipality, or the country where it is another one."""
    if row.country != HOME:
        return country_name(row.country)
    return municipality_name(row.municipality) if row.municipality else ""

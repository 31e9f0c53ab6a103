"""The two lists of retention: how long data is kept, and legal holds."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, override

from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import fold, sort_key
from sauga.kernel.identity import names_of
from sauga.kernel.kit.lists import Badge, Column, Day, Empty, Line, Link, ListPage, Quiet, Tool, View
from sauga.kernel.kit.lists.cells import Cell
from sauga.kernel.retention import queries, registry
from sauga.kernel.retention.forms import INSTALLATION, HoldFilterForm, PeriodFilterForm
from sauga.kernel.retention.models import Hold
from sauga.kernel.retention.permissions import service_of
from sauga.kernel.retention.presenters import (
    days_words,
    hold_mark,
    how_words,
    period_words,
    reason_words,
    service_words,
)
from sauga.kernel.retention.queries import Period
from sauga.kernel.retention.registry import Kept, Rule

TIMED, CHANGED, WAITING, KEPT = "timed", "changed", "waiting", "kept"
IN_FORCE, OVER, FOR_ME = "in-force", "over", "for-me"


@dataclass(frozen=True)
class Governed:
    """One rule with the period that governs it."""

    rule: Rule
    period: Period
    what: str
    service: str


@dataclass(frozen=True)
class Altered:
    """A period that was changed or is to be, with all that it governs."""

    period: Period
    what: str
    service: str


@dataclass(frozen=True)
class Forever:
    """What a service keeps for ever for one reason."""

    what: str
    reason: str
    service: str


class Periods(ListPage):
    """How long data is kept: a row for each rule; for each period that was changed or is to be; and for what
    is kept for ever."""

    title = _("How long data is kept")
    intro = _(
        "What is past its period is deleted every night, its keys first, unless a legal hold keeps it. "
        "A period is changed by two people."
    )
    form_class = PeriodFilterForm
    export = "retention"
    size = 200
    tabs_label = _("Which records")
    everything = TIMED
    views = (
        View(TIMED, _("With a period")),
        View(CHANGED, pgettext_lazy("retention periods", "Changed")),
        View(WAITING, pgettext_lazy("retention periods", "To confirm")),
        View(FOR_ME, _("For you to confirm")),
        View(KEPT, _("Kept for ever")),
    )
    columns = (
        Column("what", _("Records"), is_heading=True),
        Column("service", _("Service")),
        Column("now", _("Kept for")),
        Column("since", _("Counted from")),
        Column("how", _("At the end")),
        Column("changed", pgettext_lazy("retention periods", "Changed")),
    )
    altered_columns = (
        Column("what", _("Records"), is_heading=True),
        Column("service", _("Service")),
        Column("now", _("Kept for")),
        Column("changed", pgettext_lazy("retention periods", "Changed")),
    )
    kept_columns = (
        Column("what", _("Records"), is_heading=True),
        Column("service", _("Service")),
        Column("why", _("Why they are kept")),
    )

    nothing = Empty(
        title=_("No period has been changed"), text=_("Every period is as long as the program sets it.")
    )
    nothing_waits = Empty(
        title=_("No change waits"), text=_("A change of a period is proposed on the period's page.")
    )

    @override
    def empty(self) -> Empty:
        return (
            self.nothing_waits
            if self.view_code in (WAITING, FOR_ME) and not self.is_narrowed
            else super().empty()
        )

    @override
    def offered_columns(self) -> Sequence[Column]:
        if self.view_code in (CHANGED, WAITING, FOR_ME):
            return self.altered_columns
        return self.kept_columns if self.view_code == KEPT else self.columns

    @override
    def counts(self) -> Mapping[Any, int | None]:
        found = self._periods()
        return {
            TIMED: len(self._governed(found)),
            CHANGED: len(_altered(one for one in found.values() if one.decided)),
            WAITING: len(_altered(one for one in found.values() if one.waiting)),
            FOR_ME: queries.count_changes(self.by, self.at),
            KEPT: len(_forever()),
        }

    @override
    def rows(self) -> Sequence[Any]:
        found = self._periods()
        if self.view_code == KEPT:
            rows: Sequence[Any] = _forever()
        elif self.view_code == CHANGED:
            rows = _altered(one for one in found.values() if one.decided)
        elif self.view_code == WAITING:
            rows = _altered(one for one in found.values() if one.waiting)
        elif self.view_code == FOR_ME:
            rows = _altered(found[change.code] for change in queries.changes_to_confirm(self.by, self.at))
        else:
            rows = self._governed(found)
        word, service = fold(self.filters.get("q") or ""), self.filters.get("service") or ""
        return [
            row
            for row in rows
            if word in fold(row.what)
            and (not service or service == (row.service if queries.title_of(row.service) else INSTALLATION))
        ]

    @override
    def lines(self, rows: list[Any]) -> list[Line]:
        if self.view_code == KEPT:
            return [
                Line(str(number), (row.what, service_words(row.service), row.reason))
                for number, row in enumerate(rows, 1)
            ]
        names = names_of({row.period.decided.changed_by for row in rows if row.period.decided})
        return [self._line(row, names) for row in rows]

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("Legal holds"), href=reverse("retention-holds"), key="h", tone="second")]

    def _periods(self) -> dict[str, Period]:
        if not hasattr(self, "_found"):
            self._found = queries.periods(self.at)
        return self._found

    def _governed(self, found: Mapping[str, Period]) -> list[Governed]:
        rows = [
            Governed(rule, period, queries.what_of(rule.model, rule.what), service_of(rule.model))
            for period in found.values()
            for rule in period.rules
        ]
        return sorted(rows, key=lambda row: _order(row.service, row.what))

    def _line(self, row: Governed | Altered, names: Mapping[str, str]) -> Line:
        period, decided = row.period, row.period.decided
        now: tuple[Cell, ...] = (days_words(period.days),)
        if decided:
            default = gettext("by default: %(days)s") % {"days": days_words(period.term.default.days)}
            now = (*now, Quiet(default, below=True))
        if period.waiting:
            wanted = gettext("proposed: %(days)s") % {"days": days_words(period.waiting.days)}
            now = (*now, Badge(wanted, "wait"))
        changed: Cell = None
        if decided:
            changed = (Day(decided.changed_at), Quiet(names.get(decided.changed_by, ""), below=True))
        link = Link(row.what, reverse("retention-term", args=[period.ref]))
        begins: tuple[Cell, ...] = (link, service_words(row.service), now)
        if isinstance(row, Altered):
            return Line(period.ref.replace(".", "-"), (*begins, changed))
        since, how = str(row.rule.since) or row.rule.after, how_words(row.rule)
        return Line(row.rule.code.replace(".", "-"), (*begins, since, how, changed))


def _altered(periods: Iterable[Period]) -> list[Altered]:
    """One row for each of these periods, however many kinds of records it governs."""
    rows = [Altered(one, period_words(one), one.service) for one in periods]
    return sorted(rows, key=lambda row: _order(row.service, row.what))


def _order(service: str, what: str) -> tuple[bool, bytes, bytes]:
    """Services by name, the installation's own tables last."""
    return not queries.title_of(service), sort_key(service_words(service)), sort_key(what)


def _forever() -> list[Forever]:
    """What is kept for ever, one row for each thing that is kept for one reason."""

    def row(one: Kept) -> Forever:
        return Forever(queries.what_of(one.model, one.what), str(one.reason), service_of(one.model))

    found = dict.fromkeys(row(one) for one in registry.kept())
    return sorted(found, key=lambda one: _order(one.service, one.what))


class Holds(ListPage):
    """Records that are kept beyond their period."""

    title = _("Legal holds")
    intro = _(
        "A legal hold keeps one record and its parts from being deleted until a day. One person asks, "
        "another confirms within three days; until then the record is protected as well."
    )
    form_class = HoldFilterForm
    parent_title = Periods.title
    tabs_label = _("Which legal holds")
    everything = IN_FORCE
    views = (
        View(IN_FORCE, pgettext_lazy("legal holds", "In force")),
        View(WAITING, pgettext_lazy("legal holds", "Wait for a second person")),
        View(FOR_ME, _("For you to confirm")),
        View(OVER, pgettext_lazy("legal holds", "Over")),
    )
    columns = (
        Column("record", pgettext_lazy("retention", "Record"), is_heading=True, sort=("object_ref",)),
        Column("state", _("Status"), is_state=True),
        Column("reason", _("Reason"), sort=("reason",)),
        Column("until", _("Until"), sort=("expires_at",)),
        Column("asked", _("Asked by"), sort=("asked_at",)),
        Column("second", _("Second person")),
    )

    nothing = Empty(
        title=_("No legal hold"),
        text=_("Open a record and choose “Place a legal hold”, or place one by the record's number."),
        href=reverse_lazy("retention-hold-new"),
        action=_("Place a legal hold"),
    )
    others = {
        WAITING: Empty(title=_("No legal hold waits for a second person")),
        FOR_ME: Empty(title=_("No legal hold waits for you")),
        OVER: Empty(title=_("No legal hold has ended yet")),
    }

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(request, **kwargs)
        self.parent_href = reverse("retention-terms")

    @override
    def empty(self) -> Empty:
        return super().empty() if self.is_narrowed else self.others.get(self.view_code, self.nothing)

    @override
    def counts(self) -> Mapping[Any, int | None]:
        return {view.code: self._of(view.code).count() for view in self.views}

    @override
    def rows(self) -> QuerySet[Hold]:
        rows = self._of(self.view_code)
        if number := (self.filters.get("number") or "").strip():
            rows = rows.filter(object_ref__icontains=number)
        if reason := self.filters.get("reason"):
            rows = rows.filter(reason=reason)
        return rows.order_by(F("asked_at").desc(), "-pk")

    @override
    def lines(self, rows: list[Hold]) -> list[Line]:
        names = names_of({who for row in rows for who in (row.asked_by, row.confirmed_by, row.lifted_by)})
        return [self._line(row, names) for row in rows]

    @override
    def tools(self) -> list[Tool]:
        return [Tool(label=_("Place a legal hold"), href=reverse("retention-hold-new"), key="n")]

    def _of(self, view: str) -> QuerySet[Hold]:
        if view == FOR_ME:
            return queries.holds_to_confirm(self.by, self.at)
        rows = queries.holds_seen(self.by)
        in_force = queries.holds_in_force(self.at)
        if view == OVER:
            return rows.exclude(pk__in=in_force.values("pk"))
        return rows.filter(pk__in=in_force.values("pk"), confirmed_at__isnull=view == WAITING)

    def _line(self, row: Hold, names: Mapping[str, str]) -> Line:
        second: Cell = names.get(row.confirmed_by, "")
        if row.is_waiting(self.at):
            second = (gettext("lapses"), row.lapses_at)
        return Line(
            row.ref,
            (
                (
                    Link(row.object_ref, reverse("retention-hold", args=[row.ref]), is_code=True),
                    Quiet(queries.kind_words(row.object_kind), below=True),
                ),
                hold_mark(row, self.at),
                reason_words(row.reason),
                Day(row.expires_at),
                (names.get(row.asked_by, ""), Day(row.asked_at)),
                second,
            ),
        )

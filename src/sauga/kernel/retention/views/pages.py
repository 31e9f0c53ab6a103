"""The page of one retention period, the page of one legal hold, and the form that asks for a hold."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any, override

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from sauga.kernel import audit, clock
from sauga.kernel.identity import PersonActor, actor, names_of, safe_path
from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.actions import UNFIT, kit_page
from sauga.kernel.kit.lists import Day, Link, Mark, Quiet, Ref
from sauga.kernel.kit.lists.cells import Cell
from sauga.kernel.kit.pages import told
from sauga.kernel.permissions import allowed
from sauga.kernel.refusals import Text
from sauga.kernel.retention import legal_holds, queries, registry, term_settings
from sauga.kernel.retention.forms import HoldForm, TermForm
from sauga.kernel.retention.models import Hold
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.presenters import (
    change_mark,
    days_words,
    hold_mark,
    how_words,
    period_words,
    reason_words,
    service_words,
)
from sauga.kernel.retention.queries import Period, past_period
from sauga.kernel.retention.views.lists import Holds, Periods
from sauga.kernel.ui.components import Moment

SETTLED, WAITING, IN_FORCE, OVER = "SETTLED", "WAITING", "IN_FORCE", "OVER"


# Periods


def _waiting_of(row: Period) -> Any:
    if row.waiting is None:
        raise term_settings.TermRefused("over")
    return row.waiting


def _propose(by: PersonActor, row: Period, days: int, at: datetime) -> Outcome:
    term_settings.propose_term(by=by, code=row.ref, days=days, at=at)
    return Outcome(undo=reverse("retention-term-do", args=[row.ref, "end"]))


TERM_ACTIONS = ActionSet(
    find=lambda by, ref: queries.period_for(ref, by.at),
    state=lambda row: WAITING if row.waiting else SETTLED,
    about=lambda row: row.ref,
    author=lambda row: queries.person_id(row.waiting.asked_by) if row.waiting else None,
    actions={
        "change": Action(
            permissions=(Permission.EDIT_TERMS,),
            states=frozenset({SETTLED}),
            label=_("Propose the change"),
            title=_("Change the period"),
            text=_("Another person confirms it, then it counts for the next night."),
            message=_("Proposed. The period changes once another person has confirmed it."),
            effect=lambda by, row, given, at: _propose(by, row, given["days"], at),
            form=TermForm,
            key="e",
        ),
        "default": Action(
            permissions=(Permission.EDIT_TERMS,),
            states=frozenset({SETTLED}),
            label=_("Propose the default"),
            title=_("Back to the default"),
            text=_("Another person confirms it, then the period is as long as the program sets it."),
            message=_("Proposed. The period changes once another person has confirmed it."),
            effect=lambda by, row, _given, at: _propose(by, row, row.term.default.days, at),
            suits=lambda row: row.days != row.term.default.days,
        ),
        "confirm": Action(
            permissions=(Permission.EDIT_TERMS, Permission.HOLD),
            states=frozenset({WAITING}),
            label=_("Confirm the change"),
            text=_("The period counts at once. What is past it then is deleted in the coming night."),
            message=_("Confirmed. The period counts from now on."),
            effect=lambda by, row, _given, at: term_settings.confirm_term(
                by=by, change=_waiting_of(row), at=at
            ),
            others_only=True,
            is_next=True,
            key="c",
        ),
        "end": Action(
            permissions=(Permission.EDIT_TERMS, Permission.HOLD),
            states=frozenset({WAITING}),
            label=_("Drop the proposal"),
            text=_("The period stays as it is. Whoever proposed the change is notified."),
            message=_("The proposal was dropped. The period stays as it is."),
            effect=lambda by, row, _given, at: term_settings.end_proposal(
                by=by, change=_waiting_of(row), at=at
            ),
        ),
    },
)


class TermPage(DetailPage):
    """One retention period: what it governs, how long it is, the change that waits and those before it."""

    template = "retention/desk/term.html"
    list_title, list_url = Periods.title, "retention-terms"
    url, action_url = "retention-term", "retention-term-do"
    actions = TERM_ACTIONS

    @override
    def heading(self) -> Text:
        return period_words(self.row)

    @override
    def state(self) -> Mark | None:
        if self.row.waiting:
            return Mark("wait", "ring", gettext("a change waits for a second person"))
        if self.row.decided:
            return Mark("info", "square", pgettext("retention period", "changed"))
        return Mark("calm", "dash", gettext("as the program sets it"))

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        row: Period = self.row
        yield _("Service"), service_words(row.service)
        yield _("Kept for"), days_words(row.days)
        yield _("By default"), days_words(row.term.default.days)
        if row.term.least.days > 1:
            yield _("At least"), days_words(row.term.least.days)
        if row.decided:
            who = names_of({row.decided.changed_by}).get(row.decided.changed_by, "")
            yield _("Changed by"), (who, Day(row.decided.changed_at))

    @override
    def entries(self) -> list[tuple[audit.Entry, Text, Text]]:
        if not self.by.can(Permission.EDIT_TERMS):
            return []
        found = [one for one in audit.timeline(self.row.ref, zone=audit.INSTALLATION) if "term" in one.action]
        return told(found)

    @override
    def context(self) -> dict[str, Any]:
        row: Period = self.row
        changes = queries.changes_of(row.ref)
        names = names_of({who for one in changes for who in (one.asked_by, one.confirmed_by, one.ended_by)})
        rules = [
            {
                "what": queries.what_of(rule.model, rule.what),
                "since": str(rule.since) or rule.after,
                "how": how_words(rule),
            }
            for rule in row.rules
        ]
        history = [
            {
                "row": one,
                "before": days_words(one.before, with_years=False),
                "after": days_words(one.days, with_years=False),
                "mark": change_mark(one, self.at),
                "asked": names.get(one.asked_by, ""),
                "decided": names.get(one.confirmed_by or one.ended_by, ""),
                "decided_at": one.confirmed_at or one.ended_at,
            }
            for one in changes
        ]
        return {
            "rules": rules,
            "history": history,
            "waiting": self._waiting(),
            "is_decided_here": self._is_decided_here,
        }

    @property
    def _is_decided_here(self) -> bool:
        return allowed(self.by, Permission.HOLD, self.row.ref)

    def _waiting(self) -> dict[str, Any] | None:
        """The change that waits, with what it would mean."""
        row: Period = self.row
        if row.waiting is None:
            return None
        # How many records a service has is its operator's own.
        after = past_period(row, row.waiting.days, self.at) if self._is_decided_here else None
        return {
            "row": row.waiting,
            "days": days_words(row.waiting.days),
            "asked": names_of({row.waiting.asked_by}).get(row.waiting.asked_by, ""),
            "seconds": queries.seconds_for_term(row.waiting, self.at),
            "is_counted": after is not None,
            "after": after,
            "now": past_period(row, row.days, self.at) if after is not None else None,
            "is_many": after is not None and after > queries.MOST_COUNTED,
            "is_own": row.waiting.asked_by == self.by.pseudonym,
        }


# Legal holds


def _state(row: Hold) -> str:
    at = clock.now()
    if row.is_waiting(at):
        return WAITING
    return IN_FORCE if row.is_in_force(at) else OVER


HOLD_ACTIONS = ActionSet(
    find=queries.hold_for,
    state=_state,
    author=lambda row: queries.person_id(row.asked_by),
    actions={
        "confirm": Action(
            permissions=(Permission.HOLD,),
            states=frozenset({WAITING}),
            label=_("Confirm the legal hold"),
            message=_("Confirmed. The record is kept until the day that was asked for."),
            effect=lambda by, row, _given, at: legal_holds.confirm_hold(by=by, hold=row, at=at),
            others_only=True,
            is_next=True,
            key="c",
        ),
        "lift": Action(
            permissions=(Permission.HOLD,),
            states=frozenset({WAITING, IN_FORCE}),
            label=_("Lift the legal hold"),
            text=_(
                "If the record is past its period, it is deleted in the coming night. One person may lift."
            ),
            message=_("The legal hold was lifted."),
            effect=lambda by, row, _given, at: legal_holds.lift_hold(by=by, hold=row, at=at),
            tone="danger",
        ),
    },
)


class HoldPage(DetailPage):
    """One legal hold: which record, why, until when, and who agreed."""

    template = "retention/desk/hold.html"
    title = _("Legal hold")
    list_title, list_url = Holds.title, "retention-holds"
    url, action_url = "retention-hold", "retention-hold-do"
    states = {WAITING: Mark("wait", "ring", "")}
    actions = HOLD_ACTIONS

    @override
    def heading(self) -> Text:
        return f"{self.title}: {self.row.object_ref}"

    @override
    def state(self) -> Mark | None:
        return hold_mark(self.row, self.at)

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        row: Hold = self.row
        kind = Quiet(queries.kind_words(row.object_kind), below=True)
        href = page_of(self.by, row.object_kind, row.object_ref)
        record: Cell = Link(row.object_ref, href, is_code=True) if href else Ref(row.object_ref)
        yield pgettext("retention", "Record"), (record, kind)
        yield _("Reason"), reason_words(row.reason)
        yield _("Until"), Day(row.expires_at)
        if row.is_waiting(self.at):
            yield _("Lapses without a second person"), row.lapses_at

    @override
    def history(self) -> list[Moment]:
        row: Hold = self.row
        names = names_of({row.asked_by, row.confirmed_by, row.lifted_by})
        steps = [
            (pgettext("legal hold", "Asked for"), row.asked_at, row.asked_by),
            (pgettext("legal hold", "Confirmed"), row.confirmed_at, row.confirmed_by),
            (pgettext("legal hold", "Lifted"), row.lifted_at, row.lifted_by),
        ]
        return [Moment(text=text, when=at, note=names.get(who, "")) for text, at, who in steps[::-1] if at]

    @override
    def context(self) -> dict[str, Any]:
        row: Hold = self.row
        is_waiting = row.is_waiting(self.at)
        return {
            "seconds": queries.seconds_for_hold(row, self.at) if is_waiting else [],
            "is_waiting": is_waiting,
            "is_own": row.asked_by == self.by.pseudonym,
            "extend": f"{reverse('retention-hold-new')}?kind={row.object_kind}&number={row.object_ref}"
            if not is_waiting
            else "",
            "is_in_force": row.is_in_force(self.at),
        }


def page_of(by: PersonActor, kind: str, ref: str) -> str:
    """The desk page of a record, where it has one that this person may open; else nothing."""
    rule = registry.holdable().get(kind)
    if rule is None or not rule.page:
        return ""
    try:
        href = reverse(rule.page, args=[ref])
    except NoReverseMatch:
        return ""
    needed = getattr(resolve(href).func, NEEDED, None)
    return href if needed is None or by.can(needed) else ""


@kit_page
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for a hold: on the record that the address names, or on one by its number."""
    by, at = actor(request), clock.now()

    def act(given: dict[str, Any]) -> Outcome:
        row = legal_holds.record_for(by, given["kind"], given["number"])
        hold = legal_holds.ask_hold(
            by=by, obj=row, reason=given["reason"], until=end_of(given["until"]), at=at
        )
        said = gettext("The record is protected. Another person confirms the legal hold within three days.")
        undo = reverse("retention-hold-do", args=[hold.ref, "lift"])
        return Outcome(said, undo=undo, to=reverse("retention-hold", args=[hold.ref]))

    named = {name: request.GET.get(name, "").replace("\0", "")[:64] for name in ("kind", "number")}
    form = HoldForm(request.POST, by=by) if request.method == "POST" else HoldForm(initial=named, by=by)
    if done := submitted(request, form, act):
        return done
    context = {
        "form": form,
        "title": _("Place a legal hold"),
        "submit": _("Ask for the legal hold"),
        "text": Holds.intro,
        "back": safe_path(request.GET.get("next", "")) or reverse("retention-holds"),
        "list_url": "retention-holds",
        "list_title": Holds.title,
    }
    return render(request, "ui/desk/form.html", context, status=UNFIT if form.errors else 200)


def end_of(day: Any) -> datetime:
    """The last moment of a day in Lithuania, so that the hold ends on that day."""
    return datetime.combine(day, time(23, 59, 59), tzinfo=clock.VILNIUS)

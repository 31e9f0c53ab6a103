"""Safeguarding at the desk: the queue of flags, what adults did, unusual patterns, records for an inquiry."""

import json
from collections.abc import Iterator, Mapping
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timesince import timeuntil
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, names_of, needs, sudo_required
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import (
    BulkAction,
    Cell,
    Column,
    Day,
    Empty,
    Line,
    Link,
    ListPage,
    Mark,
    View,
)
from sauga.kernel.refusals import Text
from sauga.panel.members.actions import adult_acts, exports, safeguarding
from sauga.panel.members.forms import AnswerForm
from sauga.panel.members.models import AdultAct, Export, Flag, Member
from sauga.panel.members.presenters.labels import EXPORT_STATES, FLAG_STATES, act_label
from sauga.panel.members.queries import adults, flags, members
from sauga.panel.members.rules.helpline import FOR_STAFF, Told
from sauga.panel.members.rules.labels import EXPORT_REASONS, HELPLINE_OUTCOMES, KINDS, OUTCOMES, PATTERNS
from sauga.panel.permissions import Permission
from sauga.panel.states import ExportState, FlagState
from sauga.panel.trail import FLAGS_CHANNEL, ZONE

YES_NO = {
    True: pgettext_lazy("panel flag", "agrees"),
    False: _("does not want it"),
    None: _("was not asked or has not said"),
}


def _member(by: PersonActor, row: Member) -> Cell:
    """A member's name, with the way to the page for those who may see it."""
    if not by.can(Permission.SEE_MEMBERS):
        return str(row.shown_name)
    return Link(row.shown_name, reverse("panel-member", args=[row.ref]))


class Flags(ListPage):
    """What may be wrong; whatever is due first is at the top."""

    title = _("Something is wrong")
    live = FLAGS_CHANNEL
    views = (
        View(flags.WAITING, pgettext_lazy("panel flags", "Waiting")),
        View(flags.MINE, pgettext_lazy("panel flags", "Taken")),
        View(flags.DONE, pgettext_lazy("panel flags", "Answered")),
    )
    columns = (
        Column("who", _("Member"), is_heading=True),
        Column("kind", pgettext_lazy("panel flags", "What")),
        Column("state", _("State"), is_state=True),
        Column("due", pgettext_lazy("panel flags", "Due")),
        Column("taken", pgettext_lazy("panel flags", "Taken by")),
    )
    nothing = Empty(
        title=_("Nothing is waiting"),
        text=_("When a member presses “Something is wrong”, it is here at once."),
    )

    @override
    def rows(self) -> QuerySet[Flag]:
        return flags.flags(self.by, self.view_code)

    @override
    def lines(self, rows: list[Flag]) -> Iterator[Line]:
        for row in rows:
            due: Cell = row.due_at
            if row.is_late(self.at):
                due = Mark("bad", "", _("late"))
            elif row.state == FlagState.OPEN:
                due = timeuntil(row.due_at, self.at)
            yield Line(
                row.ref,
                (
                    Link(row.member.shown_name, reverse("panel-flag", args=[row.ref])),
                    KINDS[row.kind],
                    FLAG_STATES[FlagState(row.state)],
                    due,
                    row.taken_by.name if row.taken_by else "",
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return flags.counts(self.by)


FLAG_ACTIONS = ActionSet(
    find=flags.flag_for,
    actions={
        "take": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({FlagState.OPEN}),
            label=pgettext_lazy("panel flag", "Take"),
            message=_("Yours. Read it, then answer."),
            effect=lambda by, row, given, at: safeguarding.take(by=by, flag=row, at=at),
            is_next=True,
            key="t",
        ),
        "answer": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({FlagState.TAKEN}),
            label=pgettext_lazy("panel flag", "Answer"),
            title=_("What was done, and the answer"),
            message=_("Answered. The member sees it on their own page."),
            effect=lambda by, row, given, at: safeguarding.answer(
                by=by, flag=row, outcome=given["outcome"], text=given["text"], at=at
            ),
            form=AnswerForm,
            is_next=True,
        ),
        "back": Action(
            permissions=(Permission.ANSWER_FLAGS,),
            states=frozenset({FlagState.TAKEN}),
            label=pgettext_lazy("panel flag", "Give back"),
            message=_("Given back. The others are called."),
            effect=lambda by, row, given, at: safeguarding.give_back(by=by, flag=row, at=at),
            tone="second",
        ),
    },
)


class FlagPage(DetailPage):
    """One flag. What the member wrote is opened by a press and recorded."""

    template = "panel/members/desk/flag.html"
    list_title, list_url = Flags.title, "panel-flags"
    url, action_url = "panel-flag", "panel-flag-do"
    live, states = FLAGS_CHANNEL, FLAG_STATES
    zone, audit_permission = ZONE, Permission.SEE_ADULT_ACTS
    actions = FLAG_ACTIONS

    @override
    def heading(self) -> Text:
        return f"{self.row.member.shown_name}: {KINDS[self.row.kind]}"

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Flag = self.row
        yield _("Member"), _member(self.by, row.member)
        yield _("Raised"), row.raised_at
        yield _("A person takes it by"), row.due_at
        if row.where and row.where != "button":
            yield _("Where"), row.where
        if row.about_adult:
            named = row.adult.name if row.adult else _("an adult of the panel")
            yield _("About"), Mark("bad", "", named)
            yield pgettext_lazy("panel flag", "Who sees this"), self._readers()
        yield _("To the helpline"), self._helpline()
        if row.outcome:
            yield _("What was done"), OUTCOMES[row.outcome]

    def _readers(self) -> Text:
        row: Flag = self.row
        found = flags.leads_for(row, self.at)
        found += flags.stand_ins_for(row, self.at) if row.stood_in_at else []
        return ", ".join(sorted({one.name for one in found}))

    def _helpline(self) -> Text:
        row: Flag = self.row
        if not row.referral:
            return YES_NO[row.wants_helpline]
        told = str(FOR_STAFF[Told(row.referral_state)])
        outcome = HELPLINE_OUTCOMES.get(row.referral_outcome)
        return f"{told}: {outcome}" if outcome else told

    @override
    def context(self) -> dict[str, Any]:
        return {"has_words": bool(bytes(self.row.words)), "is_locked": self.by.vault is None}


@needs(Permission.ANSWER_FLAGS)
@require_POST
def words(request: HttpRequest, ref: str) -> HttpResponse:
    """What the member wrote."""
    by = actor(request)
    row = flags.flag_for(by, ref)

    def act() -> HttpResponse:
        text = safeguarding.open_words(by=by, flag=row, at=clock.now())
        return render(request, "panel/members/desk/words.html", {"row": row, "text": text})

    return respond(request, act, reverse("panel-flag", args=[ref]))


class AdultActs(ListPage):
    """What adults did. A second adult marks each as seen."""

    title = _("What adults did")
    template = "panel/members/desk/adults.html"
    views = (
        View(adults.UNSEEN, pgettext_lazy("adult acts", "To be seen")),
        View(adults.OTHERS, pgettext_lazy("adult acts", "To be seen by me")),
        View(adults.ALL, pgettext_lazy("adult acts", "All")),
    )
    columns = (
        Column("at", pgettext_lazy("adult acts", "When"), sort=("at",), is_heading=True),
        Column("who", pgettext_lazy("adult acts", "Who")),
        Column("what", pgettext_lazy("adult acts", "What")),
        Column("member", _("Member")),
        Column("seen", pgettext_lazy("adult acts", "Seen by")),
    )
    bulk_url = "panel-adults-many"
    nothing = Empty(title=_("Everything has been seen"), text=_("What adults do in the panel appears here."))

    @override
    def rows(self) -> QuerySet[AdultAct]:
        return adults.acts(self.by, self.view_code)

    @override
    def context(self) -> dict[str, Any]:
        return {"is_alone": adults.is_alone(self.by, self.at)}

    @override
    def actions(self) -> list[BulkAction]:
        return [BulkAction(do="seen", label=_("I have seen it"), key="s")]

    @override
    def lines(self, rows: list[AdultAct]) -> Iterator[Line]:
        names = names_of({row.adult_name for row in rows})
        for row in rows:
            member: Cell = _member(self.by, row.member) if row.member is not None else ""
            yield Line(
                str(row.pk),
                (
                    row.at,
                    names.get(row.adult_name, row.adult_name),
                    act_label(row),
                    member,
                    row.seen_by.name if row.seen_by else "",
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return adults.act_counts(self.by)


@needs(Permission.SEE_ADULT_ACTS)
@require_POST
def many(request: HttpRequest) -> HttpResponse:
    """A second adult has seen the ticked acts."""
    refs = [int(ref) for ref in request.POST.getlist("refs") if ref.isdecimal() and len(ref) < 12]

    def act() -> str:
        n = adult_acts.mark_seen(by=actor(request), acts=refs, at=clock.now())
        return gettext("Marked as seen: %(n)s.") % {"n": n}

    return respond(request, act, reverse("panel-adults"))


@needs(Permission.SEE_PATTERNS)
@require_safe
def patterns(request: HttpRequest) -> HttpResponse:
    """What is unusual between one adult and one child; nothing is decided by it."""
    at = clock.now()
    found = adults.unusual(actor(request), at)
    names = names_of({one.adult for one in found})
    known = members.by_ref(one.member for one in found)
    lines = [
        {
            "adult": names.get(one.adult, one.adult),
            "member": known[one.member],
            "kind": PATTERNS[one.kind],
            "n": one.n,
        }
        for one in found
    ]
    return render(request, "panel/members/desk/patterns.html", {"lines": lines, "at": at})


class Exports(ListPage):
    """Records for inquiries, the newest first."""

    title = _("Records for an inquiry")
    views = (
        View("all", pgettext_lazy("panel records", "All")),
        View(adults.TO_APPROVE, pgettext_lazy("panel records", "To be approved by me")),
    )
    columns = (
        Column("who", _("Member"), is_heading=True),
        Column("state", _("State"), is_state=True),
        Column("reason", _("Reason")),
        Column("asked", pgettext_lazy("panel records", "Asked by")),
        Column("decided", pgettext_lazy("panel records", "Decided by")),
        Column("at", pgettext_lazy("panel records", "Asked on")),
    )
    nothing = Empty(
        title=_("No records were asked for"), text=_("The safeguarding lead asks on the page of a member.")
    )

    @override
    def rows(self) -> QuerySet[Export]:
        is_mine = self.view_code == adults.TO_APPROVE
        return adults.to_approve(self.by) if is_mine else adults.exports_seen_by(self.by)

    @override
    def lines(self, rows: list[Export]) -> Iterator[Line]:
        for row in rows:
            yield Line(
                row.ref,
                (
                    Link(row.member.shown_name, reverse("panel-export", args=[row.ref])),
                    EXPORT_STATES[ExportState(row.state)],
                    EXPORT_REASONS[row.reason],
                    row.asked_by.name if row.asked_by else "",
                    row.decided_by.name if row.decided_by else "",
                    Day(row.asked_at),
                ),
            )


EXPORT_ACTIONS = ActionSet(
    find=adults.export_for,
    author=lambda row: row.asked_by_id,
    actions={
        "approve": Action(
            permissions=(Permission.APPROVE_EXPORT,),
            states=frozenset({ExportState.ASKED}),
            label=_("Approve"),
            message=_("Approved. Whoever asked can take the records once."),
            effect=lambda by, row, given, at: exports.decide_export(
                by=by, export=row, is_approved=True, at=at
            ),
            others_only=True,
            is_next=True,
        ),
        "refuse": Action(
            permissions=(Permission.APPROVE_EXPORT,),
            states=frozenset({ExportState.ASKED}),
            label=pgettext_lazy("records of an inquiry", "Refuse"),
            message=pgettext_lazy("records of an inquiry", "Refused."),
            effect=lambda by, row, given, at: exports.decide_export(
                by=by, export=row, is_approved=False, at=at
            ),
            others_only=True,
            tone="danger",
        ),
    },
)


class ExportPage(DetailPage):
    """One request for records."""

    template = "panel/members/desk/export.html"
    title = _("Records")
    list_title, list_url = Exports.title, "panel-exports"
    url, action_url = "panel-export", "panel-export-do"
    states = EXPORT_STATES
    zone, audit_permission = ZONE, Permission.APPROVE_EXPORT
    actions = EXPORT_ACTIONS

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Export = self.row
        yield _("Member"), row.member.shown_name
        yield _("Reason"), EXPORT_REASONS[row.reason]
        yield pgettext_lazy("panel records", "Asked by"), row.asked_by.name if row.asked_by else ""
        if row.decided_by is not None:
            yield pgettext_lazy("panel records", "Decided by"), row.decided_by.name

    @override
    def context(self) -> dict[str, Any]:
        row: Export = self.row
        return {"can_take": row.state == ExportState.APPROVED and row.asked_by_id == self.by.person_id}


@needs(Permission.ASK_EXPORT)
@sudo_required
@require_POST
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """The records as one file, once."""
    by = actor(request)
    row = adults.export_for(by, ref)

    def act() -> HttpResponse:
        found = exports.take_export(by=by, export=row, at=clock.now())
        text = json.dumps(found, ensure_ascii=False, indent=1, default=str)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="panel-{row.ref}.json"'
        response.headers["Cache-Control"] = "no-store"
        return response

    return respond(request, act, reverse("panel-export", args=[ref]))

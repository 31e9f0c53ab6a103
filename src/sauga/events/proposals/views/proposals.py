"""Proposals at the desk of organisers: the list of a call, one proposal with its reviews and decisions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, override

from django import forms as django_forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from sauga.events.permissions import Permission
from sauga.events.programme.views.form_pages import FormPage, data, form_page
from sauga.events.programme.views.parts import session_given
from sauga.events.proposals.actions import decisions, programme, reviews
from sauga.events.proposals.actions.calls import CHANNEL
from sauga.events.proposals.forms import desk as forms
from sauga.events.proposals.models import ACCEPTANCE, SUBMISSION, Proposal
from sauga.events.proposals.presenters import CONFLICTS, PENDING, STATES, shape_words
from sauga.events.proposals.queries import calls
from sauga.events.proposals.queries import proposals as queries
from sauga.events.proposals.queries.content import Keys, content_of
from sauga.events.proposals.queries.reviewers import reviewers, sight_of
from sauga.events.proposals.rules.decisions import PREPARING
from sauga.events.proposals.views.calls import Calls
from sauga.events.registration.presenters import answered
from sauga.events.states import UNDECIDED, ProposalState
from sauga.events.trail import ZONE
from sauga.kernel import clock, vocab
from sauga.kernel.i18n.values.spans import duration
from sauga.kernel.identity import PersonActor, actor, allowed, needs, safe_path
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import BulkAction, Cell, Column, Empty, Line, Link, ListPage, Quiet, Tool, View
from sauga.kernel.kit.lists.export import FORMATS
from sauga.kernel.refusals import FormUnfit, Text
from sauga.kernel.ui import toasts

TAKE_BACK = "take_back"


class Proposals(ListPage):
    """The proposals of one call."""

    template = "events/proposals/desk/list.html"
    live = CHANNEL
    parent_title = Calls.title
    views = (
        View("undecided", pgettext_lazy("proposals", "To decide")),
        View("prepared", pgettext_lazy("proposals", "Prepared")),
        View("hold", pgettext_lazy("proposals", "On hold")),
        View("accepted", pgettext_lazy("call for papers", "Accepted")),
        View("confirmed", pgettext_lazy("proposals", "Confirmed")),
        View("ended", pgettext_lazy("proposals", "Ended")),
    )
    columns = (
        Column("title", pgettext_lazy("session", "Title"), is_heading=True),
        Column("who", _("Speakers")),
        Column("kind", pgettext_lazy("session", "Kind"), sort=("kind", "minutes")),
        Column("track", pgettext_lazy("session", "Track"), sort=("track__place",)),
        Column("score", _("Score"), "num", sort=("score",)),
        Column("reviews", pgettext_lazy("call for papers", "Reviews"), "num", sort=("reviewed",)),
        Column("state", _("State"), sort=("pending", "state"), is_state=True),
    )
    nothing = Empty(title=_("No proposal here"), text=_("Proposals appear here when they reach this state."))
    bulk_url = "events-proposals-many"

    def __init__(self, request: HttpRequest, **kwargs: Any) -> None:
        self.call = calls.desk_call(actor(request), kwargs["ref"], Permission.KEEP_PROPOSALS)
        self.title = str(self.call.event)
        self.parent_href = reverse("events-call", args=[self.call.event.ref])
        super().__init__(request, **kwargs)

    @override
    def filter_form(self) -> django_forms.Form:
        return forms.FilterForm(self.request.GET, event=self.call.event)

    @override
    def rows(self) -> QuerySet[Proposal]:
        return queries.listed(self.by, self.call, self.view_code, self.at, **self.filters)

    @override
    def lines(self, rows: list[Proposal]) -> Iterator[Line]:
        keys = Keys(rows)
        people = queries.speakers_by(rows, keys)
        for row in rows:
            names = ", ".join(one.name for one in people.get(row.pk, ()) if one.name)
            state: tuple[Cell, ...] = (STATES[row.state],)
            if row.pending:
                state = (*state, PENDING[row.pending])
            yield Line(
                row.ref,
                (
                    Link(title_of(keys.content(row).title), reverse("events-proposal", args=[row.ref])),
                    names,
                    (
                        vocab.label("session_kinds", row.kind),
                        Quiet(duration(timedelta(minutes=row.minutes)), below=True),
                    ),
                    str(row.track or ""),
                    float(row.score) if row.score is not None else None,
                    row.reviewed,
                    state,
                ),
            )

    @override
    def counts(self) -> Mapping[str, int]:
        return queries.counts(self.by, self.call, self.at)

    @override
    def actions(self) -> Sequence[BulkAction]:
        if self.view_code not in ("undecided", "prepared", "hold"):
            return ()
        found = [
            BulkAction(do=str(outcome), label=label, key=key)
            for (outcome, label), key in zip(PREPARING.items(), "ahr", strict=True)
        ]
        if self.view_code == "prepared":
            found.append(BulkAction(do=TAKE_BACK, label=_("Take back"), key="t"))
        return found

    @override
    def tools(self) -> Sequence[Tool]:
        ref = self.call.event.ref
        found = [
            Tool(label=_("Announce"), href=reverse("events-announce", args=[ref]), key="n"),
            Tool(label=_("Reviewers"), href=reverse("events-assign", args=[ref]), key="v", tone="second"),
        ]
        if allowed(self.by, Permission.EXPORT_PROPOSALS, self.call):
            found += [
                Tool(
                    label=kind.upper(),
                    href=reverse("events-proposals-file", args=[ref, kind]),
                    icon="download",
                    tone="plain",
                )
                for kind in FORMATS
            ]
        return found

    @override
    def context(self) -> dict[str, Any]:
        may_assign = self.view_code in ("undecided", "hold")
        return {
            "call": self.call,
            "numbers": calls.numbers_of(self.call),
            "people": reviewers(self.call.event, self.at) if may_assign else [],
        }


def title_of(title: str) -> str:
    """A title, or what stands for one whose key is destroyed."""
    return title or gettext("text deleted")


def _prepare(by: PersonActor, row: Proposal, given: dict[str, Any], at: datetime) -> Outcome:
    decisions.prepare(by=by, proposal=row, outcome=given["outcome"], at=at)
    return Outcome(undo=reverse("events-proposal-do", args=[row.ref, TAKE_BACK]))


ACTIONS = ActionSet(
    find=queries.kept_proposal,
    actions={
        "prepare": Action(
            permissions=(Permission.KEEP_PROPOSALS,),
            states=frozenset(UNDECIDED),
            label=_("Prepare"),
            message=_("Prepared. Nothing is sent before you announce."),
            title=_("Prepare a decision"),
            text=_("Only organisers see it. It can be changed until you announce all decisions together."),
            effect=_prepare,
            form=forms.PrepareForm,
            key="d",
            is_next=True,
        ),
        TAKE_BACK: Action(
            permissions=(Permission.KEEP_PROPOSALS,),
            states=frozenset(UNDECIDED),
            label=_("Take the decision back"),
            message=_("Taken back."),
            effect=lambda by, row, given, at: decisions.take_back(by=by, proposal=row, at=at),
            suits=lambda row: bool(row.pending),
            tone="second",
            key="t",
        ),
        "speakers": Action(
            permissions=(Permission.KEEP_PROPOSALS,),
            states=frozenset({ProposalState.CONFIRMED}),
            label=_("Add speakers who have agreed since"),
            message=_("They are in the programme now."),
            effect=lambda by, row, given, at: programme.add_speakers(by=by, proposal=row, at=at),
            suits=lambda row: row.session_id is not None and bool(programme.late_speakers(row)),
        ),
        "end": Action(
            permissions=(Permission.KEEP_PROPOSALS,),
            states=frozenset({*UNDECIDED, ProposalState.ACCEPTED, ProposalState.CONFIRMED}),
            label=_("The speaker withdraws it"),
            message=_("Noted; the speaker gets an email."),
            text=_("For a speaker who wrote or called you. This is final, and the speaker gets an email."),
            effect=lambda by, row, given, at: decisions.end_for_speaker(by=by, proposal=row, at=at),
            tone="second",
        ),
        "conflict": Action(
            permissions=(Permission.KEEP_PROPOSALS,),
            states=frozenset(set(ProposalState) - {ProposalState.DRAFT, ProposalState.UNCONFIRMED}),
            label=_("I have a conflict of interest"),
            message=_("Noted. You no longer see this proposal; other organisers decide about it."),
            text=_("It disappears from all your lists and pages. Only another organiser can decide then."),
            effect=lambda by, row, given, at: _conflict(by, row, at),
            tone="second",
        ),
    },
)


def _conflict(by: PersonActor, row: Proposal, at: datetime) -> Outcome:
    reviews.declare_conflict(by=by, proposal=row, at=at)
    return Outcome(to=reverse("events-proposals", args=[row.call.event.ref]))


class ProposalPage(DetailPage):
    """One proposal: what is offered, who speaks, reviews, the decision, what has happened."""

    template = "events/proposals/desk/proposal.html"
    list_title, list_url = Calls.title, "events-calls"
    url, action_url = "events-proposal", "events-proposal-do"
    live, states = CHANNEL, STATES
    zone, audit_permission = ZONE, Permission.KEEP_PROPOSALS
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return title_of(content_of(self.row).title)

    @override
    def facts(self) -> Iterable[tuple[Text, Cell]]:
        row: Proposal = self.row
        content = content_of(row)
        event = row.call.event
        yield (
            pgettext_lazy("registration", "Event"),
            Link(str(event), reverse("events-proposals", args=[event.ref])),
        )
        yield pgettext_lazy("session", "Kind"), shape_words(row)
        if row.track:
            yield pgettext_lazy("session", "Track"), str(row.track)
        if row.pending:
            yield _("Prepared decision"), PENDING[row.pending]
        if row.score is not None:
            yield _("Score"), float(row.score)
        if row.answer_by and row.state == ProposalState.ACCEPTED:
            yield _("To be confirmed by"), row.answer_by
            if row.reminded_at:
                yield pgettext_lazy("proposal", "Reminded"), row.reminded_at
        yield pgettext_lazy("proposal", "Sent"), row.submitted_at
        if content.message:
            yield _("To the organisers"), content.message
        yield from answered(content.answers, calls.questions_of(row.call, SUBMISSION))
        yield from answered(content.later, calls.questions_of(row.call, ACCEPTANCE))

    @override
    def context(self) -> dict[str, Any]:
        row: Proposal = self.row
        keys, held = Keys([row]), sight_of(self.by, row, self.at)
        people = []
        for one in row.speakers.all():
            one.proposal = row
            people.append((one, keys.details(one)))
        open_to = row.state in UNDECIDED
        return {
            "content": keys.content(row),
            "speakers": people,
            "criteria": list(row.call.criteria.all()),
            "reviews": queries.reviews_of(row, held, self.at),
            "assigned": queries.assigned_of(row, self.at),
            "conflicts": [
                (person.name, CONFLICTS[kind]) for person, kind in queries.conflicts_of(row, self.at)
            ],
            "reviewer_form": _reviewer_form(row, self.at) if open_to else None,
            "may_plan": row.state == ProposalState.CONFIRMED and row.session_id is None,
            "is_declined_in_programme": row.state == ProposalState.DECLINED and row.session_id is not None,
        }


def _reviewer_form(row: Proposal, at: datetime, given: Any = None) -> forms.ReviewerForm:
    """Those who may still be asked."""
    people = reviewers(row.call.event, at)
    barred = {person.pk for person, _kind in queries.conflicts_of(row, at)}
    asked = {one.person.pk for one in queries.assigned_of(row, at)}
    free = [one for one in people if one.pk not in barred | asked]
    return forms.ReviewerForm(given, people=free)


@require_POST
@needs(Permission.KEEP_PROPOSALS)
def reviewer(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Ask a person for a review, or withdraw the request."""
    by, at = actor(request), clock.now()
    row = queries.kept_proposal(by, ref)
    form = forms.ReviewerForm(request.POST, people=reviewers(row.call.event, at))

    def act() -> Text:
        if not form.is_valid():
            raise FormUnfit(gettext("Choose a member of the programme committee."))
        person = next(one for one in reviewers(row.call.event, at) if one.pk == form.cleaned_data["person"])
        if name == "add":
            reviews.assign(by=by, proposal=row, person=person, at=at)
            return _("Assigned.")
        if name == "remove":
            reviews.unassign(by=by, proposal=row, person=person, at=at)
            return _("Removed.")
        raise Http404

    return respond(request, act, reverse("events-proposal", args=[ref]) + "#reviews")


def _said(do: str, done: int) -> str:
    """What was done with the ticked proposals."""
    match do:
        case "assign":
            words = ngettext("%(n)d proposal assigned.", "%(n)d proposals assigned.", done)
        case "take_back":
            words = ngettext("%(n)d decision taken back.", "%(n)d decisions taken back.", done)
        case _:
            words = ngettext("%(n)d decision prepared.", "%(n)d decisions prepared.", done)
    return words % {"n": done}


@require_POST
@needs(Permission.KEEP_PROPOSALS)
def many(request: HttpRequest) -> HttpResponse:
    """Prepare the same decision for the ticked proposals, take theirs back, or ask one reviewer for all."""
    by, do, at = actor(request), request.POST.get("do", ""), clock.now()
    back = safe_path(request.POST.get("back", "")) or reverse("events-calls")
    rows = queries.chosen(by, request.POST.getlist("refs"))
    if do not in (*map(str, PREPARING), TAKE_BACK, "assign"):
        raise Http404
    if not rows:
        toasts.say(request, gettext("Tick at least one row first."))
        return HttpResponseRedirect(back)
    if do == "assign":
        typed = request.POST.get("person", "")
        person = next((one for one in reviewers(rows[0].call.event, at) if str(one.pk) == typed), None)
        if person is None:
            toasts.say(request, gettext("Choose a member of the programme committee."))
            return HttpResponseRedirect(back)
        done = reviews.assign_many(by=by, rows=rows, person=person, at=at)
    else:
        outcome = "" if do == TAKE_BACK else do
        done = decisions.prepare_many(by=by, rows=rows, outcome=outcome, at=at)
    text = _said(do, done)
    left = len(rows) - done
    more = ngettext("%(n)d could not be.", "%(n)d could not be.", left) % {"n": left} if left else ""
    toasts.say(request, " ".join(filter(None, [text, more])))
    return HttpResponseRedirect(back)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PROPOSALS)
def into_programme(request: HttpRequest, ref: str) -> HttpResponse:
    """The hour and the room of the session that a confirmed proposal becomes."""
    by = actor(request)
    row = queries.kept_proposal(by, ref)
    event = row.call.event
    is_recorded = all(one.recording == "yes" for one in programme.speaking(row))
    form = forms.ProgrammeForm(
        data(request), event=event, initial=forms.shown_session(row, content_of(row), is_recorded)
    )
    page = FormPage(
        title=_("Put into the programme"),
        back=reverse("events-proposal", args=[ref]),
        back_title=title_of(content_of(row).title),
        message=_("It is in the programme now."),
        submit=_("Put into the programme"),
        text=_("Speakers who agreed to be shown come along. Times and rooms that are taken are refused."),
    )

    def act(_said: dict[str, Any]) -> None:
        given = session_given(event, form)
        programme.put_into_programme(by=by, proposal=row, given=given, at=clock.now())

    return form_page(request, form, page, act)

"""Calls at the desk: the list, one call with criteria, questions and letters, and their forms."""

from collections.abc import Callable, Iterator
from typing import Any, override

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.permissions import Permission
from sauga.events.programme.views.form_pages import FormPage, data, form_page
from sauga.events.proposals.actions import calls as actions
from sauga.events.proposals.actions import setup
from sauga.events.proposals.actions.calls import CALLS
from sauga.events.proposals.forms import desk as forms
from sauga.events.proposals.models import ACCEPTANCE, Call, CallQuestion, Criterion
from sauga.events.proposals.presenters import CALL_STATES, state_rows, when_sentence
from sauga.events.proposals.queries import calls as queries
from sauga.events.proposals.rules.decisions import PREPARING, Phase
from sauga.events.states import CallState
from sauga.kernel import clock, vocab
from sauga.kernel.i18n import and_list
from sauga.kernel.identity import PersonActor, actor, allowed, needs
from sauga.kernel.kit import Outcome
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Column, Empty, Line, Link, ListPage
from sauga.kernel.refusals import FormUnfit, Text


class Calls(ListPage):
    """Calls with how many proposals were sent."""

    title = _("Calls for papers")
    live = CALLS
    form_class = forms.CallWordsForm
    columns = (
        Column("title", pgettext_lazy("registration", "Event"), is_heading=True),
        Column("closes", pgettext_lazy("call for papers", "Closes"), "num nowrap", sort=("closes_at",)),
        Column("sent", _("Proposals"), "num", sort=("sent",)),
        Column("state", _("State"), is_state=True),
    )
    nothing = Empty(title=_("No call yet"), text=_("Open an event and prepare its call for papers there."))

    @override
    def rows(self) -> QuerySet[Call]:
        return queries.calls(self.by, **self.filters)

    @override
    def lines(self, rows: list[Call]) -> Iterator[Line]:
        for row in rows:
            link = Link(str(row.event), reverse("events-call", args=[row.event.ref]))
            state = CALL_STATES[row.phase(self.at)]
            yield Line(row.ref, (link, row.closes_at, row.sent, state))  # type: ignore[attr-defined]  # annotated


@require_safe
@needs(Permission.EDIT_CALLS)
def call(request: HttpRequest, ref: str) -> HttpResponse:
    """One call: what it says, criteria, questions, numbers, and what can be done."""
    by, at = actor(request), clock.now()
    event = queries.desk_event(by, ref)
    row = queries.call_of(event)
    context: dict[str, Any] = {"event": event, "call": row, "channel": CALLS}
    if row is not None:
        numbers = queries.numbers_of(row)
        context |= {
            "state": CALL_STATES[row.phase(at)],
            "when": when_sentence(row, at),
            "kinds": and_list([vocab.label("session_kinds", code) for code in row.kinds]),
            "criteria": list(row.criteria.all()),
            "questions": [(one, one.phase == ACCEPTANCE) for one in row.questions.all()],
            "numbers": numbers,
            "states": state_rows(dict(numbers.by_state)),
            "may_keep": allowed(by, Permission.KEEP_PROPOSALS, event),
            "may_publish": row.state == CallState.DRAFT,
            "may_close": row.state == CallState.PUBLISHED and row.phase(at) is not Phase.CLOSED,
            "reopen_form": forms.ReopenForm() if row.state != CallState.DRAFT else None,
            "letters": [(PREPARING[outcome], bool(row.letters.get(outcome))) for outcome in PREPARING],
        }
    return render(request, "events/proposals/desk/call.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CALLS)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """A new call, or a change of one."""
    by, event = actor(request), queries.desk_event(actor(request), ref)
    row = queries.call_of(event)
    form = forms.CallForm(data(request), initial=forms.shown_call(row))
    page = _page(row or event, _("Edit the call") if row else _("A new call for papers"), ref)

    def act(_said: dict[str, Any]) -> None:
        at = clock.now()
        if row is None:
            actions.create_call(by=by, event=event, given=form.given, at=at)
        else:
            actions.edit_call(by=by, call=row, given=form.given, at=at)

    return form_page(request, form, page, act)


def _page(back: object, title: Text, ref: str, text: Text = "") -> FormPage:
    return FormPage(
        title=title,
        back=reverse("events-call", args=[ref]),
        back_title=str(back),
        message=_("Saved."),
        submit=_("Save"),
        text=text,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CALLS)
def criterion(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new criterion, or a change of one."""
    by, call = actor(request), queries.desk_call(actor(request), ref, Permission.EDIT_CALLS)
    row = queries.part_of(Criterion, call, of) if of else None
    initial: dict[str, Any] = {"weight": row.weight if row else 1}
    initial |= {f"name_{code}": text for code, text in row.name.items()} if row else {}
    form = forms.CriterionForm(data(request), initial=initial)

    def act(said: dict[str, Any]) -> None:
        setup.put_criterion(
            by=by, call=call, name=form.texts("name"), weight=said["weight"], at=clock.now(), criterion=row
        )

    page = _page(call, _("Change a criterion") if row else _("A new criterion"), ref)
    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.EDIT_CALLS)
def question(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new question, or a change of one."""
    by, call = actor(request), queries.desk_call(actor(request), ref, Permission.EDIT_CALLS)
    row = queries.part_of(CallQuestion, call, of) if of else None
    initial: dict[str, Any] = {"kind": "TEXT", "phase": "SUBMISSION"}
    if row is not None:
        initial = {name: getattr(row, name) for name in ("kind", "phase", "is_required", "is_for_reviewers")}
        for code in ("lt", "en"):
            initial[f"text_{code}"] = row.text.get(code, "")
            initial[f"choices_{code}"] = "\n".join(row.choices.get(code, []))
    form = forms.CallQuestionForm(data(request), initial=initial)

    def act(_said: dict[str, Any]) -> None:
        setup.put_question(by=by, call=call, given=form.given, at=clock.now(), question=row)

    page = _page(call, _("Change a question") if row else _("A new question"), ref)
    return form_page(request, form, page, act)


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_PROPOSALS)
def letters(request: HttpRequest, ref: str) -> HttpResponse:
    """The organisers' own words for the letters of decisions."""
    by, call = actor(request), queries.desk_call(actor(request), ref, Permission.KEEP_PROPOSALS)
    form = forms.LettersForm(data(request), initial=forms.shown_letters(call))
    text = _(
        "Greeting, link and signature are added. Fields: {name}, {title}, {event}, {until}. What stays empty "
        "has the words of the product. Write each in Lithuanian and English: everybody gets it in the "
        "language in which they proposed."
    )

    def act(_said: dict[str, Any]) -> None:
        actions.write_letters(by=by, call=call, letters=form.letters, at=clock.now())

    return form_page(request, form, _page(call, _("Emails of the decisions"), ref, text), act)


type Do = Callable[[PersonActor, Call, forms.ReopenForm], Text]


def _publish(by: PersonActor, row: Call, _form: forms.ReopenForm) -> Text:
    actions.publish_call(by=by, call=row, at=clock.now())
    return _("Published. It is linked from the page of the event while it is open.")


def _close(by: PersonActor, row: Call, _form: forms.ReopenForm) -> Text:
    actions.close_call(by=by, call=row, at=clock.now())
    return _("Closed. Nothing more can be sent or changed; reviewing can begin.")


def _reopen(by: PersonActor, row: Call, form: forms.ReopenForm) -> Text:
    if not form.is_valid():
        raise FormUnfit(_("Enter a day and a time, like 2027-02-09 10:00."))
    actions.reopen_call(by=by, call=row, closes=form.moment(), at=clock.now())
    return _("Proposals are taken until the new time.")


DO: dict[str, Do] = {"publish": _publish, "close": _close, "reopen": _reopen}


@require_POST
@needs(Permission.EDIT_CALLS)
def act(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Publish, close or reopen a call."""
    by, row = actor(request), queries.desk_call(actor(request), ref, Permission.EDIT_CALLS)
    do = DO.get(name)
    if do is None:
        raise Http404
    form = forms.ReopenForm(request.POST)
    return respond(request, lambda: do(by, row, form), reverse("events-call", args=[ref]))


@require_POST
@needs(Permission.EDIT_CALLS)
def remove(request: HttpRequest, ref: str, kind: str, of: str) -> HttpResponse:
    """Remove a criterion or a question."""
    by, row, at = actor(request), queries.desk_call(actor(request), ref, Permission.EDIT_CALLS), clock.now()

    def done() -> Outcome:
        if kind == "criterion":
            setup.remove_criterion(by=by, criterion=queries.part_of(Criterion, row, of), at=at)
        elif kind == "question":
            setup.remove_question(by=by, question=queries.part_of(CallQuestion, row, of), at=at)
        else:
            raise Http404
        return Outcome(_("Removed."))

    return respond(request, done, reverse("events-call", args=[ref]))

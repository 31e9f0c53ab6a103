"""Webinars at the desk: the list, preparing one, its page, the questions to its speakers."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, override

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from sauga.events.programme.models import said
from sauga.events.programme.presenters.public import when
from sauga.kernel import clock
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage
from sauga.kernel.kit.actions import UNFIT, Outcome, post_action_on
from sauga.kernel.kit.lists import Cell, Column, Empty, Line, Link, ListPage, Quiet, Tool, View
from sauga.kernel.kit.pages import submitted
from sauga.kernel.refusals import Text
from sauga.training.effects import webinar_desk_sections
from sauga.training.permissions import Permission
from sauga.training.states import QuestionState
from sauga.training.trail import ZONE
from sauga.training.webinars import presenters
from sauga.training.webinars.actions import questions as acts
from sauga.training.webinars.actions import webinars as actions
from sauga.training.webinars.actions.questions import CHANNEL as QUESTIONS
from sauga.training.webinars.actions.webinars import CHANNEL
from sauga.training.webinars.forms import WebinarForm
from sauga.training.webinars.models import Question, Webinar
from sauga.training.webinars.queries import links, questions, webinars
from sauga.training.webinars.rules import Phase


class Webinars(ListPage):
    """Webinars by the time of their start."""

    title = _("Webinars")
    live = CHANNEL
    views = (
        View(webinars.SOON, pgettext_lazy("webinars", "Coming and on now")),
        View(webinars.DONE, pgettext_lazy("webinars", "Over")),
        View(webinars.ALL, pgettext_lazy("webinars", "All")),
        View(webinars.QUESTIONS, pgettext_lazy("webinars", "Questions to be read")),
        View(webinars.MESSAGES, pgettext_lazy("webinars", "Messages to be read")),
    )
    columns = (
        Column("title", _("Webinar"), is_heading=True),
        Column("starts", pgettext_lazy("webinar", "When"), sort=("event__starts",)),
        Column("state", _("State"), is_state=True),
        Column("source", pgettext_lazy("webinar", "Picture")),
    )
    nothing = Empty(
        title=_("No webinar here"),
        text=_("Create an event of the kind “webinar”, then prepare its broadcast here."),
    )

    @override
    def rows(self) -> QuerySet[Webinar]:
        return webinars.desk_webinars(self.view_code, self.at)

    @override
    def line(self, row: Webinar) -> Line:
        href = reverse("training-webinar-desk", args=[row.ref])
        series = said(row.event.series.title) if row.event.series else ""
        return Line(
            row.ref,
            (
                (Link(said(row.event.title), href), Quiet(series, below=True)),
                when(row.event),
                presenters.state_of(row, self.at),
                presenters.source_of(row),
            ),
        )

    @override
    def counts(self) -> Mapping[str, int]:
        return webinars.desk_counts(self.at)

    @override
    def tools(self) -> Sequence[Tool]:
        if not self.by.can(Permission.EDIT_WEBINARS):
            return []
        return [Tool(label=_("Prepare a webinar"), href=reverse("training-webinar-new"), key="n")]


ACTIONS = ActionSet(
    find=webinars.webinar_for,
    state=lambda row: str(row.phase(clock.now())),
    actions={
        "end": Action(
            permissions=(Permission.EDIT_WEBINARS,),
            states=frozenset({Phase.LIVE}),
            label=_("End the webinar now"),
            message=_("Ended. Libraries can count from now on."),
            text=_("For a webinar that is over before its time. This cannot be taken back."),
            effect=lambda by, row, given, at: actions.end_webinar(by=by, webinar=row, at=at),
            tone="danger",
        ),
    },
)


class WebinarPage(DetailPage):
    """One webinar: its event, its picture, its links, what subdomains further up show."""

    template = "training/webinars/desk/webinar.html"
    list_title, list_url = Webinars.title, "training-webinars-desk"
    url, action_url = "training-webinar-desk", "training-webinar-do"
    live = CHANNEL
    zone, audit_permission = ZONE, Permission.EDIT_WEBINARS
    actions = ACTIONS

    @override
    def heading(self) -> Text:
        return said(self.row.event.title)

    @override
    def state(self) -> Any:
        return presenters.state_of(self.row, self.at)

    @override
    def history(self) -> list[Any]:
        return []

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Webinar = self.row
        public = reverse("training-webinar", args=[row.event.slug])
        yield pgettext_lazy("webinar", "When"), when(row.event)
        yield pgettext_lazy("webinar", "Picture"), presenters.source_of(row)
        if row.event.series:
            yield pgettext_lazy("webinar", "Series"), said(row.event.series.title)
        yield _("Public page"), Link(public, public) if row.event.is_public else _("The event is a draft.")
        yield _("Libraries show it too"), _("yes") if row.for_libraries else _("no")
        yield _("Recording for libraries"), str(row.fallback.name).rpartition("/")[2] or _("none yet")
        yield _("Host script"), ", ".join(row.script) or _("none yet")
        yield _("Telephone on the day"), row.phone or _("none yet")
        if row.ended_at:
            yield _("Ended early"), row.ended_at

    @override
    def context(self) -> dict[str, Any]:
        row: Webinar = self.row
        numbers = questions.counts(row)
        return {
            "webinar": row,
            "sections": webinar_desk_sections.of(row, self.at),
            "speakers": [
                {
                    "name": one.name,
                    "href": links.page_address("training-speaker", "lt", links.speaker_token(one)),
                }
                for one in webinars.speakers(row)
            ]
            if self.by.can(Permission.EDIT_WEBINARS)
            else [],
            "may_edit": self.by.can(Permission.EDIT_WEBINARS),
            "may_moderate": self.by.can(Permission.MODERATE_QUESTIONS),
            "waiting": numbers[QuestionState.WAITING],
            "asked": sum(numbers.values()),
        }


@needs(Permission.EDIT_WEBINARS)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Prepare the broadcast of an event."""
    at = clock.now()
    events = list(webinars.events_without(at)[:100])
    posted = request.method == "POST"
    form = WebinarForm(request.POST, request.FILES, events=events) if posted else WebinarForm(events=events)

    def act(given: dict[str, Any]) -> Outcome:
        event = next(one for one in events if one.ref == given["event"])
        row = actions.prepare_webinar(by=actor(request), event=event, given=form.given(), at=at)
        return Outcome(_("Prepared."), to=reverse("training-webinar-desk", args=[row.ref]))

    return _form(request, form, act, _("Prepare a webinar"), bool(events))


@needs(Permission.EDIT_WEBINARS)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Change what is broadcast, and the papers."""
    by, at = actor(request), clock.now()
    row = webinars.webinar_for(by, ref, Permission.EDIT_WEBINARS)
    words = {
        f"{name}_{code}": text for name in WebinarForm.words for code, text in getattr(row, name).items()
    }
    plain = ("source", "room_system", "room_address", "phone", "for_libraries")
    initial = {**{name: getattr(row, name) for name in plain}, **words}
    initial["stream"] = row.stream.ref if row.stream else ""
    posted = request.method == "POST"
    form = WebinarForm(request.POST, request.FILES) if posted else WebinarForm(initial=initial)

    def act(_given: dict[str, Any]) -> Outcome:
        actions.edit_webinar(by=by, webinar=row, given=form.given(), at=at)
        return Outcome(_("Saved."), to=reverse("training-webinar-desk", args=[ref]))

    return _form(request, form, act, said(row.event.title), True)


def _form(request: HttpRequest, form: WebinarForm, act: Any, title: Text, has_events: bool) -> HttpResponse:
    if done := submitted(request, form, act):
        return done
    context = {
        "form": form,
        "title": title,
        "submit": _("Save"),
        "list_url": "training-webinars-desk",
        "list_title": Webinars.title,
        "text": "" if has_events else _("There is no event of the kind “webinar” without a broadcast."),
    }
    status = UNFIT if form.errors else 200
    return render(request, "training/webinars/desk/form.html", context, status=status)


@needs(Permission.MODERATE_QUESTIONS)
@require_safe
def question_list(request: HttpRequest, ref: str) -> HttpResponse:
    """Questions to the speakers of a webinar: those to read, then those that were decided on."""
    row = webinars.webinar_for(actor(request), ref, Permission.MODERATE_QUESTIONS)
    context = {
        "webinar": row,
        "title": said(row.event.title),
        "waiting": questions.waiting(row),
        "decided": [(one, presenters.QUESTIONS[one.state]) for one in questions.decided(row)],
        "channel": QUESTIONS,
        "now": clock.now(),
    }
    return render(request, "training/webinars/desk/questions.html", context)


DECISIONS = {
    "pass": (QuestionState.PASSED, _("Passed on to the speaker.")),
    "decline": (QuestionState.DECLINED, _("Not passed on.")),
    "back": (QuestionState.WAITING, _("Taken back.")),
}


def _questions_of(_by: PersonActor, row: Question) -> str:
    return reverse("training-questions-desk", args=[row.webinar.ref])


@needs(Permission.MODERATE_QUESTIONS)
@post_action_on(questions.question_for, _questions_of)
def decide(request: HttpRequest, by: PersonActor, row: Question, at: datetime) -> Outcome:
    """Pass a question on, leave it out, or take that back."""
    to, said_then = DECISIONS.get(request.POST.get("do", ""), DECISIONS["back"])
    acts.decide(by=by, question=row, to=to, at=at)
    return Outcome(said_then)

"""Surveys at the desk: their questions, opening and closing, what came out, as page and as file."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, override

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from sauga.events.followup.actions import surveys as actions
from sauga.events.followup.forms.surveys import OpenForm, SurveyQuestionForm, held_by
from sauga.events.followup.models import Survey
from sauga.events.followup.presenters import file_rows, shown_results, survey_name
from sauga.events.followup.queries import surveys as queries
from sauga.events.followup.rules.questionnaires import KINDS
from sauga.events.permissions import Permission
from sauga.events.states import SurveyState
from sauga.events.trail import ZONE
from sauga.kernel import clock
from sauga.kernel.i18n import long_datetime
from sauga.kernel.identity import PersonActor, actor, needs
from sauga.kernel.kit import Action, ActionSet, DetailPage, Outcome, submitted
from sauga.kernel.kit.actions import respond
from sauga.kernel.kit.lists import Cell, Link, Mark
from sauga.kernel.kit.lists.export import FORMATS, file_response
from sauga.kernel.refusals import Text

UNFIT = 422
STATES: dict[str, Mark] = {
    SurveyState.DRAFT: Mark("calm", "", pgettext_lazy("survey", "draft")),
    SurveyState.OPEN: Mark("act", "", pgettext_lazy("survey", "takes answers")),
    SurveyState.CLOSED: Mark("good", "dot", pgettext_lazy("survey", "closed")),
}


def _discard(by: PersonActor, row: Survey, _given: dict[str, Any], at: datetime) -> Outcome:
    actions.discard_survey(by=by, survey=row, at=at)
    return Outcome(to=reverse("events-one", args=[row.event.ref]))


class SurveyPage(DetailPage):
    """One survey: its questions while it is a draft, its results afterwards."""

    template = "events/followup/desk/survey.html"
    list_title, list_url = _("Events"), "events-desk"
    url, action_url = "events-survey-desk", "events-survey-do"
    states = STATES
    zone, audit_permission = ZONE, Permission.KEEP_SURVEYS
    actions = ActionSet(
        find=queries.survey_for,
        actions={
            "open": Action(
                permissions=(Permission.KEEP_SURVEYS,),
                states=frozenset({SurveyState.DRAFT}),
                label=_("Open the survey"),
                message=_("Open. Send its link with an email to those who came: {survey}."),
                text=_("From now on the questions stay as they are."),
                effect=lambda by, row, given, at: actions.open_survey(by=by, survey=row, at=at, **given),
                form=OpenForm,
            ),
            "close": Action(
                permissions=(Permission.KEEP_SURVEYS,),
                states=frozenset({SurveyState.OPEN}),
                label=_("Close the survey"),
                message=_("Closed."),
                text=_("Nobody can answer any more. This cannot be undone."),
                effect=lambda by, row, given, at: actions.close_survey(by=by, survey=row, at=at),
                tone="second",
            ),
            "discard": Action(
                permissions=(Permission.KEEP_SURVEYS,),
                states=frozenset({SurveyState.DRAFT}),
                label=_("Delete the draft"),
                message=_("Deleted."),
                text=_("The draft is gone for good."),
                effect=_discard,
                tone="danger",
            ),
        },
    )

    @override
    def heading(self) -> Text:
        return f"{survey_name(self.row)}: {self.row.event}"

    @override
    def facts(self) -> Iterator[tuple[Text, Cell]]:
        row: Survey = self.row
        yield (
            pgettext_lazy("survey", "Event"),
            Link(str(row.event), reverse("events-one", args=[row.event.ref])),
        )
        if row.closes_at is not None:
            yield _("Takes answers until"), long_datetime(row.closes_at)

    @override
    def context(self) -> dict[str, Any]:
        row: Survey = self.row
        is_draft = row.state == SurveyState.DRAFT
        return {
            "is_draft": is_draft,
            "questions": list(row.questions.all()) if is_draft else [],
            "kinds": KINDS,
            "results": None if is_draft else shown_results(queries.results(row)),
            "formats": FORMATS,
        }


@require_POST
@needs(Permission.KEEP_SURVEYS)
def begin(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin a survey of people, or of teachers about their classes."""
    by = actor(request)
    event = queries.event_for(by, ref)

    def act() -> Outcome:
        is_for_classes = request.POST.get("for") == "classes"
        row = actions.begin_survey(by=by, event=event, is_for_classes=is_for_classes, at=clock.now())
        said = gettext("Begun with questions that you can change.")
        return Outcome(said, to=reverse("events-survey-desk", args=[row.ref]))

    return respond(request, act, reverse("events-one", args=[event.ref]))


@require_http_methods(["GET", "HEAD", "POST"])
@needs(Permission.KEEP_SURVEYS)
def question(request: HttpRequest, ref: str, of: str = "") -> HttpResponse:
    """A new question, or a change of one."""
    by = actor(request)
    survey = queries.survey_for(by, ref)
    row = queries.question_of(survey, of) if of else None
    back = reverse("events-survey-desk", args=[survey.ref])
    if survey.state != SurveyState.DRAFT and request.method != "POST":
        return HttpResponseRedirect(back)
    data = request.POST if request.method == "POST" else None
    form = SurveyQuestionForm(data, initial=held_by(row) if row else {"kind": "SCALE"})

    def act(_given: dict[str, Any]) -> Outcome:
        actions.put_question(by=by, survey=survey, given=form.given, question=row, at=clock.now())
        return Outcome(gettext("Saved."), to=back)

    title = gettext("Change a question") if row else gettext("A new question")
    context = {"form": form, "title": title, "back": back, "heading": survey_name(survey)}
    return submitted(request, form, act) or render(
        request, "events/followup/desk/question.html", context, status=UNFIT if form.errors else 200
    )


@require_POST
@needs(Permission.KEEP_SURVEYS)
def question_do(request: HttpRequest, ref: str, of: str, name: str) -> HttpResponse:
    """Move a question up or down, or take it out."""
    by = actor(request)
    row = queries.question_of(queries.survey_for(by, ref), of)
    if name not in {"up", "down", "remove"}:
        raise Http404

    def act() -> str:
        if name == "remove":
            actions.remove_question(by=by, question=row, at=clock.now())
            return gettext("Removed.")
        actions.move_question(by=by, question=row, up=name == "up", at=clock.now())
        return gettext("Moved.")

    return respond(request, act, reverse("events-survey-desk", args=[ref]) + "#questions")


@require_safe
@needs(Permission.KEEP_SURVEYS)
def file(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """The results as a file: the same numbers as on the page, nothing of single answers."""
    by = actor(request)
    survey = queries.survey_for(by, ref)
    results = queries.results(survey)
    if kind not in FORMATS or survey.state == SurveyState.DRAFT or not results.is_shown:
        raise Http404
    actions.export_results(by=by, survey=survey, kind=kind, at=clock.now())
    head, rows = file_rows(results)
    return file_response(kind, f"survey-{survey.event.slug}", head, rows)

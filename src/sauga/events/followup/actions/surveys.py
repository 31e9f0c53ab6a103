"""Writing a survey, opening and closing it, and answering it: once, by each participant, so that nobody can
tell which answer is whose."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from sauga.events.followup.models import Survey, SurveyAnswer, SurveyMark, SurveyQuestion
from sauga.events.followup.queries import surveys as queries
from sauga.events.followup.rules import starters
from sauga.events.followup.rules.questionnaires import (
    KINDS,
    MOST_CHOICES,
    MOST_QUESTIONS,
    WITH_CHOICES,
    Answers,
    Breakdown,
    QuestionKind,
    breakdown_for,
    fits,
)
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.registration.models import Registration
from sauga.events.states import CAME, SurveyState
from sauga.events.trail import ZONE, Trail
from sauga.kernel import audit
from sauga.kernel.i18n.privacy import redact
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, SystemActor, lock, move

ATTENDEE = SystemActor("attendee")
LONGEST_OPEN = timedelta(days=28)
"""After the end of the event: registrations, and with them the links, are deleted two days later."""


class SurveyRefused(ActionRefused):
    """The survey cannot be like this, or not now."""

    messages = {
        "exists": _("The event has this survey already."),
        "early": _("A survey opens when the event is over: only those who came answer it."),
        "closes": _("It closes in the future, at most 28 days after the event: then the links are deleted."),
        "empty": _("Add at least one question first."),
        "many": _("A survey has at most 20 questions."),
        "kind": _("Choose a kind of answer."),
        "text": _("Write the question in both languages."),
        "choices": _("Write two to ten answers to choose from, the same number in both languages."),
    }
    fields = {"closes": "closes_at", "kind": "kind", "text": "text_lt", "choices": "choices_lt"}


class AnswerRefused(ActionRefused):
    """The survey takes no answer of this registration, or not this one."""

    messages = {
        "attendee": _("This survey is for those who came to the event."),
        "closed": _("The survey is closed. Thank you for wanting to answer."),
        "used": _("You have answered already. Thank you!"),
        "missing": _("Answer every question that has to be answered."),
        "unfit": _("Choose one of the answers that are offered."),
    }


def begin_survey(*, by: Actor, event: Event, is_for_classes: bool, at: datetime) -> Survey:
    """Begin a survey with the questions that ship. Raises PermissionRefused, SurveyRefused."""
    require(by, Permission.KEEP_SURVEYS, event)
    with transaction.atomic():
        list(Event.objects.select_for_update().filter(pk=event.pk))
        if Survey.objects.filter(event=event, is_for_classes=is_for_classes).exists():
            raise SurveyRefused("exists")
        row = Survey.objects.create(event=event, is_for_classes=is_for_classes, begun_at=at)
        for place, one in enumerate(starters.questions(is_for_classes=is_for_classes)):
            SurveyQuestion.objects.create(survey=row, place=place, **one)
        _note(by, row, "begun", at)
        return row


def put_question(
    *,
    by: Actor,
    survey: Survey,
    given: Mapping[str, Any],
    at: datetime,
    question: SurveyQuestion | None = None,
) -> SurveyQuestion:
    """Add a question, or change one: `given` has kind, text, choices, is_required. Raises PermissionRefused,
    SurveyRefused, MoveNotAllowed."""
    require(by, Permission.KEEP_SURVEYS, survey)
    choices = _checked(given)
    with transaction.atomic():
        row = _draft(survey)
        if question is None:
            count = row.questions.count()
            if count >= MOST_QUESTIONS:
                raise SurveyRefused("many")
            last = row.questions.last()
            question = SurveyQuestion(survey=row, place=last.place + 1 if last is not None else 0)
        question.kind, question.text, question.choices = given["kind"], dict(given["text"]), choices
        question.is_required = given["is_required"]
        question.save()
        _note(by, row, "question", at)
        return question


def _checked(given: Mapping[str, Any]) -> dict[str, list[str]]:
    if given["kind"] not in KINDS:
        raise SurveyRefused("kind")
    if not all(given["text"].get(code, "").strip() for code in ("lt", "en")):
        raise SurveyRefused("text")
    if given["kind"] not in WITH_CHOICES:
        return {}
    choices: dict[str, list[str]] = {code: list(given["choices"].get(code, [])) for code in ("lt", "en")}
    if len(choices["lt"]) != len(choices["en"]) or not 2 <= len(choices["lt"]) <= MOST_CHOICES:
        raise SurveyRefused("choices")
    return choices


def remove_question(*, by: Actor, question: SurveyQuestion, at: datetime) -> None:
    """Take a question out of a draft. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.KEEP_SURVEYS, question.survey)
    with transaction.atomic():
        row = _draft(question.survey)
        question.delete()
        _note(by, row, "question", at)


def move_question(*, by: Actor, question: SurveyQuestion, up: bool, at: datetime) -> None:
    """Put a question one place up or down. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.KEEP_SURVEYS, question.survey)
    with transaction.atomic():
        row = _draft(question.survey)
        order = list(row.questions.values_list("pk", flat=True))
        here = order.index(question.pk)
        there = min(max(here + (-1 if up else 1), 0), len(order) - 1)
        order.insert(there, order.pop(here))
        for place, key in enumerate(order):
            SurveyQuestion.objects.filter(pk=key).update(place=place)
        _note(by, row, "question", at)


def discard_survey(*, by: Actor, survey: Survey, at: datetime) -> None:
    """Delete a draft. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.KEEP_SURVEYS, survey)
    with transaction.atomic():
        row = _draft(survey)
        _note(by, row, "discarded", at)
        row.delete()


def open_survey(*, by: Actor, survey: Survey, closes_at: datetime, at: datetime) -> Survey:
    """Take answers until then. What is kept beside an answer is decided now, for everybody.

    Raises PermissionRefused, SurveyRefused, MoveNotAllowed.
    """
    require(by, Permission.KEEP_SURVEYS, survey)
    with transaction.atomic():
        row = _draft(survey)
        if at < row.event.ends:
            raise SurveyRefused("early")
        if not at < closes_at <= row.event.ends + LONGEST_OPEN:
            raise SurveyRefused("closes")
        if not row.questions.exists():
            raise SurveyRefused("empty")
        row.opened_at, row.closes_at = at, closes_at
        row.breakdown = breakdown_for(queries.people_by(row))
        row.save(update_fields=["opened_at", "closes_at", "breakdown"])
        return _moved(by, row, SurveyState.OPEN, at)


def close_survey(*, by: Actor, survey: Survey, at: datetime) -> Survey:
    """Take no more answers. Raises PermissionRefused, MoveNotAllowed."""
    require(by, Permission.KEEP_SURVEYS, survey)
    return _close(by, survey, at)


def close_due(*, by: Actor, at: datetime) -> int:
    """Close the surveys whose time is over; how many."""
    require(by, Permission.CLOSE)
    rows = queries.due(at)
    for row in rows:
        _close(by, row, at)
    return len(rows)


def _close(by: Actor, survey: Survey, at: datetime) -> Survey:
    """Count who could answer, and delete the marks of used links: nothing then says who did."""
    with transaction.atomic():
        row = lock(survey)
        _moved(by, row, SurveyState.CLOSED, at)
        row.invited = queries.attendees(row).count()
        row.closes_at = min(row.closes_at or at, at)
        row.save(update_fields=["invited", "closes_at"])
        SurveyMark.objects.filter(survey=row).delete()
        return row


def answer_survey(*, by: Actor, registration: Registration, answers: Answers, at: datetime) -> None:
    """Store an answer and, apart from it, that the link was used. Contact data in texts is taken out first.
    The audit log has no entry: its order would tell who answered when.

    Raises PermissionRefused, AnswerRefused.
    """
    require(by, Permission.ANSWER_SURVEY)
    found = queries.survey_of(registration)
    if found is None or registration.state not in CAME:
        raise AnswerRefused("attendee")
    with transaction.atomic():
        survey = lock(found)
        if not queries.is_open(survey, at):
            raise AnswerRefused("closed")
        if queries.is_used(survey, registration):
            raise AnswerRefused("used")
        values = _values(list(survey.questions.all()), answers)
        try:
            with transaction.atomic():
                SurveyMark.objects.create(survey=survey, mark=queries.mark_of(survey, registration))
        except IntegrityError:
            raise AnswerRefused("used") from None
        SurveyAnswer.objects.create(
            survey=survey,
            ticket=registration.ticket.ref if queries.keeps(Breakdown.TICKET, survey) else "",
            language=registration.language if queries.keeps(Breakdown.LANGUAGE, survey) else "",
            values=values,
        )


def _values(questions: Sequence[SurveyQuestion], answers: Answers) -> dict[str, Any]:
    kept: dict[str, Any] = {}
    for question in questions:
        if (given := answers.get(question.ref)) in (None, "", []):
            if question.is_required:
                raise AnswerRefused("missing")
            continue
        if not fits(question.kind, len(question.choices.get("lt", ())), given):
            raise AnswerRefused("unfit")
        kept[question.ref] = redact(given.strip()) if question.kind == QuestionKind.TEXT else given
    return kept


def export_results(*, by: Actor, survey: Survey, kind: str, at: datetime) -> None:
    """Note that results left the desk. Raises PermissionRefused."""
    require(by, Permission.KEEP_SURVEYS, survey)
    audit.record(by, Trail.SURVEY_EXPORTED, survey, zone=ZONE, at=at, facts={"format": kind})


def _draft(survey: Survey) -> Survey:
    row = lock(survey)
    if row.state != SurveyState.DRAFT:
        raise MoveNotAllowed(row.state, SurveyState.DRAFT)
    return row


def _moved(by: Actor, row: Survey, to: SurveyState, at: datetime) -> Survey:
    move(row, to=to, by=by, at=at)
    audit.record(by, Trail.SURVEY_MOVED, row, zone=ZONE, at=at, facts={"to": str(to)})
    return row


def _note(by: Actor, row: Survey, what: str, at: datetime) -> None:
    audit.record(by, Trail.SURVEY_CHANGED, row, zone=ZONE, at=at, facts={"what": what})

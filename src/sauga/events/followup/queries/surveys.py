"""Surveys: who may answer, what was answered, as far as the numbers are large enough to be shown."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from django.core import signing
from django.db.models import Count, QuerySet
from django.http import Http404

from sauga.events.followup.models import Survey, SurveyAnswer, SurveyMark, SurveyQuestion
from sauga.events.followup.rules.questionnaires import (
    LEAST,
    Breakdown,
    QuestionKind,
    Tally,
    hidden_groups,
    tally,
)
from sauga.events.permissions import Permission
from sauga.events.programme.models import Event
from sauga.events.programme.rules.local_times import day_start
from sauga.events.registration.models import Registration, Ticket
from sauga.events.registration.queries import links
from sauga.events.states import CAME, SurveyState
from sauga.kernel import sealed
from sauga.kernel.identity import PersonActor
from sauga.kernel.sealed import Zone

SALT = "events.survey"


def token_of(row: Registration) -> str:
    """What leads to the survey of one registration, once."""
    return signing.Signer(salt=SALT).sign(row.ref)


def address_of(row: Registration, language: str) -> str:
    """The whole address of the survey for one registration."""
    return links.page_address("events-survey", language, token_of(row))


def registration_by(token: str) -> Registration | None:
    """The registration that a link leads to."""
    return links.registration_by(token, SALT)


def mark_of(survey: Survey, row: Registration) -> bytes:
    """What says that the link of this registration was used, without saying whose it is."""
    return sealed.blind(Zone.MEMBERS, SALT, f"{survey.ref}\n{row.ref}")


def survey_of(row: Registration) -> Survey | None:
    """The survey that a participant may answer, whatever its state but a draft."""
    found = Survey.objects.filter(event=row.event_id, is_for_classes=bool(row.groups))
    return found.exclude(state=SurveyState.DRAFT).select_related("event").first()


def is_used(survey: Survey, row: Registration) -> bool:
    """Whether this registration has answered."""
    return SurveyMark.objects.filter(survey=survey, mark=mark_of(survey, row)).exists()


def can_answer(row: Registration, at: datetime) -> bool:
    """Whether the participant can answer now."""
    survey = survey_of(row) if row.state in CAME else None
    return survey is not None and is_open(survey, at) and not is_used(survey, row)


def is_open(survey: Survey, at: datetime) -> bool:
    """Whether it takes answers."""
    return survey.state == SurveyState.OPEN and survey.closes_at is not None and at < survey.closes_at


def event_for(by: PersonActor, ref: str) -> Event:
    """An event whose surveys this person may see. Raises Http404."""
    found = Event.objects.visible_to(by, Permission.KEEP_SURVEYS).filter(ref=ref).first()
    if found is None:
        raise Http404
    return found


def survey_for(by: PersonActor, ref: str) -> Survey:
    """One survey. Raises Http404."""
    rows = Survey.objects.select_related("event")
    events = Event.objects.visible_to(by, Permission.KEEP_SURVEYS)
    found = rows.filter(ref=ref, event__in=events).first()
    if found is None:
        raise Http404
    return found


def question_of(survey: Survey, ref: str) -> SurveyQuestion:
    """One question of a survey. Raises Http404."""
    found = SurveyQuestion.objects.filter(survey=survey, ref=ref).first()
    if found is None:
        raise Http404
    return found


def surveys_of(event: Event) -> list[Survey]:
    """The surveys of an event, that of people first."""
    return list(Survey.objects.filter(event=event).annotate(n=Count("answers")).order_by("is_for_classes"))


def attendees(survey: Survey) -> QuerySet[Registration]:
    """Who may answer."""
    rows = Registration.objects.filter(event=survey.event_id, state__in=CAME)
    return rows.exclude(groups={}) if survey.is_for_classes else rows.filter(groups={})


def people_by(survey: Survey) -> dict[tuple[str, str], int]:
    """How many may answer, by ticket and language."""
    rows = attendees(survey).order_by().values_list("ticket__ref", "language").annotate(n=Count("pk"))
    return {(ticket, language): n for ticket, language, n in rows}


@dataclass(frozen=True)
class Group:
    """Some of those who answered, by what is kept beside an answer; `means` of scales by question, None where
    they are hidden."""

    name: str
    n: int | None
    means: Mapping[str, float | None]


@dataclass(frozen=True)
class Results:
    """What came out: nothing but how many answered while they are fewer than ten."""

    survey: Survey
    questions: Sequence[SurveyQuestion]
    answers: Sequence[SurveyAnswer]
    invited: int

    @property
    def n(self) -> int:
        """How many answered."""
        return len(self.answers)

    @property
    def is_shown(self) -> bool:
        """Whether there are enough answers to show any of them."""
        return self.n >= LEAST

    @cached_property
    def tallies(self) -> dict[str, Tally]:
        """By question: only where enough answered it."""
        if not self.is_shown:
            return {}
        found = {
            one.ref: tally(one.kind, [row.values[one.ref] for row in self.answers if one.ref in row.values])
            for one in self.questions
        }
        return {ref: one for ref, one in found.items() if one.is_shown}

    def groups(self, by: str) -> list[Group]:
        """The answers by `ticket` or `language`, as far as neither a small group nor, from the whole, what is
        missing can be worked out."""
        if not self.is_shown:
            return []
        parts: dict[str, list[SurveyAnswer]] = defaultdict(list)
        for row in self.answers:
            parts[getattr(row, by)].append(row)
        if len(parts) < 2:
            return []
        hidden = hidden_groups({code: len(rows) for code, rows in parts.items()})
        means = {one.ref: self._means(one, parts, hidden) for one in self._scales()}
        return [
            Group(
                code,
                None if code in hidden else len(rows),
                {ref: found.get(code) for ref, found in means.items()},
            )
            for code, rows in sorted(parts.items())
        ]

    def _scales(self) -> list[SurveyQuestion]:
        return [one for one in self.questions if one.kind == QuestionKind.SCALE and one.ref in self.tallies]

    @staticmethod
    def _means(
        question: SurveyQuestion, parts: Mapping[str, list[SurveyAnswer]], hidden: frozenset[str]
    ) -> dict[str, float | None]:
        values: dict[str, list[Any]] = {
            code: [row.values[question.ref] for row in rows if question.ref in row.values]
            for code, rows in parts.items()
        }
        gone = hidden | hidden_groups({code: len(held) for code, held in values.items()})
        return {
            code: None if code in gone else tally(question.kind, held).mean for code, held in values.items()
        }


def results(survey: Survey) -> Results:
    """What was answered so far."""
    invited = survey.invited if survey.state == SurveyState.CLOSED else attendees(survey).count()
    answers = list(SurveyAnswer.objects.filter(survey=survey).order_by("pk"))
    return Results(survey, list(survey.questions.all()), answers, invited)


def ticket_names(event: Event) -> dict[str, str]:
    """The names of tickets by reference."""
    return {row.ref: str(row) for row in Ticket.objects.filter(event=event)}


def answered_between(first: date, last: date) -> dict[str, int]:
    """Answers to surveys that closed from the day `first` up to, not including, `last`, by who answered."""
    rows = Survey.objects.filter(
        state=SurveyState.CLOSED, closes_at__gte=day_start(first), closes_at__lt=day_start(last)
    )
    counted: Counter[str] = Counter()
    for is_for_classes, n in rows.values_list("is_for_classes").annotate(n=Count("answers")).order_by():
        counted["CLASS" if is_for_classes else "PERSON"] += n
    return dict(counted)


def due(at: datetime) -> list[Survey]:
    """Open surveys whose time is over."""
    return list(Survey.objects.filter(state=SurveyState.OPEN, closes_at__lte=at).order_by("pk"))


def keeps(kind: str, survey: Survey) -> bool:
    """Whether answers carry `TICKET` or `LANGUAGE`."""
    return survey.breakdown in {kind, Breakdown.BOTH}

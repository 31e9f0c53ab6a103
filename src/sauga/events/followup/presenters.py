"""What follows an event, on the pages of the event and as results of a survey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext

from sauga.events.followup.models import Survey, SurveyQuestion
from sauga.events.followup.queries import certificates, mailings, surveys
from sauga.events.followup.queries.surveys import Group, Results
from sauga.events.followup.rules.certificates import hours_of
from sauga.events.followup.rules.questionnaires import STEPS, QuestionKind, Tally
from sauga.events.programme.models import Event, said
from sauga.events.registration.forms.people import said_lines
from sauga.events.registration.models import Registration
from sauga.events.states import CertificateState, SurveyState
from sauga.kernel.clock import VILNIUS
from sauga.kernel.i18n import date_range, decimal, language_name, percent
from sauga.kernel.ui.charts import Bar, Chart, bars
from sauga.kernel.ui.components import Table


def desk_section(event: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """What the page of an event at the desk says about what follows it."""
    if not isinstance(event, Event):
        return None
    held = surveys.surveys_of(event)
    return "events/followup/desk/_section.html", {
        "event": event,
        "mailings": mailings.counts(event),
        "surveys": [(survey_name(row), row) for row in held],
        "certificates": certificates.certificates(event, CertificateState.VALID).count(),
        "hours": certificates.minutes_for(event),
        "may_begin": [one for one in (False, True) if one not in {row.is_for_classes for row in held}],
    }


def own_section(row: object, at: datetime) -> tuple[str, dict[str, object]] | None:
    """What one's own page offers after the event."""
    if not isinstance(row, Registration):
        return None
    found: dict[str, object] = {}
    if certificates.can_have(row, at):
        found["certificate"] = reverse("events-certificate-own", args=[certificates.token_of(row)])
    if surveys.can_answer(row, at):
        found["survey"] = reverse("events-survey", args=[surveys.token_of(row)])
    return ("events/followup/public/_own.html", found) if found else None


def report_section(event: object, _at: datetime) -> tuple[str, dict[str, object]] | None:
    """What the report of an event says of its surveys: how many answered, and the means of what was asked by
    numbers, where enough answered. Texts stay with the survey."""
    if not isinstance(event, Event):
        return None
    rows = [row for row in surveys.surveys_of(event) if row.state != SurveyState.DRAFT]
    held = [(row, surveys.results(row)) for row in rows]
    lines = [
        {
            "name": survey_name(row),
            "is_open": row.state == SurveyState.OPEN,
            "n": results.n,
            "invited": results.invited,
            "rate": percent(round(100 * results.n / results.invited)) if results.invited else "",
            "is_shown": results.is_shown,
            "questions": _means(results),
        }
        for row, results in held
    ]
    return ("events/followup/desk/_report.html", {"surveys": lines}) if lines else None


def _means(results: Results) -> list[tuple[str, str, str]]:
    """Each question that was answered by a number: its text, how many answered, the mean; what too few
    answered has neither."""
    scales = [one for one in results.questions if one.kind == QuestionKind.SCALE]
    found = [(said(one.text), results.tallies.get(one.ref)) for one in scales]
    return [
        (text, str(one.answered), decimal(one.mean, 1))
        if one is not None and one.mean is not None
        else (text, gettext("under 10"), "–")
        for text, one in found
    ]


def certificate_facts(event: Event, minutes: int) -> list[tuple[str, str]]:
    """What a certificate states, besides the name."""
    first, last = event.starts.astimezone(VILNIUS).date(), event.ends.astimezone(VILNIUS).date()
    return [
        (pgettext("certificate", "Event"), str(said(event.title))),
        (pgettext("certificate", "When"), date_range(first, last)),
        (gettext("Hours"), decimal(hours_of(minutes))),
    ]


def pdf_response(document: bytes, name: str) -> HttpResponse:
    """A document as a download that no cache keeps."""
    response = HttpResponse(document, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


def survey_name(survey: Survey) -> str:
    """What a survey is called."""
    return gettext("Survey of teachers") if survey.is_for_classes else gettext("Survey of participants")


@dataclass(frozen=True)
class ShownQuestion:
    """One question with its numbers: a chart with its table, or texts; nothing where too few answered."""

    question: SurveyQuestion
    answered: int
    mean: str
    chart: Chart | None
    texts: Sequence[str]


@dataclass(frozen=True)
class ShownResults:
    """What came out, ready to be drawn."""

    results: Results
    rate: str
    questions: list[ShownQuestion]
    tables: list[Table]


def shown_results(results: Results) -> ShownResults:
    """The results as a page draws them."""
    rate = percent(round(100 * results.n / results.invited)) if results.invited else ""
    questions = [_question(one, results.tallies.get(one.ref)) for one in results.questions]
    return ShownResults(results, rate, questions if results.is_shown else [], _tables(results))


def _question(question: SurveyQuestion, found: Tally | None) -> ShownQuestion:
    if found is None:
        return ShownQuestion(question, 0, "", None, ())
    mean = decimal(found.mean, 1) if found.mean is not None else ""
    chart = None if question.kind == QuestionKind.TEXT else _chart(question, found)
    return ShownQuestion(question, found.answered, mean, chart, found.texts)


def _labels(question: SurveyQuestion) -> list[tuple[int, str]]:
    if question.kind == QuestionKind.SCALE:
        return [(n, str(n)) for n in STEPS]
    return list(enumerate(said_lines(question.choices)))


def _chart(question: SurveyQuestion, found: Tally) -> Chart:
    rows = [(label, found.counts.get(code, 0)) for code, label in _labels(question)]
    shares = [(label, n, percent(round(100 * n / found.answered))) for label, n in rows]
    table = Table(
        caption=said(question.text),
        head=(pgettext("survey", "Answer"), pgettext("survey", "How many"), pgettext("survey", "Share")),
        rows=[(label, str(n), share) for label, n, share in shares],
    )
    drawn = [Bar(_short(label), n, f"{n} ({share})") for label, n, share in shares]
    return bars(
        drawn,
        title=said(question.text),
        description="; ".join(f"{label}: {n}" for label, n in rows),
        table=table,
        whole=found.answered,
    )


def _short(label: str, most: int = 24) -> str:
    return label if len(label) <= most else f"{label[: most - 1].rstrip()}…"


def _tables(results: Results) -> list[Table]:
    names = surveys.ticket_names(results.survey.event)
    spoken = {group.name: language_name(group.name) for group in results.groups("language")}
    kinds = (
        ("ticket", names, pgettext("survey", "By ticket")),
        ("language", spoken, pgettext("survey", "By language")),
    )
    scales = [one for one in results.questions if one.kind == QuestionKind.SCALE]
    found = []
    for by, known, caption in kinds:
        if groups := results.groups(by):
            head = (caption, pgettext("survey", "Answers"), *(said(one.text) for one in scales))
            rows = [(known.get(group.name, group.name), *_row(group, scales)) for group in groups]
            found.append(Table(caption=caption, head=head, rows=rows))
    return found


def _row(group: Group, scales: Sequence[SurveyQuestion]) -> list[str]:
    means = [group.means.get(one.ref) for one in scales]
    hidden = gettext("under 10")
    return [
        hidden if group.n is None else str(group.n),
        *(hidden if mean is None else decimal(mean, 1) for mean in means),
    ]


def file_rows(results: Results) -> tuple[list[str], list[list[Any]]]:
    """The results as rows of a file: question, answer, how many, of how many."""
    head = [
        pgettext("survey", "Question"),
        pgettext("survey", "Answer"),
        pgettext("survey", "How many"),
        pgettext("survey", "Answers"),
    ]
    rows: list[list[Any]] = []
    for question in results.questions:
        found = results.tallies.get(question.ref)
        text = str(said(question.text))
        if found is None:
            rows.append([text, gettext("under 10"), "", ""])
        elif question.kind == QuestionKind.TEXT:
            rows += [[text, one, "", found.answered] for one in found.texts]
        else:
            rows += [
                [text, str(label), found.counts.get(code, 0), found.answered]
                for code, label in _labels(question)
            ]
    return head, rows

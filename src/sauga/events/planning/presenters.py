"""Plans as pages show them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.effects import CalendarEntry
from sauga.events.planning.forms import role_name
from sauga.events.planning.models import BudgetLine, EventReport, Task
from sauga.events.planning.queries import budget
from sauga.events.planning.queries import tasks as queries
from sauga.events.planning.queries.imported import Content, Row
from sauga.events.planning.queries.team import team_of
from sauga.events.planning.rules.due import Standing, standing
from sauga.events.states import ReportState
from sauga.kernel import vocab
from sauga.kernel.i18n import decimal
from sauga.kernel.identity import PersonActor, names_of
from sauga.kernel.kit.imports import words
from sauga.kernel.kit.imports.layout import Column, Layout
from sauga.kernel.kit.lists import Mark
from sauga.kernel.ui.components import Moment

STANDINGS: dict[Standing, Mark] = {
    Standing.DONE: Mark("good", "tick", pgettext_lazy("task", "done")),
    Standing.OVERDUE: Mark("bad", "diamond", pgettext_lazy("task", "overdue")),
    Standing.SOON: Mark("wait", "half", pgettext_lazy("task", "due soon")),
    Standing.LATER: Mark("calm", "ring", pgettext_lazy("task", "later")),
}
NOBODY = _("nobody yet")


@dataclass(frozen=True)
class TaskLine:
    """A task with how it stands and what this person may do with it."""

    task: Task
    mark: Mark
    may_finish: bool


def mark_of(task: Task, today: date) -> Mark:
    """How a task stands."""
    return STANDINGS[standing(task.due, today, is_done=task.done_at is not None)]


def task_lines(rows: Iterable[Task], by: PersonActor, at: datetime, *, may_plan: bool) -> list[TaskLine]:
    """Tasks of an event as lines."""
    today = queries.today(at)
    return [TaskLine(row, mark_of(row, today), may_plan or row.person_id == by.person_id) for row in rows]


def days_words(days: int) -> str:
    """So many days before or after, in words."""
    if days == 0:
        return gettext("on the first day")
    if days < 0:
        return ngettext("%(n)d day after", "%(n)d days after", -days) % {"n": -days}
    return ngettext("%(n)d day before", "%(n)d days before", days) % {"n": days}


def desk_section(event: Any, at: datetime) -> tuple[str, dict[str, object]]:
    """The section of an event at the desk: its team, and how far its tasks are."""
    rows = queries.tasks_of(event)
    today = queries.today(at)
    stand = [standing(row.due, today, is_done=row.done_at is not None) for row in rows]
    found: dict[str, list[str]] = {}
    for member in team_of(event):
        found.setdefault(role_name(member.role), []).append(member.person.name)
    context: dict[str, object] = {
        "event": event,
        "team": [(role, names) for role, names in found.items()],
        "tasks": len(rows),
        "done": stand.count(Standing.DONE),
        "overdue": stand.count(Standing.OVERDUE),
        "next": next((row for row in rows if row.done_at is None and row.due >= today), None),
    }
    return "events/planning/desk/_section.html", context


def calendar(by: Any, first: date, last: date, at: datetime) -> list[CalendarEntry]:
    """What is due, for the month of the desk."""
    today = queries.today(at)
    return [
        CalendarEntry(
            day=row.due,
            title=str(row),
            href=reverse("events-tasks-of", args=[row.event.ref]) + f"#task-{row.ref}",
            note=str(row.event),
            is_late=row.due < today,
        )
        for row in queries.due_between(by, first, last)
    ]


REPORTS: dict[ReportState, Mark] = {
    ReportState.OPEN: Mark("wait", "ring", pgettext_lazy("report", "open")),
    ReportState.CLOSED: Mark("good", "tick", pgettext_lazy("report", "closed")),
}


def report_history(report: EventReport) -> list[Moment]:
    """Who closed a report and opened it again, and why; the newest first."""
    if report.pk is None:
        return []
    steps = list(report.steps.order_by("-pk"))
    names = names_of({step.by for step in steps})
    return [
        Moment(
            text=REPORTS[ReportState(step.after)].text,
            when=step.at,
            note=", ".join(filter(None, [names.get(step.by, ""), _reason(step.why)])),
        )
        for step in steps
    ]


def _reason(why: str) -> str:
    return vocab.label("event_reopen_reasons", why) if why else ""


@dataclass(frozen=True)
class BudgetRow:
    """A cost, a category or a sum as the budget shows it; amounts are texts."""

    name: str
    planned: str
    actual: str
    difference: str = ""
    line: BudgetLine | None = None
    payer: str = ""


@dataclass(frozen=True)
class BudgetPart:
    """The costs of one category below their sum."""

    head: BudgetRow
    rows: list[BudgetRow]


def budget_context(lines: list[BudgetLine]) -> dict[str, Any]:
    """The budget by category, by payer, and its sums."""
    return {
        "parts": [
            BudgetPart(_sum_row(one.label, one.sums), [_line_row(line) for line in one.lines])
            for one in budget.by_category(lines)
        ],
        "payers": [_sum_row(name, sums) for name, sums in budget.by_payer(lines)],
        "total": _sum_row("", budget.sums_of(lines)),
    }


def _sum_row(name: str, sums: budget.Sums) -> BudgetRow:
    return BudgetRow(name, amount(sums.planned), amount(sums.actual), amount(sums.difference))


def _line_row(line: BudgetLine) -> BudgetRow:
    payer = vocab.label("event_payers", line.payer)
    return BudgetRow(line.text, amount(line.planned), amount(line.actual), line=line, payer=payer)


def amount(cents: int | None) -> str:
    """An amount without its sign of currency; a dash where none was entered."""
    if cents is None:
        return "–"
    return f"{'−' if cents < 0 else ''}{decimal(abs(cents) / 100, 2)}"


@dataclass(frozen=True)
class ImportedProblem:
    """What is wrong with a cell and what to do about it."""

    where: str
    said: str
    words: str


@dataclass(frozen=True)
class ImportedLine:
    """A row of a file with what storing it would do."""

    row: Row
    mark: Mark
    problems: list[ImportedProblem]


OUTCOMES: dict[str, Mark] = {
    code: Mark(tone, shape, text) for code, (tone, text, shape) in words.OUTCOMES.items()
}
OWN_PROBLEMS: dict[str, Any] = {
    "time": _("Write a day and an hour here, as 2027-02-09 10:00."),
    "yes_no": _("Write yes or no here."),
    "email": _("Write one email address here."),
}


def imported_lines(content: Content, layouts: Mapping[str, Layout[Column]]) -> list[ImportedLine]:
    """The rows of a file, those that cannot be stored first."""
    lines = [
        ImportedLine(
            row,
            OUTCOMES[row.outcome],
            [_problem(content, layouts, row, problem) for problem in row.problems],
        )
        for row in content.rows
    ]
    return sorted(lines, key=lambda line: not line.problems)


def _problem(
    content: Content, layouts: Mapping[str, Layout[Column]], row: Row, problem: tuple[str, str, str]
) -> ImportedProblem:
    column, code, said = problem
    letter = content.letters.get(row.sheet, {}).get(column, "")
    place = {"sheet": row.sheet, "cell": f"{letter}{row.number}", "n": row.number}
    where = (
        gettext("sheet “%(sheet)s”, cell %(cell)s") if letter else gettext("sheet “%(sheet)s”, row %(n)s")
    ) % place
    held = layouts[row.sheet].by_name.get(column)
    if held is not None:
        where = f"{where} ({held.label or column})"
    if code == "own":
        return ImportedProblem(where, "", said)
    text = OWN_PROBLEMS.get(code) or words.PROBLEMS.get(code, words.PROBLEMS["shape"])
    return ImportedProblem(where, said, str(text))

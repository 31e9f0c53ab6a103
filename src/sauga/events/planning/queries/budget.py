"""The budget of an event as the desk shows it."""

from dataclasses import dataclass

from django.http import Http404

from sauga.events.planning.models import BudgetLine
from sauga.events.programme.models import Event
from sauga.kernel import vocab

CATEGORIES = "event_cost_categories"


@dataclass(frozen=True)
class Sums:
    """What was planned and paid, in cents."""

    planned: int
    actual: int

    @property
    def difference(self) -> int:
        """What was paid beyond the plan; negative where less was."""
        return self.actual - self.planned


@dataclass(frozen=True)
class Category:
    """The lines of one category, with their sums."""

    label: str
    lines: list[BudgetLine]
    sums: Sums


def lines_of(event: Event) -> list[BudgetLine]:
    """The lines by category."""
    return list(BudgetLine.objects.filter(event=event))


def line_of(event: Event, ref: str) -> BudgetLine:
    """One line. Raises Http404."""
    found = BudgetLine.objects.select_related("event").filter(event=event, ref=ref).first()
    if found is None:
        raise Http404
    return found


def sums_of(lines: list[BudgetLine]) -> Sums:
    """What lines add up to."""
    return Sums(sum(line.planned or 0 for line in lines), sum(line.actual or 0 for line in lines))


def by_category(lines: list[BudgetLine]) -> list[Category]:
    """The lines in the order of the list of categories."""
    order = [code for code, _label in vocab.choices(CATEGORIES)]
    order += sorted({line.category for line in lines} - set(order))
    held = {code: [line for line in lines if line.category == code] for code in order}
    return [
        Category(vocab.label(CATEGORIES, code), rows, sums_of(rows)) for code, rows in held.items() if rows
    ]


def by_payer(lines: list[BudgetLine]) -> list[tuple[str, Sums]]:
    """What each payer was to pay and paid."""
    codes = [code for code, _label in vocab.choices("event_payers")]
    codes += sorted({line.payer for line in lines} - set(codes))
    found = [(code, [line for line in lines if line.payer == code]) for code in codes]
    return [(vocab.label("event_payers", code), sums_of(rows)) for code, rows in found if rows]

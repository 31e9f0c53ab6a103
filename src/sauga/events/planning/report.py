"""The report of an event in words and numbers, for its page and as a PDF."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files as packaged
from typing import Any

from django.utils.translation import get_language, gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.planning.queries import budget
from sauga.events.planning.queries import counts as queries
from sauga.events.planning.queries.counts import Costs
from sauga.events.planning.rules.counts import EVIDENCE, SINGLE, What
from sauga.events.programme.models import Event
from sauga.events.programme.presenters import when
from sauga.events.programme.presenters.public import where
from sauga.kernel import vocab
from sauga.kernel.figures import Evidence
from sauga.kernel.i18n import euro, integer, long_date
from sauga.kernel.organisations import municipality_name
from sauga.kernel.ui.formats import pdf

NAMES: dict[What, Any] = {
    What.SIGNED_UP: _("Registrations received"),
    What.REGISTERED: _("People registered"),
    What.ATTENDED: _("People who came"),
    What.MISSED: _("People who did not come"),
    What.SERVED: _("Registrations that got a seat from the waiting list"),
    What.LEFT_WAITING: _("Registrations left without a seat"),
    What.REPORTED: _("People who came, by the organisers"),
}
EVIDENCES: dict[Evidence, Any] = {
    Evidence.COUNTED: pgettext_lazy("evidence", "counted by the program"),
    Evidence.CONFIRMED: pgettext_lazy("evidence", "confirmed at the entrance"),
    Evidence.SELF_REPORTED: pgettext_lazy("evidence", "reported by the organisers"),
}


@dataclass(frozen=True)
class FigureLine:
    """A number, what it counts, and how it came about."""

    name: str
    value: str
    evidence: str


def facts(event: Event) -> list[tuple[str, str]]:
    """What the event was."""
    found = [
        (gettext("When"), str(when(event))),
        (gettext("Where"), str(where(event) or gettext("not known"))),
        (gettext("Kind"), vocab.label("event_kinds", event.kind)),
        (gettext("Organiser"), event.organiser.name_at(event.starts)),
    ]
    if event.municipality:
        found.append((gettext("Municipality"), municipality_name(event.municipality)))
    return found


def figure_lines(counts: Mapping[tuple[What, str], int]) -> list[FigureLine]:
    """The numbers of an event, each with its evidence; nothing for what was not counted."""
    found = ((what, queries.total(counts, what)) for what in What)
    return [
        FigureLine(str(NAMES[what]), integer(n), str(EVIDENCES[EVIDENCE[what]]))
        for what, n in found
        if n is not None
    ]


BY_GROUP = (What.REGISTERED, What.ATTENDED, What.REPORTED)


def group_lines(counts: Mapping[tuple[What, str], int]) -> list[tuple[str, ...]]:
    """Each group with how many registered, were confirmed at the entrance and were counted by organisers,
    side by side."""
    order = [code for code, _label in vocab.choices("headcount_groups")]
    held = {group for (what, group), n in counts.items() if n and what in BY_GROUP}
    codes = [*order, *sorted(held - {*order, SINGLE, ""}), SINGLE, ""]
    return [
        (_group(code), *(_cell(counts.get((what, code)) or None) for what in BY_GROUP))
        for code in codes
        if code in held
    ]


def _group(code: str) -> str:
    if not code:
        return gettext("group not known")
    if code == SINGLE:
        return gettext("registered alone, age not asked")
    return vocab.label("headcount_groups", code)


def cost_lines(costs: Costs) -> list[tuple[str, str]]:
    """The costs, and what a participant cost, by whom that was reckoned."""
    found = [
        (gettext("Planned"), money(costs.planned)),
        (gettext("Paid"), money(costs.actual)),
        (gettext("Difference"), money(costs.difference)),
    ]
    if costs.each is not None:
        said = gettext("%(each)s (%(who)s: %(n)s)")
        name = str(NAMES[costs.basis])
        each = said % {"each": money(costs.each), "who": name, "n": integer(costs.heads)}
        found.append((gettext("Paid per participant"), each))
    return found


def money(cents: int) -> str:
    """An amount of cents in euros; a minus before it where less was paid than planned."""
    return f"−{euro(-cents / 100)}" if cents < 0 else euro(cents / 100)


def _cell(n: int | None) -> str:
    return "–" if n is None else integer(n)


def report(event: Event, at: datetime) -> bytes:
    """The report as a tagged PDF in the language of the page."""
    counts = queries.counts_of(event, at)
    lines = budget.lines_of(event)
    content = {
        "lang": get_language() or "lt",
        "document": f"{gettext('Report')}: {event}",
        "heading": pgettext("event", "Report"),
        "title": str(event),
        "title_lang": getattr(event.title, "lang", "") or get_language() or "lt",
        "facts": facts(event),
        "figures": {
            "heading": gettext("Numbers"),
            "head": [gettext("What"), pgettext("report", "Number"), gettext("How it came about")],
            "rows": [[one.name, one.value, one.evidence] for one in figure_lines(counts)],
            "none": gettext("Nothing was counted."),
        },
        "groups": {
            "heading": gettext("By group"),
            "head": [
                gettext("Group"),
                pgettext("report", "Registered"),
                pgettext("report", "Came, by check-in"),
                pgettext("report", "Came, by the organisers"),
            ],
            "rows": [list(row) for row in group_lines(counts)],
            "none": gettext("Nothing was counted."),
        },
        "costs": {
            "heading": gettext("Costs"),
            "head": [gettext("Category"), gettext("Planned"), gettext("Paid")],
            "rows": [
                [one.label, money(one.sums.planned), money(one.sums.actual)]
                for one in budget.by_category(lines)
            ],
            "none": gettext("No cost was entered."),
        },
        "sums": cost_lines(queries.costs_of(event, counts)),
        "note": gettext("Numbers that came about in different ways are never added."),
        "made": gettext("Made on %(day)s") % {"day": long_date(at.date())},
    }
    source: Any = packaged("sauga.events.planning").joinpath("data", "report.typ")
    return pdf.pdf(source, content, at=at)

"""Activities as pages show them: the map, the list of a municipality, states, the year's report in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext, ngettext, pgettext, pgettext_lazy

from sauga.events.activities.documents import organisation_of, when
from sauga.events.activities.models import Activity, HeadsKind
from sauga.events.activities.queries import activities, figures
from sauga.events.activities.queries.figures import Place, Year
from sauga.events.activities.rules.codes import ICONS, ActivityKind, AgeGroup
from sauga.events.activities.rules.editions import Edition
from sauga.events.states import ActivityState, TextState
from sauga.kernel.i18n import long_date, sort_key
from sauga.kernel.kit.lists import Mark
from sauga.kernel.organisations import municipality_name
from sauga.kernel.organisations.places import county_of, short_municipality_name
from sauga.kernel.organisations.queries.register import kind_labels
from sauga.kernel.organisations.tiles import TILES, shade
from sauga.kernel.ui.formats.csv_files import csv_text

STATES: dict[str, Mark] = {
    ActivityState.UNCONFIRMED: Mark("calm", "", pgettext_lazy("activity", "not confirmed")),
    ActivityState.REGISTERED: Mark("act", "", pgettext_lazy("activity", "registered")),
    ActivityState.HELD: Mark("good", "dot", pgettext_lazy("activity", "reported")),
    ActivityState.NOT_HELD: Mark("calm", "dash", pgettext_lazy("activity", "did not take place")),
    ActivityState.WITHDRAWN: Mark("calm", "dash", pgettext_lazy("activity", "withdrawn")),
    ActivityState.REMOVED: Mark("bad", "diamond", pgettext_lazy("activity", "removed")),
    TextState.WAITING: Mark("wait", "half", pgettext_lazy("activity text", "to be read")),
    TextState.APPROVED: Mark("good", "", pgettext_lazy("activity text", "shown")),
    TextState.DECLINED: Mark("bad", "", pgettext_lazy("activity text", "to be changed")),
}
SHOWN = Mark("good", "dot", pgettext_lazy("activity", "registered and shown on the map"))
ONLY_COUNTED = Mark("calm", "dash", pgettext_lazy("activity text", "only counted"))


@dataclass(frozen=True)
class Tile:
    """One municipality: on the map and in the table."""

    code: str
    name: str
    short: str
    letters: str
    row: int
    column: int
    activities: int
    expected: int
    reported: int

    @property
    def n(self) -> int:
        """The number on the tile."""
        return self.activities

    @property
    def shade(self) -> int:
        """How dark it is, 0 to 4."""
        return shade(self.activities)

    @property
    def text(self) -> str:
        """What the tile says to a screen reader."""
        if not self.activities:
            return gettext("%(place)s: no activities yet") % {"place": self.short}
        counted = ngettext("%(n)s activity", "%(n)s activities", self.activities) % {
            "n": localize(self.activities)
        }
        return f"{self.short}: {counted}"


def tiles(places: Iterable[Place]) -> list[Tile]:
    """Places with their names and where they are on the map, in reading order of the map."""
    made = [
        Tile(
            one.code,
            municipality_name(one.code),
            short_municipality_name(one.code),
            TILES[one.code][2],
            *TILES[one.code][:2],
            one.activities,
            one.expected,
            one.reported,
        )
        for one in places
    ]
    return sorted(made, key=lambda one: (one.row, one.column))


def table(shown: Iterable[Tile]) -> list[Tile]:
    """The same in the alphabet of the page's language."""
    return sorted(shown, key=lambda one: sort_key(one.name))


def table_csv(shown: Iterable[Tile]) -> str:
    """The same as a file."""
    head = [
        gettext("Code"),
        gettext("Municipality"),
        gettext("Activities"),
        gettext("People expected"),
        gettext("People who took part"),
    ]
    rows = [(one.code, one.name, one.activities, one.expected, one.reported) for one in table(shown)]
    return csv_text(head, rows)


def public_line(row: Activity) -> dict[str, Any]:
    """An activity in the list of its municipality."""
    return {
        "title": row.title,
        "description": row.description,
        "language": row.language,
        "icon": ICONS[ActivityKind(row.kind)],
        "kind": row.get_kind_display(),
        "organisation": organisation_of(row),
        "when": when(row),
        "groups": groups_of(row),
        "expected": total(row, HeadsKind.EXPECTED),
        "reported": total(row, HeadsKind.REPORTED) if row.state == ActivityState.HELD else 0,
    }


def groups_of(row: Activity) -> list[str]:
    """The age groups that are expected, or, once reported, that came."""
    kind = HeadsKind.REPORTED if row.state == ActivityState.HELD else HeadsKind.EXPECTED
    held = {one.group for one in row.heads.all() if one.kind == kind}
    return [str(label) for code, label in AgeGroup.choices if code in held]


def total(row: Activity, kind: HeadsKind) -> int:
    """Heads of one kind."""
    return sum(one.n for one in row.heads.all() if one.kind == kind)


def text_mark(row: Activity) -> Mark:
    """Where the approval of its words stands."""
    return STATES[row.text_state] if row.is_public else ONLY_COUNTED


def own_mark(row: Activity) -> Mark:
    """Where it stands, for its organiser: whether everybody sees it, too."""
    return SHOWN if row.state == ActivityState.REGISTERED and row.is_shown else STATES[row.state]


COUNTIES = {
    "LT-AL": pgettext_lazy("county", "Alytus"),
    "LT-KU": pgettext_lazy("county", "Kaunas"),
    "LT-KL": pgettext_lazy("county", "Klaipėda"),
    "LT-MR": pgettext_lazy("county", "Marijampolė"),
    "LT-PN": pgettext_lazy("county", "Panevėžys"),
    "LT-SA": pgettext_lazy("county", "Šiauliai"),
    "LT-TA": pgettext_lazy("county", "Tauragė"),
    "LT-TE": pgettext_lazy("county", "Telšiai"),
    "LT-UT": pgettext_lazy("county", "Utena"),
    "LT-VL": pgettext_lazy("county", "Vilnius"),
}
"""Counties by their ISO 3166-2 codes."""
type Table = tuple[str, list[tuple[str, int]]]


def year_tables(year: Year) -> list[Table]:
    """The numbers of a year as small tables with headings."""
    kinds = kind_labels()
    unknown = gettext("not in the register yet")
    return [
        (gettext("Activities by kind"), _labelled(year.kinds, dict(ActivityKind.choices))),
        (gettext("Activities by county"), _labelled(year.counties, COUNTIES)),
        (
            gettext("Activities by kind of organisation"),
            _labelled(year.organisation_kinds, {**kinds, "": unknown}),
        ),
        (gettext("People expected, by age (estimates)"), _groups(year.expected)),
        (gettext("People who took part, by age (as reported)"), _groups(year.reported)),
    ]


def _labelled(counts: Mapping[str, int], labels: Mapping[str, Any]) -> list[tuple[str, int]]:
    rows = [(str(labels.get(code, code)), n) for code, n in counts.items()]
    return sorted(rows, key=lambda row: (-row[1], sort_key(row[0])))


def _groups(counts: Mapping[str, int]) -> list[tuple[str, int]]:
    return [(str(label), counts[code]) for code, label in AgeGroup.choices if code in counts]


def profile_text(edition: Edition, year: Year, highlights: Sequence[Activity]) -> str:
    """The draft of the country's profile for the European network, in the language of the page."""
    totals, numbers = year.totals, {"year": edition.year, "day": long_date(edition.day)}
    lines = [
        gettext("Safer Internet Day %(year)s in Lithuania (%(day)s)") % numbers,
        "",
        gettext(
            "%(activities)s activities of %(organisations)s organisations in %(municipalities)s of 60 "
            "municipalities were registered."
        )
        % {
            "activities": localize(totals.activities),
            "organisations": localize(totals.organisations),
            "municipalities": totals.municipalities,
        },
        gettext("People expected by the organisers (estimate): %(n)s.") % {"n": localize(totals.expected)},
        gettext("People who took part, as reported for %(held)s activities: %(n)s.")
        % {"held": localize(totals.held), "n": localize(totals.reported)},
    ]
    for heading, rows in year_tables(year):
        if rows:
            lines += ["", f"{heading}:", *(f"– {label}: {localize(n)}" for label, n in rows)]
    if highlights:
        lines += ["", gettext("Highlights:")]
        lines += [f"– {_told(row)}" for row in highlights]
    return "\n".join(lines) + "\n"


def _told(row: Activity) -> str:
    said = f"{row.title} ({organisation_of(row)}, {municipality_name(row.municipality)}, {when(row)})"
    return f"{said}. {row.description}" if row.description else said


def profile_csv(edition: Edition, year: Year) -> str:
    """The same numbers as a file: one line for each."""
    totals = year.totals
    rows: list[list[Any]] = [
        [edition.year, gettext("Activities"), totals.activities],
        [edition.year, gettext("Municipalities with activities"), totals.municipalities],
        [edition.year, gettext("Organisations"), totals.organisations],
        [edition.year, gettext("People expected"), totals.expected],
        [edition.year, gettext("People who took part"), totals.reported],
        [edition.year, gettext("Activities reported"), totals.held],
    ]
    for heading, lines in year_tables(year):
        rows += [[heading, label, n] for label, n in lines]
    return csv_text([gettext("Table"), gettext("Row"), pgettext("report", "Number")], rows)


def read_year(edition: Edition) -> tuple[Year, list[Activity]]:
    """The numbers of a year and what staff chose to tell of it."""
    return figures.year(edition.year, county_of), activities.highlights(edition.year)

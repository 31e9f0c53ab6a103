"""The sheets that organisers bring in: the programme (rooms, speakers, sessions) and registrations that were
collected on paper. Which columns there are, and what a cell may hold.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.kit.imports.cells import CODE, NUMBER, WORD, WORDS, read_word
from sauga.kernel.kit.imports.layout import SHOWN, CellRefused, Column, Kind, Layout

MOST_ROWS = 200
"""Of one file: they are written in one transaction, which holds up others who register."""


class Sheets(StrEnum):
    """What a file is about."""

    PROGRAMME = "programme"
    REGISTRATIONS = "registrations"


TIME = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})[T ](\d{1,2}):(\d{2})(?::00)?")
YES = {"yes": True, "taip": True, "1": True, "no": False, "ne": False, "0": False}


def _read_time(_column: Column, value: Any) -> str:
    """A day and an hour as the clock shows them: 2027-02-09T10:00."""
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0, tzinfo=None).isoformat(timespec="minutes")
    if isinstance(value, date) or not isinstance(value, str):
        raise CellRefused("time", str(value)[:SHOWN])
    found = TIME.fullmatch(value)
    try:
        if found is None:
            raise ValueError
        moment = datetime(*(int(part) for part in found.groups()))  # type: ignore[arg-type]  # five numbers
    except ValueError:
        raise CellRefused("time", value[:SHOWN]) from None
    if not 2000 <= moment.year <= 2100:
        raise CellRefused("time", value[:SHOWN])
    return moment.isoformat(timespec="minutes")


def _read_yes(_column: Column, value: Any) -> bool:
    said = str(value).strip().lower()
    if isinstance(value, float) or said not in {*YES, "true", "false"}:
        raise CellRefused("yes_no", said[:SHOWN])
    return YES.get(said, said == "true")


def _read_address(column: Column, value: Any) -> str:
    said = read_word(column, value)
    if said.count("@") != 1 or " " in said:
        raise CellRefused("email", said[:SHOWN])
    return said


TIME_KIND = Kind(_read_time, _("A day and an hour, as 2027-02-09 10:00."), is_text=True)
YES_NO = Kind(_read_yes, _("yes or no."), is_text=True)
ADDRESS = Kind(_read_address, _("An email address."), is_text=True)

ROOMS = Layout(
    (
        Column("name_lt", WORD, most=80, label=_("Name in Lithuanian"), also=("name", "pavadinimas")),
        Column("name_en", WORD, most=80, label=_("Name in English")),
        Column("seats", NUMBER, most=20_000, label=_("Seats"), also=("vietos",)),
    ),
    titles=("name_lt",),
)
SPEAKERS = Layout(
    (
        Column("name", WORD, most=120, label=pgettext_lazy("speaker", "Name"), also=("vardas",)),
        Column("role_lt", WORD, most=120, label=_("Who they are, in Lithuanian")),
        Column("role_en", WORD, most=120, label=_("Who they are, in English")),
        Column("biography_lt", WORD, most=800, label=_("About the speaker, in Lithuanian")),
        Column("biography_en", WORD, most=800, label=_("About the speaker, in English")),
    ),
    titles=("name",),
)
SESSIONS = Layout(
    (
        Column("title_lt", WORD, most=200, label=_("Title in Lithuanian"), also=("title", "pavadinimas")),
        Column("title_en", WORD, most=200, label=_("Title in English")),
        Column("kind", CODE, vocabulary="session_kinds", label=pgettext_lazy("session", "Kind")),
        Column("starts", TIME_KIND, label=pgettext_lazy("event", "Starts"), also=("pradžia",)),
        Column("ends", TIME_KIND, label=pgettext_lazy("event", "Ends"), also=("pabaiga",)),
        Column(
            "place",
            WORD,
            most=80,
            label=pgettext_lazy("session", "Place"),
            help=_("The name of a room of the venue or of a stream; empty: for everybody."),
        ),
        Column("track", WORD, most=80, label=pgettext_lazy("session", "Track")),
        Column("language", CODE, vocabulary="languages", label=pgettext_lazy("session", "Language")),
        Column("speakers", WORDS, most=120, label=_("Speakers"), help=_("Names, separated by |.")),
        Column("abstract_lt", WORD, most=3000, label=_("Abstract in Lithuanian")),
        Column("abstract_en", WORD, most=3000, label=_("Abstract in English")),
        Column("do_not_record", YES_NO, label=_("Do not record")),
    ),
    titles=("title_lt",),
    required=("starts", "ends"),
)
PROGRAMME: Mapping[str, Layout[Column]] = {"rooms": ROOMS, "speakers": SPEAKERS, "sessions": SESSIONS}
"""The sheets of a programme by their names, in the order in which they are stored."""
QUESTION = "question_"


def registrations(
    tickets: Sequence[str], groups: Sequence[tuple[str, Any]], questions: Sequence[tuple[str, bool]]
) -> Layout[Column]:
    """The columns of registrations for an event with these tickets, groups of a class (code and label), and
    questions (text, and whether it must be answered)."""
    asked = [
        Column(f"{QUESTION}{number}", WORD, most=400, label=text)
        for number, (text, _must) in enumerate(questions, 1)
    ]
    required = ["email"] + (["ticket"] if len(tickets) > 1 else [])
    must = [f"{QUESTION}{number}" for number, (_text, must) in enumerate(questions, 1) if must]
    return Layout(
        (
            Column("name", WORD, most=120, label=_("Name"), also=("vardas",)),
            Column("email", ADDRESS, most=254, label=_("Address"), also=("el. paštas", "address")),
            Column(
                "ticket",
                WORD,
                most=120,
                label=pgettext_lazy("registration", "Ticket"),
                help=_("The name of a ticket of the event: %(names)s.") % {"names": ", ".join(tickets)}
                if tickets
                else "",
            ),
            Column("language", CODE, vocabulary="languages", label=_("Language of the emails")),
            Column("school", WORD, most=160, label=pgettext_lazy("registration", "School")),
            Column("class", WORD, most=40, label=pgettext_lazy("registration", "Class")),
            *(Column(code, NUMBER, most=200, label=label) for code, label in groups),
            Column("guardian", ADDRESS, most=254, label=_("Parent or guardian")),
            Column("needs", WORD, most=600, label=_("Access needs")),
            Column("photo", CODE, vocabulary="photo_consent", label=_("Photographs")),
            *asked,
        ),
        titles=("name",),
        required=(*required, *must),
    )

"""“My data” in words: what services export by name and value, read by people who are no programs.

Names of fields become words, times and days are written out, yes and no are said, and what is empty is left
out. A service says by `Holding.codes` what its codes mean, and by `Holding.reads` how the values of a field
are read; a name that is not here is shown as it is, without underscores. Short rows within a row (the parts
of a course) are one line each, and a code is left out where its title is given.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, pgettext_lazy

from sauga.kernel import i18n
from sauga.kernel.organisations.places import municipality_name

type Text = str | Promise
type Reads = Mapping[str, Callable[[Any], Text]]

DAY = re.compile(r"\d{4}-\d\d-\d\d")
READS: Reads = {
    "municipality": municipality_name,
    "municipalities": municipality_name,
    "minutes": lambda count: i18n.duration(timedelta(minutes=count), exact=True),
    "seconds": lambda count: i18n.duration(timedelta(seconds=count)),
}
"""How values are read that mean the same in every service, by the name of the field."""
CODE_OF = {"activity": "title", "question": "title", "part": "title"}
"""Which code is left out where its title is given, and the field of that title."""
LONGEST_IN_A_ROW = 160
"""Longer texts (work handed in, what a tutor answered) have lines of their own."""

NAMES: Mapping[str, Text] = {
    "abstract": pgettext_lazy("my data", "abstract"),
    "activities": pgettext_lazy("my data", "part"),
    "activity": pgettext_lazy("my data", "code of the part"),
    "agreed_to": pgettext_lazy("my data", "agreed to"),
    "amount": pgettext_lazy("my data", "amount"),
    "answered": pgettext_lazy("my data", "answer"),
    "answers": pgettext_lazy("my data", "answers"),
    "appeals": pgettext_lazy("my data", "request to the tutor"),
    "applications": pgettext_lazy("my data", "application"),
    "applied_at": pgettext_lazy("my data", "applied on"),
    "asked": pgettext_lazy("my data", "what you asked"),
    "asked_at": pgettext_lazy("my data", "asked on"),
    "assessor": pgettext_lazy("my data", "assessor"),
    "assignments": pgettext_lazy("my data", "work handed in"),
    "attended_heads": pgettext_lazy("my data", "how many came"),
    "children_agreed": pgettext_lazy("my data", "agreed for children"),
    "completed_at": pgettext_lazy("my data", "completed on"),
    "contributions": pgettext_lazy("my data", "contribution"),
    "course": pgettext_lazy("my data", "course"),
    "courses": pgettext_lazy("my data", "course"),
    "created_at": pgettext_lazy("my data", "begun on"),
    "credentials": pgettext_lazy("my data", "certificate"),
    "criterion": pgettext_lazy("my data", "criterion"),
    "day": pgettext_lazy("my data", "day"),
    "description": pgettext_lazy("my data", "description"),
    "done": pgettext_lazy("my data", "done"),
    "done_at": pgettext_lazy("my data", "done on"),
    "drafts": pgettext_lazy("my data", "draft"),
    "enrolled_at": pgettext_lazy("my data", "enrolled on"),
    "event": pgettext_lazy("my data", "event"),
    "evidence": pgettext_lazy("my data", "evidence"),
    "external_tools": pgettext_lazy("my data", "external tool"),
    "feedback": pgettext_lazy("my data", "feedback of the tutor"),
    "heads": pgettext_lazy("my data", "people"),
    "host": pgettext_lazy("my data", "host"),
    "hosted": pgettext_lazy("my data", "webinar hosted"),
    "issued": pgettext_lazy("my data", "issued on"),
    "joined_at": pgettext_lazy("my data", "joined on"),
    "kept_by_the_package": pgettext_lazy("my data", "kept by the package"),
    "kind": pgettext_lazy("my data", "kind"),
    "label": pgettext_lazy("my data", "label"),
    "level": pgettext_lazy("my data", "level"),
    "library": pgettext_lazy("my data", "library"),
    "message": pgettext_lazy("my data", "message"),
    "minutes": pgettext_lazy("my data", "time"),
    "municipalities": pgettext_lazy("my data", "municipality"),
    "municipality": pgettext_lazy("my data", "municipality"),
    "name": pgettext_lazy("my data", "name"),
    "number": pgettext_lazy("my data", "number"),
    "organisation_sees_hours": pgettext_lazy("my data", "the organisation sees the hours"),
    "packages": pgettext_lazy("my data", "imported package"),
    "part": pgettext_lazy("my data", "part"),
    "percent": pgettext_lazy("my data", "per cent"),
    "photographs": pgettext_lazy("my data", "photographs"),
    "pictures": pgettext_lazy("my data", "picture"),
    "posted_at": pgettext_lazy("my data", "written on"),
    "printed": pgettext_lazy("my data", "printed on it"),
    "provider": pgettext_lazy("my data", "provider"),
    "reference": pgettext_lazy("my data", "reference"),
    "register": pgettext_lazy("my data", "register"),
    "registered_at": pgettext_lazy("my data", "registered on"),
    "role": pgettext_lazy("my data", "role"),
    "question": pgettext_lazy("my data", "code of the question"),
    "saved_at": pgettext_lazy("my data", "saved on"),
    "school": pgettext_lazy("my data", "school"),
    "seconds": pgettext_lazy("my data", "time"),
    "sessions": pgettext_lazy("my data", "session"),
    "shown": pgettext_lazy("my data", "shown"),
    "starts": pgettext_lazy("my data", "begins"),
    "state": pgettext_lazy("my data", "status"),
    "submitted_at": pgettext_lazy("my data", "submitted on"),
    "teams": pgettext_lazy("my data", "team"),
    "text": pgettext_lazy("my data", "text"),
    "title": pgettext_lazy("my data", "title"),
    "tool": pgettext_lazy("my data", "tool"),
    "tries": pgettext_lazy("my data", "tries"),
    "try": pgettext_lazy("my data", "try"),
    "value": pgettext_lazy("my data", "value"),
    "version": pgettext_lazy("my data", "version"),
    "webinar": pgettext_lazy("my data", "webinar"),
    "when": pgettext_lazy("my data", "when"),
    "workplaces": pgettext_lazy("my data", "workplace"),
    "your_code_there": pgettext_lazy("my data", "your code there"),
}


def in_words(
    held: Any,
    codes: Mapping[str, Text],
    reads: Reads = READS,
    before: str = "",
    field: str = "",
    *,
    is_within: bool = False,
) -> Iterator[tuple[str, str]]:
    """Values of any depth as pairs of name and value; a text in several languages in that of the page."""
    if isinstance(held, dict) and not _is_text(held):
        for name, value in _told(held):
            named = f"{before}{_name(name)} "
            yield from in_words(value, codes, reads, named, name, is_within=is_within)
    elif isinstance(held, list | tuple):
        for number, value in enumerate(held, 1):
            named = f"{before}{number} "
            if is_within and _is_short_row(value):
                yield named.strip(), _row(value, codes, reads)
            else:
                yield from in_words(value, codes, reads, named, field, is_within=True)
    else:
        said = held.get(get_language() or "lt") or next(iter(held.values())) if _is_text(held) else held
        if said not in (None, ""):
            yield before.strip(), _said(said, codes, reads.get(field))


def _name(name: str) -> str:
    return str(NAMES.get(name, name.replace("_", " ")))


def _is_text(held: Any) -> bool:
    """Whether it is one text in the languages of the site."""
    return isinstance(held, dict) and bool(held) and held.keys() <= {"lt", "en"}


def _told(held: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """The fields of a row that are read: all but codes whose titles are given."""
    return ((name, value) for name, value in held.items() if not held.get(CODE_OF.get(name, "")))


def _is_short_row(held: Any) -> bool:
    return isinstance(held, dict) and all(
        (_is_text(value) or not isinstance(value, dict | list | tuple))
        and len(str(value)) <= LONGEST_IN_A_ROW
        for value in held.values()
    )


def _row(held: dict[str, Any], codes: Mapping[str, Text], reads: Reads) -> str:
    """A short row in one line: its title, and the other fields by name."""
    told = [
        said if name in CODE_OF.values() else f"{_name(name)}: {said}"
        for name, value in _told(held)
        for _, said in in_words(value, codes, reads, field=name)
    ]
    return "; ".join(told)


def _said(value: Any, codes: Mapping[str, Text], read: Callable[[Any], Text] | None) -> str:
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if read is not None:
        return str(read(value))
    text = str(value)
    try:
        if DAY.fullmatch(text):
            return date_format(date.fromisoformat(text), "DATE_FORMAT")
        if "T" in text[10:11]:
            return date_format(localtime(datetime.fromisoformat(text)), "DATE_FORMAT")
    except ValueError:
        return text
    return str(codes.get(text, text))

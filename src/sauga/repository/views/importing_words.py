"""What pages, templates and reports say about files of records: each column, each reason to refuse, each state."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.i18n import integer
from sauga.repository.forms.desk import ResourceForm
from sauga.repository.models import ImportRun
from sauga.repository.rules.importing.columns import BY_NAME, NEEDED, TITLES, Column, Kind
from sauga.repository.states import ImportState as M

LABELS: dict[str, Any] = {
    "id": _("Number in the other system"),
    "access_summary_lt": _("Accessibility in words, Lithuanian"),
    "access_summary_en": _("Accessibility in words, English"),
}
SAYS: dict[str, Any] = {
    "id": _("A UUID, or the number that the record has in the system it comes from. By it a later import recognises the record."),
    "slug_lt": _("The last part of the address. Empty: from the title."),
    "slug_en": _("The last part of the address. Empty: from the title."),
    "creators": _("One a line: name in Lithuanian | name in English | web address."),
    "body_lt": _("The text of the page, written as at the desk: # heading, - list, ! 10 task, ? question."),
    "body_en": _("The text of the page, written as at the desk: # heading, - list, ! 10 task, ? question."),
    "review_by": _("The day by which somebody looks at it again, as 2027-09-01."),
    "learning_minutes": _("A whole number of minutes."),
}
KINDS: dict[Kind, Any] = {
    Kind.WORD: _("Plain text."),
    Kind.KEYWORDS: _("Words or phrases, separated by |."),
    Kind.CODE: _("One code."),
    Kind.CODES: _("Codes, separated by |."),
    Kind.NUMBER: _("A whole number."),
}
STATES: dict[M, tuple[str, Any, str]] = {
    M.READING: ("wait", _("being read"), "half"),
    M.UNREADABLE: ("bad", _("cannot be read"), "cross"),
    M.REPORTED: ("wait", _("waits for your decision"), "ring"),
    M.DROPPED: ("calm", _("left"), "dash"),
    M.STORING: ("wait", _("being stored"), "half"),
    M.STORED: ("good", _("brought in"), "tick"),
    M.UNDOING: ("wait", _("being taken back"), "half"),
    M.UNDONE: ("calm", _("taken back"), "dash"),
}
OUTCOMES: dict[str, tuple[str, Any, str]] = {
    "new": ("good", pgettext_lazy("record", "new"), "dot"),
    "changed": ("wait", pgettext_lazy("record", "changed"), "half"),
    "unchanged": ("calm", pgettext_lazy("record", "unchanged"), "dash"),
    "refused": ("bad", pgettext_lazy("record", "refused"), "cross"),
}
TABS: dict[str, Any] = {
    "new": pgettext_lazy("records", "New"),
    "changed": pgettext_lazy("records", "Changed"),
    "unchanged": pgettext_lazy("records", "Unchanged"),
    "refused": pgettext_lazy("records", "Refused"),
}
PROBLEMS: dict[str, Any] = {
    "needed": _("It is empty, and must not be. Write something in."),
    "unknown_code": _("This code is not on the list. Take one from the sheet “codes” of the template."),
    "one_code": _("One code is wanted here, not several."),
    "formula": _("This begins like a formula. Put the value itself in."),
    "error": _("The spreadsheet shows an error here. Mend it, then put the value in."),
    "control": _("It holds a sign that no text has. Copy the words as plain text."),
    "markup": _("Plain text only, no markup."),
    "too_long": _("It is too long. Shorten it."),
    "number": _("A whole number is wanted here."),
    "range": _("The number is too small or too large."),
    "ages": _("The first age lies above the last. Swap them."),
    "excel_date": _("This is a spreadsheet's number for a day. Write the day as 2027-09-01."),
    "date": _("This is no day between 2000 and 2100. Write it as 2027-09-01."),
    "address": _("A web address here begins with https://."),
    "shape": _("The value has another form than this column wants. Look at the template."),
    "cells": _("The row has more cells than the header. Put text with separators into quotes."),
    "slug": _("An address is made of small letters without marks, digits and hyphens."),
    "taken": _("Another resource has this address. Choose another one."),
    "double": _("An earlier row of this file is about the same. Keep one of them, or give each its own id and address."),
    "two": _("The two addresses belong to two different resources. Mend one."),
    "slots": _("The text names a place to fill that the resource does not have. Add it at the desk first."),
    "gone": _("This resource was withdrawn or retired. Take the row out, or bring the resource back at the desk first."),
    "busy": _("This resource is being checked. Wait for the end of the review, then read the file again."),
}
FILES: dict[str, Callable[[dict[str, Any]], str]] = {
    "empty": lambda f: gettext("The file is empty."),
    "no_rows": lambda f: gettext("The file has a header and no records below it."),
    "too_many": lambda f: gettext("The file has more than %(n)s records. Divide it.") % {"n": integer(f["most"])},
    "too_large": lambda f: gettext("The file is larger than %(n)s MB. Divide it.") % {"n": f["most"]},
    "kind": lambda f: gettext("Files of this kind are not taken. Save it as CSV, XLSX or JSON."),
    "belies": lambda f: gettext("The file is not what its name says. Save it again in its own format."),
    "old_office": lambda f: gettext("This is an older or a locked workbook. Save it as .xlsx without a password."),
    "other_office": lambda f: gettext("Save the workbook as .xlsx or CSV."),
    "not_xlsx": lambda f: gettext("This is no workbook. Save it again as .xlsx."),
    "macros": lambda f: gettext("The workbook holds macros. Save it as .xlsx without them."),
    "locked": lambda f: gettext("The workbook is locked with a password. Save it without one."),
    "bomb": lambda f: gettext("The workbook unpacks to far too much. Copy the rows into a new one."),
    "entities": lambda f: gettext("The workbook holds definitions that no spreadsheet writes. Copy the rows into a new one."),
    "damaged": lambda f: gettext("The workbook is damaged. Open it, save it again, and bring it once more."),
    "encoding": lambda f: gettext("The letters of the file are not understood. Save it as “CSV UTF-8”."),
    "header": lambda f: (
        gettext("The first row must name the columns. These are missing: %(missing)s.") % {"missing": ", ".join(f["columns"])}
        + (" " + gettext("These are not known: %(unknown)s.") % {"unknown": ", ".join(f["unknown"])} if f.get("unknown") else "")
    ),
    "doubled": lambda f: gettext("These columns stand there twice: %(names)s. Take one of each out.") % {"names": ", ".join(f["columns"])},
    "quotes": lambda f: gettext("In row %(row)s a quotation mark is not closed, or stands in the middle of a cell. Mend it.") % f,
    "json": lambda f: gettext("This is no JSON: line %(row)s, place %(place)s.") % f,
    "deep": lambda f: gettext("The document is nested far too deep."),
    "key_twice": lambda f: gettext("The key “%(name)s” stands twice in one object. Keep one.") % {"name": f["columns"][0]},
    "no_number": lambda f: gettext("%(name)s is no number in JSON. Leave the value out.") % {"name": f["columns"][0]},
    "huge_number": lambda f: gettext("The document holds a number that is far too long."),
    "format": lambda f: gettext("The format “%(name)s” is not known. “sauga-resources-seed/1” is.") % {"name": f["columns"][0]},
    "no_list": lambda f: gettext("The document must hold a list of records under “resources”."),
    "fault": lambda f: gettext("Something went wrong on our side, and nothing was written. The operators see it in their log. Try again."),
}
WHY: dict[str, Any] = {
    "changed_meanwhile": _("Something here has changed since the report. It was made anew: look at it once more. Nothing was written."),
    "touched": _("Drafts of this import were changed or used since. Nothing was taken back."),
    "fault": _("Something went wrong on our side, and nothing was written. The operators see it in their log. Try again."),
}


def label(name: str) -> str:
    """A column's name in words."""
    held = ResourceForm.base_fields.get(name)
    return str(LABELS.get(name) or (held.label if held else name))


def says(column: Column) -> str:
    """What a column may hold, in a sentence or two."""
    said = [str(SAYS.get(column.name) or KINDS.get(column.kind, ""))]
    if column.name in NEEDED:
        said.append(gettext("Must be given."))
    elif column.name in TITLES:
        said.append(gettext("At least one of the titles must be given."))
    return " ".join(part for part in said if part)


def codes(column: Column) -> list[tuple[str, str]]:
    """The codes that a column may hold, with their words."""
    return vocab.choices(column.vocabulary) if column.vocabulary else []


def problem(found: list[str]) -> dict[str, str]:
    """One thing wrong with a row: its column, its code, what stood there, what to do."""
    name, code, said = found
    return {
        "column": name,
        "label": label(name) if name in BY_NAME else gettext("the row"),
        "code": code,
        "said": gettext("row %(n)s") % {"n": said} if code == "double" else said,
        "words": str(PROBLEMS.get(code.partition(":")[0], PROBLEMS["shape"])),
    }


def file_words(why: str, facts: dict[str, Any]) -> str:
    """Why a file cannot be read, and what to do."""
    return FILES.get(why, FILES["damaged"])(facts)


def notes(run: ImportRun) -> list[str]:
    """What holds for the file as a whole."""
    held, said = run.notes, []
    if run.state == M.UNREADABLE:
        return [file_words(held.get("why", "damaged"), held)]
    if held.get("encoding") == "windows-1257":
        said.append(gettext("The letters were read as Windows-1257 (Baltic). Look whether the titles are right."))
    if held.get("unknown"):
        said.append(gettext("These columns are not known and were left out: %(names)s.") % {"names": ", ".join(held["unknown"])})
    if held.get("sheet"):
        said.append(gettext("Read from the sheet “%(name)s”.") % {"name": held["sheet"]})
    return said


def rows_said(n: int) -> str:
    """A number of records in words."""
    return ngettext("%(n)s record", "%(n)s records", n) % {"n": integer(n)}

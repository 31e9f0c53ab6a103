"""Texts of import pages and reports: each reason to refuse, each state."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.kernel.i18n import integer
from sauga.kernel.kit.imports.models import ImportRun
from sauga.kernel.kit.imports.states import ImportState

STATES: dict[ImportState, tuple[str, Any, str]] = {
    ImportState.READING: ("wait", _("being read"), "half"),
    ImportState.UNREADABLE: ("bad", _("cannot be read"), "cross"),
    ImportState.REPORTED: ("wait", _("waits for your decision"), "ring"),
    ImportState.DROPPED: ("calm", _("discarded"), "dash"),
    ImportState.STORING: ("wait", _("being stored"), "half"),
    ImportState.STORED: ("good", _("imported"), "tick"),
    ImportState.UNDOING: ("wait", _("being undone"), "half"),
    ImportState.UNDONE: ("calm", _("taken back"), "dash"),
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
    "needed": _("It is empty, and must not be. Fill it in."),
    "unknown_code": _("This code is not on the list. Use one from the sheet “codes” of the template."),
    "one_code": _("One code is expected here, not several."),
    "formula": _("This begins like a formula. Enter the value itself."),
    "error": _("The spreadsheet shows an error here. Correct it, then enter the value."),
    "control": _("It contains a character that text cannot have. Copy the words as plain text."),
    "markup": _("Plain text only, no markup."),
    "too_long": _("It is too long. Shorten it."),
    "number": _("A whole number is expected here."),
    "range": _("The number is too small or too large."),
    "ages": _("The first age is higher than the last. Swap them."),
    "excel_date": _("This is a spreadsheet's number for a day. Write the day as 2027-09-01."),
    "date": _("This is no day between 2000 and 2100. Write it as 2027-09-01."),
    "address": _("A web address here begins with https://."),
    "shape": _("The value does not have the format of this column. Look at the template."),
    "cells": _("The row has more cells than the header. Put text with separators into quotes."),
    "double": _(
        "An earlier row of this file is about the same. Keep one of them, or give each its own id "
        "and address."
    ),
}
FILES: dict[str, Callable[[dict[str, Any]], str]] = {
    "empty": lambda f: gettext("The file is empty."),
    "no_rows": lambda f: gettext("The file has a header and no records below it."),
    "too_many": lambda f: (
        gettext("The file has more than %(n)s records. Divide it.") % {"n": integer(f["most"])}
    ),
    "too_large": lambda f: gettext("The file is larger than %(n)s MB. Divide it.") % {"n": f["most"]},
    "kind": lambda f: (
        gettext("Files of this kind are not accepted. Save it in one of these formats: %(formats)s.")
        % {"formats": ", ".join(f["formats"])}
    ),
    "belies": lambda f: gettext("The file is not what its name says. Save it again in its own format."),
    "old_office": lambda f: gettext(
        "This is an older or a locked workbook. Save it as .xlsx without a password."
    ),
    "other_office": lambda f: gettext("Save the workbook as .xlsx or CSV."),
    "not_xlsx": lambda f: gettext("This is no workbook. Save it again as .xlsx."),
    "macros": lambda f: gettext("The workbook contains macros. Save it as .xlsx without them."),
    "locked": lambda f: gettext("The workbook is locked with a password. Save it without one."),
    "bomb": lambda f: gettext("The workbook unpacks to far too much. Copy the rows into a new one."),
    "entities": lambda f: gettext(
        "The workbook contains definitions that no spreadsheet writes. Copy the rows into a new one."
    ),
    "damaged": lambda f: gettext("The workbook is damaged. Open it, save it again, and upload it once more."),
    "encoding": lambda f: gettext("The encoding of the file is not recognised. Save it as “CSV UTF-8”."),
    "header": lambda f: (
        gettext("The first row must name the columns. These are missing: %(missing)s.")
        % {"missing": ", ".join(f["columns"])}
        + (
            " " + gettext("These are not known: %(unknown)s.") % {"unknown": ", ".join(f["unknown"])}
            if f.get("unknown")
            else ""
        )
    ),
    "sheets": lambda f: (
        gettext("No sheet has one of these names: %(names)s. Use the template.")
        % {"names": ", ".join(f["names"])}
    ),
    "doubled": lambda f: (
        gettext("These columns appear twice: %(names)s. Remove one of each.")
        % {"names": ", ".join(f["columns"])}
    ),
    "quotes": lambda f: (
        gettext("In row %(row)s a quotation mark is not closed, or is in the middle of a cell. Correct it.")
        % f
    ),
    "json": lambda f: gettext("This is no JSON: line %(row)s, place %(place)s.") % f,
    "deep": lambda f: gettext("The document is nested far too deep."),
    "key_twice": lambda f: (
        gettext("The key “%(name)s” appears twice in one object. Keep one.") % {"name": f["columns"][0]}
    ),
    "no_number": lambda f: (
        gettext("%(name)s is no number in JSON. Leave the value out.") % {"name": f["columns"][0]}
    ),
    "huge_number": lambda f: gettext("The document contains a number that is far too long."),
    "format": lambda f: (
        gettext("The format “%(name)s” is not known. “%(known)s” is.")
        % {"name": f["columns"][0], "known": f["known"]}
    ),
    "no_list": lambda f: gettext("The document must contain a list of records under “%(name)s”.") % f,
    "fault": lambda f: gettext(
        "Something went wrong on our side, and nothing was written. The operators see it in their "
        "log. Try again."
    ),
}
WHY: dict[str, Any] = {
    "changed_meanwhile": _(
        "Something here has changed since the report. It was made anew: look at it once more. Nothing "
        "was written."
    ),
    "touched": _("Records of this import have been changed or used since. Nothing was undone."),
    "fault": _(
        "Something went wrong on our side, and nothing was written. The operators see it in their "
        "log. Try again."
    ),
}


def file_words(why: str, facts: dict[str, Any]) -> str:
    """Why a file cannot be read, and what to do."""
    return FILES.get(why, FILES["damaged"])(facts)


def notes(run: ImportRun) -> list[str]:
    """What holds for the file as a whole."""
    held, said = run.notes, []
    if run.state == ImportState.UNREADABLE:
        return [file_words(held.get("why", "damaged"), held)]
    if held.get("encoding") == "windows-1257":
        said.append(gettext("The file was read as Windows-1257 (Baltic). Check that the titles are right."))
    if held.get("unknown"):
        said.append(
            gettext("These columns are not known and were left out: %(names)s.")
            % {"names": ", ".join(held["unknown"])}
        )
    if held.get("sheet"):
        said.append(gettext("Read from the sheet “%(name)s”.") % {"name": held["sheet"]})
    return said


def rows_said(n: int) -> str:
    """A number of records in words."""
    return ngettext("%(n)s record", "%(n)s records", n) % {"n": integer(n)}

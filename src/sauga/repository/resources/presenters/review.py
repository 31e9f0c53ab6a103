"""The review page in words: named changes, and the files with their status."""

from collections.abc import Callable, Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries.review import Difference, ReviewedFile, Since, What
from sauga.repository.resources.rules.metadata import CODED, MANY_CODED

NAMES: dict[str, str | Promise] = {
    "title": _("Title"),
    "abstract": _("Summary"),
    "licence_note": _("Note on the licence"),
    "body": _("Text on the page"),
    "type": _("Type of resource"),
    "keywords": _("Keywords"),
    "topics": _("Topics"),
    "audiences": _("For whom"),
    "vulnerable_groups": _("Vulnerable groups"),
    "age_min": _("Learners from age"),
    "age_max": _("Learners to age"),
    "about_age_min": _("About children from age"),
    "about_age_max": _("About children to age"),
    "stages": _("Stages"),
    "languages": _("Languages"),
    "reading_level": _("Reading level"),
    "licence": _("Licence"),
    "attribution": _("Attribution"),
    "creators": _("Authors"),
    "publisher": _("Publisher"),
    "funder": _("Funder"),
    "grant": _("Grant"),
    "review_by": _("Review by"),
    "sensitivity": _("Sensitivity"),
    "help_services": _("Where to get help"),
    "teaches_digcomp": _("DigComp"),
    "teaches_curriculum": _("Curriculum"),
    "learning_minutes": _("Minutes"),
    "accessibility": _("Accessibility"),
    "channels": _("Channels"),
    "is_based_on": _("Made from"),
    "source": _("Source"),
}
SINCE = {
    Since.NEW: ("wait", "diamond", _("new")),
    Since.CHANGED: ("wait", "half", _("changed")),
    Since.SAME: ("calm", "ring", _("unchanged")),
    Since.REMOVED: ("bad", "cross", _("removed")),
}


def changes(found: Iterable[Difference]) -> list[dict[str, Any]]:
    """Each change with its name, its subject, and its pieces or its values before and after."""
    return [_change(one) for one in found]


def _change(one: Difference) -> dict[str, Any]:
    if one.what is What.FILE:
        name = f"{vocab.label('rendition_kinds', one.name)}, {vocab.label('languages', one.language)}"
        about = gettext("file")
        before, after = _file(one.before), _file(one.after)
    elif one.what is What.PART:
        name, about, before, after = one.name, gettext("part"), one.before or "", one.after or ""
    elif one.what is What.FIELD:
        name, about = str(NAMES.get(one.name, one.name)), gettext("description")
        before, after = value(one.name, one.before), value(one.name, one.after)
    else:
        name, about = (
            f"{NAMES[one.name]}, {vocab.label('languages', one.language)}",
            pgettext("change", "text"),
        )
        return {"name": name, "about": about, "pieces": one.pieces}
    return {"name": name, "about": about, "before": before, "after": after}


def value(name: str, held: Any) -> str:
    """A field's value for reading: labels of codes, lists in a line."""
    if not held and held != 0:
        return ""
    if name in CODED:
        return vocab.label(CODED[name], held)
    if name in MANY_CODED:
        return ", ".join(vocab.label(MANY_CODED[name], code) for code in held)
    own: dict[str, Callable[[Any], str]] = {"creators": resources.people, "accessibility": _access}
    if name in own:
        return own[name](held)
    return "; ".join(_plain(one) for one in held.values() if one) if isinstance(held, dict) else _plain(held)


def _access(held: dict[str, Any]) -> str:
    named = {
        "features": "accessibility_features",
        "hazards": "accessibility_hazards",
        "access_modes": "access_modes",
    }
    said = []
    for name, one in held.items():
        listed = named.get(name, "")
        if isinstance(one, list):
            said.append(
                ", ".join(
                    vocab.label(listed, code) if listed and vocab.has_term(listed, code) else str(code)
                    for code in one
                )
            )
        else:
            said.append(_plain(one))
    return "; ".join(text for text in said if text)


def _plain(one: Any) -> str:
    if isinstance(one, list | tuple):
        return ", ".join(_plain(each) for each in one)
    if isinstance(one, dict):
        return ", ".join(_plain(each) for each in one.values() if each)
    return str(one)


def _file(one: dict[str, Any] | None) -> str:
    return f"{one['name']}, {resources.size_text(one['size'])}" if one else ""


def files(row: Resource, found: Iterable[ReviewedFile]) -> list[dict[str, Any]]:
    """The lines of the table of files."""
    return [_line(row, one) for one in found]


def _line(row: Resource, one: ReviewedFile) -> dict[str, Any]:
    tone, shape, said = SINCE[one.since]
    return {
        "name": one.name,
        "href": reverse("repository-review-file", args=[row.ref, one.row.ref]) if one.row is not None else "",
        "kind": vocab.label("rendition_kinds", one.kind),
        "language": vocab.label("languages", one.language),
        "type": resources.type_short(one.row.mime) if one.row is not None else "",
        "size": resources.size_text(one.row.size) if one.row is not None else "",
        "since": {"tone": tone, "shape": shape, "text": said},
        "check": resources.scan_mark(one.row) if one.row is not None else None,
        "opened_at": one.opened_at,
    }

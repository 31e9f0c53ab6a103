"""What a reviewer reads beside the preview: changes since the public version, and which files were opened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet

from sauga.repository.resources.models import FileOpening, Rendition, Resource, ResourceVersion
from sauga.repository.resources.queries.snapshots import files_of, snapshot_of
from sauga.repository.resources.rules import upstream_diff
from sauga.repository.resources.rules.metadata import CONTENT, OWN
from sauga.repository.resources.rules.upstream_diff import Piece, text_of, word_pieces

TEXTS = ("title", "abstract", "licence_note")
APART = {*TEXTS, *OWN, "body", "version", "gate_overrides"}
"""Fields that are not compared as one value: texts word by word, the rest is not content."""


class What(StrEnum):
    """What a change concerns."""

    TEXT = "text"
    FIELD = "field"
    FILE = "file"
    PART = "part"


class Since(StrEnum):
    """A file compared with the files of the last version."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REMOVED = "removed"


@dataclass(frozen=True)
class Difference:
    """One change: the pieces of a text; a field's values before and after; the name of a file or part."""

    what: What
    name: str
    language: str = ""
    pieces: tuple[Piece, ...] = ()
    before: Any = None
    after: Any = None


@dataclass(frozen=True)
class ReviewedFile:
    """A file, its status since the last version, and when this person opened it. `row` is None for a removed
    file.
    """

    name: str
    kind: str
    language: str
    since: Since
    row: Rendition | None = None
    opened_at: datetime | None = None


def last_version(resource: Resource) -> ResourceVersion | None:
    """The current or last public version; for a revision, its original's."""
    owner = resource.revision_of if resource.revision_of_id else resource
    found: ResourceVersion | None = owner.versions.order_by("-number").first() if owner is not None else None
    return found


def differences(resource: Resource) -> list[Difference]:
    """Everything that changed since the last version, texts first; empty where there is none to compare
    with.
    """
    version = last_version(resource)
    if version is None:
        return []
    old, new = version.snapshot, snapshot_of(resource)
    return [*_texts(old, new), *_bodies(old, new), *_fields(old, new), *_files(old, new), *_parts(old, new)]


def reviewed_files(resource: Resource, person_id: int | None) -> list[ReviewedFile]:
    """Its files in reading order; those removed since the last version come last."""
    version = last_version(resource)
    before = list(version.snapshot.get("files", [])) if version is not None else []
    rows = files_of(resource)
    opened = dict(_openings(resource, person_id).values_list("rendition_id", "at"))
    sums, places = {one["sha256"] for one in before}, {_place(one) for one in before}
    found = [
        ReviewedFile(
            row.name,
            row.kind,
            row.language,
            _since(row, sums, places, bool(version)),
            row,
            opened.get(row.pk),
        )
        for row in rows
    ]
    here, now = {row.sha256 for row in rows}, {(row.kind, row.language) for row in rows}
    gone = [one for one in before if one["sha256"] not in here and _place(one) not in now]
    return [*found, *(ReviewedFile(one["name"], one["kind"], one["language"], Since.REMOVED) for one in gone)]


def unopened(resource: Resource, person_id: int | None) -> list[Rendition]:
    """Files that this person has not opened yet; all of them for someone without an account."""
    opened = set(_openings(resource, person_id).values_list("rendition_id", flat=True))
    return [row for row in files_of(resource) if row.pk not in opened]


def _openings(resource: Resource, person_id: int | None) -> QuerySet[FileOpening]:
    found = FileOpening.objects.filter(rendition__resource=resource)
    return found.none() if person_id is None else found.filter(person_id=person_id)


def _place(one: Mapping[str, Any]) -> tuple[str, str]:
    return one["kind"], one["language"]


def _since(row: Rendition, sums: set[str], places: set[tuple[str, str]], has_version: bool) -> Since:
    if row.sha256 in sums:
        return Since.SAME
    return Since.CHANGED if has_version and (row.kind, row.language) in places else Since.NEW


def _texts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Difference]:
    for name in TEXTS:
        before, after = old.get(name) or {}, new.get(name) or {}
        for language in dict.fromkeys([*before, *after]):
            one, other = before.get(language, ""), after.get(language, "")
            if one != other:
                yield Difference(What.TEXT, name, language, tuple(word_pieces(one, other)))


def _bodies(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Difference]:
    """Block by block, as partners see it when an original changes."""
    before, after = old.get("body") or {}, new.get("body") or {}
    for language in dict.fromkeys([*before, *after]):
        base, theirs = before.get(language) or [], after.get(language) or []
        # Every old block stands as its own copy: the rows then tell what the new text makes of it.
        for row in upstream_diff.rows(base, theirs, upstream_diff.with_origin(base)):
            if row.change is not upstream_diff.Change.SAME:
                yield Difference(
                    What.TEXT, "body", language, tuple(word_pieces(text_of(row.base), text_of(row.theirs)))
                )


def _fields(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Difference]:
    for name in CONTENT:
        one, other = old.get(name), new.get(name)
        if name not in APART and (one or None) != (other or None):
            yield Difference(What.FIELD, name, before=_dated(one), after=_dated(other))


def _dated(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _files(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Difference]:
    before, after = list(old.get("files", [])), list(new.get("files", []))
    sums, here = {one["sha256"] for one in before}, {one["sha256"] for one in after}
    came = {_place(one): one for one in after if one["sha256"] not in sums}
    went = {_place(one): one for one in before if one["sha256"] not in here}
    for place in dict.fromkeys([*came, *went]):
        yield Difference(What.FILE, place[0], place[1], before=went.get(place), after=came.get(place))


def _parts(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterable[Difference]:
    before, after = [one["ref"] for one in old.get("parts", [])], [one["ref"] for one in new.get("parts", [])]
    for ref in dict.fromkeys([*after, *before]):
        if (ref in before) != (ref in after):
            yield Difference(
                What.PART, ref, before=ref if ref in before else None, after=ref if ref in after else None
            )

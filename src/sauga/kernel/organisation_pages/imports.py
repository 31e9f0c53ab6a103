"""Import of organisations: what a row means for what is there already, storing all of it, taking it back.

A row is known again by its codes, otherwise by its Lithuanian (or else English) name and its place. What the
file leaves empty stays as it is; a name that differs is added from the day of the import on.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any

from django.db import connection

from sauga.kernel.clock import VILNIUS
from sauga.kernel.kit.imports.layout import Given, Problem
from sauga.kernel.kit.imports.runs import (
    AT_ONCE,
    CHANGED,
    NEW,
    REFUSED,
    UNCHANGED,
    Import,
    OnProgress,
    Verdict,
)
from sauga.kernel.organisation_pages.columns import LAYOUT, SCHEMES
from sauga.kernel.organisation_pages.models import ImportRow, ImportRun
from sauga.kernel.organisation_pages.trail import Trail
from sauga.kernel.organisations import places
from sauga.kernel.organisations.actions import bulk, codes, names, snapshots
from sauga.kernel.organisations.actions.organisations import edit_organisation
from sauga.kernel.organisations.models import Identifier, Organisation, OrganisationKind, OrganisationName
from sauga.kernel.organisations.normalised_names import folded
from sauga.kernel.organisations.rules import Permission
from sauga.kernel.organisations.terms import Purpose
from sauga.kernel.organisations.trail import ZONE
from sauga.kernel.states import Actor

NAMES = {"name_lt": "lt", "name_en": "en"}
FACTS = ("municipality", "country", "website")
PARTS = ("names", "identifiers", "contacts")


class _Judge:
    """Judges rows in order; what earlier rows of the file claim counts as taken."""

    def __init__(self) -> None:
        self.kinds = dict(OrganisationKind.objects.values_list("code", "is_privileged"))
        self.claimed: dict[tuple[Any, ...], int] = {}
        self.by_code: dict[tuple[str, str], Organisation] = {}
        self.by_name: dict[str, list[Organisation]] = {}

    def know(self, rows: Sequence[Given]) -> None:
        """Read what the register has of these rows, in a few queries for all."""
        given = [row.content for row in rows]
        values = [one[column] for one in given for column in SCHEMES if column in one]
        found = Identifier.objects.filter(value__in=values).select_related("organisation")
        keys = {one.organisation_id for one in found}
        named = OrganisationName.objects.filter(folded__in={_folded(one) for one in given})
        keys |= set(named.values_list("organisation", flat=True))
        rows_by_key = {
            row.pk: row for row in Organisation.objects.filter(pk__in=keys).prefetch_related(*PARTS)
        }
        self.by_code = {(one.scheme, one.value): rows_by_key[one.organisation_id] for one in found}
        self.by_name = {}
        for row in rows_by_key.values():
            for name in {folded(one.name, "") for one in row.names.all()}:
                self.by_name.setdefault(name, []).append(row)

    def verdict(self, row: Given) -> Verdict:
        """The verdict on one row."""
        problems = [*row.problems, *self._problems(row.content)]
        if problems:
            return Verdict(row, REFUSED, problems=tuple(problems))
        found, problem = self._found(row.content)
        problem = problem or self._claim(row, found)
        if problem:
            return Verdict(row, REFUSED, problems=(problem,))
        if found is None:
            return Verdict(row, NEW)
        differs = differences(row.content, found)
        return Verdict(
            row,
            CHANGED if differs else UNCHANGED,
            differs=differs,
            fields={"organisation": found},
            known_at=found.changed_at,
        )

    def _problems(self, content: dict[str, Any]) -> Iterator[Problem]:
        for kind in content.get("kind", ()):
            if kind not in self.kinds:
                yield Problem("kind", "unknown_kind", kind[:80])
            elif self.kinds[kind]:
                yield Problem("kind", "privileged", kind)
        if content.get("municipality") and content.get("country", places.HOME) != places.HOME:
            yield Problem("municipality", "abroad", content["municipality"])

    def _found(self, content: dict[str, Any]) -> tuple[Organisation | None, Problem | None]:
        """The organisation that the row is about, if the register has it."""
        coded = {
            column: row
            for column, scheme in SCHEMES.items()
            if (row := self.by_code.get((scheme, content.get(column, "")))) is not None
        }
        if len({row.pk for row in coded.values()}) > 1:
            return None, Problem("code", "two", ", ".join(row.code for row in coded.values()))
        found = next(iter(coded.values()), None) or self._by_name(content)
        if isinstance(found, Problem):
            return None, found
        if found is not None:
            held = {one.scheme: one.value for one in found.identifiers.all()}
            for column, scheme in SCHEMES.items():
                if column in content and held.get(scheme, content[column]) != content[column]:
                    return None, Problem(column, "other_code", f"{held[scheme]} ({found.code})")
        return found, None

    def _by_name(self, content: dict[str, Any]) -> Organisation | Problem | None:
        """By name and place; an organisation that has another code of that register is another one."""
        fits = [
            row
            for row in self.by_name.get(_folded(content), ())
            if row.municipality in {"", content.get("municipality", row.municipality)}
            and not any(
                one.value != content[column]
                for column, scheme in SCHEMES.items()
                for one in row.identifiers.all()
                if one.scheme == scheme and column in content
            )
        ]
        if len(fits) > 1:
            return Problem("name_lt", "several", ", ".join(row.code for row in fits[:5]))
        return fits[0] if fits else None

    def _claim(self, row: Given, found: Organisation | None) -> Problem | None:
        """Remember what the row is about; a second row about the same is refused with the number of the
        first."""
        keys: list[tuple[str, tuple[Any, ...]]] = [
            (column, (column, row.content[column])) for column in SCHEMES if column in row.content
        ]
        if not keys:
            keys = [("name_lt", ("name", _folded(row.content), row.content.get("municipality", "")))]
        if found is not None:
            keys.append(("name_lt", ("organisation", found.pk)))
        for column, key in keys:
            if key in self.claimed:
                return Problem(column, "double", str(self.claimed[key]))
        self.claimed.update({key: row.number for _column, key in keys})
        return None


def judged(rows: Iterable[Given]) -> Iterator[Verdict]:
    """The verdict on each row, in their order."""
    judge = _Judge()
    for some in batched(rows, AT_ONCE):
        judge.know(some)
        yield from map(judge.verdict, some)


def differences(content: dict[str, Any], row: Organisation) -> list[str]:
    """The columns that would change something."""
    differs = [name for name in FACTS if name in content and content[name] != getattr(row, name)]
    if set(content["kind"]) - set(row.kinds):
        differs.append("kind")
    held = {one.scheme for one in row.identifiers.all()}
    differs += [column for column, scheme in SCHEMES.items() if column in content and scheme not in held]
    lasting = {one.language: one for one in row.names.all() if not one.until}
    for column, language in NAMES.items():
        if column in content and (language not in lasting or lasting[language].name != content[column]):
            differs.append(column)
    first = lasting.get(_language(content))
    if "short" in content and (first is None or first.short != content["short"]):
        differs.append("short")
    mailboxes = {one.purpose: one.email for one in row.contacts.all()}
    if content.get("email") and mailboxes.get(Purpose.GENERAL) != content["email"]:
        differs.append("email")
    return differs


def draft_of(content: dict[str, Any]) -> bulk.Draft:
    """A new organisation from a row's columns."""
    return bulk.Draft(
        names={language: content[column] for column, language in NAMES.items() if column in content},
        kinds=tuple(sorted(content["kind"])),
        short=content.get("short", ""),
        country=content.get("country", places.HOME),
        municipality=content.get("municipality", ""),
        website=content.get("website", ""),
        codes=tuple((scheme, content[column]) for column, scheme in SCHEMES.items() if column in content),
        email=content.get("email", ""),
    )


def _store(
    *,
    by: Actor,
    new: Sequence[ImportRow],
    changed: Sequence[ImportRow],
    at: datetime,
    on_progress: OnProgress,
) -> None:
    made = bulk.create_organisations(
        by=by, drafts=[draft_of(row.content) for row in new], at=at, on_progress=on_progress
    )
    _remember(new, made, at)
    for number, row in enumerate(changed, len(new) + 1):
        _change(by, row, at)
        on_progress(number)


def _remember(rows: Sequence[ImportRow], made: Sequence[Organisation], at: datetime) -> None:
    """Which row made which organisation."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE organisation_pages_importrow AS r SET organisation_id = t.made, known_at = %s "
            "FROM unnest(%s::bigint[], %s::bigint[]) AS t(id, made) WHERE r.id = t.id",
            [at, [row.pk for row in rows], [one.pk for one in made]],
        )


def _change(by: Actor, row: ImportRow, at: datetime) -> None:
    target = Organisation.objects.prefetch_related(*PARTS).get(pk=row.organisation_id or 0)
    differs, content = set(row.before["differs"]), row.content
    before = snapshots.snapshot(target)
    if differs & {*FACTS, "kind"}:
        target = edit_organisation(
            by=by,
            organisation=target,
            seen=target.changed_at,
            kinds=sorted({*target.kinds, *content["kind"]}),
            at=at,
            **{name: content.get(name, getattr(target, name)) for name in FACTS},
        )
    for column, scheme in SCHEMES.items():
        if column in differs:
            codes.set_identifier(by=by, organisation=target, scheme=scheme, value=content[column], at=at)
    for column, language in NAMES.items():
        is_first = language == _language(content)
        if column in differs or (is_first and "short" in differs):
            _rename(by, target, language, content, column, is_first=is_first, at=at)
    if "email" in differs:
        codes.set_contact(by=by, organisation=target, purpose=Purpose.GENERAL, email=content["email"], at=at)
    row.known_at = Organisation.objects.values_list("changed_at", flat=True).get(pk=target.pk)
    row.before = {"differs": sorted(differs), "snapshot": before}
    row.save(update_fields=["known_at", "before"])


def _rename(
    by: Actor,
    target: Organisation,
    language: str,
    content: dict[str, Any],
    column: str,
    *,
    is_first: bool,
    at: datetime,
) -> None:
    """A name from the day of the import on; the first one in its language has always been there."""
    lasting = target.names.filter(language=language, until="").order_by("-since", "-pk").first()
    since = at.astimezone(VILNIUS).date().isoformat() if lasting else ""
    short = content.get("short", lasting.short if lasting else "") if is_first else ""
    names.add_name(
        by=by, organisation=target, language=language, name=content[column], short=short, since=since, at=at
    )


def _undo(*, by: Actor, rows: Sequence[ImportRow], at: datetime, on_progress: OnProgress) -> list[str]:
    keys = [row.organisation_id for row in rows if row.organisation_id]
    held = {one.pk: one for one in Organisation.objects.select_for_update().filter(pk__in=keys)}
    ours = [(row, held[row.organisation_id]) for row in rows if row.organisation_id in held]
    used = bulk.referred_to([one.pk for row, one in ours if row.outcome == NEW])
    if touched := [one.code for row, one in ours if one.changed_at != row.known_at or one.pk in used]:
        return touched
    bulk.discard_organisations(by=by, organisations=[one for row, one in ours if row.outcome == NEW], at=at)
    for number, (row, one) in enumerate((pair for pair in ours if pair[0].outcome == CHANGED), 1):
        snapshots.restore(by=by, organisation=one, before=row.before["snapshot"], at=at)
        on_progress(number)
    return []


def _folded(content: dict[str, Any]) -> str:
    return folded(content.get("name_lt") or content.get("name_en", ""), "")


def _language(content: dict[str, Any]) -> str:
    return "lt" if "name_lt" in content else "en"


ORGANISATIONS = Import(
    code="organisations.import",
    layout=LAYOUT,
    runs=ImportRun,
    rows=ImportRow,
    permission=Permission.IMPORT,
    zone=ZONE,
    moved=Trail.MOVED,
    stored=Trail.STORED,
    undone=Trail.UNDONE,
    judge=judged,
    store=_store,
    undo=_undo,
)

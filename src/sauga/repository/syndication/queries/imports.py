"""What a row of an import means for existing resources: new, changed, unchanged or refused."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import batched
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Q

from sauga.kernel.kit.imports.layout import Given, Problem
from sauga.kernel.kit.imports.runs import AT_ONCE, CHANGED, NEW, REFUSED, UNCHANGED, Verdict
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.resources.rules.metadata import MetadataRefused, checked
from sauga.repository.states import EDITABLE, GONE, LIVE, ResourceState
from sauga.repository.syndication.rules.import_columns import BY_NAME, OWN_ADDRESS, addresses, held, laid_in

SOURCE_IDS = UUID("9b1c1f52-7c46-5b0e-9d0e-0d6f3c5b8a11")
"""The space in which identifiers of other systems become ours (UUID version 5)."""


class _Judge:
    """Judges rows in order; what earlier rows of the file claim counts as taken."""

    def __init__(self) -> None:
        self.claimed: dict[tuple[str, Any], int] = {}
        self.by_uuid: dict[UUID, Resource] = {}
        self.by_slug: dict[tuple[str, str], Resource] = {}
        self.revisions: dict[int, Resource] = {}

    def know(self, rows: Sequence[Given]) -> None:
        """Read what exists of these rows, in a few queries for all."""
        wanted = [addresses(row.content) for row in rows]
        uuids = [one for row in rows if (one := uuid_of(row.content))]
        found = Resource.objects.filter(revision_of__isnull=True).filter(
            Q(uuid__in=uuids)
            | Q(slug_lt__in=[one["slug_lt"] for one in wanted])
            | Q(slug_en__in=[one["slug_en"] for one in wanted])
        )
        resources = list(found)
        self.by_uuid = {row.uuid: row for row in resources}
        self.by_slug = {(name, getattr(row, name)): row for row in resources for name in OWN_ADDRESS}
        live = [row.pk for row in resources if row.state in LIVE]
        opened = Resource.objects.filter(revision_of__in=live).exclude(state=ResourceState.ARCHIVED)
        self.revisions = {row.revision_of_id: row for row in opened if row.revision_of_id}

    def verdict(self, row: Given) -> Verdict:
        """The verdict on one row."""
        if row.problems:
            return Verdict(row, REFUSED, problems=row.problems)
        uuid, wanted = uuid_of(row.content), addresses(row.content)
        found = self.by_uuid.get(uuid) if uuid else None
        if found is None:
            found, problem = self._by_address(row, uuid, wanted)
            if problem:
                return Verdict(row, REFUSED, problems=(problem,))
        if problem := self._claim(row, found, uuid, wanted):
            return Verdict(row, REFUSED, problems=(problem,))
        if found is not None:
            return self._change(row, found)
        if problem := _slots_unknown(row, set()):
            return Verdict(row, REFUSED, problems=(problem,))
        return Verdict(row, NEW, fields={"uuid": uuid})

    def _by_address(
        self, row: Given, uuid: UUID | None, wanted: dict[str, str]
    ) -> tuple[Resource | None, Problem | None]:
        """The resource with the row's slug. A row with an identifier of its own must not meet another's
        chosen slug.
        """
        met = {name: self.by_slug.get((name, wanted[name])) for name in OWN_ADDRESS}
        for name, other in met.items():
            if other is not None and uuid and name in row.content:
                return None, Problem(name, "taken", other.ref)
        if uuid:
            return None, None
        found = list({other.pk: other for other in met.values() if other is not None}.values())
        if len(found) > 1:
            return None, Problem("slug_en", "two", ", ".join(other.ref for other in found))
        return (found[0] if found else None), None

    def _claim(
        self, row: Given, found: Resource | None, uuid: UUID | None, wanted: dict[str, str]
    ) -> Problem | None:
        """Remember what the row is about. A second row about the same is refused with the number of the
        first.
        """
        keys: list[tuple[str, tuple[str, Any]]] = [("id", ("uuid", uuid))] if uuid else []
        keys += [(name, (name, wanted[name])) for name in OWN_ADDRESS if name in row.content or not uuid]
        keys += [("id", ("resource", found.pk))] if found is not None else []
        for column, key in keys:
            if key in self.claimed:
                shown = (
                    column
                    if column in row.content
                    else "title_lt"
                    if "title_lt" in row.content
                    else "title_en"
                )
                return Problem(shown, "double", str(self.claimed[key]))
        self.claimed.update({key: row.number for _column, key in keys})
        return None

    def _change(self, row: Given, found: Resource) -> Verdict:
        target = self.revisions.get(found.pk, found)
        if found.state in (*GONE, ResourceState.ARCHIVED):
            return Verdict(row, REFUSED, problems=(Problem("", "gone", found.ref),))
        if target.state not in (*EDITABLE, *LIVE):
            return Verdict(row, REFUSED, problems=(Problem("", "busy", found.ref),))
        if problem := _slots_unknown(
            row, set(target.slots.values_list("code", flat=True)) if _slots_of(row) else set()
        ):
            return Verdict(row, REFUSED, problems=(problem,))
        fields = content_of(target)
        differs = {
            name: value
            for name, value in row.content.items()
            if name != "id"
            and not (name in OWN_ADDRESS and found.state in LIVE)
            and not _same(held(fields, BY_NAME[name]), value)
        }
        for name in set(differs) & set(OWN_ADDRESS):
            other = self.by_slug.get((name, differs[name]))
            if other is not None and other.pk != found.pk:
                return Verdict(row, REFUSED, problems=(Problem(name, "taken", other.ref),))
        try:
            checked(
                {**laid_in(fields, differs), "slot_codes": list(target.slots.values_list("code", flat=True))}
                if differs
                else {}
            )
        except MetadataRefused as refused:
            column = next((name for name in differs if BY_NAME[name].field == refused.field), "")
            return Verdict(row, REFUSED, problems=(Problem(column, refused.why),))
        outcome = CHANGED if differs else UNCHANGED
        return Verdict(
            row,
            outcome,
            differs=differs,
            fields={"uuid": found.uuid, "resource": target},
            known_at=target.modified_at,
        )


def judged(rows: Iterable[Given]) -> Iterator[Verdict]:
    """The verdict on each row, in order; about three queries for five hundred rows."""
    judge = _Judge()
    for some in batched(rows, AT_ONCE):
        judge.know([row for row in some if not row.problems])
        for row in some:
            yield judge.verdict(row)


def uuid_of(content: dict[str, Any]) -> UUID | None:
    """The UUID for a row's own identifier: a UUID as it is, others in a namespace of ours. None without
    one.
    """
    said = content.get("id")
    if not said:
        return None
    try:
        return UUID(str(said))
    except ValueError:
        return uuid5(SOURCE_IDS, str(said))


def _same(before: Any, after: Any) -> bool:
    return bool((before.isoformat() if isinstance(before, date) else before) == after)


def _slots_of(row: Given) -> set[str]:
    bodies = [row.content[name] for name in ("body_lt", "body_en") if name in row.content]
    return {
        str(block.get("slot"))
        for body in bodies
        for block in body
        if isinstance(block, dict) and block.get("kind") == "slot"
    }


def _slots_unknown(row: Given, known: set[str]) -> Problem | None:
    unknown = sorted(_slots_of(row) - known)
    if not unknown:
        return None
    return Problem("body_lt" if "body_lt" in row.content else "body_en", "slots", ", ".join(unknown)[:80])

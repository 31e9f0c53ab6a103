"""Creating and discarding many drafts in the caller's transaction: the checks and audit entries of the single
actions, in a few statements.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from sauga.kernel import audit, live
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.transitions import ZONE
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules.metadata import checked, slug_of
from sauga.repository.trail import Trail

AT_ONCE = 200
type OnProgress = Callable[[int], None]


def _nobody(done: int) -> None:
    """No progress callback."""


class Addresses:
    """Free slugs for many titles: not taken in the database and not given out a moment ago."""

    def __init__(self) -> None:
        self.given: set[tuple[str, str]] = set()

    def know(self, drafts: Sequence[Mapping[str, Any]]) -> None:
        """Read in one query which of the wanted slugs are taken."""
        for language in ("lt", "en"):
            wanted = [slug for draft in drafts if (slug := _wanted(draft, language))]
            taken = Resource.objects.filter(**{f"slug_{language}__in": wanted}).values_list(
                f"slug_{language}", flat=True
            )
            self.given |= {(language, slug) for slug in taken}

    def free(self, draft: Mapping[str, Any], language: str) -> str:
        """The slug a draft asks for, or one made from its title, numbered when taken."""
        wanted = _wanted(draft, language)
        if draft.get(f"slug_{language}"):
            self.given.add((language, wanted))
            return wanted  # a taken one is refused by the database
        found, number = wanted, 1
        while (language, found) in self.given or (
            number > 1 and Resource.objects.filter(**{f"slug_{language}": found}).exists()
        ):
            number += 1
            found = f"{wanted}-{number}"
        self.given.add((language, found))
        return found


def create_resources(
    *,
    by: Actor,
    drafts: Sequence[Mapping[str, Any]],
    uuids: Sequence[UUID | None],
    how: str,
    at: datetime,
    on_progress: OnProgress = _nobody,
) -> list[Resource]:
    """Create drafts in the given order, all or none. Raises MetadataRefused; IntegrityError for a slug or
    identity that is taken.

    Call it inside a transaction. Each draft gets its audit entry; pages that show the list are notified once,
    `on_progress` after every batch with the number done.
    """
    require(by, Permission.EDIT_RESOURCE)
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("many drafts are made inside a transaction only")
    addresses, made = Addresses(), []
    for some in batched(zip(drafts, uuids, strict=True), AT_ONCE):
        addresses.know([draft for draft, _uuid in some])
        resources = [_draft(by, draft, uuid, addresses, at) for draft, uuid in some]
        Resource.objects.bulk_create(resources)
        lines = [(one, {"type": one.type, "how": how}) for one in resources]
        audit.record_all(by, Trail.RESOURCE_CREATED, lines, zone=ZONE, at=at)
        made += resources
        on_progress(len(made))
    if made:
        live.signal("repository.list")
    return made


def discard_resources(
    *, by: Actor, resources: Sequence[Resource], at: datetime, on_progress: OnProgress = _nobody
) -> None:
    """Delete drafts that no others have changed, which the caller has checked. Call it inside a transaction.
    `on_progress` as above.
    """
    require(by, Permission.EDIT_RESOURCE)
    for number, some in enumerate(batched(resources, AT_ONCE)):
        audit.record_all(by, Trail.RESOURCE_DISCARDED, [(one, None) for one in some], zone=ZONE, at=at)
        Resource.objects.filter(pk__in=[one.pk for one in some]).delete()
        on_progress(number * AT_ONCE + len(some))
    live.signal("repository.list")


def _draft(
    by: Actor, draft: Mapping[str, Any], uuid: UUID | None, addresses: Addresses, at: datetime
) -> Resource:
    slugs = {f"slug_{language}": addresses.free(draft, language) for language in ("lt", "en")}
    values = checked({**draft, **slugs})
    return Resource(
        uuid=uuid or uuid4(),
        author_id=getattr(by, "person_id", None),
        created_date=at.astimezone(VILNIUS).date(),
        modified_at=at,
        state_since=at,
        **values,
    )


def _wanted(draft: Mapping[str, Any], language: str) -> str:
    titles = draft.get("title") or {}
    first = next((text for text in titles.values() if text), "")
    return str(draft.get(f"slug_{language}") or slug_of(titles.get(language) or first))

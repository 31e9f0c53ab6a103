"""What every move of a resource has in common: locked, moved, its day noted, written down, and told to the pages that show it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.repository.resources.actions import search_index
from sauga.repository.resources.models import Remark, Resource
from sauga.repository.states import GONE, LIVE, ResourceState
from sauga.repository.trail import Trail

ZONE = sealed.Zone.AWARENESS
SEEN = (*LIVE, *GONE, ResourceState.ARCHIVED, ResourceState.DRAFT)
"""Moves that change what a visitor may find."""


class OwnWork(ActionRefused):
    """The author may not judge the own work; another person must."""

    message = _("Nobody reviews their own work. Another person must look at it.")


class GateShut(ActionRefused):
    """A check of the publish gate does not pass; `failing` names them all."""

    message = _("These checks do not pass: %(checks)s.")

    def __init__(self, failing: list[str]) -> None:
        super().__init__(", ".join(failing), checks=lambda: ", ".join(vocab.label("gate_checks", code) for code in failing))
        self.failing = failing


def shift(resource: Resource, to: ResourceState, *, by: Actor, at: datetime, why: str = "", facts: Mapping[str, Any] | None = None) -> None:
    """Move a locked resource, keep since when, write the trail line and signal. Raises MoveNotAllowed."""
    move(resource, to=to, by=by, at=at, why=why)
    resource.state_since = at
    resource.save(update_fields=["state_since"])
    if to in SEEN:
        search_index.settle_resource(resource)
    audit.record(by, Trail.RESOURCE_MOVED, resource, zone=ZONE, at=at, facts={"to": str(to)})
    tell(resource)


def tell(resource: Resource) -> None:
    """Pages that show the resource, or the list it stands in, have something new."""
    live.signal("repository.list")
    live.signal(f"repository.resource.{resource.ref}")


def remark(resource: Resource, *, by: Actor, kind: str, text: str, at: datetime) -> Remark:
    """Keep what was said. Raises TextMissing."""
    if not text.strip():
        raise TextMissing
    return Remark.objects.create(resource=resource, kind=kind, text=text.strip()[:4000], by_id=getattr(by, "person_id", None), at=at)


def locked(resource: Resource) -> Resource:
    """The row read fresh and locked; call it inside a transaction."""
    return lock(resource)


def refuse_own(resource: Resource, by: Actor) -> None:
    """Raises OwnWork when the person made the resource."""
    if resource.author_id is not None and resource.author_id == getattr(by, "person_id", None):
        raise OwnWork

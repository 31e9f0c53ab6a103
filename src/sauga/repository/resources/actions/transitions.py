"""What every transition of a resource has in common: lock, move, date, audit entry, and a signal to the pages
that show it.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, sealed, vocab
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.states import Actor, lock, move
from sauga.repository.effects import publication_objections
from sauga.repository.resources.actions import search_index
from sauga.repository.resources.models import Remark, Resource
from sauga.repository.states import GONE, LIVE, ResourceState
from sauga.repository.trail import Trail

ZONE = sealed.Zone.AWARENESS
SEEN = (*LIVE, *GONE, ResourceState.ARCHIVED, ResourceState.DRAFT)
"""Transitions that change what a visitor can find."""


class OwnWork(ActionRefused):
    """The author may not review their own work; another person must."""

    message = _("You cannot review your own work. Another person must do it.")


class GateBlocked(ActionRefused):
    """Checks of the publish gate do not pass; `failing` names them."""

    message = _("These checks do not pass: %(checks)s.")

    def __init__(self, failing: list[str]) -> None:
        super().__init__(
            ", ".join(failing), checks=lambda: ", ".join(vocab.label("gate_checks", code) for code in failing)
        )
        self.failing = failing


class PublicationObjected(ActionRefused):
    """The service that handed it on objects, such as an event whose speaker has withdrawn a consent."""

    message = _("It must not be published: %(reason)s")


def transition(
    resource: Resource,
    to: ResourceState,
    *,
    by: Actor,
    at: datetime,
    why: str = "",
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Move a locked resource, note the date, write the audit entry and signal. Raises MoveNotAllowed."""
    move(resource, to=to, by=by, at=at, why=why)
    resource.state_since = at
    resource.save(update_fields=["state_since"])
    if to in SEEN:
        search_index.index_resource(resource)
    audit.record(by, Trail.RESOURCE_MOVED, resource, zone=ZONE, at=at, facts={"to": str(to)})
    signal_change(resource)


def signal_change(resource: Resource) -> None:
    """Signal to the pages that show the resource or its list."""
    live.signal("repository.list")
    live.signal(f"repository.resource.{resource.ref}")


def remark(resource: Resource, *, by: Actor, kind: str, text: str, at: datetime) -> Remark:
    """Keep a comment. Raises TextMissing."""
    if not text.strip():
        raise TextMissing
    return Remark.objects.create(
        resource=resource, kind=kind, text=text.strip()[:4000], by_id=getattr(by, "person_id", None), at=at
    )


def locked(resource: Resource) -> Resource:
    """The row, read anew and locked; call it inside a transaction."""
    return lock(resource)


def refuse_objected(resource: Resource, at: datetime) -> None:
    """Raises PublicationObjected while the service that handed the resource on objects; a revision counts as
    its original.
    """
    if why := publication_objections.of(resource.revision_of or resource, at):
        raise PublicationObjected(reason=" ".join(why))


def refuse_own(resource: Resource, by: Actor) -> None:
    """Raises OwnWork when the actor is the author."""
    if resource.author_id is not None and resource.author_id == getattr(by, "person_id", None):
        raise OwnWork

"""How an action in Wagtail is recorded in the audit log: which action, on what kind of object, which one. No
titles or texts.
"""

from typing import Any

from sauga.kernel import audit
from sauga.kernel.states import Actor, SystemActor
from sauga.portal.trail import Trail

ZONE = "awareness"
TOOL = SystemActor("cms")


class Known:
    """A person by their audit name alone; enough of an actor for an audit entry."""

    def __init__(self, pseudonym: str) -> None:
        self.pseudonym = pseudonym


def actor_for(person: Any) -> Actor:
    """The actor: the signed-in person, or Wagtail itself for jobs."""
    return Known(person.pseudonym) if person is not None else TOOL


def write_down(entry: Any) -> None:
    """Write one line of Wagtail's history into the audit log. Called inside the action's transaction."""
    kind = entry.content_type.model if entry.content_type else ""
    key = getattr(entry, "page_id", None) or getattr(entry, "object_id", "")
    facts = {"act": str(entry.action)[:64], "kind": kind[:64], "object": str(key)[:64]}
    audit.record(actor_for(entry.user), Trail.CMS_ACT, None, zone=ZONE, at=entry.timestamp, facts=facts)

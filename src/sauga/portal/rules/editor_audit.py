"""How an act in the editors' tool stands in the trail: which act, on what kind of thing, which one. Titles and texts stay out."""

from typing import Any

from sauga.kernel import audit
from sauga.kernel.states import Actor, SystemActor
from sauga.portal.trail import Trail

ZONE = "awareness"
TOOL = SystemActor("cms")


class Known:
    """A person by the trail's name alone; enough of an actor to be written down."""

    def __init__(self, pseudonym: str) -> None:
        self.pseudonym = pseudonym


def actor_of(entry: Any) -> Actor:
    """Who did it: the signed-in person, or the tool itself for jobs."""
    person = entry.user
    return Known(person.pseudonym) if person is not None else TOOL


def write_down(entry: Any) -> None:
    """Write one line of the tool's history into the trail. Called inside the act's transaction."""
    kind = entry.content_type.model if entry.content_type else ""
    key = getattr(entry, "page_id", None) or getattr(entry, "object_id", "")
    facts = {"act": str(entry.action)[:64], "kind": kind[:64], "object": str(key)[:64]}
    audit.record(actor_of(entry), Trail.CMS_ACT, None, zone=ZONE, at=entry.timestamp, facts=facts)

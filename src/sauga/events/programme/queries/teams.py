"""At which event the person may do something, as rules that `require` and `allowed` ask."""

from collections.abc import Mapping
from typing import Any

from sauga.events.permissions import FOR_ALL, Permission
from sauga.events.programme.models import Event
from sauga.kernel.identity import PersonActor
from sauga.kernel.permissions import Rule


def at_event(permission: Permission) -> Rule:
    """Whether a person may do this at an event, or with something that belongs to one: a session, a
    registration. What belongs to no event, such as a venue, is for everybody who holds the permission."""

    def rule(by: PersonActor, thing: Any) -> bool:
        event = thing if isinstance(thing, Event) else getattr(thing, "event", None)
        if event is None or by.can(Permission.ALL_EVENTS):
            return True
        return Event.objects.visible_to(by, permission).filter(pk=event.pk).exists()

    return rule


RULES: Mapping[Permission, Rule] = {
    permission: at_event(permission) for permission in Permission if permission not in FOR_ALL
}

"""People of the desk: who they are, what their roles allow, how they sign in, and how their vault is unlocked."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sauga.kernel.identity.actions.people import create_organisation, create_person, open_zone, start_membership
    from sauga.kernel.identity.actors import NobodySignedIn, PersonActor, actor, actor_or_none, person_actor
    from sauga.kernel.identity.gate import before_second, needs, open_to_all, safe_path
    from sauga.kernel.identity.permissions import PermissionRefused, allowed, require
    from sauga.kernel.identity.queries import NotFound, begun_at, names_of
    from sauga.kernel.identity.sudo import sudo_required

_WHERE = {
    "NobodySignedIn": "actors",
    "NotFound": "queries",
    "PermissionRefused": "permissions",
    "PersonActor": "actors",
    "actor": "actors",
    "begun_at": "queries",
    "actor_or_none": "actors",
    "allowed": "permissions",
    "before_second": "gate",
    "create_organisation": "actions.people",
    "create_person": "actions.people",
    "names_of": "queries",
    "needs": "gate",
    "open_to_all": "gate",
    "open_zone": "actions.people",
    "person_actor": "actors",
    "require": "permissions",
    "safe_path": "gate",
    "start_membership": "actions.people",
    "sudo_required": "sudo",
}
__all__ = [
    "NobodySignedIn",
    "NotFound",
    "PermissionRefused",
    "PersonActor",
    "actor",
    "actor_or_none",
    "allowed",
    "before_second",
    "begun_at",
    "create_organisation",
    "create_person",
    "names_of",
    "needs",
    "open_to_all",
    "open_zone",
    "person_actor",
    "require",
    "safe_path",
    "start_membership",
    "sudo_required",
]


def __getattr__(name: str) -> Any:
    """Models may be imported only once all apps are ready, so the interface is looked up at first use."""
    if name in _WHERE:
        return getattr(import_module(f"{__name__}.{_WHERE[name]}"), name)
    raise AttributeError(name)

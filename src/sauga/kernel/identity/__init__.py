"""Staff: who they are, what their roles allow, how they sign in, and how their vault is unlocked."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.identity.actions.operators import name_operator
    from sauga.kernel.identity.actions.people import create_person, open_zone, start_membership
    from sauga.kernel.identity.actors import NobodySignedIn, PersonActor, actor, actor_or_none, person_actor
    from sauga.kernel.identity.desk_access.access import before_second, needs, open_to_all, safe_path
    from sauga.kernel.identity.desk_access.sudo import sudo_required
    from sauga.kernel.identity.queries import NotFound, begun_at, names_of
    from sauga.kernel.permissions import PermissionRefused, allowed, require, service_title

_WHERE = {
    "NobodySignedIn": "actors",
    "NotFound": "queries",
    "PermissionRefused": "sauga.kernel.permissions",
    "PersonActor": "actors",
    "actor": "actors",
    "begun_at": "queries",
    "actor_or_none": "actors",
    "allowed": "sauga.kernel.permissions",
    "before_second": "desk_access.access",
    "create_person": "actions.people",
    "name_operator": "actions.operators",
    "names_of": "queries",
    "needs": "desk_access.access",
    "open_to_all": "desk_access.access",
    "open_zone": "actions.people",
    "person_actor": "actors",
    "require": "sauga.kernel.permissions",
    "safe_path": "desk_access.access",
    "service_title": "sauga.kernel.permissions",
    "start_membership": "actions.people",
    "sudo_required": "desk_access.sudo",
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
    "create_person",
    "name_operator",
    "names_of",
    "needs",
    "open_to_all",
    "open_zone",
    "person_actor",
    "require",
    "safe_path",
    "service_title",
    "start_membership",
    "sudo_required",
]
__getattr__ = lazy_getattr(__name__, _WHERE)

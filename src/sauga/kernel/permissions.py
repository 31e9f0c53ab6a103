"""Permissions. Services register theirs here; every action calls `require` before it writes."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any, Protocol, runtime_checkable

from django.core.exceptions import PermissionDenied

from sauga.kernel.states import Actor, SystemActor

type Rule = Callable[[Any, Any], bool]


class PermissionRefused(PermissionDenied):
    """The actor may not do this; nothing was written. Names the permission, never the object."""

    def __init__(self, permission: str) -> None:
        super().__init__(f"not allowed: {permission}")
        self.permission = permission


@runtime_checkable
class Holder(Protocol):
    """An actor that knows its own permissions."""

    def can(self, permission: str) -> bool:
        """Whether the permission is held."""


@dataclass(frozen=True)
class Registered:
    """One permission as a service declared it.

    `everywhere`: it counts in whatever organisation the role is held; otherwise only in the one that operates
    the service. `two_people`: it is part of an act that two people must agree on, so a role that holds it is
    granted by two people.
    """

    service: str
    code: str
    roles: frozenset[str]
    everywhere: bool = False
    two_people: bool = False


@dataclass
class Registry:
    """Everything the services declared when the program started."""

    permissions: dict[str, Registered] = field(default_factory=dict)
    wording: dict[str, Any] = field(default_factory=dict)
    labels: dict[str, dict[str, str]] = field(default_factory=dict)
    rules: dict[str, Rule] = field(default_factory=dict)
    system: dict[str, set[str]] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    titles: dict[str, Any] = field(default_factory=dict)


REGISTRY = Registry()


def register(
    service: str,
    permissions: type[StrEnum],
    default_roles: Mapping[str, Collection[StrEnum]],
    *,
    rules: Mapping[Any, Rule] | None = None,
    labels: Mapping[str, Mapping[str, str]] | None = None,
    everywhere: Collection[StrEnum] = (),
    two_people: Collection[StrEnum] = (),
    zones: Collection[str] = (),
    title: Any = "",
    wording: Mapping[Any, Any] | None = None,
) -> None:
    """Declare a service's permissions, the roles that hold them at first, rules about objects and names of
    new roles by language.

    Permissions count only for members of the organisation that operates the service, except those in
    `everywhere`: what partners do with their own things, and oversight that reads no content. Roles that hold
    one of `two_people` are granted by two people. `zones` are the vaults of this service, open only to
    members of its operator. `title` is its name for people, `wording` says what each
    permission lets people do.

    Values begin with the service's label and a dot. Called once from the service's `apps.py`; saying the same
    again changes nothing. Raises ValueError for a value of another shape and for a default role that is given
    a permission of another service.
    """
    own = {str(p) for p in permissions}
    if wrong := sorted(code for code in own if not code.startswith(f"{service}.")):
        raise ValueError(f"permission {wrong[0]} must begin with {service}.")
    if foreign := sorted({str(p) for held in default_roles.values() for p in held} - own):
        raise ValueError(f"{foreign[0]} is not a permission of {service}")
    for code in permissions:
        roles = frozenset(role for role, held in default_roles.items() if code in held)
        REGISTRY.permissions[str(code)] = Registered(
            service, str(code), roles, code in everywhere, code in two_people
        )
    for code, rule in (rules or {}).items():
        REGISTRY.rules[str(code)] = rule
    REGISTRY.wording.update({str(code): words for code, words in (wording or {}).items()})
    REGISTRY.zones.update({str(zone): service for zone in zones})
    if title:
        REGISTRY.titles[service] = title
    for role, names in (labels or {}).items():
        REGISTRY.labels[role] = dict(names)


def add_to_role(role: str, permissions: Collection[StrEnum]) -> None:
    """Let a role hold permissions of another package at first, such as the kernel's.

    Raises ValueError for a permission that is not registered.
    """
    for code in map(str, permissions):
        held = REGISTRY.permissions.get(code)
        if held is None:
            raise ValueError(f"{code} is registered by nobody")
        REGISTRY.permissions[code] = replace(held, roles=held.roles | {role})


def service_title(service: str) -> str:
    """The name of a service in the page's language; its code where it has none."""
    return str(REGISTRY.titles.get(service) or service)


def permission_words(code: str) -> str:
    """What a permission lets people do, in the page's language; empty where its service does not say."""
    return str(REGISTRY.wording.get(code, ""))


def register_system(name: str, permissions: Collection[StrEnum]) -> None:
    """Say what `SystemActor(name)` may do. A system actor that is not registered may do nothing."""
    REGISTRY.system.setdefault(name, set()).update(str(p) for p in permissions)


def allowed(by: Actor, permission: StrEnum | str, obj: Any = None) -> bool:
    """Whether `by` holds the permission and, for a person, the permission's rule says yes to `obj`."""
    code = str(permission)
    if isinstance(by, SystemActor):
        return code in REGISTRY.system.get(by.name, set())
    if not isinstance(by, Holder) or not by.can(code):
        return False
    rule = REGISTRY.rules.get(code)
    return rule is None or obj is None or rule(by, obj)


def require(by: Actor, permission: StrEnum, obj: Any = None) -> None:
    """Pass in silence or raise PermissionRefused. The first line of every action."""
    if not allowed(by, permission, obj):
        raise PermissionRefused(str(permission))

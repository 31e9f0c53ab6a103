"""Rows of the access table that need not be written: what follows from a declaration.

A page made by the service kit and guarded by `needs` is seen by the roles that hold the permission, and by
nobody else. A public page without arguments is everybody's. Pages of one object are asked about an object
that does not exist: whoever is signed in gets 404; who may see which object is the subject of the service's
own tests. Everything else, and every exception, has a row in the table.
"""

from collections.abc import Iterator
from typing import Any

from access.matrix import PUBLIC, SIGN_IN, Row
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import translation

from sauga.kernel.identity.desk_access.access import NEEDED
from sauga.kernel.kit.actions import KIT_PAGE
from sauga.kernel.permissions import REGISTRY

DESK, SITE = "desk/", "en/"
ABSENT = {"int": "0", "str": "0000-0000", "slug": "nothing"}
"""What fills an address of something that does not exist, by the name of the converter."""


def derived() -> dict[str, Row]:
    """The rows that follow from declarations, by the name of the address."""
    with translation.override("en"):
        patterns = list(_patterns(get_resolver().url_patterns))
    made = (_row(pattern, place, arguments) for pattern, place, arguments in patterns if pattern.name)
    return {row.name: row for row in made if row is not None}


def _row(pattern: URLPattern, place: str, arguments: tuple[str, ...]) -> Row | None:
    name, needed = str(pattern.name), getattr(pattern.callback, NEEDED, None)
    if place.startswith(DESK) and needed is not None and getattr(pattern.callback, KIT_PAGE, False):
        roles = {} if arguments else dict.fromkeys(REGISTRY.permissions[str(needed)].roles, 200)
        return Row(name, SIGN_IN, 404, arguments, "GET", roles)
    if place.startswith(SITE) and not arguments and "(" not in place:
        return Row(name, PUBLIC, 200)
    return None


def _patterns(
    found: list[Any], place: str = "", arguments: tuple[str, ...] = ()
) -> Iterator[tuple[URLPattern, str, tuple[str, ...]]]:
    """Every address, where it stands, and arguments that lead to nothing."""
    for one in found:
        here = place + str(one.pattern)
        kinds = (
            type(converter).__name__.removesuffix("Converter")
            for converter in getattr(one.pattern, "converters", {}).values()
        )
        given = (
            *arguments,
            *(ABSENT.get({"String": "str"}.get(kind, kind.lower()), "nothing") for kind in kinds),
        )
        if isinstance(one, URLResolver):
            yield from _patterns(one.url_patterns, here, given)
        else:
            yield one, here, given

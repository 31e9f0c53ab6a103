"""The services there are, and which of them builds on which.

`env` asks here, so that a combination is refused before anything starts.
"""

from collections.abc import Collection
from pathlib import Path

FIRST = ("portal", "repository", "helpline", "hotline", "statistics")
"""The order in which services are installed, where it matters; the others follow by name."""
FOUND = sorted(declared.parent.name for declared in Path(__file__).resolve().parents[2].glob("*/service.py"))
SERVICES = (*FIRST, *(name for name in FOUND if name not in FIRST))
"""Every service: each folder of the product with a `service.py`."""
REQUIRES: dict[str, tuple[str, ...]] = {
    "portal": ("repository", "events"),
    "events": ("repository",),
    "selfcheck": ("repository",),
    "training": ("repository", "events"),
    "certification": ("repository", "events", "training", "selfcheck"),
    "newsletter": ("portal",),
}
"""What a service imports, and what its tables refer to.

Services that are not named here need none (architecture contracts).
"""


class ServicesRefused(Exception):
    """These services cannot run together; the text says what to write instead."""


def combination(named: Collection[str]) -> tuple[str, ...]:
    """The named services in their order. Raises ServicesRefused."""
    if not named:
        raise ServicesRefused(f"names no service; write one or more of: {', '.join(SERVICES)}.")
    for name in named:
        if name not in SERVICES:
            raise ServicesRefused(
                f"names “{name}”, which is no service; write one or more of: {', '.join(SERVICES)}."
            )
    for name in SERVICES:
        missing = [other for other in _needed_by(name) if other not in named] if name in named else []
        if missing:
            needed = {other for one in named for other in _needed_by(one)}
            whole = ",".join(one for one in SERVICES if one in {*named, *needed})
            raise ServicesRefused(
                f"has {name} without {' and '.join(missing)}, which it builds on; write {whole}, or "
                f"leave {name} out."
            )
    return tuple(one for one in SERVICES if one in named)


def _needed_by(name: str) -> tuple[str, ...]:
    """What a service needs, and what those need."""
    direct = REQUIRES.get(name, ())
    return tuple(dict.fromkeys([*direct, *(more for one in direct for more in _needed_by(one))]))

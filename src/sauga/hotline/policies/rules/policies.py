"""What the codes and numbers of an edited policy mean, beyond the shape that `kernel.kit.editors` compares.

Pure.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.hotline.assessment.rules.routing import VOCABULARIES, Facts
from sauga.hotline.monitoring.rules.cadence import read_cadence
from sauga.kernel.kit.editors import shape
from sauga.kernel.kit.editors.shape import Fault, at

STATUSES = ("provisional", "confirmed")
# Which vocabulary the codes under a key of a policy belong to.
LISTS = {
    **VOCABULARIES,
    "routes": "rrt.route",
    "basis": "notice.legal_basis",
    "automatic_approval": "notice.legal_basis",
}
CONDITIONS = frozenset(f"{one.name}{ending}" for one in fields(Facts) for ending in ("", "_not"))
# The program itself knows these: another canonical key would be another identity for every known place, and
# comes with a release.
FIXED = frozenset({"policy.canonical_url"})
MAY_BE_ZERO = frozenset({"after_hours", "requests_per_minute_per_provider", "max_redirects"})
LADDER_COUNTRIES = ("any", "LT", "abroad")
CEILINGS = {"policy.politeness max_text_bytes": 262_144, "policy.politeness max_redirects": 5}
HOLD = _("“%(at)s” stays empty: no night, weekend or holiday holds a notice back.")
ORDER = _(
    "“%(at)s”: times ascend from line to line; the last entry of “then”, and only it, has no end (null)."
)


def faults(
    name: str, shipped: Mapping[str, Any], value: Mapping[str, Any], codes: Mapping[str, Collection[str]]
) -> list[Fault]:
    """Everything to mend in a policy before it can be written; empty when it fits.

    `shipped` is the policy as it came with the program; `codes` are the codes known in each vocabulary of
    LISTS.
    """
    return shape.faults(shipped, value, MAY_BE_ZERO) or list(_meaning(name, value, codes))


def _meaning(policy: str, value: Mapping[str, Any], codes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """What a shape cannot express: codes that exist, conditions that can hold, distinct ids, and that no
    calendar holds a notice back."""
    if value.get("calendar_holds"):
        yield Fault("calendar_holds", "own", message=HOLD)
    if policy == "policy.cadence" and not _ascends(value):
        yield Fault("first_checks_minutes, then, watch_days", "own", message=ORDER)
    steps = [step["code"] for step in value.get("steps", ())]
    for path, name, inner in _walk(value, ""):
        if name == "status" and inner not in STATUSES:
            yield Fault(path, "code", ", ".join(STATUSES))
        elif name == "when":
            unknown = sorted(inner.keys() - CONDITIONS)
            yield from (Fault(at(path, one), "unknown", ", ".join(sorted(CONDITIONS))) for one in unknown)
        elif name == "do" and inner not in steps:
            yield Fault(path, "code", ", ".join(steps))
        elif (policy, name) == ("policy.escalation", "country") and inner not in LADDER_COUNTRIES:
            yield Fault(path, "code", ", ".join(LADDER_COUNTRIES))
        elif (policy, name) == ("policy.counted_route", "order"):
            yield from _codes(path, inner, codes["rrt.route"])
        elif name.removesuffix("_not") in LISTS:
            yield from _codes(path, inner, codes[LISTS[name.removesuffix("_not")]])
        elif (ceiling := CEILINGS.get(f"{policy} {path}")) is not None and inner > ceiling:
            yield Fault(path, "too_high", str(ceiling))
        if isinstance(inner, list):
            yield from _same_ids(path, inner)


def _ascends(cadence: Mapping[str, Any]) -> bool:
    """Whether the monitor could follow this cadence; one it cannot read would stop every check."""
    try:
        read_cadence(cadence, {"jitter_percent": 0, "requests_per_minute_per_host": 1}, {"minutes_apart": 1})
    except ValueError:
        return False
    return True


def _walk(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield at(path, name), name, inner
            yield from _walk(inner, at(path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _walk(inner, f"{path}[{number}]")


def _codes(path: str, given: Any, known: Collection[str]) -> Iterator[Fault]:
    wanted = [given] if isinstance(given, str) else given
    if any(one not in known for one in wanted):
        yield Fault(path, "code", ", ".join(known))


def _same_ids(path: str, items: list[Any]) -> Iterator[Fault]:
    ids = [str(item["id"]) for item in items if isinstance(item, Mapping) and "id" in item]
    yield from (Fault(path, "same_id", one) for one in dict.fromkeys(ids) if ids.count(one) > 1)

"""Whether an edited policy still has the shape that the program reads: that of the policy as shipped, and what its codes and numbers mean.

Every fault is reported at once with its place, so that nobody mends one to meet the next.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from math import isfinite
from string import Formatter
from typing import Any

from sauga.hotline.rules.cadence import read_cadence
from sauga.hotline.rules.routing import Facts

LONGEST = 200_000  # characters of a policy as text
HIGHEST = 10_000_000
DAYS = frozenset({"valid_from", "valid_to"})
STATUSES = ("provisional", "confirmed")
# Where codes of a vocabulary stand, by the name of the key.
LISTS = {
    "routes": "rrt.route",
    "verdict": "item.verdict",
    "hosting_class": "item.hosting_class",
    "priority": "priority",
    "category": "rrt.category",
    "basis": "notice.legal_basis",
    "automatic_approval": "notice.legal_basis",
}
CONDITIONS = frozenset(f"{one.name}{ending}" for one in fields(Facts) for ending in ("", "_not"))
# The program itself knows these: another canonical key would be another identity for every known place, and comes with a release.
FIXED = frozenset({"policy.canonical_url"})
MAY_BE_ZERO = frozenset({"after_hours", "requests_per_minute_per_provider", "max_redirects"})
LADDER_COUNTRIES = ("any", "LT", "abroad")
CEILINGS = {"policy.politeness max_text_bytes": 262_144, "policy.politeness max_redirects": 5}


class What(StrEnum):
    """What is wrong at one place; the form words each."""

    NO_JSON = "no_json"
    TOO_LONG = "too_long"
    TOO_DEEP = "too_deep"
    TWICE = "twice"
    MISSING = "missing"
    UNKNOWN = "unknown"
    KIND = "kind"
    EMPTY = "empty"
    DAY = "day"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    CODE = "code"
    PLACE = "place"
    SAME_ID = "same_id"
    HOLD = "hold"
    WHOLE = "whole"
    ORDER = "order"


@dataclass(frozen=True)
class Fault:
    """One thing to mend: where (`rules[2].when`), what, and what would be right there."""

    path: str
    what: What
    wanted: str = ""


class PolicyUnfit(ValueError):
    """The policy cannot be taken; `faults` names every place to mend."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(f"{fault.path}: {fault.what}" for fault in faults))
        self.faults = tuple(faults)


def read(text: str) -> dict[str, Any]:
    """The policy behind a text of JSON. Raises PolicyUnfit for what is no JSON object, a key given twice, and numbers that are none."""
    if len(text) > LONGEST:
        raise PolicyUnfit([Fault("", What.TOO_LONG)])
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise PolicyUnfit([Fault(f"{error.lineno}:{error.colno}", What.NO_JSON)]) from error
    except RecursionError as error:
        raise PolicyUnfit([Fault("", What.TOO_DEEP)]) from error
    except PolicyUnfit:
        raise
    except ValueError as error:  # an integer of thousands of digits
        raise PolicyUnfit([Fault("", What.TOO_HIGH, str(HIGHEST))]) from error
    if not isinstance(value, dict):
        raise PolicyUnfit([Fault("", What.KIND, "mapping")])
    return value


def write(value: Mapping[str, Any]) -> str:
    """A policy as people edit it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise PolicyUnfit([Fault(name, What.TWICE) for name in found if names.count(name) > 1])
    return found


def _no_number(text: str) -> Any:
    raise PolicyUnfit([Fault(text, What.KIND, "number")])


@dataclass
class Shape:
    """What may stand at one place, learnt from everything that stands there in the policy as shipped."""

    kinds: set[str]
    keys: dict[str, "Shape"] = field(default_factory=dict)
    needed: set[str] = field(default_factory=set)
    free: "Shape | None" = None
    items: "Shape | None" = None
    places: set[str] = field(default_factory=set)
    low: float = 0


def learn(samples: Sequence[Any]) -> Shape:
    """The shape that all samples have. Mappings that share no key are conditions: any name may stand in them, the values alike."""
    shape = Shape({_kind(sample) for sample in samples})
    mappings = [sample for sample in samples if isinstance(sample, Mapping)]
    if mappings:
        names = list(dict.fromkeys(name for sample in mappings for name in sample))
        shape.needed = set.intersection(*(set(sample) for sample in mappings))
        shape.keys = {name: learn([sample[name] for sample in mappings if name in sample]) for name in names}
        if not shape.needed:
            shape.free = learn([value for sample in mappings for value in sample.values()])
    listed = [item for sample in samples if isinstance(sample, list | tuple) for item in sample]
    if listed:
        shape.items = learn(listed)
    shape.places = {place for sample in samples if isinstance(sample, str) for place in _places(sample) or ()}
    shape.low = min((sample for sample in samples if _kind(sample) == "number"), default=0)
    return shape


def _kind(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "truth"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "text"
    return "mapping" if isinstance(value, Mapping) else "list"


def _places(text: str) -> list[str] | None:
    """The names in braces of a text; None when the braces do not pair."""
    try:
        return [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        return None


def faults(name: str, shipped: Mapping[str, Any], value: Mapping[str, Any], codes: Mapping[str, Collection[str]]) -> list[Fault]:
    """Everything to mend in a policy before it can be written; empty when it fits.

    `shipped` is the policy as it came with the program; `codes` are the codes known in each vocabulary of LISTS.
    """
    found = list(_against(learn([shipped]), value, ""))
    return found or list(_meaning(name, value, codes))


def _against(shape: Shape, value: Any, path: str) -> Iterator[Fault]:
    kind, name = _kind(value), path.rpartition(".")[2].partition("[")[0]
    if name in DAYS:
        if value is not None and not _is_day(value):
            yield Fault(path, What.DAY)
        return
    allowed = shape.kinds if shape.kinds != {"nothing"} else {"nothing", "text", "number"}
    if shape.kinds and kind not in allowed:
        yield Fault(path, What.KIND, ",".join(sorted(allowed)))
    elif isinstance(value, Mapping):
        yield from _mapping(shape, value, path)
    elif isinstance(value, list | tuple):
        if shape.items is not None and "mapping" in shape.items.kinds and not value:
            yield Fault(path, What.EMPTY)
        for number, item in enumerate(value):
            yield from _against(shape.items or Shape(set()), item, f"{path}[{number + 1}]")
    elif kind == "number":
        yield from _number(shape, value, path, name)
    elif kind == "text":
        places = _places(value)
        if places is None or set(places) - shape.places:
            yield Fault(path, What.PLACE, ", ".join(f"{{{place}}}" for place in sorted(shape.places)))


def _mapping(shape: Shape, value: Mapping[str, Any], path: str) -> Iterator[Fault]:
    for name in sorted(shape.needed - value.keys()):
        yield Fault(_at(path, name), What.MISSING)
    for name, inner in value.items():
        known = shape.keys.get(name) or shape.free
        if known is not None:
            yield from _against(known, inner, _at(path, name))
        else:
            yield Fault(_at(path, name), What.UNKNOWN, ", ".join(shape.keys))


def _number(shape: Shape, value: float, path: str, name: str) -> Iterator[Fault]:
    if isinstance(value, float) and isfinite(value):
        yield Fault(path, What.WHOLE)
    zero = shape.low == 0 or name in MAY_BE_ZERO or "percent" in path
    if not value >= (0 if zero else 1):
        yield Fault(path, What.TOO_LOW, "0" if zero else "1")
    highest = 100 if "percent" in path else HIGHEST
    if not value <= highest:
        yield Fault(path, What.TOO_HIGH, str(highest))


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _meaning(policy: str, value: Mapping[str, Any], codes: Mapping[str, Collection[str]]) -> Iterator[Fault]:
    """What a shape cannot say: codes that exist, conditions that can hold, ids told apart, and the law of the house about holds."""
    if value.get("calendar_holds"):
        yield Fault("calendar_holds", What.HOLD)
    if policy == "policy.cadence" and not _ascends(value):
        yield Fault("first_checks_minutes, then, watch_days", What.ORDER)
    steps = [step["code"] for step in value.get("steps", ())]
    for path, name, inner in _walk(value, ""):
        if name == "status" and inner not in STATUSES:
            yield Fault(path, What.CODE, ", ".join(STATUSES))
        elif name == "when":
            unknown = sorted(inner.keys() - CONDITIONS)
            yield from (Fault(_at(path, one), What.UNKNOWN, ", ".join(sorted(CONDITIONS))) for one in unknown)
        elif name == "do" and inner not in steps:
            yield Fault(path, What.CODE, ", ".join(steps))
        elif (policy, name) == ("policy.escalation", "country") and inner not in LADDER_COUNTRIES:
            yield Fault(path, What.CODE, ", ".join(LADDER_COUNTRIES))
        elif (policy, name) == ("policy.counted_route", "order"):
            yield from _codes(path, inner, codes["rrt.route"])
        elif name.removesuffix("_not") in LISTS:
            yield from _codes(path, inner, codes[LISTS[name.removesuffix("_not")]])
        elif (ceiling := CEILINGS.get(f"{policy} {path}")) is not None and inner > ceiling:
            yield Fault(path, What.TOO_HIGH, str(ceiling))
        if isinstance(inner, list):
            yield from _same_ids(path, inner)


def _ascends(cadence: Mapping[str, Any]) -> bool:
    """Whether the monitor could follow this cadence; one it cannot read would stop every look."""
    try:
        read_cadence(cadence, {"jitter_percent": 0, "requests_per_minute_per_host": 1}, {"minutes_apart": 1})
    except ValueError:
        return False
    return True


def _walk(value: Any, path: str) -> Iterator[tuple[str, str, Any]]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield _at(path, name), name, inner
            yield from _walk(inner, _at(path, name))
    elif isinstance(value, list):
        for number, inner in enumerate(value, 1):
            yield from _walk(inner, f"{path}[{number}]")


def _codes(path: str, given: Any, known: Collection[str]) -> Iterator[Fault]:
    wanted = [given] if isinstance(given, str) else given
    if any(one not in known for one in wanted):
        yield Fault(path, What.CODE, ", ".join(known))


def _same_ids(path: str, items: list[Any]) -> Iterator[Fault]:
    ids = [str(item["id"]) for item in items if isinstance(item, Mapping) and "id" in item]
    yield from (Fault(path, What.SAME_ID, one) for one in dict.fromkeys(ids) if ids.count(one) > 1)

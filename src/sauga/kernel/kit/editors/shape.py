"""The text of a policy and its shape: whether an edited version can still be read by the program, and what it
changes. Pure.

The shape is derived from the policy as shipped. Every fault is reported at once with its
place, so that all can be corrected at once.
"""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from math import isfinite
from string import Formatter
from typing import Any, override

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused, Text

LONGEST = 200_000  # characters of a policy as text
HIGHEST = 10_000_000
DAYS = frozenset({"valid_from", "valid_to"})
AROUND = 2  # unchanged lines shown around a change


KINDS = {
    "mapping": _("a mapping {…}"),
    "list": _("a list […]"),
    "text": _("a text in quotes"),
    "number": _("a number"),
    "truth": _("true or false"),
    "nothing": _("null"),
}
MESSAGES: Mapping[str, Text] = {
    "no_json": _("Line and column %(at)s: this is no JSON. Look for a missing comma, quote or bracket."),
    "too_long": _("The text is too long for a policy. Shorten it."),
    "too_deep": _("The text nests too deep. Go back to the shape of the version before."),
    "twice": _("“%(at)s” appears twice in the same mapping. Keep one of them."),
    "missing": _("“%(at)s” is missing. Put it back."),
    "unknown": _("The program does not know “%(at)s”. Remove it; known here: %(w)s."),
    "kind": _("“%(at)s” should be %(w)s."),
    "empty": _("“%(at)s” is empty. Keep at least one entry."),
    "day": _('“%(at)s” should be a day like "2027-01-31", or null.'),
    "too_low": _("“%(at)s” should be at least %(w)s."),
    "too_high": _("“%(at)s” should be at most %(w)s."),
    "code": _("“%(at)s” names a code that does not exist. Known codes: %(w)s."),
    "place": _("“%(at)s” may hold only these places in braces: %(w)s."),
    "same_id": _("“%(at)s” uses the id “%(w)s” twice. Give one of them another."),
    "whole": _("“%(at)s” should be a whole number."),
}


@dataclass(frozen=True)
class Fault:
    """One thing to correct: where (`rules[2].when`), what (a key of MESSAGES), and what would be right there.

    `message` is a service's own sentence, with "own" as what.
    """

    path: str
    what: str
    wanted: str = ""
    message: Text = ""

    @property
    def text(self) -> str:
        """What to do about it, in the reader's language."""
        wanted = self.wanted or "–"
        if self.what == "kind":
            wanted = gettext(" or ").join(str(KINDS[kind]) for kind in self.wanted.split(","))
        return str(self.message or MESSAGES[self.what]) % {"at": self.path or "{…}", "w": wanted}


class PolicyUnfit(ActionRefused):
    """The policy cannot be taken; `faults` names every place to correct."""

    message = _("The policy does not fit. Nothing was saved.")
    field = "text"

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__()
        self.faults = tuple(faults)

    @override
    def add_to(self, form: forms.BaseForm, *others: str) -> None:
        """Show every fault at the text."""
        form.add_error(self.field, [fault.text for fault in self.faults])


def read(text: str) -> dict[str, Any]:
    """The policy behind a text of JSON.

    Raises PolicyUnfit for what is no JSON object, a key given twice, and numbers that are none.
    """
    if len(text) > LONGEST:
        raise PolicyUnfit([Fault("", "too_long")])
    try:
        value = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        raise PolicyUnfit([Fault(f"{error.lineno}:{error.colno}", "no_json")]) from error
    except RecursionError as error:
        raise PolicyUnfit([Fault("", "too_deep")]) from error
    except ValueError as error:  # an integer of thousands of digits
        raise PolicyUnfit([Fault("", "too_high", str(HIGHEST))]) from error
    if not isinstance(value, dict):
        raise PolicyUnfit([Fault("", "kind", "mapping")])
    return value


def write(value: Mapping[str, Any]) -> str:
    """A policy as people edit it."""
    return json.dumps(value, ensure_ascii=False, indent=2)


def _pairs(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _ in pairs]
        raise PolicyUnfit([Fault(name, "twice") for name in found if names.count(name) > 1])
    return found


def _no_number(text: str) -> Any:
    raise PolicyUnfit([Fault(text, "kind", "number")])


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


def learn(samples: Sequence[Any], may_be_zero: Collection[str] = (), name: str = "") -> Shape:
    """The shape that all samples of the key `name` have.

    Mappings that share no key are conditions: any name may stand in them, the values alike. `may_be_zero` are
    the keys at which a number may be 0 although none of the samples is.
    """
    shape = Shape({_kind(sample) for sample in samples})
    mappings = [sample for sample in samples if isinstance(sample, Mapping)]
    if mappings:
        names = list(dict.fromkeys(name for sample in mappings for name in sample))
        shape.needed = set.intersection(*(set(sample) for sample in mappings))
        shape.keys = {
            one: learn([sample[one] for sample in mappings if one in sample], may_be_zero, one)
            for one in names
        }
        if not shape.needed:
            shape.free = learn([value for sample in mappings for value in sample.values()], may_be_zero)
    listed = [item for sample in samples if isinstance(sample, list | tuple) for item in sample]
    if listed:
        shape.items = learn(listed, may_be_zero, name)
    shape.places = {place for sample in samples if isinstance(sample, str) for place in _places(sample) or ()}
    shape.low = (
        0
        if name in may_be_zero
        else min((sample for sample in samples if _kind(sample) == "number"), default=0)
    )
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


def faults(
    shipped: Mapping[str, Any], value: Mapping[str, Any], may_be_zero: Collection[str] = ()
) -> list[Fault]:
    """Where `value` differs from the shape of the policy as `shipped`; empty when it fits."""
    return list(_against(learn([shipped], may_be_zero), value, ""))


def _against(shape: Shape, value: Any, path: str) -> Iterator[Fault]:
    kind, name = _kind(value), path.rpartition(".")[2].partition("[")[0]
    if name in DAYS:
        if value is not None and not _is_day(value):
            yield Fault(path, "day")
        return
    allowed = shape.kinds if shape.kinds != {"nothing"} else {"nothing", "text", "number"}
    if shape.kinds and kind not in allowed:
        yield Fault(path, "kind", ",".join(sorted(allowed)))
    elif isinstance(value, Mapping):
        yield from _mapping(shape, value, path)
    elif isinstance(value, list | tuple):
        if shape.items is not None and "mapping" in shape.items.kinds and not value:
            yield Fault(path, "empty")
        for number, item in enumerate(value):
            yield from _against(shape.items or Shape(set()), item, f"{path}[{number + 1}]")
    elif kind == "number":
        yield from _number(shape, value, path)
    elif kind == "text":
        places = _places(value)
        if places is None or set(places) - shape.places:
            yield Fault(path, "place", ", ".join(f"{{{place}}}" for place in sorted(shape.places)))


def _mapping(shape: Shape, value: Mapping[str, Any], path: str) -> Iterator[Fault]:
    for name in sorted(shape.needed - value.keys()):
        yield Fault(at(path, name), "missing")
    for name, inner in value.items():
        known = shape.keys.get(name) or shape.free
        if known is not None:
            yield from _against(known, inner, at(path, name))
        else:
            yield Fault(at(path, name), "unknown", ", ".join(shape.keys))


def _number(shape: Shape, value: float, path: str) -> Iterator[Fault]:
    if isinstance(value, float) and isfinite(value):
        yield Fault(path, "whole")
    zero = shape.low == 0 or "percent" in path
    if not value >= (0 if zero else 1):
        yield Fault(path, "too_low", "0" if zero else "1")
    highest = 100 if "percent" in path else HIGHEST
    if not value <= highest:
        yield Fault(path, "too_high", str(highest))


def _is_day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(date.fromisoformat(value))
    except ValueError:
        return False


def at(path: str, name: str) -> str:
    """The place of a key inside a place."""
    return f"{path}.{name}" if path else name


def changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The lines that differ between two versions with a little around them: "-" gone, "+" new, " " as before,
    "…" left out."""
    old, new = write(before).splitlines(), write(after).splitlines()
    shown: list[tuple[str, str]] = []
    for group in SequenceMatcher(None, old, new, autojunk=False).get_grouped_opcodes(AROUND):
        if shown or group[0][1]:
            shown.append(("…", ""))
        for what, old_from, old_to, new_from, new_to in group:
            if what == "equal":
                shown += [(" ", line) for line in old[old_from:old_to]]
                continue
            shown += [("-", line) for line in old[old_from:old_to]] + [
                ("+", line) for line in new[new_from:new_to]
            ]
    return shown

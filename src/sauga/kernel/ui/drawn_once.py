"""Parts of public pages that are drawn once in a process for each set of things that they show.

Nothing has to be told when something changes: a part sees what it names and nothing else of its page, and all
of that is its key. Whatever was read anew and differs is another key and another drawing.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from itertools import count
from types import MappingProxyType
from typing import Any

from django.template import Node, NodeList
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.context import Context
from django.template.exceptions import TemplateSyntaxError
from django.urls import get_urlconf
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language

MOST_CHARACTERS = 8_000_000
"""So much is kept of all parts together: some hundred pages in each language, about 16 MB and as much again
for what they are known by."""
END = "enddrawn_once"


class NotAValue(TypeError):
    """A part names something that does not say by itself what is shown of it, such as a row of a table, which
    equals another version of itself. Name what the part shows of it."""


class OfOneVisitor(Exception):
    """A part names something that one visitor has written: it is drawn for them and not kept."""


def content(value: Any) -> Hashable:
    """What is shown of a value: equal for two values only if they are drawn alike. Lists, mappings and
    dataclasses are known by what they hold, texts that are translated by their words in the active language.

    Raises NotAValue, and OfOneVisitor for a dataclass that `is_of_one_visitor`.
    """
    kind = type(value)
    if kind is str or kind is int or value is None:
        return value  # type: ignore[no-any-return]  # seen above
    read = _KINDS.get(kind)
    if read is None:
        read = _KINDS[kind] = _reader(kind)
    return read(value)


def _reader(kind: type) -> Callable[[Any], Hashable]:
    if issubclass(kind, Enum):
        return lambda value: (kind, value.name)
    if issubclass(kind, Promise):
        return str
    if kind in {dict, MappingProxyType}:
        return lambda value: (dict, *[(content(name), content(one)) for name, one in value.items()])
    if issubclass(kind, list | tuple):
        return lambda value: (kind, *map(content, value))
    if is_dataclass(kind):
        names = [one.name for one in fields(kind)]
        return partial(_of_visitors if hasattr(kind, "is_of_one_visitor") else _of_fields, names)
    raise NotAValue(kind.__qualname__)


def _of_fields(names: list[str], value: Any) -> Hashable:
    return (type(value), *[content(getattr(value, name)) for name in names])


def _of_visitors(names: list[str], value: Any) -> Hashable:
    if value.is_of_one_visitor:
        raise OfOneVisitor
    return _of_fields(names, value)


_KINDS: dict[type, Callable[[Any], Hashable]] = {
    bool: lambda value: (bool, value),
    float: lambda value: (float, value),
    date: lambda value: value,
    datetime: lambda value: (value, value.utcoffset()),
    SafeString: lambda value: (SafeString, str(value)),
    frozenset: lambda value: (frozenset, frozenset(map(content, value))),
}
"""How the content of each kind is read; equal numbers and texts of different kinds are drawn differently."""


class Drawings:
    """The latest drawings, of all parts together."""

    def __init__(self, most: int) -> None:
        self._most, self._size = most, 0
        self._held: OrderedDict[Hashable, str] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._held)

    def of(self, key: Hashable, draw: Callable[[], str]) -> str:
        """What was drawn for this key, or is drawn now."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
                return found
        found = draw()
        with self._lock:
            self._size += len(found) - len(self._held.get(key, ""))
            self._held[key] = found
            while self._size > self._most:
                self._size -= len(self._held.popitem(last=False)[1])
        return found


drawings = Drawings(MOST_CHARACTERS)
_numbers = count()


def drawn(key: tuple[Hashable, ...], draw: Callable[[], str]) -> str:
    """What `draw` returns, drawn once for each key, language and table of addresses. It must show nothing
    that may change but the key and what stays as long as the process lives (texts, icons, addresses of pages
    by name)."""
    return drawings.of((get_language(), get_urlconf(), *key), draw)


class DrawnOnce(Node):
    """A part and what it names."""

    def __init__(
        self, named: Mapping[str, FilterExpression], spread: Sequence[FilterExpression], nodelist: NodeList
    ) -> None:
        self.named, self.spread, self.nodelist = named, spread, nodelist
        self.number = next(_numbers)

    def render(self, context: Context) -> str:
        """As drawn before for the same values, or anew, from these values alone."""
        values: dict[str, Any] = {}
        for one in self.spread:
            values |= one.resolve(context)
        values |= {name: one.resolve(context) for name, one in self.named.items()}
        own = context.new(values)
        try:
            key = (self.number, context.autoescape, content(values))
        except OfOneVisitor:
            return self.nodelist.render(own)
        return drawn(key, lambda: self.nodelist.render(own))


def drawn_once(parser: Parser, token: Token) -> DrawnOnce:
    """`{% drawn_once frame place=here *shown %}…{% enddrawn_once %}`: a part that is drawn once for what it
    names and the language of the page. It sees these values, of a mapping after `*` each by its name, and
    nothing else of the page's context; a part that shows shipped texts only names nothing."""
    bits = token.split_contents()[1:]
    named: dict[str, FilterExpression] = {}
    spread = [parser.compile_filter(bit[1:]) for bit in bits if bit.startswith("*")]
    for bit in bits:
        if not bit.startswith("*"):
            named |= token_kwargs([bit], parser) or {bit: parser.compile_filter(bit)}
    if not all(name.isidentifier() for name in named):
        raise TemplateSyntaxError("drawn_once names what its part shows: a variable, name=value, *mapping")
    nodelist = parser.parse((END,))
    parser.delete_first_token()
    return DrawnOnce(named, spread, nodelist)

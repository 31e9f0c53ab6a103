"""“My day”, the home page of the desk: services add cards and counters to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sauga.kernel.identity.actors import PersonActor

type Fill = Callable[[PersonActor, datetime], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Card:
    """A section of the page. `template` gets what `fill` returns, plus `card`; `fill` returning None leaves
    the card out.

    `side` puts it in the narrow column. Only people who hold `permission` see it. Cards stand in the order of
    `order`, then code.
    """

    code: str
    template: str
    fill: Fill
    permission: StrEnum | None = None
    order: int = 50
    side: bool = False


@dataclass(frozen=True)
class Counter:
    """One number at the top: what it counts (lazy text), a function that counts, and the page behind it (a
    URL name)."""

    code: str
    label: Any
    count: Callable[[PersonActor, datetime], int]
    permission: StrEnum | None = None
    url_name: str = ""
    order: int = 50


@dataclass(frozen=True)
class Mark:
    """A state as a tone, words and a shape."""

    tone: str
    text: str
    shape: str = ""


@dataclass(frozen=True)
class Due:
    """One thing to do, as a line of the card `DUE`.

    `left`, `share` (0–1) and `left_tone` are its clock as `{% clock %}` draws it, and `mark` its state or
    urgency: a Mark, or a service's own word with tone, text and shape. `when` stands there instead where no
    clock runs.
    """

    title: str
    href: str
    note: str = ""
    mark: Any = None
    left: str = ""
    share: float = 0.0
    left_tone: str = ""
    when: str = ""


DUE = "identity/desk/_due.html"
"""A card of things to do: `fill` returns `due(…)`."""
FACTS = "identity/desk/_facts.html"
"""A narrow card of facts: `fill` returns title, rows (label, value) and note."""


def due(title: Any, lines: list[Due], *, url_name: str, more: Any) -> Mapping[str, Any] | None:
    """What the template `DUE` wants; nothing to do, no card.

    `url_name` and `more`: the page with the whole list and what its link says.
    """
    return {"title": title, "lines": lines, "url_name": url_name, "more": more} if lines else None


@dataclass(frozen=True)
class Filled:
    """A card with its contents, ready for the template."""

    card: Card
    context: Mapping[str, Any]


_cards: dict[str, Card] = {}
_counters: dict[str, Counter] = {}


def register(item: Card | Counter) -> None:
    """Add a card or a counter, from a service's `apps.py`. The same code again replaces it."""
    if isinstance(item, Card):
        _cards[item.code] = item
    else:
        _counters[item.code] = item


def cards_for(by: PersonActor, at: datetime) -> list[Filled]:
    """The cards this person sees, filled."""
    filled = []
    for card in sorted(_cards.values(), key=lambda c: (c.order, c.code)):
        if card.permission is None or by.can(card.permission):
            context = card.fill(by, at)
            if context is not None:
                filled.append(Filled(card, {**context, "card": card}))
    return filled


def counters_for(by: PersonActor, at: datetime) -> list[tuple[Counter, int]]:
    """The numbers this person sees."""
    seen = [c for c in _counters.values() if c.permission is None or by.can(c.permission)]
    return [(counter, counter.count(by, at)) for counter in sorted(seen, key=lambda c: (c.order, c.code))]

"""“My day”, the home page of the desk: services declare there the work that waits, and add cards to it.

The menu counts the same declarations: what a service has said once stands in both.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.identity.actors import PersonActor

MOST = 999
"""Beyond this a number says "999+": exact numbers of long lists cost time and help nobody."""

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
    """Work that waits: a row of “My day”, and in the menu a number beside the page where it is done.

    `count` says how much waits for this person; `count_of` counts rows no further than is said. Only people
    who hold `permission` have it. `url_name` and `query` (`"view=mine"`) address the list that
    holds exactly what was counted. `part_of`: the code of another counter that has the same things among
    others; a person who has both sees a row for each, and the menu adds only the other.
    """

    code: str
    label: Any
    count: Callable[[PersonActor, datetime], int]
    permission: StrEnum | None
    url_name: str
    order: int = 50
    query: str = ""
    part_of: str = ""


@dataclass(frozen=True)
class Waiting:
    """How much of a counter's work waits for a person; never nought."""

    counter: Counter
    count: int

    @property
    def said(self) -> str:
        """The number as people read it."""
        return said(self.count)

    @property
    def href(self) -> str:
        """The list that holds exactly this."""
        query = f"?{self.counter.query}" if self.counter.query else ""
        return f"{reverse(self.counter.url_name)}{query}"


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


def declared_for(by: PersonActor) -> list[Counter]:
    """The counters that this person has, in order, whether or not anything waits."""
    held = [one for one in _counters.values() if one.permission is None or by.can(one.permission)]
    return sorted(held, key=lambda one: (one.order, one.code))


def counters_for(by: PersonActor, at: datetime, *, of: tuple[str, ...] = ("",)) -> list[Waiting]:
    """What waits for this person, in order; of what does not wait, there is nothing to say.

    `of` names the only services that are asked: what their counters' codes begin with.
    """
    asked = (one for one in declared_for(by) if one.code.startswith(of))
    counted = [Waiting(one, one.count(by, at)) for one in asked]
    return [one for one in counted if one.count]


def count_of(rows: QuerySet[Any]) -> int:
    """How many rows, no further than `MOST` + 1: of more than that, the exact number is not told."""
    return rows.order_by()[: MOST + 1].count()


def waiting_for(request: HttpRequest, by: PersonActor) -> list[Waiting]:
    """The same, counted once for a request, so that the page and its menu cannot differ."""
    held: list[Waiting] | None = getattr(request, "waiting_work", None)
    if held is None:
        held = counters_for(by, clock.now())
        request.waiting_work = held  # type: ignore[attr-defined]  # read above
    return held


def total(waiting: list[Waiting]) -> int:
    """How many things wait, each once."""
    return sum(one.count for one in _each_once(waiting))


def by_page(waiting: list[Waiting]) -> dict[str, int]:
    """How many things wait at a page, by its URL name: the numbers of the menu."""
    found: dict[str, int] = {}
    for one in _each_once(waiting):
        found[one.counter.url_name] = found.get(one.counter.url_name, 0) + one.count
    return found


def said(count: int) -> str:
    """A number as people read it: exact, or “999+”."""
    return f"{MOST}+" if count > MOST else str(count)


def _each_once(waiting: list[Waiting]) -> list[Waiting]:
    held = {one.counter.code for one in waiting}
    return [one for one in waiting if one.counter.part_of not in held]

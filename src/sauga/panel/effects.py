"""What the subdomains above tell the members' space; they connect when the program starts."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

type Text = Any
"""A text, or a lazy one."""


@dataclass(frozen=True, kw_only=True)
class HomePart:
    """One thing on a member's home.

    `place`: MEETING (the next one), WAITING (what waits for this member), SAID (what we said and what came of
    it), NEWS. `title` and `text` are in words for the member's age; `url` leads there; `due` sorts.
    """

    place: str
    title: Text
    text: Text = ""
    url: str = ""
    due: datetime | None = None


MEETING, WAITING, SAID, NEWS = "MEETING", "WAITING", "SAID", "NEWS"
type HomeParts = Callable[[Any, datetime], list[HomePart]]
"""What a subdomain shows the member (a `panel.members.models.Member`) at an instant."""

type Affected = Callable[[Any], list[Text]]
"""What a withdrawal of consent affects: sentences such as “2 comments stay, without your pseudonym”."""

type Leaving = Callable[[Any, datetime], None]
"""What happens with a member's things when the member leaves; in the same transaction."""


@dataclass(frozen=True, kw_only=True)
class MenuPage:
    """A page in the menu of the members' space."""

    url: str
    label: Text
    order: int


type Records = Callable[[Any], dict[str, list[dict[str, Any]]]]
"""What an inquiry is given about a member, by the name of the list: codes, references and times, and what the
member published."""


class Hooks:
    """Functions that subdomains have connected, in the order in which they did."""

    def __init__(self) -> None:
        self.menu: list[MenuPage] = []
        self.home_parts: list[HomeParts] = []
        self.affected: list[Affected] = []
        self.records: list[Records] = []
        self.adult_acts: dict[str, Text] = {}
        self.leaving: list[Leaving] = []

    def connect(
        self,
        *,
        menu: Collection[MenuPage] = (),
        home_parts: HomeParts | None = None,
        affected: Affected | None = None,
        leaving: Leaving | None = None,
        records: Records | None = None,
        adult_acts: Mapping[str, Text] | None = None,
    ) -> None:
        """Called once by each subdomain when the program starts; a second call changes nothing. `adult_acts`
        are what its adults do, by code, as the log of adults' acts calls it."""
        self.menu = sorted({*self.menu, *menu}, key=lambda page: page.order)
        self.home_parts += [one for one in (home_parts,) if one and one not in self.home_parts]
        self.affected += [one for one in (affected,) if one and one not in self.affected]
        self.records += [one for one in (records,) if one and one not in self.records]
        self.adult_acts.update(adult_acts or {})
        self.leaving += [one for one in (leaving,) if one and one not in self.leaving]


hooks = Hooks()

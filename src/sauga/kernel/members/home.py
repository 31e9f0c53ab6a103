"""“My Sauga”: what waits for a member, what a member can do, and the pages of the services in the menu.

Services declare these in their `service.py`; the kernel's own are registered by `apps`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from sauga.kernel.members.actors import MemberActor
from sauga.kernel.ui.hrefs import address

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing that waits for a member. With `due`, the earliest is shown first and large.

    `title` says what it is about, `text` where it stands, `action` what the button does.
    """

    title: Text
    text: Text
    href: str
    action: Text
    icon: str = "clock"
    due: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Coming:
    """Something that a member has said yes to and that is still ahead: `starts` is when, `text` where it
    stands. It asks for nothing."""

    title: Text
    text: Text
    href: str
    starts: datetime


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """What a member can do when nothing waits. `url` is the name of a page; one that this installation does
    not have is left out. `is_for` says to whom it is offered."""

    url: str
    title: Text
    text: Text
    icon: str
    order: int = 50
    is_for: Callable[[MemberActor], bool] = lambda _member: True


@dataclass(frozen=True, kw_only=True)
class MemberPage:
    """A page of a service in the menu of the member site; one of the account stands beside the name."""

    url: str
    label: Text
    order: int = 50
    is_account: bool = False
    is_for: Callable[[MemberActor], bool] = lambda _member: True


type Provider = Callable[[MemberActor, datetime], Iterable[Waiting]]
type ComingProvider = Callable[[MemberActor, datetime], Iterable[Coming]]

_providers: dict[str, Provider] = {}
_coming: dict[str, ComingProvider] = {}
_pages: dict[str, MemberPage] = {}
_suggestions: dict[str, Suggestion] = {}


def register_home(code: str, provider: Provider) -> None:
    """Say what waits for a member in one service; the same code again replaces it."""
    _providers[code] = provider


def register_coming(code: str, provider: ComingProvider) -> None:
    """Say what a member takes part in soon; the same code again replaces it."""
    _coming[code] = provider


def register_page(page: MemberPage) -> None:
    """Put a page into the menu; the same address again replaces it."""
    _pages[page.url] = page


def register_suggestion(suggestion: Suggestion) -> None:
    """Offer something to do; the same address again replaces it."""
    _suggestions[suggestion.url] = suggestion


def waiting_for(by: MemberActor, at: datetime) -> list[Waiting]:
    """Everything that waits: what is due first, then the rest in the order of the services."""
    found = [one for code in sorted(_providers) for one in _providers[code](by, at)]
    return sorted(found, key=lambda one: (one.due is None, one.due or at))


def coming_for(by: MemberActor, at: datetime) -> list[Coming]:
    """What the member takes part in, the next first."""
    found = [one for code in sorted(_coming) for one in _coming[code](by, at)]
    return sorted(found, key=lambda one: one.starts)


def suggestions_for(by: MemberActor) -> list[tuple[str, Suggestion]]:
    """What this member can do, with the address of each."""
    offered = sorted(_suggestions.values(), key=lambda one: (one.order, one.url))
    return [(href, one) for one in offered if one.is_for(by) and (href := address(one.url))]


def menu(by: MemberActor) -> list[tuple[str, MemberPage]]:
    """The pages of the menu, with the address of each."""
    pages = sorted(_pages.values(), key=lambda one: (one.order, one.url))
    return [(href, one) for one in pages if one.is_for(by) and (href := address(one.url))]

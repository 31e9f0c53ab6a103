"""What services hold about a member: the pieces of “my data”, and what happens to each when the account is
deleted."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from sauga.kernel.members.models import Member
from sauga.kernel.members.my_data.words import Reads

type Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Holding:
    """What one service holds about members.

    `export` returns it as values that JSON can hold, `lines` the same in words, by name and value; without it
    people read the same by `data_words`: `codes` has the service's codes in words, `reads` how the values of
    a field are read, by its name. `kept` says, in sentences, what stays after a deletion, without name and
    address, and why. `erase` deletes the rest, in the transaction of the deletion.
    """

    code: str
    title: Text
    export: Callable[[Member, datetime], Any]
    lines: Callable[[Member, datetime], Sequence[tuple[Text, str]]] | None = None
    codes: Mapping[str, Text] = field(default_factory=dict)
    reads: Reads = field(default_factory=dict)
    kept: Callable[[Member], Sequence[Text]] = lambda _member: ()
    erase: Callable[[Member, datetime], None] = lambda _member, _at: None


_holdings: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Declare what a service holds; the same code again replaces it."""
    _holdings[holding.code] = holding


def every() -> list[Holding]:
    """All, in the order of their codes."""
    return [one for _, one in sorted(_holdings.items())]

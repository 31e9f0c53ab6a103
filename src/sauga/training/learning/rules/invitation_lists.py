"""A list of addresses as an organisation's contact pastes it: which lines can be invited, and what is wrong
with the others. Pure functions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from sauga.kernel.i18n.normal import normal_address, typed_text
from sauga.kernel.kit.imports.cells import WORD
from sauga.kernel.kit.imports.layout import Column, Layout

MOST_LINES = 300
MOST_LETTERS = 40_000
LONGEST_ADDRESS = 254
PIECE = re.compile(r"[\s,;<>()\"]+")
"""What stands between an address and a name: `Ona Onaitė <ona@mokykla.example>`, or cells of a table."""
LAYOUT: Layout[Column] = Layout(
    (
        Column(
            "email",
            WORD,
            most=LONGEST_ADDRESS,
            also=("e-mail", "mail", "address", "el. paštas", "el.paštas", "el. pašto adresas", "paštas"),
        ),
        Column("name", WORD, most=160, also=("vardas", "vardas, pavardė", "vardas ir pavardė", "pavardė")),
    ),
    titles=("email", "name"),
)
"""A file: one column holds addresses; names are not read any further."""


@dataclass(frozen=True)
class Line:
    """One line of a list: what stands there, the address in it, and what is wrong with it: `none`, `many`,
    `unfit` (no address that could be written to), `twice` (stands further up, which does no harm)."""

    number: int
    text: str
    address: str = ""
    problem: str = ""

    @property
    def is_refused(self) -> bool:
        """Whether the list cannot be sent because of this line."""
        return self.problem not in ("", "twice")


class ListTooLong(ValueError):
    """More lines than one list may have."""


def read_list(text: str) -> list[Line]:
    """The lines of a pasted list; empty ones are passed over. Raises ListTooLong."""
    if len(text) > MOST_LETTERS:
        raise ListTooLong
    return judged(enumerate(typed_text(text).split("\n"), 1))


def judged(lines: Iterable[tuple[int, str]]) -> list[Line]:
    """Each line with the address in it. Raises ListTooLong."""
    found: list[Line] = []
    known: set[str] = set()
    for number, raw in lines:
        said = raw.strip()
        if not said:
            continue
        if len(found) >= MOST_LINES:
            raise ListTooLong
        line = _line(number, said)
        if line.address and line.address in known:
            line = Line(number, line.text, line.address, "twice")
        known.add(line.address)
        found.append(line)
    return found


def _line(number: int, said: str) -> Line:
    addresses = [piece for piece in PIECE.split(said) if "@" in piece]
    shown = said[:160]
    if not addresses:
        return Line(number, shown, problem="none")
    if len(addresses) > 1:
        return Line(number, shown, problem="many")
    address = normal_address(addresses[0])
    try:
        validate_email(address)
    except ValidationError:
        return Line(number, shown, problem="unfit")
    return Line(number, shown, address, "" if len(address) <= LONGEST_ADDRESS else "unfit")

"""What the rota answers about a volunteer's shifts.

Volunteers stand below the rota: it registers when the service starts.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Shifts:
    """`counts(people, since, until)`: for each person how many shifts ended in which state.
    `last_ahead(person, at)`: the day of the last shift that this person has taken and not begun; None
    when there is none.
    """

    counts: Callable[[Sequence[int], datetime, datetime], dict[int, dict[str, int]]]
    last_ahead: Callable[[int, datetime], date | None]


_SHIFTS: list[Shifts] = []


def register(shifts: Shifts) -> None:
    """The rota answers from now on."""
    _SHIFTS[:] = [shifts]


def shifts() -> Shifts:
    """The rota's answers."""
    return _SHIFTS[0]

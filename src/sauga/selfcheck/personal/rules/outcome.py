"""What answers lead to: next steps, what goes well, whether a person to talk to comes first. No score."""

from collections.abc import Mapping
from dataclasses import dataclass

from sauga.selfcheck.personal.rules.bank import Item, Leads, Option, Part, by_urgency

FIRST = 3
"""So many steps are shown at once; the others are for later."""


@dataclass(frozen=True)
class Outcome:
    """`steps` and `later` in the order of their urgency, `well` as asked. `talk`: an answer says that
    help is needed. `is_empty`: nothing was answered."""

    steps: tuple[Item, ...]
    later: tuple[Item, ...]
    well: tuple[Item, ...]
    talk: bool
    is_empty: bool


def outcome(part: Part, answers: Mapping[str, int]) -> Outcome:
    """The outcome of the answers (the code of a question → the place of the option from 0). Whatever is not
    a question or an option counts as not answered."""
    given = {one.code: chosen for one in part.items if (chosen := _chosen(one, answers)) is not None}
    steps = [
        one for one in by_urgency(part.items) if one.code in given and given[one.code].leads == Leads.STEP
    ]
    return Outcome(
        steps=tuple(steps[:FIRST]),
        later=tuple(steps[FIRST:]),
        well=tuple(
            one for one in part.items if one.code in given and given[one.code].leads == Leads.STRENGTH
        ),
        talk=any(one.talk for one in given.values()),
        is_empty=not given,
    )


def _chosen(item: Item, answers: Mapping[str, int]) -> Option | None:
    place = answers.get(item.code, -1)
    return item.options[place] if 0 <= place < len(item.options) else None


def answers_in(part: Part, fields: Mapping[str, str]) -> dict[str, int]:
    """The understood answers of a posted form, whose fields are named as the questions."""
    found = {}
    for one in part.items:
        value = fields.get(one.code, "")
        if value.isascii() and value.isdigit() and len(value) <= 2 and int(value) < len(one.options):
            found[one.code] = int(value)
    return found

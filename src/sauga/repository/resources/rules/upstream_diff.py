"""Three-way difference: what changed in the original, block by block, and how an adaptation takes it over.

A block of an adaptation remembers in `from` the number of the original block it was made from; a block of its
own has none. So the way from the old original to the adaptation is known, and only the way from the old to
the new original has to be found.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext_lazy as _

from sauga.kernel.refusals import ActionRefused
from sauga.repository.resources.rules import blocks

type Block = dict[str, Any]
WORD = re.compile(r"\w+|\s+|[^\w\s]")
ALIKE = 0.45
"""From this similarity on, a changed block counts as the same block with other words."""


class Change(StrEnum):
    """What happened to one block since the adaptation was made."""

    SAME = "same"
    THEIRS = "theirs"
    OURS = "ours"
    AGREED = "agreed"
    CONFLICT = "conflict"


class Take(StrEnum):
    """What the partner chooses for a block."""

    THEIRS = "theirs"
    OURS = "ours"
    BOTH = "both"


@dataclass(frozen=True)
class Row:
    """One block in the old original, the new one and the adaptation; None where it is missing."""

    change: Change
    base: Block | None
    theirs: Block | None
    ours: Block | None
    to: int | None = None

    @property
    def wants_choice(self) -> bool:
        """Both sides changed the block differently: a person decides."""
        return self.change is Change.CONFLICT

    @property
    def usual(self) -> Take:
        """The default: the update where only the original changed, else the partner's text."""
        return Take.THEIRS if self.change is Change.THEIRS else Take.OURS


@dataclass(frozen=True)
class Piece:
    """Consecutive words that stayed, came or went."""

    text: str
    kind: str


class ChoiceMissing(ActionRefused):
    """A block that both sides changed has no choice; `places` are their rows from 0."""

    message = _("Make a choice for every paragraph that both sides changed.")

    def __init__(self, places: list[int]) -> None:
        super().__init__(", ".join(map(str, places)))
        self.places = places


def word_pieces(before: str, after: str) -> list[Piece]:
    """The difference of two texts in whole words: pieces that are `same`, `gone` or `new`.

    >>> [(piece.kind, piece.text) for piece in word_pieces("Kalbame ramiai.", "Kalbame lėtai.")]
    [('same', 'Kalbame '), ('gone', 'ramiai'), ('new', 'lėtai'), ('same', '.')]
    """
    old, new = WORD.findall(before), WORD.findall(after)
    pieces: list[Piece] = []
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            pieces.append(Piece("".join(old[a:b]), "same"))
            continue
        if b > a:
            pieces.append(Piece("".join(old[a:b]), "gone"))
        if d > c:
            pieces.append(Piece("".join(new[c:d]), "new"))
    return pieces


def text_of(block: Block | None) -> str:
    """Everything that is read in a block, one line each."""
    return blocks.words([block]) if block else ""


def with_origin(original: Sequence[Block]) -> list[Block]:
    """A first copy of the original's blocks, each with the number it came from."""
    return [{**block, "from": place} for place, block in enumerate(original)]


def without_origin(own: Sequence[Block]) -> list[Block]:
    """The blocks as they are read."""
    return [{name: value for name, value in block.items() if name != "from"} for block in own]


def rows(
    base: Sequence[Block], theirs: Sequence[Block], ours: Sequence[Block], *, translated: bool = False
) -> list[Row]:
    """Every block of the three versions in the order of the new original.

    `translated`: the adaptation is in another language, so its words do not show who changed them; then each
    change of the original waits for a choice.
    """
    to = aligned(base, theirs)
    origin = {block["from"]: block for block in ours if isinstance(block.get("from"), int)}
    came = {place: start for start, place in to.items()}
    found: list[tuple[float, Row]] = []
    for place, block in enumerate(base):
        new, own = to.get(place), origin.get(place)
        row = _row(block, theirs[new] if new is not None else None, own, new, translated=translated)
        found.append((_near(place, to) if new is None else float(new), row))
    found += [
        (float(new), Row(Change.THEIRS, None, block, None, new))
        for new, block in enumerate(theirs)
        if new not in came
    ]
    found += _own(ours, to, len(theirs))
    return [row for _at, row in sorted(found, key=lambda one: one[0]) if row.theirs or row.ours]


def merged(found: Sequence[Row], choices: Mapping[int, Take]) -> list[Block]:
    """The adaptation's next text. Rows without a choice take the default; raises ChoiceMissing where both
    sides changed.
    """
    missing = [place for place, row in enumerate(found) if row.wants_choice and place not in choices]
    if missing:
        raise ChoiceMissing(missing)
    result: list[Block] = []
    for place, row in enumerate(found):
        take = choices.get(place, row.usual)
        own = _kept(row.ours, row.to)
        new = {**row.theirs, "from": row.to} if row.theirs else None
        if take is Take.THEIRS:
            result += [new] if new else []
        elif take is Take.OURS:
            result += [own] if own else []
        else:  # both, one after the other; the second is the partner's own from now on
            result += [new] if new else []
            result += [_kept(row.ours, None) or {}] if row.ours else []
    return [block for block in result if block]


def aligned(base: Sequence[Block], theirs: Sequence[Block]) -> dict[int, int]:
    """Which old block became which new one: equal ones first, then the most similar between them, never
    crossing.
    """
    found: dict[int, int] = {}
    old, new = [_key(block) for block in base], [_key(block) for block in theirs]
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            found.update(zip(range(a, b), range(c, d), strict=True))
        elif what == "replace":
            found.update(_paired(base, theirs, (a, b), (c, d)))
    return found


def _paired(
    base: Sequence[Block], theirs: Sequence[Block], old: tuple[int, int], new: tuple[int, int]
) -> dict[int, int]:
    found: dict[int, int] = {}
    start = new[0]
    for a in range(*old):
        best = max(range(start, new[1]), key=lambda c: _likeness(base[a], theirs[c]), default=None)
        if best is not None and _likeness(base[a], theirs[best]) >= ALIKE:
            found[a] = best
            start = best + 1
    return found


def _likeness(one: Block, other: Block) -> float:
    if one["kind"] != other["kind"]:
        return 0.0
    return SequenceMatcher(
        None, WORD.findall(text_of(one)), WORD.findall(text_of(other)), autojunk=False
    ).ratio()


def _row(base: Block, theirs: Block | None, ours: Block | None, to: int | None, *, translated: bool) -> Row:
    moved, own = _key(base) != _key(theirs), _key(base) != _key(ours)
    if translated:
        change = (
            Change.CONFLICT
            if moved and ours
            else Change.THEIRS
            if moved
            else Change.SAME
            if ours
            else Change.OURS
        )
    elif not moved:
        change = Change.OURS if own else Change.SAME
    elif not own:
        change = Change.THEIRS
    else:
        change = Change.AGREED if _key(theirs) == _key(ours) else Change.CONFLICT
    return Row(change, base, theirs, ours, to)


def _own(ours: Sequence[Block], to: Mapping[int, int], end: int) -> list[tuple[float, Row]]:
    """Blocks of the partner's own, after the block they follow."""
    found: list[tuple[float, Row]] = []
    after = -1.0
    for number, block in enumerate(ours, 1):
        origin = block.get("from")
        if isinstance(origin, int):
            after = float(to.get(origin, after))
        else:
            found.append(
                (min(after, float(end)) + 0.5 + number / 10_000, Row(Change.OURS, None, None, block, None))
            )
    return found


def _near(place: int, to: Mapping[int, int]) -> float:
    """The position of a block that the new original lacks: after the last one before it that still exists."""
    before = [new for old, new in to.items() if old < place]
    return max(before, default=-1) + 0.25 + place / 10_000


def _kept(block: Block | None, origin: int | None) -> Block | None:
    if block is None:
        return None
    held = {name: value for name, value in block.items() if name != "from"}
    return held if origin is None else {**held, "from": origin}


def _key(block: Block | None) -> str:
    """Blocks are equal when everything but their origin is."""
    return repr(sorted((name, value) for name, value in block.items() if name != "from")) if block else ""

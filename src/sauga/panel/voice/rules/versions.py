"""What changed between two texts, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORDS = re.compile(r"\s+|[^\s]+")
MOST = 4000
"""Parts of a text that are compared; the lengths of texts keep far below."""


@dataclass(frozen=True)
class Piece:
    """A stretch of text: `kind` is same, added or removed."""

    kind: str
    text: str


def difference(before: str, after: str) -> list[Piece]:
    """The later text with what was taken out and put in.

    >>> [(one.kind, one.text) for one in difference("per savaitę", "per parą")]
    [('same', 'per '), ('removed', 'savaitę'), ('added', 'parą')]
    """
    old, new = WORDS.findall(before)[:MOST], WORDS.findall(after)[:MOST]
    pieces: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[i:j])))
            continue
        if i < j:
            pieces.append(Piece("removed", "".join(old[i:j])))
        if k < m:
            pieces.append(Piece("added", "".join(new[k:m])))
    return pieces

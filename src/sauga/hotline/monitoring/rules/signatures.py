"""The phrases, paths and hosts of data/removal_signatures.json, folded once and asked quickly."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from sauga.hotline.monitoring.rules.page_text import SHORT_BLOCK, Page, fold

FILE = Path(__file__).resolve().parents[2] / "data" / "removal_signatures.json"


class Says(StrEnum):
    """What a page says of itself; the order is that of asking: a challenge proves nothing, whatever else
    stands on it."""

    CHALLENGE = "challenge"
    GEO = "geo"
    SUSPENDED = "suspended"
    ACCOUNT = "account"
    PARKED = "parked"
    GATE = "gate"
    REMOVED = "removed"
    FAULT = "fault"
    LOGIN = "login"


# Kinds whose words also stand in the frames of ordinary long pages: there they count in the title and
# the headings only.
_FRAME_WORDS = {Says.LOGIN, Says.FAULT, Says.PARKED, Says.GATE}


@dataclass(frozen=True)
class Said:
    """What a page says of itself. `aloud`: in its title or headings, or on a short page.

    `aside`: in a short block of a long page.
    """

    aloud: frozenset[Says] = frozenset()
    aside: frozenset[Says] = frozenset()


@dataclass(frozen=True)
class Phrase:
    """Folded words, one space before, between and after them, and what a page that holds them says."""

    text: str
    says: Says

    @property
    def is_long(self) -> bool:
        """More than two words: menus say "log in", but not "log in to continue"."""
        return self.text.count(" ") > 3


@dataclass(frozen=True)
class Signatures:
    """The loaded data. `phrases` are found by their first word; `paths` and `hosts` are plain sets."""

    phrases: dict[str, tuple[Phrase, ...]]
    paths: dict[str, frozenset[str]]
    hosts: dict[str, frozenset[str]]

    def said(self, page: Page) -> Said:
        """Everything the page says.

        A word like "login" on a short page counts only beside a password field: menus have it too.
        """
        aloud = {phrase.says for phrase in self._heard([page.title, *page.headings])}
        below = self._heard(block for block in page.blocks if len(block) <= SHORT_BLOCK)
        if page.is_short:
            aloud |= {
                phrase.says
                for phrase in below
                if phrase.says is not Says.LOGIN or phrase.is_long or page.has_password
            }
            return Said(frozenset(aloud))
        return Said(frozenset(aloud), frozenset({phrase.says for phrase in below} - aloud - _FRAME_WORDS))

    def _heard(self, blocks: Iterable[str]) -> set[Phrase]:
        """The phrases in these blocks.

        Only phrases that begin with a word of the block are searched for in it.
        """
        folded = map(fold, blocks)
        return {
            phrase
            for block in folded
            for word in self.phrases.keys() & block.split()
            for phrase in self.phrases[word]
            if phrase.text in block
        }

    def path_says(self, segments: list[str]) -> str:
        """The kind a path's segments name ("search", "login", "error", …), the last segment first; empty for
        an ordinary path."""
        for segment in reversed(segments):
            for kind, names in self.paths.items():
                if segment in names and kind != "home":
                    return kind
        return ""

    def host_says(self, host: str) -> str:
        """The kind a host or one of its parent domains is known for ("parked", "login", "gate"), or empty."""
        labels = host.split(".")
        parents = {".".join(labels[i:]) for i in range(len(labels))}
        return next((kind for kind, names in self.hosts.items() if parents & names), "")


def build(data: Mapping[str, Any]) -> Signatures:
    """Fold raw data of the file's shape.

    Raises KeyError when a kind is missing, ValueError when one is unknown or a phrase has no word.
    """
    raw: dict[str, dict[str, list[str]]] = data["phrases"]
    phrases: dict[str, set[Phrase]] = {}
    for says in {*Says, *map(Says, raw)}:
        for folded in map(fold, chain.from_iterable(raw[says].values())):
            words = folded.split()
            if not words:
                raise ValueError(f"a phrase of {says} has no word")
            phrases.setdefault(words[0], set()).add(Phrase(folded, says))
    paths: dict[str, list[str]] = data["paths"]
    hosts: dict[str, list[str]] = data["hosts"]
    by_first_word = {word: tuple(found) for word, found in phrases.items()}
    return Signatures(
        by_first_word,
        {k: frozenset(v) for k, v in paths.items()},
        {k: frozenset(v) for k, v in hosts.items()},
    )


@cache
def signatures() -> Signatures:
    """The signatures that came with this version, read once."""
    return build(json.loads(FILE.read_text(encoding="utf-8")))

"""The phrases, paths and hosts of data/removal_signatures.json, folded once and asked quickly."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from sauga.hotline.rules.pages import SHORT_BLOCK, Page, fold

FILE = Path(__file__).resolve().parents[1] / "data" / "removal_signatures.json"


class Says(StrEnum):
    """What a page says of itself; the order is that of asking: a challenge proves nothing, whatever else stands on it."""

    CHALLENGE = "challenge"
    GEO = "geo"
    SUSPENDED = "suspended"
    ACCOUNT = "account"
    PARKED = "parked"
    GATE = "gate"
    REMOVED = "removed"
    FAULT = "fault"
    LOGIN = "login"


# Kinds whose words also stand in the frames of ordinary long pages: there they count in the title and the headings only.
_FRAME_WORDS = {Says.LOGIN, Says.FAULT, Says.PARKED, Says.GATE}


@dataclass(frozen=True)
class Said:
    """What a page says of itself. `aloud`: in its title or headings, or on a short page. `aside`: in a short block of a long page."""

    aloud: frozenset[Says] = frozenset()
    aside: frozenset[Says] = frozenset()


@dataclass(frozen=True)
class Signatures:
    """The loaded data. `phrases` are patterns over folded text; `paths` and `hosts` plain sets."""

    phrases: dict[Says, re.Pattern[str]]
    paths: dict[str, frozenset[str]]
    hosts: dict[str, frozenset[str]]

    def said(self, page: Page) -> Said:
        """Everything the page says. A word like "login" on a short page counts only beside a password field: menus have it too."""
        head = "\n".join(map(fold, (page.title, *page.headings)))
        body = "\n".join(fold(block) for block in page.blocks if len(block) <= SHORT_BLOCK)
        aloud, aside = set(), set()
        for says, pattern in self.phrases.items():
            if pattern.search(head):
                aloud.add(says)
            elif pattern.search(body):
                if not page.is_short:
                    aside.add(says)
                elif says is not Says.LOGIN or page.has_password or any(len(m[0].split()) > 2 for m in pattern.finditer(body)):
                    aloud.add(says)
        return Said(frozenset(aloud), frozenset(aside - _FRAME_WORDS))

    def path_says(self, segments: list[str]) -> str:
        """The kind a path's segments name ("search", "login", "error", …), the last segment first; empty for an ordinary path."""
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
    """Fold raw data of the file's shape. Raises KeyError or ValueError when a kind is unknown."""
    phrases: dict[Says, re.Pattern[str]] = {}
    raw: dict[str, dict[str, list[str]]] = data["phrases"]
    by_kind = {Says(kind): languages for kind, languages in raw.items()}
    for says in Says:
        words = sorted({fold(phrase).strip() for listed in by_kind[says].values() for phrase in listed})
        phrases[says] = re.compile("(?:^| )(?:" + "|".join(map(re.escape, words)) + ")(?: |$)", re.MULTILINE)
    paths: dict[str, list[str]] = data["paths"]
    hosts: dict[str, list[str]] = data["hosts"]
    return Signatures(phrases, {k: frozenset(v) for k, v in paths.items()}, {k: frozenset(v) for k, v in hosts.items()})


@cache
def signatures() -> Signatures:
    """The signatures that came with this version, read once."""
    return build(json.loads(FILE.read_text(encoding="utf-8")))

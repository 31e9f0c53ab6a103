"""Searching everything an installation keeps for a marked word, in every dress it may wear."""

import base64
import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import numpy as np

COMPRESSED = re.compile(rb"\x1f\x8b\x08|\x78[\x01\x5e\x9c\xda]")
MOST = 1 << 20


def dresses(word: str) -> dict[str, bytes]:
    """The word as bytes: plain, UTF-16, hexadecimal, base64 (at each of three places), in
    addresses, JSON and HTML.
    """
    plain, wide = word.encode(), word.encode("utf-16-le")
    found = {
        "utf-8": plain,
        "utf-8 upper case": word.upper().encode(),
        "utf-16-le": wide,
        "utf-16-be": word.encode("utf-16-be"),
        "latin": word.encode("iso-8859-13", "replace"),
        "address": quote(word).encode(),
        "json": json.dumps(word)[1:-1].encode(),
        "html": word.encode("ascii", "xmlcharrefreplace"),
    }
    for name, raw in (("utf-8", plain), ("utf-16", wide)):
        found[f"hex of {name}"] = raw.hex().encode()
        found[f"HEX of {name}"] = raw.hex().upper().encode()
        for place in range(3):
            found[f"base64 of {name}, place {place}"] = _inside(
                base64.b64encode(bytes(place) + raw), place, len(raw)
            )
            found[f"base64url of {name}, place {place}"] = _inside(
                base64.urlsafe_b64encode(bytes(place) + raw), place, len(raw)
            )
    return found


def _inside(encoded: bytes, before: int, length: int) -> bytes:
    """The letters of base64 that do not depend on what stands around."""
    return encoded[-(-before * 8 // 6) : (before + length) * 8 // 6]


def search(folder: Path, words: list[str]) -> list[str]:
    """Every hit below the folder: “file: word (dress)”. Compressed parts are opened and searched, too."""
    names: dict[bytes, list[str]] = defaultdict(list)
    for word in words:
        for dress, raw in dresses(word).items():
            names[raw].append(f"{word} ({dress}")
    raws = Needles(names)
    hits = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            held = path.read_bytes()
            found = {f"{name})" for raw in raws.within(held) for name in names[raw]}
            for part in _opened(held):
                found |= {f"{name}, compressed)" for raw in raws.within(part) for name in names[raw]}
            hits += [f"{path.relative_to(folder)}: {one}" for one in sorted(found)]
    return hits


class Needles:
    """Hundreds of texts looked for at once: only those whose first four bytes occur are looked for one by
    one.
    """

    def __init__(self, raws: Iterable[bytes]) -> None:
        self.by_start: dict[int, list[bytes]] = defaultdict(list)
        for raw in raws:
            self.by_start[int.from_bytes(raw[:4], "little")].append(raw)
        self.starts = np.array(list(self.by_start), dtype="<u4")
        self.pairs = np.zeros(1 << 16, dtype=bool)
        self.pairs[self.starts & 0xFFFF] = True

    def within(self, held: bytes) -> set[bytes]:
        """Those that occur."""
        near: set[int] = set()
        for offset in range(min(4, max(0, len(held) - 3))):
            fours = np.frombuffer(held, "<u4", (len(held) - offset) // 4, offset)
            likely = np.unique(fours[self.pairs[fours & 0xFFFF]])
            near.update(likely[np.isin(likely, self.starts)].tolist())
        return {raw for start in near for raw in self.by_start[start] if raw in held}


def _opened(held: bytes) -> Iterator[bytes]:
    for mark in COMPRESSED.finditer(held):
        opener = zlib.decompressobj(wbits=47)
        try:
            part = opener.decompress(held[mark.start() : mark.start() + MOST], 64)
            if len(part) < 16:
                continue
            yield part + opener.decompress(opener.unconsumed_tail, MOST)
        except zlib.error:
            continue


def plant(folder: Path, word: str) -> set[str]:
    """Leave the word in several dresses; returns the names of the files that must then be found."""
    dressed = {
        "plain": word.encode(),
        "wide": word.encode("utf-16-le"),
        "hex": b"xx" + word.encode().hex().encode(),
        "base64": base64.b64encode(b"ab" + word.encode() + b"c"),
        "gzip": b"before" + gzip.compress(b"so said " + word.encode() + b", twice"),
        "zlib": b"before" + zlib.compress(b"so said " + word.encode() + b", twice"),
    }
    folder.mkdir()
    for name, raw in dressed.items():
        (folder / name).write_bytes(b"\x00\x01" * 50 + raw + b"\xff" * 50)
    return set(dressed)

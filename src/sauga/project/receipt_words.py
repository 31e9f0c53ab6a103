"""`python -m sauga.project.receipt_words <language> <file>`: a list of words for receipts from candidates.

Keeps words of 4 to 8 letters that are at least two typing errors from every other, in the order of the file,
sorts the first 2,048 and writes `locale/<language>/words.txt`. A list that exists is never written again: the
line number of a word is its value in receipts already given.
"""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from sauga.kernel.i18n import languages
from sauga.kernel.sealed.visitors.wordlists import LIST_LENGTH, fold, gaps, one_edit_apart

SHAPE = re.compile(r"[^\W\d_]{4,8}")


def far_apart(candidates: Iterable[str]) -> tuple[list[str], list[tuple[str, str]]]:
    """The words that are kept, and those that are not, each with the word that it is too near to (itself
    where its length or its signs do not fit).

    >>> far_apart(["morka", "marka", "saulė", "oi"])
    (['morka', 'saulė'], [('marka', 'morka'), ('oi', 'oi')])
    """
    kept: list[str] = []
    dropped: list[tuple[str, str]] = []
    by_gap: dict[str, list[str]] = {}
    for word in candidates:
        if not SHAPE.fullmatch(word) or not word.islower():
            dropped.append((word, word))
            continue
        folded = fold(word)
        keys = {folded, *gaps(folded)}
        near = next(
            (other for key in keys for other in by_gap.get(key, ()) if one_edit_apart(fold(other), folded)),
            "",
        )
        if near:
            dropped.append((word, near))
            continue
        kept.append(word)
        for key in keys:
            by_gap.setdefault(key, []).append(word)
    return kept, dropped


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns 1 when no list was written."""
    parser = argparse.ArgumentParser(prog="python -m sauga.project.receipt_words", description=__doc__)
    parser.add_argument("language", help="the folder below locale/")
    parser.add_argument("file", type=Path, help="candidates, separated by white space")
    given = parser.parse_args(arguments)
    target = languages.FOLDER / given.language / languages.RECEIPT_WORDS
    if target.exists():
        print(f"{target} exists; a list of words never changes.", file=sys.stderr)
        return 1
    kept, dropped = far_apart(given.file.read_text(encoding="utf-8").split())
    for word, near in dropped:
        print(f"left out: {word}" + (f" (near {near})" if near != word else " (not 4 to 8 small letters)"))
    if len(kept) < LIST_LENGTH:
        print(f"{LIST_LENGTH - len(kept)} more words are needed.", file=sys.stderr)
        return 1
    chosen = sorted(kept[:LIST_LENGTH], key=lambda word: (fold(word), word))
    target.write_text("\n".join(chosen) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

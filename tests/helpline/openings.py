"""Labelled first messages, all invented: the project's seed of 60 and our own 2,000; which of them the rules
may not be tuned on.
"""

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from sauga.helpline.line.rules.triage import Band, judge

DATA = Path(__file__).parent / "data"
FILES = {"seed": "openings_seed.jsonl", "own": "openings.jsonl"}


@cache
def openings(name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    return [json.loads(line) for line in (DATA / FILES[name]).read_text().splitlines()]


def held_out(row: dict[str, Any]) -> bool:
    """Whether the rules may not be tuned on it. A whole family (sentences of one template) is on one side, so
    nothing leaks across.
    """
    return int(hashlib.sha256(row["family"].encode()).hexdigest(), 16) % 2 == 1


def recall(rows: list[dict[str, Any]], band: Band) -> float:
    """The share of those of a band that the rules put into it or, for lower bands, higher."""
    wanted = [row for row in rows if row["risk"].upper() == band]
    return sum(judge(row["text"], row["lang"]).band.rank >= band.rank for row in wanted) / len(wanted)


def unseen(row: dict[str, Any]) -> bool:
    """The eighth of all families that nobody looked at while the rules were made: only its figures
    were ever printed.
    """
    return int(hashlib.sha256(row["family"].encode()).hexdigest(), 16) % 8 == 7

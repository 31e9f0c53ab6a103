"""The frozen text of a ballot, its digest, and what a valid vote is.

A vote travels as one short text: the codes of options in the order of preference ("C,A"), of those supported
("A,C"), or of statements with +, - or 0 ("1+,2-,30"). Nothing marked is an abstention.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from random import Random
from typing import Any

from sauga.panel.voting.rules.codes import (
    ABSTAIN,
    FEWEST_STATEMENTS,
    FEWEST_VOTES,
    MOST_OPTIONS,
    MOST_STATEMENTS,
    NO,
    YES,
    Kind,
)

LETTERS = "ABCDEFGHIJKL"
AGREE, DISAGREE, PASS = "+", "-", "0"
STANCES = (AGREE, DISAGREE, PASS)
SHOWN_DIGITS = 16


@dataclass(frozen=True)
class Option:
    """Something to vote for; `note` explains it in a sentence."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True)
class Question:
    """Everything that a vote is about, and in hexadecimal digits the public key that it is sealed to. It is
    frozen when the ballot opens."""

    ref: str
    kind: Kind
    question: str
    text: str
    options: tuple[Option, ...]
    seats: int
    quorum: int
    proposal: str
    ends_at: datetime | None
    tie_order: tuple[str, ...] = ()
    key: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes that may be voted for."""
        return (YES, NO, ABSTAIN) if self.kind is Kind.YES_NO else tuple(one.code for one in self.options)


class VoteUnfit(ValueError):
    """Not a vote on this ballot; the argument says in one word why."""


def digest_of(question: Question) -> str:
    """The SHA-256 of the question as one canonical JSON text, in hexadecimal digits."""
    content = {
        "format": 2,
        "ref": question.ref,
        "kind": str(question.kind),
        "question": question.question,
        "text": question.text,
        "options": [[one.code, one.label, one.note] for one in question.options],
        "seats": question.seats,
        "quorum": question.quorum,
        "proposal": question.proposal,
        "ends_at": question.ends_at.astimezone(UTC).isoformat() if question.ends_at else None,
        "tie_order": list(question.tie_order),
        "key": question.key,
    }
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def shown_digest(digest: str) -> str:
    """The first sixteen digits in groups of four, as on paper."""
    return " ".join(digest[at : at + 4] for at in range(0, SHOWN_DIGITS, 4))


def options_from(kind: Kind, lines: Sequence[str]) -> tuple[Option, ...]:
    """Options from lines "name" or "name | explanation", with their codes."""
    made = []
    for number, line in enumerate(lines):
        label, _bar, note = (part.strip() for part in line.partition("|"))
        code = str(number + 1) if kind is Kind.OPINION else LETTERS[number]
        made.append(Option(code, label, note))
    return tuple(made)


def lines_of(options: Sequence[Option]) -> str:
    """The text that `options_from` reads."""
    return "\n".join(f"{one.label} | {one.note}" if one.note else one.label for one in options)


def fault_of(question: Question) -> str:
    """Why this cannot be asked, in one word; empty where it can."""
    labels = [one.label.casefold() for one in question.options]
    fewest, most = limits_of(question.kind)
    if not question.question:
        return "question"
    if not fewest <= len(labels) <= most:
        return "options"
    if len(set(labels)) < len(labels) or not all(labels):
        return "twice"
    if question.kind is Kind.ELECTION and not 2 <= question.seats < len(labels):
        return "seats"
    if question.quorum < FEWEST_VOTES:
        return "quorum"
    return ""


def limits_of(kind: Kind) -> tuple[int, int]:
    """The fewest and the most options of a kind."""
    if kind is Kind.YES_NO:
        return 0, 0
    if kind is Kind.OPINION:
        return FEWEST_STATEMENTS, MOST_STATEMENTS
    return (3 if kind is Kind.ELECTION else 2), MOST_OPTIONS


def written(question: Question, vote: Sequence[str]) -> str:
    """The text that is encrypted. Raises VoteUnfit where it is no vote on this ballot."""
    return ",".join(checked(question, vote))


def read(question: Question, text: str) -> tuple[str, ...]:
    """What `written` wrote. Raises VoteUnfit."""
    return checked(question, text.split(",") if text else [])


def checked(question: Question, vote: Sequence[str]) -> tuple[str, ...]:
    """The vote, if it is one on this ballot. Raises VoteUnfit."""
    known = set(question.codes)
    given = [one[:-1] if question.kind is Kind.OPINION else one for one in vote]
    if any(one not in known for one in given):
        raise VoteUnfit("unknown")
    if len(set(given)) < len(given):
        raise VoteUnfit("twice")
    if question.kind is Kind.YES_NO and len(vote) != 1:
        raise VoteUnfit("missing")
    if question.kind is Kind.OPINION and any(one[-1] not in STANCES for one in vote):
        raise VoteUnfit("unknown")
    if question.kind in (Kind.APPROVAL, Kind.ELECTION):
        return tuple(sorted(vote))
    return tuple(vote)


def ranking_from(places: Mapping[str, str]) -> tuple[str, ...]:
    """Options by the place given to each ("" for none), places in any numbers that ascend.

    Raises VoteUnfit where two have one place.
    """
    placed = sorted(
        (int(place), code) for code, place in places.items() if place.isascii() and place.isdigit()
    )
    if any(one[0] == other[0] for one, other in pairwise(placed)):
        raise VoteUnfit("twice")
    return tuple(code for _place, code in placed)


def moved(order: Sequence[str], code: str, step: int) -> tuple[str, ...]:
    """The order with one option moved up (-1) or down (1); what is not in it yet goes to its end."""
    if code not in order:
        return (*order, code)
    at = order.index(code)
    to = min(max(at + step, 0), len(order) - 1)
    rest = [one for one in order if one != code]
    return (*rest[:to], code, *rest[to:])


def shown_order(codes: Sequence[str], ballot: str, slot: str) -> list[str]:
    """The options in the order of one person: by chance, the same at each visit."""
    seed = hashlib.sha256(f"{ballot}|{slot}|order".encode()).digest()
    return Random(seed).sample(list(codes), len(codes))  # noqa: S311  an order on a page, no secret


def result_texts(options: Sequence[Option]) -> dict[str, str]:
    """Labels by code."""
    return {one.code: one.label for one in options}


def options_from_json(stored: Sequence[Mapping[str, Any]]) -> tuple[Option, ...]:
    """Options as a table holds them."""
    return tuple(Option(str(one["code"]), str(one["label"]), str(one.get("note", ""))) for one in stored)


def options_to_json(options: Sequence[Option]) -> list[dict[str, str]]:
    """The same, to be stored."""
    return [{"code": one.code, "label": one.label, "note": one.note} for one in options]

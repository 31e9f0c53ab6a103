"""Conflict of interest: who may not decide about whom. Pure: organisations as they were on the day."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Conflict(StrEnum):
    """Why a member of the board may not decide."""

    COLLEAGUE = "COLLEAGUE"
    SELF = "SELF"
    FIRST_BOARD = "FIRST_BOARD"
    VOTED = "VOTED"


@dataclass(frozen=True)
class Asked:
    """What is known on the day of the vote. Organisations are keys, with all that are the same body."""

    applicant_organisations: Collection[int]
    voter_organisations: Collection[int]
    is_applicant: bool = False
    decided_before: bool = False
    has_voted: bool = False


def conflict(asked: Asked) -> str:
    """Why the person may not decide; empty where nothing stands against it."""
    if asked.is_applicant:
        return Conflict.SELF
    if set(asked.applicant_organisations) & set(asked.voter_organisations):
        return Conflict.COLLEAGUE
    if asked.decided_before:
        return Conflict.FIRST_BOARD
    return Conflict.VOTED if asked.has_voted else ""


def outcome(choices: Collection[str], needed: int) -> str:
    """What the votes decide: the choice that enough people made; empty while it is open."""
    return next((one for one in sorted(set(choices)) if list(choices).count(one) >= needed), "")

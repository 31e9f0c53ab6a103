"""What a learner is still writing, for the learner alone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sauga.training.learning.models import Enrolment, TextDraft
from sauga.training.learning.queries import texts

OWN = ""
"""The place of what somebody writes themselves; a review has its own."""


@dataclass(frozen=True)
class Draft:
    """A draft with its text. `seen` goes into the form, so that a save knows which draft it was made from."""

    text: str
    points: Mapping[str, int]
    saved_at: datetime
    seen: str


def seen_of(row: TextDraft) -> str:
    """By what a form names the draft that it shows."""
    return row.saved_at.isoformat()


def drafts_of(enrolment: Enrolment, activity: str) -> dict[str, Draft]:
    """The drafts of one activity, by the reference of the review that each is for, or OWN."""
    rows = list(enrolment.drafts.filter(activity=activity).select_related("review"))
    key = texts.keys_of([enrolment.holder]).get(enrolment.holder) if rows else None
    return {
        row.review.ref if row.review else OWN: Draft(
            texts.unseal(key, row, "text"), row.points, row.saved_at, seen_of(row)
        )
        for row in rows
    }

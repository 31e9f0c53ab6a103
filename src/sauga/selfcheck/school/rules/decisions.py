"""What may be done with an assessment and its evidence, and what comes of it: decided from plain values,
carried out by the actions. A reason for refusing is a code of one word, empty where it is allowed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sauga.selfcheck.school.rules.codes import (
    LONGEST_COMMENT,
    LONGEST_REASON,
    MISSING_PLEDGE,
    MOST_FILES_AN_ASPECT,
    SHORTEST_COMMENT,
    Level,
    ReturnReason,
)
from sauga.selfcheck.school.rules.questionnaire import Questionnaire
from sauga.selfcheck.school.rules.reviews import concluded, is_whole, reviewed_aspects
from sauga.selfcheck.school.rules.scores import HIGHEST
from sauga.selfcheck.school.rules.terms import renewable_from
from sauga.selfcheck.states import IN_REVIEW, AssessmentState


# Answers
@dataclass(frozen=True)
class Given:
    """What a person sent for an aspect; `seen` is the revision that their page showed, 0 for none."""

    level: int | None
    comment: str
    seen: int


@dataclass(frozen=True)
class Stored:
    """What is stored for an aspect; `revision` grows with every save."""

    level: int | None
    comment: str
    revision: int


@dataclass(frozen=True)
class Saved:
    """What a save changed, and what it left because a colleague had saved meanwhile."""

    changed: tuple[str, ...]
    left: tuple[str, ...]


def why_not_saved(given: Mapping[str, Given], known: Collection[str]) -> str:
    """The reason against saving the page of an area, whose aspects are `known`."""
    if not known or not set(given) <= set(known):
        return "aspect"
    for one in given.values():
        if one.level is not None and not 1 <= one.level <= HIGHEST:
            return "level"
        if len(one.comment) > LONGEST_COMMENT:
            return "comment"
    return ""


def sorted_out(stored: Mapping[str, Stored], given: Mapping[str, Given]) -> Saved:
    """What differs from what is stored, and of that what a colleague has saved since the page was opened."""
    changed: list[str] = []
    left: list[str] = []
    for code, one in given.items():
        before = stored.get(code, Stored(None, "", 0))
        if (before.level, before.comment) != (one.level, one.comment):
            (changed if before.revision == one.seen else left).append(code)
    return Saved(tuple(changed), tuple(left))


def is_labelled_at_once(level: str, *, wants_review: bool) -> bool:
    """Whether the score becomes a label without a review."""
    return level != Level.GOLD and not wants_review


# Evidence
def why_not_added(comment: str, files: int) -> str:
    """The reason against adding a file to an aspect that has a comment and so many files."""
    if len(comment) < SHORTEST_COMMENT:
        return "comment_first"
    return "many" if files >= MOST_FILES_AN_ASPECT else ""


def why_returned(pledges: Collection[str], *, tells_of_people: bool) -> str:
    """Why a file is returned and not kept."""
    missing = next((reason for pledge, reason in MISSING_PLEDGE.items() if pledge not in pledges), None)
    if missing is not None:
        return missing
    return ReturnReason.PLACE if tells_of_people else ""


def lacking(
    level: str, shown: Sequence[str], comments: Mapping[str, str], with_files: Collection[str]
) -> tuple[str, list[str]]:
    """What is missing before evidence can be sent for review, and for which of the aspects that are `shown`:
    comments first; a file for each aspect where the answers reach gold."""
    if short := [code for code in shown if len(comments.get(code, "")) < SHORTEST_COMMENT]:
        return "comments", short
    bare = [code for code in shown if code not in with_files]
    return ("files", bare) if level == Level.GOLD and bare else ("", [])


# Reviews
def why_not_taken(state: str, *, is_conflict: bool) -> str:
    """The reason against taking a school for review."""
    if state not in IN_REVIEW:
        return "taken"
    return "same_school" if is_conflict else ""


def why_not_judged(state: str, *, is_own: bool, is_over: bool, is_conflict: bool) -> str:
    """The reason against going on with a review: another assessor's, one that is over, or, asked again each
    time, of the assessor's own school."""
    if not is_own:
        return "stranger"
    if is_over or state not in IN_REVIEW:
        return "over"
    return "same_school" if is_conflict else ""


def why_no_verdict(form: Questionnaire, aspect: str, reason: str) -> str:
    """The reason against a verdict on an aspect."""
    if aspect not in reviewed_aspects(form):
        return "aspect"
    if not reason:
        return "reason"
    return "long" if len(reason) > LONGEST_REASON else ""


def is_decided(form: Questionnaire, verdicts: Mapping[str, bool]) -> bool:
    """Whether a review can be concluded: every reviewed aspect has a verdict."""
    return set(reviewed_aspects(form)) <= set(verdicts)


def conclusion(
    form: Questionnaire, answers: Mapping[str, int], verdicts: Mapping[str, bool], *, is_final: bool
) -> Level | None:
    """The level of the label that a decided review ends with; None where the evidence goes back to the
    school."""
    level = concluded(form, answers, verdicts)
    return level if is_final or is_whole(form, verdicts) else None


# Labels
def may_issue(level: str, form: Questionnaire, verdicts: Mapping[str, bool], *, is_reviewed: bool) -> bool:
    """Whether a label of this level may be issued: gold only after a review that accepted every aspect."""
    return level != Level.GOLD or (is_reviewed and is_whole(form, verdicts))


def is_over(until: date, today: date, *, is_revoked: bool) -> bool:
    """Whether a label can no longer be revoked."""
    return is_revoked or until <= today


def due_move(state: str, since: date, until: date, today: date) -> AssessmentState | None:
    """Where an assessment goes by itself on a day, by the term of its last label: over after the eighteenth
    month, open for the next round from the twelfth on."""
    if state not in (AssessmentState.LABELLED, AssessmentState.REDO_OPEN):
        return None
    if today >= until:
        return AssessmentState.EXPIRED
    return (
        AssessmentState.REDO_OPEN
        if state == AssessmentState.LABELLED and today >= renewable_from(since)
        else None
    )

"""Where a learner stands: what counts as done, what is still open and why, and which state follows.

Everything is computed from the records of one enrolment and the tree that was frozen when it began. Pure
functions; `learning.actions.progress` is the only caller that writes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sauga.training.courses.rules.trees import Facts, Tree, can_become_true, is_true, wanted
from sauga.training.states import EnrolmentState

STALLS_AFTER = timedelta(days=14)
"""Without any step for so long, an enrolment counts as stalled and gets one reminder."""


class Kind(StrEnum):
    """Kinds of activities."""

    PAGE = "page"
    VIDEO = "video"
    QUIZ = "quiz"
    FILE = "file"
    DISCUSSION = "discussion"
    ASSIGNMENT = "assignment"
    WEBINAR = "webinar"
    SESSION = "session"
    PACKAGE = "package"
    TOOL = "lti"


BY_LEARNER = (Kind.PAGE, Kind.VIDEO, Kind.FILE)
"""Finished when the learner says so; everything else by an answer, a grade or a confirmation."""


@dataclass(frozen=True)
class Piece:
    """An activity as the rules see it. `attempts` is how often a quiz may be tried; 0 is without a limit."""

    code: str
    kind: str
    minutes: int
    attempts: int = 0


@dataclass(frozen=True)
class Record:
    """What is known of one activity of one enrolment. `used` attempts, `extra` ones given by a tutor;
    `is_waiting`: handed in and not graded yet."""

    is_done: bool = False
    score: int | None = None
    used: int = 0
    extra: int = 0
    is_waiting: bool = False
    is_started: bool = False


NOTHING = Record()


def facts_of(pieces: Sequence[Piece], records: Mapping[str, Record]) -> Facts:
    """What counts. Records of activities that the version does not have count for nothing."""
    done = frozenset(piece.code for piece in pieces if records.get(piece.code, NOTHING).is_done)
    scores = {
        piece.code: score for piece in pieces if (score := records.get(piece.code, NOTHING).score) is not None
    }
    return Facts(done, scores, sum(piece.minutes for piece in pieces if piece.code in done))


def attempts_left(piece: Piece, record: Record) -> int | None:
    """How many tries of a quiz are left; None where there is no limit."""
    return max(0, piece.attempts + record.extra - record.used) if piece.attempts else None


def lost(pieces: Sequence[Piece], records: Mapping[str, Record]) -> set[str]:
    """The activities that cannot be finished any more: quizzes not passed without a try left."""
    return {
        piece.code
        for piece in pieces
        if piece.kind == Kind.QUIZ
        and not (record := records.get(piece.code, NOTHING)).is_done
        and attempts_left(piece, record) == 0
    }


def path(
    state: str, tree: Tree, pieces: Sequence[Piece], records: Mapping[str, Record]
) -> tuple[EnrolmentState, ...]:
    """The moves that follow from the records: to COMPLETED exactly if the tree is true, to FAILED if it can
    no longer become true, from FAILED back where it can again. Learners in other states do not move."""
    facts = facts_of(pieces, records)
    if state in (EnrolmentState.ACTIVE, EnrolmentState.STALLED, EnrolmentState.FAILED):
        through = (EnrolmentState.ACTIVE,) if state != EnrolmentState.ACTIVE else ()
        if is_true(tree, facts):
            return (*through, EnrolmentState.COMPLETED)
        minutes = {piece.code: piece.minutes for piece in pieces}
        hopeful = can_become_true(tree, facts, lost(pieces, records), minutes=minutes)
        if state == EnrolmentState.FAILED:
            return (EnrolmentState.ACTIVE,) if hopeful else ()
        return () if hopeful else (*through, EnrolmentState.FAILED)
    return ()


class Sign(StrEnum):
    """How a line of the checklist is drawn."""

    DONE = "done"
    NOW = "now"
    TODO = "todo"
    WAIT = "wait"


class Why(StrEnum):
    """Why a line is not done yet."""

    NOTHING = ""
    READ = "READ"
    WATCH = "WATCH"
    QUESTIONS = "QUESTIONS"
    TRY = "TRY"
    TRY_AGAIN = "TRY_AGAIN"
    NO_TRIES = "NO_TRIES"
    OPEN_FILE = "OPEN_FILE"
    WRITE = "WRITE"
    HAND_IN = "HAND_IN"
    GRADING = "GRADING"
    REVIEWS = "REVIEWS"
    REDO = "REDO"
    ATTEND = "ATTEND"
    CONFIRM = "CONFIRM"
    PLAY = "PLAY"
    PLAY_AGAIN = "PLAY_AGAIN"
    OPEN_TOOL = "OPEN_TOOL"
    TOOL_RESULT = "TOOL_RESULT"


_WHY = {
    Kind.PAGE: Why.READ,
    Kind.VIDEO: Why.WATCH,
    Kind.QUIZ: Why.TRY,
    Kind.FILE: Why.OPEN_FILE,
    Kind.DISCUSSION: Why.WRITE,
    Kind.ASSIGNMENT: Why.HAND_IN,
    Kind.WEBINAR: Why.ATTEND,
    Kind.SESSION: Why.CONFIRM,
    Kind.PACKAGE: Why.PLAY,
    Kind.TOOL: Why.OPEN_TOOL,
}


@dataclass(frozen=True)
class Line:
    """One activity in the checklist. `left` are the tries left of a quiz, None without a limit."""

    piece: Piece
    record: Record
    sign: Sign
    why: Why
    left: int | None
    is_wanted: bool


def checklist(
    tree: Tree,
    pieces: Sequence[Piece],
    records: Mapping[str, Record],
    *,
    reviews_due: frozenset[str] = frozenset(),
) -> list[Line]:
    """Every activity in order: done, now, not yet and why. `now` is the first that the learner can do.

    `reviews_due` are assignments handed in whose reviews of others are still missing.
    """
    named, found, has_now = wanted(tree), [], False
    for piece in pieces:
        record = records.get(piece.code, NOTHING)
        left = attempts_left(piece, record) if piece.kind == Kind.QUIZ else None
        sign, why = Sign.TODO, Why.NOTHING
        if record.is_done:
            sign = Sign.DONE
        elif piece.code in reviews_due:
            why = Why.REVIEWS
        elif record.is_waiting:
            sign, why = Sign.WAIT, Why.GRADING
        else:
            why = _why(piece, record, left)
            if piece.kind == Kind.SESSION:
                sign = Sign.WAIT
        if sign == Sign.TODO and not has_now and why != Why.NO_TRIES:
            sign, has_now = Sign.NOW, True
        found.append(Line(piece, record, sign, why, left, piece.code in named))
    return found


def _why(piece: Piece, record: Record, left: int | None) -> Why:
    if piece.kind == Kind.QUIZ and record.used:
        return Why.NO_TRIES if left == 0 else Why.TRY_AGAIN
    if piece.kind == Kind.VIDEO and record.is_started:
        return Why.QUESTIONS
    if piece.kind == Kind.ASSIGNMENT and record.score is not None:
        return Why.REDO
    if piece.kind == Kind.PACKAGE and record.score is not None:
        return Why.PLAY_AGAIN
    if piece.kind == Kind.TOOL and record.is_started and record.score is not None:
        return Why.TOOL_RESULT
    return _WHY[Kind(piece.kind)]


def planned_days(starts: date, ends: date, minutes: Sequence[int]) -> list[date]:
    """By when each module is best finished: the time of the cohort, divided as the modules' minutes are.
    These days remind; nothing closes on them."""
    total, passed, span = sum(minutes) or 1, 0, (ends - starts).days
    found = []
    for n in minutes:
        passed += n
        found.append(starts + timedelta(days=max(1, round(span * passed / total))))
    return found

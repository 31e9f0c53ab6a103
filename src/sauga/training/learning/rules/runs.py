"""What a package reports of a learner, and what is made of it. Pure functions.

A report is a claim of the learner's browser: the package runs there, and one who can program can say anything
in its name. So only what fits the standards is taken, only into the learner's own record, and what must not
be claimed (an exam, a supervised session) is never left to a package (docs/services/training-packages.md).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sauga.training.courses.rules.h5p import H5P
from sauga.training.courses.rules.scorm import OLD

LONGEST_SUSPENDED, LONGEST_LOCATION, LONGEST_RUN = 64 * 1024, 1000, 32
MOST_GOALS, LONGEST_GOAL = 100, 255
MOST_SECONDS = 12 * 3600
LONGEST_REPORT = 400 * 1024
"""Bytes of a report: 64 KiB of any letters, as JSON, with room for the rest."""
STATUSES = {"passed", "completed", "failed", "incomplete", "browsed", "not attempted"}
COMPLETIONS, SUCCESSES = (
    {"completed", "incomplete", "not attempted", "unknown"},
    {"passed", "failed", "unknown"},
)
EXITS = {"", "suspend", "logout", "normal", "time-out"}
TIME_OLD = re.compile(r"(\d{2,4}):(\d{2}):(\d{2})(?:\.\d{1,2})?", re.ASCII)
TIME_NEW = re.compile(
    r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,6})M)?(?:(\d{1,8})(?:\.\d{1,3})?S)?)?", re.ASCII
)


class ReportUnfit(ValueError):
    """A report that no package may send; the message is a code."""


@dataclass(frozen=True)
class Report:
    """What a package says of one session. `score` is a percentage; `run` names the session."""

    run: str
    is_complete: bool = False
    is_passed: bool | None = None
    score: int | None = None
    location: str = ""
    suspended: str = ""
    goals: tuple[Mapping[str, Any], ...] = ()
    seconds: int = 0
    exit: str = ""
    status: str = ""
    marks: Mapping[str, float] = field(default_factory=dict)
    is_opened: bool = False


@dataclass(frozen=True)
class Held:
    """What is kept of one part: the last report, the best score, and the time of the sessions before."""

    report: Report = field(default_factory=lambda: Report(""))
    is_done: bool = False
    score: int | None = None
    seconds_before: int = 0

    @property
    def seconds(self) -> int:
        """The time of all sessions."""
        return self.seconds_before + self.report.seconds


def read(form: str, text: str) -> Report:
    """A report as it was posted. Raises ReportUnfit: `large`, `form`, `value`."""
    if len(text) > LONGEST_REPORT:
        raise ReportUnfit("large")
    try:
        given = json.loads(text)
    except (ValueError, RecursionError):
        raise ReportUnfit("form") from None
    if not isinstance(given, dict):
        raise ReportUnfit("form")
    run = _text(given, "run", LONGEST_RUN)
    if not re.fullmatch(r"[a-z0-9]{6,32}", run):
        raise ReportUnfit("value")
    if given.get("opened") is True:
        return Report(run, is_complete=True, status="completed", is_opened=True)
    made = (_old if form == OLD else _xapi if form == H5P else _new)(given, run)
    return replace(
        made,
        location=_text(given, "location", LONGEST_LOCATION),
        suspended=_suspended(given),
        goals=_goals(given),
        exit=_one_of(given, "exit", EXITS),
        marks=_marks(given),
    )


def _old(given: Mapping[str, Any], run: str) -> Report:
    """SCORM 1.2, Run-Time Environment, data model `cmi.core`."""
    status = _one_of(given, "status", STATUSES | {""})
    return Report(
        run,
        is_complete=status in ("passed", "completed", "failed"),
        is_passed={"passed": True, "failed": False}.get(status),
        score=_raw(given),
        seconds=_seconds(given, TIME_OLD),
        status=status,
    )


def _new(given: Mapping[str, Any], run: str) -> Report:
    """SCORM 2004, Run-Time Environment, data model `cmi`."""
    status = _one_of(given, "status", COMPLETIONS | {""})
    success = _one_of(given, "success", SUCCESSES | {""})
    scaled = _number(given, "scaled", -1, 1)
    return Report(
        run,
        is_complete=status == "completed",
        is_passed={"passed": True, "failed": False}.get(success),
        score=int(max(0.0, scaled) * 100 + 1e-9) if scaled is not None else _raw(given),
        seconds=_seconds(given, TIME_NEW),
        status=status,
    )


def _xapi(given: Mapping[str, Any], run: str) -> Report:
    """H5P, by the results of its xAPI statements (xAPI 1.0.3, Data 2.4.5)."""
    scaled = _number(given, "scaled", -1, 1)
    passed = given.get("success")
    if passed is not None and not isinstance(passed, bool):
        raise ReportUnfit("value")
    return Report(
        run,
        is_complete=given.get("completion") is True,
        is_passed=passed,
        score=int(max(0.0, scaled) * 100 + 1e-9) if scaled is not None else None,
        seconds=_seconds(given, TIME_NEW),
    )


def decide(before: Held, report: Report, *, own_least: int | None, least: int) -> Held:
    """What is kept after a report. `own_least` is the percentage that the package asks for, `least` the one
    that the course asks for.

    A part is done once it is complete and not failed, or passed; where the package asks for a percentage, a
    score decides about that, as the standard has it. Where the course asks for one, no part is done without.
    What is done stays done, the best score stays, time only grows.
    """
    is_same = report.run == before.report.run
    seconds = max(report.seconds, before.report.seconds) if is_same else report.seconds
    passed = report.is_passed
    if own_least is not None and report.score is not None and (report.is_complete or passed is not None):
        passed = report.score >= own_least
    reached = passed is True or (report.is_complete and passed is not False)
    if least:
        reached = reached and report.score is not None and report.score >= least
    scores = [one for one in (before.score, report.score) if one is not None]
    return Held(
        report=replace(report, seconds=seconds),
        is_done=before.is_done or reached,
        score=max(scores, default=None),
        seconds_before=before.seconds_before if is_same else before.seconds,
    )


def together(parts: Mapping[str, Held], codes: tuple[str, ...]) -> tuple[bool, int | None]:
    """Whether every part of a package is done, and its score: the mean of those parts that report one."""
    held = [parts.get(code, Held()) for code in codes]
    scores = [one.score for one in held if one.score is not None]
    return bool(held) and all(one.is_done for one in held), int(sum(scores) / len(scores)) if scores else None


def _text(given: Mapping[str, Any], name: str, most: int) -> str:
    text = given.get(name, "")
    if not isinstance(text, str) or len(text) > most or "\x00" in text or not _is_unicode(text):
        raise ReportUnfit("value")
    return text


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _suspended(given: Mapping[str, Any]) -> str:
    text = _text(given, "suspended", LONGEST_SUSPENDED)
    if len(text.encode()) > LONGEST_SUSPENDED:
        raise ReportUnfit("large")
    return text


def _one_of(given: Mapping[str, Any], name: str, allowed: set[str]) -> str:
    text = _text(given, name, 20)
    if text not in allowed:
        raise ReportUnfit("value")
    return text


def _number(given: Mapping[str, Any], name: str, least: float, most: float) -> float | None:
    value = given.get(name, "")
    if value in ("", None):
        return None
    try:
        number = (
            float(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
        )
    except (ValueError, OverflowError):
        number = None
    if number is None or not least <= number <= most:  # NaN is in no range
        raise ReportUnfit("value")
    return number


def _marks(given: Mapping[str, Any]) -> dict[str, float]:
    """The score in the package's own numbers, so that it finds them again."""
    found = {name: _number(given, name, -1e9, 1e9) for name in ("raw", "min", "max", "scaled")}
    return {name: number for name, number in found.items() if number is not None}


def _raw(given: Mapping[str, Any]) -> int | None:
    """The raw score between its least and its greatest value, in percent, rounded down. Without both, the raw
    score is one of a hundred."""
    raw = _number(given, "raw", -1e9, 1e9)
    if raw is None:
        return None
    least, most = _number(given, "min", -1e9, 1e9), _number(given, "max", -1e9, 1e9)
    least, most = (0.0 if least is None else least), (100.0 if most is None else most)
    share = (raw - least) / (most - least) if most > least else 0.0
    return int(max(0.0, min(1.0, share)) * 100 + 1e-9)


def _seconds(given: Mapping[str, Any], form: re.Pattern[str]) -> int:
    text = _text(given, "time", 40)
    match = form.fullmatch(text)
    if match is None:
        return 0
    parts = [int(one or 0) for one in match.groups()]
    days, (hours, minutes, seconds) = (parts[0], parts[1:]) if len(parts) == 4 else (0, parts)
    return min(days * 86400 + hours * 3600 + minutes * 60 + seconds, MOST_SECONDS)


def _goals(given: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """The objectives that a package keeps for the next session: name and state, nothing else."""
    rows = given.get("goals", [])
    if not isinstance(rows, list) or len(rows) > MOST_GOALS:
        raise ReportUnfit("value")
    found = []
    for row in rows:
        if not isinstance(row, dict):
            raise ReportUnfit("value")
        one = {name: _text(row, name, LONGEST_GOAL) for name in ("id", "status", "success", "raw", "scaled")}
        found.append({name: text for name, text in one.items() if text})
    return tuple(found)

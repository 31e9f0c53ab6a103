"""What is made of a package's reports: only what fits the standards, never less than was reached before."""

import json
import random
from typing import Any

import pytest

from sauga.training.learning.rules import runs
from sauga.training.learning.rules.runs import Held, ReportUnfit, decide, read, together
from tests.repetition import often

pytestmark = pytest.mark.unit


def report(form: str = "scorm12", **given: Any) -> runs.Report:
    return read(form, json.dumps({"run": "session1", **given}))


def decided(
    given: runs.Report, *, own: int | None = None, least: int = 0, before: Held | None = None
) -> Held:
    return decide(before or Held(), given, own_least=own, least=least)


@pytest.mark.parametrize(
    ("given", "own", "least", "is_done"),
    [
        ({"status": "completed"}, None, 0, True),
        ({"status": "passed"}, None, 0, True),
        ({"status": "failed"}, None, 0, False),
        ({"status": "incomplete", "raw": "100"}, None, 0, False),
        ({"status": "incomplete", "raw": "100"}, 80, 0, False),
        ({"status": "completed", "raw": "80"}, 80, 0, True),
        ({"status": "passed", "raw": "79"}, 80, 0, False),
        ({"status": "failed", "raw": "80"}, 80, 0, True),
        ({"status": "passed"}, 80, 0, True),
        ({"status": "completed"}, None, 60, False),
        ({"status": "completed", "raw": "59"}, None, 60, False),
        ({"status": "completed", "raw": "60"}, None, 60, True),
        ({"status": "passed", "raw": "60"}, 50, 70, False),
    ],
)
def test_scorm_12_is_done_as_the_standard_and_the_course_say(given: Any, own: Any, least: int, is_done: bool):
    assert decided(report(**given), own=own, least=least).is_done is is_done


@pytest.mark.parametrize(
    ("given", "own", "least", "is_done", "score"),
    [
        ({"status": "completed", "success": "unknown"}, None, 0, True, None),
        ({"status": "completed", "success": "failed", "scaled": "0.4"}, None, 0, False, 40),
        ({"status": "incomplete", "success": "passed", "scaled": 0.9}, None, 0, True, 90),
        ({"status": "completed", "success": "unknown", "scaled": "-0.5"}, None, 1, False, 0),
        ({"status": "completed", "scaled": "0.7"}, 80, 0, False, 70),
        ({"status": "completed", "raw": 7, "min": 0, "max": 10}, None, 70, True, 70),
    ],
)
def test_scorm_2004_knows_completion_and_success_apart(
    given: Any, own: Any, least: int, is_done: bool, score: Any
):
    found = decided(report("scorm2004", **given), own=own, least=least)
    assert (found.is_done, found.score) == (is_done, score)


def test_statements_of_h5p():
    found = decided(report("h5p", completion=True, success=True, scaled=0.8, time="PT95S"))
    assert (found.is_done, found.score, found.seconds) == (True, 80, 95)
    assert not decided(report("h5p", completion=False, scaled=1)).is_done
    with pytest.raises(ReportUnfit):
        report("h5p", success="yes")


def test_time_adds_up_over_sessions_and_not_within_one():
    first = decided(report(time="00:01:00"))
    again = decided(report(time="00:02:30"), before=first)
    back = decided(report(time="00:02:00"), before=again)
    assert (first.seconds, again.seconds, back.seconds) == (60, 150, 150)
    assert decided(report(run="session2", time="00:00:30"), before=back).seconds == 180
    assert decided(report(time="9999:00:00")).seconds == runs.MOST_SECONDS
    assert report("scorm2004", time="P1DT2H3M4.5S").seconds == runs.MOST_SECONDS
    assert report("scorm2004", time="PT1H2M3S").seconds == 3723
    assert report("scorm2004", time="an hour").seconds == 0


def test_what_is_done_stays_done_and_the_best_score_stays():
    done = decided(report(status="passed", raw="90"))
    after = decided(report(status="failed", raw="10", run="session2"), before=done)
    assert after.is_done and after.score == 90 and after.report.is_passed is False


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "[" * 100_000,
        "x" * (runs.LONGEST_REPORT + 1),
        '{"run": "short"}',
        '{"run": "UPPERCASE"}',
        '{"run": "session1", "status": "done"}',
        '{"run": "session1", "status": ["passed"]}',
        '{"run": "session1", "raw": "NaN"}',
        '{"run": "session1", "raw": "1e999"}',
        '{"run": "session1", "raw": NaN}',
        '{"run": "session1", "raw": true}',
        '{"run": "session1", "raw": "' + "9" * 5000 + '"}',
        '{"run": "session1", "location": "' + "x" * 1001 + '"}',
        '{"run": "session1", "location": "\\u0000"}',
        '{"run": "session1", "suspended": "\\ud800"}',
        '{"run": "session1", "suspended": "' + "x" * (64 * 1024 + 1) + '"}',
        '{"run": "session1", "suspended": "' + "ž" * (32 * 1024 + 1) + '"}',
        '{"run": "session1", "exit": "hang"}',
        '{"run": "session1", "goals": {}}',
        '{"run": "session1", "goals": [1]}',
        '{"run": "session1", "goals": [{"id": 5}]}',
        json.dumps({"run": "session1", "goals": [{"id": "x"}] * 101}),
    ],
)
def test_a_report_that_no_package_may_send_is_refused(text: str):
    with pytest.raises(ReportUnfit):
        read("scorm12", text)


def test_exactly_64_kib_are_kept():
    assert len(report(suspended="x" * 64 * 1024).suspended) == 64 * 1024


def test_a_package_is_done_when_all_its_parts_are():
    done, half = Held(is_done=True, score=100), Held(is_done=False, score=50)
    assert together({"a": done, "b": half}, ("a", "b")) == (False, 75)
    assert together({"a": done, "b": Held(is_done=True)}, ("a", "b")) == (True, 100)
    assert together({"a": done}, ("a", "b")) == (False, 100)
    assert together({}, ()) == (False, None)


def test_no_order_of_reports_takes_anything_back():
    dice = random.Random(162)
    for _n in range(often(100, 5000)):
        held, done, score, seconds = Held(), False, -1, 0
        for _step in range(12):
            given: dict[str, Any] = {
                "run": f"session{dice.randint(1, 3)}",
                "status": dice.choice(sorted(runs.STATUSES)),
                "time": f"00:{dice.randint(10, 59)}:00",
            }
            if dice.random() < 0.6:
                given["raw"] = dice.randint(0, 100)
            held = decide(
                held, report(**given), own_least=dice.choice([None, 50]), least=dice.choice([0, 60])
            )
            assert held.is_done >= done and (held.score or -1) >= score and held.seconds >= seconds
            done, score, seconds = held.is_done, held.score if held.score is not None else -1, held.seconds

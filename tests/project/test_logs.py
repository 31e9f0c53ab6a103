"""What reaches the log: no path, no browser's name, no content; but every fault of ours."""

import ast
import json
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

import sauga
from sauga.project.logs import EXTRA, FaultsOnly, JsonFormatter

pytestmark = pytest.mark.unit


def line(record):
    return json.loads(JsonFormatter().format(record))


def record(message="something", *args, exc_info=None, level=logging.ERROR, name="sauga.test"):
    return logging.LogRecord(name, level, __file__, 1, message, args, exc_info)


def caught(error):
    try:
        raise error
    except type(error):
        return sys.exc_info()


def test_a_line_is_json_with_time_level_logger_and_event():
    written = line(record("moved %s", "R-1", level=logging.INFO))
    assert written["event"] == "moved R-1"
    assert {"at", "level", "logger"} < written.keys()


def test_an_exceptions_text_stays_out_and_its_kind_and_place_stay_in():
    written = JsonFormatter().format(record(exc_info=caught(ValueError("canary-content"))))
    assert "canary" not in written
    assert json.loads(written)["error"] == "ValueError"
    assert "test_logs.py" in json.loads(written)["where"][-1]


def test_the_path_of_a_faulty_request_is_taken_out():
    fault = record("Internal Server Error: %s", "/canary/path/", exc_info=caught(KeyError("canary")))
    assert FaultsOnly().filter(fault)
    assert "canary" not in JsonFormatter().format(fault)


@pytest.mark.parametrize("level", [logging.WARNING, logging.ERROR])
def test_lines_about_a_missing_page_are_dropped(level):
    assert not FaultsOnly().filter(record("Not Found: %s", "/canary/", level=level))


def test_nobody_falls_back_to_pythons_last_resort():
    """A logger that does not propagate must have a handler, or Python writes its lines to
    stderr all the same.
    """
    silent = [
        name for name, logger in settings.LOGGING["loggers"].items() if logger.get("propagate") is False
    ]
    assert silent
    assert all(settings.LOGGING["loggers"][name]["handlers"] for name in silent)


@pytest.mark.parametrize(
    "name", ["uvicorn.error", "uvicorn.access", "procrastinate.worker", "procrastinate.periodic"]
)
def test_servers_are_quiet_unless_something_is_wrong(name):
    code = f"""
import logging, logging.config
from django.conf import settings
logging.config.dictConfig(settings.LOGGING)
logging.getLogger({name!r}).info("canary")
logging.getLogger("django.request").warning("Not Found: %s", "/canary/")
logging.getLogger("django.security.DisallowedHost").error("canary")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "canary" not in done.stderr + done.stdout


def with_extra(**extra):
    written = record()
    vars(written).update(extra)
    return line(written)


def test_fields_of_the_list_are_written_and_others_are_not():
    head = {"zone": "hotline", "sequence": 7, "hash": "ab" * 32, "signed_at": "2026-11-27T12:00:00+00:00"}
    assert (
        with_extra(
            **head, error_type="OperationalError", path="/canary/", email="canary@pastas.example"
        ).items()
        >= head.items()
    )
    assert "canary" not in json.dumps(
        with_extra(path="/canary/", email="canary@pastas.example", request="canary")
    )


@pytest.mark.parametrize(
    "value", ["two words", "ąžuolas", "a@b.example", "/path", "x" * 129, "a\nb", None, ["a"], {"a": 1}, 1.5]
)
def test_a_field_holds_a_code_or_a_number_and_nothing_else(value):
    assert "kind" not in with_extra(kind=value)


def test_every_field_that_a_call_adds_is_on_the_list():
    """A field that is not would be lost without a word, as the number and hash of a signed head once were."""
    calls = []
    for path in Path(sauga.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg == "extra" and isinstance(node.value, ast.Dict):
                calls += [(path.name, key.value) for key in node.value.keys if isinstance(key, ast.Constant)]
    assert len(calls) > 10
    assert not [(name, key) for name, key in calls if key not in EXTRA]

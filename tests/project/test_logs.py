"""What reaches the log: no path, no browser's name, no content; but every fault of ours."""

import json
import logging
import subprocess
import sys

import pytest
from django.conf import settings

from sauga.project.logs import FaultsOnly, JsonFormatter

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
    """A logger that does not propagate must have a handler, or Python writes its lines to stderr all the same."""
    silent = [name for name, logger in settings.LOGGING["loggers"].items() if logger.get("propagate") is False]
    assert silent
    assert all(settings.LOGGING["loggers"][name]["handlers"] for name in silent)


@pytest.mark.parametrize("name", ["uvicorn.error", "uvicorn.access", "procrastinate.worker", "procrastinate.periodic"])
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

"""Structured logs: one JSON object a line with time, level, logger and event; never content, names or
addresses.

A call may add fields (`extra=`) from a short list, and a field may hold a code or a number only; anything
else is left out. So a mistake in a call cannot write words, addresses or paths into the log.
"""

import json
import logging
import re
from datetime import UTC, datetime

EXTRA = (
    *("error_type", "act", "destination"),  # what failed
    *("prefix", "kind"),  # returned mail
    *("zone", "sequence", "hash", "signed_at", "public", "signature"),  # a signed head of the audit log
)
"""The fields that a call may add. A test holds the list together with the calls."""
CODE = re.compile(r"[A-Za-z0-9_.:+-]{0,128}", re.ASCII)


class JsonFormatter(logging.Formatter):
    """One line of JSON.

    An exception is written as its type and places in our code; its text may hold content and stays out.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": record.getMessage(),
        }
        line |= {name: value for name in EXTRA if _is_code(value := getattr(record, name, None))}
        if record.exc_info and record.exc_info[0]:
            line["error"] = record.exc_info[0].__name__
            line["where"] = _places(record)
        return json.dumps(line, ensure_ascii=False)


def _is_code(value: object) -> bool:
    return isinstance(value, bool | int) or (isinstance(value, str) and CODE.fullmatch(value) is not None)


class FaultsOnly(logging.Filter):
    """Lets through errors of our own code, without the request they happened in; everything else that names a
    path is dropped."""

    def filter(self, record: logging.LogRecord) -> bool:
        if not (record.exc_info and record.levelno >= logging.ERROR):
            return False
        record.msg, record.args = "a request failed", ()
        return True


def _places(record: logging.LogRecord) -> list[str]:
    places = []
    trace = record.exc_info[2] if record.exc_info else None
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(
            f"{code.co_filename.rpartition('/site-packages/')[2].rpartition('/src/')[2]}"
            f":{trace.tb_lineno} {code.co_name}"
        )
        trace = trace.tb_next
    return places[-8:]

"""Stub until merge."""

from datetime import datetime
from typing import Any


def issue(row: Any, made: Any, former: Any, at: datetime) -> str:
    return ""


def suspend(code: str, at: datetime) -> None: ...
def restore(code: str, at: datetime) -> None: ...
def revoke(code: str, why: str, at: datetime) -> None: ...

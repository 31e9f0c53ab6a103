"""Addresses. Their names begin with `panel-`."""

from typing import Any

public: list[Any] = []
desk: list[Any] = []
machine: list[Any] = []

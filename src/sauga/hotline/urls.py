"""Addresses of the hotline, gathered from its views. Names begin with `hotline-`."""

from importlib import import_module
from typing import Any

VIEWS = (
    "public",
    "own_picture",
    "worklist",
    "many",
    "item",
    "report",
    "welfare",
    "notices",
    "provider",
    "providers",
    "watched",
    "handover",
    "handover_files",
    "figures",
    "lists",
)


def _gather(name: str) -> list[Any]:
    return [pattern for view in VIEWS for pattern in getattr(import_module(f"sauga.hotline.views.{view}"), name, [])]


public = _gather("public_urls")
desk = _gather("desk_urls")
machine = _gather("machine_urls")

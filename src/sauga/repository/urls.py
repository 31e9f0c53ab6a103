"""Addresses of the repository, gathered from its views. Names begin with `repository-`."""

from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from sauga.repository import views


def _gather(name: str) -> list[Any]:
    modules = [import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__)]
    return [pattern for module in modules for pattern in getattr(module, name, [])]


public = _gather("public_urls")
desk = _gather("desk_urls")
machine = _gather("machine_urls")

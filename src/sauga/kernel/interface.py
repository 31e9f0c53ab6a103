"""Interfaces that are put together at first use: models may be imported only once all apps are ready."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def at_first_use(package: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562). `where` says for each public name which of its modules has it;
    a module under its own name is meant itself.

    What was found stays in the package, so that only the first use is looked up. Raises AttributeError for a name it does not have.
    """

    def look_up(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        module = import_module(f"{package}.{where[name]}")
        found = module if where[name] == name else getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    return look_up

"""Lazy exports of a package: names are imported at first use, because models may be imported only once all
apps are ready."""

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def lazy_getattr(package: str, where: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a package (PEP 562). `where` maps each public name to the module that has it, by
    its path below the package; a module that is mapped to under its own name and holds no such name is
    exported itself; one of another package is named in full.

    The result is stored in the package, so that only the first use is looked up. Raises AttributeError for
    any other name.
    """

    def look_up(name: str) -> Any:
        if name not in where:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        place = where[name] if where[name].startswith("sauga.") else f"{package}.{where[name]}"
        module = import_module(place)
        is_module = where[name].rpartition(".")[2] == name and not hasattr(module, name)
        found = module if is_module else getattr(module, name)
        setattr(sys.modules[package], name, found)
        return found

    return look_up

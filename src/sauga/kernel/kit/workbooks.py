"""Access to openpyxl.

It is large, and loads Pillow where that is installed, for pictures in workbooks; nothing here uses pictures.
"""

import sys
from importlib import import_module
from types import ModuleType


def library() -> ModuleType:
    """The library, imported at first use: without Pillow in a process that has not loaded it, as those of the
    case services never do."""
    if "openpyxl" in sys.modules or "PIL" in sys.modules:
        return import_module("openpyxl")
    sys.modules["PIL"] = None  # type: ignore[assignment]  # an import of it fails, and openpyxl goes on without pictures
    try:
        return import_module("openpyxl")
    finally:
        del sys.modules["PIL"]

"""Reads the description of an H5P file (h5p.json): its title, its main library, the libraries that it needs.

The libraries are programs that the file brings with it; one that does not bring them cannot be played.
Pure functions. Format: the H5P specification, "Package definition file".
"""

import json
import re
from collections.abc import Collection, Mapping
from typing import Any

from sauga.training.courses.rules.scorm import LONGEST_TITLE, Fault, Manifest, Part

DESCRIPTION, CONTENT = "h5p.json", "content/content.json"
H5P = "h5p"
NAME = re.compile(r"[A-Za-z0-9.-]{1,100}", re.ASCII)
MOST_LIBRARIES = 200


def read(text: bytes, names: Collection[str]) -> Manifest:
    """The description of a file that holds these names. What is wrong stands in its faults."""
    held = record(text)
    if not held:
        return Manifest(H5P, "", (), (("description_broken", ""),))
    known = set(names)
    faults: list[Fault] = [] if CONTENT in known else [("content", "")]
    wanted = libraries(held)
    main = str(held.get("mainLibrary", ""))
    if not wanted or main not in {name for name, _folder in wanted}:
        faults.append(("description_broken", ""))
    faults += [("library", name) for name, folder in wanted if f"{folder}/library.json" not in known]
    title = str(held.get("title", ""))[:LONGEST_TITLE]
    return Manifest(H5P, title, (Part(H5P, title, DESCRIPTION),), tuple(dict.fromkeys(faults)))


def record(text: bytes) -> Mapping[str, Any]:
    """The description as it stands; empty for what is no JSON object."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return held if isinstance(held, dict) else {}


def libraries(held: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The libraries that the description names, each with its folder; none where one cannot be read."""
    rows = held.get("preloadedDependencies")
    if not isinstance(rows, list) or len(rows) > MOST_LIBRARIES:
        return []
    found = []
    for row in rows:
        name = str(row.get("machineName", "")) if isinstance(row, dict) else ""
        numbers = [str(row.get(part, "")) for part in ("majorVersion", "minorVersion")] if name else []
        if not NAME.fullmatch(name) or not all(one.isascii() and one.isdigit() for one in numbers):
            return []
        found.append((name, f"{name}-{'.'.join(numbers)}"))
    return found

"""Reads the manifest of a SCORM package: which version it is, its parts in order, and what each part is told.

SCORM 1.2 (Content Aggregation Model, 2001) and SCORM 2004 2nd to 4th edition. Names of elements are compared
without their namespaces, because authoring tools write them with and without. Pure functions.
"""

import posixpath
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as etree

from sauga.kernel import xml_trees

MANIFEST = "imsmanifest.xml"
OLD, NEW = "scorm12", "scorm2004"
MOST_PARTS, LONGEST_TITLE, LONGEST_DATA, LONGEST_CODE = 60, 200, 4096, 120
EDITIONS_2004 = ("2004", "CAM 1.3", "1.3")
type Fault = tuple[str, str]


@dataclass(frozen=True)
class Part:
    """One part that a learner opens. `least` is the percentage that the package itself asks for; `data` what
    the part is told when it starts; an asset reports nothing and is done once it was opened."""

    code: str
    title: str
    path: str
    query: str = ""
    is_asset: bool = False
    least: int | None = None
    data: str = ""


@dataclass(frozen=True)
class Manifest:
    """What a manifest says. `faults` keep the package out; `notes` are for the editor."""

    format: str
    title: str
    parts: tuple[Part, ...]
    faults: tuple[Fault, ...] = ()
    notes: tuple[Fault, ...] = ()


def read(text: bytes, names: Collection[str]) -> Manifest:
    """The manifest of a package that holds files of these names. What is wrong stands in its faults."""
    try:
        root = xml_trees.read(text, most=20_000)
    except xml_trees.TreeRefused:
        return Manifest("", "", (), (("manifest_broken", ""),))
    if _local(root) != "manifest":
        return Manifest("", "", (), (("manifest_broken", ""),))
    if not (kind := _format(root)):
        version = _text(_first(root, "schemaversion"))
        return Manifest("", "", (), (("version", version[:40]),))
    return _Reading(root, kind, names).whole()


def _format(root: etree.Element) -> str:
    version = _text(_first(root, "schemaversion"))
    if version == "1.2":
        return OLD
    if version.startswith(EDITIONS_2004):
        return NEW
    if version:
        return ""
    spaces = {name[1:].partition("}")[0] for one in root.iter() for name in one.attrib if name[:1] == "{"}
    if any(space.endswith("adlcp_rootv1p2") for space in spaces):
        return OLD
    return NEW if any(space.endswith("adlcp_v1p3") for space in spaces) else ""


class _Reading:
    """One manifest being read."""

    def __init__(self, root: etree.Element, kind: str, names: Collection[str]) -> None:
        self.root, self.kind, self.names = root, kind, set(names)
        self.faults: list[Fault] = []
        self.notes: list[Fault] = []
        holder = _first(root, "resources")
        self.base = _base(root) + (_base(holder) if holder is not None else "")
        found = _children(holder, "resource") if holder is not None else ()
        self.resources = {one.get("identifier", ""): one for one in found}

    def whole(self) -> Manifest:
        """Everything that the manifest says."""
        title, parts = self.organised()
        if not parts and not self.faults:
            self.faults.append(("nothing", ""))
        if len(parts) > MOST_PARTS:
            self.faults.append(("parts", str(len(parts))))
        if any(
            _local(one) in ("preConditionRule", "postConditionRule", "rollupRule") for one in self.root.iter()
        ):
            self.notes.append(("sequencing", ""))
        missing = sum(1 for one in self.root.iter() if _local(one) == "file" and self.is_missing(one))
        if missing:
            self.notes.append(("missing", str(missing)))
        return Manifest(self.kind, title, tuple(parts), tuple(self.faults), tuple(self.notes))

    def organised(self) -> tuple[str, list[Part]]:
        """The title and the parts of the organisation that is the default; without one, of all that runs."""
        holder = _first(self.root, "organizations")
        found = list(_children(holder, "organization")) if holder is not None else []
        wanted = holder.get("default", "") if holder is not None else ""
        chosen = next((one for one in found if one.get("identifier") == wanted), found[0] if found else None)
        if chosen is None:
            return "", [
                part
                for code, one in self.resources.items()
                if not _is_asset(one) and (part := self.part(code, "", one, {}))
            ]
        if len(found) > 1:
            self.notes.append(("organisations", str(len(found))))
        parts, seen = [], set[str]()
        for item in _items(chosen):
            resource = self.resources.get(item.get("identifierref", ""))
            if resource is None or item.get("isvisible", "true").lower() == "false":
                continue
            code = item.get("identifier", "") or item.get("identifierref", "")
            if code in seen:
                self.faults.append(("twice", code[:LONGEST_CODE]))
            seen.add(code)
            part = self.part(code, _text(_child(item, "title")), resource, _settings(item))
            parts += [part] if part else []
        return _text(_child(chosen, "title"))[:LONGEST_TITLE], parts

    def part(self, code: str, title: str, one: etree.Element, more: Mapping[str, Any]) -> Part | None:
        """A part that a resource starts with; a fault is noted where that leads nowhere."""
        href = one.get("href", "")
        if not href:
            return None
        path, query = located(self.base + _base(one), href, more.get("parameters", ""))
        if not path:
            self.faults.append(("outside", href[:LONGEST_CODE]))
        elif path not in self.names:
            self.faults.append(("gone", path[:LONGEST_CODE]))
        if len(code) > LONGEST_CODE or not code:
            self.faults.append(("code", code[:LONGEST_CODE]))
        return Part(
            code=code,
            title=title[:LONGEST_TITLE],
            path=path,
            query=query,
            is_asset=_is_asset(one),
            least=more.get("least"),
            data=more.get("data", "")[:LONGEST_DATA],
        )

    def is_missing(self, one: etree.Element) -> bool:
        """Whether a file that the manifest names is not in the package."""
        href = one.get("href", "")
        bases = ("", self.base)
        return bool(href) and not any(located(base, href, "")[0] in self.names for base in bases)


def located(base: str, href: str, parameters: str) -> tuple[str, str]:
    """The file that an address within the package names, and its query with the item's parameters. No file
    where it leads out of the package."""
    try:
        address = urlsplit(href.strip().replace("\\", "/"))
    except ValueError:
        return "", ""
    path = unquote(address.path)
    if address.scheme or address.netloc or path.startswith("/") or "\x00" in path:
        return "", ""
    whole = posixpath.normpath(posixpath.join(base, path))
    if not path or whole.startswith(("../", "/")) or whole in ("..", "."):
        return "", ""
    more = parameters.strip().lstrip("?&")
    return whole, "&".join(filter(None, (address.query, more.partition("#")[0])))[:1000]


def _settings(item: etree.Element) -> dict[str, Any]:
    found: dict[str, Any] = {"parameters": item.get("parameters", "")}
    for one in item:
        name = _local(one).lower()
        if name == "masteryscore":
            found["least"] = _percent(_text(one), 1)
        elif name == "datafromlms":
            found["data"] = _text(one)
        elif name == "sequencing":
            measured = [
                goal for goal in one.iter()
                if _local(goal) == "primaryObjective" and goal.get("satisfiedByMeasure", "").lower() == "true"
            ]  # fmt: skip
            if measured:
                least = _first(measured[0], "minNormalizedMeasure")
                found["least"] = _percent(_text(least) or "1.0", 100)
    return found


def _percent(text: str, times: int) -> int | None:
    try:
        value = float(text) * times
    except ValueError:
        return None
    return round(value) if 0 <= value <= 100 else None  # false for NaN as well


def _is_asset(one: etree.Element) -> bool:
    kind = next((text for name, text in one.attrib.items() if _bare(name).lower() == "scormtype"), "asset")
    return kind.lower() != "sco"


def _items(one: etree.Element) -> Iterator[etree.Element]:
    for item in _children(one, "item"):
        yield item
        yield from _items(item)


def _base(one: etree.Element) -> str:
    base = one.get("{http://www.w3.org/XML/1998/namespace}base", "")
    return base if not base or base.endswith("/") else f"{base}/"


def _bare(name: str) -> str:
    return name.rpartition("}")[2]


def _local(one: etree.Element) -> str:
    return _bare(one.tag) if isinstance(one.tag, str) else ""


def _children(one: etree.Element, name: str) -> Iterator[etree.Element]:
    return (child for child in one if _local(child) == name)


def _child(one: etree.Element, name: str) -> etree.Element | None:
    return next(_children(one, name), None)


def _first(one: etree.Element, name: str) -> etree.Element | None:
    return next((child for child in one.iter() if _local(child) == name), None)


def _text(one: etree.Element | None) -> str:
    return " ".join("".join(one.itertext()).split()) if one is not None else ""

"""The written texts of the demo's materials (`texts/<resource>/<language>.md`) as data for the templates.

Headings with ids, paragraphs, lists, quotes, tables. `**bold**`, `*italic*`; `____` is a line to write on,
`☐` a box to tick, `[words]` the place of a slot.
"""

import re
import tomllib
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

TEXTS = Path(__file__).parent / "texts"
HEADING = re.compile(r"(#{1,3}) (.+?)(?: \{#([a-z0-9-]+)\})?$")
MINUTES = re.compile(r" \((\d+) min\.?\)$")
ITEM = re.compile(r"(?:- |\d{1,2}\. )(.+)")
PIECE = re.compile(r"(\*\*.+?\*\*|\*[^*\s][^*]*\*|_{4,}|☐|\[[^\[\]]+\])")

type Run = dict[str, str]
type Block = dict[str, Any]


@dataclass
class Section:
    """A part under a heading of the second level."""

    id: str
    title: str
    blocks: list[Block] = field(default_factory=list)


@dataclass
class Material:
    """One text: what stands between `+++`, its title and its sections."""

    facts: dict[str, Any]
    title: str
    sections: list[Section]

    def section(self, *ids: str) -> Section | None:
        """The first section with one of these ids."""
        return next((one for one in self.sections if one.id in ids), None)


def material(resource: str, language: str) -> Material:
    """The text of a resource in a language."""
    _, head, body = (TEXTS / resource / f"{language}.md").read_text(encoding="utf-8").split("+++\n", 2)
    found = Material(tomllib.loads(head), "", [])
    for chunk in re.split(r"\n\s*\n", body.strip()):
        for part in _headed(chunk.split("\n")):
            _take(found, part)
    return found


def _headed(lines: list[str]) -> list[list[str]]:
    """Headings alone, the lines between them together."""
    parts: list[list[str]] = []
    for line in lines:
        if HEADING.match(line) or not parts or HEADING.match(parts[-1][0]):
            parts.append([line])
        else:
            parts[-1].append(line)
    return parts


def _take(found: Material, lines: list[str]) -> None:
    heading = HEADING.match(lines[0])
    if heading is None:
        found.sections[-1].blocks += _blocks(lines)
        return
    level, text, name = len(heading[1]), heading[2], heading[3] or ""
    if level == 1:
        found.title = text
    elif level == 2:
        found.sections.append(Section(name, text))
    else:
        timed = MINUTES.search(text)
        found.sections[-1].blocks.append(
            {
                "kind": "heading",
                "text": MINUTES.sub("", text),
                "minutes": int(timed[1]) if timed else 0,
                "id": name,
            }
        )


def _blocks(lines: list[str]) -> list[Block]:
    """A run of lines: a list, a table or a quotation may stand beside a paragraph without an empty line."""
    return [_block(kind, list(group)) for kind, group in groupby(lines, key=_kind)]


def _kind(line: str) -> str:
    if line.startswith("|"):
        return "table"
    if line.startswith(">"):
        return "quote"
    return ("bullets" if line.startswith("- ") else "numbers") if ITEM.match(line) else "paragraph"


def _block(kind: str, lines: list[str]) -> Block:
    if kind == "table":
        rows = [[runs(cell.strip()) for cell in line.strip("|").split("|")] for line in lines]
        return {"kind": "table", "rows": [row for number, row in enumerate(rows) if number != 1]}
    if kind == "quote":
        return {"kind": "quote", "lines": [runs(line.lstrip("> ")) for line in lines]}
    if kind == "paragraph":
        return {"kind": "paragraph", "lines": [runs(line) for line in lines]}
    items = [runs(ITEM.sub(r"\1", line)) for line in lines]
    return {"kind": "list", "ordered": kind == "numbers", "items": items}


def runs(text: str) -> list[Run]:
    """A line in pieces: text, bold, italic, line to write on, box, place of a slot."""
    return [_run(piece) for piece in PIECE.split(text) if piece]


def _run(piece: str) -> Run:
    if piece.startswith("**") and len(piece) > 4:
        return {"is": "bold", "text": piece[2:-2]}
    if piece.startswith("*") and len(piece) > 2 and piece.endswith("*"):
        return {"is": "italic", "text": piece[1:-1]}
    if piece.startswith("____"):
        return {"is": "line", "text": "", "long": "1" if len(piece) >= 20 else ""}
    if piece == "☐":
        return {"is": "box", "text": ""}
    if piece.startswith("[") and piece.endswith("]"):
        return {"is": "slot", "text": piece[1:-1]}
    return {"is": "text", "text": piece}

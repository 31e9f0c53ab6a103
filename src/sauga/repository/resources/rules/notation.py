"""How an editor writes a body in a plain text field: blocks with an empty line between them.

Nothing in it is markup for a browser.

# Heading
A paragraph.

- an item            1. an item in order
! 10 Title of a task
What to do.

? A question
- an answer
+ the right answer

[[logo]]
"""

import re
from typing import Any

TASK = re.compile(r"!\s*(?:(\d{1,3})\s+)?(.*)")
SLOT = re.compile(r"\[\[([a-z0-9_-]{1,32})\]\]")
ORDERED = re.compile(r"\d{1,2}[.)]\s+")


def read(text: str) -> list[dict[str, Any]]:
    """The blocks of a text. Whether they are valid is up to `blocks.checked`."""
    parts = re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip())
    return [
        block
        for part in parts
        if part.strip()
        for block in _blocks([line.strip() for line in part.strip().split("\n")])
    ]


def write(blocks: list[dict[str, Any]]) -> str:
    """The text for these blocks: `read(write(b)) == b` for checked blocks."""
    return "\n\n".join(_written(block) for block in blocks)


def _blocks(lines: list[str]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for place, line in enumerate(lines):
        if line.startswith("#"):
            found.append({"kind": "heading", "text": line.lstrip("# ")})
        elif slot := SLOT.fullmatch(line):
            found.append({"kind": "slot", "slot": slot[1]})
        else:
            return [*found, _block(line, lines[place + 1 :], lines[place:])]
    return found


def _block(first: str, rest: list[str], lines: list[str]) -> dict[str, Any]:
    if first.startswith("?"):
        return _question(first, rest)
    if first.startswith("!") and (found := TASK.fullmatch(first)):
        minutes = int(found[1]) if found[1] else None
        return {"kind": "task", "title": found[2].strip(), "text": "\n".join(rest), "minutes": minutes}
    if all(line.startswith("- ") for line in lines):
        return {"kind": "list", "items": [line[2:].strip() for line in lines], "ordered": False}
    if all(ORDERED.match(line) for line in lines):
        return {"kind": "list", "items": [ORDERED.sub("", line, count=1) for line in lines], "ordered": True}
    return {"kind": "paragraph", "text": "\n".join(lines)}


def _question(first: str, rest: list[str]) -> dict[str, Any]:
    marked = [line for line in rest if line[:1] in {"-", "+"}]
    answers = [line[1:].strip() for line in marked]
    right = [place for place, line in enumerate(marked) if line.startswith("+")]
    return {"kind": "question", "text": first[1:].strip(), "answers": answers, "right": right}


def _written(block: dict[str, Any]) -> str:
    kind = block["kind"]
    if kind == "heading":
        return f"# {block['text']}"
    if kind == "slot":
        return f"[[{block['slot']}]]"
    if kind == "list":
        return "\n".join(
            f"{n}. {item}" if block["ordered"] else f"- {item}" for n, item in enumerate(block["items"], 1)
        )
    if kind == "task":
        return (
            f"! {block['minutes'] or ''} {block['title']}".replace("  ", " ").rstrip() + f"\n{block['text']}"
        )
    if kind == "question":
        answers = [
            f"{'+' if place in block['right'] else '-'} {text}" for place, text in enumerate(block["answers"])
        ]
        return "\n".join([f"? {block['text']}", *answers])
    return str(block["text"])

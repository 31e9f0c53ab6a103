"""How an editor writes a body in a plain text field: blocks with an empty line between them.

Nothing in it is markup for a browser.

# Heading
A paragraph.

- an item            1. an item in order
! 10 Title of a task
What to do.

? A question        ? A question of a self-check
- an answer         (2) an answer and its points
+ the right answer  (0) another answer
= why               = advice

>= 14
The result from 14 points on.

[[logo]]
"""

import re
from typing import Any

TASK = re.compile(r"!\s*(?:(\d{1,3})\s+)?(.*)")
SLOT = re.compile(r"\[\[([a-z0-9_-]{1,32})\]\]")
POINTS = re.compile(r"\((\d{1,3})\)\s+(.+)")
RESULT = re.compile(r">=\s*(\d{1,5})")
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
    if (found := RESULT.fullmatch(first)) and rest:
        return {"kind": "result", "least": int(found[1]), "text": "\n".join(rest)}
    if first.startswith("!") and (found := TASK.fullmatch(first)):
        minutes = int(found[1]) if found[1] else None
        return {"kind": "task", "title": found[2].strip(), "text": "\n".join(rest), "minutes": minutes}
    if all(line.startswith("- ") for line in lines):
        return {"kind": "list", "items": [line[2:].strip() for line in lines], "ordered": False}
    if all(ORDERED.match(line) for line in lines):
        return {"kind": "list", "items": [ORDERED.sub("", line, count=1) for line in lines], "ordered": True}
    return {"kind": "paragraph", "text": "\n".join(lines)}


def _question(first: str, rest: list[str]) -> dict[str, Any]:
    made: dict[str, Any] = {"kind": "question", "text": first[1:].strip()}
    counted = [found for line in rest if (found := POINTS.fullmatch(line))]
    marked = [line for line in rest if line[:1] in {"-", "+"}]
    if counted:
        made |= {"answers": [one[2] for one in counted] + [line[1:].strip() for line in marked], "right": []}
        made["points"] = [int(one[1]) for one in counted]
    else:
        made["answers"] = [line[1:].strip() for line in marked]
        made["right"] = [place for place, line in enumerate(marked) if line.startswith("+")]
    why = "\n".join(line[1:].strip() for line in rest if line.startswith("="))
    return {**made, "explanation": why} if why else made


def _written(block: dict[str, Any]) -> str:
    kind = block["kind"]
    if kind in {"heading", "slot"}:
        return f"# {block['text']}" if kind == "heading" else f"[[{block['slot']}]]"
    if kind == "list":
        return "\n".join(
            f"{n}. {item}" if block["ordered"] else f"- {item}" for n, item in enumerate(block["items"], 1)
        )
    if kind == "task":
        return (
            f"! {block['minutes'] or ''} {block['title']}".replace("  ", " ").rstrip() + f"\n{block['text']}"
        )
    if kind == "question":
        return _asked(block)
    return f">= {block['least']}\n{block['text']}" if kind == "result" else str(block["text"])


def _asked(block: dict[str, Any]) -> str:
    why = [f"= {line}" for line in block.get("explanation", "").split("\n") if line]
    return "\n".join([f"? {block['text']}", *_answers(block), *why])


def _answers(block: dict[str, Any]) -> list[str]:
    if block.get("points"):
        return [f"({n}) {text}" for n, text in zip(block["points"], block["answers"], strict=True)]
    return [
        f"{'+' if place in block['right'] else '-'} {text}" for place, text in enumerate(block["answers"])
    ]

"""How the shipped starter texts are written, and the blocks that they become.

A text is a file: facts about the page between two lines of plus signs (TOML), then its passages. `## child`
begins what one group of readers is told, `### now` a passage of known purpose, whose heading the page gets in
the language of the file. Passages hold paragraphs, lists and numbered steps; bold is the only mark-up.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from typing import Any

from sauga.portal.states import Audience, HelpCode

type Block = dict[str, Any]

FENCE = "+++\n"
READERS = {
    "child": Audience.CHILDREN,
    "teenager": Audience.TEENAGERS,
    "parent": Audience.PARENTS,
    "teacher": Audience.TEACHERS,
}
HELP = {
    "help": HelpCode.CHILD_HELPLINE,
    "report": HelpCode.HOTLINE,
    "own_picture": HelpCode.OWN_PICTURE,
    "police": HelpCode.POLICE,
    "child_rights": HelpCode.CHILD_RIGHTS,
    "112": HelpCode.EMERGENCY,
    "youth_line": HelpCode.YOUTH_HELPLINE,
    "parents_line": HelpCode.PARENTS_LINE,
}
"""The links of a text and the help service that each names."""
HEADINGS: dict[str, dict[str, dict[str, str]]] = {
    "lt": {
        "": {
            "what": "Kas tai yra",
            "now": "Ką daryti dabar",
            "later": "Kas padeda vėliau",
            "help": "Kur kreiptis",
            "exercise": "Pabandykite kartu",
            "signs": "Kaip pastebėti",
            "say": "Ką pasakyti",
            "school": "Ką numatyti mokykloje",
            "if-you-see-it": "Jei tai matai",
            "if-you-did-it": "Jei taip padarei tu",
        },
        "child": {"exercise": "Pabandyk", "help": "Kas gali padėti"},
        "teenager": {"exercise": "Išbandyk pats ar su draugais", "help": "Kas gali padėti"},
        "teacher": {"exercise": "Užsiėmimas klasėje"},
    },
    "en": {
        "": {
            "what": "What it is",
            "now": "What to do now",
            "later": "What helps later",
            "help": "Where to get help",
            "exercise": "Try it together",
            "signs": "How to notice",
            "say": "What to say",
            "school": "What to provide for at school",
            "if-you-see-it": "If you see it",
            "if-you-did-it": "If you did it",
        },
        "child": {"exercise": "Try it", "help": "Who can help"},
        "teenager": {"exercise": "Try it, alone or with friends", "help": "Who can help"},
        "teacher": {"exercise": "An activity for your class"},
    },
}
STEP = re.compile(r"^\d+\. \*\*(?P<title>.+?)\*\*\s*(?P<text>.*)$")
NUMBERED = re.compile(r"^\d+\. ")
HELP_LINE = re.compile(r"^- \{(?P<code>\w+)\} (?P<when>.+)$")
BOLD = re.compile(r"\*\*(.+?)\*\*")


class Malformed(ValueError):
    """A shipped text is not written as it should be."""


@dataclass(frozen=True)
class Source:
    """A publication that statements of the text rest on."""

    publisher: str
    title: str
    year: int
    address: str


@dataclass(frozen=True)
class TopicText:
    """The text of one topic in one language. `needs_expert`: an expert reads it before it is published."""

    language: str
    topic: str
    title: str
    summary: str
    review_months: int
    related: Sequence[str]
    words: Sequence[str]
    confirm: Sequence[str]
    sources: Sequence[Source]
    body: Sequence[Block]
    digest: str
    needs_expert: bool = False


def read_topic(text: str, language: str) -> TopicText:
    """The text of a file. Raises Malformed."""
    try:
        _, head, passages = text.split(FENCE, 2)
        facts = tomllib.loads(head)
        return TopicText(
            language=language,
            topic=facts["topic"],
            title=facts["title"],
            summary=facts["summary"],
            review_months=facts["review_months"],
            related=facts["related"],
            words=facts["words"],
            confirm=facts["confirm"],
            sources=[Source(**one) for one in facts["sources"]],
            body=list(_advice(passages, language)),
            digest=sha256(text.encode()).hexdigest(),
            needs_expert=facts.get("draft", False),
        )
    except (KeyError, TypeError, ValueError) as fault:
        raise Malformed(str(fault)) from fault


def _advice(text: str, language: str) -> Iterator[Block]:
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        reader, _, passages = part.partition("\n")
        blocks: list[Block] = []
        for passage in re.split(r"^### ", passages, flags=re.M)[1:]:
            purpose, _, words = passage.partition("\n")
            blocks += _passage(purpose.strip(), words.strip("\n"), reader, language)
        yield _block("advice", {"reader": str(READERS[reader]), "body": blocks})


def _passage(purpose: str, words: str, reader: str, language: str) -> Iterator[Block]:
    lines = words.splitlines()
    if purpose == "quote":
        text, _, who = words.rpartition(" | ")
        yield _block("quote", {"text": text.strip('„“”"'), "who": who})
        return
    names = HEADINGS[language]
    heading = names.get(reader, {}).get(purpose) or names[""][purpose]
    if purpose == "help":
        explained = [{"service": str(HELP[found["code"]]), "when": found["when"]} for found in _help(lines)]
        yield _block("help", {"title": heading, "services": [], "explained": explained})
        return
    yield _block("heading", heading)
    if purpose == "now":
        yield _block("steps", {"steps": list(_steps(lines))})
    elif purpose in {"later", "signs", "say"} and all(line.startswith("- ") for line in lines):
        kind = "warn" if purpose == "signs" else "ticks"
        yield _block("points", {"kind": kind, "points": [_plain(line[2:]) for line in lines]})
    else:
        yield _block("text", "".join(_rich(lines)))


def _help(lines: Sequence[str]) -> Iterator[re.Match[str]]:
    for line in lines:
        found = HELP_LINE.match(line)
        if found is None:
            raise Malformed(line)
        yield found


def _steps(lines: Sequence[str]) -> Iterator[dict[str, str]]:
    for line in lines:
        found = STEP.match(line)
        if found is None:
            raise Malformed(line)
        yield {"title": found["title"], "text": f"<p>{_marked(found['text'])}</p>" if found["text"] else ""}


def _rich(lines: Sequence[str]) -> Iterator[str]:
    """Paragraphs, lists and numbered lists as rich text; each line without a mark is a paragraph."""
    held, kind = list[str](), ""
    for line in [*lines, ""]:
        now = "ul" if line.startswith("- ") else "ol" if NUMBERED.match(line) else ""
        if held and now != kind:
            yield f"<{kind}>{''.join(f'<li>{_marked(item)}</li>' for item in held)}</{kind}>"
            held = []
        kind = now
        if now:
            held.append(line[2:] if now == "ul" else NUMBERED.sub("", line))
        elif line.strip():
            yield f"<p>{_marked(line)}</p>"


def _marked(text: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def _plain(text: str) -> str:
    return BOLD.sub(r"\1", text)


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}

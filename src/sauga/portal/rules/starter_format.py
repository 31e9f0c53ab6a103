"""How the shipped starter texts are written, and the blocks that they become.

A text is a file: facts about the page between two lines of plus signs (TOML), then its passages. In advice,
`## child` begins what one group of readers is told and `### now` a passage of known purpose, whose heading
the page gets in the language of the file. Other texts have headings of their own. Passages hold paragraphs,
lists and numbered steps; bold and links in braces are the only mark-up.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from html import escape
from typing import Any

from sauga.portal.states import Audience, HelpCode

type Block = dict[str, Any]
type Linker = Callable[[str], str]
"""From what stands in braces to a link of rich text, and from `prepared:<code>` to the number of that block;
empty where the installation has no such place.
"""

FENCE = "+++\n"
READERS = {
    "child": Audience.CHILDREN,
    "teenager": Audience.TEENAGERS,
    "parent": Audience.PARENTS,
    "teacher": Audience.TEACHERS,
    "senior": Audience.SENIORS,
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
    "adult_line": HelpCode.ADULT_LINE,
    "missing_children": HelpCode.MISSING_CHILDREN,
}
"""The codes of a help passage and the help service that each names."""
FOR_THE_YOUNG = {"children", "teenagers"}
FOR_YOUNG_PEOPLE = (HelpCode.CHILD_HELPLINE, HelpCode.YOUTH_HELPLINE, HelpCode.EMERGENCY)
FOR_SENIORS = (HelpCode.EMERGENCY, HelpCode.POLICE, HelpCode.CYBER, HelpCode.ADULT_LINE)
FOR_ADULTS = (HelpCode.CHILD_HELPLINE, HelpCode.HOTLINE, HelpCode.EMERGENCY)
"""Who helps the readers of a page; shown at its end."""
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
            "report": "Kaip pranešti ir užblokuoti",
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
            "report": "How to report and block",
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
LINK = re.compile(r"\{([\w:/=-]+)\}")
NEXT_STEP = "→ "
MARKER = re.compile(r"^\{(breathing|prepared:[\w-]+)\}\n", re.M)
"""A line of its own: here stands the breathing circle, or a prepared block."""


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
class StarterPage:
    """The text of one page in one language.

    `kind` is topic, audience, plain, explainer, guide or letter; `own` holds the facts that only this kind
    has; `under` names the text below whose page it stands. `needs_expert`: an expert reads it before
    it is published.
    """

    language: str
    kind: str
    title: str
    summary: str
    review_months: int
    confirm: Sequence[str]
    sources: Sequence[Source]
    passages: str
    digest: str
    audiences: Sequence[str] = ()
    topics: Sequence[str] = ()
    own: Mapping[str, Any] = field(default_factory=dict)
    under: str = ""
    needs_expert: bool = False

    def body(self, link: Linker) -> list[Block]:
        """The blocks of the page. Raises Malformed."""
        if self.kind in {"topic", "guide"}:
            return list(_advice(self.passages, self.language))
        return list(_sections(self, link))


SHARED = {
    "kind",
    "title",
    "summary",
    "review_months",
    "confirm",
    "sources",
    "audiences",
    "topics",
    "under",
    "draft",
}


def read_page(text: str, language: str) -> StarterPage:
    """The text of a file. Raises Malformed."""
    try:
        _, head, passages = text.split(FENCE, 2)
        facts = tomllib.loads(head)
        page = StarterPage(
            language=language,
            kind=facts.get("kind", "topic"),
            title=facts["title"],
            summary=facts["summary"],
            review_months=facts["review_months"],
            confirm=facts["confirm"],
            sources=[Source(**one) for one in facts.get("sources", [])],
            passages=passages,
            digest=sha256(text.encode()).hexdigest(),
            audiences=facts.get("audiences", []),
            topics=facts.get("topics", []),
            own={name: value for name, value in facts.items() if name not in SHARED},
            under=facts.get("under", ""),
            needs_expert=facts.get("draft", False),
        )
        page.body(lambda _code: "")
    except (KeyError, TypeError, ValueError) as fault:
        raise Malformed(str(fault)) from fault
    return page


def _advice(text: str, language: str) -> Iterator[Block]:
    for part in re.split(r"^## ", text, flags=re.M)[1:]:
        reader, _, passages = part.partition("\n")
        blocks: list[Block] = []
        for passage in re.split(r"^### ", passages, flags=re.M)[1:]:
            purpose, _, words = passage.partition("\n")
            blocks += _passage(purpose.strip(), words.strip("\n"), reader.strip(), language)
        yield _block("advice", {"reader": str(READERS[reader.strip()]), "body": blocks})


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
    if purpose == "now" or (purpose == "report" and all(STEP.match(line) for line in lines)):
        yield _block("steps", {"steps": list(_steps(lines))})
    elif purpose in {"later", "signs", "say"} and all(line.startswith("- ") for line in lines):
        kind = "warn" if purpose == "signs" else "ticks"
        yield _block("points", {"kind": kind, "points": [_plain(line[2:]) for line in lines]})
    else:
        yield _block("text", "".join(_rich(lines, lambda _code: "")))


def _sections(page: StarterPage, link: Linker) -> Iterator[Block]:
    """Headings of the text's own, each with rich text; at the end where to find help."""
    before, *sections = re.split(r"^## ", page.passages, flags=re.M)
    if before.strip():
        yield _block("text", "".join(_rich(before.splitlines(), link)))
    for section in sections:
        heading, _, words = section.partition("\n")
        yield _block("heading", heading.strip())
        first, *parts = MARKER.split(words)
        yield _block("text", "".join(_rich(first.splitlines(), link)))
        for marker, rest in zip(parts[::2], parts[1::2], strict=True):
            yield from _marker(marker, link)
            if rest.strip():
                yield _block("text", "".join(_rich(rest.splitlines(), link)))
    if sections:
        is_young = bool(FOR_THE_YOUNG & set(page.audiences))
        is_for_seniors = list(page.audiences) == [Audience.SENIORS]
        services = FOR_YOUNG_PEOPLE if is_young else FOR_SENIORS if is_for_seniors else FOR_ADULTS
        title = HEADINGS[page.language]["child" if is_young else ""]["help"]
        yield _block("help", {"title": title, "services": [str(one) for one in services], "explained": []})


def _marker(marker: str, link: Linker) -> Iterator[Block]:
    if marker == "breathing":
        yield _block("breathing", None)
    elif key := link(marker):  # the number of a prepared block; nothing for one that is not confirmed
        yield _block("prepared", {"block": int(key)})


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


def _rich(lines: Sequence[str], link: Linker) -> Iterator[str]:
    """Paragraphs, small headings, lists and numbered lists as rich text; each line without a mark is a
    paragraph. An item whose only content is a link to nowhere is left out.
    """
    held, kind = list[str](), ""
    for line in [*lines, ""]:
        now = "ul" if line.startswith("- ") else "ol" if NUMBERED.match(line) else ""
        if held and now != kind:
            yield f"<{kind}>{''.join(f'<li>{item}</li>' for item in held)}</{kind}>"
            held = []
        kind = now
        if now:
            words = line[2:] if now == "ul" else NUMBERED.sub("", line)
            if item := _linked(words, link):
                held.append(item)
        elif line.startswith("### "):
            yield f"<h3>{_marked(line[4:].strip())}</h3>"
        elif line.startswith(NEXT_STEP):
            yield from _next_step(line.removeprefix(NEXT_STEP), link)
        elif line.strip():
            yield f"<p>{_linked(line, link)}</p>"


def _next_step(line: str, link: Linker) -> Iterator[str]:
    """What to do now, in bold, and where it leads."""
    words = LINK.sub("", line).replace(" · ", " ").strip(" ·")
    yield f"<p><b>{escape(words, quote=False)}</b></p>"
    if found := [href for code in LINK.findall(line) if (href := link(code))]:
        yield f"<ul>{''.join(f'<li>{href}</li>' for href in found)}</ul>"


def _linked(words: str, link: Linker) -> str:
    """The words with their links; empty where a link that leads nowhere was all they were about."""
    codes = LINK.findall(words)
    if codes and words.startswith("{") and not link(codes[0]):
        return ""
    parts = LINK.split(words)
    said = [_marked(part) if n % 2 == 0 else link(part) for n, part in enumerate(parts)]
    if words.startswith("{") and len(parts) > 1 and parts[2].strip():
        said[1] += "."  # the title of a page, then a sentence about it
    return "".join(said).strip()


def _marked(text: str) -> str:
    return BOLD.sub(r"<b>\1</b>", escape(text, quote=False))


def _plain(text: str) -> str:
    return BOLD.sub(r"\1", text)


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}

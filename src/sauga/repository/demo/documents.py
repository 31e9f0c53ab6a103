"""Blocks as a page that stands alone and as an OpenDocument text; the transcript of a film as a page."""

import re
from collections.abc import Sequence
from html import escape
from typing import Any

type Blocks = Sequence[dict[str, Any]]

WORDS = {"lt": {"min": "min.", "answer": "Atsakymas"}, "en": {"min": "min", "answer": "Answer"}}
STYLE = (
    "body{font:1.125rem/1.6 'Atkinson Hyperlegible Next',system-ui,sans-serif;color:#1b2a33;"
    "background:#faf6ef;"
    "max-width:42rem;margin:0 auto;padding:1.5rem}h1,h2{color:#0f5f56;line-height:1.2}"
    ".lead{font-size:1.25rem;color:#51616a}.task{border-left:3px solid #f2b33d;padding-left:1rem}"
)
BOLD, SOUND = re.compile(r"\*\*(.+?)\*\*"), re.compile(r"\[(.+?)\]")
PARTS = re.compile(r"\n\s*\n|(?<=})\n")
FRONT = re.compile(r"\A\+\+\+\n.*?\n\+\+\+\n", re.DOTALL)
OFFICE = 'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
SPACES = (
    f'{OFFICE} xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
ODT = "application/vnd.oasis.opendocument.text"
COUNTRY = {"lt": "LT", "en": "GB"}


def page(title: str, lead: str, text: str, language: str) -> str:
    """A page without anything from elsewhere. `text` is HTML."""
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{escape(title)}'
    body = f'<h1>{escape(title)}</h1><p class="lead">{escape(lead)}</p>{text}'
    return (
        f'<!doctype html><html lang="{language}"><head>{head}</title><style>{STYLE}</style></head>'
        f"<body><main>{body}</main></body></html>"
    )


def html_of(blocks: Blocks, words: dict[str, str]) -> str:
    """Blocks as HTML; the right answer of a question is folded away."""
    return "".join(_html(block, words) for block in blocks)


def _lines(text: str) -> str:
    return "<br>".join(escape(line) for line in text.split("\n"))


def _html(block: dict[str, Any], words: dict[str, str]) -> str:
    kind = block["kind"]
    if kind == "heading":
        return f"<h2>{escape(block['text'])}</h2>"
    if kind == "list":
        tag = "ol" if block.get("ordered") else "ul"
        return f"<{tag}>" + "".join(f"<li>{escape(one)}</li>" for one in block["items"]) + f"</{tag}>"
    if kind == "task":
        return f'<div class="task"><h3>{escape(_task(block, words))}</h3><p>{_lines(block["text"])}</p></div>'
    if kind == "question":
        answers = "".join(f"<li>{escape(one)}</li>" for one in block["answers"])
        said = " ".join([*(block["answers"][n] for n in block["right"]), block.get("explanation", "")])
        folded = f"<details><summary>{words['answer']}</summary><p>{escape(said)}</p></details>"
        return f"<h3>{escape(block['text'])}</h3><ol type='a'>{answers}</ol>{folded if said.strip() else ''}"
    return f"<p>{_lines(block['text'])}</p>" if block.get("text") else ""


def _task(block: dict[str, Any], words: dict[str, str]) -> str:
    minutes = f" ({block['minutes']} {words['min']})" if block.get("minutes") else ""
    return f"{block.get('title') or ''}{minutes}"


def transcript(text: str) -> tuple[str, str]:
    """The title of a written transcript, and its parts as HTML."""
    title, parts = "", []
    for chunk in PARTS.split(FRONT.sub("", text).strip()):
        level, _space, rest = chunk.partition(" ")
        if level == "#":
            title = rest.partition(": ")[2] or rest
        elif level == "##":
            parts.append(f"<h2>{escape(re.sub(r' {#.*}', '', rest))}</h2>")
        else:
            said = BOLD.sub(r"<strong>\1</strong>", _lines(chunk))
            parts.append(f"<p>{SOUND.sub(r'<em>[\1]</em>', said)}</p>")
    return title, "".join(parts)


def odt(title: str, blocks: Blocks, words: dict[str, str], language: str) -> dict[str, bytes]:
    """The members of an OpenDocument text to change: headings, paragraphs and lists, with its language."""
    body = f'<text:h text:outline-level="1">{escape(title)}</text:h>'
    body += "".join(_odt(block, words) for block in blocks)
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    default = (
        '<office:styles><style:default-style style:family="paragraph"><style:paragraph-properties '
        'fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="12pt" '
        f'fo:language="{language}" fo:country="{COUNTRY[language]}"/></style:default-style></office:styles>'
    )
    told = f"<dc:title>{escape(title)}</dc:title><dc:language>{language}</dc:language>"
    meta = f"<office:meta>{told}</office:meta>"
    kinds = {"/": ODT, "content.xml": "text/xml", "styles.xml": "text/xml", "meta.xml": "text/xml"}
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{kind}"/>'
        for name, kind in kinds.items()
    )
    space = 'xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"'
    return {
        "mimetype": ODT.encode(),
        "content.xml": _root("document-content", content),
        "styles.xml": _root("document-styles", default),
        "meta.xml": _root("document-meta", meta),
        "META-INF/manifest.xml": f"<manifest:manifest {space}>{entries}</manifest:manifest>".encode(),
    }


def _root(name: str, inside: str) -> bytes:
    declared = '<?xml version="1.0" encoding="UTF-8"?>'
    return f'{declared}<office:{name} {SPACES} office:version="1.3">{inside}</office:{name}>'.encode()


def _odt(block: dict[str, Any], words: dict[str, str]) -> str:
    kind = block["kind"]
    if kind == "heading":
        return f'<text:h text:outline-level="2">{escape(block["text"])}</text:h>'
    if kind == "list":
        numbered = [f"{n}. {one}" for n, one in enumerate(block["items"], 1)]
        if block.get("ordered"):
            return "".join(f"<text:p>{escape(one)}</text:p>" for one in numbered)
        items = "".join(
            f"<text:list-item><text:p>{escape(one)}</text:p></text:list-item>" for one in block["items"]
        )
        return f"<text:list>{items}</text:list>"
    if kind == "task":
        head = f'<text:h text:outline-level="3">{escape(_task(block, words))}</text:h>'
        return head + _paragraphs(block["text"])
    return _paragraphs(block.get("text") or "")


def _paragraphs(text: str) -> str:
    return "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n") if line)

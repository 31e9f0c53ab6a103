"""Pages of a course as HTML: a subset of Markdown with boxes and drawings. HTML in a text is shown as text.

`::: example`, `::: try`, `::: remember` … `:::` make boxes, `![what it shows](drawing:code)` is one of the
portal's drawings. Links lead to addresses of this site or to https.
"""

import re
from functools import cache, lru_cache
from importlib.resources import files

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml

LONGEST = 60_000
BOX = re.compile(r"^:::\s*(?:(example|try|remember)\s*)?$")
DRAWING = re.compile(r"^!\[([^\]\n]{1,300})\]\(drawing:([a-z0-9_-]{1,60})\)\s*$")
BOXES = {
    "example": (_("Example"), "info"),
    "try": (_("Try it"), "pencil"),
    "remember": (_("Remember"), "check"),
}
SAFE_LINK = re.compile(r"(https://|/)[^\s]*", re.I)


@cache
def _markdown() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table").disable(["image"])
    made.validateLink = lambda url: bool(SAFE_LINK.fullmatch(url))  # type: ignore[method-assign]  # its own way to narrow links
    return made


@lru_cache(maxsize=500)
def html(text: str, language: str) -> SafeString:
    """A text as HTML, made once a process for each text. A box that is not closed ends with the text; what is
    longer than `LONGEST` is cut."""
    parts: list[str] = []
    lines: list[str] = []
    is_open = False

    def flush() -> None:
        if lines:
            parts.append(_markdown().render("\n".join(lines)))
            lines.clear()

    for line in text[:LONGEST].splitlines():
        box, drawing = BOX.match(line), DRAWING.match(line)
        if box:
            flush()
            if is_open:
                parts.append("</div>")
            is_open = bool(box[1])
            if is_open:
                parts.append(_box_head(box[1], language))
        elif drawing:
            flush()
            parts.append(picture(drawing[2], drawing[1]))
        else:
            lines.append(line)
    flush()
    if is_open:
        parts.append("</div>")
    return mark_safe("".join(parts))  # noqa: S308  made by the renderer, whose HTML is switched off


def _box_head(kind: str, language: str) -> str:
    with override(language):
        title = gettext(str(BOXES[kind][0]))
    return f'<div class="box {kind}"><p class="box-title">{escapeHtml(title)}</p>'


def picture(code: str, words: str) -> str:
    """A drawing as inline SVG, with what it shows as its name; nothing where there is no such drawing."""
    body = _drawing(code)
    if not body:
        return ""
    named = body.replace("<svg ", f'<svg role="img" aria-label="{escapeHtml(words)}" ', 1)
    return f'<figure class="drawn">{named}</figure>'


@cache
def _drawing(code: str) -> str:
    for folder in ("training/data/drawings", "portal/data/drawings"):
        file = files("sauga").joinpath(folder, f"{code}.svg")
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            return text[text.index("<svg ") :].replace(' role="img"', "").replace(' aria-hidden="true"', "")
    return ""

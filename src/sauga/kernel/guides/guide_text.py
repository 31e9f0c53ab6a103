"""From a guide's Markdown file to what a page shows: title, introduction, and sections with stable anchors.

Markdown's own HTML is switched off, so a text can only become the elements that the renderer makes. Links
lead to other guides or to addresses of this site; pictures are static files of the package. Everything else
is refused when the guide is read.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from sauga.kernel.guides.registry import Guide, NoSuchGuide, find
from sauga.kernel.ui.hrefs import address

HEADING = re.compile(r'^## <a id="([a-z0-9-]+)"></a>(.+)$', re.M)
LINK = re.compile(r"([a-z0-9-]+)\.md(?:#([a-z0-9-]+))?")
KEY = re.compile(r"[^\s]|F\d{1,2}|(?:Ctrl|Shift|Alt|Enter|Esc|Tab)(?: \S+)?|g [a-z]")


class GuideUnreadable(ValueError):
    """The file of a guide breaks a rule of its format; the message names the file and the rule."""


@dataclass(frozen=True)
class Section:
    """A part of a guide that a link can lead to."""

    anchor: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Text:
    """A guide in one language."""

    title: str
    lead: SafeString
    sections: tuple[Section, ...]


@cache
def read(guide: Guide, language: str, *, public: bool) -> Text:
    """The guide as a page of this site shows it. Read once a process: the files come with the program."""
    source = guide.path(language)
    title, _, body = source.read_text(encoding="utf-8").partition("\n")
    if not title.startswith("# "):
        raise GuideUnreadable(f"{source}: the first line must be the title, `# …`")
    lead, *parts = HEADING.split(body)
    if stray := re.search(r"^#{1,2} .*$", "\n".join([lead, *parts[2::3]]), re.M):
        raise GuideUnreadable(f'{source}: `{stray.group(0)}` needs the form `## <a id="anchor"></a>Title`')
    renderer = _Renderer(source, public)
    with override(language):  # links are addresses in this language, for any reader
        found = [
            Section(parts[i], parts[i + 1].strip(), renderer.html(parts[i + 2]))
            for i in range(0, len(parts), 3)
        ]
        return Text(title.removeprefix("# ").strip(), renderer.html(lead), tuple(found))


def guide_address(guide: Guide, anchor: str = "", *, public: bool) -> str:
    """Where the guide is read, at the desk or on the public site; "" where this installation does not have
    the page."""
    href = address("guides-public-guide" if public else "guides-guide", guide.slug)
    return f"{href}#{anchor}" if href and anchor else href


class _Renderer:
    """Markdown of one file to HTML for one site."""

    def __init__(self, source: Path, public: bool) -> None:
        self.source, self.public = source, public
        self.markdown = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table")
        self.markdown.add_render_rule("code_inline", _code)

    def html(self, text: str) -> SafeString:
        tokens = self.markdown.parse(text)
        for token in tokens:
            if token.type == "th_open":
                token.attrSet("scope", "col")
            if token.children:
                self._links(token.children)
                for child in token.children:
                    if child.type == "image":
                        self._picture(child)
        made: str = self.markdown.renderer.render(tokens, self.markdown.options, {})
        safe: SafeString = mark_safe(made)  # noqa: S308  made by the renderer, whose HTML is switched off
        return safe

    def _links(self, tokens: Sequence[Token]) -> None:
        """Links to other guides get the address of this site; one to a guide that is not offered here stays
        as plain words."""
        is_dropped = False
        for token in tokens:
            if token.type == "link_open":
                href = self._target(str(token.attrs["href"]))
                token.attrSet("href", href)
                is_dropped = not href
            if token.type in {"link_open", "link_close"} and is_dropped:
                token.type, token.tag = "text", ""

    def _target(self, link: str) -> str:
        match = LINK.fullmatch(link)
        if match is None:
            raise GuideUnreadable(f"{self.source}: {link} does not lead to a guide")
        try:
            return guide_address(find(match[1], public=self.public), match[2] or "", public=self.public)
        except NoSuchGuide:
            return ""

    def _picture(self, token: Token) -> None:
        """A static file of the package, with its size, so that the page does not move while
        pictures arrive.
        """
        file = (self.source.parent / str(token.attrs["src"])).resolve()
        if "static" not in file.parts or not file.is_file() or not token.content:
            raise GuideUnreadable(
                f"{self.source}: a picture is a static file with a description, which "
                f"{token.attrs['src']} is not"
            )
        at = len(file.parts) - 1 - file.parts[::-1].index("static")
        width, height = webp_size(file)
        attributes: dict[str, Any] = {
            "src": static("/".join(file.parts[at + 1 :])),
            "width": width,
            "height": height,
        }
        token.attrs = {**token.attrs, **attributes, "loading": "lazy"}


def _code(_renderer: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """`j` is a key to press, `# heading` is something to type."""
    content = tokens[index].content
    tag = "kbd" if KEY.fullmatch(content) else "code"
    return f"<{tag}>{escapeHtml(content)}</{tag}>"


def webp_size(file: Path) -> tuple[int, int]:
    """Width and height of a picture in the lossy or lossless form of WebP (RFC 9649), from its first 30
    bytes."""
    with file.open("rb") as opened:
        head = opened.read(30)
    if head[:4] != b"RIFF" or head[8:12] != b"WEBP":
        raise GuideUnreadable(f"{file} is no WebP picture")
    if head[12:16] == b"VP8L":
        bits = int.from_bytes(head[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if head[12:16] == b"VP8 ":
        return int.from_bytes(head[26:28], "little") & 0x3FFF, int.from_bytes(head[28:30], "little") & 0x3FFF
    raise GuideUnreadable(f"{file}: an extended WebP picture; `make shots` makes plain ones")

"""Pages read as an assistive program would: each text with the language that is declared for it."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

SAID_BY = ("alt", "title", "aria-label", "placeholder", "data-label", "aria-description", "value")
"""Attributes whose words reach a person."""
VOID = frozenset(
    ["br", "img", "input", "link", "meta", "hr", "source", "wbr", "path", "circle", "rect", "use"]
)
UNSEEN = frozenset({"script", "style", "svg", "code"})
CYRILLIC, LATIN = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-zÀ-ɏ]")
NO_WORDS = re.compile(r"\S*[@/]\S*|\S+\.example|\b[A-Z0-9]{5}\b|\b[A-Z0-9]{4}-[A-Z0-9]{4}\b")
"""Addresses, codes in groups of five, and the numbers of reports."""
WORD = re.compile(r"[^\W\d_]+")
SAME_EVERYWHERE = """Sauga WCAG EN AA A HTML PDF PDQ MD SHA axe core Esc IP URL GDPR JavaScript RRT SMS cookie
Vilties linija Savanorė"""
"""Technical names; the names of a line and of a counsellor."""
NAMES = frozenset(SAME_EVERYWHERE.split())


class SpokenPage(HTMLParser):
    """`texts`: (language, text) of everything that is seen or read aloud, in order."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, str]] = []
        self.feed(html)

    @property
    def _language(self) -> str:
        return self._open[-1][1] if self._open else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        untranslated = given.get("translate") == "no" or "data-receipt" in given or "data-code" in given
        language = given.get("lang", "zxx" if untranslated else self._language)
        if tag not in VOID:
            self._open.append((tag, language))
        is_button = tag == "input" and given.get("type") in {"submit", "button"}
        for name in SAID_BY:
            if given.get(name) and (name != "value" or is_button):
                self.texts.append((language, given[name]))
        if tag == "meta" and given.get("name") == "description":
            self.texts.append((language, given.get("content", "")))

    def handle_endtag(self, tag: str) -> None:
        if any(tag == one for one, _ in self._open):
            while self._open.pop()[0] != tag:
                pass

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if words and not UNSEEN & {tag for tag, _ in self._open}:
            self.texts.append((self._language, words))

    def in_another_script(self, code: str, script: str, *, except_for: frozenset[str]) -> Iterator[str]:
        """Texts declared to be in a language that have a word in letters of another script."""
        other = LATIN if script == "cyrillic" else CYRILLIC
        for language, text in self.texts:
            words = WORD.findall(NO_WORDS.sub(" ", text))
            if language == code and any(other.search(w) and w not in NAMES | except_for for w in words):
                yield text

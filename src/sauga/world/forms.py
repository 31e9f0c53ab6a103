"""Reading a web page as a provider's employee does: which addresses it names, and which form offers the
answer that is wanted."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_URL = re.compile(r"https?://[^\s<>\"'\\)\]}]+", re.IGNORECASE)


@dataclass(slots=True)
class Form:
    """One form: where it goes, what it sends by itself, and which values each named choice offers."""

    action: str = ""
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    choices: dict[str, set[str]] = field(default_factory=dict)

    def offers(self, name: str, value: str) -> bool:
        """Whether this form can be sent with this answer."""
        return self.method == "post" and value in self.choices.get(name, set())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._open: Form | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._open = Form(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self._open)
        elif self._open is not None:
            self._control(self._open, tag, given)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._open = None

    def _control(self, form: Form, tag: str, given: dict[str, str]) -> None:
        name, value, kind = given.get("name", ""), given.get("value", ""), given.get("type", "text").lower()
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            form.choices.setdefault(self._select, set()).add(value)
        elif name and (tag == "button" or (tag == "input" and kind in {"radio", "submit"})):
            form.choices.setdefault(name, set()).add(value)
        elif name and tag == "input" and (kind != "checkbox" or "checked" in given):
            form.fields[name] = value or ("on" if kind == "checkbox" else "")


def forms(page: str) -> list[Form]:
    """Every form of a page."""
    reader = _Reader()
    reader.feed(page)
    return reader.forms


def addresses(text: str) -> list[str]:
    """Every web address in a text, JSON text included, once each."""
    return list(
        dict.fromkeys(
            url.rstrip(".,;") for url in _URL.findall(text.replace("\\/", "/").replace("&amp;", "&"))
        )
    )

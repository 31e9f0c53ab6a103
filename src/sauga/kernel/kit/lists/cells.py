"""What a cell of a list holds, and how it is drawn on the page and written to a file.

Cells are values, not markup: the same tuple serves the page, the CSV and the workbook. Only a `Fragment` is
markup of its own, for cells in which something can be done.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, override

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.formats import date_format, localize, number_format
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime

from sauga.kernel.ui import marks

NOTHING = mark_safe('<span class="quiet">–</span>')

type Text = str | Promise
type Plain = str | int | float | date | datetime | None
"""What a file holds."""


class Part:
    """A value that knows how it is drawn. Whatever it holds is escaped."""

    def html(self, request: HttpRequest | None) -> SafeString:
        """The value on the page. Raises NotImplementedError."""
        raise NotImplementedError

    def plain(self) -> Plain:
        """The value in a file: its text."""
        return str(getattr(self, "text", ""))


type Cell = Text | int | float | date | datetime | Part | tuple["Cell", ...] | None


@dataclass(frozen=True)
class Mark(Part):
    """A tone, a shape and a word (`kernel.ui.marks`)."""

    tone: str
    shape: str
    text: Text

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return marks.mark(self.tone, str(self.text), self.shape)


@dataclass(frozen=True)
class TimeLeft(Part):
    """Time left in words, the share already used up (0–1), and the tone: "" while calm, then wait, late."""

    text: str
    share: float
    tone: str

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return marks.clock(self.text, self.share, self.tone)


@dataclass(frozen=True)
class Link(Part):
    """A link.

    `lang` where the text is in another language than the page; `is_code` where it must not be translated.
    """

    text: Text
    href: str
    lang: str = ""
    is_code: bool = False

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        lang = format_html(' lang="{}"', self.lang) if self.lang else ""
        code = mark_safe(' translate="no"') if self.is_code else ""
        return format_html('<a href="{}"{}{}>{}</a>', self.href, lang, code, self.text)


@dataclass(frozen=True)
class Ref(Part):
    """A reference beside what it names."""

    text: str

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return format_html('<span class="ref" translate="no">{}</span>', self.text)


@dataclass(frozen=True)
class Strong(Part):
    """A word that stands out."""

    text: Text

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return format_html("<b>{}</b>", self.text)


@dataclass(frozen=True)
class Struck(Part):
    """What does not hold any more."""

    text: Text

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return format_html("<s>{}</s>", self.text)


@dataclass(frozen=True)
class Badge(Part):
    """A word in a pill."""

    text: Text
    tone: str = ""

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return format_html('<span class="badge {}">{}</span>', self.tone, self.text)


@dataclass(frozen=True)
class Quiet(Part):
    """Something secondary in small print; `below` begins a line of its own, `is_code` must
    not be translated.
    """

    text: Text
    below: bool = False
    is_code: bool = False

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        code = mark_safe(' translate="no"') if self.is_code else ""
        return format_html(
            '{}<span class="quiet small"{}>{}</span>',
            mark_safe("<br>") if self.below else "",
            code,
            self.text,
        )


@dataclass(frozen=True)
class Spoken(Part):
    """A text in a language that need not be that of the page."""

    text: Text
    lang: str

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return format_html('<span lang="{}">{}</span>', self.lang, self.text) if self.text else NOTHING


@dataclass(frozen=True)
class Day(Part):
    """A date, or an instant of which only the day is shown."""

    at: date | datetime | None

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return draw(self.plain())

    @override
    def plain(self) -> date | None:
        return localtime(self.at).date() if isinstance(self.at, datetime) else self.at


@dataclass(frozen=True)
class Amount(Part):
    """An amount of money in cents, shown in whole units with two decimals."""

    cents: int

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return conditional_escape(number_format(self.plain(), 2, force_grouping=True))

    @override
    def plain(self) -> float:
        return self.cents / 100


@dataclass(frozen=True)
class Button(Part):
    """A button that posts to an address; `about` names the row for screen readers.

    Nothing of it goes to a file.
    """

    label: Text
    href: str
    about: str = ""

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return render_to_string("ui/desk/_button_cell.html", {"button": self}, request)


@dataclass(frozen=True)
class Fragment(Part):
    """A template for a cell in which something can be done; of it only `text` goes to a file."""

    template: str
    context: Mapping[str, Any] = field(default_factory=dict)
    text: Text = ""

    @override
    def html(self, request: HttpRequest | None) -> SafeString:
        return render_to_string(self.template, dict(self.context), request)


def draw(cell: Cell, request: HttpRequest | None = None) -> SafeString:
    """The cell as HTML; a dash where there is nothing."""
    if isinstance(cell, Part):
        return cell.html(request)
    if isinstance(cell, tuple):
        cell = mark_safe(" ".join(draw(part, request) for part in cell if part not in (None, "")))  # noqa: S308  parts drawn here
    if isinstance(cell, date):
        return _instant(cell)
    if cell is None or cell == "":
        return NOTHING
    if isinstance(cell, int | float):
        return conditional_escape(localize(cell))
    return conditional_escape(cell if isinstance(cell, str) else str(cell))


def plain(cell: Cell) -> Plain:
    """The cell as a file holds it: numbers and dates stay numbers and dates, the parts of a cell are joined
    by a space."""
    if isinstance(cell, Part):
        return cell.plain()
    if isinstance(cell, tuple):
        held = [value for part in cell if (value := plain(part)) not in (None, "")]
        return held[0] if len(held) == 1 else " ".join(str(value) for value in held)
    if isinstance(cell, datetime):
        return localtime(cell).replace(tzinfo=None, microsecond=0)
    return str(cell) if isinstance(cell, Promise) else cell


def _instant(at: date) -> SafeString:
    local = localtime(at) if isinstance(at, datetime) else at
    words = date_format(local, "SHORT_DATETIME_FORMAT" if isinstance(at, datetime) else "SHORT_DATE_FORMAT")
    return format_html('<time class="num nowrap" datetime="{}">{}</time>', local.isoformat(), words)

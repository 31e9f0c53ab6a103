"""What all charts share: the frame with its accessible name, text, and numbers as SVG writes them."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2s

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from sauga.kernel.ui.components import Table, Text


@dataclass(frozen=True)
class Chart:
    """A drawn chart, its title, and the numbers behind it as a table.

    `narrow` is the same chart drawn for a phone or a half column, if it has such a form: the page holds both
    and shows one of them.
    """

    title: Text
    svg: SafeString
    table: Table
    narrow: SafeString | str = ""


NARROW = 320
"""The width of a chart's narrow form: what a small phone has, without its margins."""


def number(value: float) -> str:
    """A coordinate: at most one decimal, no trailing zero."""
    return f"{value:.1f}".removesuffix(".0")


def words(text: object, x: float, y: float, *, css: str = "", anchor: str = "start") -> SafeString:
    """One line of text. `anchor` is start, middle or end."""
    return format_html(
        '<text{} x="{}" y="{}" text-anchor="{}">{}</text>',
        format_html(' class="{}"', css) if css else "",
        number(x),
        number(y),
        anchor,
        text,
    )


def path(css: str, d: str) -> SafeString:
    """A path; `d` is made of numbers by our own code."""
    return format_html('<path class="{}" d="{}"/>', css, d)


def svg(
    parts: Iterable[SafeString],
    *,
    width: int,
    height: int,
    title: Text,
    description: Text,
    css: str = "chart",
) -> SafeString:
    """The frame.

    The ids that tie title and description to the image are derived from both and the width, so that several
    charts, and two forms of one, stand on one page.
    """
    key = "c" + blake2s(f"{title}|{description}|{width}".encode(), digest_size=5).hexdigest()
    return format_html(
        '<svg class="{}" viewBox="0 0 {} {}" role="img" aria-labelledby="{key}-t" aria-describedby="{key}-d">'
        '<title id="{key}-t">{}</title><desc id="{key}-d">{}</desc>{}</svg>',
        css,
        width,
        height,
        title,
        description,
        format_html_join("", "{}", ((part,) for part in parts)),
        key=key,
    )

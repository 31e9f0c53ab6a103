"""Line icons (Lucide, ISC) drawn inline, so that a page needs no second request for them."""

import json
from functools import cache
from importlib.resources import files

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe


class UnknownIcon(KeyError):
    """The name is not in data/icons.json. Take the drawing from Lucide and add it there."""


@cache
def drawings() -> dict[str, str]:
    """Name → inner SVG markup on a 24 × 24 grid, as shipped in data/icons.json."""
    text = files("sauga.kernel.ui").joinpath("data/icons.json").read_text(encoding="utf-8")
    names: dict[str, str] = json.loads(text)
    return names


@cache
def icon(name: str, css: str = "") -> SafeString:
    """Draw one icon, hidden from assistive technology: the word beside it carries the meaning.

    Raises UnknownIcon.
    """
    try:
        inner = drawings()[name]
    except KeyError:
        raise UnknownIcon(name) from None
    return format_html(
        '<svg class="icon{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        f" {css}" if css else "",
        mark_safe(inner),  # noqa: S308  markup from our own data file
    )

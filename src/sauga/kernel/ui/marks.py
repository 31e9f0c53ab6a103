"""Status marks and clocks: a shape and a word, never colour alone."""

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

SHAPES = {
    "dot": '<circle cx="8" cy="8" r="5.5"/>',
    "triangle": '<path d="M8 2 15 14H1z"/>',
    "diamond": '<path d="M8 1 15 8 8 15 1 8z"/>',
    "square": '<rect x="2.5" y="2.5" width="11" height="11" rx="1.5"/>',
    "ring": '<circle class="hollow" cx="8" cy="8" r="5.5"/>',
    "dash": '<path class="hollow" d="M3 8h10"/>',
    "half": '<circle class="hollow" cx="8" cy="8" r="5.5"/><path d="M8 2.5a5.5 5.5 0 0 1 0 11z"/>',
    "rings": '<circle class="hollow" cx="5.6" cy="8" r="4"/><circle class="hollow" cx="10.4" cy="8" r="4"/>',
    "dashed": '<circle class="hollow" cx="8" cy="8" r="5.5" stroke-dasharray="3 2.4"/>',
    "target": '<circle class="hollow" cx="8" cy="8" r="5.5"/><circle cx="8" cy="8" r="1.8"/>',
    "bars": '<path class="hollow" d="M5 3v10M11 3v10"/>',
    "tick": '<path class="hollow" d="m2.5 8.5 3.5 3.5 7.5-8"/>',
    "cross": '<path class="hollow" d="m3.5 3.5 9 9m0-9-9 9"/>',
}
SHAPE_OF_TONE = {
    "good": "dot",
    "wait": "triangle",
    "bad": "diamond",
    "info": "square",
    "calm": "ring",
    "act": "target",
}
GAUGE_WIDTH = 80


def mark(tone: str, text: str, shape: str = "") -> SafeString:
    """A shape and a word.

    `tone` is one of good, wait, bad, info, calm, act; `shape` replaces the tone's own. KeyError for others.
    """
    inner = SHAPES[shape or SHAPE_OF_TONE[tone]]
    return format_html(
        '<span class="mark {}"><svg viewBox="0 0 16 16" aria-hidden="true">{}</svg>{}</span>',
        tone,
        mark_safe(inner),  # noqa: S308  one of the shapes above
        text,
    )


def clock(text: str, share: float, tone: str = "") -> SafeString:
    """Time left in words over a thin gauge.

    `share` is the part already used up, 0–1 (clipped); tone "" while calm, then wait, late.
    """
    width = round(GAUGE_WIDTH * min(max(share, 0.0), 1.0))
    return format_html(
        '<span class="clock{}">{}<svg class="gauge" viewBox="0 0 80 4" preserveAspectRatio="none" '
        'aria-hidden="true">'
        '<rect class="ground" width="80" height="4" rx="2"/><rect class="fill" width="{}" height="4" '
        'rx="2"/></svg></span>',
        f" {tone}" if tone else "",
        text,
        width,
    )

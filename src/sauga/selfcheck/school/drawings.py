"""The drawings of the school label, as SVG of our own: the radar of an area, and the picture of a label for
a school's website. Neither holds a script or an address.
"""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from sauga.selfcheck.school.rules.codes import Level
from sauga.selfcheck.school.rules.scores import HIGHEST

SIZE, REACH, BESIDE = 300, 112, 131
MIDDLE = SIZE / 2


def _point(index: int, of: int, reach: float) -> tuple[float, float]:
    angle = 2 * pi * index / of
    return MIDDLE + reach * sin(angle), MIDDLE - reach * cos(angle)


def _outline(reaches: Sequence[float]) -> str:
    points = (_point(index, len(reaches), reach) for index, reach in enumerate(reaches))
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "z"


def radar(
    label: str, order: Sequence[str], now: Mapping[str, int], before: Mapping[str, int], moved: frozenset[str]
) -> SafeString:
    """The drawing as SVG. Aspects without a level count as the middle; `before` may be empty."""
    step, n = REACH / HIGHEST, len(order)
    rings = [
        ("ring out" if ring == HIGHEST else "ring", _outline([ring * step] * n))
        for ring in range(1, HIGHEST + 1)
    ]
    axes = [("ring", "M{0} {0}L{1:.1f} {2:.1f}".format(MIDDLE, *_point(i, n, REACH))) for i in range(n)]
    shapes = [("was", _outline([before.get(code, 0) * step for code in order]))] if before else []
    shapes.append(("is", _outline([now.get(code, 0) * step for code in order])))
    dots = [_point(i, n, now.get(code, 0) * step) for i, code in enumerate(order)]
    texts = [("moved" if code in moved else "", *_point(i, n, BESIDE), i + 1) for i, code in enumerate(order)]
    return format_html(
        '<svg class="radar" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">{2}{3}{4}</svg>',
        SIZE,
        label,
        format_html_join("", '<path class="{}" d="{}"/>', [*rings, *axes, *shapes]),
        format_html_join("", '<circle cx="{}" cy="{}" r="4"/>', [(f"{x:.1f}", f"{y:.1f}") for x, y in dots]),
        format_html_join(
            "",
            '<text class="{}" x="{}" y="{}">{}</text>',
            [(css, f"{x:.1f}", f"{y + 5:.1f}", text) for css, x, y, text in texts],
        ),
    )


RIBBONS = {Level.IRON: "#6b7480", Level.BRONZE: "#9a5b2c", Level.SILVER: "#7d8a94", Level.GOLD: "#b88a1b"}
OVER = "#8a8f94"
WIDTH, HEIGHT = 320, 104
INK, QUIET, PAPER, LINE = "#1b2a33", "#51616a", "#ffffff", "#ddd5c6"
LONGEST_LINE = 29
LONGEST_SMALL_LINE = 30
NARROWED = mark_safe(' textLength="214" lengthAdjust="spacingAndGlyphs"')
"""The reader's font decides how wide a line is: a long one is fitted into the picture."""


def shortened(text: str, most: int = LONGEST_LINE) -> str:
    """A name that fits a line."""
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def picture(*, title: str, level: str, is_valid: bool, lines: tuple[str, str], alt: str) -> SafeString:
    """The picture: the medal in the colour of the level, grey when it is over, and three lines."""
    colour = RIBBONS[Level(level)] if is_valid else OVER
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        'aria-label="{alt}"><title>{alt}</title>'
        '<rect x=".5" y=".5" width="{iw}" height="{ih}" rx="10" fill="{paper}" stroke="{line}"/>'
        '<g fill="none" stroke="{ink}" stroke-width="2"><path fill="{colour}" stroke="none" '
        'd="M36 60 28 92l22-12 22 12-8-32z"/><circle fill="{paper}" cx="50" cy="40" r="27"/>'
        '<circle stroke="{colour}" cx="50" cy="40" r="21"/>'
        '<path d="M45 52 46.6 30h6.8L55 52zM44 30h12M47 30v-6h6v6M46 24l4-5 4 5z"/></g>'
        '<g font-family="system-ui, sans-serif" fill="{ink}">'
        '<text x="96" y="32" font-size="14">{title}</text>'
        '<text x="96" y="58" font-size="20" font-weight="700">{first}</text>'
        '<text x="96" y="82" font-size="13" fill="{quiet}"{narrow}>{second}</text></g></svg>',
        w=WIDTH,
        h=HEIGHT,
        iw=WIDTH - 1,
        ih=HEIGHT - 1,
        paper=PAPER,
        line=LINE,
        ink=INK,
        quiet=QUIET,
        colour=colour,
        alt=alt,
        title=shortened(title),
        first=lines[0],
        second=lines[1],
        narrow=NARROWED if len(lines[1]) > LONGEST_SMALL_LINE else "",
    )

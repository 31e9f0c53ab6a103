"""What a company puts on its pages and into its letters: texts in three lengths, a letter, banners in three
sizes, by language.
"""

import textwrap
from xml.sax.saxutils import escape

from sauga.repository.adaptations.editions import Content, drawn, languages, logo_bytes, logo_name

SIZES = ((728, 90), (300, 250), (1200, 630))
SHORT, LONG = 120, 280


def files(content: Content, *, address: str) -> dict[str, bytes]:
    """The files of the kit. `address` is the branded page that every text links to."""
    made: dict[str, bytes] = {}
    for code, _name in languages(content):
        title, abstract, help_line = (
            content["title"][code],
            content["abstract"][code],
            content["help"][code][0],
        )
        link = f"{address}?language={code}"
        made[f"{code}/text-short.txt"] = f"{_cut(title, SHORT)}\n{link}\n".encode()
        made[f"{code}/text-medium.txt"] = (
            f"{_cut(f'{title}. {abstract}', LONG)}\n{help_line}\n{link}\n".encode()
        )
        made[f"{code}/text-long.txt"] = "\n\n".join(
            [title, abstract, *content["help"][code], link, *content["credits"][code], ""]
        ).encode()
        made[f"{code}/letter.html"] = drawn(
            "repository/deployments/letter.html", content, code, link=link
        ).encode()
        for width, height in SIZES:
            made[f"{code}/banner-{width}x{height}.svg"] = banner(
                title, help_line, code, width, height
            ).encode()
    if content["logo"]:
        made[logo_name(content)] = logo_bytes(content)
    return made


def banner(title: str, help_line: str, language: str, width: int, height: int) -> str:
    """A banner of one size: the title in as many lines as fit, the helpline below."""
    size = max(16, min(height // 6, width // 18, 64))
    across = max(8, int(width * 0.9 / (size * 0.56)))
    room = max(1, int((height * 0.9 - size * 1.2) / (size * 1.25)))
    lines = textwrap.wrap(title, across)
    if len(lines) > room:
        lines = [*lines[: room - 1], _cut(" ".join(lines[room - 1 :]), across)]
    left, top = round(width * 0.05), round(height * 0.08)
    drawn_lines = "".join(
        f'<text x="{left}" y="{top + size + round(place * size * 1.25)}" font-size="{size}" '
        f'font-weight="700">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    small = max(14, round(size * 0.7))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" '
        f'xml:lang="{language}" font-family="Atkinson Hyperlegible Next, Verdana, sans-serif" fill="#ffffff">'
        f"<title>{escape(title)}. {escape(help_line)}</title>"
        f'<rect width="{width}" height="{height}" fill="#0f5f56"/>{drawn_lines}'
        f'<text x="{left}" y="{height - top}" font-size="{small}">{escape(help_line)}</text></svg>'
    )


def _cut(text: str, longest: int) -> str:
    return textwrap.shorten(text, longest, placeholder="…")

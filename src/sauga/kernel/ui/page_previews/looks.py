"""A page of ours as it looks in another setting than the reader's own: in the light, in the dark, on paper.

A browser decides by itself which of a page's styles hold. A preview has to show the others, too: it gets the
page's own style sheets with the answers to those questions written in.
"""

import re
from enum import StrEnum
from urllib.parse import urljoin

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.ui.public_frame import first_styles


class Look(StrEnum):
    """The settings in which a preview is shown."""

    LIGHT = "light"
    DARK = "dark"
    PAPER = "paper"


LABELS = {
    Look.LIGHT: pgettext_lazy("look", "Light"),
    Look.DARK: pgettext_lazy("look", "Dark"),
    Look.PAPER: _("On paper"),
}
SHEET = re.compile(rb'<link rel="stylesheet" href="([^"]+)">')
PLACE = re.compile(r"""url\((["']?)(?!data:)([^"')]+)\1\)""")
ALWAYS, NEVER = "(min-width: 0)", "(max-width: 0)"
DARK = re.compile(r"\(prefers-color-scheme: ?dark\)")
SCHEME = re.compile(r"color-scheme: ?light dark")
SCREEN = re.compile(r"@media screen\b")
PRINT = re.compile(r"@media print\b")


def looking(page: bytes, look: Look) -> bytes:
    """The page with its style sheets inside it, as they hold in that setting. It needs a policy that allows
    inline styles.
    """
    first = str(first_styles.element())
    shown = page.replace(first.encode(), settled(first, look).encode())
    shown = SHEET.sub(lambda found: _inline(found, look), shown)
    scheme = "dark" if look is Look.DARK else "light"
    wanted = f'<meta name="color-scheme" content="{scheme}">'.encode()
    return shown.replace(b'<meta name="color-scheme" content="light dark">', wanted)


def settled(css: str, look: Look) -> str:
    """A style sheet whose questions about colour scheme and paper are answered.

    >>> settled("@media screen and (prefers-color-scheme: dark) { }", Look.DARK)
    '@media screen and (min-width: 0) { }'
    """
    css = DARK.sub(ALWAYS if look is Look.DARK else NEVER, css)
    css = SCHEME.sub(f"color-scheme: {'dark' if look is Look.DARK else 'light'}", css)
    if look is Look.PAPER:
        css = PRINT.sub("@media all", SCREEN.sub(f"@media {NEVER}", css))
    return css


def _inline(found: re.Match[bytes], look: Look) -> bytes:
    href = found[1].decode()
    if not href.startswith(settings.STATIC_URL):
        return found[0]
    css = PLACE.sub(lambda place: f'url("{urljoin(href, place[2])}")', _sheet(href))
    return f"<style>{settled(css, look)}</style>".encode()


def _sheet(href: str) -> str:
    name = href.removeprefix(settings.STATIC_URL)
    if staticfiles_storage.exists(name):
        with staticfiles_storage.open(name) as file:
            return str(file.read().decode())
    path = finders.find(name)
    if not path:
        return ""
    with open(path, encoding="utf-8") as source:
        return source.read()

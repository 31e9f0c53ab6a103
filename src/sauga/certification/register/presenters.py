"""The register as its pages show it: lines, tiles of the map."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.formats import localize
from django.utils.translation import gettext, ngettext

from sauga.certification.register.rules.shown import Shown
from sauga.kernel import vocab
from sauga.kernel.i18n import written_in
from sauga.kernel.organisations.places import short_municipality_name
from sauga.kernel.organisations.tiles import TILES, shade

STEPS = (1, 2, 4, 8)
"""From how many ambassadors on a tile is a shade darker."""


@dataclass(frozen=True)
class Tile:
    """One municipality on the map."""

    code: str
    short: str
    letters: str
    row: int
    column: int
    n: int

    @property
    def shade(self) -> int:
        """How dark it is, 0 to 4."""
        return shade(self.n, STEPS)

    @property
    def text(self) -> str:
        """What the tile says to a screen reader."""
        if not self.n:
            return gettext("%(place)s: from the neighbourhood") % {"place": self.short}
        counted = ngettext("%(n)s ambassador", "%(n)s ambassadors", self.n) % {"n": localize(self.n)}
        return f"{self.short}: {counted}"


def tiles(counts: Mapping[str, int]) -> list[Tile]:
    """All municipalities in reading order of the map."""
    made = [
        Tile(code, short_municipality_name(code), TILES[code][2], *TILES[code][:2], n)
        for code, n in counts.items()
    ]
    return sorted(made, key=lambda one: (one.row, one.column))


def line(one: Shown) -> dict[str, Any]:
    """An entry in the list and on its own page."""
    return {
        "row": one,
        "about_language": written_in(one.about),
        "letters": "".join(word[0] for word in one.name.split()[:2]).upper(),
        "places": ", ".join(short_municipality_name(code) for code in one.municipalities),
        "topics": _labels("topics", one.topics),
        "audiences": _labels("audiences", one.audiences),
        "languages": _labels("languages", one.languages),
    }


def _labels(vocabulary: str, codes: Any) -> str:
    return ", ".join(vocab.label(vocabulary, code) for code in codes)

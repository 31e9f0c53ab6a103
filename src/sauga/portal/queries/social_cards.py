"""The picture that social networks show of a page: its title, the drawing of its topic, our logo."""

import json
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

import typst
from django.utils.translation import gettext, override

from sauga.kernel import vocab
from sauga.kernel.ui.formats import pdf
from sauga.portal.models.base import PortalPage
from sauga.portal.queries import cards, drawings
from sauga.portal.queries.around import around
from sauga.portal.queries.public_pages import BELOW_HOME

LANGUAGES = ("lt", "en")
"""Languages that pages are written in; the font has their letters."""
FONT = pdf.FONTS[-1]
KEPT = 64
"""Cards in the memory of a process: about 50 KB each."""
_DATA = files("sauga.portal").joinpath("data/cards")


@dataclass(frozen=True)
class Card:
    """What a card says; cards that say the same are the same."""

    title: str
    kicker: str = ""
    drawing: str = ""
    language: str = "lt"

    @property
    def version(self) -> str:
        """Changes with the card: part of its address, so that a network fetches a new one."""
        return sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()[:12]

    @property
    def alternative(self) -> str:
        """What the card shows, in words."""
        said = drawings.alternative_texts().get(self.drawing, {}).get(self.language, "")
        return f"Sauga: {self.title}{f'. {said}' if said else ''}"

    def png(self) -> bytes:
        """The picture, 1200 × 630."""
        return _made(self)


def of_page(page: PortalPage) -> Card:
    """The card of a page: the page above is its first line, its drawing that of its topic or audience."""
    language = str(page.locale.language_code)
    own = [getattr(page, name, "") for name in ("topic", "audience", "drawing")]
    names = (*own, *page.topics, *page.audiences)
    return Card(page.seo_title or page.title, _kicker(page, language), _known(names), language)


def of_resource(slug: str, language: str) -> Card | None:
    """The card of a public resource; None where there is none at this address."""
    rows = cards.resources([slug])
    if not rows:
        return None
    row = rows[0]
    kind = str(vocab.label("resource_types", row.type))
    title = str(row.words("title", language))
    return Card(title, f"{kind[:1].upper()}{kind[1:]}", _known((*row.topics, *row.audiences)), language)


def of_site(language: str) -> Card:
    """The card of every other page."""
    with override(language):
        return Card(gettext("Safer Internet Centre of Lithuania"), "", "safer_internet_day", language)


@lru_cache(maxsize=KEPT)
def _made(card: Card) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "card.typ").write_bytes(_DATA.joinpath("card.typ").read_bytes())
        (root / FONT).write_bytes(pdf.font(FONT))
        mark = files("sauga.kernel.ui").joinpath("static/ui/mark.svg").read_bytes()
        (root / "mark.svg").write_bytes(mark)
        if card.drawing:
            (root / "drawing.svg").write_text(_coloured(card.drawing), encoding="utf-8")
        said = {**asdict(card), "drawing": "drawing.svg" if card.drawing else "", "site": "Sauga"}
        (root / "card.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")
        made: bytes = typst.compile(
            str(root / "card.typ"),
            root=folder,
            font_paths=[folder],
            ignore_system_fonts=True,
            format="png",
            ppi=72,
        )
        return made


def _kicker(page: PortalPage, language: str) -> str:
    """The page above, where that is not the home page."""
    if page.depth > BELOW_HOME:
        return around(page).above[-1].title
    with override(language):
        return gettext("Topic") if hasattr(page, "topic") else ""


def _known(names: Iterable[str]) -> str:
    """The first of these that there is a drawing of."""
    held = drawings.alternative_texts()
    return next((name for name in names if name in held), "")


def _coloured(name: str) -> str:
    """A drawing with the colours of daylight in it: on the site it takes them from the page."""
    picture = files("sauga.portal").joinpath(f"data/drawings/{name}.svg").read_text(encoding="utf-8")
    head, _end, inside = picture.partition(">")
    return f"{head}><style>{_daylight()}</style>{inside}"


@cache
def _daylight() -> str:
    """The stylesheet of the drawings with values in place of its variables, in the selectors that every
    reader of SVG knows.
    """
    sheet = files("sauga.portal").joinpath("static/portal/drawings.css").read_text(encoding="utf-8")
    sheet = "".join(part.rpartition("*/")[2] for part in sheet.split("/*"))
    light, dark = sheet.split("@media", 1)
    colours = [declared for rule in light.split("}") for declared in _declared(rule)]
    return "".join(
        f"{where}{{{_with_values(what, colours)}}}"
        for rule in dark.split("\n}\n", 1)[1].split("}")
        for where, what in _rules(rule)
    )


def _declared(rule: str) -> list[tuple[str, str]]:
    """The variables that a rule sets, with their values."""
    pairs = (one.partition(":") for one in rule.rpartition("{")[2].split(";"))
    return [(name.strip(), value.strip()) for name, _colon, value in pairs if name.strip().startswith("--")]


def _with_values(declarations: str, colours: list[tuple[str, str]]) -> str:
    for name, value in colours:
        declarations = declarations.replace(f"var({name})", value)
    return declarations.strip()


def _rules(rule: str) -> list[tuple[str, str]]:
    """A rule for each of its selectors; `:is(a, b)` is written out."""
    where, brace, what = rule.partition("{")
    before, several, rest = where.strip().partition(":is(")
    if not brace:
        return []
    if several:
        inside, _end, after = rest.partition(")")
        return [(f"{before}{part.strip()}{after}", what) for part in inside.split(",")]
    return [(part.strip(), what) for part in where.split(",")]

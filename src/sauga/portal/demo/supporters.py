"""Invented organisations that support the centre, with logos drawn from plain shapes. Real partners get none:
only they may say how they are shown.
"""

from dataclasses import dataclass
from datetime import datetime

from sauga.kernel import organisations
from sauga.kernel.organisations.actions.logos import add_logo
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor

DEMO = SystemActor("demo")
PERMISSION = "Demo: an invented organisation, a drawing of our own."
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} 60" width="{0}" height="60">'
SHELF = """<rect x="8" y="10" width="12" height="40" fill="#0f5f56"/>
<rect x="24" y="16" width="12" height="34" fill="#2f8f83"/>
<rect x="40" y="8" width="12" height="42" fill="#a3263f"/>
<rect x="4" y="50" width="54" height="4" fill="#33302a"/>"""
BOOK = """<path d="M6 14 L36 22 L66 14 L66 46 L36 54 L6 46 Z" fill="#0f5f56"/>
<path d="M36 22 L36 54" stroke="#ffffff" stroke-width="3"/><circle cx="36" cy="9" r="6" fill="#a3263f"/>"""
TOWER = """<path d="M24 54 L30 18 L42 18 L48 54 Z" fill="#1f4e79"/>
<rect x="28" y="8" width="16" height="8" fill="#d08a1d"/>
<path d="M48 12 L84 4 L84 22 Z" fill="#f0c36a"/>"""


LIBRARY = "Bangelės biblioteka (pavyzdys)", "Little Wave Library (sample)"
COMPANY = "UAB „Švyturėlis“ (pavyzdys)", "Little Lighthouse Ltd (sample)"


@dataclass(frozen=True)
class Drawing:
    """A logo: shapes, how wide they are, and what they look like in Lithuanian and in English."""

    shapes: str
    width: int
    lt: str
    en: str

    @property
    def content(self) -> bytes:
        """The file."""
        return f"{HEAD.format(self.width)}{self.shapes}</svg>".encode()


THREE_BOOKS = Drawing(SHELF, 62, "Trys knygos lentynoje", "Three books on a shelf")
OPEN_BOOK = Drawing(BOOK, 72, "Atversta knyga, virš jos – raudonas taškas", "An open book below a red dot")
LIGHTHOUSE = Drawing(TOWER, 90, "Švyturys su šviesos pluoštu", "A lighthouse with a beam")


def seed(at: datetime) -> None:
    """A library whose logo changed in 2025, and a company."""
    library = _made(*LIBRARY, role="ASSOCIATED", since="2023-09", at=at)
    _draw(library, THREE_BOOKS, since="2023-09", at=at)
    _draw(library, OPEN_BOOK, since="2025-01-01", at=at)
    _draw(_made(*COMPANY, role="SUPPORTER", since="2024", at=at), LIGHTHOUSE, since="", at=at)


def _made(lt: str, en: str, *, role: str, since: str, at: datetime) -> Organisation:
    row = organisations.create_organisation(by=DEMO, names={"lt": lt, "en": en}, at=at)
    organisations.give_role(
        by=DEMO, organisation=row, role=role, since=since, is_confirmed=True, source="demo", at=at
    )
    return row


def _draw(row: Organisation, drawing: Drawing, *, since: str, at: datetime) -> None:
    add_logo(
        by=DEMO,
        organisation=row,
        content=drawing.content,
        name="logo.svg",
        alt={"lt": drawing.lt, "en": drawing.en},
        permission=PERMISSION,
        since=since,
        at=at,
    )

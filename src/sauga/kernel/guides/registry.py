"""What a guide declares, which guides there are, and which section of them belongs to a desk page."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path


class NoSuchGuide(LookupError):
    """No guide of this name is installed."""


@dataclass(frozen=True, kw_only=True)
class Guide:
    """A guide: one Markdown file for each language, `<folder>/<language>/<slug>.md`.

    `slug` is the name of the file and the end of the address. A person with one of `permissions` finds the
    guide first in the list at the desk; without any it is for everybody there. `is_public` puts it on the
    public site as well, `is_desk=False` only there. `page` is the URL name of the public page that it
    explains. `covers` leads from desk pages to sections: the beginning of a URL name to an anchor, "" to the
    whole guide; the longest beginning of all guides wins.
    """

    slug: str
    folder: Path
    order: int
    permissions: tuple[StrEnum, ...] = ()
    is_desk: bool = True
    is_public: bool = False
    page: str = ""
    covers: Mapping[str, str] = field(default_factory=dict, hash=False)

    def path(self, language: str) -> Path:
        """The file with the text in this language."""
        return self.folder / language / f"{self.slug}.md"


_guides: dict[str, Guide] = {}


def register(guides: Iterable[Guide]) -> None:
    """Offer these guides.

    ValueError for a slug that another package has taken, or a beginning that another guide covers.
    """
    for guide in guides:
        taken = _guides.get(guide.slug)
        if taken is not None and taken.folder != guide.folder:
            raise ValueError(f"two guides are called {guide.slug}")
        for other in _guides.values():
            if other.slug != guide.slug and (both := sorted(other.covers.keys() & guide.covers.keys())):
                raise ValueError(f"{other.slug} and {guide.slug} both cover {both[0]}")
        _guides[guide.slug] = guide
    section_for.cache_clear()


def every(*, public: bool) -> list[Guide]:
    """The guides of the desk, or those of the public site, in order."""
    offered = (guide for guide in _guides.values() if (guide.is_public if public else guide.is_desk))
    return sorted(offered, key=lambda guide: (guide.order, guide.slug))


def find(slug: str, *, public: bool) -> Guide:
    """The guide of this name at the desk, or on the public site.

    NoSuchGuide where it is not offered there.
    """
    guide = _guides.get(slug)
    if guide is None or not (guide.is_public if public else guide.is_desk):
        raise NoSuchGuide(slug)
    return guide


@cache
def section_for(url_name: str) -> tuple[Guide, str] | None:
    """The guide and the anchor that explain a desk page; None where no guide covers it."""
    covered = {start: guide for guide in _guides.values() for start in guide.covers}
    fitting = [
        start for start in covered if url_name == start or url_name.startswith(f"{start}-") or not start
    ]
    if not fitting:
        return None
    longest = max(fitting, key=len)
    return covered[longest], covered[longest].covers[longest]

"""What stands around a page: its translations, its variants, the pages above and below it; and what follows
from the pages above: the path that it shows, for whom it is and about what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from wagtail.models import Page

from sauga.kernel import statements
from sauga.portal.models.addresses import addresses_of
from sauga.portal.models.base import PortalPage, tag_of
from sauga.portal.models.landing_pages import AudiencePage, TopicPage
from sauga.portal.queries.page_links import COLUMNS, PageLink, links
from sauga.portal.states import Level

STEP = PortalPage.steplen
"""So many characters of a path in the tree name one page."""
BELOW_ROOT = 2
LEVELS = {code: place for place, code in enumerate(Level.values)}


@dataclass(frozen=True)
class Ancestor:
    """A page above another; `audience` and `topic` where it is the landing page of one."""

    title: str
    href: str
    audience: str | None
    topic: str | None


@dataclass(frozen=True)
class Reading:
    """One of the variants of a text."""

    pk: int
    level: str
    href: str
    language_tag: str

    @property
    def label(self) -> str:
        """The reading level in words."""
        return str(Level(self.level).label)


@dataclass(frozen=True)
class Around:
    """What stands around a page: the address in each of its languages (of a variant, that of the other
    language's main text), the pages above from the home page on, its variants including itself by level
    (none where there is only one), and the pages below in the editor's order."""

    twins: Mapping[str, str]
    above: Sequence[Ancestor]
    readings: Sequence[Reading]
    below: Sequence[PageLink]


def around(page: Page) -> Around:
    """What stands around a page: one query for each page object."""
    known: tuple[str, Around] | None = getattr(page, "_around", None)
    if known is None or known[0] != page.path:
        first, last = Page._get_children_path_interval(page.path)
        found = _asked(
            key=page.translation_key,
            paths=[page.path[:end] for end in range(BELOW_ROOT * STEP, len(page.path), STEP)],
            main=page.main_id or page.pk,
            locale=page.locale_id,
            first=first,
            last=last,
            depth=page.depth + 1,
        )
        known = (page.path, _read(found, page.locale.language_code))
        page._around = known  # read above
    return known[1]


def _read(found: Mapping[str, list[tuple[Any, ...]]], language: str) -> Around:
    twins, above, variants = found["twins"], found["above"], found["variants"]
    hrefs = iter(addresses_of([row[1] for row in (*twins, *above, *variants)]))
    there = {code: next(hrefs) for code, _path in twins}
    ancestors = [Ancestor(title, next(hrefs), *rest) for title, _path, *rest in above]
    readings = [Reading(pk, level, next(hrefs), tag_of(level, language)) for pk, _path, level in variants]
    readings.sort(key=lambda row: LEVELS.get(row.level, 99))
    return Around(
        twins={code: href for code, href in there.items() if href},
        above=ancestors,
        readings=readings if len(readings) > 1 else (),
        below=links(found["below"]),
    )


@statements.united
def _asked(
    *, key: UUID, paths: list[str], main: int, locale: int, first: str, last: str, depth: int
) -> dict[str, Any]:
    twins = Page.objects.filter(translation_key=key, live=True)
    above = PortalPage.objects.filter(path__any_of=paths).order_by("depth")
    variants = PortalPage.objects.live().filter(Q(pk=main) | Q(main_id=main), locale_id=locale)
    below = PortalPage.objects.live().filter(path__range=(first, last), depth=depth, main__isnull=True)
    return {
        "twins": twins.values_list("locale__language_code", "url_path"),
        "above": above.values_list("title", "url_path", "audiencepage__audience", "topicpage__topic"),
        "variants": variants.values_list("pk", "url_path", "level"),
        "below": below.order_by("path").values_list(*COLUMNS),
    }


def whom_of(page: PortalPage) -> tuple[list[str], list[str]]:
    """Audiences and topics: the chosen ones, else those of the landing pages above."""
    audiences, topics = list(page.audiences), list(page.topics)
    for one in around(page).above:
        if one.audience is not None and not page.audiences:
            audiences = [one.audience]
        if one.topic is not None and one.topic not in topics:
            topics.append(one.topic)
    if isinstance(page, AudiencePage):
        audiences = [page.audience]
    if isinstance(page, TopicPage) and page.topic not in topics:
        topics.append(page.topic)
    return audiences, topics

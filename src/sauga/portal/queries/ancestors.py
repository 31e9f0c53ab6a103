"""The pages above a page, and what follows from them: the path that it shows, for whom it is and about
what."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sauga.kernel import statements
from sauga.portal.models.addresses import address_of
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage, TopicPage

STEP = PortalPage.steplen
"""So many characters of a path in the tree name one page."""
BELOW_ROOT = 2


@dataclass(frozen=True)
class Ancestor:
    """A page above another; `audience` and `topic` where it is the landing page of one."""

    title: str
    url_path: str
    audience: str | None
    topic: str | None

    @property
    def href(self) -> str:
        return address_of(self.url_path)


def ancestors(page: PortalPage) -> Sequence[Ancestor]:
    """The pages above one, from the home page on. Asked for once for each page object: path, kicker, audience
    and topics of a page follow from it."""
    known: tuple[str, Sequence[Ancestor]] | None = getattr(page, "_ancestors", None)
    if known is None or known[0] != page.path:
        paths = [page.path[:end] for end in range(BELOW_ROOT * STEP, len(page.path), STEP)]
        rows = [Ancestor(*row) for row in _ancestors(paths=paths)] if paths else []
        known = (page.path, rows)
        page._ancestors = known  # read above
    return known[1]


@statements.prepared
def _ancestors(*, paths: list[str]) -> Any:
    rows = PortalPage.objects.filter(path__any_of=paths).order_by("depth")
    return rows.values_list("title", "url_path", "audiencepage__audience", "topicpage__topic")


def whom_of(page: PortalPage) -> tuple[list[str], list[str]]:
    """Audiences and topics: the chosen ones, else those of the landing pages above."""
    audiences, topics = list(page.audiences), list(page.topics)
    for one in ancestors(page):
        if one.audience is not None and not page.audiences:
            audiences = [one.audience]
        if one.topic is not None and one.topic not in topics:
            topics.append(one.topic)
    if isinstance(page, AudiencePage):
        audiences = [page.audience]
    if isinstance(page, TopicPage) and page.topic not in topics:
        topics.append(page.topic)
    return audiences, topics

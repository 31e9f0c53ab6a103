"""The next events on a page of the site: about its topics, or for its audience."""

from datetime import datetime

from sauga.events.programme.presenters import Card, card
from sauga.events.programme.queries.events import related
from sauga.portal.models.articles import CampaignPage
from sauga.portal.models.base import PortalPage
from sauga.portal.models.landing_pages import AudiencePage
from sauga.portal.queries.around import whom_of

MOST = 3
CAMPAIGN = ("safer_internet_day",)
"""The kind of event that a campaign page leads to."""
WEBINAR, PARENTS, MOST_COMPARED = ("webinar",), "parents_carers", 12


def next_webinar(at: datetime) -> Card | None:
    """The next webinar: for parents where one is planned soon, else whichever comes first."""
    rows = related((), (), at, MOST_COMPARED, kinds=WEBINAR)
    found = next((row for row in rows if PARENTS in row.audiences), rows[0] if rows else None)
    return card(found, at) if found is not None else None


def coming_for(page: PortalPage, at: datetime) -> list[Card]:
    """The next published events that fit a page, soonest first; none for a page about nothing."""
    if isinstance(page, CampaignPage):
        rows = related((), (), at, MOST, kinds=CAMPAIGN)
    elif isinstance(page, AudiencePage):
        rows = related((), (page.audience,), at, MOST)
    else:
        _audiences, codes = whom_of(page)
        rows = related(codes, (), at, MOST)
    return [card(row, at) for row in rows]

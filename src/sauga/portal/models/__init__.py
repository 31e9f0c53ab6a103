"""Tables of the portal, for Django. Import each model from its own module."""

from sauga.portal.models.articles import (
    AppGuidePage,
    CampaignPage,
    ExplainerPage,
    LetterPage,
    NewsIndexPage,
    NewsPage,
    PartnersPage,
    PlainPage,
)
from sauga.portal.models.base import PortalPage
from sauga.portal.models.editor_log import TrailedModelEntry, TrailedPageEntry
from sauga.portal.models.feedback import Feedback, FeedbackStep, PageDay
from sauga.portal.models.footer import FooterEntry
from sauga.portal.models.landing_pages import AudiencePage, HomePage, TopicIndexPage, TopicPage
from sauga.portal.models.media import Attachment, Picture, PictureSize, Video
from sauga.portal.models.network import HelpEntry
from sauga.portal.models.outside_links import LinkPlace, OutsideLink
from sauga.portal.models.page_gate import GateException, GateWord
from sauga.portal.models.prepared import PreparedBlock
from sauga.portal.models.reviews import ReviewRequest, ReviewStep
from sauga.portal.models.starter_texts import StarterText
from sauga.portal.models.wagtail_tables import BOOKKEEPING

__all__ = [
    "BOOKKEEPING",
    "AppGuidePage",
    "Attachment",
    "AudiencePage",
    "CampaignPage",
    "ExplainerPage",
    "Feedback",
    "FeedbackStep",
    "FooterEntry",
    "GateException",
    "GateWord",
    "HelpEntry",
    "HomePage",
    "LetterPage",
    "LinkPlace",
    "NewsIndexPage",
    "NewsPage",
    "OutsideLink",
    "PageDay",
    "PartnersPage",
    "Picture",
    "PictureSize",
    "PlainPage",
    "PortalPage",
    "PreparedBlock",
    "ReviewRequest",
    "ReviewStep",
    "StarterText",
    "TopicIndexPage",
    "TopicPage",
    "TrailedModelEntry",
    "TrailedPageEntry",
    "Video",
]

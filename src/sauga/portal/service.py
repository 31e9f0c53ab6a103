"""Declares the portal to the rest of the product: who may do what, its audit names, its pages at the desk,
and how Wagtail is tied in.
"""

from datetime import datetime

from django.apps import apps
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.signals import page_published, page_unpublished

from sauga.kernel import clock
from sauga.kernel.identity.home import Counter
from sauga.kernel.organisations.rules import Permission as Register
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry
from sauga.kernel.ui.public_frame import frame
from sauga.kernel.ui.public_frame import help_now as helping
from sauga.portal import receivers
from sauga.portal.actions import publish_guard, search_index
from sauga.portal.actions.site_setup import set_up_site
from sauga.portal.actions.starter_content import load_starter_content
from sauga.portal.guides import GUIDES
from sauga.portal.measures import VIEWS, kind_names
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import (
    DEFAULT_ROLES,
    EVERYWHERE,
    LABELS,
    SYSTEM,
    TWO_PEOPLE,
    WORDING,
    Permission,
)
from sauga.portal.queries import accessibility_statement, campaigns, desk, help_now, links, page_gate, related
from sauga.portal.rules import readers
from sauga.portal.trail import FACTS, Trail
from sauga.portal.views.editor_form import DraftCopyForm, EditorForm
from sauga.portal.views.page_gate import face
from sauga.portal.views.site_frame import frame_now

WORK = (
    Item(
        url="wagtailadmin_home",
        label=_("Pages"),
        icon="file-text",
        order=1,
        permissions=(Permission.USE_CMS,),
    ),
    Item(
        url="portal-reviews", label=_("Reviews"), icon="send", order=2, permissions=(Permission.ASK_REVIEW,)
    ),
    Item(
        url="portal-translations",
        label=_("Translations"),
        icon="languages",
        order=3,
        permissions=(Permission.TRANSLATE_PAGES,),
    ),
    Item(
        url="portal-due",
        label=_("Pages to review"),
        icon="history",
        order=4,
        permissions=(Permission.WRITE_PAGES,),
    ),
    Item(
        url="portal-to-confirm",
        label=pgettext_lazy("page", "To confirm"),
        icon="circle-check",
        order=4,
        permissions=(Permission.WRITE_PAGES,),
    ),
    Item(
        url="wagtailsnippets_portal_helpentry:list",
        label=_("Help numbers"),
        icon="phone",
        order=5,
        permissions=(Permission.KEEP_NETWORK,),
    ),
    Item(
        url="portal-links", label=_("Broken links"), icon="link", order=5, permissions=(Permission.SEE_GATE,)
    ),
    Item(
        url="portal-figures",
        label=_("Page views"),
        icon="chart-column",
        order=6,
        permissions=(Permission.SEE_GATE,),
    ),
)


def _plant(at: datetime) -> str:
    """The groups, the two home pages, partners and numbers."""
    return f"site: {set_up_site(by=SystemActor('site'), at=at)} pages planted"


def _starter(at: datetime) -> str:
    """Pages that a centre can publish from its first day."""
    return f"starter content: {load_starter_content(by=SystemActor('site'), at=at)}"


def _connect() -> None:
    """The editor's form refuses a schedule in the past, every act of the tool is audited, and pages enter
    search as they go live.
    """
    PortalPage.base_form_class = EditorForm
    PortalPage.copy_form_class = DraftCopyForm
    receivers.register()
    frame.register(frame_now)
    helping.register(help_now.lines)
    page_gate.register_page(face)
    publish_guard.stand(clock.now)
    page_published.connect(search_index.page_went_live, dispatch_uid="portal.search")
    page_unpublished.connect(search_index.page_went_down, dispatch_uid="portal.search")
    if apps.is_installed("sauga.events"):
        from sauga.events.activities.queries import materials

        materials.register(campaigns.safer_internet_day_materials)
    if apps.is_installed("sauga.repository"):
        from sauga.repository.catalogue import topic_pages
        from sauga.repository.search import queries as search

        topic_pages.register("portal", related.topics_about)
        topic_pages.register_starter("portal", related.of_starter_texts)
        topic_pages.register_by_topic("portal", related.topics_by_code)
        search.register_addresses(search_index.KIND, search_index.addresses)


SERVICE = Service(
    code="portal",
    title=_("Site"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=DEFAULT_ROLES,
        role_names=LABELS,
        everywhere=EVERYWHERE,
        two_people=TWO_PEOPLE,
        system={**SYSTEM, "site": {*SYSTEM["site"], Register.EDIT}},
        also={"PUBLISHER": {Register.SEE, Register.EDIT}, "EDITOR": {Register.SEE}},
        wording=WORDING,
    ),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="wagtailadmin_home",
            label=_("Site"),
            icon="globe",
            order=30,
            permissions=(Permission.USE_CMS,),
            children=WORK,
        ),
        Item(
            url="portal-feedback-list",
            label=_("Feedback"),
            icon="message-circle",
            order=32,
            permissions=(Permission.ANSWER_FEEDBACK,),
        ),
    ),
    public=(
        PublicEntry(
            url="portal-something-happened",
            label=_("Something happened"),
            icon="circle-help",
            places=frozenset({Place.CARD, Place.FOOT}),
            reader_query=readers.QUERY,
            title=_("Something happened"),
            summary=_(
                "In four taps at most you'll know what to do and who can help. We don't store anything."
            ),
            order=15,
        ),
    ),
    feeds=(Feed(url="portal-feed", title=_("News")),),
    journeys={
        "home": ("portal-home",),
        "privacy": ("portal-privacy",),
        "accessibility": ("portal-accessibility", "portal-feedback", "portal-feedback-back"),
    },
    guides=GUIDES,
    counters=(
        Counter(
            "portal.feedback",
            _("Feedback to answer"),
            accessibility_statement.waiting,
            Permission.ANSWER_FEEDBACK,
            "portal-feedback-list",
            30,
        ),
        Counter(
            "portal.reviews",
            _("Reviews awaiting an answer"),
            desk.reviews_open,
            Permission.ASK_REVIEW,
            "portal-reviews",
            30,
            "view=sent",
        ),
        Counter(
            "portal.due", _("Pages due for review"), desk.due_count, Permission.WRITE_PAGES, "portal-due", 31
        ),
        Counter(
            "portal.to_confirm",
            _("Pages with something to confirm"),
            desk.to_confirm_count,
            Permission.WRITE_PAGES,
            "portal-to-confirm",
            31,
        ),
        Counter(
            "portal.lines",
            _("Help numbers to check"),
            help_now.lines_to_check,
            Permission.KEEP_NETWORK,
            "wagtailsnippets_portal_helpentry:list",
            31,
        ),
        Counter(
            "portal.links", _("Broken links"), links.broken_count, Permission.SEE_GATE, "portal-links", 32
        ),
        Counter(
            "portal.behind",
            _("Outdated translations"),
            desk.behind_count,
            Permission.TRANSLATE_PAGES,
            "portal-translations",
            33,
        ),
    ),
    channels={"portal.gate.*": (Permission.SEE_GATE,), "portal.feedback": (Permission.ANSWER_FEEDBACK,)},
    notifications={
        "portal.review_answered": _("Review %(ref)s has an answer, or its link has expired."),
        "portal.page_submitted": _("Page %(number)s is waiting for review."),
        "portal.page_approved": _("Page %(number)s was approved."),
        "portal.page_rejected": _("Page %(number)s: something should be changed."),
        "portal.page_held_back": _("Page %(number)s was not published as scheduled: a check does not pass."),
        "portal.pages_due": _("Pages due for review: %(number)s"),
        "portal.feedback_received": _("New feedback about the site: %(ref)s"),
    },
    page_types={
        "portal-home": "WebPage",
        "portal-privacy": "WebPage",
        "portal-accessibility": "WebPage",
        "portal-what-to-report": "WebPage",
        "portal-easy": "CollectionPage",
        "portal-something-happened": "WebPage",
    },
    page_sources=PageSources(
        {
            "portal",
            "vocab",
            "organisations",
            "media",
            "wagtailcore",
            "wagtailimages",
            "wagtaildocs",
            "taggit",
        },
        queries=readers.QUERIES,
    ),
    measures=(VIEWS,),
    breakdowns={"kind": (kind_names(),), "language": ("languages",)},
    uploads=("/desk/cms/", "/desk/portal/translations/"),
    data=(_plant,),
    starter=(_starter,),
    connect=_connect,
)

"""Declares panel to the rest of the product; each subdomain's `service.py` has its part."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.panel import receivers
from sauga.panel.guides import GUIDES
from sauga.panel.members import service as members
from sauga.panel.permissions import LABELS, ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.panel.trail import FACTS, Trail
from sauga.panel.voice import service as voice
from sauga.panel.voting import service as voting


def connect() -> None:
    """Each subdomain connects what it fills in of another."""
    members.connect()
    voice.connect()
    voting.connect()
    receivers.register()


SERVICE = Service(
    code="panel",
    title=_("Youth panel"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=ROLES,
        role_names=LABELS,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        vaults=("panel",),
        wording=WORDING,
    ),
    audit=Trail,
    facts=FACTS,
    desk=(*members.DESK, *voice.DESK, *voting.DESK),
    public=(*members.PUBLIC, *voice.PUBLIC, *voting.PUBLIC),
    feeds=voice.FEEDS,
    guides=GUIDES,
    counters=(*members.COUNTERS, *voice.COUNTERS, *voting.COUNTERS),
    channels={**members.CHANNELS, **voice.CHANNELS, **voting.CHANNELS},
    notifications={**members.NOTIFICATIONS, **voice.NOTIFICATIONS, **voting.NOTIFICATIONS},
    alerts=members.ALERTS,
    measures=(*members.MEASURES, *voice.MEASURES, *voting.MEASURES),
    breakdowns={**members.BREAKDOWNS, **voice.BREAKDOWNS, **voting.BREAKDOWNS},
    page_types={
        "panel-ledger": "CollectionPage",
        "panel-public-proposal": "WebPage",
        "panel-public-rules": "WebPage",
        "panel-year": "WebPage",
    },
    page_sources=PageSources({"panel", "vocab"}),
    member_site=members.SITE,
    member_consents=members.MEMBER_CONSENTS,
    member_navigation=members.MEMBER_NAVIGATION,
    member_data=members.MEMBER_DATA,
    member_uploads=(*members.MEMBER_UPLOADS, *voice.MEMBER_UPLOADS),
    link_uploads=voice.LINK_UPLOADS,
    data=(*members.DATA, *voice.DATA, *voting.DATA),
    connect=connect,
)

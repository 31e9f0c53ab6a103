"""Declares selfcheck to the rest of the product; each subdomain's `service.py` has its part."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.selfcheck.guides import GUIDES
from sauga.selfcheck.permissions import LABELS, ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.selfcheck.personal import service as personal
from sauga.selfcheck.school import service as school
from sauga.selfcheck.trail import FACTS, Trail

SERVICE = Service(
    code="selfcheck",
    title=_("Self-assessments"),
    operated_by="AWARENESS",
    access=Access(
        permissions=Permission,
        roles=ROLES,
        role_names=LABELS,
        two_people=TWO_PEOPLE,
        system=SYSTEM,
        wording=WORDING,
    ),
    audit=Trail,
    facts=FACTS,
    desk=(*personal.DESK, *school.DESK),
    public=(*personal.PUBLIC, *school.PUBLIC),
    guides=GUIDES,
    channels={**personal.CHANNELS, **school.CHANNELS},
    counters=(*personal.COUNTERS, *school.COUNTERS),
    credentials=school.CREDENTIALS,
    data=(*personal.DATA, *school.DATA),
    measures=school.MEASURES,
    breakdowns=school.BREAKDOWNS,
    page_types={
        "selfcheck": "CollectionPage",
        "selfcheck-child": "WebPage",
        "selfcheck-teen": "WebPage",
        "selfcheck-adult": "WebPage",
        "selfcheck-class": "CollectionPage",
        "selfcheck-class-child": "WebPage",
        "selfcheck-class-teen": "WebPage",
        "selfcheck-agreement": "WebPage",
        "selfcheck-about": "WebPage",
        "selfcheck-questions": "WebPage",
        "selfcheck-schools": "CollectionPage",
        "selfcheck-country": "WebPage",
    },
    page_sources=PageSources({"selfcheck", "vocab", "organisations"}),
    member_home=school.MEMBER_HOME,
    member_navigation=school.MEMBER_NAVIGATION,
    member_suggestions=school.MEMBER_SUGGESTIONS,
    member_uploads=school.MEMBER_UPLOADS,
    member_data=school.MEMBER_DATA,
    connect=personal.connect,
)

"""Declares the newsletter to the rest of the product."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.kernel import members
from sauga.kernel.identity.home import Counter
from sauga.kernel.members.models import Member
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry
from sauga.newsletter import receivers
from sauga.newsletter.actions import subscriptions
from sauga.newsletter.guides import GUIDES
from sauga.newsletter.measures import MEASURES
from sauga.newsletter.permissions import ROLES, SYSTEM, TWO_PEOPLE, WORDING, Permission
from sauga.newsletter.queries import issues, member_own
from sauga.newsletter.rules import CHANNEL
from sauga.newsletter.trail import FACTS, Trail


def _erase(member: Member, at: datetime) -> None:
    """A member who deletes the account gets no newsletter either."""
    found = member_own.subscription_of(member)
    if found is not None:
        subscriptions.end(by=SystemActor("newsletter"), subscription=found, why="ACCOUNT", at=at)


PARTS = (
    Item(
        url="newsletter-issues",
        label=_("Newsletter issues"),
        icon="send",
        order=1,
        permissions=(Permission.WRITE,),
    ),
    Item(
        url="newsletter-figures",
        label=_("Figures"),
        icon="chart-column",
        order=2,
        permissions=(Permission.SEE_FIGURES,),
    ),
    Item(
        url="newsletter-policies",
        label=_("Settings"),
        icon="settings",
        order=3,
        permissions=(Permission.SETTINGS,),
    ),
)

SERVICE = Service(
    code="newsletter",
    title=_("Newsletter"),
    operated_by="AWARENESS",
    access=Access(permissions=Permission, roles=ROLES, two_people=TWO_PEOPLE, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="newsletter-issues",
            label=_("Newsletter"),
            icon="mail",
            order=33,
            permissions=(Permission.WRITE, Permission.SEE_FIGURES),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="newsletter",
            label=_("Newsletter"),
            icon="mail",
            places=frozenset({Place.FOOT}),
            order=70,
        ),
    ),
    feeds=(Feed(url="newsletter-feed", title=_("Newsletter")),),
    guides=GUIDES,
    counters=(
        Counter(
            "newsletter.ready",
            _("Newsletter issues to check"),
            issues.waiting_for_second,
            Permission.SEND,
            "newsletter-issues",
            34,
            f"view={issues.READY}",
        ),
    ),
    channels={CHANNEL: (Permission.WRITE,)},
    measures=MEASURES,
    breakdowns={"language": ("languages",)},
    page_types={
        "newsletter": "WebPage",
        "newsletter-archive": "CollectionPage",
        "newsletter-issue": "Article",
    },
    page_sources=PageSources(
        {"newsletter"},
    ),
    member_navigation=(
        members.MemberPage(
            url="newsletter-member",
            label=_("Newsletter"),
            order=60,
            is_account=True,
            is_for=lambda by: by.birth_month is None,
        ),
    ),
    member_suggestions=(
        members.Suggestion(
            url="newsletter-member",
            title=_("Receive the newsletter"),
            text=_("News and materials for your work, at the address you sign in with."),
            icon="mail",
            order=60,
            is_for=lambda by: by.birth_month is None,
        ),
    ),
    member_data=(
        members.Holding(
            code="newsletter",
            title=_("Newsletter"),
            export=member_own.export,
            lines=member_own.lines,
            erase=_erase,
        ),
    ),
    connect=receivers.register,
)

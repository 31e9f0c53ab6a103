"""Declares training to the rest of the product."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.events import effects as events
from sauga.kernel import members, organisations
from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.training import effects
from sauga.training.guides import GUIDES
from sauga.training.navigation import PARTS
from sauga.training.permissions import LABELS, ROLES, SYSTEM, WORDING
from sauga.training.permissions import Permission as P
from sauga.training.trail import FACTS, Trail
from sauga.training.viewing import measures as viewing_measures
from sauga.training.viewing.actions import timing
from sauga.training.viewing.actions.writing import CHANNEL as SITES
from sauga.training.viewing.presenters import own as viewing_own
from sauga.training.viewing.presenters import sections as viewing
from sauga.training.viewing.queries import sites
from sauga.training.webinars import measures as webinar_measures
from sauga.training.webinars import presenters as webinars
from sauga.training.webinars.actions import presence
from sauga.training.webinars.actions.questions import CHANNEL as QUESTIONS
from sauga.training.webinars.actions.webinars import CHANNEL as WEBINARS
from sauga.training.webinars.queries import questions

UNSEEN_TABLES = {
    "training_presence",
    "training_question",
    "training_questionstep",
    "training_sitecount",
    "training_sitehost",
    "training_sitemessage",
    "training_sitetest",
    "training_stream",
    "training_streamstep",
    "training_viewingsite",
    "training_viewingsitestep",
}
"""Tables that no cached page shows."""


def _connect() -> None:
    """Libraries are told when their webinar moves or is off; presence counts when it is over."""
    organisations.register_use("training", sites.use_of)
    events.event_moved.connect("training.viewing", timing.tell_moved)
    events.event_cancelled.connect("training.viewing", timing.tell_cancelled)
    events.event_over.connect("training.presence", presence.confirm_when_over)
    events.own_sections.register("training.webinars", webinars.registration_section, order=20)
    events.public_sections.register("training.webinars", webinars.event_section, order=15)
    effects.webinar_sections.register("viewing", viewing.public_section)
    effects.webinar_desk_sections.register("viewing", viewing.desk_section)
    effects.speaker_sections.register("viewing", viewing.speaker_section)


def _waiting(by: members.MemberActor, at: datetime) -> Iterator[members.Waiting]:
    """What waits for a member: counts of evenings that the member hosted."""
    yield from viewing_own.waiting(by, at)


SERVICE = Service(
    code="training",
    title=_("Training"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, role_names=LABELS, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="training-webinars-desk",
            label=_("Training"),
            icon="presentation",
            order=36,
            permissions=(P.SEE_WEBINARS,),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="training-webinars",
            label=_("Webinars"),
            icon="video",
            places=frozenset({Place.FOOT}),
            title=_("Webinars"),
            summary=_("For parents, teachers and librarians, at home or in a library near you."),
            order=43,
        ),
    ),
    page_sources=PageSources({"training"}, exclude=UNSEEN_TABLES),
    channels={
        WEBINARS: (P.SEE_WEBINARS,),
        SITES: (P.SEE_WEBINARS,),
        QUESTIONS: (P.MODERATE_QUESTIONS,),
    },
    uploads=("/desk/training/",),
    guides=GUIDES,
    counters=(
        Counter(
            "training.questions",
            _("Questions to speakers to be read"),
            questions.to_be_read,
            P.MODERATE_QUESTIONS,
            "training-webinars-desk",
            36,
        ),
        Counter(
            "training.messages",
            _("Messages of libraries to be read"),
            sites.messages_to_read,
            P.COORDINATE_SITES,
            "training-webinars-desk",
            36,
        ),
    ),
    measures=(*webinar_measures.MEASURES, *viewing_measures.MEASURES),
    breakdowns={
        "webinar_source": (webinar_measures.SOURCES,),
        "site_standing": (viewing_measures.STANDING,),
        "viewing_group": ("headcount_groups",),
    },
    member_home=_waiting,
    member_navigation=(
        members.MemberPage(
            url="training-member-sites",
            label=pgettext_lazy("member", "Webinars I host"),
            order=45,
            is_for=viewing_own.hosts,
        ),
    ),
    member_data=(
        members.Holding(
            code="training.viewing",
            title=_("Webinars hosted at a library"),
            export=viewing_own.export,
        ),
    ),
    connect=_connect,
)

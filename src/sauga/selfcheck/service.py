"""Declares selfcheck to the rest of the product."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sauga.kernel.identity.home import Counter
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.repository.effects import widgets
from sauga.selfcheck.guides import GUIDES
from sauga.selfcheck.navigation import PARTS
from sauga.selfcheck.permissions import ROLES, WORDING
from sauga.selfcheck.permissions import Permission as P
from sauga.selfcheck.personal.actions.drafts import load_bank
from sauga.selfcheck.personal.queries import versions
from sauga.selfcheck.personal.views import frame
from sauga.selfcheck.trail import BANK_CHANNEL, FACTS, Trail

UNSEEN_TABLES = {"selfcheck_bankversionstep"}
"""Tables that no cached page shows."""


def _connect() -> None:
    """The repository's deployments decide which sites may embed the test; here is what they embed."""
    widgets.register("selfcheck", frame.widget, frame.address)


SERVICE = Service(
    code="selfcheck",
    title=_("Self-assessments"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="selfcheck-versions",
            label=_("Self-assessments"),
            icon="list-checks",
            order=37,
            permissions=(P.SEE_BANK,),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="selfcheck",
            label=_("Safety test"),
            icon="list-checks",
            places=frozenset({Place.CARD, Place.FOOT}),
            title=pgettext_lazy("everybody", "Are you safe on the Internet?"),
            summary=_("Some questions without points, then next steps. For children, teenagers and adults."),
            order=42,
        ),
    ),
    guides=GUIDES,
    channels={BANK_CHANNEL: (P.SEE_BANK,)},
    counters=(
        Counter(
            "selfcheck.review",
            _("Versions of the personal test to publish"),
            versions.waiting,
            P.PUBLISH_BANK,
            "selfcheck-versions",
            39,
        ),
    ),
    data=(load_bank,),
    page_sources=PageSources({"selfcheck", "vocab"}, exclude=UNSEEN_TABLES),
    connect=_connect,
)

"""Declares events to the rest of the product."""

from django.utils.translation import gettext_lazy as _

from sauga.events.guides import GUIDES
from sauga.events.overview.measures import MEASURES
from sauga.events.permissions import LABELS, ROLES, SYSTEM, WORDING
from sauga.events.permissions import Permission as P
from sauga.events.trail import CHANNEL, FACTS, Trail
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Access, Service
from sauga.kernel.ui.navigation import Feed, Item, Place, PublicEntry

PARTS = (
    Item(url="events-desk", label=_("All events"), icon="list", order=1, permissions=(P.SEE,)),
    Item(url="events-desk-month", label=_("Month"), icon="calendar", order=2, permissions=(P.SEE,)),
    Item(url="events-series-all", label=_("Series"), icon="layers", order=8, permissions=(P.SEE,)),
    Item(url="events-venues", label=_("Venues"), icon="map-pin", order=9, permissions=(P.SEE,)),
    Item(
        url="events-figures",
        label=_("Figures"),
        icon="chart-column",
        order=10,
        permissions=(P.SEE_FIGURES,),
    ),
)
UNSEEN_TABLES = {"events_eventstep"}
"""Tables that no cached page shows."""

SERVICE = Service(
    code="events",
    title=_("Events"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, role_names=LABELS, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    desk=(
        Item(
            url="events-desk",
            label=_("Events"),
            icon="calendar",
            order=32,
            permissions=(P.SEE, P.SEE_FIGURES),
            children=PARTS,
        ),
    ),
    public=(
        PublicEntry(
            url="events",
            label=_("Events"),
            icon="calendar",
            places=frozenset({Place.MENU, Place.FOOT}),
            title=_("Events"),
            summary=_("Conferences, seminars and lessons for classes. All free of charge."),
            order=42,
        ),
    ),
    feeds=(Feed(url="events-feed", title=_("Events")),),
    guides=GUIDES,
    channels={CHANNEL: (P.SEE,)},
    measures=MEASURES,
    breakdowns={
        "kind": ("event_kinds",),
        "format": ("event_formats",),
        "reason": ("event_cancel_reasons",),
    },
    page_sources=PageSources({"events", "vocab", "organisations"}, exclude=UNSEEN_TABLES),
)

"""Declares events to the rest of the product."""

from django.utils.translation import gettext_lazy as _

from sauga.events.permissions import LABELS, ROLES, SYSTEM, WORDING
from sauga.events.permissions import Permission as P
from sauga.events.trail import CHANNEL, FACTS, Trail
from sauga.kernel.services import Access, Service

SERVICE = Service(
    code="events",
    title=_("Events"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, role_names=LABELS, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
    channels={CHANNEL: (P.SEE,)},
)

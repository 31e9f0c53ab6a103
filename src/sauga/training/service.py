"""Declares training to the rest of the product."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.services import Access, Service
from sauga.training.permissions import LABELS, ROLES, SYSTEM, WORDING
from sauga.training.permissions import Permission as P
from sauga.training.trail import FACTS, Trail

SERVICE = Service(
    code="training",
    title=_("Training"),
    operated_by="AWARENESS",
    access=Access(permissions=P, roles=ROLES, role_names=LABELS, system=SYSTEM, wording=WORDING),
    audit=Trail,
    facts=FACTS,
)

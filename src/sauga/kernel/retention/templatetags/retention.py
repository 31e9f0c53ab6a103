"""`{% legal_hold row %}`: on the page of a record, that a legal hold keeps it; for those who may, the way to
place one."""

from typing import Any
from urllib.parse import urlencode

from django import template
from django.db.models import Model
from django.template.context import Context
from django.urls import reverse

from sauga.kernel import clock
from sauga.kernel.identity import actor
from sauga.kernel.permissions import allowed
from sauga.kernel.retention import registry
from sauga.kernel.retention.models import Hold
from sauga.kernel.retention.permissions import Permission
from sauga.kernel.retention.queries import hold_on

register = template.Library()


@register.inclusion_tag("retention/desk/_legal_hold.html", takes_context=True)
def legal_hold(context: Context, row: Any) -> dict[str, Any]:
    """What keeps this record beyond its period; one query, and none for records that cannot be held."""
    kind = row._meta.label_lower if isinstance(row, Model) else ""
    if kind not in registry.holdable():
        return {}
    by, at = actor(context["request"]), clock.now()
    hold: Hold | None = hold_on(kind, row.ref, at)
    may = allowed(by, Permission.HOLD, row)
    asked = urlencode({"kind": kind, "number": row.ref, "next": context["request"].path})
    return {
        "hold": hold,
        "is_waiting": hold is not None and hold.is_waiting(at),
        "href": reverse("retention-hold", args=[hold.ref]) if hold and may else "",
        "ask": f"{reverse('retention-hold-new')}?{asked}" if may and not hold else "",
    }

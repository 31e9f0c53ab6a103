"""Tools for the desk, for editors, and for what programs ask."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.http import Http404

from sauga.kernel.identity import PersonActor
from sauga.kernel.organisations.models import ServiceOperator
from sauga.training.permissions import Permission
from sauga.training.states import ToolState
from sauga.training.tools.models import PlatformKey, Tool, ToolEvent, ToolToken
from sauga.training.tools.rules.log import SHOWN, What

FORMER_KEYS_SHOWN = timedelta(days=7)


def allows_local() -> bool:
    """Whether tools on this machine may be registered: in the demo and in tests only."""
    return bool(settings.ENV.demo or getattr(settings, "WORLD_ALLOWED", False))


def issuer() -> str:
    """What this installation is called in tokens."""
    return str(settings.ENV.base_url).rstrip("/")


def tools(by: PersonActor) -> QuerySet[Tool]:
    """The tools of the organisations for which the person keeps tools."""
    rows = Tool.objects.filter(organisation__in=by.organisations_for(Permission.KEEP_TOOLS))
    launched = Max("events__at", filter=Q(events__what=What.ANSWER, events__refused=""))
    return rows.annotate(last_opened=launched).order_by("name", "pk")


def tool_for(by: PersonActor, ref: str) -> Tool:
    """One of them. Raises Http404."""
    row = tools(by).filter(ref=ref).first()
    if row is None:
        raise Http404
    return row


def events_of(row: Tool) -> list[ToolEvent]:
    """The last lines of a tool's log, the newest first."""
    return list(row.events.order_by("-id")[:SHOWN])


def choices() -> list[tuple[str, str]]:
    """Tools for an editor's form; which of them are off, the form says itself."""
    return [(row.ref, row.name) for row in Tool.objects.order_by("name", "pk")]


def registered() -> dict[str, Tool]:
    """Every tool by reference, for the checks of a course."""
    return {row.ref: row for row in Tool.objects.all()}


def tool_of(content: Any) -> Tool | None:
    """The tool that an activity opens; None where there is none any more."""
    ref = content.get("tool") if isinstance(content, dict) else None
    return Tool.objects.filter(ref=ref).first() if isinstance(ref, str) and ref else None


def by_client(client: str) -> Tool | None:
    """The tool with a client id."""
    return Tool.objects.filter(client_id=client).first() if 0 < len(client) <= 24 else None


def may_open(row: Tool, at: datetime) -> bool:
    """Whether a tool can be opened: it is on, and the organisation that registered it operates training. A
    new operator registers it anew: what is passed to whom is decided by who is responsible."""
    return row.state == ToolState.ON and operates(row.organisation_id, at)


def operates(organisation_id: int, at: datetime) -> bool:
    """Whether an organisation operates training at an instant."""
    now = Q(valid_from__lte=at) & (Q(valid_to=None) | Q(valid_to__gt=at))
    return ServiceOperator.objects.filter(now, service="training", organisation=organisation_id).exists()


def key_set(at: datetime) -> dict[str, Any]:
    """Our public keys as a JSON Web Key Set: the present one, and for some days those before it."""
    rows = PlatformKey.objects.filter(Q(ended_at=None) | Q(ended_at__gt=at - FORMER_KEYS_SHOWN))
    return {"keys": [row.public for row in rows.order_by("-since", "-pk")]}


def digest(secret: str) -> bytes:
    """What the database holds of a secret that a browser or a tool carries."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()


def token(secret: str, at: datetime) -> ToolToken | None:
    """A valid access token of a tool that is on."""
    rows = ToolToken.objects.select_related("tool").filter(digest=digest(secret), expires_at__gt=at)
    found = rows.first() if 0 < len(secret) <= 100 else None
    return found if found is not None and may_open(found.tool, at) else None

"""What a deployed copy may show now: found by its token or reference, read from its release, stopped when
suspended.
"""

import hashlib
from typing import Any

from django.db.models import QuerySet

from sauga.repository.adaptations.models import Adaptation
from sauga.repository.adaptations.queries.composition import withdrawn_parts
from sauga.repository.deployments.models import Deployment
from sauga.repository.states import RUNNING


def deployment_by_token(token: str) -> Deployment | None:
    """The deployment of a token; None for a wrong or void one."""
    held = hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()
    return _with().filter(token=held).first()


def deployment_by_ref(ref: str) -> Deployment | None:
    """The deployment of a page at our own address."""
    return _with().filter(ref=ref, channel="page").first()


def release_content(deployment: Deployment) -> dict[str, Any] | None:
    """What the deployment shows: the release it is pinned to, else the latest."""
    adaptation = deployment.adaptation
    if adaptation is None:
        return None
    pinned = deployment.update_policy == "pinned" and deployment.pinned_version
    rows = adaptation.releases.filter(number=pinned) if pinned else adaptation.releases.order_by("-number")
    release = rows.first()
    return None if release is None else release.content


def is_running(deployment: Deployment) -> bool:
    """Whether it may be shown."""
    return deployment.state in RUNNING


def hidden(content: dict[str, Any]) -> list[str]:
    """Sections that were withdrawn since the release."""
    return withdrawn_parts(content)


def branded_address(adaptation: Adaptation) -> str:
    """The reference of an adaptation's running page at our address; empty when there is none."""
    row = adaptation.deployments.filter(channel="page", state__in=RUNNING).order_by("pk").first()
    return row.ref if row else ""


def _with() -> "QuerySet[Deployment]":
    return Deployment.objects.select_related("adaptation", "adaptation__base", "organisation__registered_as")

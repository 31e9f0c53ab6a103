"""What the repository puts on “My day”: resources that wait for the reader, the longest waiting first."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from sauga.kernel import vocab
from sauga.kernel.i18n import duration
from sauga.kernel.identity import PersonActor
from sauga.kernel.identity.home import DUE, Card, Due, Mark, due
from sauga.repository.permissions import Permission
from sauga.repository.resources.models import Resource
from sauga.repository.resources.presenters import resources
from sauga.repository.resources.queries.worklist import View, worklist
from sauga.repository.states import ResourceState

MOST = 4


def to_do(by: PersonActor, at: datetime) -> Mapping[str, Any] | None:
    """Second-person checks first, then what is ready to publish, then passed review dates."""
    wanted = [
        (View.SAFETY, Permission.CHECK_CHILD_SAFETY),
        (View.REVIEW, Permission.REVIEW_RESOURCE),
        (View.READY, Permission.PUBLISH_RESOURCE),
        (View.DUE, Permission.RETIRE_RESOURCE),
    ]
    lines: dict[str, Due] = {}
    for view, permission in wanted:
        if by.can(permission):
            for row in worklist(by=by, view=view)[: MOST - len(lines)]:
                lines.setdefault(row.ref, _line(row, at))
    return due(_("Resources"), list(lines.values()), url_name="repository-desk", more=_("All resources"))


def _line(row: Resource, at: datetime) -> Due:
    tone, shape = resources.TONES[ResourceState(row.state)]
    return Due(
        title=resources.spoken(row, "title")[0],
        href=reverse("repository-desk-resource", args=[row.ref]),
        mark=Mark(tone, vocab.label("state.resource", row.state), shape),
        when=duration(at - row.state_since),
    )


CARDS = (Card("repository.to_do", DUE, to_do, permission=Permission.SEE_RESOURCES, order=30),)

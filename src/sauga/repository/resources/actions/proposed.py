"""Drafts that another part of the centre hands on: a recording of an event with its captions.

The person who hands it on need not be an editor. The draft has no author until an editor submits it; from
then on it is that editor's work, which another person reviews.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from sauga.kernel.identity import require
from sauga.kernel.media import MediaFile
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.files import store_file
from sauga.repository.resources.actions.resources import store_draft
from sauga.repository.resources.models import Resource


@dataclass(frozen=True)
class ProposedFile:
    """A file that comes with a draft: its bytes, or one that is stored here already."""

    kind: str
    language: str
    name: str
    content: bytes | MediaFile


def propose_resource(
    *, by: Actor, files: Sequence[ProposedFile], how: str, at: datetime, **fields: Any
) -> Resource:
    """Store a draft with its files; `how` says in the audit log where it comes from. Raises
    PermissionRefused, MetadataRefused, FileRefused."""
    require(by, Permission.PROPOSE_RESOURCE)
    with transaction.atomic():
        resource = store_draft(by, None, fields, how=how, at=at)
        for one in files:
            store_file(
                by=by,
                resource=resource,
                kind=one.kind,
                language=one.language,
                name=one.name,
                content=one.content,
                at=at,
            )
        return Resource.objects.get(pk=resource.pk)

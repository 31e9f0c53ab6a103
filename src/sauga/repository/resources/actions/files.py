"""Files of a resource: identified by their real type and checksum, stored by checksum, removed without being
lost.
"""

import hashlib
import re
from datetime import datetime
from itertools import pairwise

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.resources import NotEditable
from sauga.repository.resources.actions.transitions import ZONE, locked, signal_change
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.resources.rules import file_types
from sauga.repository.states import EDITABLE
from sauga.repository.trail import Trail

CAPTIONS = re.compile(r"(\d\d:)?\d\d:\d\d\.\d{3}\s+-->\s+(\d\d:)?\d\d:\d\d\.\d{3}")


class SameFile(ActionRefused):
    """The resource has this very file already."""

    message = _("This file has been added already.")


def add_file(
    *, by: Actor, resource: Resource, kind: str, language: str, name: str, content: bytes, at: datetime
) -> Rendition:
    """Add a file to a draft. Raises NotEditable, FileRefused, SameFile."""
    require(by, Permission.EDIT_RESOURCE)
    if not vocab.has_term("rendition_kinds", kind) or not vocab.has_term("languages", language):
        raise file_types.FileRefused("unknown")
    mime = file_types.real_type(content, name)
    if kind == "captions":
        check_captions(content, mime)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        if resource.renditions.filter(
            sha256=digest, kind=kind, language=language, removed_at__isnull=True
        ).exists():
            raise SameFile
        row: Rendition = resource.renditions.create(
            kind=kind,
            mime=mime,
            language=language,
            name=clean_name(name, mime),
            sha256=digest,
            size=len(content),
            file=_stored(digest, mime, content),
            added_at=at,
        )
        _note(by, resource, Trail.FILE_ADDED, at, {"kind": kind, "language": language, "size": len(content)})
        return row


def remove_file(*, by: Actor, rendition: Rendition, at: datetime) -> Rendition:
    """Remove a file from a draft; `put_back_file` undoes it. Raises NotEditable."""
    return _set_removed(by, rendition, at, removed=True)


def put_back_file(*, by: Actor, rendition: Rendition, at: datetime) -> Rendition:
    """Undo a removal. Raises NotEditable."""
    return _set_removed(by, rendition, at, removed=False)


def _set_removed(by: Actor, rendition: Rendition, at: datetime, *, removed: bool) -> Rendition:
    require(by, Permission.EDIT_RESOURCE)
    with transaction.atomic():
        resource = locked(rendition.resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        rendition.removed_at = at if removed else None
        rendition.save(update_fields=["removed_at"])
        trail = Trail.FILE_REMOVED if removed else Trail.FILE_ADDED
        _note(by, resource, trail, at, {"kind": rendition.kind, "language": rendition.language})
        return rendition


def check_captions(content: bytes, mime: str) -> None:
    """Captions must be WebVTT with at least one cue, in order and without overlap. Raises FileRefused."""
    if mime != "text/vtt":
        raise file_types.FileRefused("belies")
    cues = [match.group(0).split("-->") for match in CAPTIONS.finditer(content.decode("utf-8-sig"))]
    spans = [(_seconds(start), _seconds(end)) for start, end in cues]
    ordered = all(start < end for start, end in spans) and all(
        before[1] <= after[0] for before, after in pairwise(spans)
    )
    if not spans or not ordered:
        raise file_types.FileRefused("captions")


def clean_name(name: str, mime: str) -> str:
    """A file name without folders and unusual letters, with the extension of the real type."""
    stem = re.sub(r"[^\w.-]+", "-", name.replace("\\", "/").rpartition("/")[2].rpartition(".")[0] or name)[
        :120
    ].strip("-.")
    return f"{stem or 'file'}{file_types.ending_of(mime)}"


def _seconds(text: str) -> float:
    seconds = 0.0
    for part in text.strip().split(":"):
        seconds = seconds * 60 + float(part)
    return seconds


def _stored(digest: str, mime: str, content: bytes) -> str:
    """Where the bytes are stored. Identical bytes are stored once."""
    name = f"repository/{digest[:2]}/{digest}{file_types.ending_of(mime)}"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def _note(by: Actor, resource: Resource, trail: Trail, at: datetime, facts: dict[str, str | int]) -> None:
    resource.modified_at = at
    resource.save(update_fields=["modified_at"])
    audit.record(by, trail, resource, zone=ZONE, at=at, facts=facts)
    signal_change(resource)

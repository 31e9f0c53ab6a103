"""Files of a resource: taken in by `kernel.media`, removed without being lost."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, media, notifications, vocab
from sauga.kernel.identity import require
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor
from sauga.repository.permissions import Permission
from sauga.repository.resources.actions.resources import NotEditable
from sauga.repository.resources.actions.transitions import ZONE, locked, signal_change
from sauga.repository.resources.models import Rendition, Resource
from sauga.repository.states import EDITABLE
from sauga.repository.trail import Trail

OWNER = "repository.rendition"
WAITING, WORKLIST = "repository.files_waiting", "/desk/repository/"
TOLD_AGAIN_AFTER = timedelta(hours=6)


class SameFile(ActionRefused):
    """The resource has this very file already."""

    message = _("This file has been added already.")


def add_file(
    *,
    by: Actor,
    resource: Resource,
    kind: str,
    language: str,
    name: str,
    content: bytes,
    alt: Mapping[str, str] | None = None,
    at: datetime,
) -> Rendition:
    """Add a file to a draft; `alt` describes by language what can be seen. Raises NotEditable, FileRefused,
    SameFile."""
    require(by, Permission.EDIT_RESOURCE)
    return store_file(
        by=by, resource=resource, kind=kind, language=language, name=name, content=content, alt=alt, at=at
    )


def store_file(
    *,
    by: Actor,
    resource: Resource,
    kind: str,
    language: str,
    name: str,
    content: bytes | media.MediaFile,
    alt: Mapping[str, str] | None = None,
    at: datetime,
) -> Rendition:
    """Store a file of a draft for an action that has asked whether `by` may. A file that is stored here
    already comes by reference, whatever its size. Raises NotEditable, FileRefused, SameFile."""
    if not vocab.has_term("rendition_kinds", kind) or not vocab.has_term("languages", language):
        raise media.FileRefused("unknown")
    kinds = {media.Kind.CAPTIONS} if kind == "captions" else media.EVERY_KIND
    found = content if isinstance(content, media.MediaFile) else media.inspect(content, name, kinds=kinds)
    if found.kind not in kinds:
        raise media.FileRefused("kind")
    with transaction.atomic():
        resource = locked(resource)
        if resource.state not in EDITABLE:
            raise NotEditable
        same = resource.renditions.filter(kind=kind, language=language, removed_at__isnull=True)
        if same.filter(sha256=found.sha256).exists():
            raise SameFile
        if isinstance(found, media.MediaFile):
            file = media.store_again(by=by, file=found, owner=OWNER, zone=ZONE, at=at)
        else:
            file = media.store(by=by, found=found, owner=OWNER, zone=ZONE, alt=alt, at=at)
        row: Rendition = resource.renditions.create(
            kind=kind,
            mime=file.mime,
            language=language,
            name=file.name,
            sha256=file.sha256,
            size=file.size,
            media=file,
            added_at=at,
        )
        _note(by, resource, Trail.FILE_ADDED, at, {"kind": kind, "language": language, "size": file.size})
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


def tell_of_waiting_files(*, by: Actor, at: datetime) -> int:
    """Tell editors, at most every six hours, that uploads have been waiting for the virus scanner for more
    than ten minutes. Returns how many people were told."""
    require(by, Permission.SWEEP)
    waiting = media.overdue(at)
    if waiting is None or notifications.was_notified(
        template=WAITING, link=WORKLIST, since=at - TOLD_AGAIN_AFTER
    ):
        return 0
    with transaction.atomic():
        return sum(
            len(
                notifications.notify(
                    to=role, template=WAITING, context={"number": waiting.files}, link=WORKLIST, at=at
                )
            )
            for role in ("EDITOR", "PUBLISHER")
        )


def _note(by: Actor, resource: Resource, trail: Trail, at: datetime, facts: dict[str, str | int]) -> None:
    resource.modified_at = at
    resource.save(update_fields=["modified_at"])
    audit.record(by, trail, resource, zone=ZONE, at=at, facts=facts)
    signal_change(resource)

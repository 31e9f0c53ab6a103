"""File fields of other tools, such as the editors' CMS: a storage of Django behind which every file is a
`MediaFile`. Whatever saves a file, by whatever form, it is inspected, cleaned, scanned and kept here.
"""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.core.files.base import File
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models, transaction
from django.utils.deconstruct import deconstructible
from django.utils.encoding import filepath_to_uri

from sauga.kernel import audit, clock
from sauga.kernel.media import actions, storage
from sauga.kernel.media.made import store_again
from sauga.kernel.media.models import MediaFile
from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.scanner import Scan
from sauga.kernel.media.upload_checks.inspection import Inspected, inspect
from sauga.kernel.media.upload_checks.kinds import Kind
from sauga.kernel.states import Actor, SystemActor

TOOL = SystemActor("media")
REFERENCE = re.compile(r"[A-Za-z0-9-]{1,16}")


class CheckedUpload(SimpleUploadedFile):
    """An upload that is accepted: inspected, without metadata, scanned. `by` uploaded it."""

    def __init__(self, found: Inspected, scan: Scan, by: Actor) -> None:
        super().__init__(found.name, found.content, found.mime)
        self.found, self.scan, self.by = found, scan, by

    @property
    def kind(self) -> Kind:
        """What it is, by its bytes."""
        return self.found.kind


class HeldFile(File):  # type: ignore[type-arg]  # not generic when it runs
    """A file that is stored here already, for a field of another owner: by reference, not uploaded again, so
    the size limits of uploads do not count. `by` gives it there."""

    def __init__(self, held: MediaFile, by: Actor) -> None:
        super().__init__(None, held.name)
        self.held, self.by = held, by

    @property
    def kind(self) -> Kind:
        """What it is, by its bytes."""
        return Kind(self.held.kind)


def check_upload(file: Any, *, kinds: Collection[Kind], by: Actor = TOOL) -> CheckedUpload:
    """The upload to store instead of `file`. Raises FileRefused, also where the scanner gives no answer: a
    tool that shows a file as soon as it is saved cannot wait."""
    if isinstance(file, CheckedUpload):
        return file
    file.seek(0)
    found = inspect(file.read(), str(file.name), kinds=kinds)
    file.seek(0)
    return CheckedUpload(found, actions.scan_now(found.content), by)


class StoredFile(File):  # type: ignore[type-arg]  # not generic when it runs
    """A stored file, open for reading; closed, it may be opened again."""

    def __init__(self, stored: str, name: str) -> None:
        self.stored = stored
        super().__init__(storage.opened(stored), name)

    def open(self, mode: str | None = None, *_args: Any, **_more: Any) -> "StoredFile":
        """Open it again, at its beginning."""
        if self.closed:
            self.file = storage.opened(self.stored)
        self.seek(0)
        return self


@deconstructible(path="sauga.kernel.media.MediaStorage")
class MediaStorage(Storage):
    """The storage of a file field. The name of a file is the reference of its row and the name for people
    (`r7kq…/plan.pdf`); only a READY one exists, is opened or has a size.

    `owner` names the field (`portal.picture`) and `kinds` what it accepts; files have an address only where
    `base_url` says what serves them. A file that is deleted or replaced goes as soon as no field names it.
    """

    def __init__(
        self, owner: str, *kinds: str, zone: str = audit.INSTALLATION, base_url: str | None = None
    ) -> None:
        self.owner, self.zone, self.base_url = owner, zone, base_url
        self.kinds = frozenset(Kind(kind) for kind in kinds)

    def _save(self, name: str, content: Any) -> str:
        if isinstance(content, HeldFile):
            if content.kind not in self.kinds:
                raise FileRefused("kind")
            at = clock.now()
            return name_in_fields(
                store_again(by=content.by, file=content.held, owner=self.owner, zone=self.zone, at=at)
            )
        upload = check_upload(content, kinds=self.kinds)
        file = actions.store(
            by=upload.by,
            found=upload.found,
            owner=self.owner,
            zone=self.zone,
            scan=upload.scan,
            at=clock.now(),
        )
        return name_in_fields(file)

    def _open(self, name: str, mode: str = "rb") -> "StoredFile":
        return StoredFile(self._ready(name).stored, name)

    def exists(self, name: str) -> bool:
        """Whether it may be opened."""
        file = file_named(name)
        return file is not None and file.is_ready

    def size(self, name: str) -> int:
        """Its bytes. Raises FileNotFoundError."""
        return int(self._ready(name).size)

    def get_created_time(self, name: str) -> datetime:
        """When it was uploaded. Raises FileNotFoundError."""
        return self._ready(name).received_at

    get_modified_time = get_created_time

    def url(self, name: str | None) -> str:
        """Its address, where the field's files have one of their own. Raises NotImplementedError."""
        if self.base_url is None:
            raise NotImplementedError("Files of this field have no address of their own.")
        return f"{self.base_url}{filepath_to_uri(name or '')}"

    def delete(self, name: str) -> None:
        """After the transaction, delete it unless a field still names it."""
        if (file := file_named(name)) is not None:
            transaction.on_commit(partial(_delete_unused, file.pk))

    def _ready(self, name: str) -> MediaFile:
        file = file_named(name)
        if file is None or not file.is_ready:
            raise FileNotFoundError(name)
        return file


def name_in_fields(file: MediaFile) -> str:
    """The name of a file in the column of a file field."""
    return f"{file.ref}/{file.name}"


def file_named(name: str | None) -> MediaFile | None:
    """The file that a file field names so; None where there is none of that name."""
    ref, _slash, own = (name or "").partition("/")
    file = MediaFile.objects.filter(ref=ref).first() if REFERENCE.fullmatch(ref) else None
    return file if file is not None and file.name == own else None


def is_named(file: MediaFile) -> bool:
    """Whether a file field of its owner names it."""
    return any(
        model._default_manager.filter(**{column: name_in_fields(file)}).exists()
        for model, column, held in _fields()
        if held.owner == file.owner
    )


def delete_unused(*, by: Actor, at: datetime) -> int:
    """Delete the files of file fields that none names any more: a form that was given up, a process that
    died. Returns how many."""
    before, count = at - actions.ORPHANED_AFTER, 0
    for model, column, held in _fields():
        names = model._default_manager.exclude(**{column: ""}).values_list(column, flat=True)
        used = {str(name).partition("/")[0] for name in names}
        for file in MediaFile.objects.filter(owner=held.owner, received_at__lt=before).exclude(ref__in=used):
            count += actions.delete(by=by, file=file, at=at)
    return count


def _fields() -> Iterator[tuple[type[models.Model], str, MediaStorage]]:
    """Every column whose files are kept here; each has an owner of its own."""
    for model in apps.get_models():
        for field in model._meta.local_fields:
            held = getattr(field, "storage", None)
            if isinstance(held, MediaStorage):
                yield model, field.name, held


def _delete_unused(pk: int) -> None:
    file = MediaFile.objects.filter(pk=pk).first()
    if file is not None and not is_named(file):
        actions.delete(by=TOOL, file=file, at=clock.now())

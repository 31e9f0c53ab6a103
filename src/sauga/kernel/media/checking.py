"""Uploads that another tool stores, such as the editors' CMS: the same inspection and scan, at once."""

from collections.abc import Collection
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile

from sauga.kernel.media.actions import scan_now
from sauga.kernel.media.inspection import inspect
from sauga.kernel.media.kinds import EVERY_KIND, Kind


def check_upload(file: Any, *, kinds: Collection[Kind] = EVERY_KIND) -> SimpleUploadedFile | None:
    """The upload to store instead of `file`: inspected, without metadata, scanned. None for a file that was
    stored before and is not uploaded now.

    Raises FileRefused, also where the scanner gives no answer: what another tool stores cannot wait.
    """
    if not isinstance(file, UploadedFile) and getattr(file, "_committed", True):
        return None
    file.seek(0)
    content = file.read()
    file.seek(0)
    found = inspect(content, str(file.name), kinds=kinds)
    scan_now(found.content)
    return SimpleUploadedFile(found.name, found.content, found.mime)

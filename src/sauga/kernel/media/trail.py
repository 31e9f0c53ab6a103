"""Audit names of acts on uploaded files. A file's name and description never enter the log."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Trail(TextChoices):
    """Acts on files."""

    FILE_RECEIVED = "media:file:received", _("Uploaded file received")
    FILE_READY = "media:file:ready", _("Uploaded file ready")
    FILE_REFUSED = "media:file:refused", _("Uploaded file refused")
    FILE_DESCRIBED = "media:file:described", _("Uploaded file described")
    FILE_DELETED = "media:file:deleted", _("Uploaded file deleted")


FACTS: dict[StrEnum, set[str]] = {
    Trail.FILE_RECEIVED: {"kind", "size", "owner"},
    Trail.FILE_READY: {"scanned"},
    Trail.FILE_REFUSED: {"why"},
    Trail.FILE_DESCRIBED: {"languages"},
    Trail.FILE_DELETED: set(),
}

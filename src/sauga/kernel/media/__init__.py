"""Uploads, the one place for them: accepted by their bytes, scanned, stored by checksum, previewed in a
bounded process, sent by ranges (docs/develop/media.md). Case services cannot reach this package."""

from typing import TYPE_CHECKING

from sauga.kernel.lazy_exports import lazy_getattr

if TYPE_CHECKING:
    from sauga.kernel.media.actions import accept, delete, describe, scan_now, store
    from sauga.kernel.media.file_fields import CheckedUpload, HeldFile, MediaStorage, check_upload, file_named
    from sauga.kernel.media.made import store_again, store_made
    from sauga.kernel.media.models import MediaFile, Preview
    from sauga.kernel.media.pages import send_page
    from sauga.kernel.media.players import Player, Track
    from sauga.kernel.media.queries import Waiting, opened, overdue, preview_of, read
    from sauga.kernel.media.refusals import FileRefused
    from sauga.kernel.media.responses import (
        NotReady,
        is_start,
        locked,
        send_file,
        send_media,
        send_preview,
        send_stored,
    )
    from sauga.kernel.media.scanner import NO_SCANNER, scanner_fault
    from sauga.kernel.media.states import FileState
    from sauga.kernel.media.upload_checks import captions
    from sauga.kernel.media.upload_checks.decoder import PdfFacts, check_pdf
    from sauga.kernel.media.upload_checks.inspection import Inspected, clean_name, inspect
    from sauga.kernel.media.upload_checks.kinds import EVERY_KIND, EXTENSIONS, Kind, ending_of, kind_of

_NAMES = {
    "upload_checks.captions": "captions",
    "actions": "accept delete describe scan_now store",
    "upload_checks.decoder": "PdfFacts check_pdf",
    "file_fields": "CheckedUpload HeldFile MediaStorage check_upload file_named",
    "upload_checks.inspection": "Inspected clean_name inspect",
    "upload_checks.kinds": "EVERY_KIND EXTENSIONS Kind ending_of kind_of",
    "made": "store_again store_made",
    "models": "MediaFile Preview",
    "pages": "send_page",
    "players": "Player Track",
    "queries": "Waiting opened overdue preview_of read",
    "refusals": "FileRefused",
    "responses": "NotReady is_start locked send_file send_media send_preview send_stored",
    "scanner": "NO_SCANNER scanner_fault",
    "states": "FileState",
}
_WHERE = {name: module for module, names in _NAMES.items() for name in names.split()}
__all__ = [
    "EVERY_KIND",
    "EXTENSIONS",
    "NO_SCANNER",
    "CheckedUpload",
    "FileRefused",
    "FileState",
    "HeldFile",
    "Inspected",
    "Kind",
    "MediaFile",
    "MediaStorage",
    "NotReady",
    "PdfFacts",
    "Player",
    "Preview",
    "Track",
    "Waiting",
    "accept",
    "captions",
    "check_pdf",
    "check_upload",
    "clean_name",
    "delete",
    "describe",
    "ending_of",
    "file_named",
    "inspect",
    "is_start",
    "kind_of",
    "locked",
    "opened",
    "overdue",
    "preview_of",
    "read",
    "scan_now",
    "scanner_fault",
    "send_file",
    "send_media",
    "send_page",
    "send_preview",
    "send_stored",
    "store",
    "store_again",
    "store_made",
]
__getattr__ = lazy_getattr(__name__, _WHERE)

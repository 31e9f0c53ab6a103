"""Unfinished uploads: the CMS's form for many files stores what still lacks a description apart, as
it came; most become images or files a moment later, the rest would stay."""

from datetime import datetime, timedelta
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from wagtail.models import UploadedFile

from sauga.kernel import audit
from sauga.kernel.identity import require
from sauga.kernel.states import Actor
from sauga.portal.permissions import Permission
from sauga.portal.rules.editor_audit import ZONE
from sauga.portal.trail import Trail

UNFINISHED = timedelta(days=1)


def delete_unfinished_uploads(*, by: Actor, at: datetime) -> int:
    """Delete those that are a day old, with their bytes. Returns how many."""
    require(by, Permission.SWEEP)
    old = [row for row in UploadedFile.objects.order_by("pk") if _is_old(str(row.file.name), at)]
    if not old:
        return 0
    with transaction.atomic():
        UploadedFile.objects.filter(pk__in=[row.pk for row in old]).delete()
        audit.record(by, Trail.UPLOADS_DELETED, None, zone=ZONE, at=at, facts={"files": len(old)})
        for row in old:
            transaction.on_commit(partial(default_storage.delete, str(row.file.name)))
    return len(old)


def _is_old(name: str, at: datetime) -> bool:
    return not default_storage.exists(name) or default_storage.get_modified_time(name) < at - UNFINISHED

"""Saying that a translation is up to date with its source."""

from datetime import datetime

from django.db import transaction

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.states import lock
from sauga.portal.models import PortalPage
from sauga.portal.rules.permissions import Permission
from sauga.portal.rules.trailing import ZONE
from sauga.portal.trail import Trail


class SourceChanged(Exception):
    """The source changed once more since the page with the difference was opened."""


def confirm_translation(*, by: PersonActor, page: PortalPage, source: PortalPage, seen: int, at: datetime) -> None:
    """The translation says what version `seen` of its source says. Raises PermissionRefused, SourceChanged."""
    require(by, Permission.TRANSLATE_PAGES)
    with transaction.atomic():
        page, source = lock(page), lock(source)
        if source.live_revision_id != seen:
            raise SourceChanged
        page.translated_from_id = seen
        page.save(update_fields=["translated_from"], clean=False)
        language = str(page.locale.language_code)
        audit.record(by, Trail.TRANSLATION_CONFIRMED, None, zone=ZONE, at=at, facts={"page": str(page.pk), "language": language})

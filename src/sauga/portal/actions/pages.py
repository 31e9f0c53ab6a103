"""Writing, publishing and translating pages outside Wagtail's forms: for the demo, imports and jobs."""

from datetime import datetime
from typing import Any

from django.db import transaction
from wagtail.log_actions import LogContext
from wagtail.models import Locale, Page

from sauga.kernel.identity import PersonActor, require
from sauga.portal.actions.editor_groups import sync_editor_groups
from sauga.portal.models.base import PortalPage
from sauga.portal.permissions import Permission


def write_page[P: PortalPage](*, by: PersonActor, parent: Page, page: P, at: datetime) -> P:
    """Create a draft under `parent`. Raises PermissionRefused, ValidationError."""
    require(by, Permission.WRITE_PAGES)
    sync_editor_groups(by=by, at=at)
    with transaction.atomic(), LogContext(user=by.person):
        page.live = False
        page.locale = parent.locale
        page.owner_id = by.person_id
        page.check_variant()  # of a draft Wagtail checks little
        Page.objects.get(pk=parent.pk).specific.add_child(instance=page)
        page.save_revision(user=by.person, log_action="wagtail.create")
    return page


def publish_page(*, by: PersonActor, page: PortalPage, at: datetime) -> None:
    """Publish the newest version of a page. Raises PermissionRefused."""
    require(by, Permission.PUBLISH_PAGES)
    sync_editor_groups(by=by, at=at)
    with transaction.atomic(), LogContext(user=by.person):
        newest = (
            Page.objects.select_for_update().get(pk=page.pk).get_latest_revision()
        )  # whatever the caller's object knows
        revision = newest or page.save_revision(user=by.person)
        revision.publish(user=by.person)
    page.refresh_from_db()


def translate_page[P: PortalPage](*, by: PersonActor, page: P, words: dict[str, Any], at: datetime) -> P:
    """Create the English translation of a page as a draft that matches the version it was made from.

    Raises PermissionRefused; ValidationError where the parent has no translation yet.
    """
    require(by, Permission.TRANSLATE_PAGES)
    sync_editor_groups(by=by, at=at)
    with transaction.atomic(), LogContext(user=by.person):
        twin: P = page.copy_for_translation(
            Locale.objects.get(language_code="en"), copy_parents=False
        ).specific
        for name, value in words.items():
            setattr(twin, name, value)
        twin.translated_from = page.live_revision or page.latest_revision
        twin.full_clean()
        twin.save()
        twin.save_revision(user=by.person)
    return twin

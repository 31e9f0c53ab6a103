"""Wagtail's own history of a page, with an audit entry for each line: one place that every editing action
passes.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.models.pages import PageLogEntryManager

from sauga.kernel.data import About, Forever, declare
from sauga.portal.rules.editor_audit import write_down


class TrailedPageManager(PageLogEntryManager):
    """Writes the audit entry in the transaction of the action."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        """As Wagtail does, and the trail too."""
        entry = super().log_action(instance, action, **kwargs)
        write_down(entry)
        return entry


class TrailedModelManager(ModelLogEntryManager):
    """Writes the audit entry in the transaction of the action."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        """As Wagtail does, and the trail too."""
        entry = super().log_action(instance, action, **kwargs)
        write_down(entry)
        return entry


class TrailedPageEntry(PageLogEntry):
    """A line of a page's history that is also in the audit log."""

    objects = TrailedPageManager()

    class Meta:
        proxy = True


declare(
    TrailedPageEntry,
    About(
        plain={"action", "label", "data"},
        on_public_pages=False,
        keep=Forever(
            _("The tool's history of a page: which act, when, by whom of the staff; goes with the page."),
            what=_("History of pages"),
        ),
    ),
)


class TrailedModelEntry(ModelLogEntry):
    """A line of another object's history (image, file, video, help number) that is also in the audit
    log.
    """

    objects = TrailedModelManager()

    class Meta:
        proxy = True


declare(
    TrailedModelEntry,
    About(
        plain={"action", "label", "data", "object_id"},
        on_public_pages=False,
        keep=Forever(
            _("The tool's history of a picture, file or list: which act, when, by whom of the staff."),
            what=_("History of pictures, files and lists"),
        ),
    ),
)

"""Wagtail's own history of a page, with an audit entry for each line: one place that every editing action
passes.
"""

from typing import Any

from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.models.pages import PageLogEntryManager

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


class TrailedModelEntry(ModelLogEntry):
    """A line of another object's history (image, file, video, help number) that is also in the audit
    log.
    """

    objects = TrailedModelManager()

    class Meta:
        proxy = True

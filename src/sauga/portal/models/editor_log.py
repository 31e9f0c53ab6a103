"""The tool's own history of a page, with the trail written beside each line: one place that every act of an editor passes."""

from typing import Any

from wagtail.models import ModelLogEntry, PageLogEntry
from wagtail.models.audit_log import ModelLogEntryManager
from wagtail.models.pages import PageLogEntryManager

from sauga.portal.rules.editor_audit import write_down


class TrailedPageManager(PageLogEntryManager):
    """Writes the trail's line in the transaction of the act."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        """As Wagtail does, and the trail too."""
        entry = super().log_action(instance, action, **kwargs)
        write_down(entry)
        return entry


class TrailedModelManager(ModelLogEntryManager):
    """Writes the trail's line in the transaction of the act."""

    def log_action(self, instance: Any, action: str, **kwargs: Any) -> Any:
        """As Wagtail does, and the trail too."""
        entry = super().log_action(instance, action, **kwargs)
        write_down(entry)
        return entry


class TrailedPageEntry(PageLogEntry):
    """A line of a page's history that stands in the trail as well."""

    objects = TrailedPageManager()

    class Meta:
        proxy = True


class TrailedModelEntry(ModelLogEntry):
    """A line of another thing's history (picture, file, film, partner, number) that stands in the trail as well."""

    objects = TrailedModelManager()

    class Meta:
        proxy = True

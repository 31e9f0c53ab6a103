"""Registers the composition root: management commands and checks."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProjectConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.project"
    label = "project"

    def ready(self) -> None:
        """After each migration, new tables are watched, too."""
        from sauga.project.watching import watch

        post_migrate.connect(watch, dispatch_uid="pages-watch")

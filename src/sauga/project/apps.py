"""Registers the composition root: management commands and checks."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class ProjectConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.project"
    label = "project"

    def ready(self) -> None:
        """The lane of the health checks; after each migration, triggers for new tables that cached pages
        read."""
        from sauga.kernel import page_cache, rate_limits

        rate_limits.use_lane(rate_limits.LaneRule(rate_limits.Lane.HEALTH, ("/-/",)))
        post_migrate.connect(page_cache.install_triggers, dispatch_uid="page-cache-triggers")

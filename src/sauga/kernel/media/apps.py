"""Registers the package with Django."""

from django.apps import AppConfig


class MediaConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.media"
    label = "media"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.media.trail import FACTS, Trail

        audit.register(Trail, FACTS)

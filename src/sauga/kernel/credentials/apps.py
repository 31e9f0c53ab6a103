"""Registers credentials with Django."""

from django.apps import AppConfig


class CredentialsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.credentials"
    label = "credentials"

    def ready(self) -> None:
        from sauga.kernel import audit, page_cache
        from sauga.kernel.credentials import trail

        audit.register(trail.Trail, trail.FACTS)
        page_cache.depends_on(page_cache.PageSources({"credentials"}, exclude=trail.NOT_SHOWN))

"""Registers credentials with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.credentials"
    label = "credentials"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.credentials import trail
        from sauga.kernel.credentials.guides import GUIDES
        from sauga.kernel.guides import register as register_guides
        from sauga.kernel.ui import navigation

        audit.register(trail.Trail, trail.FACTS)
        register_guides(GUIDES)
        navigation.register_public(
            navigation.PublicEntry(
                url="credentials",
                label=_("Certificate check"),
                icon="badge-check",
                places=frozenset({navigation.Place.FOOT}),
                order=89,
            )
        )

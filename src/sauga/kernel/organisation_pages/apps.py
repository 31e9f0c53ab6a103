"""Registers the register's pages with Django, and their place in the navigation."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OrganisationPagesConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.organisation_pages"
    label = "organisation_pages"

    def ready(self) -> None:
        from sauga.kernel import audit, live
        from sauga.kernel.organisation_pages import trail
        from sauga.kernel.organisations.rules import Permission
        from sauga.kernel.permissions import allowed
        from sauga.kernel.ui.navigation import Item, register

        audit.register(trail.Trail, trail.FACTS)
        for channel in ("organisations.imports", "organisations.import.*"):
            live.register_channel(channel, lambda by, _channel: allowed(by, Permission.IMPORT))
        register(
            Item(
                url="organisations",
                label=_("Organisations"),
                icon="building-2",
                order=88,
                permissions=(Permission.SEE,),
            )
        )

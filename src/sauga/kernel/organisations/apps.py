"""Registers the kernel package organisations with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class OrganisationsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.organisations"
    label = "organisations"

    def ready(self) -> None:
        from sauga.kernel import audit, permissions
        from sauga.kernel.organisations import rules, trail

        audit.register(trail.Trail, trail.FACTS)
        permissions.register(
            self.label,
            rules.Permission,
            rules.DEFAULT_ROLES,
            everywhere=rules.Permission,
            wording=rules.WORDING,
        )
        for name, held in rules.SYSTEM.items():
            permissions.register_system(name, held)
        post_migrate.connect(_install_kinds, sender=self)


def _install_kinds(**__: Any) -> None:
    """After the tables are there, the kinds that are missing become rows."""
    from sauga.kernel.organisations.standard_kinds import install_kinds

    install_kinds()

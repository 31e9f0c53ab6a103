"""Registers the kernel package identity with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class IdentityConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.identity"
    label = "identity"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.identity import permissions, rules, trail

        audit.register(trail.Trail, trail.FACTS)
        permissions.register("identity", rules.Permission, rules.DEFAULT_ROLES, rules=rules.RULES, labels=rules.LABELS)
        for name, held in rules.SYSTEM.items():
            permissions.register_system(name, held)
        post_migrate.connect(_install_roles, sender=self)


def _install_roles(**_: Any) -> None:
    """After the tables are there, the declared roles that are missing become rows."""
    from sauga.kernel.identity.roles import install_defaults

    install_defaults()

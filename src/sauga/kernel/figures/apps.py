"""Registers the figures with Django, and the action of publishing them with the audit log."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.figures"
    label = "figures"

    def ready(self) -> None:
        from sauga.kernel import audit, permissions
        from sauga.kernel.figures.permissions import DEFAULT_ROLES, WORDING, Permission
        from sauga.kernel.figures.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        permissions.register(self.label, Permission, DEFAULT_ROLES, everywhere=Permission, wording=WORDING)

"""Registers the audit log with Django, and the actions that the audit log itself records."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.audit"
    label = "audit"

    def ready(self) -> None:
        from sauga.kernel.audit.delivery import FILE, register_destination
        from sauga.kernel.audit.registry import register
        from sauga.kernel.audit.trail import FACTS, Trail

        register(Trail, FACTS)
        register_destination(FILE)

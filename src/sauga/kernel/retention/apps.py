"""Registers retention with Django and reads every app's rules."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class RetentionConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.retention"
    label = "retention"

    def ready(self) -> None:
        from sauga.kernel import audit, permissions
        from sauga.kernel.retention import kernel_rules
        from sauga.kernel.retention.permissions import (
            DEFAULT_ROLES,
            LABELS,
            RULES,
            TWO_PEOPLE,
            WORDING,
            Permission,
        )
        from sauga.kernel.retention.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        permissions.register(
            self.label,
            Permission,
            DEFAULT_ROLES,
            labels=LABELS,
            rules=RULES,
            everywhere=Permission,
            two_people=TWO_PEOPLE,
            wording=WORDING,
        )
        permissions.register_system("retention", {Permission.RUN})
        kernel_rules.declare()
        autodiscover_modules("retention")

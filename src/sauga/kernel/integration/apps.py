"""Registers the messages between services with Django, and their actions with the audit log.

Label and tables: `referrals`.
"""

from django.apps import AppConfig


class IntegrationConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.integration"
    label = "referrals"

    def ready(self) -> None:
        from django.conf import settings

        from sauga.kernel import audit
        from sauga.kernel.integration import transport
        from sauga.kernel.integration.trail import FACTS, Trail

        audit.register(Trail, FACTS)
        another = audit.Destination(
            "installation",
            lambda: bool(settings.ENV.witness_installation),
            transport.carry_heads,
            most=transport.MOST_HEADS,
        )
        audit.register_destination(another)

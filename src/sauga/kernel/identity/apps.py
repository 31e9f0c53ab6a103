"""Registers the kernel package identity with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class IdentityConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.identity"
    label = "identity"

    def ready(self) -> None:
        from sauga.kernel import audit, organisations, permissions, rate_limits
        from sauga.kernel.identity import queries, rules, trail

        audit.register(trail.Trail, trail.FACTS)
        permissions.register(
            "identity",
            rules.Permission,
            rules.DEFAULT_ROLES,
            rules=rules.RULES,
            labels=rules.LABELS,
            everywhere=rules.Permission,
            two_people=rules.TWO_PEOPLE,
            wording=rules.WORDING,
        )
        rate_limits.use_lane(
            rate_limits.LaneRule(
                rate_limits.Lane.SIGN_IN, ("/desk/signin/", "/desk/invite/", "/desk/reset/"), posts_only=True
            )
        )
        organisations.register_use("identity", queries.use_of)
        _count_the_day()
        for name, held in rules.SYSTEM.items():
            permissions.register_system(name, held)
        post_migrate.connect(_install_roles, sender=self)


def _count_the_day() -> None:
    """Roles that wait for a second person stand at the top of "My day" of those who may confirm."""
    from sauga.kernel.identity import home, queries
    from sauga.kernel.identity.rules import Permission

    label = _("Roles to confirm")
    count = queries.count_to_confirm
    home.register(
        home.Counter(
            "identity.proposals",
            label,
            count,
            permission=Permission.CONFIRM_ROLE,
            url_name="identity-proposals",
            order=85,
        )
    )


def _install_roles(**__: Any) -> None:
    """After the tables are there, the declared roles that are missing become rows."""
    from sauga.kernel.identity.roles import install_defaults

    install_defaults()

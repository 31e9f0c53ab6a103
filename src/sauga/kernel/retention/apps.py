"""Registers retention with Django and reads what every model says about itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RetentionConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.retention"
    label = "retention"

    def ready(self) -> None:
        from sauga.kernel import audit, permissions
        from sauga.kernel.retention import registry
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
        registry.collect()
        self._offer_pages()
        self._count_the_day()

    def _offer_pages(self) -> None:
        """Navigation, notifications and the guide."""
        from sauga.kernel import guides, notifications
        from sauga.kernel.retention.announcements import SENTENCES
        from sauga.kernel.retention.guides import GUIDES
        from sauga.kernel.retention.permissions import Permission
        from sauga.kernel.ui.navigation import Item, register

        for code, sentence in SENTENCES.items():
            notifications.register_template(code, sentence)
        guides.register(GUIDES)
        see = (Permission.HOLD,)
        periods = Item(url="retention-terms", label=_("Retention periods"), icon="hourglass", permissions=see)
        holds = Item(url="retention-holds", label=_("Legal holds"), icon="scale", permissions=see)
        register(
            Item(
                url="retention-terms",
                label=_("Data retention"),
                icon="hourglass",
                order=89,
                permissions=see,
                children=(periods, holds),
            )
        )

    def _count_the_day(self) -> None:
        """Holds and changes of periods wait for a second person."""
        from sauga.kernel.identity import home
        from sauga.kernel.retention import queries
        from sauga.kernel.retention.permissions import Permission

        for code, label, count, url in (
            ("holds", _("Legal holds to confirm"), queries.count_holds, "retention-holds"),
            ("terms", _("Changes of retention periods to confirm"), queries.count_changes, "retention-terms"),
        ):
            home.register(
                home.Counter(f"retention.{code}", label, count, Permission.HOLD, url, 87, "view=for-me")
            )

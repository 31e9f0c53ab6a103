"""Registers the service statistics and its public door."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.statistics"
    label = "statistics"
    service = True

    def ready(self) -> None:
        from sauga.kernel import page_cache
        from sauga.kernel.figures.permissions import Permission
        from sauga.kernel.ui.navigation import Item, Place, PublicDoor, register, register_public

        page_cache.depends_on("figures", "vocab")
        register(
            Item(url="statistics-periods", label=_("Published figures"), icon="chart-column", order=70, permissions=(Permission.PUBLISH,))
        )

        register_public(
            PublicDoor(url="statistics-figures", label=_("Figures"), icon="chart-column", places=frozenset({Place.FOOT}), order=80)
        )

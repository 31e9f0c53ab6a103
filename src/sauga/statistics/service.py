"""Declares the service statistics to the rest of the product."""

from django.utils.translation import gettext_lazy as _

from sauga.kernel.figures.permissions import Permission
from sauga.kernel.page_cache import PageSources
from sauga.kernel.services import Service
from sauga.kernel.ui.navigation import Item, Place, PublicEntry
from sauga.statistics.guides import GUIDES

SERVICE = Service(
    code="statistics",
    title=_("Statistics"),
    page_types={
        "statistics-figures": "WebPage",
    },
    page_sources=PageSources({"figures", "vocab"}),
    desk=(
        Item(
            url="statistics-periods",
            label=_("Published figures"),
            icon="chart-column",
            order=70,
            permissions=(Permission.PUBLISH,),
        ),
    ),
    guides=GUIDES,
    public=(
        PublicEntry(
            url="statistics-figures",
            label=_("Statistics"),
            icon="chart-column",
            places=frozenset({Place.FOOT}),
            order=80,
        ),
    ),
)

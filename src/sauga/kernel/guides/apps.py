"""Registers the guides with Django, and those about the desk itself."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GuidesConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.guides"
    label = "guides"

    def ready(self) -> None:
        from sauga.kernel.guides.own import GUIDES
        from sauga.kernel.guides.registry import register
        from sauga.kernel.ui.formats import linked_data
        from sauga.kernel.ui.navigation import Place, PublicEntry, register_public

        register(GUIDES)
        linked_data.declare({"guides-public": "CollectionPage", "guides-public-guide": "Article"})
        register_public(
            PublicEntry(
                url="guides-public",
                label=_("Guides"),
                icon="book-open",
                places=frozenset({Place.FOOT}),
                order=90,
            )
        )

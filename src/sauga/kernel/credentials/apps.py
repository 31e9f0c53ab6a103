"""Registers credentials with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CredentialsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.credentials"
    label = "credentials"
    zone = "awareness"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.credentials import trail
        from sauga.kernel.credentials.guides import GUIDES
        from sauga.kernel.guides import register as register_guides
        from sauga.kernel.ui import navigation
        from sauga.kernel.ui.formats import linked_data

        _register_for_members()
        audit.register(trail.Trail, trail.FACTS)
        register_guides(GUIDES)
        linked_data.declare({"credentials": "WebPage"})
        navigation.register_public(
            navigation.PublicEntry(
                url="credentials",
                label=_("Certificate check"),
                icon="badge-check",
                places=frozenset({navigation.Place.FOOT}),
                order=89,
            )
        )


def _register_for_members() -> None:
    """The page of the member site, and what is held about a member."""
    from sauga.kernel.credentials import presenters, queries
    from sauga.kernel.members import home
    from sauga.kernel.members.my_data import holdings

    home.register_page(home.MemberPage(url="credentials-mine", label=_("Certificates"), order=40))
    holdings.register(
        holdings.Holding(
            code="credentials",
            title=_("Certificates"),
            export=queries.export,
            lines=presenters.held_about,
            kept=presenters.kept,
        )
    )

"""Registers the kernel package members with Django."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.members"
    label = "members"

    def ready(self) -> None:
        from sauga.kernel import audit, permissions
        from sauga.kernel.guides import register as register_guides
        from sauga.kernel.members import rules, trail
        from sauga.kernel.members.guides import GUIDES

        audit.register(trail.Trail, trail.FACTS)
        permissions.register(
            self.label,
            rules.Permission,
            rules.DEFAULT_ROLES,
            everywhere=rules.Permission,
            wording=rules.WORDING,
        )
        for name, held in rules.SYSTEM.items():
            permissions.register_system(name, held)
        register_guides(GUIDES)
        _register_pages()
        _register_home()


def _register_pages() -> None:
    """The entry on the public site, the list at the desk, and what happens on a quick exit."""
    from sauga.kernel.identity import home as desk_home
    from sauga.kernel.members import queries
    from sauga.kernel.members.my_sauga import quick_exit
    from sauga.kernel.members.rules import Permission
    from sauga.kernel.ui import navigation
    from sauga.kernel.ui.public_frame import quick_exit as ui_leaving

    navigation.register_public(
        navigation.PublicEntry(
            url="members-signin",
            label=_("My Sauga"),
            icon="users",
            places=frozenset({navigation.Place.FOOT}),
            order=90,
        )
    )
    navigation.register(
        navigation.Item(
            url="members-requests",
            label=_("Members"),
            icon="users",
            order=86,
            permissions=(Permission.DECIDE_REQUEST,),
        )
    )
    desk_home.register(
        desk_home.Counter(
            "members.requests",
            _("Requests to act for an organisation"),
            lambda _by, _at: queries.count_requests(),
            permission=Permission.DECIDE_REQUEST,
            url_name="members-requests",
            order=86,
        )
    )
    ui_leaving.on_leave("members", quick_exit.end_session)


def _register_home() -> None:
    """What the member site itself offers; services add theirs in their declarations."""
    from sauga.kernel.members import consents, home
    from sauga.kernel.members.my_sauga import entries

    home.register_home("members", entries.waiting)
    for page in entries.PAGES:
        home.register_page(page)
    for suggestion in entries.SUGGESTIONS:
        home.register_suggestion(suggestion)
    consents.register(entries.PURPOSES)

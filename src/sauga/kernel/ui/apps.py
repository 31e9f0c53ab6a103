"""Registers the design system with Django, and the pages of `identity` in the navigation (identity is a layer
below and cannot do it itself)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    """The design system."""

    name = "sauga.kernel.ui"
    label = "ui"

    def ready(self) -> None:
        from sauga.kernel.identity.rules import Permission
        from sauga.kernel.ui.navigation import Item, register

        register(Item(url="identity-home", label=_("My day"), icon="sun", order=0))
        people = Item(
            url="identity-people",
            label=_("People"),
            icon="users",
            order=1,
            permissions=(Permission.SEE_PEOPLE,),
        )
        proposals = Item(
            url="identity-proposals",
            label=_("Roles to confirm"),
            icon="users",
            order=2,
            permissions=(Permission.CONFIRM_ROLE,),
        )
        register(
            Item(
                url="identity-people",
                label=_("People"),
                icon="users",
                order=90,
                permissions=(Permission.SEE_PEOPLE, Permission.CONFIRM_ROLE),
                children=(people, proposals),
            )
        )

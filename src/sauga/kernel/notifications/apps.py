"""Registers the kernel package notifications with Django.

Its label, and with it its tables, are still `notices`.
"""

from typing import TYPE_CHECKING

from django.apps import AppConfig

if TYPE_CHECKING:
    from sauga.kernel.states import Actor


class NotificationsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.notifications"
    label = "notices"

    def ready(self) -> None:
        from sauga.kernel import audit, live, permissions
        from sauga.kernel.notifications import trail
        from sauga.kernel.notifications.alerts.permissions import SYSTEM, Permission
        from sauga.kernel.notifications.head_mail import BY_MAIL

        audit.register(trail.Trail, trail.FACTS)
        permissions.register(
            "notices", Permission, {}, everywhere=Permission
        )  # no service of its own: it has no operator
        for name, held in SYSTEM.items():
            permissions.register_system(name, held)
        audit.register_destination(BY_MAIL)
        live.register_channel("notices.person.*", _is_own)
        self._announce_roles()

    def _announce_roles(self) -> None:
        """The package of people lies below this one: it reports what happened to a proposed role or with a
        passkey, and this package notifies people of it."""
        from sauga.kernel.identity import person_notifications
        from sauga.kernel.notifications.actions import notify, settle_news
        from sauga.kernel.notifications.message_templates import register_template

        for code, sentence in person_notifications.SENTENCES.items():
            register_template(code, sentence)
        person_notifications.register(person_notifications.Announcer(tell=notify, settle=settle_news))


def _is_own(actor: "Actor", channel: str) -> bool:
    """People listen to their own channel and to no other."""
    from sauga.kernel.notifications.channel import channel_of

    return channel == channel_of(getattr(actor, "person_id", 0))

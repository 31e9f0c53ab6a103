"""Registers the kernel package notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.notices"
    label = "notices"

    def ready(self) -> None:
        from sauga.kernel import audit
        from sauga.kernel.notices.head_mail import BY_MAIL

        audit.register_destination(BY_MAIL)

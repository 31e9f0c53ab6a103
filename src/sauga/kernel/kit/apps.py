"""Registers the kernel package kit with Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.kit"
    label = "kit"

    def ready(self) -> None:
        from sauga.kernel.kit import kept_forms
        from sauga.kernel.ui.public_frame import quick_exit

        quick_exit.on_leave("kit.kept_forms", kept_forms.leave)

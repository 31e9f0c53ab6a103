"""Registers the kernel package live with Django."""

from django.apps import AppConfig


class LiveConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.live"
    label = "live"

"""Registers the kernel package kit with Django."""

from django.apps import AppConfig


class KitConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.kit"
    label = "kit"

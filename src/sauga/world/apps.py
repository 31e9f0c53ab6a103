"""Registers the synthetic internet (demo and tests only)."""

from django.apps import AppConfig


class WorldConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.world"
    label = "world"

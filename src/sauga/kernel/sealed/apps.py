"""Registers the encryption package with Django and collects every app's field declarations."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

from sauga.kernel.sealed.registry import PACKAGE


class SealedConfig(AppConfig):
    """Imports `fields.py` of every app of the installation once all models are known."""

    name = "sauga.kernel.sealed"
    label = "sealed"

    def ready(self) -> None:
        """Fill the field registry."""
        for config in apps.get_app_configs():
            if config.name.startswith(PACKAGE) and find_spec(f"{config.name}.fields"):
                import_module(f"{config.name}.fields")

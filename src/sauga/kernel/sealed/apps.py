"""Registers the encryption package with Django."""

from django.apps import AppConfig


class SealedConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.sealed"
    label = "sealed"

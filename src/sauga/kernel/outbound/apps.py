"""Registers the kernel package outbound with Django."""

from django.apps import AppConfig


class OutboundConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.outbound"
    label = "outbound"

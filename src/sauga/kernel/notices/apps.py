"""Registers the kernel package notices with Django."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.notices"
    label = "notices"

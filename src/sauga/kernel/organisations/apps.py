"""Registers the kernel package organisations with Django."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.organisations"
    label = "organisations"

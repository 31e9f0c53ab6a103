"""Registers the composition root: management commands and checks."""

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.project"
    label = "project"

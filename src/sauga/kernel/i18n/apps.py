"""Registers the kernel package i18n with Django: its template tags and formats."""

from django.apps import AppConfig


class I18nConfig(AppConfig):
    """See the package's docstring."""

    name = "sauga.kernel.i18n"
    label = "i18n"

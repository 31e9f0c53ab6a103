"""Registers the kernel package vocab with Django."""

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _forget(**_kwargs: Any) -> None:
    from sauga.kernel.vocab.lookups import forget

    forget()


class VocabConfig(AppConfig):
    """After tables were made or emptied, what this process remembered of them is void."""

    name = "sauga.kernel.vocab"
    label = "vocab"

    def ready(self) -> None:
        post_migrate.connect(_forget, dispatch_uid="vocab-forget")

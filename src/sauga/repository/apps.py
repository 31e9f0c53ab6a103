"""Registers the repository with Django; everything else is declared in `service.py`."""

from typing import Any

from django.db.models.signals import pre_migrate

from sauga.kernel import services


def _create_trigram_extension(using: str, **_more: Any) -> None:
    """Create PostgreSQL's own `pg_trgm` extension, which finds words with typing errors. It is trusted, so
    the database's owner may create it.

    It runs before any migration, because an index in ours needs it.
    """
    from django.db import connections

    with connections[using].cursor() as cursor:
        cursor.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")


class RepositoryConfig(services.ServiceConfig):
    """See the package's docstring."""

    name = "sauga.repository"
    label = "repository"
    zone = "awareness"

    def ready(self) -> None:
        pre_migrate.connect(_create_trigram_extension, sender=self)
        super().ready()

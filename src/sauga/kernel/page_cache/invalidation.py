"""Which tables cached pages read, as the services declare it, and the triggers that tell every process when
one of them changed.

The triggers are created after each migration, so that a new table of a declared application is covered by
itself. One statement notifies once; a transaction that is rolled back does not notify. What changes with
every visitor, and what no public page shows, its model says (`kernel.data`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection

from sauga.kernel import data
from sauga.kernel.live.signals import PG_CHANNEL
from sauga.kernel.page_cache.middleware import CHANNEL
from sauga.kernel.page_cache.responses import keep_queries

FUNCTION = f"""
CREATE OR REPLACE FUNCTION sauga_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{PG_CHANNEL}', '["{CHANNEL}", ""]');
    RETURN NULL;
END $$"""
TRIGGER = "sauga_pages_changed"

_labels: set[str] = set()


@dataclass(frozen=True)
class PageSources:
    """What a service's cached pages read: the applications whose tables they show.

    What no public page shows the models themselves say (`About.on_public_pages`, `About.hidden`). `queries`
    are the few of its own that make another page for everybody (`for=teachers`), without the question mark:
    pages are kept with them as without.
    """

    labels: Collection[str]
    queries: Collection[str] = ()


def depends_on(sources: PageSources) -> None:
    """Declare what the cached pages of a service read. Called once when the program starts."""
    _labels.update(sources.labels)
    keep_queries(sources.queries)


def watched_tables() -> set[str]:
    """The tables that cached pages may read, as this installation has them."""
    return _tables() - data.tables_off_public_pages()


def install_triggers(sender: AppConfig | None = None, **_: Any) -> None:
    """Create the triggers that are missing.

    After a migration every application that has tables calls; the last one's call counts.
    """
    if sender not in {
        None,
        [config for config in apps.get_app_configs() if config.models_module is not None][-1],
    }:
        return
    with connection.cursor() as cursor:
        wanted = watched_tables() & set(connection.introspection.table_names(cursor))
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        missing = sorted(wanted - {name for (name,) in cursor.fetchall()})
        if missing:
            cursor.execute(FUNCTION)
        for table in missing:
            hidden = data.hidden_columns(table)
            update = f"UPDATE OF {', '.join(sorted(_columns(table) - hidden))}" if hidden else "UPDATE"
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()"
            )


def _tables() -> set[str]:
    return {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label in _labels
    }


def _columns(table: str) -> set[str]:
    """The columns whose change may be seen.

    One that a later migration adds is covered once the trigger is created anew.
    """
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return {str(field.column) for field in model._meta.concrete_fields}

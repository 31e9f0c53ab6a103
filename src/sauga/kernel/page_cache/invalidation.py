"""Which tables cached pages read, as the services declare it, and the triggers that tell every process when
one of them changed.

The triggers are created after each migration, so that a new table of a declared application is covered by
itself. One statement notifies once; a transaction that is rolled back notifies nobody. What changes with
every visitor, and what no public page shows, a service excludes.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.apps import AppConfig, apps
from django.db import connection

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
_excluded: set[str] = set()
_excluded_columns: dict[str, set[str]] = {}


@dataclass(frozen=True)
class PageSources:
    """What a service's cached pages read: the applications whose tables they show.

    `exclude` names tables of these that no cached page shows, `exclude_columns` such columns of a table whose
    others are shown. `queries` are the few of its own that make another page for everybody (`for=teachers`),
    without the question mark: pages are kept with them as without.
    """

    labels: Collection[str]
    exclude: Collection[str] = ()
    exclude_columns: Mapping[str, Collection[str]] = field(default_factory=dict)
    queries: Collection[str] = ()


def depends_on(sources: PageSources) -> None:
    """Declare what the cached pages of a service read. Called once when the program starts."""
    _labels.update(sources.labels)
    keep_queries(sources.queries)
    _excluded.update(sources.exclude)
    for table, columns in sources.exclude_columns.items():
        _excluded_columns.setdefault(table, set()).update(columns)


def watched_tables() -> set[str]:
    """The tables that cached pages may read, as this installation has them."""
    return _tables() - _excluded


def unknown_exclusions() -> set[str]:
    """Excluded tables that no declared application has: misspelt, or renamed."""
    return (_excluded | _excluded_columns.keys()) - _tables()


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
            update = f"UPDATE OF {', '.join(_columns(table))}" if table in _excluded_columns else "UPDATE"
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


def _columns(table: str) -> list[str]:
    """The columns whose change may be seen.

    One that a later migration adds is covered once the trigger is created anew.
    """
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return sorted({str(field.column) for field in model._meta.concrete_fields} - _excluded_columns[table])

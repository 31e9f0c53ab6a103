"""Triggers that tell every process when something changed that kept pages are made of, whoever changed it and how.

They are put in place after each migration, so that a new table is watched by itself. One statement tells once; a transaction that is rolled
back tells nothing. Tables of counts and of work that no public page shows are left out: they change with every reader.
"""

from typing import Any

from django.apps import AppConfig, apps
from django.db import connection

from sauga.kernel.live.signals import PG_CHANNEL
from sauga.project.keeping import CHANNEL

SERVICES = {"portal", "repository", "vocab", "figures", "wagtailcore", "wagtailimages", "wagtaildocs", "taggit"}
UNSEEN = {
    "portal_pageday",
    "portal_reviewrequest",
    "portal_reviewstep",
    "portal_feedback",
    "portal_feedbackstep",
    "repository_dailycount",
    "repository_deploymentday",
    "repository_printorder",
    "repository_printorderstep",
    "repository_importrun",
    "repository_harvestsource",
    "repository_proposal",
    "repository_proposalstep",
    "repository_remark",
    "repository_searchentry",
    "repository_searchword",
    "repository_childwords",
    "wagtailcore_referenceindex",
    "wagtailcore_revision",
    "wagtailcore_modellogentry",
    "wagtailcore_pagelogentry",
    "wagtailcore_comment",
    "wagtailcore_commentreply",
    "wagtailcore_uploadedfile",
}
"""Counts, work of the desk, and the index of the search, which asks by a query."""
UNSEEN_COLUMNS = {"repository_deployment": {"last_seen"}}
"""A copy that asks whether it may go on is heard of each minute, which no page shows."""
FUNCTION = f"""
CREATE OR REPLACE FUNCTION sauga_pages_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('{PG_CHANNEL}', '["{CHANNEL}", ""]');
    RETURN NULL;
END $$"""
TRIGGER = "sauga_pages_changed"


def watched() -> set[str]:
    """The tables that kept pages may read, as this house has them."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True) if model._meta.app_label in SERVICES}
    return tables - UNSEEN


def watch(sender: AppConfig | None = None, **_: Any) -> None:
    """Put the triggers where they are missing. After a migration every application that has tables calls; the last one's call counts."""
    if sender not in {None, [config for config in apps.get_app_configs() if config.models_module is not None][-1]}:
        return
    with connection.cursor() as cursor:
        wanted = watched() & set(connection.introspection.table_names(cursor))
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = %s", [TRIGGER])
        missing = sorted(wanted - {name for (name,) in cursor.fetchall()})
        if missing:
            cursor.execute(FUNCTION)
        for table in missing:
            update = f"UPDATE OF {', '.join(_columns(table))}" if table in UNSEEN_COLUMNS else "UPDATE"
            cursor.execute(
                f"CREATE TRIGGER {TRIGGER} AFTER INSERT OR {update} OR DELETE OR TRUNCATE ON {table} "
                f"FOR EACH STATEMENT EXECUTE FUNCTION {TRIGGER}()"
            )


def _columns(table: str) -> list[str]:
    """The columns whose change may be seen. One that a later migration adds is watched once the trigger is made anew."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    return sorted({str(field.column) for field in model._meta.concrete_fields} - UNSEEN_COLUMNS[table])

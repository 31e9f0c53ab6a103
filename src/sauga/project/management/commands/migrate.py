"""`migrate` as Django's own, in less than half of the time for a fresh database.

Each step of the editors' tool's long history renders every table that leads to a person. Where it comes
before the services' tables, as far as the dependencies allow, there are few. They cannot say so themselves:
an installation without the portal has no such tool.

A new table is rendered without those that others lead to in turn, and which models can be swapped is found
out once (decision 0150).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState

TOOL = ("wagtail", "taggit")


class ToolFirst(MigrationExecutor):
    """Django's executor; of several aims the editors' tool is reached first."""

    def migration_plan(self, targets: Any, clean_start: bool = False) -> Any:
        """See Django. The order of aims that wait for each other is not ours to choose, and stays."""
        tool = {config.label for config in apps.get_app_configs() if config.name.startswith(TOOL)}
        return super().migration_plan(sorted(targets, key=lambda target: target[0] not in tool), clean_start)

    def migrate(self, *arguments: Any, **more: Any) -> Any:
        """See Django."""
        with _rendering_little():
            return super().migrate(*arguments, **more)


@contextmanager
def _rendering_little() -> Iterator[None]:
    """While migrations run, two things that Django does again and again are left out.

    It forgets which models can be swapped whenever it renders one, and looks through all of the product for
    each reference; those do not change. And it renders every model that is related to a new one, over any
    number of steps, although none of them leads to a table that has just been made: as for a new column, the
    nearest are enough until the next step that works with rows, for which Django renders all anew
    (`ProjectState.clear_delayed_apps_cache`).
    """
    usual = ProjectState.add_model

    def add_model(self: ProjectState, model_state: ModelState) -> None:
        key = model_state.app_label, model_state.name_lower
        rendered = vars(self).pop("apps", None)
        usual(self, model_state)
        if rendered is not None:
            self.apps = rendered
            self.reload_model(*key, delay=True)

    registry: Any = apps
    registry.get_swappable_settings_name = cache(apps.get_swappable_settings_name)
    ProjectState.add_model = add_model  # type: ignore[method-assign]  # taken back below
    try:
        yield
    finally:
        ProjectState.add_model = usual  # type: ignore[method-assign]  # as it was
        del registry.get_swappable_settings_name


migrate.MigrationExecutor = ToolFirst  # type: ignore[attr-defined]  # Django's command takes it from there


class Command(migrate.Command):
    """Django's command with that order."""

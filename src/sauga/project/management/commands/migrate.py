"""`migrate` as Django's own, in a tenth of the time for a fresh database.

Each step of the editors' tool's long history renders every table that leads to a person. Where it comes
before the services' tables, as far as the dependencies allow, there are few. They cannot say so themselves:
an installation without the portal has no such tool.

A model that is new or changed is rendered without those that it is related to, and which models can be
swapped is found out once (decisions 0150, 0177).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.apps import apps
from django.core.management.commands import migrate
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Model

type Key = tuple[str, str]
"""The app and the name of a model, in lower case."""
ALONE = ("add_model", "add_field", "remove_field")
"""Changes after which others can stay as they are rendered."""
NEAREST = "_find_reload_model"
"""Where Django says which models are rendered anew after a change."""
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
    """While migrations run, what Django does again and again is left out.

    It forgets which models can be swapped whenever it renders one, and looks through all of the product for
    each reference; those do not change. And with a model that is new or changed it renders every one that is
    related to it, and what is related to those. Who refers to whom it finds by names, so a model that refers
    to another may know the one from before: only when a field that others refer to is altered or renamed must
    they be rendered with it. A step that works with rows has all of them rendered anew
    (`ProjectState.clear_delayed_apps_cache`).
    """
    usual = {name: getattr(ProjectState, name) for name in (*ALONE, NEAREST)}
    registry: Any = apps
    registry.get_swappable_settings_name = cache(apps.get_swappable_settings_name)
    for name, own in usual.items():
        setattr(ProjectState, name, _nearest(own) if name == NEAREST else _alone(own))
    try:
        yield
    finally:
        for name, own in usual.items():
            setattr(ProjectState, name, own)
        del registry.get_swappable_settings_name


def _alone(change: Callable[..., None]) -> Callable[..., None]:
    """The same change of a state, after which only the model that it is about is rendered."""

    def changed(self: ProjectState, model: Any, *more: Any) -> None:
        key: Key = (model.app_label, model.name_lower) if isinstance(model, ModelState) else (model, more[0])
        rendered = vars(self).pop("apps", None)
        change(self, model, *more)
        if rendered is not None:
            self.apps = rendered
            self.reload_model(*key, delay=True)

    return changed


def _nearest(usual: Callable[..., set[Key]]) -> Callable[..., set[Key]]:
    """Which models are rendered: where Django may delay it, the model itself and those that inherit it."""

    def found(self: ProjectState, app_label: str, model_name: str, delay: bool = False) -> set[Key]:
        if not delay:
            return usual(self, app_label, model_name, delay)
        self.is_delayed = True
        known = self.apps.all_models[app_label].get(model_name)
        return {(app_label, model_name), *(_heirs(known) if known else ())}

    return found


def _heirs(model: type[Model]) -> Iterator[Key]:
    for heir in model.__subclasses__():
        yield heir._meta.app_label, heir._meta.model_name or ""
        yield from _heirs(heir)


migrate.MigrationExecutor = ToolFirst  # type: ignore[attr-defined]  # Django's command takes it from there


class Command(migrate.Command):
    """Django's command with that order."""

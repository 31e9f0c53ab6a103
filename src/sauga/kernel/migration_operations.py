"""Migration operations: `CreateTables` creates the first tables of a service in one operation
(decision 0066), `MoveModels` moves tables with their rows from one app to another (decision 0112).

Django renders the state of all related models again after each model that is created. Where a service has
dozens of tables that refer to each other, that takes most of the time in which a new database is made.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.utils import resolve_relation

__all__ = ["CreateTables", "MoveModels"]

type Key = tuple[str, str]


class CreateTables(Operation):
    """Create many models at once. They may refer to each other in a circle; indexes and constraints go into
    the models' options.

    Only for new models: later changes are written by `makemigrations` as usual.
    """

    serialization_expand_args = ["models"]
    category = OperationCategory.ADDITION

    def __init__(self, models: Sequence[CreateModel], moved: Mapping[str, str] | None = None) -> None:
        """`moved` names models of other apps that `MoveModels` may have moved already when these tables are
        made ("identity.thing" → "things.thing"); references follow them."""
        self.models, self.moved = list(models), dict(moved or {})

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models to the state; it is rendered when next asked for."""
        if "apps" in vars(state):
            del state.apps
        for model in self.models:
            model.state_forwards(app_label, state)
        keys = {_key(old): _key(new) for old, new in self.moved.items()}
        _redirect(state, {old: new for old, new in keys.items() if new in state.models})

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the tables; references between them are created after the last one."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop them again, the last one first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """One line for the console."""
        return f"Create {len(self.models)} models at once"

    @property
    def migration_name_fragment(self) -> str:
        return "tables"


class MoveModels(Operation):
    """Move models from another app into this one: their tables are renamed and keep every row, and the
    references of all apps follow.

    For models whose tables have Django's own names and that have no many-to-many fields. The migration
    depends on the last one of the app they come from.
    """

    serialization_expand_args = ["models"]
    category = OperationCategory.ALTERATION

    def __init__(self, from_app: str, models: Sequence[str]) -> None:
        self.from_app, self.models = from_app, list(models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models change their app, references to them their target."""
        if "apps" in vars(state):
            del state.apps
        moved = {(self.from_app, name.lower()): (app_label, name.lower()) for name in self.models}
        for old in moved:
            model = state.models[old]
            state.remove_model(*old)
            state.add_model(_rebuilt(model, app_label, moved))
        _redirect(state, moved)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Rename the tables."""
        for name in self.models:
            self._rename(schema_editor, from_state, to_state, (self.from_app, name), (app_label, name))

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Rename them back."""
        for name in self.models:
            self._rename(schema_editor, from_state, to_state, (app_label, name), (self.from_app, name))

    @staticmethod
    def _rename(
        editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState, old: Key, new: Key
    ) -> None:
        was, becomes = before.apps.get_model(*old), after.apps.get_model(*new)
        editor.alter_db_table(becomes, was._meta.db_table, becomes._meta.db_table)

    def describe(self) -> str:
        """One line for the console."""
        return f"Move {', '.join(self.models)} here from {self.from_app}"

    @property
    def migration_name_fragment(self) -> str:
        return f"moved_from_{self.from_app}"


def _key(label: str) -> Key:
    app, _, name = label.lower().partition(".")
    return app, name


def _redirect(state: ProjectState, moved: Mapping[Key, Key]) -> None:
    """Let every field of the state that refers to a moved model refer to where it is now."""
    touched = [
        model
        for model in state.models.values()
        if any(_target(model, field) in moved for field in model.fields.values())
    ]
    for model in touched:
        state.remove_model(model.app_label, model.name_lower)
    for model in touched:
        state.add_model(_rebuilt(model, model.app_label, moved))


def _target(model: ModelState, field: Any) -> Key:
    """The model that a field refers to; nothing for a field that refers to none."""
    if not field.remote_field:
        return "", ""
    app, name = resolve_relation(field.remote_field.model, model.app_label, model.name_lower)
    return app, name


def _rebuilt(model: ModelState, app_label: str, moved: Mapping[Key, Key]) -> ModelState:
    fields = []
    for name, field in model.fields.items():
        target = _target(model, field)
        _name, _path, args, kwargs = field.deconstruct()
        if target in moved:
            kwargs["to"] = ".".join(moved[target])
        fields.append((name, type(field)(*args, **kwargs)))
    return ModelState(app_label, model.name, fields, dict(model.options), model.bases, list(model.managers))

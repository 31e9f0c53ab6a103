"""`CreateTables`: the first tables of a service, for its first migration.

Django draws up its picture of all models anew after each model it is told of, with everything that is tied to it. Where a service has
dozens of tables that name each other, that is most of the time in which a new database is made.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

__all__ = ["CreateTables"]


class CreateTables(Operation):
    """Create many models at once. They may name each other in a circle; indexes and constraints stand in the models' options.

    Only for models that are new: what changes later is written by `makemigrations` as ever.
    """

    serialization_expand_args = ["models"]
    category = OperationCategory.ADDITION

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Tell the state of all models, and let it draw up its picture when it is next asked for."""
        if "apps" in vars(state):
            del state.apps
        for model in self.models:
            model.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Create the tables; references between them are made after the last one."""
        for model in self.models:
            model.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """Drop them again, the last first."""
        for model in reversed(self.models):
            model.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        """A line for whoever watches."""
        return f"Create {len(self.models)} models at once"

    @property
    def migration_name_fragment(self) -> str:
        return "tables"

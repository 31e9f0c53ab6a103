"""Migration operations: `CreateTables` creates the first tables of a service in one operation
(decision 0066).

Django renders the state of all related models again after each model that is created. Where a service has
dozens of tables that refer to each other, that takes most of the time in which a new database is made.
"""

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation, OperationCategory
from django.db.migrations.state import ProjectState

__all__ = ["CreateTables"]


class CreateTables(Operation):
    """Create many models at once. They may refer to each other in a circle; indexes and constraints go into
    the models' options.

    Only for new models: later changes are written by `makemigrations` as usual.
    """

    serialization_expand_args = ["models"]
    category = OperationCategory.ADDITION

    def __init__(self, models: Sequence[CreateModel]) -> None:
        self.models = list(models)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add all models to the state; it is rendered when next asked for."""
        if "apps" in vars(state):
            del state.apps
        for model in self.models:
            model.state_forwards(app_label, state)

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

"""Tables made at once: the same as one by one, naming each other in a circle, and gone again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

from sauga.kernel.migration_operations import CreateTables

pytestmark = pytest.mark.django_db(transaction=True)

FIELDS = {
    "Shelf": [
        ("id", models.BigAutoField(primary_key=True)),
        ("best", models.ForeignKey("tried.Book", models.SET_NULL, null=True, related_name="+")),
    ],
    "Book": [
        ("id", models.BigAutoField(primary_key=True)),
        ("shelf", models.ForeignKey("tried.Shelf", models.CASCADE)),
        ("title", models.CharField()),
    ],
}
OPTIONS = {
    "indexes": [models.Index(fields=["title"], name="tried_title")],
    "constraints": [models.UniqueConstraint(fields=["shelf", "title"], name="tried_once")],
}


def operation():
    return CreateTables(
        models=[
            migrations.CreateModel("Shelf", FIELDS["Shelf"]),
            migrations.CreateModel("Book", FIELDS["Book"], options=dict(OPTIONS)),
        ]
    )


@pytest.fixture
def made():
    """A database in which the two tables were made, and how to take them away."""
    before, after = ProjectState(), ProjectState()
    assert before.apps is not None, (
        "the picture is drawn before the operation, as it is in the middle of a real run"
    )
    create = operation()
    create.state_forwards("tried", after)
    with connection.schema_editor() as editor:
        create.database_forwards("tried", editor, before, after)
    yield after
    with connection.schema_editor() as editor:
        create.database_backwards("tried", editor, after, before)
    assert not tables()


def tables():
    return {name for name in connection.introspection.table_names() if name.startswith("tried_")}


def test_tables_stand_with_their_references_indexes_and_constraints(made):
    assert tables() == {"tried_shelf", "tried_book"}
    with connection.cursor() as cursor:
        found = {name: connection.introspection.get_constraints(cursor, name) for name in tables()}
    assert {"tried_title", "tried_once"} <= set(found["tried_book"])
    assert [one["foreign_key"] for one in found["tried_shelf"].values() if one["foreign_key"]] == [
        ("tried_book", "id")
    ]
    assert [one["foreign_key"] for one in found["tried_book"].values() if one["foreign_key"]] == [
        ("tried_shelf", "id")
    ]


def test_models_of_the_state_can_be_used(made):
    shelf = made.apps.get_model("tried", "Shelf").objects.create()
    book = made.apps.get_model("tried", "Book").objects.create(shelf=shelf, title="Knyga")
    shelf.best = book
    shelf.save()
    assert made.apps.get_model("tried", "Shelf").objects.get().best.title == "Knyga"
    shelf.best = None
    shelf.save()
    book.delete()
    shelf.delete()


def test_a_picture_that_was_drawn_is_drawn_anew():
    state = ProjectState()
    assert state.apps is not None
    operation().state_forwards("tried", state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Shelf", "Book"}

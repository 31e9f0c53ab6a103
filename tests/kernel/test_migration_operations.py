"""Tables made at once: the same as one by one, naming each other in a circle, and gone again. Tables moved to
another app: with every row and every reference."""

import pytest
from django.db import IntegrityError, connection, migrations, models
from django.db.migrations.state import ProjectState

from sauga.kernel.migration_operations import CreateTables, MoveModels

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


def thing(app):
    return migrations.CreateModel(
        "Thing",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("title", models.CharField(max_length=20)),
            ("before", models.ForeignKey("self", models.SET_NULL, null=True, related_name="+")),
        ],
        options={"constraints": [models.UniqueConstraint(fields=["title"], name=f"{app}_title_once")]},
    )


def mention():
    return migrations.CreateModel(
        "Mention",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("thing", models.ForeignKey("tried.Thing", models.PROTECT)),
        ],
    )


def applied(state, app, step, editor):
    after = state.clone()
    step.state_forwards(app, after)
    step.database_forwards(app, editor, state, after)
    return after


def test_moved_tables_keep_rows_and_references_and_can_go_back():
    move = MoveModels("tried", ["Thing"])
    with connection.schema_editor() as editor:
        first = applied(ProjectState(), "tried", thing("tried"), editor)
        before = applied(first, "other", mention(), editor)
    old = before.apps.get_model("tried", "Thing").objects.create(title="Byla")
    new = before.apps.get_model("tried", "Thing").objects.create(title="Kita", before=old)
    before.apps.get_model("other", "Mention").objects.create(thing=new)
    with connection.schema_editor() as editor:
        after = applied(before, "moved", move, editor)
    assert ("tried", "thing") not in after.models
    assert "moved_thing" in connection.introspection.table_names()
    found = after.apps.get_model("other", "Mention").objects.select_related("thing__before").get()
    assert (found.thing.title, found.thing.before.title) == ("Kita", "Byla")
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("DELETE FROM moved_thing WHERE title = 'Kita'")  # references are kept by the database
    with connection.schema_editor() as editor:
        move.database_backwards("moved", editor, after, before)
    assert before.apps.get_model("tried", "Thing").objects.count() == 2
    with connection.schema_editor() as editor:
        editor.delete_model(before.apps.get_model("other", "Mention"))
        editor.delete_model(before.apps.get_model("tried", "Thing"))


def test_tables_made_after_a_move_refer_to_where_the_model_is_now():
    create = CreateTables([mention()], moved={"tried.thing": "moved.thing"})
    state = ProjectState()
    thing("tried").state_forwards("tried", state)
    before = state.clone()
    create.state_forwards("other", before)
    assert before.models["other", "mention"].fields["thing"].remote_field.model.lower() == "tried.thing"
    MoveModels("tried", ["Thing"]).state_forwards("moved", state)
    create.state_forwards("other", state)
    assert state.models["other", "mention"].fields["thing"].remote_field.model.lower() == "moved.thing"
    assert state.apps.get_model("other", "Mention")._meta.get_field("thing").related_model.__name__ == "Thing"

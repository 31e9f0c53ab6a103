"""Texts of resource cards move from a column for each language into one by language, and back, and none is
lost."""

from importlib import import_module

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

pytestmark = pytest.mark.django_db
LABEL = "helpline"
BEFORE = migrations.CreateModel(
    "ResourceCard",
    [
        ("id", models.BigAutoField(primary_key=True)),
        ("code", models.CharField(max_length=32)),
        *(
            (f"{part}_{code}", models.TextField(blank=True))
            for part in ("name", "words", "hours")
            for code in ("lt", "en")
        ),
    ],
    options={"db_table": "cards_before"},
)
STEPS = import_module("sauga.helpline.migrations.0005_card_texts_by_language").Migration.operations
GIVEN = {
    "name_lt": "Policija",
    "name_en": "Police",
    "words_lt": "Kai kas nors grasina.",
    "words_en": "When somebody threatens.",
    "hours_lt": "Visą parą",
    "hours_en": "",
}


def after(operation, state):
    made = state.clone()
    operation.state_forwards(LABEL, made)
    return made


def test_every_text_is_kept_both_ways():
    states = [after(BEFORE, ProjectState())]
    for step in STEPS:
        states.append(after(step, states[-1]))
    with connection.schema_editor(atomic=False) as editor:
        BEFORE.database_forwards(LABEL, editor, ProjectState(), states[0])
        states[0].apps.get_model(LABEL, "ResourceCard").objects.create(code="POLICE", **GIVEN)
        for step, here, there in zip(STEPS, states, states[1:], strict=False):
            step.database_forwards(LABEL, editor, here, there)
        card = states[-1].apps.get_model(LABEL, "ResourceCard").objects.get()
        assert card.name == {"lt": "Policija", "en": "Police"}
        assert card.words == {"lt": "Kai kas nors grasina.", "en": "When somebody threatens."}
        assert card.hours == {"lt": "Visą parą"}
        for step, here, there in reversed(list(zip(STEPS, states, states[1:], strict=False))):
            step.database_backwards(LABEL, editor, there, here)
        back = states[0].apps.get_model(LABEL, "ResourceCard").objects.get()
        assert {name: getattr(back, name) for name in GIVEN} == GIVEN

"""The tables of moves are those of the trade's vocabulary, and the house knows the repository."""

import json
from pathlib import Path

import pytest

import sauga.repository
from sauga.repository.states import ADAPTATION, DEPLOYMENT, RESOURCE

pytestmark = pytest.mark.unit
MACHINES = json.loads(
    (Path(sauga.repository.__file__).parent / "data" / "awareness_vocabularies.json").read_text(
        encoding="utf-8"
    )
)["state_machines"]


@pytest.mark.parametrize(
    ("name", "table"), [("resource", RESOURCE), ("adaptation", ADAPTATION), ("deployment", DEPLOYMENT)]
)
def test_table_is_the_one_of_the_vocabulary(name, table):
    wanted = MACHINES[f"state.{name}"]
    moves = {state["code"]: set() for state in wanted["states"]}
    for one in wanted["moves"]:
        moves[one["from"]].add(one["to"])
    assert table.initial == wanted["initial"]
    assert {state: set(after) for state, after in table.moves.items()} == moves


def test_vocabulary_is_the_one_of_the_trade(shared):
    ours = (Path(sauga.repository.__file__).parent / "data" / "awareness_vocabularies.json").read_bytes()
    assert ours == (shared / "data" / "awareness_vocabularies.json").read_bytes()

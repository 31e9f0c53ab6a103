"""The table refuses what it does not name, and its own mistakes."""

import pytest

from sauga.kernel.states import StateTable


def test_table_names_its_moves():
    table = StateTable("A", {"A": {"B"}, "B": {"A", "C"}, "C": set()})
    assert table.allows("A", "B") and not table.allows("A", "C")
    assert table.ends() == {"C"}
    assert "A --> B" in table.mermaid()


@pytest.mark.parametrize("moves", [{"A": {"X"}}, {"A": set(), "B": {"A"}}])
def test_table_with_unknown_or_unreachable_state_is_refused(moves):
    with pytest.raises(ValueError, match="states"):
        StateTable("A", moves)

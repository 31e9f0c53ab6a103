"""The table of allowed transitions of one state column."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class StateTable:
    """State → states that may follow. Frozen; checked when it is written down.

    Raises ValueError when a move leads to a state that is not in the table or when a state cannot be reached.
    """

    initial: str
    moves: Mapping[str, frozenset[str]]

    def __init__(self, initial: str, moves: Mapping[str, set[str] | frozenset[str]]) -> None:
        object.__setattr__(self, "initial", str(initial))
        frozen = {str(state): frozenset(map(str, after)) for state, after in moves.items()}
        object.__setattr__(self, "moves", MappingProxyType(frozen))
        named = {state for after in frozen.values() for state in after}
        if named - frozen.keys():
            raise ValueError(f"moves lead to unknown states: {sorted(named - frozen.keys())}")
        if unreached := frozen.keys() - self.reachable(self.initial):
            raise ValueError(f"states that nothing leads to: {sorted(unreached)}")

    def allows(self, before: str, after: str) -> bool:
        """Whether the move stands in the table."""
        return str(after) in self.moves[str(before)]

    def reachable(self, start: str) -> set[str]:
        """Every state that can follow `start`, itself included."""
        seen, frontier = {start}, [start]
        while frontier:
            for state in self.moves[frontier.pop()] - seen:
                seen.add(state)
                frontier.append(state)
        return seen

    def ends(self) -> set[str]:
        """States without a way out."""
        return {state for state, after in self.moves.items() if not after}

    def mermaid(self) -> str:
        """The diagram for the documentation, as Mermaid text; CI compares it with the page."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        lines += [
            f"    {before} --> {after}" for before, afters in self.moves.items() for after in sorted(afters)
        ]
        lines += [f"    {state} --> [*]" for state in self.moves if state in self.ends()]
        return "\n".join(lines)

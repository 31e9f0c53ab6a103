"""State machines: tables of allowed transitions. `move` is the only writer of a state column and adds an
immutable step."""

from sauga.kernel.states.actor import Actor, SystemActor
from sauga.kernel.states.moves import MoveNotAllowed, lock, move
from sauga.kernel.states.steps import Step
from sauga.kernel.states.table import StateTable

__all__ = ["Actor", "MoveNotAllowed", "StateTable", "Step", "SystemActor", "lock", "move"]

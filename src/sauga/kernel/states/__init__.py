"""Tables of allowed moves. `move` (before a row is stored: `moved`) is the only writer of a state column; each leaves immutable steps."""

from sauga.kernel.states.actor import Actor, SystemActor
from sauga.kernel.states.moves import MoveNotAllowed, lock, move, moved
from sauga.kernel.states.steps import Step
from sauga.kernel.states.table import StateTable

__all__ = ["Actor", "MoveNotAllowed", "StateTable", "Step", "SystemActor", "lock", "move", "moved"]

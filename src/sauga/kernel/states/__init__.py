"""Tables of allowed moves. `move` is the only writer of a state column (`moved`: before the row is stored); each leaves immutable step rows."""

from sauga.kernel.states.actor import Actor, SystemActor
from sauga.kernel.states.moves import MoveNotAllowed, lock, move, moved
from sauga.kernel.states.steps import Step
from sauga.kernel.states.table import StateTable

__all__ = ["Actor", "MoveNotAllowed", "StateTable", "Step", "SystemActor", "lock", "move", "moved"]

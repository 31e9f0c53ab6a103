"""`credential_moved`: how the owner of a credential follows what happens to it.

The owner connects a function for its kind; it is called in the transaction of the move, so that both happen
or neither.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from sauga.kernel.credentials.models import Credential
from sauga.kernel.credentials.states import CredentialState
from sauga.kernel.states import Actor


@dataclass(frozen=True, kw_only=True)
class Moved:
    """What happened: issued (`before` is None) or moved from one state to another, and why."""

    credential: Credential
    before: CredentialState | None
    after: CredentialState
    by: Actor
    why: str
    at: datetime


type Receiver = Callable[[Moved], None]


@dataclass
class _Signal:
    _receivers: dict[str, list[Receiver]] = field(default_factory=dict)

    def connect(self, kind: str, receiver: Receiver) -> None:
        """Call `receiver` for each credential of a kind that is issued or moved. Once per receiver."""
        held = self._receivers.setdefault(kind, [])
        if receiver not in held:
            held.append(receiver)

    def send(self, moved: Moved) -> None:
        """Tell everybody who follows the kind."""
        for receiver in self._receivers.get(moved.credential.kind, []):
            receiver(moved)


credential_moved = _Signal()

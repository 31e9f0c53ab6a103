"""The actor: who performs a write. The audit log and the steps store only the pseudonym."""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable


@runtime_checkable
class Actor(Protocol):
    """Anyone who can be answerable for an act: a person at the desk, an outside contact, a job."""

    @property
    def pseudonym(self) -> str:
        """Opaque and stable, at most 40 characters; resolves to a person only inside `identity`."""


@dataclass(frozen=True)
class SystemActor:
    """A job or the public site itself, for example SystemActor("monitor")."""

    name: str

    @property
    def pseudonym(self) -> str:
        return f"system:{self.name}"

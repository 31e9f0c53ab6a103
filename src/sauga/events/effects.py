"""Changes of an event that subdomains further up react to, in the same transaction; `service.py` connects
each with its reactions.

The programme knows nothing of registrations: whoever cancels or moves an event announces it here.
"""

from collections.abc import Callable


class Effect:
    """A change with any number of reactions; each returns how many rows it changed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._reactions: dict[str, Callable[..., int]] = {}

    def connect(self, code: str, react: Callable[..., int]) -> None:
        """Add what happens; called when the service starts. A second call with the same code replaces."""
        self._reactions[code] = react

    def __call__(self, **facts: object) -> dict[str, int]:
        """Let it happen now; the number of rows changed by the code of each reaction."""
        return {code: react(**facts) for code, react in self._reactions.items()}


event_published = Effect("event published")
event_moved = Effect("event moved")
event_cancelled = Effect("event cancelled")
event_reinstated = Effect("event reinstated")
event_over = Effect("event over")
"""Each is called with `by`, `event` and `at`; `event_moved` also with `before`, the former start and end."""

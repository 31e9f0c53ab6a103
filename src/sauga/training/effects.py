"""What happens in one subdomain or service and others react to, in the same transaction; `service.py`
connects each with its reactions.
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


stream_moved = Effect("stream moved")
hosting_counted = Effect("hosting counted")
course_completed = Effect("course completed")
"""`stream_moved` is called with `by`, `stream`, `at`; `hosting_counted`, when a library has counted its
audience, with `by`, `site` and `at`; `course_completed` with `by`, `enrolment` and `at`."""

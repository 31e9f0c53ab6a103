"""Changes that subdomains further up react to, in the same transaction; `service.py` connects each
with its reaction.

A resource knows nothing of the adaptations and deployments made from it: the action that withdraws one
announces it here.
"""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse


class Effect:
    """A change with exactly one reaction, which returns how many rows it changed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._react: Callable[..., int] | None = None

    def connect(self, react: Callable[..., int]) -> None:
        """Say what happens; called once, when the service starts."""
        self._react = react

    def __call__(self, **facts: object) -> int:
        """Let it happen now.

        Raises RuntimeError when nothing was connected: a withdrawal must never stop no copies.
        """
        if self._react is None:
            raise RuntimeError(f"nothing reacts to: {self.name}")
        return self._react(**facts)


class Objections:
    """Why a resource must not be published, known to those who handed it on: a consent is missing, say."""

    def __init__(self) -> None:
        self._known: dict[str, Callable[..., str]] = {}

    def register(self, code: str, objection: Callable[..., str]) -> None:
        """Add a reason; called when a service starts. A second call with the same code replaces."""
        self._known[code] = objection

    def of(self, resource: object, at: datetime) -> list[str]:
        """The reasons that hold now, in words."""
        return [said for objection in self._known.values() if (said := objection(resource, at))]


class Widgets:
    """Resources that are more than their text in another site's frame, known to the service that plays
    them."""

    def __init__(self) -> None:
        self._known: dict[str, Callable[..., HttpResponse | None]] = {}
        self._at: dict[str, Callable[..., str]] = {}

    def register(
        self, code: str, widget: Callable[..., HttpResponse | None], address: Callable[..., str]
    ) -> None:
        """Add one, and how its address on this site is found for a resource; called when a service starts. A
        second call with the same code replaces."""
        self._known[code], self._at[code] = widget, address

    def address(self, resource: object) -> str:
        """Where this resource is played on this site; empty where it is read only."""
        return next((href for find in self._at.values() if (href := find(resource))), "")

    def page(self, request: HttpRequest, deployment: object) -> HttpResponse | None:
        """What is shown in the frame of this deployment instead of the text; None for the text."""
        return next(
            (page for widget in self._known.values() if (page := widget(request, deployment)) is not None),
            None,
        )


publication_objections = Objections()
widgets = Widgets()
resource_withdrawn = Effect("resource withdrawn")
adaptation_retired = Effect("adaptation retired")
adaptation_released = Effect("adaptation released")

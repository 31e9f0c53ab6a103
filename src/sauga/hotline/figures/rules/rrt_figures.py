"""RRT's press figures: a report is counted once, and "confirmed" has had two definitions (vocabulary
rrt.confirmed_definition). Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

EXCLUDING = ("INHOPE", "PROVIDER_NOTICE", "POLICE", "ZEIT")
INCLUDING = (*EXCLUDING, "NKSC")


@dataclass(frozen=True, kw_only=True)
class Press:
    """One period.

    `routes` counts each report once for which something was carried out: a notice sent, a hand-over recorded.

    `duplicates` are only those of such a report; for `decided_only` a route was decided and nothing carried
    out yet.
    """

    received: int = 0
    routes: Mapping[str, int] = field(default_factory=dict)
    duplicates: int = 0
    consultations: int = 0
    not_actioned: Mapping[str, int] = field(default_factory=dict)
    open: int = 0
    decided_only: int = 0

    @property
    def action_excl_dup(self) -> int:
        """Further action taken, duplicates beside it; seen 2016–2022."""
        return sum(self.routes.get(route, 0) for route in EXCLUDING)

    @property
    def confirmed_incl_dup(self) -> int:
        """Confirmed, duplicates of confirmed reports and the cyber security centre included; seen from 2023
        on."""
        return sum(self.routes.get(route, 0) for route in INCLUDING) + self.duplicates


def counted_route(routes: Collection[str], order: Sequence[str]) -> str | None:
    """The one route under which a report is counted (policy.counted_route); None when it has none of them."""
    return next((route for route in order if route in routes), None)

"""The help services as they are at this moment: asked for once for each page, however many blocks show
them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui import opening
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import public_pages


@dataclass
class HelpNow:
    """What help blocks show at a moment."""

    at: datetime
    _reaches: dict[str, opening.Reach | None] = field(default_factory=dict)

    @cached_property
    def _rows(self) -> list[HelpEntry]:
        return public_pages.help_entries((), self.at.astimezone(VILNIUS).date())

    def entries(self, codes: Iterable[str]) -> list[HelpEntry]:
        """Those with these codes, or all; unconfirmed ones are omitted."""
        wanted = set(codes)
        return [row for row in self._rows if not wanted or row.code in wanted]

    def reach(self, code: str) -> opening.Reach | None:
        """Whether a service can be reached; None where no service of this installation keeps the hours."""
        if code not in self._reaches:
            self._reaches[code] = opening.reach(code, self.at)
        return self._reaches[code]


def of(request: Any, at: datetime) -> HelpNow:
    """The help services for a request, at the moment of the first block; without a request they are asked for
    anew."""
    held: HelpNow | None = getattr(request, "help_now", None)
    if held is None:
        held = HelpNow(at)
        if request is not None:
            request.help_now = held  # read above
    return held

"""The help services as they are at this moment: asked for once for each page, however many blocks show
them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from typing import Any

from sauga.kernel.clock import VILNIUS
from sauga.kernel.ui import opening
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import public_pages

OWN_FORMS = {"illegal_content_hotline": "hotline-report", "own_picture": "hotline-own-picture"}
"""Where the installation runs the service itself, the address of its own form instead of an outside one."""


@dataclass(frozen=True)
class HelpRow:
    """A help service as a block shows it, in the language of the page: name, number as it is written and as
    a telephone dials it, site, hours from the list or whether it can be reached now, and the URL name of our
    own form where the installation runs the service itself. `when` it helps is what the block adds."""

    code: str
    name: str
    phone: str
    dial: str
    website: str
    hours: str
    reach: opening.Reach | None
    form: str
    when: str = ""


@dataclass
class HelpNow:
    """What help blocks show at a moment."""

    at: datetime

    @cached_property
    def _rows(self) -> list[HelpRow]:
        day = self.at.astimezone(VILNIUS).date()
        return [self._row(row) for row in public_pages.help_entries((), day)]

    def _row(self, row: HelpEntry) -> HelpRow:
        reach = opening.reach(row.code, self.at)
        form = OWN_FORMS.get(row.code, "")
        return HelpRow(row.code, row.name, row.phone, row.dial, row.website, row.hours, reach, form)

    def rows(self, codes: Iterable[str]) -> list[HelpRow]:
        """Those with these codes, or all; unconfirmed ones are omitted. One number is one row with both
        names."""
        wanted, found = set(codes), dict[str, HelpRow]()
        for row in self._rows:
            if wanted and row.code not in wanted:
                continue
            same = found.get(row.dial) if row.dial else None
            if same is not None:
                found[row.dial] = replace(same, name=f"{same.name}, {row.name[:1].lower()}{row.name[1:]}")
            else:
                found[row.dial or row.code] = row
        return list(found.values())


def of(request: Any, at: datetime) -> HelpNow:
    """The help services for a request, at the moment of the first block; without a request they are asked for
    anew."""
    held: HelpNow | None = getattr(request, "help_now", None)
    if held is None:
        held = HelpNow(at)
        if request is not None:
            request.help_now = held  # read above
    return held

"""The help services as they are at this moment: asked for once for each page, however many blocks show
them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sauga.kernel import vocab
from sauga.kernel.clock import VILNIUS
from sauga.kernel.identity import PersonActor
from sauga.kernel.ui.public_frame import opening_hours
from sauga.kernel.ui.public_frame.help_now import OWN_LINE, Line
from sauga.portal.models.network import HelpEntry
from sauga.portal.queries import public_pages

OWN_FORMS: dict[str, tuple[str, str | Promise]] = {
    "illegal_content_hotline": ("hotline-report", _("Report content")),
    "own_picture": ("hotline-own-picture", _("Remove my picture")),
}
"""Where the installation runs the service itself, its own form instead of an outside address: the name of the
form's address, and what its link says."""


@dataclass(frozen=True)
class HelpRow:
    """A help service as a block shows it, in the language of the page: name, number as it is written and as
    a telephone dials it, site, hours, and the URL name of our own form, with what its link says, where the
    installation runs the service itself. `reach` is what the service itself says where it is open now;
    `is_shut` that it is closed now. `when` it helps is what the block adds."""

    code: str
    name: str
    phone: str
    dial: str
    website: str
    hours: str
    reach: opening_hours.Reach | None
    form: str
    action: str | Promise = ""
    is_shut: bool = False
    when: str = ""


@dataclass
class HelpNow:
    """What help blocks show at a moment."""

    at: datetime
    request: Any = None

    @cached_property
    def _rows(self) -> list[HelpRow]:
        day = self.at.astimezone(VILNIUS).date()
        return [self._row(row) for row in public_pages.help_entries((), day)]

    def _row(self, row: HelpEntry) -> HelpRow:
        reach = opening_hours.reach_on(self.request, row.code, self.at)
        form, action = OWN_FORMS.get(row.code, ("", ""))
        is_open = reach.is_open if reach else row.is_open(self.at)
        hours = reach.hours if reach else row.hours
        return HelpRow(
            code=row.code,
            name=row.name,
            phone=row.phone,
            dial=row.dial,
            website=row.website,
            hours=hours,
            reach=reach if is_open else None,
            form=form,
            action=action,
            is_shut=is_open is False,
        )

    def rows(self, codes: Iterable[str]) -> list[HelpRow]:
        """Those with these codes, or all; unconfirmed ones are omitted. One number is one row with both
        names. Closed lines come last.
        """
        wanted, found = set(codes), dict[str, HelpRow]()
        for row in self._rows:
            if wanted and row.code not in wanted:
                continue
            same = found.get(row.dial) if row.dial else None
            if same is not None:
                found[row.dial] = replace(same, name=f"{same.name}, {row.name[:1].lower()}{row.name[1:]}")
            else:
                found[row.dial or row.code] = row
        return sorted(found.values(), key=lambda row: row.is_shut)


def of(request: Any, at: datetime) -> HelpNow:
    """The help services for a request, at the moment of the first block; without a request they are asked for
    anew."""
    held: HelpNow | None = getattr(request, "help_now", None)
    if held is None:
        held = HelpNow(at, request)
        if request is not None:
            request.help_now = held  # read above
    return held


def lines(at: datetime) -> list[Line]:
    """The lines of the list at a moment, with whether each answers then; unconfirmed ones are omitted."""
    return [
        Line(
            code=row.code,
            name=row.name,
            phone=row.phone,
            dial=row.dial,
            serves=row.serves,
            for_whom=row.for_whom,
            hours=row.hours,
            languages=tuple(row.languages.replace(",", " ").split()),
            is_open=row.is_open(at),
        )
        for row in public_pages.help_entries((), at.astimezone(VILNIUS).date())
        if row.phone
    ]


OFFERS_HELP = frozenset({"help", "prepared"})
FIRST, LAST = "first", "last"


def place_on(page: Any) -> str:
    """Where a page says what works while the line is closed: FIRST below its title where its topic needs help
    at hand (vocabulary `topics`), LAST below its text on any other page with a help block, else nowhere.
    """
    if not OFFERS_HELP & set(_kinds(page.body.raw_data)):
        return ""
    topics = [code for code in (getattr(page, "topic", ""), *page.topics) if code]
    return FIRST if any(_needs_help(code) for code in topics) else LAST


def _needs_help(topic: str) -> bool:
    return vocab.has_term("topics", topic) and bool(
        vocab.term("topics", topic).extra.get("help_block_required")
    )


def _kinds(blocks: Any) -> Iterator[str]:
    """The kinds of the blocks of a body, as they are stored, with those inside others."""
    for one in blocks:
        yield one["type"]
        if isinstance(one["value"], dict) and isinstance(one["value"].get("body"), list):
            yield from _kinds(one["value"]["body"])


CHECKED_FOR = timedelta(days=182)
"""So long a check of a number counts."""


def lines_to_check(by: PersonActor, at: datetime) -> int:
    """How many numbers of the list in force are not checked yet, or not for half a year."""
    day = at.astimezone(VILNIUS).date()
    rows = HelpEntry.objects.on(day).exclude(phone="").exclude(code=OWN_LINE)
    return rows.exclude(checked_on__gt=day - CHECKED_FOR).count()

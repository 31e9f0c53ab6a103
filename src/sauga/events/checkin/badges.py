"""What is printed for the day: badges on A4 sheets, and the list of names as a fallback on paper."""

from collections.abc import Sequence
from datetime import datetime
from importlib.resources import files as packaged
from typing import Any

from django.utils.translation import get_language, gettext, ngettext, pgettext

from sauga.events.checkin.queries.people import Person
from sauga.events.photos.queries.badges import numbers_of
from sauga.events.photos.rules import COLOURS
from sauga.events.programme.models import Event
from sauga.kernel import vocab
from sauga.kernel.i18n import long_date, short_datetime
from sauga.kernel.ui.formats import pdf


def badges(event: Event, people: Sequence[Person], at: datetime) -> bytes:
    """Ten badges on a sheet of A4, 85 × 54 mm, with marks to cut; tagged PDF. The dot says whether the person
    may be photographed, in words too; the number beside it is that of the photographer's list."""
    numbers = numbers_of(event)
    content = {
        "lang": get_language() or "lt",
        "document": f"{gettext('Badges')} – {event}",
        "event": str(event),
        "day": long_date(event.starts),
        "badges": [_badge(one, numbers[one.row.pk]) for one in people],
    }
    return pdf.pdf(_source("badges.typ"), content, at=at)


def _badge(one: Person, number: int) -> dict[str, Any]:
    row = one.row
    seats = ngettext("%(n)d seat", "%(n)d seats", row.heads) % {"n": row.heads} if row.groups else ""
    return {
        "name": one.name,
        "more": seats or str(row.ticket),
        "code": row.entry_code,
        "number": str(number),
        "colour": COLOURS.get(row.photo, ""),
        "photo": vocab.label("photo_consent", row.photo) if row.photo else "",
    }


def names(event: Event, people: Sequence[Person], at: datetime) -> bytes:
    """The names in the order of the alphabet, with a box to tick; tagged PDF."""
    head = [gettext("Came"), gettext("Name"), gettext("Code"), gettext("Seats"), gettext("Photographs")]
    content = {
        "lang": get_language() or "lt",
        "document": f"{pgettext('people', 'Names')} – {event}",
        "event": str(event),
        "made": gettext("As of %(when)s. Destroy it after the event.") % {"when": short_datetime(at)},
        "head": head,
        "rows": [
            [
                one.name,
                one.row.entry_code,
                str(one.row.heads),
                vocab.label("photo_consent", one.row.photo) if one.row.photo else "",
            ]
            for one in people
        ],
    }
    return pdf.pdf(_source("names.typ"), content, at=at)


def _source(name: str) -> Any:
    return packaged("sauga.events.checkin").joinpath("data", name)

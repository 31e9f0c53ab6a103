"""How check-in reads: why a visitor is not admitted, what became of a scan, the words that the page needs
without a network."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.models import CheckIn, CheckList
from sauga.events.checkin.queries import progress
from sauga.events.checkin.queries.people import shown_name
from sauga.events.checkin.rules import Outcome, Resolution, Why
from sauga.events.photos.rules import COLOURS
from sauga.events.programme.models import Event
from sauga.events.registration.queries.details import details_by
from sauga.events.states import EventState
from sauga.kernel import vocab
from sauga.kernel.i18n import short_datetime
from sauga.kernel.kit.lists import Mark

MOST_NEWS = 10
"""Conflicts that a device shows at once."""
REFUSALS: dict[str, Any] = {
    Why.EARLY: _("Too early: this list opens at %(opens)s."),
    Why.OVER: _("This list is closed: it ended at %(closes)s."),
    Why.UNKNOWN: _("Unknown ticket. Search by name."),
    Why.OTHER_EVENT: _("This ticket belongs to another event."),
    Why.EVENT_CANCELLED: _("The event does not take place."),
    Why.CANCELLED: _("This registration was cancelled or not accepted."),
    Why.WAITLISTED: _("This registration is in the waiting list and has no seat."),
    Why.OFFERED: _("A seat was offered, but not confirmed."),
    Why.PENDING: _("This registration was not decided yet."),
    Why.LIST: _("Not registered for this session."),
    Why.HEADS: _("More people than the registration has seats."),
}
OUTCOMES: dict[str, Mark] = {
    Outcome.COUNTED: Mark("good", "", pgettext_lazy("check-in", "checked in")),
    Outcome.CONFLICT: Mark("wait", "half", pgettext_lazy("check-in", "used twice")),
    Outcome.REPEATED: Mark("calm", "dashed", pgettext_lazy("check-in", "shown again")),
    Outcome.REFUSED: Mark("bad", "", pgettext_lazy("check-in", "refused")),
    Outcome.UNDONE: Mark("calm", "", pgettext_lazy("check-in", "undone")),
    Outcome.UNDO: Mark("calm", "", pgettext_lazy("check-in", "undo")),
}
RESOLUTIONS: dict[str, Any] = {
    Resolution.SAME: _("Same person"),
    Resolution.SENT: _("Sent to the desk"),
}


def hour_of(at: datetime) -> str:
    """„9:12“, in Vilnius."""
    return f"{localtime(at):%H:%M}"


def refusal_text(why: str, check_list: CheckList) -> str:
    """Why a visitor is not admitted."""
    opening = check_list.opening
    facts = {"opens": short_datetime(opening.opens), "closes": short_datetime(opening.closes)}
    return str(REFUSALS[why]) % facts if why in REFUSALS else ""


def outcome_of(row: CheckIn) -> dict[str, Any]:
    """What a device learns about one of its scans."""
    answer: dict[str, Any] = {"outcome": row.outcome}
    if row.outcome == Outcome.REFUSED:
        answer["text"] = refusal_text(row.why, row.check_list)
    return answer


def place_of(row: CheckIn) -> str:
    """„9:12, B entrance“."""
    return ", ".join(filter(None, [hour_of(row.scanned_at), str(row.entrance or "")]))


def conflict_cards(event: Event, *, is_resolved: bool = False) -> list[dict[str, Any]]:
    """Seats that were used twice: who, where first, where again."""
    rows = progress.conflicts(event, is_resolved=is_resolved)
    names = _names(rows)
    return [_card(row, names) for row in rows]


def _card(row: CheckIn, names: dict[int, str]) -> dict[str, Any]:
    first = progress.counted_first(row)
    return {
        "row": row,
        "name": names.get(row.registration_id or 0, "–"),
        "list": str(row.check_list),
        "first": place_of(first) if first is not None else "",
        "again": place_of(row),
        "resolution": RESOLUTIONS.get(row.resolution, ""),
    }


def conflict_news(event: Event, check_list: CheckList) -> list[dict[str, Any]]:
    """Open conflicts of a list for a device, which knows the names itself."""
    rows = [row for row in progress.conflicts(event) if row.check_list_id == check_list.pk][:MOST_NEWS]
    return [
        {
            "nonce": row.nonce,
            "c": row.registration.entry_code,
            "first": place_of(first) if (first := progress.counted_first(row)) is not None else "",
            "again": place_of(row),
        }
        for row in rows
        if row.registration is not None
    ]


def refused_rows(event: Event) -> list[dict[str, Any]]:
    """Tickets that did not enter, with the reason."""
    rows = progress.refused(event)
    names = _names(rows)
    return [
        {
            "name": names.get(row.registration_id or 0, ""),
            "when": row.scanned_at,
            "place": str(row.entrance or ""),
            "list": str(row.check_list),
            "why": refusal_text(row.why, row.check_list),
        }
        for row in rows
    ]


def _names(rows: Sequence[CheckIn]) -> dict[int, str]:
    held = [row.registration for row in rows if row.registration is not None]
    return {key: shown_name(details) for key, details in details_by(held).items()}


def words() -> dict[str, str]:
    """What the page says by itself, with or without a network. Braces hold what is put in."""
    return {
        "entered": gettext("Checked in at {time}"),
        "part": gettext("{n} of {all} are in"),
        "twice": gettext("Already checked in"),
        "early": gettext("Too early: this list opens at {time}."),
        "over": gettext("This list is closed."),
        "list": gettext("Not registered for this session."),
        "unknown": gettext("Not on the list of this device"),
        "unknown_more": gettext(
            "The list was loaded at {time}. Search by name, or send the person to the desk."
        ),
        "refused": gettext("Does not enter"),
        "foreign": gettext("Not a ticket of ours"),
        "foreign_more": gettext("This code was not made by Sauga. Ask for the ticket in the email."),
        "undone": gettext("Undone"),
        "online": pgettext("check-in", "Online"),
        "offline": gettext("No network · {n}"),
        "unsent": gettext("Waiting to be sent: {n}"),
        "synced": gettext(
            "Last synchronised at {time}. Check-ins are kept on this device and sent as soon as there is a "
            "network; nothing has to be done."
        ),
        "removed": gettext(
            "The list of people was removed from this device. With a network it is loaded again."
        ),
        "kept": gettext("The list is removed from this device by {time}, and when you sign out."),
        "signed_out": gettext(
            "You are signed out. Sign in again: check-ins that were not sent are still on this device."
        ),
        "no_store": gettext("This browser keeps nothing: check in only while there is a network."),
        "no_camera": gettext("There is no camera, or it may not be used. Type the code or search by name."),
        "found": gettext("People found"),
        "nobody": gettext("Nobody found."),
        "more": gettext("More people are found. Type more letters."),
        "check_in": pgettext("check-in", "Check in"),
        "undo": pgettext("check-in", "Undo"),
        "check_in_who": gettext("Check in: {name}"),
        "undo_who": gettext("Undo: {name}"),
        "seats": gettext("seats: {n}"),
        "clash": gettext("This ticket was used twice"),
        "clash_more": gettext("First {first}, then {again}."),
        "same": gettext("Same person"),
        "sent": gettext("Sent to the desk"),
        "over_event": gettext("The event is over."),
    }


def photo_words() -> dict[str, dict[str, str]]:
    """The answers about photographs with their colours."""
    return {
        code: {"text": vocab.label("photo_consent", code), "colour": colour}
        for code, colour in COLOURS.items()
    }


def desk_section(event: object, _at: datetime) -> tuple[str, dict[str, object]] | None:
    """What the page of an event at the desk says about check-in."""
    if not isinstance(event, Event) or event.state == EventState.DRAFT:
        return None
    main = next((one for one in progress.lists_of(event) if one.is_main), None)
    if main is None:
        return None
    counts = progress.counts_of(main)
    return "events/checkin/desk/_section.html", {
        "event": event,
        "counts": counts,
        "opens": main.opening.opens,
        "conflicts": progress.conflict_count(event),
    }

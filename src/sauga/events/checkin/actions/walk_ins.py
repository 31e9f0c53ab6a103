"""A visitor without a ticket: registered and checked in at once, as long as a seat is free."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from sauga.events.checkin.actions.scans import Message, Sent, take
from sauga.events.checkin.models import CheckIn, CheckList, Entrance
from sauga.events.checkin.rules import Method
from sauga.events.registration.actions.registrations import RegistrationData, register_at_entrance
from sauga.events.registration.models import Registration, Ticket
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor


class ListClosed(ActionRefused):
    """No visitor is admitted by this list now."""

    messages = {
        "EARLY": _("The list is not open yet: nobody can be registered at the entrance."),
        "OVER": _("It is over."),
    }


def walk_in(
    *,
    by: Actor,
    ticket: Ticket,
    data: RegistrationData,
    check_list: CheckList,
    device: str,
    entrance: Entrance | None,
    at: datetime,
) -> tuple[Registration, CheckIn]:
    """Register and check in, once for each `data.sending`. Raises PermissionRefused, ListClosed, and what
    `register_at_entrance` raises."""
    why = check_list.opening.refusal(at)
    if why is not None:
        raise ListClosed(str(why))
    row = register_at_entrance(by=by, ticket=ticket, data=data, at=at)
    scan = Sent(
        nonce=data.sending,
        check_list=check_list,
        scanned=at,
        method=Method.WALK_IN,
        code=row.entry_code,
        groups=data.groups,
    )
    message = Message(device=device, sent=at, entrance=entrance, scans=[scan])
    check_in = take(by=by, event=ticket.event, message=message, at=at)[0]
    row.refresh_from_db()
    return row, check_in

"""What every action on a session shares: who acts, the audit entry, reports, the mail that follows."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import protection
from sauga.certification.permissions import Permission
from sauga.certification.sessions.models import Booking, SessionHeads, SessionReport
from sauga.certification.sessions.rules.agreement import wrong_heads
from sauga.certification.sessions.rules.codes import MOST_HEADS, Side
from sauga.certification.trail import SESSIONS, ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.i18n import typed_text
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, move

SEND_MAIL = "certification.send_session_mail"


class HeadsRefused(ActionRefused):
    """The numbers of people cannot be so."""

    messages = {
        "none": _("Write how many people, in at least one group."),
        "negative": _("Enter zero or more people in each group."),
        "absurd": _("More than %(most)s people in one group? Please check the number."),
    }
    field = "heads"

    def __init__(self, why: str) -> None:
        super().__init__(why, **({"most": MOST_HEADS} if why == "absurd" else {}))


def require_host(by: Actor) -> None:
    """Return if the actor holds the session's link. A member, an ambassador among them, and staff are
    refused: none of them confirms a session of their own. Raises PermissionRefused."""
    if isinstance(by, MemberActor):
        raise PermissionRefused(str(Permission.ASK_SESSION))
    require(by, Permission.ASK_SESSION)


def require_ambassador(by: Actor, ambassador: Ambassador | None) -> MemberActor:
    """The member who is this ambassador. Raises PermissionRefused."""
    if not isinstance(by, MemberActor) or ambassador is None or ambassador.member_id != by.member_id:
        raise PermissionRefused("certification.own")
    return by


def record(by: Actor, act: Trail, row: Booking, at: datetime, **facts: str | int | bool) -> None:
    """The audit line of an act, and the signal that refreshes open pages of the desk."""
    audit.record(by, act, row, zone=ZONE, at=at, facts=facts)
    live.signal(SESSIONS)


def move_booking(by: Actor, row: Booking, to: str, at: datetime, why: str = "") -> None:
    """Move a locked session, with its audit line; its calendar entry gets a new number."""
    move(row, to=to, by=by, at=at, why=why)
    row.number += 1
    row.save(update_fields=["number"])
    record(by, Trail.SESSION_MOVED, row, at, to=str(to), why=why)


def keep_report(
    by: Actor,
    row: Booking,
    side: Side,
    at: datetime,
    *,
    took_place: bool,
    heads: Mapping[str, int],
    rating: str = "",
    words: str = "",
) -> SessionReport:
    """Put this side's report in place of its former one. Raises HeadsRefused."""
    counted = {group: n for group, n in heads.items() if n} if took_place else {}
    if took_place and (wrong := wrong_heads(dict(heads), MOST_HEADS)):
        raise HeadsRefused(wrong)
    SessionReport.objects.filter(booking=row, side=side).delete()
    made = SessionReport(booking=row, side=side, took_place=took_place, rating=rating, at=at)
    if said := typed_text(words):
        made.words = protection.seal(protection.open_key(row), made, "words", said)
    made.save()
    SessionHeads.objects.bulk_create(
        SessionHeads(report=made, group=group, n=n) for group, n in counted.items()
    )
    record(by, Trail.REPORTED, row, at, side=str(side), heads=sum(counted.values()))
    return made


def send_mail(row: Booking, what: str, offer_id: int = 0) -> None:
    """Have a mail about the session sent once the transaction is through."""
    app.configure_task(SEND_MAIL, queue="mail").defer(booking_id=row.pk, what=what, offer_id=offer_id)

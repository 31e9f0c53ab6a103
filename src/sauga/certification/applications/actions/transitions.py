"""What every action on an ambassador shares: the audit entry, the guarded move, the mail that follows."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _
from procrastinate.contrib.django import app

from sauga.certification.applications.models import Ambassador
from sauga.certification.applications.queries import ambassadors, evidence
from sauga.certification.applications.rules import guards
from sauga.certification.applications.rules.guards import Bar, Other
from sauga.certification.programme.queries import versions
from sauga.certification.programme.rules.criteria import Standing
from sauga.certification.trail import CHANNEL, ZONE, Trail
from sauga.kernel import audit, live
from sauga.kernel.clock import local_day
from sauga.kernel.i18n import and_list
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members import MemberActor
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, MoveNotAllowed, move

SEND_MAIL = "certification.send_mail"


class CriteriaMissing(ActionRefused):
    """Criteria of the version are not met."""

    message = _("Not yet: %(criteria)s.")

    def __init__(self, ambassador: Ambassador, lacking: list[Standing]) -> None:
        texts = {one.code: one for one in versions.criteria_of(ambassador.programme)}
        self.codes = [one.criterion.code for one in lacking]
        super().__init__(criteria=lambda: and_list([texts[code].text for code in self.codes]))


class OtherFile(ActionRefused):
    """Another file of the same person stands against the move, or this one was replaced."""

    messages = {
        Bar.SUSPENDED: _(
            "Another certification of this person is suspended. The board decides about that one first."
        ),
        Bar.CERTIFIED: _("This person is certified by another file already."),
        Bar.REVOKED: _("A certification of this person was revoked later. Only the board certifies again."),
        Bar.ENDED: _("This certification was replaced or has ended; look for the present one."),
    }


def record(by: Actor, act: Trail, row: object, at: datetime, **facts: str | int | bool) -> None:
    """The audit line of an act, and the signal that refreshes open pages of the desk."""
    audit.record(by, act, row, zone=ZONE, at=at, facts=facts)
    live.signal(CHANNEL)


def lacking(row: Ambassador, to: str, at: datetime) -> list[Standing]:
    """The criteria that stand between an ambassador and a state."""
    criteria = versions.criteria_of(row.programme)
    return guards.lacking(
        row.state,
        to,
        row.level,
        [one.rule for one in criteria],
        evidence=evidence.evidence_of(row, criteria),
        on=local_day(at),
    )


def step(by: Actor, row: Ambassador, to: str, at: datetime, why: str = "") -> None:
    """Move a locked ambassador, if the table allows it, the level has such a step and every criterion that
    the move needs is met, and no other file of the same person stands against it. The only place where an
    ambassador moves.

    Raises MoveNotAllowed, OtherFile, CriteriaMissing.
    """
    if not row.state_tables["state"].allows(row.state, to) or not guards.is_for_level(
        row.state, to, row.level
    ):
        raise MoveNotAllowed(str(row.state), str(to))
    if against := _barred(row, to):
        raise OtherFile(against)
    if found := lacking(row, to, at):
        raise CriteriaMissing(row, found)
    move(row, to=to, by=by, at=at, why=why)
    record(by, Trail.MOVED, row, at, to=str(to), why=why)


def _barred(row: Ambassador, to: str) -> str:
    held = ambassadors.latest_certification(row)
    return guards.barred(
        row.state,
        to,
        ended_at=row.ended_at,
        certified_at=held.issued_at if held is not None else None,
        others=[Other(one.state, one.ended_at) for one in ambassadors.others_of(row)],
    )


def require_own(by: Actor, row: Ambassador) -> MemberActor:
    """The member whose application it is. Raises PermissionRefused for anybody else."""
    if not isinstance(by, MemberActor) or by.birth_month is not None or row.member_id != by.member_id:
        raise PermissionRefused("certification.own")
    return by


def send_mail(row: Ambassador, what: str) -> None:
    """Have a mail about the ambassador sent once the transaction is through."""
    app.configure_task(SEND_MAIL, queue="mail").defer(ambassador_id=row.pk, what=what)

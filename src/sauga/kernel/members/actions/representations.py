"""Who acts for which organisation: asked for by a member, confirmed by a member who acts for it already or by
staff, ended by either."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused, allowed, require
from sauga.kernel.members import jobs, protection
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Member, Representation, new_ref
from sauga.kernel.members.representation import confirmations, register
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor, lock, move

REASONS = {
    "NOT_KNOWN": _("The organisation does not know this person."),
    "WRONG_ORGANISATION": _("Another organisation is meant."),
    "NOT_ELIGIBLE": _("The organisation cannot take part."),
    "OTHER": _("Another reason; please write to us."),
}
"""Why a request was not confirmed: codes, so that no words about a person are stored."""


class AlreadyAsked(ActionRefused):
    """The member acts for the organisation already, or asked to."""

    message = _("You act for this organisation already, or have asked to.")
    field = "organisation"


class OrganisationMissing(ActionRefused):
    """Neither chosen nor named, or not in the register."""

    message = _("Write the name of an organisation of the register, or its code.")
    field = "organisation"


class ReasonUnknown(ActionRefused):
    """A refusal needs one of the reasons."""

    message = _("Choose a reason.")
    field = "reason"


class TooManyRequests(ActionRefused):
    """Five open requests are enough; nothing was stored."""

    message = _("Five requests are waiting already. Wait for an answer, or withdraw one.")


MOST_OPEN = 5
OPEN = (RepresentationState.ASKED, RepresentationState.CONFIRMED)
"""States in which a member may act for the organisation, now or after a decision."""


def ask_to_represent(
    *,
    by: MemberActor,
    organisation: Organisation | None,
    asked_name: str,
    purpose: str,
    wants_partner: bool,
    at: datetime,
) -> Representation:
    """Ask to act for an organisation of the register, or for one that is named because it is not there.

    With `wants_partner` the organisation asks to become a partner too, also where the member acts for it
    already. Raises OrganisationMissing, AlreadyAsked, TooManyRequests; PermissionRefused for young members.
    """
    if by.birth_month is not None:
        raise PermissionRefused("members.represent")
    named = " ".join(asked_name.split())
    if organisation is None and not named:
        raise OrganisationMissing
    if organisation is not None and not register.is_current(organisation, at):
        raise OrganisationMissing
    member = by.member
    if wants_partner and organisation is not None:
        held = _open_of(member, organisation).filter(wants_partner=False).first()
        if held is not None:
            return request_partnership(by=by, representation=held, purpose=purpose, at=at)
    row = Representation(
        ref=new_ref(),
        member=member,
        organisation=organisation,
        wants_partner=wants_partner,
        asked_at=at,
    )
    key = protection.open_key(member)
    row.asked_name = protection.seal(key, row, "asked_name", "" if organisation else named)
    row.purpose = protection.seal(key, row, "purpose", purpose.strip())
    try:
        with transaction.atomic():
            lock(member)
            if (
                Representation.objects.filter(member=member, state=RepresentationState.ASKED).count()
                >= MOST_OPEN
            ):
                raise TooManyRequests
            row.save()
            _record(by, Trail.REPRESENTATION_ASKED, row, at)
    except IntegrityError:
        raise AlreadyAsked from None
    return row


def request_partnership(
    *, by: MemberActor, representation: Representation, purpose: str, at: datetime
) -> Representation:
    """Ask that the organisation becomes a partner; staff decide.

    Raises AlreadyAsked; PermissionRefused for a representation of another member or one that is over.
    """
    if representation.member_id != by.member_id:
        raise PermissionRefused("members.represent")
    key = protection.open_key(by.member)
    with transaction.atomic():
        row = lock(representation)
        if row.state not in OPEN:
            raise PermissionRefused("members.represent")
        if row.wants_partner:
            raise AlreadyAsked
        row.wants_partner = True
        row.purpose = protection.seal(key, row, "purpose", purpose.strip())
        row.save(update_fields=["wants_partner", "purpose"])
        _record(by, Trail.PARTNERSHIP_ASKED, row, at)
    return row


def settle_partnership(*, by: Actor, organisation: Organisation, is_partner: bool, at: datetime) -> int:
    """Answer the requests of an organisation to become a partner, of everybody who acts for it. Returns how
    many members are sent the answer.

    A member who only asks to act for it keeps the request until that is decided. Raises PermissionRefused.
    """
    require(by, Permission.DECIDE_REQUEST)
    with transaction.atomic():
        rows = list(
            Representation.objects.select_for_update().filter(
                organisation=organisation, state=RepresentationState.CONFIRMED, wants_partner=True
            )
        )
        job = jobs.Job.SEND_PARTNER if is_partner else jobs.Job.SEND_NO_PARTNER
        for row in rows:
            row.wants_partner = False
            row.save(update_fields=["wants_partner"])
            _record(by, Trail.PARTNERSHIP_SETTLED, row, at, is_partner=is_partner)
            jobs.defer(job, representation_id=row.pk)
    return len(rows)


def confirm_representation(
    *,
    by: Actor,
    representation: Representation,
    organisation: Organisation | None = None,
    only_person: bool = False,
    at: datetime,
) -> None:
    """Confirm that the member acts for the organisation. Where the member named one that was not in the
    register, staff say which it is. Services react in the same transaction (`confirmations`).

    With `only_person` a request to become a partner is answered with no.

    Raises PermissionRefused, OrganisationMissing, AlreadyAsked, MoveNotAllowed, and what a service refuses.
    """
    require_decider(by, representation)
    with transaction.atomic():
        row = lock(representation)
        if row.organisation is None:
            if organisation is None or not register.is_current(organisation, at):
                raise OrganisationMissing
            if _open_of(row.member, organisation).exists():
                raise AlreadyAsked
            row.organisation = organisation
            row.save(update_fields=["organisation"])
        if only_person and row.wants_partner:
            row.wants_partner = False
            row.save(update_fields=["wants_partner"])
        _decide(by, row, RepresentationState.CONFIRMED, Trail.REPRESENTATION_CONFIRMED, at, says_so=False)
        if not confirmations.announce(by=by, representation=row, at=at):
            jobs.defer(jobs.Job.SEND_DECISION, representation_id=row.pk)


def refuse_representation(*, by: Actor, representation: Representation, reason: str, at: datetime) -> None:
    """Do not confirm, with a reason. Raises PermissionRefused, ReasonUnknown, MoveNotAllowed."""
    require_decider(by, representation)
    if reason not in REASONS:
        raise ReasonUnknown
    with transaction.atomic():
        row = lock(representation)
        row.reason = reason
        row.save(update_fields=["reason"])
        _decide(by, row, RepresentationState.REFUSED, Trail.REPRESENTATION_REFUSED, at)


def withdraw_request(*, by: MemberActor, representation: Representation, at: datetime) -> None:
    """The member withdraws the own request. Raises PermissionRefused, MoveNotAllowed."""
    if representation.member_id != by.member_id:
        raise PermissionRefused("members.represent")
    with transaction.atomic():
        row = lock(representation)
        move(row, to=RepresentationState.WITHDRAWN, by=by, at=at)
        _record(by, Trail.REPRESENTATION_WITHDRAWN, row, at)


def end_representation(*, by: Actor, representation: Representation, at: datetime) -> None:
    """The member leaves, or the organisation or staff end it. Raises PermissionRefused, MoveNotAllowed."""
    is_own = isinstance(by, MemberActor) and representation.member_id == by.member_id
    if not is_own:
        require_decider(by, representation)
    with transaction.atomic():
        _decide(
            by,
            lock(representation),
            RepresentationState.ENDED,
            Trail.REPRESENTATION_ENDED,
            at,
            says_so=not is_own,
        )


def may_decide(by: Actor, row: Representation) -> bool:
    """Whether the actor may confirm, refuse or end this: staff with the permission, or another member who
    acts for the same organisation."""
    if isinstance(by, MemberActor):
        return (
            row.organisation_id is not None
            and row.member_id != by.member_id
            and Representation.objects.filter(
                member_id=by.member_id,
                organisation_id=row.organisation_id,
                state=RepresentationState.CONFIRMED,
            ).exists()
        )
    return allowed(by, Permission.DECIDE_REQUEST)


def require_decider(by: Actor, row: Representation) -> None:
    """Pass in silence or raise PermissionRefused."""
    if not may_decide(by, row):
        raise PermissionRefused(str(Permission.DECIDE_REQUEST))


def _decide(
    by: Actor,
    row: Representation,
    state: RepresentationState,
    act: Trail,
    at: datetime,
    *,
    says_so: bool = True,
) -> None:
    row.decided_by, row.decided_at = by.pseudonym, at
    row.save(update_fields=["decided_by", "decided_at"])
    move(row, to=state, by=by, at=at)
    _record(by, act, row, at)
    if says_so:
        jobs.defer(jobs.Job.SEND_DECISION, representation_id=row.pk)


def _record(by: Actor, act: Trail, row: Representation, at: datetime, **facts: bool) -> None:
    code = row.organisation.code if row.organisation else ""
    audit.record(by, act, row, zone=ZONE, at=at, facts={"organisation": code, **facts})


def _open_of(member: Member, organisation: Organisation) -> "QuerySet[Representation]":
    return Representation.objects.filter(member=member, organisation=organisation, state__in=OPEN)

"""Inviting a person to be a member who acts for an organisation: for people whom the centre knows by their
address already. Everybody else makes the account by signing in."""

from datetime import datetime

from django.db import IntegrityError, transaction

from sauga.kernel import audit
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import PermissionRefused, require
from sauga.kernel.members import jobs, protection
from sauga.kernel.members.actions.signin import new_member
from sauga.kernel.members.models import Member, Representation, new_ref
from sauga.kernel.members.representation import confirmations
from sauga.kernel.members.rules import Permission
from sauga.kernel.members.states import RepresentationState
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import Actor, lock, move


def invite_representative(
    *, by: Actor, address: str, name: str, language: str, organisation: Organisation, at: datetime
) -> Representation:
    """Let the owner of an address act for an organisation, and send a mail that says where to sign in.

    The account is made where the address has none; an open request of its owner is confirmed. A member who
    acts for the organisation already gets no second mail. Raises PermissionRefused, also for young members.
    """
    require(by, Permission.INVITE)
    with transaction.atomic():
        member = _member(by, address=address, name=name, language=language, at=at)
        if member.is_young:
            raise PermissionRefused("members.represent")
        lock(member)
        held = Representation.objects.filter(
            member=member,
            organisation=organisation,
            state__in=[RepresentationState.ASKED, RepresentationState.CONFIRMED],
        ).first()
        if held is not None and held.state == RepresentationState.CONFIRMED:
            return held
        row = held or Representation.objects.create(
            ref=new_ref(), member=member, organisation=organisation, asked_at=at
        )
        row.decided_by, row.decided_at = by.pseudonym, at
        row.save(update_fields=["decided_by", "decided_at"])
        move(row, to=RepresentationState.CONFIRMED, by=by, at=at)
        facts = {"organisation": organisation.code}
        audit.record(by, Trail.REPRESENTATIVE_INVITED, row, zone=ZONE, at=at, facts=facts)
        confirmations.announce(by=by, representation=row, at=at)
        jobs.defer(jobs.Job.SEND_INVITATION, representation_id=row.pk)
        return row


def _member(by: Actor, *, address: str, name: str, language: str, at: datetime) -> Member:
    """The member with this address, made where there is none."""
    normal = normal_address(address)
    row = new_member(address=normal, language=language, at=at)
    held = Member.objects.filter(lookup=row.lookup).first()
    if held is not None:
        return held
    prepared = protection.prepare_key(row.holder)
    row.address = protection.seal(prepared.key, row, "address", normal)
    row.name = protection.seal(prepared.key, row, "name", " ".join(name.split()))
    try:
        with transaction.atomic():
            prepared.store()
            row.save()
            audit.record(by, Trail.ACCOUNT_CREATED, row.pseudonym, zone=ZONE, at=at)
    except IntegrityError:  # the owner signed in for the first time at the same moment
        return Member.objects.get(lookup=row.lookup)
    return row

"""Consents given and withdrawn by members and guardians, and the invitation of a young member.

A child's account exists only by invitation. The guardian sees what was consented to, never what the child
wrote or said.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, clock
from sauga.kernel.i18n.normal import normal_address
from sauga.kernel.identity import require
from sauga.kernel.members import consents, jobs, protection, rules
from sauga.kernel.members.actions.signin import new_member
from sauga.kernel.members.actors import MemberActor
from sauga.kernel.members.models import Consent, Guardian, Member, new_ref
from sauga.kernel.members.trail import ZONE, Trail
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import Actor

GUARDIAN_LASTS = timedelta(days=366)


class PurposeNotOffered(ActionRefused):
    """The purpose does not exist here, or is not meant for this member."""

    message = _("This consent is not asked of you.")


class VersionChanged(ActionRefused):
    """The text was changed after the page was opened: nobody agrees to words that were not shown."""

    message = _("The text has changed meanwhile. Read the new one, then decide.")


class AddressTaken(ActionRefused):
    """The address has an account."""

    message = _("This address has an account already.")
    field = "address"


class NotYoung(ActionRefused):
    """The month of birth belongs to no child."""

    message = _("Young members are under 18.")
    field = "birth_month"


def give_consent(*, by: MemberActor, purpose: str, version: int, at: datetime) -> Consent:
    """The member agrees to the words shown. Raises PurposeNotOffered, VersionChanged."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.member_id)
        return _give(by, member, purpose, version, party=Consent.Party.SELF, at=at)


def give_as_guardian(*, by: Actor, guardian: Guardian, purpose: str, version: int, at: datetime) -> Consent:
    """The guardian agrees, by the signed link. Raises PurposeNotOffered, VersionChanged."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=guardian.member_id)
        return _give(by, member, purpose, version, party=Consent.Party.GUARDIAN, at=at)


def withdraw_consent(*, by: MemberActor, purpose: str, at: datetime) -> None:
    """The member withdraws, in one step. Nothing when there is no consent. Raises PurposeNotOffered."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.member_id)
        _withdraw(by, member, purpose, Consent.Party.SELF, at)


def withdraw_as_guardian(*, by: Actor, guardian: Guardian, purpose: str, at: datetime) -> None:
    """The guardian withdraws by the signed link; the young member is told. Raises PurposeNotOffered."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=guardian.member_id)
        if _withdraw(by, member, purpose, Consent.Party.GUARDIAN, at):
            jobs.defer(jobs.Job.SEND_WITHDRAWAL, member_id=member.pk)


def invite_young_member(
    *,
    by: Actor,
    address: str,
    name: str,
    birth_month: date,
    guardian_address: str,
    language: str,
    purpose: str,
    at: datetime,
) -> Member:
    """Make the account of somebody under 18 and, under 14, ask the guardian by a signed link.

    Nothing is effective before everybody whose consent it takes has given it. Raises PurposeNotOffered,
    AddressTaken, NotYoung.
    """
    require(by, rules.Permission.INVITE_YOUNG)
    row = new_member(address=normal_address(address), language=language, at=at)
    row.birth_month = birth_month.replace(day=1)
    today = at.astimezone(clock.VILNIUS).date()
    if birth_month > today or not row.is_under(rules.FULL_AGE, today):
        raise NotYoung
    _offered(row, purpose)
    prepared = protection.prepare_key(row.holder)
    row.address = protection.seal(prepared.key, row, "address", normal_address(address))
    row.name = protection.seal(prepared.key, row, "name", " ".join(name.split()))
    guardian = Guardian(ref=new_ref(), member=row, language=language, expires_at=at + GUARDIAN_LASTS)
    guardian.address = protection.seal(prepared.key, guardian, "address", guardian_address.strip())
    try:
        with transaction.atomic():
            prepared.store()
            row.save()
            guardian.member = row
            guardian.save()
            facts = {"purpose": purpose}
            audit.record(by, Trail.YOUNG_MEMBER_INVITED, row.pseudonym, zone=ZONE, at=at, facts=facts)
            jobs.defer(jobs.Job.SEND_GUARDIAN, guardian_id=guardian.pk)
    except IntegrityError:
        raise AddressTaken from None
    return row


def _offered(member: Member, code: str) -> consents.Purpose:
    try:
        purpose = consents.find(code)
    except consents.UnknownPurpose:
        raise PurposeNotOffered from None
    if purpose.for_young != member.is_young:
        raise PurposeNotOffered
    return purpose


def _give(
    by: Actor, member: Member, code: str, version: int, *, party: Consent.Party, at: datetime
) -> Consent:
    purpose = _offered(member, code)
    if version != purpose.version:
        raise VersionChanged
    standing = Consent.objects.standing().filter(member=member, purpose=code, given_by=party).first()
    on = at.astimezone(clock.VILNIUS).date()
    if standing is not None:
        given_on = standing.given_at.astimezone(clock.VILNIUS).date()
        is_grown = member.is_under(rules.CONSENT_AGE, given_on) and not member.is_under(rules.CONSENT_AGE, on)
        if standing.version == version and not is_grown:
            return standing
        standing.withdrawn_at, standing.withdrawn_by = at, party
        standing.save(update_fields=["withdrawn_at", "withdrawn_by"])
    is_self = party == Consent.Party.SELF
    row = Consent.objects.create(
        member=member,
        purpose=code,
        version=version,
        given_by=party,
        evidence=Consent.Evidence.SIGNED_IN if is_self else Consent.Evidence.SIGNED_LINK,
        digest=purpose.digest(version, get_language() or member.language),
        given_at=at,
    )
    facts: dict[str, str | int] = {"purpose": code, "version": version, "given_by": str(party)}
    audit.record(by, Trail.CONSENT_GIVEN, member.pseudonym, zone=ZONE, at=at, facts=facts)
    return row


def _withdraw(by: Actor, member: Member, code: str, party: Consent.Party, at: datetime) -> bool:
    purpose = _offered(member, code)
    standing = Consent.objects.standing().filter(member=member, purpose=code, given_by=party)
    if not standing.update(withdrawn_at=at, withdrawn_by=party):
        return False
    purpose.on_withdrawal(member, at)
    facts = {"purpose": code, "given_by": str(party)}
    audit.record(by, Trail.CONSENT_WITHDRAWN, member.pseudonym, zone=ZONE, at=at, facts=facts)
    return True

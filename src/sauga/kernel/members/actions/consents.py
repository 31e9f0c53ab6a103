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
    """The text was changed after the page was opened: one cannot agree to words that were not shown."""

    message = _("The text has changed meanwhile. Read the new one, then decide.")


class AddressTaken(ActionRefused):
    """The address has an account."""

    message = _("This address has an account already.")
    field = "address"


class NotYoung(ActionRefused):
    """The month of birth belongs to no child."""

    message = _("Young members are under 18.")
    field = "birth_month"


def give_consent(*, by: MemberActor, purpose: str, version: int, at: datetime, layer: str = "") -> Consent:
    """The member agrees to the words shown, those of a layer. Raises PurposeNotOffered, VersionChanged."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=by.member_id)
        return _give(by, member, purpose, version, party=Consent.Party.SELF, at=at, layer=layer)


def give_as_guardian(*, by: Actor, guardian: Guardian, purpose: str, version: int, at: datetime) -> Consent:
    """The guardian agrees, by the signed link. Raises PurposeNotOffered, VersionChanged."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=guardian.member_id)
        return _give(by, member, purpose, version, party=Consent.Party.GUARDIAN, at=at)


def refuse_as_guardian(*, by: Actor, guardian: Guardian, purpose: str, at: datetime) -> None:
    """The guardian says no, by the signed link; what stood is withdrawn. Twice changes nothing, and a later
    yes counts. Raises PurposeNotOffered."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=guardian.member_id)
        asked = _offered(member, purpose)
        row = Guardian.objects.select_for_update().get(pk=guardian.pk)
        if purpose in row.refused:
            return
        row.refused = {**row.refused, purpose: at.isoformat()}
        row.save(update_fields=["refused"])
        audit.record(
            by, Trail.CONSENT_REFUSED, member.pseudonym, zone=ZONE, at=at, facts={"purpose": purpose}
        )
        if _withdraw(by, member, purpose, Consent.Party.GUARDIAN, at):
            jobs.defer(jobs.Job.SEND_WITHDRAWAL, member_id=member.pk)
        asked.on_refusal(member, at)


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
    asks_guardian: bool = True,
    child: str = "",
    inviter: str = "",
) -> Member:
    """Make the account of a member under 18 and, under 14, ask the guardian by a signed link; later
    (`ask_guardian`) where `asks_guardian` says so.

    The guardian is told the first letter of `child`, the year of birth, and who the `inviter` is. A member
    without an address signs in by a card (`cards.give_card`). Nothing is effective before everybody
    whose consent it takes has given it. Raises PurposeNotOffered, AddressTaken, NotYoung.
    """
    require(by, rules.Permission.INVITE_YOUNG)
    ref, normal = new_ref(), normal_address(address)
    row = new_member(address=normal or f"card:{ref}", language=language, at=at)
    row.ref = ref
    prepared = protection.prepare_key(row.holder)
    protection.seal_birth_month(prepared.key, row, birth_month)
    _check_young(row, birth_month, clock.local_day(at))
    _offered(row, purpose)
    if address:
        row.address = protection.seal(prepared.key, row, "address", normal)
    row.name = protection.seal(prepared.key, row, "name", " ".join(name.split()))
    guardian = Guardian(ref=new_ref(), member=row, language=language, expires_at=at + GUARDIAN_LASTS)
    guardian.address = protection.seal(prepared.key, guardian, "address", guardian_address.strip())
    protection.seal_child(prepared.key, guardian, child or name, inviter)
    try:
        with transaction.atomic():
            prepared.store()
            row.save()
            facts = {"purpose": purpose}
            audit.record(by, Trail.YOUNG_MEMBER_INVITED, row.pseudonym, zone=ZONE, at=at, facts=facts)
            if guardian_address:
                guardian.member = row
                guardian.save()
                if asks_guardian:
                    jobs.defer(jobs.Job.SEND_GUARDIAN, guardian_id=guardian.pk)
    except IntegrityError:
        raise AddressTaken from None
    return row


def _check_young(row: Member, birth_month: date, today: date) -> None:
    """Raise NotYoung where the month of birth is to come, or the member is 18 already."""
    if birth_month > today or not row.is_under(rules.FULL_AGE, today):
        raise NotYoung


def ask_guardian(*, by: Actor, member: Member, at: datetime) -> bool:
    """Mail the guardian a link to the page of consents, valid for a year from now. False where no guardian is
    known."""
    require(by, rules.Permission.INVITE_YOUNG)
    with transaction.atomic():
        row = Guardian.objects.select_for_update().filter(member=member).first()
        if row is None:
            return False
        row.expires_at = at + GUARDIAN_LASTS
        row.save(update_fields=["expires_at"])
        audit.record(by, Trail.GUARDIAN_ASKED, member.pseudonym, zone=ZONE, at=at)
        jobs.defer(jobs.Job.SEND_GUARDIAN, guardian_id=row.pk)
    return True


def tell_guardian_at_14(*, by: Actor, member: Member, at: datetime) -> bool:
    """Mail the guardian that the child decides alone soon; the caller sees to it that it is done once. False
    where no guardian is known."""
    require(by, rules.Permission.INVITE_YOUNG)
    with transaction.atomic():
        row = Guardian.objects.select_for_update().filter(member=member).first()
        if row is None:
            return False
        row.expires_at = max(row.expires_at, at + GUARDIAN_LASTS)
        row.save(update_fields=["expires_at"])
        audit.record(by, Trail.GUARDIAN_TOLD, member.pseudonym, zone=ZONE, at=at)
        jobs.defer(jobs.Job.SEND_GUARDIAN_14, guardian_id=row.pk)
    return True


def withdraw_all_as_guardian(*, by: Actor, guardian: Guardian, at: datetime) -> None:
    """The guardian withdraws everything by one press; the young member is told."""
    with transaction.atomic():
        member = Member.objects.select_for_update().get(pk=guardian.member_id)
        party = Consent.Party.GUARDIAN
        standing = Consent.objects.standing().filter(member=member, given_by=party).order_by("purpose")
        codes = list(standing.values_list("purpose", flat=True))
        if any([_withdraw(by, member, code, party, at) for code in codes]):
            jobs.defer(jobs.Job.SEND_WITHDRAWAL, member_id=member.pk)


def _offered(member: Member, code: str) -> consents.Purpose:
    try:
        purpose = consents.find(code)
    except consents.UnknownPurpose:
        raise PurposeNotOffered from None
    if purpose.for_young != member.is_young or purpose.is_over(member):
        raise PurposeNotOffered
    return purpose


def _give(
    by: Actor,
    member: Member,
    code: str,
    version: int,
    *,
    party: Consent.Party,
    at: datetime,
    layer: str = "",
) -> Consent:
    purpose = _offered(member, code)
    if version != purpose.version:
        raise VersionChanged
    standing = Consent.objects.standing().filter(member=member, purpose=code, given_by=party).first()
    on = at.astimezone(clock.VILNIUS).date()
    if standing is not None:
        given_on = standing.given_at.astimezone(clock.VILNIUS).date()
        is_grown = rules.is_asked_again(member, on) and not rules.is_asked_again(member, given_on)
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
        digest=purpose.digest(version, get_language() or member.language, layer),
        given_at=at,
    )
    if not is_self:
        _take_back_refusal(member, code)
    facts: dict[str, str | int] = {"purpose": code, "version": version, "given_by": str(party)}
    audit.record(by, Trail.CONSENT_GIVEN, member.pseudonym, zone=ZONE, at=at, facts=facts)
    purpose.on_given(member, at)
    return row


def _take_back_refusal(member: Member, code: str) -> None:
    row = Guardian.objects.select_for_update().filter(member=member).first()
    if row is not None and code in row.refused:
        row.refused = {held: when for held, when in row.refused.items() if held != code}
        row.save(update_fields=["refused"])


def _withdraw(by: Actor, member: Member, code: str, party: Consent.Party, at: datetime) -> bool:
    try:
        purpose = consents.find(code)
    except consents.UnknownPurpose:
        raise PurposeNotOffered from None
    standing = Consent.objects.standing().filter(member=member, purpose=code, given_by=party)
    if not standing.update(withdrawn_at=at, withdrawn_by=party):
        return False
    purpose.on_withdrawal(member, at)
    facts = {"purpose": code, "given_by": str(party)}
    audit.record(by, Trail.CONSENT_WITHDRAWN, member.pseudonym, zone=ZONE, at=at, facts=facts)
    return True

"""Nominating a young person, by the school or organisation itself or at the desk; the school's word that the
guardian is the guardian; asking for consent."""

import secrets
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live, vocab
from sauga.kernel.clock import local_day
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.members import MemberActor, acts_for
from sauga.kernel.members.actions import cards, consents
from sauga.kernel.notifications import notify
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor, lock, move
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.models import Member, new_ref
from sauga.panel.members.queries import adults, members, protection
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules import ages
from sauga.panel.members.rules.purposes import PANEL, TAKE_PART
from sauga.panel.permissions import Permission
from sauga.panel.states import SIGNS_IN, MemberState
from sauga.panel.trail import MEMBERS_CHANNEL, ZONE, Trail

NAMES_POLICY = "policy.panel_pseudonyms"
ACCOUNTS = SystemActor(PANEL)
"""Makes and ends accounts of young members, after the action that calls it has asked who may."""


class AgeUnfit(ActionRefused):
    """The panel is for people aged 12 to 17."""

    message = _("Members are 12 to 17 years old.")
    field = "birth_month"


class GuardianMissing(ActionRefused):
    """Under 14 the guardian decides as well, so we must be able to ask."""

    message = _("Under 14 the guardian decides as well: an email address of the guardian is needed.")
    field = "guardian_address"


class NameMissing(ActionRefused):
    """We must know whom we meet."""

    message = _("Write the name of the young person.")
    field = "name"


def nominate(
    *,
    by: PersonActor | MemberActor,
    organisation: Organisation,
    identity: Identity,
    birth_month: date,
    guardian_address: str,
    language: str,
    is_confirmed: bool,
    at: datetime,
) -> Member:
    """A school or an organisation proposes a young person. No one is asked before a facilitator has looked.

    `is_confirmed`: the school says that the address belongs to the guardian. Raises AgeUnfit,
    GuardianMissing, NameMissing.
    """
    _may_nominate(by, organisation)
    born, address = birth_month.replace(day=1), guardian_address.strip()
    _check(identity, born, address, local_day(at))
    row = Member(ref=new_ref(), language=language, nominated_at=at, has_guardian=bool(address))
    prepared = protection.seal_identity(row, identity)
    with transaction.atomic():
        row.pseudonym = _free_name()
        row.account = consents.invite_young_member(
            by=ACCOUNTS,
            address="",
            name=row.pseudonym,
            birth_month=born,
            guardian_address=address,
            language=language,
            purpose=TAKE_PART,
            at=at,
            asks_guardian=False,
            child=identity.name,
            inviter=organisation.name_at(at),
        )
        prepared.store()
        protection.seal_school(row, organisation)
        row.save()
        who = "STAFF" if isinstance(by, PersonActor) else "ORGANISATION"
        audit.record(by, Trail.NOMINATED, row, zone=ZONE, at=at, facts={"by": who})
        if isinstance(by, PersonActor):
            adult_acts.record(by=by, what="NOMINATED", member=row, at=at)
        else:
            link = f"/desk/panel/members/{row.ref}/"
            notify(to="PANEL_FACILITATOR", template="panel.nominated", link=link, at=at)
        if is_confirmed:
            _confirm(by, row, at)
        live.signal(MEMBERS_CHANNEL)
    return row


def _check(identity: Identity, born: date, guardian_address: str, today: date) -> None:
    """Raise AgeUnfit, GuardianMissing or NameMissing where the nomination is not complete."""
    if not ages.is_of_age(born, today):
        raise AgeUnfit
    if ages.is_under(born, ages.CONSENT_AGE, today) and not guardian_address:
        raise GuardianMissing
    if not identity.name.strip():
        raise NameMissing


def confirm_guardian(*, by: PersonActor | MemberActor, member: Member, at: datetime) -> None:
    """The school confirms that the address is the guardian's: by itself, or a facilitator who asked it. Twice
    changes nothing."""
    school = protection.school_of(member)
    if school is None:
        raise PermissionRefused(Permission.MANAGE_MEMBERS)
    _may_nominate(by, school)
    with transaction.atomic():
        row = lock(member)
        if row.confirmed_at is None:
            _confirm(by, row, at)
            settle(by=by, member=row, at=at)


def ask_consent(*, by: PersonActor, member: Member, at: datetime) -> None:
    """Accept the nomination: the guardian gets a signed link, if there is one, and the young person can be
    given a card. Raises MoveNotAllowed."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        row = lock(member)
        move(row, to=MemberState.CONSENTING, by=by, at=at)
        moved(by, row, at)
        _ask_guardian(by, row, at)


def ask_guardian_again(*, by: PersonActor, member: Member, at: datetime) -> None:
    """Send the guardian a new link, when the former was lost or is over."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        _ask_guardian(by, lock(member), at)


def settle(*, by: PersonActor | MemberActor | SystemActor, member: Member, at: datetime) -> None:
    """Whatever was missing is there: a young person who was waiting for consents is welcomed next, a member
    who was paused because of them takes part again."""
    is_complete = member.confirmed_at is not None or not member.has_guardian
    if member.state == MemberState.CONSENTING and is_complete and members.consents_to(member, TAKE_PART, at):
        move(member, to=MemberState.INDUCTED, by=by, at=at)
        moved(by, member, at)
        notify(
            to="PANEL_FACILITATOR",
            template="panel.to_welcome",
            link=f"/desk/panel/members/{member.ref}/",
            at=at,
        )


def moved(by: PersonActor | MemberActor | SystemActor, member: Member, at: datetime, why: str = "") -> None:
    """What every move leaves behind: a line in the audit log, an act of an adult, pages that are renewed."""
    facts = {"to": str(member.state), **({"why": why} if why else {})}
    audit.record(by, Trail.MOVED, member, zone=ZONE, at=at, facts=facts)
    if isinstance(by, PersonActor):
        adult_acts.record(by=by, what=f"MOVED_{member.state}", member=member, at=at)
    live.signal(MEMBERS_CHANNEL)


def give_card(*, by: PersonActor, member: Member, at: datetime) -> str:
    """A new sign-in card: its code, to be shown once. The former card and every session end. Raises
    CardNotNow."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        row = lock(member)
        if row.account is None or row.state not in CARD_STATES:
            raise CardNotNow
        code = cards.give_card(by=ACCOUNTS, member=row.account, at=at)
        audit.record(by, Trail.CARD_GIVEN, row, zone=ZONE, at=at)
        adult_acts.record(by=by, what=adults.GAVE_CARD, member=row, at=at)
    return code


CARD_STATES = SIGNS_IN


class CardNotNow(ActionRefused):
    """Cards are for members who may sign in: from the question for consent until the end."""

    message = _("A card can be given once consent has been asked for, and until the member leaves.")


def _may_nominate(by: PersonActor | MemberActor, organisation: Organisation) -> None:
    if isinstance(by, PersonActor):
        require(by, Permission.MANAGE_MEMBERS)
    elif not acts_for(by, organisation.pk):
        raise PermissionRefused(Permission.MANAGE_MEMBERS)


def _confirm(by: PersonActor | MemberActor, row: Member, at: datetime) -> None:
    row.confirmed_at = at
    row.save(update_fields=["confirmed_at"])
    who = "STAFF" if isinstance(by, PersonActor) else "ORGANISATION"
    audit.record(by, Trail.GUARDIAN_CONFIRMED, row, zone=ZONE, at=at, facts={"by": who})
    if isinstance(by, PersonActor):
        adult_acts.record(by=by, what="CONFIRMED_GUARDIAN", member=row, at=at)


def _ask_guardian(by: PersonActor, row: Member, at: datetime) -> None:
    if row.account is not None and consents.ask_guardian(by=ACCOUNTS, member=row.account, at=at):
        audit.record(by, Trail.GUARDIAN_ASKED, row, zone=ZONE, at=at)
        adult_acts.record(by=by, what="ASKED_GUARDIAN", member=row, at=at)


def _free_name() -> str:
    """A free pseudonym, drawn at random; with a number once all are taken."""
    names: list[str] = list(vocab.policy(NAMES_POLICY)["names"])
    taken = members.taken_names()
    free = [name for name in names if name not in taken]
    if free:
        return secrets.choice(free)
    return next(f"{name} {n}" for n in range(2, 1000) for name in names if f"{name} {n}" not in taken)


def free_names(n: int = 6) -> list[str]:
    """Some pseudonyms to choose from."""
    taken = members.taken_names()
    free = [name for name in vocab.policy(NAMES_POLICY)["names"] if name not in taken]
    return secrets.SystemRandom().sample(free, min(n, len(free)))

"""A member's way: assent, welcome, pause, coming back, leaving; and who a member is, opened by an adult."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actions import cards, consents
from sauga.kernel.members.consents import find
from sauga.kernel.members.models import Member as Account
from sauga.kernel.notifications import notify
from sauga.kernel.refusals import ActionRefused, ReasonMissing, Text
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import SystemActor, lock, move
from sauga.panel.effects import hooks
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.actions.nominations import ACCOUNTS, free_names, moved, settle
from sauga.panel.members.models import Member
from sauga.panel.members.queries import members, protection
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules.ages import age_layer
from sauga.panel.members.rules.purposes import (
    ALL,
    ASK_AGAIN,
    FACILITATOR,
    OWN_WISH,
    SAFETY,
    TAKE_PART,
)
from sauga.panel.permissions import Permission
from sauga.panel.states import ENDED, MemberState
from sauga.panel.trail import ZONE, Trail

WITHDRAWN = SystemActor("panel")


class NotYours(ActionRefused):
    """The account is no member of the panel any more."""

    message = _("You are not a member of the panel any more.")


class NameTaken(ActionRefused):
    """Another member has the pseudonym."""

    message = _("Somebody has this name already. Choose another one.")
    field = "pseudonym"


class ConsentMissing(ActionRefused):
    """A person whose consent it takes has not given it."""

    message = _("A consent is missing. The member can take part once it is there.")


# What the member does
def assent(*, by: MemberActor, purposes: Collection[str], version: int, at: datetime, name: str = "") -> None:
    """The member says yes, in the words for the own age, to taking part and to whatever else was ticked.

    A pseudonym may be chosen at the same time. Raises NameTaken, PurposeNotOffered, VersionChanged.
    """
    with transaction.atomic():
        row = _own(by)
        if name and name != row.pseudonym:
            _rename(by, row, name)
        for purpose in dict.fromkeys([TAKE_PART, *purposes]):
            if purpose in ALL:
                shown = version if purpose == TAKE_PART else find(purpose).version
                consents.give_consent(by=by, purpose=purpose, version=shown, at=at, layer=age_layer(row, at))


def give(*, by: MemberActor, purpose: str, version: int, at: datetime) -> None:
    """The member says yes to one thing. Raises PurposeNotOffered, VersionChanged."""
    with transaction.atomic():
        row = _own(by)
        consents.give_consent(by=by, purpose=purpose, version=version, at=at, layer=age_layer(row, at))


def withdraw(*, by: MemberActor, purpose: str, at: datetime) -> None:
    """The member says no after all, in one step; to taking part: the member leaves at once."""
    with transaction.atomic():
        _own(by)
        consents.withdraw_consent(by=by, purpose=purpose, at=at)


def pause_myself(*, by: MemberActor, at: datetime) -> None:
    """The member takes a break. Raises MoveNotAllowed."""
    with transaction.atomic():
        _pause(by, _own(by), OWN_WISH, at)


def come_back(*, by: MemberActor, at: datetime) -> None:
    """The member ends the own break. Raises ConsentMissing, MoveNotAllowed, NotYours for another pause."""
    with transaction.atomic():
        row = _own(by)
        if row.paused_why != OWN_WISH:
            raise NotYours
        _resume(by, row, at)


# What consents cause (`kernel.members.consents.Purpose`)
def consent_given(account: Account, at: datetime) -> None:
    """A person agreed to taking part: whatever waited for it goes on."""
    row = _of(account)
    if row is None:
        return
    if row.state == MemberState.DECLINED and not members.is_declined(row, at):
        move(row, to=MemberState.CONSENTING, by=WITHDRAWN, at=at)
        moved(WITHDRAWN, row, at)
    settle(by=WITHDRAWN, member=row, at=at)
    if (
        row.state == MemberState.PAUSED
        and row.paused_why == ASK_AGAIN
        and members.consents_to(row, TAKE_PART, at)
    ):
        _resume(WITHDRAWN, row, at)


def guardian_refused(account: Account, at: datetime) -> None:
    """The guardian said no to taking part: the facilitators are told, and no one is asked any more."""
    row = _of(account)
    if row is not None and row.state == MemberState.CONSENTING:
        move(row, to=MemberState.DECLINED, by=WITHDRAWN, at=at)
        moved(WITHDRAWN, row, at)
        link = f"/desk/panel/members/{row.ref}/"
        notify(to="PANEL_FACILITATOR", template="panel.declined", link=link, at=at)


def consent_withdrawn(account: Account, at: datetime) -> None:
    """A person withdrew: where it no longer suffices, the member leaves at once. Once 14 and asked again, the
    guardian's withdrawal changes nothing."""
    row = _of(account)
    if row is not None and row.state not in ENDED and not members.consents_to(row, TAKE_PART, at):
        _leave(WITHDRAWN, row, at, why="WITHDRAWN")


def account_ends(account: Account, at: datetime) -> None:
    """The account is deleted, because it was not used for long: the membership ends with it."""
    row = _of(account)
    if row is not None and row.state not in ENDED:
        _leave(WITHDRAWN, row, at, why="UNUSED")


# What facilitators do
def welcome(*, by: PersonActor, member: Member, at: datetime) -> None:
    """Everybody agreed and the rules were talked about: the member takes part. Raises ConsentMissing,
    MoveNotAllowed."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        row = lock(member)
        move(row, to=MemberState.ACTIVE, by=by, at=at)
        if not members.consents_to(row, TAKE_PART, at):
            raise ConsentMissing
        row.active_since = at
        row.save(update_fields=["active_since"])
        moved(by, row, at)


def pause(*, by: PersonActor, member: Member, why: str, at: datetime) -> None:
    """A member does not take part for now. Raises ReasonMissing, MoveNotAllowed."""
    require(by, Permission.MANAGE_MEMBERS)
    if why not in {OWN_WISH, FACILITATOR, SAFETY}:
        raise ReasonMissing
    with transaction.atomic():
        _pause(by, lock(member), why, at)


def resume(*, by: PersonActor, member: Member, at: datetime) -> None:
    """A paused member takes part again. Raises ConsentMissing, MoveNotAllowed."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        _resume(by, lock(member), at)


def end(*, by: PersonActor, member: Member, at: datetime) -> None:
    """A nomination is refused, or a member leaves who told a facilitator so. Raises MoveNotAllowed."""
    require(by, Permission.MANAGE_MEMBERS)
    with transaction.atomic():
        _leave(by, lock(member), at, why="FACILITATOR")


def open_identity(*, by: PersonActor, member: Member, at: datetime) -> Identity:
    """Who a member is. Every opening is recorded and seen by the other adults. Raises VaultLocked,
    KeyNotAvailable."""
    require(by, Permission.OPEN_IDENTITY)
    if by.vault is None:
        raise VaultLocked
    with transaction.atomic():
        found = protection.identity_of(member, by.vault)
        audit.record(by, Trail.IDENTITY_OPENED, member, zone=ZONE, at=at)
        adult_acts.record(by=by, what="OPENED_IDENTITY", member=member, at=at)
    return found


# What the job does
def grow_up(*, by: SystemActor, member: Member, at: datetime) -> None:
    """Eighteen: thank you, and goodbye. The account closes; what was written stays under the pseudonym."""
    require(by, Permission.ADVANCE_MEMBERS)
    with transaction.atomic():
        row = lock(member)
        move(row, to=MemberState.ALUMNI, by=by, at=at)
        _close(row, at)
        moved(by, row, at)


def let_go(*, by: SystemActor, member: Member, at: datetime) -> None:
    """Eighteen before the first meeting: the nomination is over."""
    require(by, Permission.ADVANCE_MEMBERS)
    with transaction.atomic():
        _leave(by, lock(member), at, why="AGE")


def pause_until_answered(*, by: SystemActor, member: Member, at: datetime) -> None:
    """The consents do not suffice any more, because the member is 14: paused, not deleted, until answered."""
    require(by, Permission.ADVANCE_MEMBERS)
    with transaction.atomic():
        _pause(by, lock(member), ASK_AGAIN, at)


def affected(account: Account) -> list[Text]:
    """What a withdrawal affects, in sentences to the member."""
    row = members.member_of(account.pk)
    return [] if row is None else [*CLOSES, *(text for one in hooks.affected for text in one(row))]


def affected_for_guardian(account: Account) -> list[Text]:
    """What a withdrawal affects, in sentences to the guardian. They are the same whatever the child has
    written or voted."""
    if members.member_of(account.pk) is None:
        return []
    return [
        *CLOSES,
        _("Drafts of the child are deleted. What is published stays, without the pseudonym."),
        _("Votes that are not counted yet are destroyed. Results of earlier votes stay."),
    ]


CLOSES = (_("The account closes at once."), _("Name and address are erased after 30 days."))


def _own(by: MemberActor) -> Member:
    row = Member.objects.select_for_update(of=("self",)).filter(account_id=by.member_id).first()
    if row is None or row.state in ENDED:
        raise NotYours
    return row


def _of(account: Account) -> Member | None:
    return Member.objects.select_for_update(of=("self",)).filter(account_id=account.pk).first()


def _rename(by: MemberActor, row: Member, name: str) -> None:
    if name in members.taken_names() or (name not in free_names(1000)):
        raise NameTaken
    row.pseudonym = name
    row.save(update_fields=["pseudonym"])


type By = PersonActor | MemberActor | SystemActor


def _pause(by: By, row: Member, why: str, at: datetime) -> None:
    move(row, to=MemberState.PAUSED, by=by, at=at, why=why)
    row.paused_why = why
    row.save(update_fields=["paused_why"])
    moved(by, row, at, why)


def _resume(by: By, row: Member, at: datetime) -> None:
    move(row, to=MemberState.ACTIVE, by=by, at=at)
    if not members.consents_to(row, TAKE_PART, at):
        raise ConsentMissing
    row.paused_why = ""
    row.save(update_fields=["paused_why"])
    moved(by, row, at)


def _leave(by: By, row: Member, at: datetime, why: str) -> None:
    move(row, to=MemberState.LEFT, by=by, at=at, why=why)
    _close(row, at)
    for leaving in hooks.leaving:
        leaving(row, at)
    row.pseudonym = f"– {row.ref}"
    row.save(update_fields=["pseudonym"])
    moved(by, row, at, why)
    if why == "WITHDRAWN":
        notify(to="PANEL_FACILITATOR", template="panel.left", link=f"/desk/panel/members/{row.ref}/", at=at)


def _close(row: Member, at: datetime) -> None:
    """The member can no longer sign in: the card and every session end."""
    row.ended_at = at
    row.save(update_fields=["ended_at"])
    if row.account is not None:
        cards.end_card(by=ACCOUNTS, member=row.account, at=at)

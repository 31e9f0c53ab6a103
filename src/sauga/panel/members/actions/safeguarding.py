"""Something may be wrong: a flag is raised, reaches a person at once, is taken and answered. How the young
person tells the helpline is in `telling_helpline`."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from sauga.kernel import audit, live
from sauga.kernel.identity import PersonActor, require
from sauga.kernel.members import MemberActor
from sauga.kernel.notifications import acknowledge_about, end_alerts, notify, raise_alert
from sauga.kernel.refusals import ActionRefused, ReasonMissing, TextMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import Actor, SystemActor, lock, move
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.actions.membership import NotYours
from sauga.panel.members.models import Flag, Member, new_ref
from sauga.panel.members.queries import flags as queries
from sauga.panel.members.queries import protection
from sauga.panel.members.rules.purposes import PANEL
from sauga.panel.permissions import Permission
from sauga.panel.states import SIGNS_IN, FlagState
from sauga.panel.trail import FLAGS_CHANNEL, ZONE, Trail

BUTTON, RISK_WORDS = "BUTTON", "RISK_WORDS"
OUTCOMES = ("TALKED", "HELPLINE", "SCHOOL", "POLICE", "NOTHING_WRONG")
ALERT, ADULT_ALERT = "panel.flag_raised", "panel.flag_about_adult"
STAND_IN_ALERT = "panel.flag_without_lead"
LONGEST = 2000


class FlagNotYours(ActionRefused):
    """The person who takes a flag answers it, or gives it back."""

    message = _("Somebody else has taken this. They answer it, or give it back.")


class HelplineNotWanted(ActionRefused):
    """The helpline is told by the young person, or not at all."""

    message = _("The member has not told the helpline. The button is on the member’s page: ask them.")
    field = "outcome"


def raise_flag(*, member: Member, kind: str, where: str, at: datetime) -> Flag:
    """Words of risk were found in what a member wrote: a person has a look.

    `where` is a code and reference of ours, such as "proposal:K7Q4-M2XX", never a text. While a flag about
    the same place waits, that one is returned.
    """
    with transaction.atomic():
        there = (
            Flag.objects.filter(member=member, kind=kind, where=where)
            .exclude(state=FlagState.ANSWERED)
            .first()
        )
        return there or _raise(SystemActor(PANEL), member, kind, where, at=at)


def say_wrong(
    *, by: MemberActor, words: str, about_adult: bool, where: str, at: datetime, adult: int | None = None
) -> Flag:
    """A member pressed “Something is wrong”. Words are not needed; what is written is sealed. `adult` is the
    key of the adult of the panel whom the member named: that one never sees it. Raises NotYours."""
    with transaction.atomic():
        member = Member.objects.filter(account_id=by.member_id, state__in=SIGNS_IN).first()
        if member is None:
            raise NotYours
        named = adult if adult in {one.pk for one in queries.adults_to_name(at)} else None
        return _raise(
            by,
            member,
            BUTTON,
            where,
            at=at,
            words=words.strip()[:LONGEST],
            about_adult=about_adult or named is not None,
            adult=named,
        )


def take(*, by: PersonActor, flag: Flag, at: datetime) -> None:
    """A person takes it: no others are called. Raises MoveNotAllowed."""
    require(by, Permission.ANSWER_FLAGS)
    with transaction.atomic():
        row = _locked(by, flag)
        move(row, to=FlagState.TAKEN, by=by, at=at)
        row.taken_by_id, row.taken_at = by.person_id, at
        row.save(update_fields=["taken_by", "taken_at"])
        acknowledge_about(by=by, about=_about(row), at=at)
        _moved(by, row, at)


def give_back(*, by: PersonActor, flag: Flag, at: datetime) -> None:
    """Another person is to take it; the others are called again. Raises FlagNotYours, MoveNotAllowed."""
    require(by, Permission.ANSWER_FLAGS)
    with transaction.atomic():
        row = _taken(by, flag)
        move(row, to=FlagState.OPEN, by=by, at=at)
        row.taken_by, row.taken_at = None, None
        row.save(update_fields=["taken_by", "taken_at"])
        _moved(by, row, at)
        end_alerts(by=by, about=_about(row), at=at)
        _call(by, row, at)


def answer(*, by: PersonActor, flag: Flag, outcome: str, text: str, at: datetime) -> None:
    """Say what was done, and answer the member where the member pressed the button. Raises FlagNotYours,
    ReasonMissing, TextMissing, MoveNotAllowed."""
    require(by, Permission.ANSWER_FLAGS)
    if outcome not in OUTCOMES:
        raise ReasonMissing
    with transaction.atomic():
        row = _taken(by, flag)
        if outcome == "HELPLINE" and (row.wants_helpline is not True or not row.referral):
            raise HelplineNotWanted
        if row.kind == BUTTON and not text.strip():
            raise TextMissing
        if text.strip():
            protection.seal_answer(row, text.strip()[:LONGEST])
        move(row, to=FlagState.ANSWERED, by=by, at=at, why=outcome)
        row.outcome, row.answered_at = outcome, at
        row.save(update_fields=["outcome", "answered_at", "answer"])
        end_alerts(by=by, about=_about(row), at=at)
        _moved(by, row, at, outcome)


def open_words(*, by: PersonActor, flag: Flag, at: datetime) -> str:
    """What the member wrote; recorded, and seen by the other adults. Raises VaultLocked, KeyNotAvailable."""
    require(by, Permission.ANSWER_FLAGS)
    if by.vault is None:
        raise VaultLocked
    with transaction.atomic():
        row = _locked(by, flag)
        words = protection.words_of(row, by.vault)
        audit.record(by, Trail.FLAG_OPENED, row, zone=ZONE, at=at)
        _note_act(by, "OPENED_FLAG", row, at)
    return words


def note_read(*, flag: Flag, at: datetime) -> None:
    """The member has opened the answer; the home page stops to mention it."""
    Flag.objects.filter(pk=flag.pk, answered_at__isnull=False, read_at__isnull=True).update(read_at=at)


def stand_in(*, by: SystemActor, at: datetime) -> int:
    """What is about an adult and no safeguarding lead has taken in time is shown to the coordinator. Returns
    how many flags."""
    require(by, Permission.RAISE_FLAG)
    with transaction.atomic():
        rows = list(queries.unanswered_by_leads(at).select_for_update(of=("self",)).order_by("pk"))
        for row in rows:
            _call_stand_ins(by, row, at)
    return len(rows)


def _raise(
    by: Actor,
    member: Member,
    kind: str,
    where: str,
    *,
    at: datetime,
    words: str = "",
    about_adult: bool = False,
    adult: int | None = None,
) -> Flag:
    row = Flag(
        ref=new_ref(),
        member=member,
        kind=kind,
        about_adult=about_adult,
        adult_id=adult,
        where=where[:60],
        raised_at=at,
        due_at=queries.hours().due(at),
    )
    prepared = protection.seal_words(row, words)
    if prepared is not None:
        prepared.store()
    row.save()
    audit.record(by, Trail.FLAG_RAISED, row, zone=ZONE, at=at, facts={"kind": kind})
    _call(by, row, at)
    live.signal(FLAGS_CHANNEL)
    return row


def _call(by: Actor, row: Flag, at: datetime) -> None:
    """Call those who answer; where an adult of the panel is meant, the safeguarding leads whom the member has
    not named, and where there is none, the coordinator."""
    if not row.about_adult:
        raise_alert(by=by, kind=ALERT, about=_about(row), link=_link(row), at=at)
        return
    leads = queries.leads_for(row, at)
    for person in leads:
        notify(to=person, template=ADULT_ALERT, link=_link(row), at=at, urgent=True)
    if not leads or row.stood_in_at is not None:
        _call_stand_ins(by, row, at)


def _call_stand_ins(by: Actor, row: Flag, at: datetime) -> None:
    if row.stood_in_at is None:
        row.stood_in_at = at
        row.save(update_fields=["stood_in_at"])
        audit.record(by, Trail.FLAG_STOOD_IN, row, zone=ZONE, at=at)
    for person in queries.stand_ins_for(row, at):
        notify(to=person, template=STAND_IN_ALERT, link=_link(row), at=at, urgent=True)
    live.signal(FLAGS_CHANNEL)


def _link(row: Flag) -> str:
    return f"/desk/panel/flags/{row.ref}/"


def _about(row: Flag) -> str:
    return f"panel-flag:{row.ref}"


def _locked(by: PersonActor, flag: Flag) -> Flag:
    """The flag, locked; what this person may not see does not exist for them."""
    return lock(queries.flag_for(by, flag.ref))


def _taken(by: PersonActor, flag: Flag) -> Flag:
    row = _locked(by, flag)
    if row.state == FlagState.TAKEN and row.taken_by_id != by.person_id:
        raise FlagNotYours
    return row


def _moved(by: PersonActor, row: Flag, at: datetime, outcome: str = "") -> None:
    facts = {"to": str(row.state), **({"outcome": outcome} if outcome else {})}
    audit.record(by, Trail.FLAG_MOVED, row, zone=ZONE, at=at, facts=facts)
    _note_act(by, f"FLAG_{row.state}", row, at)
    live.signal(FLAGS_CHANNEL)


def _note_act(by: PersonActor, what: str, row: Flag, at: datetime) -> None:
    """In the log of adults; where an adult is meant, facilitators and that adult do not read it there."""
    adult_acts.record(
        by=by,
        what=what,
        member=row.member,
        where=f"flag:{row.ref}",
        is_confidential=row.about_adult,
        hidden_from=row.adult_id,
        at=at,
    )

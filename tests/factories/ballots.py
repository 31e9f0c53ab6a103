"""Members of the panel who vote, and ballots, for tests; ballots come by the same actions as real ones."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.test import Client

from sauga.kernel.members import protection
from sauga.kernel.members.actions import signin
from sauga.kernel.members.actors import MemberActor, member_actor
from sauga.kernel.members.models import Consent
from sauga.kernel.members.models import Member as Account
from sauga.panel.members.models import Member
from sauga.panel.members.rules.purposes import TAKE_PART
from sauga.panel.states import MemberState
from sauga.panel.voting.actions import ballots, counts, votes
from sauga.panel.voting.actions.ballots import BallotGiven
from sauga.panel.voting.models import Ballot
from sauga.panel.voting.rules.codes import Kind
from tests.centre import Centre
from tests.factories.members import browser_of

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
ENDS = AT + timedelta(days=7)
WRITES, OPENS = "PANEL_FACILITATOR", "PANEL_FACILITATOR_2"
OPTIONS = ("Aiškios kainos | Kaina matoma prieš žaidžiant.", "Pagalbos numeris", "Nustatymai vaikų kalba")
STATEMENTS = tuple(f"Teiginys {n}" for n in range(1, 9))


def voters(n: int = 7, *, at: datetime = AT, born: date = date(2011, 3, 1), first: int = 0) -> list[Member]:
    """Active members of the panel with accounts."""
    made = []
    for number in range(first, first + n):
        account = _account(f"narys{number}@panel.invalid", born, at)
        made.append(
            Member.objects.create(
                pseudonym=f"Paukštis {number + 1}",
                state=MemberState.ACTIVE,
                account=account,
                nominated_at=at,
                active_since=at,
            )
        )
    return made


def _account(address: str, born: date, at: datetime) -> Account:
    account = signin.new_member(address=address, language="lt", at=at)
    prepared = protection.prepare_key(account.holder)
    account.address = protection.seal(prepared.key, account, "address", address)
    protection.seal_birth_month(prepared.key, account, born)
    prepared.store()
    account.save()
    agreed(account, at, Consent.Party.SELF)
    return account


def agreed(account: Account, at: datetime, party: str) -> None:
    """Somebody agreed that the member takes part."""
    Consent.objects.create(
        member=account,
        purpose=TAKE_PART,
        version=1,
        given_by=party,
        evidence=Consent.Evidence.SIGNED_IN,
        digest=b"text",
        given_at=at,
    )


def acting(member: Member, at: datetime = AT) -> MemberActor:
    """The member as an actor."""
    assert member.account is not None
    return member_actor(member.account, at)


def session(member: Member, at: datetime) -> str:
    """The secret of a session that the member began with the card."""
    assert member.account is not None
    by = acting(member, at)
    return signin.begin_session(by=by, member=member.account, method="card", device="Firefox", at=at)


def browser(member: Member, at: datetime) -> Client:
    """A browser in which the member has signed in with the card."""
    return browser_of(session(member, at))


def given(kind: Kind = Kind.YES_NO, **more: Any) -> BallotGiven:
    """What a facilitator writes."""
    options: Sequence[str] = {Kind.YES_NO: (), Kind.OPINION: STATEMENTS}.get(kind, OPTIONS)
    said: dict[str, Any] = {
        "kind": str(kind),
        "question": "Kurį pasiūlymą siųsti pirmą?",
        "text": "Pirmą pasiūlymą siunčiame ministerijai šią savaitę.",
        "options": options,
        "seats": 2,
        "quorum": 5,
        "ends_at": ENDS,
    }
    return BallotGiven(**{**said, **more})


def proposed(centre: Centre, kind: Kind = Kind.YES_NO, *, at: datetime = AT, **more: Any) -> Ballot:
    """A ballot that waits for the second person."""
    by = centre.actor(WRITES, at)
    row = ballots.write_ballot(by=by, given=given(kind, **more), at=at)
    return ballots.hand_in(by=by, ballot=row, at=at)


def opened(centre: Centre, kind: Kind = Kind.YES_NO, *, at: datetime = AT, **more: Any) -> Ballot:
    """An open ballot; members must be there before."""
    row = proposed(centre, kind, at=at, **more)
    return ballots.open_ballot(by=centre.actor(OPENS, at), ballot=row, at=at)


def vote(member: Member, ballot: Ballot, *marks: str, at: datetime = AT) -> None:
    """The member votes."""
    votes.cast_vote(by=acting(member, at), ballot=ballot, vote=marks, at=at)


def counted(centre: Centre, ballot: Ballot, *, at: datetime = ENDS) -> Ballot:
    """The ballot is counted after its end."""
    return counts.count_ballot(by=centre.actor(OPENS, at), ballot=ballot, at=at)

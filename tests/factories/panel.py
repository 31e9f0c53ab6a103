"""Members of the youth panel for tests, made by the actions that the desk uses; and their browsers."""

from datetime import date, datetime

from django.test import Client

from factories import members
from factories.members import browser_of
from sauga.kernel import clock
from sauga.kernel.members import MemberActor
from sauga.kernel.members.actions import cards, consents
from sauga.kernel.members.actors import member_actor
from sauga.kernel.members.models import Guardian
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import membership, nominations
from sauga.panel.members.models import Member
from sauga.panel.members.queries.protection import Identity
from sauga.panel.members.rules.purposes import TAKE_PART
from tests.centre import Centre

GUARDIAN, VISITOR = SystemActor("guardian"), SystemActor("visitor")


def born(years: int, at: datetime) -> date:
    """The month of birth of somebody who has been this old for two months."""
    month = at.year * 12 + at.month - 1 - 2
    return date(month // 12 - years, month % 12 + 1, 1)


def nominated(centre: Centre, years: int = 13, at: datetime | None = None, *, name: str = "") -> Member:
    """A young person whom a facilitator nominated for a school that confirmed the guardian."""
    when = at or clock.now()
    row = nominations.nominate(
        by=centre.actor("PANEL_FACILITATOR", when),
        organisation=Organisation.objects.get(code="MOKYKLA"),
        identity=Identity("Vardenė Pavyzdė", "7b"),
        birth_month=born(years, when),
        guardian_address="globeja@pastas.example",
        language="lt",
        is_confirmed=True,
        at=when,
    )
    if name:
        Member.objects.filter(pk=row.pk).update(pseudonym=name)
        row.refresh_from_db()
    return row


def asked(centre: Centre, years: int = 13, at: datetime | None = None, *, name: str = "") -> Member:
    """One who was asked for consent and has not decided."""
    when = at or clock.now()
    row = nominated(centre, years, when, name=name)
    nominations.ask_consent(by=centre.actor("PANEL_FACILITATOR", when), member=row, at=when)
    return fresh(row)


def member(centre: Centre, name: str = "", years: int = 13, at: datetime | None = None) -> Member:
    """An active member."""
    when = at or clock.now()
    row = asked(centre, years, when, name=name)
    guardian_agrees(row, when)
    membership.assent(by=account(row, when), purposes=[], version=1, at=when)
    membership.welcome(by=centre.actor("PANEL_FACILITATOR", when), member=fresh(row), at=when)
    return fresh(row)


def born_in(row: Member, month: date) -> None:
    """The member was born in another month."""
    held = fresh(row).account
    assert held is not None
    members.born_in(held, month)


def guardian_agrees(row: Member, at: datetime | None = None, purpose: str = TAKE_PART) -> None:
    """The guardian agrees by the link."""
    consents.give_as_guardian(
        by=GUARDIAN, guardian=guardian(row), purpose=purpose, version=1, at=at or clock.now()
    )


def guardian(row: Member) -> Guardian:
    """The guardian of a member."""
    return Guardian.objects.get(member_id=row.account_id)


def fresh(row: Member) -> Member:
    """The row as it is now."""
    return Member.objects.select_related("account").get(pk=row.pk)


def account(row: Member, at: datetime | None = None) -> MemberActor:
    """The member as an actor."""
    held = fresh(row).account
    assert held is not None
    return member_actor(held, at or clock.now())


def browser(row: Member, at: datetime | None = None) -> Client:
    """A browser in which the member has signed in with a new card."""
    when, held = at or clock.now(), fresh(row).account
    assert held is not None
    code = cards.give_card(by=SystemActor("panel"), member=held, at=when)
    _who, secret = cards.use_card(by=VISITOR, code=code, device="", at=when)
    return browser_of(secret)

"""Random histories of consents against a model written from the rules' words: who agreed when, who withdrew,
how old the child was. 10⁴ steps of the pure rule; the same through the actions, fewer in `make test`.
"""

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from factories import panel
from repetition import often, repeated

from sauga.kernel import clock
from sauga.kernel.members import rules
from sauga.kernel.members.actions import consents
from sauga.kernel.members.models import Consent, MemberSession
from sauga.kernel.members.models import Member as Account
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import daily, membership, nominations
from sauga.panel.members.models import Member
from sauga.panel.members.queries import members
from sauga.panel.members.rules.purposes import TAKE_PART
from sauga.panel.states import MemberState
from tests.centre import Centre, centre  # noqa: F401  a fixture

SELF, GUARDIAN = "SELF", "GUARDIAN"
PANEL = SystemActor("panel")
NOON = timedelta(hours=12)


def first_of_14(born: date) -> date:
    """From the rule's words: the first of the month after the month of the 14th birthday."""
    return date(born.year + 14 + (born.month == 12), born.month % 12 + 1, 1)


@dataclass
class Model:
    """Who agreed on which day."""

    born: date
    given: dict[str, date] = field(default_factory=dict)

    def counts(self, on: date) -> bool:
        turns = first_of_14(self.born)
        if on < turns:
            return {SELF, GUARDIAN} <= set(self.given)
        return SELF in self.given and self.given[SELF] >= turns - timedelta(days=30)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=clock.VILNIUS)


@pytest.mark.unit
@repeated(shards=10)
def test_the_pure_rule_agrees_with_its_words(shard: int):
    chance = random.Random(shard)
    for _ in range(often(500, 5_000)):
        born = date(chance.randrange(2008, 2016), chance.randrange(1, 13), 1)
        model, account = Model(born), Account()
        account.birth_month = born
        day = first_of_14(born) + timedelta(days=chance.randrange(-400, 100))
        for _ in range(20):
            day += timedelta(days=chance.choice((0, 1, 2, 15, 29, 30, 31)))
            party = chance.choice((SELF, GUARDIAN))
            if chance.random() < 0.6:
                model.given[party] = day
            else:
                model.given.pop(party, None)
            standing = [
                Consent(given_by=who, version=1, given_at=noon(when)) for who, when in model.given.items()
            ]
            found = rules.is_effective(
                account, standing, day, valid_from_version=1, guardian_until_full_age=False
            )
            assert found == model.counts(day), (born, day, model.given)


class Walk:
    """One member whom everybody acts upon at random, and the model beside."""

    def __init__(self, centre: Centre, seed: int) -> None:
        self.chance, self.centre = random.Random(seed), centre
        start = clock.now()
        self.row = panel.asked(centre, 13, start)
        self.model = Model(self.row.birth_month)
        self.at = start

    def step(self) -> None:
        acts = (self.child_yes, self.child_no, self.guardian_yes, self.guardian_no, self.wait, self.night)
        act = self.chance.choice(
            (*acts, self.child_yes, self.guardian_yes, self.wait, self.staff, self.staff)
        )
        before = panel.fresh(self.row).state
        try:
            act()
        except ActionRefused:
            assert panel.fresh(self.row).state == before
        self.check(before, act.__name__)

    def check(self, before: str, act: str) -> None:
        row, day = panel.fresh(self.row), self.at.astimezone(clock.VILNIUS).date()
        takes_part = members.may_take_part(row, self.at)
        expected = row.state == MemberState.ACTIVE and self.model.counts(day)
        assert takes_part == expected, (act, day, self.model.given)
        if before == MemberState.LEFT:
            assert row.state == MemberState.LEFT
        if row.state == MemberState.LEFT:
            assert not MemberSession.objects.filter(member=row.account).exists()
        if act == "night" and row.state == MemberState.ACTIVE:
            assert takes_part

    def child_yes(self) -> None:
        account = panel.account(self.row, self.at)
        standing = self.model.given.get(SELF)
        membership.assent(by=account, purposes=[], version=1, at=self.at)
        self.agree(SELF, standing)

    def guardian_yes(self) -> None:
        standing = self.model.given.get(GUARDIAN)
        panel.guardian_agrees(self.row, self.at)
        self.agree(GUARDIAN, standing)

    def agree(self, party: str, standing: date | None) -> None:
        """A yes that stands stays as it was, unless it is asked for again."""
        day, asked = (
            self.at.astimezone(clock.VILNIUS).date(),
            first_of_14(self.model.born) - timedelta(days=30),
        )
        if standing is None or standing < asked <= day:
            self.model.given[party] = day

    def child_no(self) -> None:
        membership.withdraw(by=panel.account(self.row, self.at), purpose=TAKE_PART, at=self.at)
        self.model.given.pop(SELF, None)

    def guardian_no(self) -> None:
        guardian = panel.guardian(self.row)
        consents.withdraw_all_as_guardian(by=panel.GUARDIAN, guardian=guardian, at=self.at)
        self.model.given.pop(GUARDIAN, None)

    def wait(self) -> None:
        self.at += timedelta(days=self.chance.choice((1, 20, 45, 90)))

    def night(self) -> None:
        daily.advance_all(by=PANEL, at=self.at)

    def staff(self) -> None:
        by, row = self.centre.actor("PANEL_FACILITATOR", self.at), panel.fresh(self.row)
        self.chance.choice(
            (
                lambda: membership.welcome(by=by, member=row, at=self.at),
                lambda: membership.resume(by=by, member=row, at=self.at),
                lambda: membership.pause(by=by, member=row, why="SAFETY", at=self.at),
                lambda: nominations.confirm_guardian(by=by, member=row, at=self.at),
            )
        )()


@repeated(shards=100)
def test_nobody_takes_part_past_a_consent_whatever_happens(centre: Centre, shard: int):
    for walk in range(often(40, 400)):
        one = Walk(centre, shard * 1000 + walk)
        for _ in range(25):
            one.step()
            if panel.fresh(one.row).state == MemberState.LEFT:
                break
    assert Member.objects.count() == often(40, 400)

"""Random histories of the register: no row is lost, no certain overlap is stored, and what can be reversed
comes back as it was.

A sample in `make test`, 10,000 histories in `make prove`.
"""

import random
from collections import Counter
from datetime import date, timedelta
from itertools import combinations
from typing import Any

import pytest
from django.db import transaction
from factories.people import SETUP

from sauga.kernel import clock, organisations
from sauga.kernel.clock import Overlap
from sauga.kernel.organisations.actions import links, logos, names, roles
from sauga.kernel.organisations.actions import organisations as actions
from sauga.kernel.organisations.models import (
    Organisation,
    OrganisationLogo,
    OrganisationName,
    OrganisationRole,
    SameAs,
    Succession,
)
from sauga.kernel.refusals import ActionRefused
from tests.repetition import often, repeated

pytestmark = pytest.mark.django_db
SHARDS = 10
HISTORIES, LENGTH = often(40, 10_000 // SHARDS), 12
TABLES = (Organisation, OrganisationName, OrganisationRole, OrganisationLogo)
SHOWN = ("give", "edit", "withdraw", "name", "logo", "end_logo", "withdraw_logo", "follow", "same", "close")
ROLES = ("COORDINATOR", "PARTNER")
STEPS = (
    *("give", "give", "give", "edit", "withdraw", "restore", "name", "correct"),
    *("follow", "unfollow", "same", "part", "close", "reopen"),
    *("logo", "end_logo", "withdraw_logo"),
)
DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'


class History:
    """One register and what is done to it; `told` counts what succeeded."""

    def __init__(self, seed: int, told: Counter[str], places: list[Organisation]) -> None:
        self.chance, self.told, self.at = random.Random(seed), told, clock.now()
        self.places = places
        self.rows: dict[type, set[int]] = {table: set() for table in TABLES}

    def written(self) -> str:
        day = date(2010, 1, 1) + timedelta(days=self.chance.randint(0, 2500))
        return day.isoformat()[: self.chance.choice((4, 7, 10))]

    def step(self) -> None:
        what = self.chance.choice(STEPS)
        self.at += timedelta(minutes=1)
        try:
            with transaction.atomic():
                getattr(self, what)()
            self.told[what] += 1
        except ActionRefused:
            self.told["refused"] += 1

    def place(self) -> Organisation:
        return self.chance.choice(self.places)

    def role(self) -> OrganisationRole | None:
        rows = list(OrganisationRole.objects.order_by("pk"))
        return self.chance.choice(rows) if rows else None

    def give(self):
        roles.give_role(
            by=SETUP,
            organisation=self.place(),
            role=self.chance.choice(ROLES),
            since=self.written(),
            until=self.chance.choice(("", self.written())),
            ends_present=self.chance.random() < 0.3,
            at=self.at,
        )

    def edit(self):
        if row := self.role():
            roles.edit_role(
                by=SETUP,
                row=row,
                since=self.written(),
                until=self.chance.choice(("", self.written())),
                is_confirmed=True,
                source="",
                at=self.at,
            )

    def withdraw(self):
        if row := self.role():
            roles.withdraw_role(by=SETUP, row=row, at=self.at)
            if self.chance.random() < 0.5:
                before = (row.role, row.since, row.until)
                back = roles.restore_role(by=SETUP, row=row, at=self.at)
                assert (back.role, back.since, back.until) == before

    def restore(self):
        if row := self.role():
            roles.restore_role(by=SETUP, row=row, at=self.at)

    def name(self):
        names.add_name(
            by=SETUP,
            organisation=self.place(),
            language=self.chance.choice(("lt", "en")),
            name=f"Vardas {self.chance.randint(1, 9)}",
            since=self.chance.choice(("", self.written())),
            at=self.at,
        )

    def correct(self):
        row = self.chance.choice(list(OrganisationName.objects.order_by("pk")))
        names.correct_name(
            by=SETUP,
            row=row,
            language=row.language,
            name=f"{row.name}a",
            short="",
            since=self.written(),
            until="",
            at=self.at,
        )

    def logo(self):
        logos.add_logo(
            by=SETUP,
            organisation=self.place(),
            content=DRAWING,
            name="logo.svg",
            alt={},
            permission="sutartis",
            since=self.chance.choice(("", self.written())),
            until=self.chance.choice(("", self.written())),
            at=self.at,
        )

    def end_logo(self):
        if rows := list(OrganisationLogo.objects.order_by("pk")):
            row = self.chance.choice(rows)
            (logos.reopen_logo if row.until else logos.end_logo)(by=SETUP, row=row, at=self.at)

    def withdraw_logo(self):
        if rows := list(OrganisationLogo.objects.order_by("pk")):
            row = self.chance.choice(rows)
            act = logos.restore_logo if row.withdrawn_at else logos.withdraw_logo
            act(by=SETUP, row=row, at=self.at)

    def follow(self):
        links.record_succession(by=SETUP, predecessor=self.place(), successor=self.place(), at=self.at)

    def unfollow(self):
        if rows := list(Succession.objects.order_by("pk")):
            links.remove_succession(by=SETUP, row=self.chance.choice(rows), at=self.at)

    def same(self):
        links.mark_same(by=SETUP, one=self.place(), other=self.place(), at=self.at)

    def part(self):
        if rows := list(SameAs.objects.order_by("pk")):
            row = self.chance.choice(rows)
            links.unmark_same(by=SETUP, one=row.second, other=row.first, at=self.at)

    def close(self):
        actions.close_organisation(by=SETUP, organisation=self.place(), at=self.at)

    def reopen(self):
        actions.reopen_organisation(by=SETUP, organisation=self.place(), at=self.at)

    def check(self, where: str) -> None:
        found: dict[Any, list[Any]] = {table: list(table.objects.all()) for table in TABLES}
        for table, rows in found.items():
            now = {row.pk for row in rows}
            assert self.rows[table] <= now, f"{where}: rows of {table.__name__} are gone"
            self.rows[table] = now
        for table, about in (
            (OrganisationRole, lambda row: (row.organisation_id, row.role)),
            (OrganisationLogo, lambda row: row.organisation_id),
        ):
            counting = [row for row in found[table] if row.withdrawn_at is None]
            for one, other in combinations(counting, 2):
                if about(one) == about(other):
                    met = one.span.overlap(other.span)
                    assert met is not Overlap.CERTAIN, f"{where}: {one.span} {other.span}"
        pairs = set(Succession.objects.values_list("predecessor", "successor"))
        assert not _has_circle(pairs), f"{where}: successions make a circle"


def _has_circle(pairs: set[tuple[int, int]]) -> bool:
    left = set(pairs)
    while leaves := {pair for pair in left if pair[1] not in {before for before, _after in left}}:
        left -= leaves
    return bool(left)


@repeated(shards=SHARDS)
def test_no_row_is_lost_and_no_certain_overlap_is_stored_in_random_histories(shard, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    told: Counter[str] = Counter()
    places = [
        organisations.create_organisation(by=SETUP, names={"lt": f"Centras {number}"}, at=clock.now())
        for number in range(3)
    ]
    for seed in range(shard * HISTORIES, (shard + 1) * HISTORIES):
        with transaction.atomic():
            history = History(seed, told, places)
            for number in range(LENGTH):
                history.step()
                history.check(f"history {seed}, step {number}")
            transaction.set_rollback(True)
    assert min(told[what] for what in SHOWN) > 3, told
    assert told["refused"] > HISTORIES // 2, "histories in which nothing is refused prove nothing"

"""No report, item or notice ever moves in a way that its table does not name, and every state reads in
both languages.
"""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauga.hotline import states
from sauga.hotline.content.models import ContentItem
from sauga.hotline.notices.models import Notice, NoticeTemplate
from sauga.hotline.reports.models import Report
from sauga.hotline.tracing.models import Provider, ProviderContact
from sauga.kernel import vocab
from sauga.kernel.ids import new_reference
from sauga.kernel.states import MoveNotAllowed, StateTable, SystemActor, lock, move

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
WALKER = SystemActor("walker")
TRACKS: dict[str, tuple[StateTable, Any, str]] = {
    "state.report": (states.REPORT, states.ReportState, "state"),
    "state.item_handling": (states.HANDLING, states.Handling, "handling"),
    "state.item_presence": (states.PRESENCE, states.Presence, "presence"),
    "state.notice": (states.NOTICE, states.NoticeState, "state"),
}
LABELLED = Path(__file__).parents[2] / "src" / "sauga" / "hotline" / "data" / "hotline_vocabularies.json"


def report() -> Report:
    return Report.objects.create(
        receipt=new_reference().encode(),
        language="lt",
        category="HATE",
        priority="P3",
        received_hour=AT,
        due_at=AT,
    )


def item() -> ContentItem:
    return ContentItem.objects.create(
        key=new_reference().encode(),
        kind="WEB",
        address=b"",
        category="HATE",
        priority="P3",
        received_hour=AT,
        due_at=AT,
    )


def notice() -> Notice:
    provider, _ = Provider.objects.get_or_create(name="Talpykla")
    contact, _ = ProviderContact.objects.get_or_create(provider=provider, email="abuse@talpykla.example")
    template, _ = NoticeTemplate.objects.get_or_create(
        basis="NTD",
        audience="HOST",
        purpose="FIRST",
        language="lt",
        defaults={"subject": "", "body": "", "valid_from": AT.date()},
    )
    return Notice.objects.create(
        provider=provider,
        contact=contact,
        template=template,
        basis="NTD",
        language="lt",
        priority="P3",
        drafted_at=AT,
    )


MAKERS = {
    "state.report": report,
    "state.item_handling": item,
    "state.item_presence": item,
    "state.notice": notice,
}


@pytest.mark.django_db
@pytest.mark.parametrize("machine", TRACKS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(wishes=st.lists(st.integers(min_value=0, max_value=999), min_size=1, max_size=40))
def test_random_walks_go_where_the_table_allows_and_nowhere_else(machine, wishes):
    table, enum, track = TRACKS[machine]
    every = sorted(enum)
    with transaction.atomic():
        row = MAKERS[machine]()
        assert getattr(row, track) == table.initial
        for number, wish in enumerate(wishes):
            row = lock(row)
            before, wanted, at = getattr(row, track), every[wish % len(every)], AT + timedelta(minutes=number)
            steps = row.steps.count()
            if table.allows(before, wanted):
                move(row, to=wanted, by=WALKER, at=at, why="WALK", track=track)
                step = row.steps.latest("pk")
                assert (step.track, step.before, step.after, step.at, step.by, step.why) == (
                    track,
                    before,
                    wanted,
                    at,
                    WALKER.pseudonym,
                    "WALK",
                )
                assert getattr(lock(row), track) == wanted and row.steps.count() == steps + 1
            else:
                with pytest.raises(MoveNotAllowed) as refused:
                    move(row, to=wanted, by=WALKER, at=at, track=track)
                assert (refused.value.before, refused.value.after) == (before, wanted)
                assert (
                    getattr(row, track) == getattr(lock(row), track) == before and row.steps.count() == steps
                )
        transaction.set_rollback(True)


@pytest.mark.django_db
@pytest.mark.parametrize("machine", TRACKS)
def test_every_single_move_is_made_or_refused_on_a_real_row(machine):
    table, enum, track = TRACKS[machine]
    row = MAKERS[machine]()
    for before in enum:
        for after in enum:
            type(row).objects.filter(pk=row.pk).update(**{track: before})
            row = lock(row)
            if after in table.moves[before]:
                move(row, to=after, by=WALKER, at=AT, track=track)
            else:
                with pytest.raises(MoveNotAllowed):
                    move(row, to=after, by=WALKER, at=AT, track=track)
            assert getattr(lock(row), track) == (after if after in table.moves[before] else before)
    assert row.steps.count() == sum(map(len, table.moves.values()))


@pytest.mark.unit
@pytest.mark.parametrize("machine", TRACKS)
class TestTables:
    def test_table_and_enumeration_name_the_same_states(self, machine):
        table, enum, _track = TRACKS[machine]
        assert set(table.moves) == set(enum)

    def test_nothing_is_ever_stuck(self, machine):
        table, _enum, _track = TRACKS[machine]
        ends = {"state.notice": {"CLOSED"}}.get(machine, set())
        assert table.ends() == ends
        for state in table.moves:
            assert not ends or table.reachable(state) & ends

    def test_table_is_the_one_of_the_design(self, machine, shared):
        design = json.loads((shared / "data" / "hotline_vocabularies.json").read_text(encoding="utf-8"))[
            "state_machines"
        ][machine]
        table, _enum, _track = TRACKS[machine]
        assert table.initial == design["initial"]
        assert set(table.moves) == {state["code"] for state in design["states"]}
        ours = {(before, after) for before, afters in table.moves.items() for after in afters}
        theirs = {(one["from"], one["to"]) for one in design["moves"]}
        assert ours - theirs == set() and theirs - ours == set()

    def test_every_state_reads_in_both_languages(self, machine):
        shipped = json.loads(LABELLED.read_text(encoding="utf-8"))["state_machines"][machine]
        table, _enum, _track = TRACKS[machine]
        assert {state["code"] for state in shipped["states"] if state["lt"] and state["en"]} == set(
            table.moves
        )


@pytest.mark.django_db
def test_states_are_shown_in_words():
    for machine, (table, _enum, _track) in TRACKS.items():
        for language in ("lt", "en"):
            assert all(vocab.label(machine, state, language) != state for state in table.moves)


@pytest.mark.django_db
def test_models_carry_these_tables():
    assert Report.state_tables == {"state": states.REPORT}
    assert ContentItem.state_tables == {"handling": states.HANDLING, "presence": states.PRESENCE}
    assert Notice.state_tables == {"state": states.NOTICE}

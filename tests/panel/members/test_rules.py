"""Pure rules of members: ages by the month, the minutes in which a person answers, unusual patterns, words of
risk."""

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sauga.panel
from sauga.kernel import clock
from sauga.panel.members.rules import ages, risk_words
from sauga.panel.members.rules.hours import Hours
from sauga.panel.members.rules.patterns import Act, patterns

pytestmark = pytest.mark.unit
HOURS = Hours(8, 20, 15)
SLOW_MACHINE = settings(suppress_health_check=[HealthCheck.too_slow])
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
DATA = Path(str(sauga.panel.__file__)).parent / "data" / "panel_vocabularies.json"


def here(*args: int) -> datetime:
    return datetime(*args, tzinfo=clock.VILNIUS)  # type: ignore[arg-type,misc]  # year to minute


@pytest.mark.parametrize(
    ("born", "on", "is_under"),
    [
        (date(2012, 11, 1), date(2026, 11, 30), True),
        (date(2012, 11, 1), date(2026, 12, 1), False),
        (date(2012, 12, 1), date(2026, 12, 31), True),
        (date(2012, 12, 1), date(2027, 1, 1), False),
    ],
)
def test_a_child_is_14_from_the_first_of_the_month_after_the_birthday(born: date, on: date, is_under: bool):
    assert ages.is_under(born, 14, on) is is_under


def test_the_day_is_that_of_vilnius_so_nobody_turns_14_in_the_middle_of_an_evening():
    class Born:
        birth_month = date(2012, 11, 1)

    before, after = here(2026, 11, 30, 23, 59), here(2026, 12, 1, 0, 0)
    assert ages.age_layer(Born(), before.astimezone(UTC)) == "12-13"
    assert ages.age_layer(Born(), after.astimezone(UTC)) == "14-17"


@SLOW_MACHINE
@given(born=st.dates(date(2000, 1, 1), date(2020, 12, 1)), years=st.integers(12, 18))
def test_the_first_day_of_an_age_is_the_day_on_which_it_begins(born: date, years: int):
    day = ages.first_day_at(born.replace(day=1), years)
    assert ages.is_under(born.replace(day=1), years, day - timedelta(days=1))
    assert not ages.is_under(born.replace(day=1), years, day)
    assert day > date(born.year + years, born.month, 1)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (here(2026, 11, 24, 12, 0), here(2026, 11, 24, 12, 15)),
        (here(2026, 11, 24, 19, 55), here(2026, 11, 25, 8, 10)),
        (here(2026, 11, 24, 23, 0), here(2026, 11, 25, 8, 15)),
        (here(2026, 11, 24, 3, 0), here(2026, 11, 24, 8, 15)),
        (here(2026, 3, 29, 2, 30), here(2026, 3, 29, 8, 15)),  # the skipped hour
        (here(2026, 10, 25, 19, 50), here(2026, 10, 26, 8, 5)),  # after the doubled hour
    ],
)
def test_the_minutes_run_only_while_the_centre_answers(at: datetime, due: datetime):
    assert HOURS.due(at.astimezone(UTC)) == due


@SLOW_MACHINE
@given(at=st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1)), minutes=st.integers(1, 700))
def test_a_flag_is_due_within_the_hours_and_never_before_it_is_raised(at: datetime, minutes: int):
    when = at.replace(tzinfo=UTC)
    due = Hours(8, 20, minutes).due(when)
    local = due.astimezone(clock.VILNIUS)
    assert due > when
    assert 8 <= local.hour < 20 or (local.hour, local.minute, local.second) == (20, 0, 0)


def acts(adult: str, member: str, n: int, *, what: str = "FLAG_TAKEN", hour: int = 10) -> list[Act]:
    return [Act(adult, member, what, AT.replace(hour=hour) - timedelta(days=day + 1)) for day in range(n)]


def test_much_more_often_with_one_child_is_shown_and_a_busy_month_is_not():
    busy = [act for n in range(12) for act in acts("a", f"m{n}", 8) + acts("b", f"m{n}", 4)]
    assert patterns(busy, AT) == []
    found = patterns([*acts("a", "m1", 9), *acts("a", "m2", 2), *acts("b", "m1", 2)], AT)
    assert [(one.kind, one.adult, one.member, one.n) for one in found] == [("OFTEN", "a", "m1", 9)]


def test_late_acts_and_repeated_looks_at_who_it_is_are_shown():
    late = acts("a", "m1", 3, hour=20)  # 22:00 in Vilnius
    assert [one.kind for one in patterns(late, AT)] == ["LATE"]
    looks = acts("b", "m2", 2, what="OPENED_IDENTITY")
    assert [one.kind for one in patterns(looks, AT)] == ["IDENTITY"]
    assert patterns(acts("a", "m1", 2, hour=20) + acts("b", "m2", 1, what="OPENED_IDENTITY"), AT) == []


@SLOW_MACHINE
@given(order=st.permutations(acts("a", "m1", 7) + acts("b", "m1", 3) + acts("a", "m2", 1)))
def test_the_order_of_the_acts_changes_nothing(order: list[Act]):
    assert patterns(order, AT) == patterns(sorted(order, key=lambda act: act.at), AT)


def test_old_acts_do_not_count():
    assert patterns([Act("a", "m1", "X", AT - timedelta(days=40 + n)) for n in range(20)], AT) == []


@pytest.mark.parametrize(
    ("text", "concepts"),
    [
        ("Jis prašė niekam nesakyti, kad rašome.", ["SECRET"]),
        ("man baisuu, bijau eiti", ["FEAR"]),
        ("Nori susitikti vienu du", ["MEETING_ALONE"]),
        ("He said it is our secret.", ["SECRET"]),
        ("nenoriu gyventi", ["DESPAIR"]),
        ("Siūlau, kad mygtukas būtų didesnis.", []),
        ("We should ask the ministry for longer breaks.", []),
        ("Kitas susitikimas bus gruodžio 2 d.", []),
    ],
)
def test_words_of_risk_are_found_and_ordinary_texts_are_left_alone(text: str, concepts: list[str]):
    policy = json.loads(DATA.read_text(encoding="utf-8"))["policy_defaults"]["policy.panel_risk_words"]
    assert risk_words.concepts_in(risk_words.phrasebook(policy), text) == concepts

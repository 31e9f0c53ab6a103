"""The rules of registration, without a database: every act in every state, the order of the line, and ten
thousand random interleavings of transactions in which no seat is sold twice and nobody is passed over.
"""

from datetime import UTC, datetime, time, timedelta

import pytest
from factories.interleavings import interleaving
from hypothesis import given
from hypothesis import strategies as st
from repetition import often

from sauga.events.registration.queries.holds import HOLD_LASTS, pressure, waits_until
from sauga.events.registration.rules import (
    MOST_OFFERS,
    Act,
    ActRefused,
    Effects,
    Party,
    Situation,
    Why,
    decide,
    decide_heads,
    keeps_seats,
    next_offers,
    offer_ends,
)
from sauga.events.states import CAME, OPEN, REGISTRATION, SEATED
from sauga.events.states import RegistrationState as S
from sauga.kernel.clock import VILNIUS

pytestmark = pytest.mark.unit
STARTS = datetime(2027, 2, 9, 8, tzinfo=UTC)


def at(heads: int = 1, free: int = 5, **more) -> Situation:
    return Situation(heads=heads, free=free, **more)


def party(key: int, heads: int = 1, *, number: int = 0, first: bool = False, quotas: tuple[int, ...] = (1,)):
    return Party(key=key, heads=heads, number=number or key, has_priority=first, quotas=frozenset(quotas))


def test_every_act_in_every_state_makes_an_allowed_move_or_is_refused():
    for state in S:
        for act in Act:
            for situation in (
                at(),
                at(free=0),
                at(waiting=2),
                at(wants_guardian=True),
                at(wants_approval=True),
                at(is_unproven=True),
                at(free=0, is_unproven=True),
            ):
                try:
                    effects = decide(state, act, situation)
                except ActRefused:
                    continue
                here = str(state)
                for after in effects.path:
                    assert REGISTRATION.allows(here, after)
                    here = str(after)
    assert REGISTRATION.ends() == {S.CANCELLED, S.REJECTED, S.EVENT_CANCELLED}
    assert all(
        S.EVENT_CANCELLED in REGISTRATION.moves[one]
        for one in OPEN
        if one not in (S.STARTED, S.OFFER_EXPIRED)
    )


@pytest.mark.parametrize(
    ("situation", "to", "seats", "line"),
    [
        (at(), S.CONFIRMED, 1, 0),
        (at(5), S.CONFIRMED, 5, 0),
        (at(6), S.WAITLISTED, 0, 1),  # a class gets all its seats or none
        (at(free=0), S.WAITLISTED, 0, 1),
        (at(waiting=1), S.WAITLISTED, 0, 1),  # nobody passes who waits, even where seats are free
        (at(is_unproven=True), S.HELD, 1, 0),
        (at(6, is_unproven=True), S.UNCONFIRMED, 0, 0),
        (at(waiting=1, is_unproven=True), S.UNCONFIRMED, 0, 0),
        (at(wants_approval=True, is_unproven=True), S.UNCONFIRMED, 0, 0),
        (at(wants_guardian=True, is_unproven=True), S.GUARDIAN_PENDING, 0, 0),
        (at(wants_guardian=True), S.GUARDIAN_PENDING, 0, 0),
        (at(wants_guardian=True, wants_approval=True), S.GUARDIAN_PENDING, 0, 0),
        (at(wants_approval=True), S.PENDING_APPROVAL, 0, 0),
    ],
)
def test_where_a_new_registration_goes(situation, to, seats, line):
    effects = decide(S.STARTED, Act.SEND, situation)
    assert (effects.path, effects.seats, effects.line) == ((to,), seats, line)
    assert effects.is_last == (to is S.WAITLISTED)


def test_a_guardian_comes_before_the_organisers():
    assert decide(S.GUARDIAN_PENDING, Act.GUARDIAN_AGREES, at(wants_approval=True)).path == (
        S.PENDING_APPROVAL,
    )
    assert decide(S.GUARDIAN_PENDING, Act.GUARDIAN_AGREES, at()).path == (S.CONFIRMED,)
    refused = decide(S.GUARDIAN_PENDING, Act.GUARDIAN_REFUSES, at())
    assert (refused.path, refused.why) == ((S.REJECTED,), Why.GUARDIAN)
    with pytest.raises(ActRefused):
        decide(S.PENDING_APPROVAL, Act.GUARDIAN_AGREES, at())


def test_what_the_mailed_link_does_and_what_happens_without_it():
    assert decide(S.HELD, Act.CONFIRM, at(3)) == Effects((S.CONFIRMED,))  # the seats are held already
    assert decide(S.UNCONFIRMED, Act.CONFIRM, at(3)).seats == 3
    assert decide(S.UNCONFIRMED, Act.CONFIRM, at(3, free=2)).path == (S.WAITLISTED,)
    assert decide(S.UNCONFIRMED, Act.CONFIRM, at(wants_approval=True)).path == (S.PENDING_APPROVAL,)
    over = decide(S.HELD, Act.LAPSE, at(3))
    assert (over.path, over.seats, over.promotes) == ((S.UNCONFIRMED,), -3, True)
    gone = decide(S.UNCONFIRMED, Act.LAPSE, at(3))
    assert (gone.path, gone.seats, gone.why) == ((S.REJECTED,), 0, Why.NO_ANSWER)
    assert not over.is_written and not gone.is_written  # no second mail to an address that may be invented
    assert decide(S.HELD, Act.CANCEL, at(3)).seats == -3 and decide_heads(S.HELD, 2, at(3)).seats == -1
    for refused in ((S.HELD, 4, at(3)), (S.CANCELLED, 1, at(3))):
        with pytest.raises(ActRefused):
            decide_heads(*refused)
    created = STARTS - timedelta(days=30)
    assert waits_until(S.HELD, created, STARTS) == created + HOLD_LASTS
    assert waits_until(S.UNCONFIRMED, STARTS - timedelta(hours=1), STARTS) == STARTS
    assert waits_until(S.CONFIRMED, created, STARTS) is None
    assert [pressure(n) for n in (0, 19, 20, 39, 40, 120)] == [0, 0, 1, 1, 2, 3]


def test_what_is_cancelled_is_final_and_is_never_offered_again():
    for act in Act:
        with pytest.raises(ActRefused):
            decide(S.CANCELLED, act, at())
    for state, seats, line in ((S.CONFIRMED, -3, 0), (S.OFFERED, -3, 0), (S.WAITLISTED, 0, -1)):
        effects = decide(state, Act.CANCEL, at(3))
        assert (effects.path, effects.seats, effects.line) == ((S.CANCELLED,), seats, line)
        assert effects.promotes
    assert decide(S.PENDING_APPROVAL, Act.CANCEL, at()).path == (S.REJECTED,)


def test_an_offer_is_used_in_time_and_once():
    assert decide(S.OFFERED, Act.ACCEPT, at()).path == (S.CONFIRMED,)
    with pytest.raises(ActRefused) as late:
        decide(S.OFFERED, Act.ACCEPT, at(is_in_time=False))
    assert late.value.why == "late"
    with pytest.raises(ActRefused):
        decide(S.CONFIRMED, Act.ACCEPT, at())


def test_an_offer_that_runs_out_goes_to_the_end_of_the_line_and_after_three_it_is_over():
    effects = decide(S.OFFERED, Act.EXPIRE, at(2))
    assert effects.path == (S.OFFER_EXPIRED, S.WAITLISTED) and effects.is_last
    assert (effects.seats, effects.line) == (-2, 1)
    last = decide(S.OFFERED, Act.EXPIRE, at(2, offers=MOST_OFFERS - 1))
    assert last.path[-1] is S.CANCELLED and (last.seats, last.line, last.why) == (-2, 0, Why.NO_ANSWER)


def test_part_of_the_seats_can_be_returned_and_more_only_where_nobody_waits():
    assert decide_heads(S.CONFIRMED, 20, at(25)).seats == -5
    assert decide_heads(S.CONFIRMED, 28, at(25, free=3)).seats == 3
    assert decide_heads(S.WAITLISTED, 20, at(25)).seats == 0
    for state, heads, situation in (
        (S.CONFIRMED, 28, at(25, free=2)),
        (S.CONFIRMED, 26, at(25, free=9, waiting=1)),
        (S.OFFERED, 26, at(25, free=9)),
        (S.WAITLISTED, 26, at(25)),
        (S.CONFIRMED, 0, at(25)),
        (S.CONFIRMED, 1000, at(25)),
        (S.CANCELLED, 5, at(25)),
    ):
        with pytest.raises(ActRefused):
            decide_heads(state, heads, situation)


DAY = (Act.CHECK_IN, Act.UNDO_CHECK_IN, Act.ATTEND, Act.MISS)


@pytest.mark.parametrize(
    ("state", "act", "path"),
    [
        (S.CONFIRMED, Act.CHECK_IN, (S.CHECKED_IN,)),
        (S.CHECKED_IN, Act.UNDO_CHECK_IN, (S.CONFIRMED,)),
        (S.CHECKED_IN, Act.ATTEND, (S.ATTENDED,)),
        (S.CONFIRMED, Act.ATTEND, (S.CHECKED_IN, S.ATTENDED)),  # from a list of who was online
        (S.NO_SHOW, Act.ATTEND, (S.ATTENDED,)),
        (S.CONFIRMED, Act.MISS, (S.NO_SHOW,)),
        (S.ATTENDED, Act.MISS, (S.NO_SHOW,)),
    ],
)
def test_on_the_day_seats_stay_counted_and_no_letter_is_written(state, act, path):
    effects = decide(state, act, at(4, free=0, waiting=3))
    assert effects.path == path and (effects.seats, effects.line) == (0, 0)
    assert not effects.is_written and not effects.promotes
    assert state in SEATED and set(path) <= set(SEATED)


def test_whoever_has_no_confirmed_seat_cannot_be_checked_in_and_who_came_cannot_cancel():
    for state in set(S) - {S.CONFIRMED}:
        with pytest.raises(ActRefused):
            decide(state, Act.CHECK_IN, at())
    for state in set(S) - {S.CONFIRMED, S.CHECKED_IN, S.ATTENDED, S.NO_SHOW}:
        for act in DAY:
            with pytest.raises(ActRefused):
                decide(state, act, at())
    for state in (*CAME, S.NO_SHOW):
        for act in (Act.CANCEL, Act.ACCEPT, Act.OFFER):
            with pytest.raises(ActRefused):
                decide(state, act, at())
        with pytest.raises(ActRefused):
            decide_heads(state, 3, at(4))
    off = decide(S.CHECKED_IN, Act.CANCEL_EVENT, at(4))  # the power fails after the doors have opened
    assert off.path == (S.EVENT_CANCELLED,) and off.seats == -4 and off.is_written


def test_the_line_is_served_by_priority_then_by_time():
    line = [party(1), party(2), party(3, first=True), party(4)]
    assert next_offers(line, {1: 2}, keeps=True).offered == (3, 1)
    assert next_offers(reversed(line), {1: 9}, keeps=True).offered == (3, 1, 2, 4)
    assert next_offers(line, {1: 0}, keeps=True) == next_offers([], {1: 0}, keeps=True)


def test_seats_are_kept_for_a_class_at_the_front_until_the_release_and_then_it_is_passed_over():
    line = [party(1, 25), party(2), party(3, 2), party(4)]
    kept = next_offers(line, {1: 4}, keeps=True)
    assert kept.offered == () and kept.kept_for == 1
    assert next_offers(line, {1: 26}, keeps=True).offered == (1, 2)
    released = next_offers(line, {1: 4}, keeps=False)
    assert released.offered == (2, 3, 4) and released.kept_for is None
    assert keeps_seats(STARTS - timedelta(days=7, seconds=1), STARTS)
    assert not keeps_seats(STARTS - timedelta(days=7), STARTS)


def test_who_waits_for_other_seats_is_not_held_up():
    line = [party(1, 5, quotas=(1, 2)), party(2, quotas=(3,)), party(3, quotas=(2,))]
    found = next_offers(line, {1: 2, 2: 2, 3: 1}, keeps=True)
    assert found.offered == (2,) and found.kept_for == 1


@pytest.mark.parametrize(
    ("left", "lasts"),
    [
        (timedelta(days=30), timedelta(hours=48)),
        (timedelta(days=2), timedelta(hours=24)),
        (timedelta(hours=1), timedelta(minutes=30)),
        (timedelta(minutes=59), None),
        (timedelta(hours=-1), None),
    ],
)
def test_how_long_an_offer_holds(left, lasts):
    ends = offer_ends(STARTS - left, STARTS)
    assert ends == (None if lasts is None else STARTS - left + lasts)


@given(left=st.integers(0, 60 * 24 * 10), minute=st.integers(0, 60 * 24 - 1))
def test_no_offer_ends_while_people_sleep_unless_the_event_leaves_no_other_hour(left, minute):
    starts = datetime(2026, 12, 14, tzinfo=VILNIUS) + timedelta(minutes=minute)
    at = starts - timedelta(minutes=left)
    ends = offer_ends(at, starts)
    if ends is None:
        assert starts - at < timedelta(hours=1)
        return
    assert at < ends <= starts - timedelta(minutes=30), "somebody else can still be offered the seat"
    hour = ends.astimezone(VILNIUS).time()
    if time(21) < hour or hour < time(8):
        assert starts - at <= timedelta(hours=24), "only where the event is near"
        assert starts.astimezone(VILNIUS).time() < time(10) or starts.astimezone(VILNIUS).time() >= time(21)


def test_an_offer_made_in_the_evening_lasts_until_the_morning():
    """The audit met an offer of 18:11 that ended at 01:35."""
    starts = datetime(2026, 12, 3, 9, tzinfo=VILNIUS)
    at = datetime(2026, 12, 2, 18, 11, tzinfo=VILNIUS)
    assert offer_ends(at, starts) == datetime(2026, 12, 2, 21, tzinfo=VILNIUS)
    assert offer_ends(at, starts + timedelta(hours=2)) == datetime(2026, 12, 3, 9, tzinfo=VILNIUS)


@pytest.mark.prove
def test_no_interleaving_sells_a_seat_twice_or_passes_anybody_over():
    for seed in range(often(10_000, 1_000_000)):
        world = interleaving(seed)
        assert not world.wrong, (seed, world.wrong)


def test_without_the_locks_the_same_simulation_finds_what_goes_wrong():
    found = [seed for seed in range(400) if interleaving(seed, locks=False).wrong]
    assert len(found) > 10

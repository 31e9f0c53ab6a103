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
    Command,
    CommandRefused,
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
from sauga.events.states import CAME, OPEN, REGISTRATION, SEATED, RegistrationState
from sauga.kernel.clock import VILNIUS

pytestmark = pytest.mark.unit
STARTS = datetime(2027, 2, 9, 8, tzinfo=UTC)


def at(heads: int = 1, free: int = 5, **more) -> Situation:
    return Situation(heads=heads, free=free, **more)


def party(key: int, heads: int = 1, *, number: int = 0, first: bool = False, quotas: tuple[int, ...] = (1,)):
    return Party(key=key, heads=heads, number=number or key, has_priority=first, quotas=frozenset(quotas))


def test_every_act_in_every_state_makes_an_allowed_move_or_is_refused():
    for state in RegistrationState:
        for command in Command:
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
                    effects = decide(state, command, situation)
                except CommandRefused:
                    continue
                here = str(state)
                for after in effects.path:
                    assert REGISTRATION.allows(here, after)
                    here = str(after)
    assert REGISTRATION.ends() == {
        RegistrationState.CANCELLED,
        RegistrationState.REJECTED,
        RegistrationState.EVENT_CANCELLED,
    }
    assert all(
        RegistrationState.EVENT_CANCELLED in REGISTRATION.moves[one]
        for one in OPEN
        if one not in (RegistrationState.STARTED, RegistrationState.OFFER_EXPIRED)
    )


@pytest.mark.parametrize(
    ("situation", "to", "seats", "line"),
    [
        (at(), RegistrationState.CONFIRMED, 1, 0),
        (at(5), RegistrationState.CONFIRMED, 5, 0),
        (at(6), RegistrationState.WAITLISTED, 0, 1),  # a class gets all its seats or none
        (at(free=0), RegistrationState.WAITLISTED, 0, 1),
        (
            at(waiting=1),
            RegistrationState.WAITLISTED,
            0,
            1,
        ),  # nobody passes who waits, even where seats are free
        (at(is_unproven=True), RegistrationState.HELD, 1, 0),
        (at(6, is_unproven=True), RegistrationState.UNCONFIRMED, 0, 0),
        (at(waiting=1, is_unproven=True), RegistrationState.UNCONFIRMED, 0, 0),
        (at(wants_approval=True, is_unproven=True), RegistrationState.UNCONFIRMED, 0, 0),
        (at(wants_guardian=True, is_unproven=True), RegistrationState.GUARDIAN_PENDING, 0, 0),
        (at(wants_guardian=True), RegistrationState.GUARDIAN_PENDING, 0, 0),
        (at(wants_guardian=True, wants_approval=True), RegistrationState.GUARDIAN_PENDING, 0, 0),
        (at(wants_approval=True), RegistrationState.PENDING_APPROVAL, 0, 0),
    ],
)
def test_where_a_new_registration_goes(situation, to, seats, line):
    effects = decide(RegistrationState.STARTED, Command.SEND, situation)
    assert (effects.path, effects.seats, effects.line) == ((to,), seats, line)
    assert effects.is_last == (to is RegistrationState.WAITLISTED)


def test_a_guardian_comes_before_the_organisers():
    assert decide(
        RegistrationState.GUARDIAN_PENDING, Command.GUARDIAN_AGREES, at(wants_approval=True)
    ).path == (RegistrationState.PENDING_APPROVAL,)
    assert decide(RegistrationState.GUARDIAN_PENDING, Command.GUARDIAN_AGREES, at()).path == (
        RegistrationState.CONFIRMED,
    )
    refused = decide(RegistrationState.GUARDIAN_PENDING, Command.GUARDIAN_REFUSES, at())
    assert (refused.path, refused.why) == ((RegistrationState.REJECTED,), Why.GUARDIAN)
    with pytest.raises(CommandRefused):
        decide(RegistrationState.PENDING_APPROVAL, Command.GUARDIAN_AGREES, at())


def test_what_the_mailed_link_does_and_what_happens_without_it():
    assert decide(RegistrationState.HELD, Command.CONFIRM, at(3)) == Effects(
        (RegistrationState.CONFIRMED,)
    )  # the seats are held already
    assert decide(RegistrationState.UNCONFIRMED, Command.CONFIRM, at(3)).seats == 3
    assert decide(RegistrationState.UNCONFIRMED, Command.CONFIRM, at(3, free=2)).path == (
        RegistrationState.WAITLISTED,
    )
    assert decide(RegistrationState.UNCONFIRMED, Command.CONFIRM, at(wants_approval=True)).path == (
        RegistrationState.PENDING_APPROVAL,
    )
    over = decide(RegistrationState.HELD, Command.LAPSE, at(3))
    assert (over.path, over.seats, over.promotes) == ((RegistrationState.UNCONFIRMED,), -3, True)
    gone = decide(RegistrationState.UNCONFIRMED, Command.LAPSE, at(3))
    assert (gone.path, gone.seats, gone.why) == ((RegistrationState.REJECTED,), 0, Why.NO_ANSWER)
    assert not over.is_written and not gone.is_written  # no second mail to an address that may be invented
    assert (
        decide(RegistrationState.HELD, Command.CANCEL, at(3)).seats == -3
        and decide_heads(RegistrationState.HELD, 2, at(3)).seats == -1
    )
    for refused in ((RegistrationState.HELD, 4, at(3)), (RegistrationState.CANCELLED, 1, at(3))):
        with pytest.raises(CommandRefused):
            decide_heads(*refused)
    created = STARTS - timedelta(days=30)
    assert waits_until(RegistrationState.HELD, created, STARTS) == created + HOLD_LASTS
    assert waits_until(RegistrationState.UNCONFIRMED, STARTS - timedelta(hours=1), STARTS) == STARTS
    assert waits_until(RegistrationState.CONFIRMED, created, STARTS) is None
    assert [pressure(n) for n in (0, 19, 20, 39, 40, 120)] == [0, 0, 1, 1, 2, 3]


def test_what_is_cancelled_is_final_and_is_never_offered_again():
    for command in Command:
        with pytest.raises(CommandRefused):
            decide(RegistrationState.CANCELLED, command, at())
    for state, seats, line in (
        (RegistrationState.CONFIRMED, -3, 0),
        (RegistrationState.OFFERED, -3, 0),
        (RegistrationState.WAITLISTED, 0, -1),
    ):
        effects = decide(state, Command.CANCEL, at(3))
        assert (effects.path, effects.seats, effects.line) == ((RegistrationState.CANCELLED,), seats, line)
        assert effects.promotes
    assert decide(RegistrationState.PENDING_APPROVAL, Command.CANCEL, at()).path == (
        RegistrationState.REJECTED,
    )


def test_an_offer_is_used_in_time_and_once():
    assert decide(RegistrationState.OFFERED, Command.ACCEPT, at()).path == (RegistrationState.CONFIRMED,)
    with pytest.raises(CommandRefused) as late:
        decide(RegistrationState.OFFERED, Command.ACCEPT, at(is_in_time=False))
    assert late.value.why == "late"
    with pytest.raises(CommandRefused):
        decide(RegistrationState.CONFIRMED, Command.ACCEPT, at())


def test_an_offer_that_runs_out_goes_to_the_end_of_the_line_and_after_three_it_is_over():
    effects = decide(RegistrationState.OFFERED, Command.EXPIRE, at(2))
    assert effects.path == (RegistrationState.OFFER_EXPIRED, RegistrationState.WAITLISTED) and effects.is_last
    assert (effects.seats, effects.line) == (-2, 1)
    last = decide(RegistrationState.OFFERED, Command.EXPIRE, at(2, offers=MOST_OFFERS - 1))
    assert last.path[-1] is RegistrationState.CANCELLED and (last.seats, last.line, last.why) == (
        -2,
        0,
        Why.NO_ANSWER,
    )


def test_part_of_the_seats_can_be_returned_and_more_only_where_nobody_waits():
    assert decide_heads(RegistrationState.CONFIRMED, 20, at(25)).seats == -5
    assert decide_heads(RegistrationState.CONFIRMED, 28, at(25, free=3)).seats == 3
    assert decide_heads(RegistrationState.WAITLISTED, 20, at(25)).seats == 0
    for state, heads, situation in (
        (RegistrationState.CONFIRMED, 28, at(25, free=2)),
        (RegistrationState.CONFIRMED, 26, at(25, free=9, waiting=1)),
        (RegistrationState.OFFERED, 26, at(25, free=9)),
        (RegistrationState.WAITLISTED, 26, at(25)),
        (RegistrationState.CONFIRMED, 0, at(25)),
        (RegistrationState.CONFIRMED, 1000, at(25)),
        (RegistrationState.CANCELLED, 5, at(25)),
    ):
        with pytest.raises(CommandRefused):
            decide_heads(state, heads, situation)


DAY = (Command.CHECK_IN, Command.UNDO_CHECK_IN, Command.ATTEND, Command.MISS)


@pytest.mark.parametrize(
    ("state", "command", "path"),
    [
        (RegistrationState.CONFIRMED, Command.CHECK_IN, (RegistrationState.CHECKED_IN,)),
        (RegistrationState.CHECKED_IN, Command.UNDO_CHECK_IN, (RegistrationState.CONFIRMED,)),
        (RegistrationState.CHECKED_IN, Command.ATTEND, (RegistrationState.ATTENDED,)),
        (
            RegistrationState.CONFIRMED,
            Command.ATTEND,
            (RegistrationState.CHECKED_IN, RegistrationState.ATTENDED),
        ),  # from a list of who was online
        (RegistrationState.NO_SHOW, Command.ATTEND, (RegistrationState.ATTENDED,)),
        (RegistrationState.CONFIRMED, Command.MISS, (RegistrationState.NO_SHOW,)),
        (RegistrationState.ATTENDED, Command.MISS, (RegistrationState.NO_SHOW,)),
    ],
)
def test_on_the_day_seats_stay_counted_and_no_letter_is_written(state, command, path):
    effects = decide(state, command, at(4, free=0, waiting=3))
    assert effects.path == path and (effects.seats, effects.line) == (0, 0)
    assert not effects.is_written and not effects.promotes
    assert state in SEATED and set(path) <= set(SEATED)


def test_whoever_has_no_confirmed_seat_cannot_be_checked_in_and_who_came_cannot_cancel():
    for state in set(RegistrationState) - {RegistrationState.CONFIRMED}:
        with pytest.raises(CommandRefused):
            decide(state, Command.CHECK_IN, at())
    for state in set(RegistrationState) - {
        RegistrationState.CONFIRMED,
        RegistrationState.CHECKED_IN,
        RegistrationState.ATTENDED,
        RegistrationState.NO_SHOW,
    }:
        for command in DAY:
            with pytest.raises(CommandRefused):
                decide(state, command, at())
    for state in (*CAME, RegistrationState.NO_SHOW):
        for command in (Command.CANCEL, Command.ACCEPT, Command.OFFER):
            with pytest.raises(CommandRefused):
                decide(state, command, at())
        with pytest.raises(CommandRefused):
            decide_heads(state, 3, at(4))
    off = decide(
        RegistrationState.CHECKED_IN, Command.CANCEL_EVENT, at(4)
    )  # the power fails after the doors have opened
    assert off.path == (RegistrationState.EVENT_CANCELLED,) and off.seats == -4 and off.is_written


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

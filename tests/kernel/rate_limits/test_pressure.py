"""At rest a form asks for nothing; under pressure each sending is paid for once, by work or by patience, and
nobody is told apart.
"""

import contextlib
from datetime import UTC, datetime, timedelta

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from sauga.kernel import rate_limits, sealed
from sauga.kernel.rate_limits import challenges
from sauga.kernel.rate_limits.gauge import Gauge
from sauga.kernel.sealed.visitors.puzzles import PART_DIGITS, PARTS, is_solved, new_puzzle, read_puzzle, solve

pytestmark = pytest.mark.unit
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FORM, OTHER = "test.form", "test.other"
EASY = 2


def later(seconds: float) -> datetime:
    return AT + timedelta(seconds=seconds)


@pytest.fixture(autouse=True)
def rest(settings):
    settings.PRESSURE_POSTS, settings.PRESSURE_CALM = 10, 120
    rate_limits.calm_down()
    challenges._spent.forget()
    yield
    rate_limits.calm_down()


def send(ticket, puzzle=None, proof="", *, at=AT, query="", tries="", form=FORM, queued=None):
    data = {"puzzle": getattr(puzzle, "text", puzzle or ""), "proof": proof, "tries": tries}
    request = RequestFactory().post(f"/x/?{query}", data)
    if queued is not None:
        request.scope = {rate_limits.QUEUED: queued}
    rate_limits.admit(form, ticket, request, at)


def flood(number=10, at=AT, form=FORM):
    for _ in range(number):
        with contextlib.suppress(rate_limits.Held):
            send("flood", at=at, form=form)


class TestGauge:
    def test_rest_until_the_threshold_and_one_level_more_with_each_doubling(self):
        gauge = Gauge(10, 120)
        assert [gauge.count(AT) for _ in range(9)] == [0] * 9
        levels = [gauge.count(AT) for _ in range(400)]
        assert [levels.index(level) + 10 for level in (1, 2, 3, 4, 5)] == [10, 20, 40, 80, 160]
        assert max(levels) == 5

    def test_what_came_a_minute_ago_no_longer_counts(self):
        gauge = Gauge(10, 120)
        for second in range(0, 600, 7):  # eight or nine a minute
            assert gauge.count(later(second)) == 0

    def test_a_pause_for_breath_does_not_switch_it_off_and_calm_does(self):
        gauge = Gauge(10, 120)
        for _ in range(10):
            gauge.count(AT)
        assert gauge.level(later(59)) == 1
        assert gauge.level(later(61)) == 1 and gauge.level(later(170)) == 1
        assert gauge.level(later(185)) == 0
        assert gauge.count(later(186)) == 0

    def test_half_of_the_threshold_keeps_it_on_but_does_not_switch_it_on(self):
        gauge = Gauge(10, 120)
        assert [gauge.count(later(second)) for second in range(0, 60, 10)] == [0] * 6
        for _ in range(10):
            gauge.count(later(61))
        assert all(gauge.count(later(61 + 10 * step)) for step in range(1, 60))

    def test_a_clock_set_back_does_no_harm(self):
        gauge = Gauge(10, 120)
        gauge.count(later(100))
        assert gauge.count(AT) == 0


class TestPuzzles:
    def puzzle(self, bits=EASY, wait=5, ticket="ticket", form=FORM, at=AT):
        return new_puzzle(ticket, form, bits=bits, wait=wait, at=at)

    def test_a_proof_found_by_trying_fits_and_travels(self):
        puzzle = self.puzzle(bits=6)
        assert read_puzzle(puzzle.text, "ticket", FORM, AT, timedelta(hours=1)) == puzzle
        assert is_solved(puzzle, solve(puzzle))

    @pytest.mark.parametrize(
        "proof", ["", "0", "z" * PARTS * PART_DIGITS, "0" * PARTS * PART_DIGITS, "é" * PARTS * PART_DIGITS]
    )
    def test_anything_else_is_no_proof(self, proof):
        assert not is_solved(self.puzzle(bits=20), proof)

    def test_a_proof_of_another_puzzle_is_none(self):
        one, other = self.puzzle(bits=9), self.puzzle(bits=9)
        assert not is_solved(other, solve(one))

    @pytest.mark.parametrize(("ticket", "form"), [("another", FORM), ("ticket", OTHER)])
    def test_a_puzzle_is_bound_to_its_ticket_and_form(self, ticket, form):
        with pytest.raises(sealed.TicketInvalid):
            read_puzzle(self.puzzle().text, ticket, form, AT, timedelta(hours=1))

    def test_it_grows_old_and_never_comes_from_the_future(self):
        with pytest.raises(sealed.TicketExpired):
            read_puzzle(self.puzzle().text, "ticket", FORM, later(3601), timedelta(hours=1))
        with pytest.raises(sealed.TicketInvalid):
            read_puzzle(self.puzzle(at=later(600)).text, "ticket", FORM, AT, timedelta(hours=1))

    @given(st.integers(0, 60), st.sampled_from("ABCabc019-_"))
    def test_no_letter_of_it_can_be_changed(self, place, letter):
        text = self.puzzle().text
        changed = text[: place % len(text)] + letter + text[place % len(text) + 1 :]
        if changed != text:
            with pytest.raises(sealed.TicketInvalid):
                read_puzzle(changed, "ticket", FORM, AT, timedelta(hours=1))

    @given(st.text(max_size=80))
    def test_rubbish_is_refused(self, text):
        with pytest.raises(sealed.TicketInvalid):
            read_puzzle(text, "ticket", FORM, AT, timedelta(hours=1))


class TestGate:
    def test_at_rest_nothing_is_asked(self):
        assert rate_limits.puzzle_for(FORM, "ticket", AT) is None
        for _ in range(9):
            send("ticket")

    def test_who_gets_a_turn_at_once_is_never_asked_however_many_they_are(self, settings):
        settings.PRESSURE_WAIT = 3
        for _ in range(1000):
            send("ticket", queued=2.9)
        assert rate_limits.puzzle_for(FORM, "ticket", AT) is None
        for _ in range(9):
            send("ticket", queued=3.0)
        with pytest.raises(rate_limits.Held):
            send("ticket", queued=3.0)
        with pytest.raises(rate_limits.Held):
            send("ticket", queued=0)

    def test_turned_off_it_never_asks(self, settings):
        settings.PRESSURE_POSTS = 0
        for _ in range(1000):
            send("ticket")
        assert rate_limits.puzzle_for(FORM, "ticket", AT) is None

    def test_a_flood_on_one_form_asks_nothing_on_another(self):
        flood(1000)
        assert rate_limits.puzzle_for(FORM, "ticket", AT) is not None
        assert rate_limits.puzzle_for(OTHER, "ticket", AT) is None
        send("ticket", form=OTHER)

    def test_it_grows_harder_with_the_flood_up_to_a_bound(self):
        flood()
        first = rate_limits.puzzle_for(FORM, "ticket", AT)
        flood(10_000)
        worst = rate_limits.puzzle_for(FORM, "ticket", AT)
        assert (first.bits, first.wait) == (9, 5) and (worst.bits, worst.wait) == (13, 20)
        assert (
            PARTS * 2**worst.bits == 131_072
        )  # under two seconds on a cheap telephone (docs/develop/rate-limits.md)

    def test_work_opens_once(self):
        flood()
        puzzle = rate_limits.puzzle_for(FORM, "ticket", AT)
        proof = solve(puzzle)
        send("ticket", puzzle, proof)
        with pytest.raises(rate_limits.Held) as again:
            send("ticket", puzzle, proof)
        assert again.value.puzzle.text != puzzle.text
        send("ticket", again.value.puzzle, solve(again.value.puzzle))

    def test_patience_opens_once_and_not_before_its_time(self):
        flood()
        puzzle = rate_limits.puzzle_for(FORM, "ticket", AT)
        with pytest.raises(rate_limits.Held) as early:
            send("ticket", puzzle, query="patient", at=later(4))
        assert early.value.puzzle == puzzle and early.value.seconds == 1  # what was waited counts
        send("ticket", puzzle, query="patient", at=later(5))
        with pytest.raises(rate_limits.Held) as again:
            send("ticket", puzzle, query="patient", at=later(6))
        assert again.value.puzzle.text != puzzle.text

    def test_patience_comes_by_its_own_lane_only(self):
        flood()
        puzzle = rate_limits.puzzle_for(FORM, "ticket", AT)
        with pytest.raises(rate_limits.Held):
            send("ticket", puzzle, at=later(30))

    @pytest.mark.parametrize("puzzle", ["", "rubbish", "ąžuolas"])
    def test_without_a_puzzle_a_new_one_comes(self, puzzle):
        flood()
        with pytest.raises(rate_limits.Held) as held:
            send("ticket", puzzle, query="patient", at=later(30))
        assert (held.value.seconds, held.value.puzzle.made_at) == (5, later(30))

    def test_the_puzzle_of_another_ticket_or_form_is_worth_nothing(self):
        flood()
        flood(form=OTHER)
        for foreign in (
            rate_limits.puzzle_for(FORM, "another", AT),
            rate_limits.puzzle_for(OTHER, "ticket", AT),
        ):
            with pytest.raises(rate_limits.Held):
                send("ticket", foreign, solve(foreign), query="patient", at=later(30))

    def test_a_browser_sends_by_itself_a_few_times_only(self):
        flood()
        seen = []
        for tries in ("", "1", "2", "3", "4", "rubbish"):
            with pytest.raises(rate_limits.Held) as held:
                send("ticket", tries=tries)
            seen.append(held.value.sends_itself)
        assert seen == [True, True, True, False, False, False]

    def test_after_the_flood_it_is_as_before(self):
        flood()
        assert rate_limits.puzzle_for(FORM, "ticket", later(200)) is None
        send("ticket", at=later(200))

    def test_what_is_remembered_is_bounded(self, monkeypatch):
        monkeypatch.setattr(challenges, "REMEMBERED", 3)
        spent = challenges.Spent()
        assert all(spent.spend(text) for text in "abcd")
        assert len(spent._seen) == 3 and "a" not in spent and not spent.spend("d")

"""When a removal is believed: never on one look, never on silence, never against an eye that still
sees the content.
"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.hotline.monitoring.rules.probe_classification import GONE, ProbeResult, Reason
from sauga.hotline.monitoring.rules.removal import (
    Ask,
    Confirmation,
    Observation,
    RemovalKind,
    counts_as_gone,
    decide,
    kind_of_removal,
    read_confirmation,
)
from sauga.hotline.states import PRESENCE, Handling, Presence

pytestmark = pytest.mark.unit

START = datetime(2026, 11, 2, 10, 0, tzinfo=UTC)
POLICY = Confirmation()
V, R, P = ProbeResult, Reason, Presence


def observation(minute, verdict, reason=None, profile="MAIN"):
    usual = {
        V.ONLINE: R.ANSWERS,
        V.GONE_HARD: R.STATUS,
        V.GONE_SOFT: R.SAYS_REMOVED,
        V.GONE_REDIRECT: R.TO_HOME,
        V.RESTRICTED: R.LOGIN,
        V.UNREACHABLE: R.TIMEOUT,
        V.CHALLENGED: R.RATE_LIMIT,
        V.CHANGED: R.OTHER_TEXT,
        V.MOVED: R.ELSEWHERE,
        V.REFUSED_BY_GUARD: R.GUARD,
    }
    return Observation(
        at=START + timedelta(minutes=minute),
        verdict=verdict,
        reason=reason or usual[verdict],
        profile=profile,
    )


def both(minute, verdict, reason=None):
    return [observation(minute, verdict, reason), observation(minute, verdict, reason, "PLAIN")]


def test_one_look_is_a_presumption_only():
    assert (
        decide([observation(0, V.ONLINE), *both(5, V.GONE_HARD)], P.ONLINE, POLICY).presence
        is P.PRESUMED_REMOVED
    )
    outcome = decide(both(5, V.GONE_HARD), P.UNKNOWN, POLICY)
    assert (outcome.presence, outcome.removed, outcome.awaits_second) == (P.PRESUMED_REMOVED, False, True)


def test_two_looks_too_close_are_not_enough():
    outcome = decide([*both(0, V.GONE_HARD), *both(9.9, V.GONE_HARD)], P.PRESUMED_REMOVED, POLICY)
    assert not outcome.removed and outcome.awaits_second


def test_two_agreeing_looks_ten_minutes_apart_from_two_eyes_are_a_removal():
    outcome = decide(
        [observation(-60, V.ONLINE), *both(0, V.GONE_HARD), *both(10, V.GONE_SOFT)],
        P.PRESUMED_REMOVED,
        POLICY,
    )
    assert (outcome.presence, outcome.removed, outcome.since) == (P.REMOVED, True, START)


def test_one_eye_is_not_enough_unless_the_name_itself_is_gone():
    assert not decide(
        [observation(0, V.GONE_HARD), observation(10, V.GONE_HARD)], P.PRESUMED_REMOVED, POLICY
    ).removed
    names = [observation(0, V.UNREACHABLE, R.NO_SUCH_NAME_ONCE), observation(10, V.GONE_HARD, R.NO_SUCH_NAME)]
    outcome = decide(names, P.UNREACHABLE, POLICY)
    assert outcome.removed and outcome.since == START


def test_one_missing_name_asks_for_another_look_and_nothing_more():
    outcome = decide([observation(0, V.UNREACHABLE, R.NO_SUCH_NAME_ONCE)], P.ONLINE, POLICY)
    assert (outcome.presence, outcome.removed, outcome.awaits_second) == (P.UNREACHABLE, False, True)
    again = decide(
        [*both(0, V.GONE_HARD), observation(5, V.UNREACHABLE, R.NO_SUCH_NAME_ONCE)],
        P.PRESUMED_REMOVED,
        POLICY,
    )
    assert again.presence is None and again.awaits_second


def test_an_eye_that_still_sees_it_wins_and_a_person_is_told_of_the_disagreement():
    observations = [
        *both(0, V.GONE_HARD),
        observation(10, V.GONE_HARD),
        observation(10, V.ONLINE, profile="REFERRER"),
    ]
    outcome = decide(observations, P.PRESUMED_REMOVED, POLICY)
    assert (outcome.presence, outcome.removed, outcome.ask) == (P.ONLINE, False, Ask.DISAGREEMENT)


def test_one_sight_breaks_the_run_and_silence_does_not():
    broken = [*both(0, V.GONE_HARD), observation(5, V.ONLINE), *both(10, V.GONE_HARD)]
    assert not decide(broken, P.ONLINE, POLICY).removed
    silent = [
        *both(0, V.GONE_HARD),
        observation(5, V.UNREACHABLE),
        observation(7, V.CHALLENGED),
        *both(10, V.GONE_HARD),
    ]
    assert decide(silent, P.UNREACHABLE, POLICY).removed


@pytest.mark.parametrize(
    "verdict", [V.UNREACHABLE, V.RESTRICTED, V.CHALLENGED, V.CHANGED, V.REFUSED_BY_GUARD]
)
def test_nothing_but_a_gone_verdict_ever_removes(verdict):
    observations = [one for minute in range(0, 60 * 24 * 30, 600) for one in both(minute, verdict)]
    for presence in Presence:
        outcome = decide(observations, presence, POLICY)
        assert not outcome.removed and outcome.presence not in {P.REMOVED, P.PRESUMED_REMOVED}


@pytest.mark.parametrize(
    ("verdict", "ask"),
    [
        (V.UNREACHABLE, Ask.UNREACHABLE),
        (V.RESTRICTED, Ask.RESTRICTED),
        (V.CHALLENGED, Ask.NO_EVIDENCE),
        (V.REFUSED_BY_GUARD, Ask.NO_EVIDENCE),
    ],
)
def test_after_three_days_without_proof_a_person_is_asked(verdict, ask):
    observations = [
        observation(0, V.ONLINE),
        observation(60, verdict),
        observation(60 + 72 * 60 - 1, verdict),
    ]
    assert decide(observations, P.ONLINE, POLICY).ask is None
    assert decide([*observations, observation(60 + 72 * 60, verdict)], P.UNREACHABLE, POLICY).ask is ask
    assert decide([observation(0, verdict), observation(72 * 60, verdict)], P.UNKNOWN, POLICY).ask is ask


def test_a_robot_check_moves_nothing():
    assert decide([observation(0, V.CHALLENGED)], P.ONLINE, POLICY).presence is None
    assert decide([observation(0, V.RESTRICTED)], P.ONLINE, POLICY).presence is P.UNREACHABLE


def test_another_text_stays_online_and_goes_to_a_person():
    outcome = decide(both(0, V.CHANGED), P.ONLINE, POLICY)
    assert (outcome.presence, outcome.ask) == (P.ONLINE, Ask.CHANGED)


def test_without_the_signature_rule_another_text_counts_as_gone():
    loose = Confirmation(soft_needs_signature=False)
    assert counts_as_gone(observation(0, V.CHANGED), loose) and not counts_as_gone(
        observation(0, V.CHANGED), POLICY
    )
    assert not counts_as_gone(observation(0, V.CHANGED, R.OTHER_FILE), loose)
    assert decide([*both(0, V.CHANGED), *both(10, V.CHANGED)], P.PRESUMED_REMOVED, loose).removed


def test_a_reappearance_needs_two_sights_too():
    gone = [*both(0, V.GONE_HARD), *both(10, V.GONE_HARD)]
    first = decide([*gone, observation(1440, V.ONLINE)], P.REMOVED, POLICY)
    assert (first.presence, first.reappeared, first.awaits_second) == (None, False, True)
    second = decide([*gone, observation(1440, V.ONLINE), observation(1450, V.MOVED)], P.REMOVED, POLICY)
    assert (second.presence, second.reappeared, second.since) == (
        P.REAPPEARED,
        True,
        START + timedelta(minutes=1440),
    )
    broken = decide(
        [*gone, observation(1440, V.ONLINE), *both(1445, V.GONE_HARD), observation(1450, V.ONLINE)],
        P.REMOVED,
        POLICY,
    )
    assert not broken.reappeared


def test_another_page_where_removed_content_was_is_no_reappearance():
    observations = [observation(0, V.CHANGED), observation(20, V.CHANGED)]
    outcome = decide(observations, P.REMOVED, POLICY)
    assert not outcome.reappeared and outcome.presence is None and outcome.ask is Ask.CHANGED


def test_a_removed_item_that_stays_gone_or_silent_stays_removed():
    assert decide(both(0, V.GONE_HARD), P.REMOVED, POLICY).presence is None
    assert decide([observation(0, V.UNREACHABLE)], P.REMOVED, POLICY).presence is None


def test_looks_come_in_order_and_there_is_at_least_one():
    with pytest.raises(ValueError, match="order"):
        decide([], P.ONLINE, POLICY)
    with pytest.raises(ValueError, match="order"):
        decide([observation(5, V.ONLINE), observation(0, V.ONLINE)], P.ONLINE, POLICY)


def test_the_policy_is_read_and_checked():
    given_ = {
        "agreeing_checks": 2,
        "minutes_apart": 10,
        "vantage_points": 2,
        "soft_needs_signature": True,
        "unreachable_to_person_after_hours": 72,
    }
    assert read_confirmation(given_) == POLICY
    with pytest.raises(ValueError, match="at least"):
        read_confirmation(given_ | {"agreeing_checks": 0})


@pytest.mark.parametrize(
    ("handling", "reason", "kind"),
    [
        (Handling.NEW, R.STATUS, RemovalKind.GONE_BEFORE_ASSESSMENT),
        (Handling.AWAITING_ASSESSMENT, R.STATUS, RemovalKind.GONE_BEFORE_ASSESSMENT),
        (Handling.NOTICE_DUE, R.STATUS, RemovalKind.GONE_BEFORE_NOTICE),
        (Handling.POLICE_HOLD, R.STATUS, RemovalKind.GONE_BEFORE_NOTICE),
        (Handling.FOLLOWED, R.STATUS, RemovalKind.CONTENT_REMOVED),
        (Handling.FOLLOWED, R.SAYS_ACCOUNT_GONE, RemovalKind.ACCOUNT_REMOVED),
        (Handling.FOLLOWED, R.NO_SUCH_NAME, RemovalKind.DOMAIN_SUSPENDED),
        (Handling.FOLLOWED, R.PARKED, RemovalKind.DOMAIN_SUSPENDED),
    ],
)
def test_the_kind_of_removal_says_when_and_how(handling, reason, kind):
    assert kind_of_removal([observation(0, V.GONE_SOFT, reason)], handling) is kind


LOOKS = st.lists(
    st.tuples(
        st.floats(0, 9000),
        st.sampled_from(list(ProbeResult)),
        st.sampled_from(["MAIN", "PLAIN", "REFERRER"]),
        st.booleans(),
    ),
    min_size=1,
    max_size=14,
).map(
    lambda rows: [
        observation(
            minute, verdict, R.NO_SUCH_NAME_ONCE if nameless and verdict is V.UNREACHABLE else None, profile
        )
        for minute, verdict, profile, nameless in sorted(rows, key=lambda r: r[0])
    ]
)


@given(LOOKS, st.sampled_from(list(Presence)))
@settings(max_examples=800)
def test_whatever_was_seen_the_move_is_allowed_and_a_removal_is_well_founded(observations, presence):
    outcome = decide(observations, presence, POLICY)
    if outcome.presence is not None and outcome.presence != presence:
        after_reappearance = presence is P.UNREACHABLE and outcome.presence is P.REMOVED
        assert PRESENCE.allows(presence, outcome.presence) or (
            outcome.removed and (after_reappearance or PRESENCE.allows(presence, P.PRESUMED_REMOVED))
        )
    if outcome.removed:
        run = [one for one in observations if one.at >= outcome.since]
        assert not any(one.is_seen for one in run)
        gone = [one for one in run if counts_as_gone(one, POLICY)]
        assert gone[-1].at - gone[0].at >= POLICY.apart
        assert any(one.verdict in GONE for one in gone)
        assert len({one.profile for one in gone}) >= 2 or all(one.found_no_name for one in gone)
    if outcome.reappeared:
        assert presence is P.REMOVED

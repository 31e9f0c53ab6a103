"""The decision behind sending, reading and typing: a table of state × event → effects, and what holds on
every path through it.
"""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sauga.helpline.chat.actions.messages import clean
from sauga.helpline.chat.rules.messages import (
    Also,
    ConversationOver,
    Effects,
    NotYours,
    Read,
    Send,
    Snapshot,
    Typing,
    decide,
)
from sauga.helpline.letters.forms import LetterText
from sauga.helpline.states import LIVE, TALKING, WAITING, ChatState

pytestmark = pytest.mark.unit
CHILD, OWNER, COLLEAGUE = None, 7, 8
AT_NINE = Snapshot("ACTIVE", OWNER, last_number=9, child_read=4, staff_read=6)


def sent(state="ACTIVE", also=None):
    return Effects(10, replace(AT_NINE, state=state, last_number=10), stores=True, also=also, signal=9)


TABLE = [
    # state, event, effects (None: nothing changes and nothing is said)
    ("ACTIVE", Send(CHILD), sent()),
    ("ACTIVE", Send(OWNER), sent()),
    ("ACTIVE", Send(COLLEAGUE), NotYours),
    ("TRANSFER_OFFERED", Send(CHILD), sent("TRANSFER_OFFERED")),
    ("TRANSFER_OFFERED", Send(OWNER), sent("TRANSFER_OFFERED")),
    ("TRANSFER_OFFERED", Send(COLLEAGUE), NotYours),
    ("PAUSED", Send(CHILD), sent("ACTIVE", Also.RESUME)),
    ("PAUSED", Send(OWNER), sent("PAUSED")),
    ("PAUSED", Send(COLLEAGUE), NotYours),
    *[(state, Send(CHILD), sent(state, Also.TRIAGE)) for state in ("QUEUED", "OFFERED", "REQUEUED_TOP")],
    *[(state, Send(OWNER), ConversationOver) for state in ("QUEUED", "OFFERED", "REQUEUED_TOP")],
    *[(state, Send(CHILD), ConversationOver) for state in ChatState if state not in (*TALKING, *WAITING)],
    *[(state, Send(OWNER), ConversationOver) for state in ChatState if state not in TALKING],
    *[(state, Send(COLLEAGUE), NotYours) for state in ChatState],
    *[
        (state, Send(who, stored_as=5), Effects(5, replace(AT_NINE, state=state)))
        for state in ChatState
        for who in (CHILD, OWNER, COLLEAGUE)
    ],
    *[
        (state, Read(CHILD, 6), Effects(1, replace(AT_NINE, state=state, child_read=6), signal="read"))
        for state in ChatState
    ],
    *[
        (state, Read(OWNER, 8), Effects(1, replace(AT_NINE, state=state, staff_read=8), signal="read"))
        for state in ChatState
    ],
    *[(state, Read(COLLEAGUE, 8), None) for state in ChatState],
    ("ACTIVE", Read(CHILD, 4), None),
    ("ACTIVE", Read(CHILD, 3), None),
    ("ACTIVE", Read(CHILD, 99), Effects(1, replace(AT_NINE, child_read=9), signal="read")),
    ("ACTIVE", Read(OWNER, 99), Effects(1, replace(AT_NINE, staff_read=9), signal="read")),
    *[
        (state, Typing(CHILD), Effects(1, replace(AT_NINE, state=state), signal="typing.CHILD"))
        for state in LIVE
    ],
    *[
        (state, Typing(OWNER), Effects(1, replace(AT_NINE, state=state), signal="typing.COUNSELLOR"))
        for state in LIVE
    ],
    *[(state, Typing(COLLEAGUE), None) for state in LIVE],
]


@pytest.mark.parametrize(
    ("state", "event", "wanted"), TABLE, ids=[f"{state}-{event}" for state, event, _ in TABLE]
)
def test_what_an_event_does(state, event, wanted):
    before = replace(AT_NINE, state=str(state))
    if isinstance(wanted, type):
        with pytest.raises(wanted):
            decide(before, event)
    else:
        assert decide(before, event) == (wanted or Effects(0, before))


WHO = st.sampled_from([CHILD, OWNER, COLLEAGUE])
EVENTS = st.one_of(
    st.builds(Send, WHO, st.none() | st.integers(1, 9)),
    st.builds(Read, WHO, st.integers(0, 60)),
    st.builds(Typing, WHO),
)


@given(state=st.sampled_from(list(ChatState)), events=st.lists(EVENTS, max_size=25))
@settings(suppress_health_check=[HealthCheck.too_slow])  # a busy machine is no fault
def test_on_every_path_numbers_have_no_gaps_marks_only_rise_and_a_colleague_changes_nothing(state, events):
    row, stored = replace(AT_NINE, state=str(state)), []
    for event in events:
        try:
            found = decide(row, event)
        except (ConversationOver, NotYours):
            continue
        after = found.after
        assert decide(row, event) == found, "the same question has the same answer"
        assert after.owner_id == row.owner_id and (after.state == row.state or found.also == Also.RESUME)
        assert after.last_number - row.last_number == int(found.stores)
        assert (
            row.child_read <= after.child_read <= after.last_number
            and row.staff_read <= after.staff_read <= after.last_number
        )
        assert (found.signal is not None) == (
            found.stores or (not isinstance(event, Send) and found.answer == 1)
        )
        if event.person_id == COLLEAGUE:
            assert after == row and found.signal is None and not found.stores
        stored += [found.answer] if found.stores else []
        row = after
    assert stored == list(range(10, 10 + len(stored)))


@pytest.mark.parametrize(
    "text", ["a\u200bb", "so\u00adfas", "a\rb", "La\x00bas\u202e!", "ė\u0307", "x\ud800y", " tarpai "]
)
def test_letters_and_the_chat_keep_the_same_of_what_is_typed(text):
    assert LetterText().to_python(text) == clean(text)

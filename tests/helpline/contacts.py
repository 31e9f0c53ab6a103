"""Contacts of the installation's counsellors in a state that tests of the record start from: rows as the
actions leave them.
"""

from datetime import date, datetime, timedelta

from sauga.helpline.calls.models import Call
from sauga.helpline.chat.models import Conversation
from sauga.helpline.letters.models import Letter
from sauga.helpline.records.models import Attempt
from sauga.helpline.records.rules.coding import Codes
from tests.centre import AT, Centre

CODES = Codes(
    language="lt",
    caller_role="CHILD_SELF",
    age_year=13,
    gender="GIRL",
    risk="SOME",
    topic="PEE_CLASSMATES",
    internet="NO",
    actions=("ACT_LISTENED",),
    ended_by="END_CHILD",
)
ONLINE = {"internet": "YES", "insafe": "INS_CYBERBULLYING", "place": "PLACE_MESSAGING"}
_made = iter(range(10**6))


def _receipt() -> bytes:
    return next(_made).to_bytes(32)


def attempt(channel: str, at: datetime, day: date | None = None, **more: object) -> Attempt:
    """An attempt on a channel that somebody answered."""
    values = {"language": "lt", "day": day or at.date(), "hour": at.hour, "talk_seconds": 1380, **more}
    return Attempt.objects.create(channel=channel, **values)


def ended_chat(
    centre: Centre, role: str = "COUNSELLOR", *, at: datetime = AT, state: str = "WRAP_UP", **more: object
) -> Attempt:
    """A conversation of 23 minutes that ended just now and waits for its record."""
    times = {
        "started_at": at - timedelta(minutes=25),
        "taken_at": at - timedelta(minutes=23),
        "ended_at": at,
        "last_word_at": at,
    }
    talk = Conversation.objects.create(
        receipt=_receipt(),
        language="lt",
        state=state,
        owner=centre.people[role],
        ended_by="END_CHILD",
        band="SOME",
        **{**times, **more},
    )
    return attempt("CHAT", at, conversation=talk)


def ended_call(
    centre: Centre, role: str = "COUNSELLOR", *, at: datetime = AT, state: str = "ENDED"
) -> Attempt:
    """A call that ended just now."""
    call = Call.objects.create(
        state=state, rang_at=at - timedelta(minutes=5), answered_by=centre.people[role], ended_at=at
    )
    return attempt("PHONE", at, call=call)


def letter(
    centre: Centre, role: str = "COUNSELLOR", *, at: datetime = AT, state: str = "CLAIMED", outcome: str = ""
) -> Attempt:
    """A letter in somebody's hand."""
    row = Letter.objects.create(
        receipt=_receipt(),
        language="lt",
        state=state,
        received_at=at,
        due_at=at + timedelta(days=1),
        claimed_by=centre.people[role],
    )
    return attempt("LETTER", at, letter=row, outcome=outcome)

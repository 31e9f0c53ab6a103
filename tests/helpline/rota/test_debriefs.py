"""A debrief is owed after a heavy contact, on a shift of the rota or outside one, whatever the contact's
rows still tell.
"""

from dataclasses import replace
from datetime import timedelta

import pytest

from sauga.helpline.chat.actions import conversation_events
from sauga.helpline.chat.models import Conversation
from sauga.helpline.records import actions as records
from sauga.helpline.rota.actions import debriefs, duty
from sauga.helpline.service import SERVICE
from sauga.helpline.volunteers.actions import owe_after_alert
from sauga.helpline.volunteers.models import Debrief
from sauga.helpline.volunteers.queries.debriefs import owed_by
from sauga.kernel.notifications.models import Notification
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture
from tests.factories.line import on_duty, open_line
from tests.factories.talks import active
from tests.helpline.contacts import CODES, ended_call, ended_chat

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def line(centre: Centre) -> Centre:
    open_line(centre, AT - HOUR)
    return centre


def owes(centre: Centre, role: str = "COUNSELLOR") -> int:
    return len(owed_by(centre.people[role].pk))


def heavy(centre: Centre, band: str):
    """A chat that the counsellor or the rules put into this band."""
    attempt = ended_chat(centre)
    attempt.conversation.band = band
    attempt.conversation.save(update_fields=["band"])
    return attempt


def write(centre: Centre, attempt, **codes: object):
    return records.write_record(
        by=centre.actor("COUNSELLOR"), attempt=attempt, codes=replace(CODES, **codes), at=AT
    )


def test_a_chat_recorded_as_immediate_danger_owes_one_without_a_shift(line: Centre):
    write(line, ended_chat(line), risk="IMMEDIATE")
    assert owes(line) == 1
    told = Notification.objects.filter(template="helpline.debrief_owed").values_list("person_id", flat=True)
    assert line.people["SHIFT_LEAD"].pk in told
    write(line, ended_chat(line), risk="HIGH")
    assert owes(line) == 1, "one talk is owed, not two"


def test_a_debrief_is_owed_from_the_alert_on_and_counted_for_those_who_hold_it(line: Centre):
    counters = [one for one in SERVICE.counters if one.code.startswith("helpline.debriefs")]
    talk = active(line)
    by = line.actor("COUNSELLOR")
    conversation_events.set_risk(by=by, conversation=talk.conversation, band="IMMEDIATE", at=AT + HOUR / 6)
    assert owed_by(line.people["COUNSELLOR"].pk)[0].owed_since == AT + HOUR / 6
    conversation_events.set_risk(by=by, conversation=talk.conversation, band="HIGH", at=AT + HOUR / 5)
    assert owes(line) == 1
    counts = {
        role: sum(one.count(by, AT) for one in counters if by.can(one.permission))
        for role in ("SHIFT_LEAD", "VOLUNTEER_COORDINATOR", "COUNSELLOR")
        for by in [line.actor(role)]
    }
    assert counts == {"SHIFT_LEAD": 1, "VOLUNTEER_COORDINATOR": 1, "COUNSELLOR": 0}


def test_a_caller_at_risk_owes_one_at_once_and_a_debrief_held_before_the_record_is_enough(line: Centre):
    attempt = heavy(line, "HIGH")
    person = line.people["COUNSELLOR"].pk
    owe_after_alert(person_id=person, at=AT)
    owe_after_alert(person_id=None, at=AT)
    assert owes(line) == 1
    debriefs.hold_debrief(by=line.actor("SHIFT_LEAD"), debrief=Debrief.objects.get(), at=AT)
    write(line, attempt, risk="HIGH")
    assert owes(line) == 0 and Debrief.objects.count() == 1


def test_the_band_of_the_conversation_counts_as_well_as_the_record(line: Centre):
    write(line, heavy(line, "HIGH"), risk="SOME")
    assert owes(line) == 1


def test_an_ordinary_contact_owes_nothing(line: Centre):
    write(line, ended_chat(line))
    write(line, ended_call(line))
    assert owes(line) == 0


def test_a_call_flagged_as_risky_owes_one(line: Centre):
    attempt = ended_call(line)
    attempt.call.is_at_risk = True
    attempt.call.save(update_fields=["is_at_risk"])
    write(line, attempt)
    assert owes(line) == 1


def test_a_record_corrected_to_high_risk_owes_one(line: Centre):
    record = write(line, ended_chat(line))
    records.change_record(
        by=line.actor("COUNSELLOR"), record=record, codes=replace(CODES, risk="HIGH"), at=AT + HOUR
    )
    assert owes(line) == 1


def test_going_off_duty_without_a_record_owes_one(line: Centre):
    on_duty(line.people["COUNSELLOR"], AT - HOUR)
    heavy(line, "IMMEDIATE")
    duty.go_off_duty(by=line.actor("COUNSELLOR"), at=AT + HOUR)
    assert owes(line) == 1


def test_a_debrief_held_meanwhile_is_not_owed_again(line: Centre):
    on_duty(line.people["COUNSELLOR"], AT - HOUR)
    write(line, heavy(line, "HIGH"), risk="HIGH")
    debriefs.hold_debrief(by=line.actor("SHIFT_LEAD"), debrief=Debrief.objects.get(), at=AT + HOUR / 2)
    Conversation.objects.update(taken_at=AT - HOUR / 2, state="CLOSED")
    duty.go_off_duty(by=line.actor("COUNSELLOR"), at=AT + HOUR)
    assert owes(line) == 0

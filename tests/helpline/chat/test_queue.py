"""Who is next: worst first, nobody starves, nobody is given twice; offers, refusals, changes of
order, taking over.
"""

import random
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from sauga.helpline.chat.actions import conversation_events, queue, transfers
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.models import Conversation, Message, Offer
from sauga.helpline.chat.queries import queue as asked
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.models import Duty
from sauga.helpline.volunteers.models import Volunteer
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import ReasonMissing
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import on_duty, open_line, volunteer
from tests.factories.talks import AT, CHILD, MINUTE, QUEUE, SECOND, active, begun, fake_receipt, nonce, queued

ROW = st.fixed_dictionaries(
    {
        "band": st.sampled_from(["NONE", "SOME", "HIGH", "IMMEDIATE"]),
        "audience": st.sampled_from(["CHILD", "CHILD", "ADULT"]),
        "waited": st.integers(0, 5000),
        "requeued": st.sampled_from([False, False, False, True]),
    }
)


@given(rows=st.lists(ROW, min_size=1, max_size=12, unique_by=lambda row: row["waited"]))
@settings(max_examples=60)
def test_the_line_keeps_what_was_promised_and_everybody_is_told_the_same_place(rows, django_db_blocker):
    """Examples of the order itself: test_order.py."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = {}
        for row in rows:
            since = AT - row["waited"] * SECOND
            taken = {"taken_at": since, "state": "REQUEUED_TOP"} if row["requeued"] else {"state": "QUEUED"}
            one = Conversation.objects.create(
                receipt=nonce(),
                language="lt",
                started_at=AT,
                since=since,
                band=row["band"],
                audience=row["audience"],
                **taken,
            )
            made[one.pk] = row
        line = asked.line(AT)
        assert sorted(line) == sorted(made)
        assert [one.conversation.pk for one in asked.waiting(AT)] == line
        assert [asked.place_of(one.conversation, AT).ahead for one in asked.waiting(AT)] == list(
            range(len(line))
        )
        assert asked.next_in_queue(person_id=0, languages=["lt"], at=AT) == line[0]
        for number, pk in enumerate(line):
            one, later = made[pk], [made[other] for other in line[number + 1 :]]
            if not one["requeued"]:
                assert not any(other["requeued"] for other in later)
                assert one["band"] == "IMMEDIATE" or not any(other["band"] == "IMMEDIATE" for other in later)
                if one["band"] != "IMMEDIATE" and one["audience"] == "CHILD":
                    assert not any(
                        other["waited"] >= 1800
                        and other["waited"] > one["waited"]
                        and other["audience"] == "CHILD"
                        for other in later
                    )
        transaction.set_rollback(True)


def test_nobody_starves_however_many_worse_ones_come(db):
    """After half an hour the least urgent child stands before every newcomer that is not in
    immediate danger.
    """
    first = Conversation.objects.create(
        receipt=nonce(), language="lt", started_at=AT, since=AT, state="QUEUED"
    )
    for number in range(40):
        since = AT + number * MINUTE
        Conversation.objects.create(
            receipt=nonce(), language="lt", started_at=AT, since=since, band="HIGH", state="QUEUED"
        )
    assert asked.line(AT + 29 * MINUTE)[0] != first.pk
    assert asked.line(AT + 30 * MINUTE)[0] == first.pk


@pytest.mark.parametrize(
    ("band", "minutes", "raised"),
    [
        ("NONE", 14, "NONE"),
        ("NONE", 15, "SOME"),
        ("NONE", 90, "HIGH"),
        ("SOME", 15, "HIGH"),
        ("HIGH", 60, "HIGH"),
        ("IMMEDIATE", 60, "IMMEDIATE"),
    ],
)
def test_the_band_as_the_queue_counts_it(db, band, minutes, raised):
    one = Conversation.objects.create(
        receipt=nonce(), language="lt", started_at=AT, since=AT, band=band, state="QUEUED"
    )
    assert asked.effective_band(one, AT + minutes * MINUTE) == raised
    assert [row.band for row in asked.waiting(AT + minutes * MINUTE)] == [raised]
    Conversation.objects.update(since=None)
    assert asked.effective_band(one, AT) == band


def test_place_and_an_honest_wait(centre):
    first, second = queued(centre), queued(centre, AT + SECOND)
    place = asked.place_of(second.conversation, AT + MINUTE)
    assert (place.ahead, place.low, place.high) == (1, None, None)
    assert asked.place_of(first.conversation, AT).ahead == 0
    for minutes in (2, 4, 6, 8, 10):
        Attempt.objects.create(
            channel="CHAT", language="lt", day=AT.date(), hour=AT.hour, wait_seconds=minutes * 60, band="HIGH"
        )
    place = asked.place_of(second.conversation, AT + MINUTE)
    assert (place.low, place.high) == (6, 9)
    for minutes in (1, 1, 1, 1, 1):
        Attempt.objects.create(
            channel="CHAT",
            language="lt",
            day=AT.date(),
            hour=AT.hour - 1,
            wait_seconds=minutes * 60,
            band="NONE",
        )
    assert asked.usual_wait("NONE", AT) == (1, 1)
    assert asked.usual_wait("NONE", AT + timedelta(hours=3)) == (None, None)
    assert asked.place_of(begun(centre, open_first=False).conversation, AT).ahead == 0


# Offers
# ------------------------------------------------------------------------------------------------------------
def test_only_who_is_on_duty_for_chats_is_given_somebody(centre):
    made, by = queued(centre), centre.actor("COUNSELLOR_2")
    with pytest.raises(duties.NotOnDuty):
        queue.next_contact(by=by, at=AT)
    on_duty(centre.people["COUNSELLOR_2"], AT, channels=["PHONE"])
    with pytest.raises(duties.NotOnDuty):
        queue.next_contact(by=by, at=AT)
    Duty.objects.filter(person=centre.people["COUNSELLOR_2"]).update(channels=["CHAT"], is_on_break=True)
    with pytest.raises(duties.NotOnDuty):
        queue.next_contact(by=by, at=AT)
    duties.come_back(by=by, at=AT)
    assert queue.next_contact(by=by, at=AT).conversation_id == made.conversation.pk
    with pytest.raises(PermissionRefused):
        queue.next_contact(by=centre.actor("LETTER_REVIEWER"), at=AT)


def test_nobody_waits(centre):
    open_line(centre, AT)
    assert queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT) is None


def test_asked_again_the_same_offer_and_no_second_conversation(centre):
    queued(centre), queued(centre)
    by = centre.actor("COUNSELLOR")
    offer = queue.next_contact(by=by, at=AT)
    assert queue.next_contact(by=by, at=AT + 29 * SECOND) == offer
    queue.accept_offer(by=by, offer=offer, at=AT + 29 * SECOND)
    assert queue.accept_offer(by=by, offer=offer, at=AT + 30 * SECOND).owner_id == by.person_id
    assert Message.objects.filter(event="JOINED").count() == 1
    with pytest.raises(queue.AtCapacity):
        queue.next_contact(by=by, at=AT + 30 * SECOND)
    Duty.objects.filter(person_id=by.person_id).update(capacity=2)
    assert queue.next_contact(by=by, at=AT + 30 * SECOND) != offer


def test_an_offer_lasts_thirty_seconds(centre):
    made, by = queued(centre), centre.actor("COUNSELLOR")
    offer = queue.next_contact(by=by, at=AT + 5 * SECOND)
    with pytest.raises(queue.OfferOver):
        queue.accept_offer(by=by, offer=offer, at=AT + 35 * SECOND)
    with pytest.raises(PermissionRefused):
        queue.time_out(by=by, offer=offer, at=AT + 35 * SECOND)
    assert not queue.time_out(by=QUEUE, offer=offer, at=AT + 34 * SECOND)
    assert queue.time_out(by=QUEUE, offer=offer, at=AT + 35 * SECOND)
    assert not queue.time_out(by=QUEUE, offer=offer, at=AT + 36 * SECOND)
    assert made.state == "QUEUED" and made.conversation.since == AT and made.conversation.offered_to is None
    offer.refresh_from_db()
    assert (offer.answer, offer.reason) == ("TIMED_OUT", "RF_TIMEOUT")
    with pytest.raises(queue.OfferOver):
        queue.accept_offer(by=by, offer=offer, at=AT + 36 * SECOND)


def test_somebody_else_s_offer_cannot_be_taken(centre):
    queued(centre)
    offer = queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT)
    with pytest.raises(queue.OfferOver):
        queue.accept_offer(by=centre.actor("SHIFT_LEAD"), offer=offer, at=AT)
    with pytest.raises(queue.OfferOver):
        queue.refuse_offer(by=centre.actor("SHIFT_LEAD"), offer=offer, reason="RF_KNOWS", at=AT)


def test_a_refusal_needs_a_reason_keeps_since_and_the_third_is_told(centre):
    made, by = queued(centre), centre.actor("COUNSELLOR")
    for number in range(3):
        offer = queue.next_contact(by=by, at=AT + number * SECOND)
        for reason in ("", "RF_TIMEOUT", "RF_DULL"):
            with pytest.raises(ReasonMissing):
                queue.refuse_offer(by=by, offer=offer, reason=reason, at=AT)
        assert not Notification.objects.exists()
        queue.refuse_offer(by=by, offer=offer, reason="RF_NOT_ABLE", at=AT + number * SECOND)
        assert made.state == "QUEUED" and made.conversation.since == AT
    assert list(Notification.objects.values_list("person_id", "template")) == [
        (centre.people["SHIFT_LEAD"].pk, "helpline.refusals")
    ]


@pytest.mark.parametrize("reason", ["RF_KNOWS", "RF_LANGUAGE"])
def test_who_knows_the_caller_is_not_given_them_again_but_others_are(centre, reason):
    made, by = queued(centre), centre.actor("COUNSELLOR")
    on_duty(centre.people["COUNSELLOR_2"], AT, languages=["lt"])
    queue.refuse_offer(by=by, offer=queue.next_contact(by=by, at=AT), reason=reason, at=AT)
    assert queue.next_contact(by=by, at=AT) is None
    assert queue.next_contact(by=centre.actor("COUNSELLOR_2"), at=AT).conversation_id == made.conversation.pk


def test_a_refusal_after_the_duty_ended_is_counted_nowhere(centre):
    queued(centre)
    by = centre.actor("COUNSELLOR")
    offer = queue.next_contact(by=by, at=AT)
    Duty.objects.filter(person_id=by.person_id).update(ended_at=AT)
    queue.refuse_offer(by=by, offer=offer, reason="RF_NOT_ABLE", at=AT)
    assert Duty.objects.get(person_id=by.person_id).refusals == 0


def test_languages_are_respected_and_a_language_nobody_speaks_does_not_wait_for_ever(centre):
    english = queued(centre, language="en")
    by, other = centre.actor("COUNSELLOR"), centre.actor("COUNSELLOR_2")
    Duty.objects.filter(person_id=by.person_id).update(languages=["lt"])
    on_duty(centre.people["COUNSELLOR_2"], AT, languages=["lt", "en"])
    assert queue.next_contact(by=by, at=AT) is None
    assert queue.next_contact(by=other, at=AT).conversation_id == english.conversation.pk
    russian = queued(centre, language="ru")
    Duty.objects.filter(person_id=by.person_id).update(languages=["lt"])
    assert queue.next_contact(by=by, at=AT).conversation_id == russian.conversation.pk


# Changing the order, taking over
# ----------------------------------------------------------------------------------------------
def test_a_lead_changes_the_order_with_a_reason(centre):
    made, lead = queued(centre), centre.actor("SHIFT_LEAD")
    with pytest.raises(ReasonMissing):
        queue.change_order(by=lead, conversation=made.conversation, band="HIGH", reason="", at=AT)
    with pytest.raises(ValueError):
        queue.change_order(by=lead, conversation=made.conversation, band="FIRST", reason="KNOWN", at=AT)
    with pytest.raises(PermissionRefused):
        queue.change_order(
            by=centre.actor("COUNSELLOR"), conversation=made.conversation, band="HIGH", reason="KNOWN", at=AT
        )
    row = queue.change_order(by=lead, conversation=made.conversation, band="HIGH", reason="KNOWN", at=AT)
    assert (row.band, row.band_by, row.is_at_risk) == ("HIGH", lead.pseudonym, True)
    talk.leave_queue(by=CHILD, conversation=made.conversation, how="ABANDONED", at=AT)
    with pytest.raises(talk.ConversationOver):
        queue.change_order(by=lead, conversation=made.conversation, band="HIGH", reason="KNOWN", at=AT)


def test_a_lead_takes_over_from_every_state(centre):
    lead = centre.actor("SHIFT_LEAD")

    def take(made):
        return queue.take_over(by=lead, conversation=made.conversation, reason="RISK", at=AT + MINUTE)

    waiting = queued(centre)
    assert (
        take(waiting).owner_id == lead.person_id
        and waiting.state == "ACTIVE"
        and waiting.conversation.taken_at == AT + MINUTE
    )
    assert take(waiting).last_number == 2  # taking one's own changes nothing
    offered = queued(centre)
    offer = queue.next_contact(by=centre.actor("COUNSELLOR"), at=AT)
    assert take(offered).state == "ACTIVE"
    with pytest.raises(queue.OfferOver):
        queue.accept_offer(by=centre.actor("COUNSELLOR"), offer=offer, at=AT + SECOND)
    talking_one = active(centre)
    assert take(talking_one).owner_id == lead.person_id
    with pytest.raises(conversation_events.NotYours):
        conversation_events.send_message(
            by=centre.actor("COUNSELLOR"),
            conversation=talking_one.conversation,
            key=talking_one.key,
            text="a",
            nonce=nonce(),
            at=AT,
        )
    handed, by = active(centre), centre.actor("COUNSELLOR")
    moved = transfers.offer_transfer(
        by=by, conversation=handed.conversation, desk_key=handed.desk_key(by), card={"why": "Baigiu"}, at=AT
    )
    assert take(handed).state == "ACTIVE"
    moved.refresh_from_db()
    assert moved.outcome == "ENDED" and handed.fresh().messages.filter(event="TAKEN_OVER").exists()
    with pytest.raises(ReasonMissing):
        queue.take_over(by=lead, conversation=handed.conversation, reason="", at=AT)
    talk.end_conversation(by=CHILD, conversation=handed.conversation, how="END_CHILD", at=AT + MINUTE)
    with pytest.raises(talk.ConversationOver):
        take(handed)
    with pytest.raises(PermissionRefused):
        queue.take_over(by=by, conversation=waiting.conversation, reason="RISK", at=AT)


# Many at once
# ------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_many_counsellors_at_once_never_get_the_same_conversation(centre):
    """Real threads on real PostgreSQL: twelve children, four people who press, take and end as
    fast as they can.
    """
    open_line(centre, AT)
    for number in range(12):
        receipt = fake_receipt()
        one = talk.start_conversation(by=CHILD, receipt=receipt, language="lt", audience="CHILD", at=AT)
        Conversation.objects.filter(pk=one.pk).update(since=AT + number * SECOND, **{"state": "QUEUED"})
    roles = ("COUNSELLOR", "COUNSELLOR_2", "SHIFT_LEAD", "SHIFT_LEAD_2")
    actors = [centre.actor(role) for role in roles]
    for role in roles:
        on_duty(centre.people[role], AT)
    got, errors, start = [], [], threading.Barrier(len(actors))

    def work(by):
        try:
            start.wait()
            while (offer := queue.next_contact(by=by, at=AT)) is not None:
                got.append(offer.conversation_id)
                if random.random() < 0.2:
                    queue.refuse_offer(by=by, offer=offer, reason="RF_NOT_ABLE", at=AT)
                    got.remove(offer.conversation_id)
                    continue
                row = queue.accept_offer(by=by, offer=offer, at=AT)
                talk.end_conversation(by=by, conversation=row, how="END_COUNSELLOR", at=AT)
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=work, args=(by,)) for by in actors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert sorted(got) == sorted(set(got)) and len(got) == 12
    assert Offer.objects.filter(answer="ACCEPTED").count() == 12
    assert not Conversation.objects.exclude(**{"state": "ENDED"}).exists()


@pytest.mark.django_db(transaction=True)
def test_a_conversation_being_given_away_is_passed_over_and_waits_for_nobody(centre):
    first, second = queued(centre), queued(centre, AT + SECOND)
    got = []

    def other():
        with transaction.atomic():
            got.append(asked.next_in_queue(person_id=0, languages=["lt"], at=AT + MINUTE))
        connection.close()

    with transaction.atomic():
        assert asked.next_in_queue(person_id=0, languages=["lt"], at=AT + MINUTE) == first.conversation.pk
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(20)
    assert got == [second.conversation.pk]


def test_languages_come_from_the_volunteer(centre):
    open_line(centre, AT)
    person = centre.people["COUNSELLOR_2"]
    Volunteer.objects.update_or_create(
        person=person,
        defaults={"alias": "Beržas", "languages": ["lt", "ru"], "capacity": 2, "began_date": AT.date()},
    )
    volunteer(person)  # its training and check
    duty = duties.go_on_duty(by=centre.actor("COUNSELLOR_2"), channels=["CHAT"], at=AT)
    assert (duty.languages, duty.capacity, duty.is_lead) == (["lt", "ru"], 2, False)

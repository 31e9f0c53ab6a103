"""Whatever anybody does in whatever order: only promised moves, numbers without gaps, one outcome each,
nobody in two places.
"""

import random
from contextlib import suppress

import pytest

from sauga.helpline.chat.actions import conversation_events, presence, queue, timeouts, transfers
from sauga.helpline.chat.actions import conversations as talk
from sauga.helpline.chat.models import Conversation, Message, Offer, Transfer
from sauga.helpline.records.models import Attempt
from sauga.helpline.rota.actions import duty as duties
from sauga.helpline.rota.models import Duty
from sauga.helpline.states import CHAT, LIVE, TALKING
from sauga.kernel.states import MoveNotAllowed
from tests.centre import centre  # noqa: F401  a fixture
from tests.factories.line import on_duty
from tests.factories.talks import AT, CHILD, SECOND, active, begun, nonce
from tests.repetition import often

REFUSED = (
    MoveNotAllowed,
    talk.ConversationOver,
    conversation_events.NotYours,
    duties.NotOnDuty,
    queue.AtCapacity,
    queue.OfferOver,
    transfers.TransferOver,
    duties.StillTalking,
)
CARD = {"why": "Baigiasi budėjimas"}


class Walk:
    """Two counsellors, a lead, a few children, one clock; every step picks an act by chance."""

    def __init__(self, centre, seed):
        self.draw, self.at, self.centre = random.Random(seed), AT, centre
        self.talks = [active(centre)]
        self.staff = [centre.actor(role) for role in ("COUNSELLOR", "COUNSELLOR_2", "SHIFT_LEAD")]
        for actor in self.staff:
            on_duty(actor.person, AT, is_lead=actor is self.staff[2])
        self.said = {}

    def step(self):
        self.at += self.draw.choice([1, 1, 5, 20, 40, 70]) * SECOND
        made, by, at = self.draw.choice(self.talks), self.draw.choice(self.staff), self.at
        row = made.fresh()
        twice = (self.next, self.say, self.here, self.sweep)
        once = (
            self.begin,
            self.join,
            self.refuse,
            self.leave,
            self.end,
            self.hand,
            self.answer,
            self.take,
            self.over,
        )
        act = self.draw.choice([*twice, *twice, *once])
        with suppress(*REFUSED):
            act(made, row, by, at)

    def begin(self, made, row, by, at):
        if len(self.talks) < 8:
            self.talks.append(begun(self.centre, at, open_first=False))

    def join(self, made, row, by, at):
        talk.enqueue(by=CHILD, conversation=row, key=made.key, text="Labas", nonce=nonce(), at=at)

    def next(self, made, row, by, at):
        offer = queue.next_contact(by=by, at=at)
        if offer and self.draw.random() < 0.7:
            queue.accept_offer(by=by, offer=offer, at=at)

    def refuse(self, made, row, by, at):
        offer = Offer.objects.filter(person_id=by.person_id, answer="OPEN").first()
        if offer:
            queue.refuse_offer(by=by, offer=offer, reason="RF_NOT_ABLE", at=at)

    def say(self, made, row, by, at):
        who = self.draw.choice([CHILD, by])
        message = conversation_events.send_message(
            by=who, conversation=row, key=made.key, text="Žodis", nonce=nonce(), at=at
        )
        self.said.setdefault(row.pk, []).append(message.number)

    def leave(self, made, row, by, at):
        if self.draw.random() < 0.2:
            talk.leave_queue(
                by=CHILD, conversation=row, how=self.draw.choice(["ABANDONED", "LETTER_INSTEAD"]), at=at
            )

    def end(self, made, row, by, at):
        if self.draw.random() < 0.3:
            who, how = self.draw.choice(
                [(CHILD, "END_CHILD"), (CHILD, "END_QUICK_EXIT"), (by, "END_COUNSELLOR")]
            )
            talk.end_conversation(by=who, conversation=row, how=how, at=at)

    def hand(self, made, row, by, at):
        transfers.offer_transfer(by=by, conversation=row, desk_key=made.desk_key(by), card=CARD, at=at)

    def answer(self, made, row, by, at):
        transfers.answer_for_child(by=CHILD, conversation=row, agrees=self.draw.random() < 0.7, at=at)

    def take(self, made, row, by, at):
        moved = Transfer.objects.filter(outcome="OPEN").first()
        if moved:
            transfers.take_transfer(by=by, transfer=moved, at=at)

    def over(self, made, row, by, at):
        if self.draw.random() < 0.3:
            queue.take_over(by=self.staff[2], conversation=row, reason="RISK", at=at)

    def here(self, made, row, by, at):
        presence.child_seen(by=CHILD, conversation=row, at=at)
        presence.staff_seen(by=by, conversation=row, at=at)

    def sweep(self, made, row, by, at):
        timeouts.sweep(at)

    def check(self):
        for row in Conversation.objects.all():
            steps = [(step.before, step.after) for step in row.steps.order_by("pk")]
            assert all(CHAT.allows(before, after) for before, after in steps)
            assert [after for _, after in steps[:-1]] == [before for before, _ in steps[1:]] and steps[-1][
                1
            ] == row.state
            numbers = list(
                Message.objects.filter(conversation=row).order_by("number").values_list("number", flat=True)
            )
            assert numbers == list(range(1, row.last_number + 1))
            assert sorted(self.said.get(row.pk, [])) == self.said.get(row.pk, []) and set(
                self.said.get(row.pk, [])
            ) <= set(numbers)
            attempt = Attempt.objects.get(conversation=row)
            assert bool(attempt.outcome) == (
                row.state in {"OUT_OF_HOURS", "ABANDONED", "LETTER_INSTEAD", "QUEUE_CLOSED"}
            )
            assert (row.closed_at is not None) == bool(attempt.outcome)
            assert (row.offered_to_id is not None) == (row.state == "OFFERED")
            assert row.owner_id is not None or row.state not in TALKING
            assert Offer.objects.filter(conversation=row, answer="OPEN").count() == (
                row.state == "OFFERED" and row.offered_to_id is not None
            )
            assert Transfer.objects.filter(conversation=row, outcome="OPEN").count() == (
                row.state == "TRANSFER_OFFERED"
            )
            assert row.child_read <= row.last_number and (row.ended_at is not None) == (
                row.state in {"ENDED", "DROPPED"}
            )
        for duty in Duty.objects.present().exclude(person=self.centre.people["SHIFT_LEAD"]):
            assert (
                Conversation.objects.filter(owner=duty.person, **{"state__in": TALKING}).count()
                <= duty.capacity
            )


@pytest.mark.prove
@pytest.mark.parametrize("seed", range(often(5, 4_600)))
def test_no_order_of_acts_breaks_a_promise(centre, seed):
    walk = Walk(centre, seed)
    for number in range(220):
        walk.step()
        if number % 20 == 19:
            walk.check()
    seen = set(Conversation.objects.values_list("state", flat=True))
    assert len(walk.talks) > 2 and seen - set(LIVE), "the walk must get somewhere"

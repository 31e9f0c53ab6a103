"""A counsellor passes an address on without the child; the hotline alone can read it; the state comes back."""

import threading
import time
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import audit, referrals, sealed
from sauga.kernel.referrals import Kind, ReferralState, sending, tasks
from sauga.kernel.referrals.models import Referral
from sauga.kernel.sealed import ServiceOpener, Zone
from sauga.kernel.states import MoveNotAllowed

PAYLOAD = {"url": "https://pavyzdys.example/ą", "suspected": "CSAM", "day": "2026-09-14"}


def send(house, **more):
    return referrals.send(kind=house.kind, payload=PAYLOAD, by=house.counsellor, at=house.at, **more)


def received_by(house):
    got = []
    referrals.register_receiver(house.kind, lambda received, at: got.append(received))
    return got


def test_what_is_sent_is_sealed_to_the_receiver(house):
    row = send(house)
    stored = Referral.objects.get()
    assert b"pavyzdys" not in bytes(stored.payload)
    assert stored.plain == {"suspected": "CSAM", "day": "2026-09-14"}
    assert stored.sent_at.minute == 0
    found = referrals.open_payload(ref=row.ref, receiver="hotline", opener=house.member, by=house.analyst, at=house.at)
    assert found == {"url": PAYLOAD["url"]}
    assert [entry.action for entry in audit.timeline(row, zone="hotline")] == ["referral:opened"]


def test_nobody_else_can_open_it(house):
    row = send(house)
    with pytest.raises(sealed.KeyNotAvailable):
        referrals.open_payload(ref=row.ref, receiver="hotline", opener=house.stranger, by=house.analyst, at=house.at)
    with pytest.raises(sealed.KeyNotAvailable):
        referrals.open_payload(ref=row.ref, receiver="hotline", opener=ServiceOpener(Zone.HOTLINE), by=house.analyst, at=house.at)
    with pytest.raises(referrals.ReferralNotFound):
        referrals.open_payload(ref=row.ref, receiver="helpline", opener=house.member, by=house.analyst, at=house.at)


def test_a_machine_reads_only_what_was_declared_for_it(house):
    house.kind = replace(house.kind, name="helpline.address", machine_reads=True)
    row = send(house)
    opener = ServiceOpener(Zone.HOTLINE)
    assert referrals.open_payload(ref=row.ref, receiver="hotline", opener=opener, by=house.analyst, at=house.at)["url"] == PAYLOAD["url"]


def test_the_receiver_is_handed_it_exactly_once(house):
    got = received_by(house)
    row = send(house)
    assert ProcrastinateJob.objects.filter(task_name="referrals.deliver").count() == 1
    assert referrals.deliver(referral_id=row.pk, at=house.at)
    assert not referrals.deliver(referral_id=row.pk, at=house.at)
    assert [(r.ref, r.sender, r.plain["suspected"]) for r in got] == [(row.ref, "helpline", "CSAM")]
    assert referrals.state_of(row.ref, sender="helpline").state == ReferralState.RECEIVED


def test_a_handler_that_fails_leaves_it_waiting(house):
    def broken(received, at):
        Referral.objects.filter(ref=received.ref).update(outcome="HALF")
        raise RuntimeError

    referrals.register_receiver(house.kind, broken)
    row = send(house)
    with pytest.raises(RuntimeError), transaction.atomic():
        referrals.deliver(referral_id=row.pk, at=house.at)
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("SENT", "")


def test_without_the_receiving_service_it_waits(house):
    row = send(house)
    with pytest.raises(referrals.ReceiverMissing):
        referrals.deliver(referral_id=row.pk, at=house.at)
    assert referrals.deliver_waiting(house.at) == 0
    got = received_by(house)
    assert referrals.deliver_waiting(house.at) == 1
    assert len(got) == 1


def test_what_is_rolled_back_was_never_sent(house):
    with pytest.raises(RuntimeError), transaction.atomic():
        send(house)
        raise RuntimeError
    assert not Referral.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="referrals.deliver").exists()


def test_the_same_key_sends_once(house):
    first = send(house, key="K1")
    assert send(house, key="K1").ref == first.ref
    assert send(house, key="K2").ref != first.ref
    assert send(house).ref != send(house).ref


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_send_once(house):
    first_is_in, refs = threading.Event(), []

    def slow():
        with transaction.atomic():
            refs.append(send(house, key="K1").ref)
            first_is_in.set()
            time.sleep(0.3)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert first_is_in.wait(10)
    refs.append(send(house, key="K1").ref)  # does not see the first one yet, and waits for it at the door
    thread.join()
    assert refs[0] == refs[1]
    assert Referral.objects.count() == 1


def test_the_state_comes_back_to_the_sender(house):
    told = []
    received_by(house)
    referrals.register_sender(house.kind, lambda progress, at: told.append((progress.state, progress.outcome)))
    row = send(house)
    referrals.deliver(referral_id=row.pk, at=house.at)
    referrals.report_back(ref=row.ref, receiver="hotline", to=ReferralState.IN_WORK, by=house.analyst, at=house.at)
    referrals.report_back(ref=row.ref, receiver="hotline", to=ReferralState.SETTLED, by=house.analyst, at=house.at, outcome="REMOVED")
    for job in ProcrastinateJob.objects.filter(task_name="referrals.tell_sender").order_by("id"):
        tasks.tell_sender(**job.args)
    assert told == [("RECEIVED", ""), ("IN_WORK", ""), ("SETTLED", "REMOVED")]
    found = referrals.state_of(row.ref, sender="helpline")
    assert (found.state, found.outcome) == ("SETTLED", "REMOVED")
    assert Referral.objects.get().settled_at is not None
    assert [step.after for step in row.steps.order_by("id")] == ["RECEIVED", "IN_WORK", "SETTLED"]


def test_a_sender_that_does_not_listen_is_not_called(house):
    row = send(house)
    tasks.tell_sender(ref=row.ref, state="RECEIVED", outcome="")
    tasks.tell_sender(ref="NONE", state="RECEIVED", outcome="")


def test_no_words_come_back(house):
    row = send(house)
    with pytest.raises(referrals.OutcomeRefused):
        referrals.report_back(
            ref=row.ref, receiver="hotline", to=ReferralState.SETTLED, by=house.analyst, at=house.at, outcome="we found it"
        )


def test_a_settled_referral_does_not_move(house):
    received_by(house)
    row = send(house)
    with pytest.raises(MoveNotAllowed):
        referrals.report_back(ref=row.ref, receiver="hotline", to=ReferralState.SETTLED, by=house.analyst, at=house.at)
    tasks.deliver(row.pk)
    referrals.report_back(ref=row.ref, receiver="hotline", to=ReferralState.DECLINED, by=house.analyst, at=house.at, outcome="NOT_OURS")
    with pytest.raises(MoveNotAllowed):
        referrals.report_back(ref=row.ref, receiver="hotline", to=ReferralState.IN_WORK, by=house.analyst, at=house.at)


def test_it_can_be_taken_back_until_it_is_received(house):
    got = received_by(house)
    row = send(house)
    referrals.withdraw(ref=row.ref, sender="helpline", by=house.counsellor, at=house.at)
    assert not referrals.deliver(referral_id=row.pk, at=house.at)
    assert got == []
    with pytest.raises(referrals.ReferralNotFound):
        referrals.open_payload(ref=row.ref, receiver="hotline", opener=house.member, by=house.analyst, at=house.at)
    other = send(house)
    tasks.deliver_waiting(0)
    with pytest.raises(MoveNotAllowed):
        referrals.withdraw(ref=other.ref, sender="helpline", by=house.counsellor, at=house.at)


def test_a_stranger_asks_in_vain(house):
    row = send(house)
    with pytest.raises(referrals.ReferralNotFound):
        referrals.state_of(row.ref, sender="hotline")
    with pytest.raises(referrals.ReferralNotFound):
        referrals.withdraw(ref="NONE", sender="helpline", by=house.counsellor, at=house.at)


@pytest.mark.parametrize(
    "payload",
    [
        {"url": "https://a.example"},
        {"url": "", "suspected": "CSAM"},
        {"url": "x" * 8193, "suspected": "CSAM"},
        {"url": "u", "suspected": "two words"},
        {"url": "u", "suspected": "CSAM", "name": "Jonas"},
        {"url": 7, "suspected": "CSAM"},
    ],
)
def test_anything_more_or_less_than_the_kind_is_refused(house, payload):
    with pytest.raises(referrals.PayloadRefused) as refused:
        referrals.send(kind=house.kind, payload=payload, by=house.counsellor, at=house.at)
    assert "Jonas" not in str(refused.value)
    assert not Referral.objects.exists()


def test_what_may_be_left_out_may_be_left_out(house):
    row = referrals.send(kind=house.kind, payload={"url": "u", "suspected": "CSAM"}, by=house.counsellor, at=house.at)
    assert row.plain == {"suspected": "CSAM"}
    assert str(row) == row.ref


def test_a_reference_drawn_twice_is_an_error_and_not_somebody_elses_referral(house, monkeypatch):
    monkeypatch.setattr(sending, "new_reference", lambda length: "0000-0000-0000")
    send(house)
    with pytest.raises(IntegrityError):
        send(house)
    assert Referral.objects.count() == 1


def test_both_sides_must_agree_on_a_kind(house):
    referrals.register_kind(house.kind)
    referrals.register_kind(replace(house.kind))
    with pytest.raises(referrals.KindConflict):
        referrals.register_kind(replace(house.kind, machine_reads=True))
    referrals.register_receiver(house.kind, print)
    with pytest.raises(referrals.KindConflict):
        referrals.register_receiver(house.kind, repr)
    referrals.register_sender(house.kind, print)
    with pytest.raises(referrals.KindConflict):
        referrals.register_sender(house.kind, repr)
    with pytest.raises(referrals.KindUnknown):
        referrals.kinds.kind_named("nobody.knows")
    with pytest.raises(ValueError, match="no kind"):
        Kind("Helpline", "helpline", "hotline", {"a": referrals.code()})
    with pytest.raises(ValueError, match="nowhere"):
        Kind("a.b", "helpline", "nowhere", {"a": referrals.code()})


def test_an_attribute_that_is_not_there_is_named():
    with pytest.raises(AttributeError):
        referrals.nothing_of_the_kind  # noqa: B018  the look-up itself is what is tried
    assert {getattr(referrals, name) for name in referrals.__all__ if name != "REFERRAL"}

"""A counsellor passes an address on without the child; the hotline alone can read it; the
state comes back.
"""

import threading
import time
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import audit, integration, sealed
from sauga.kernel.integration import Kind, ReferralState, sender, tasks
from sauga.kernel.integration.models import Referral
from sauga.kernel.sealed import ServiceOpener, Zone
from sauga.kernel.states import MoveNotAllowed

PAYLOAD = {"url": "https://pavyzdys.example/ą", "suspected": "CSAM", "day": "2026-09-14"}


def send(centre, **more):
    return integration.send(kind=centre.kind, payload=PAYLOAD, by=centre.counsellor, at=centre.at, **more)


def received_by(centre):
    got = []
    integration.register_receiver(centre.kind, lambda received, at: got.append(received))
    return got


def test_what_is_sent_is_sealed_to_the_receiver(centre):
    row = send(centre)
    stored = Referral.objects.get()
    assert b"pavyzdys" not in bytes(stored.payload)
    assert stored.plain == {"suspected": "CSAM", "day": "2026-09-14"}
    assert stored.sent_at.minute == 0
    found = integration.open_payload(
        ref=row.ref, receiver="hotline", opener=centre.member, by=centre.analyst, at=centre.at
    )
    assert found == {"url": PAYLOAD["url"]}
    assert [entry.action for entry in audit.timeline(row, zone="hotline")] == ["referral:opened"]


def test_nobody_else_can_open_it(centre):
    row = send(centre)
    with pytest.raises(sealed.KeyNotAvailable):
        integration.open_payload(
            ref=row.ref, receiver="hotline", opener=centre.stranger, by=centre.analyst, at=centre.at
        )
    with pytest.raises(sealed.KeyNotAvailable):
        integration.open_payload(
            ref=row.ref,
            receiver="hotline",
            opener=ServiceOpener(Zone.HOTLINE),
            by=centre.analyst,
            at=centre.at,
        )
    with pytest.raises(integration.ReferralNotFound):
        integration.open_payload(
            ref=row.ref, receiver="helpline", opener=centre.member, by=centre.analyst, at=centre.at
        )


def test_a_machine_reads_only_what_was_declared_for_it(centre):
    centre.kind = replace(centre.kind, name="helpline.address", machine_reads=True)
    row = send(centre)
    opener = ServiceOpener(Zone.HOTLINE)
    assert (
        integration.open_payload(
            ref=row.ref, receiver="hotline", opener=opener, by=centre.analyst, at=centre.at
        )["url"]
        == PAYLOAD["url"]
    )


def test_the_receiver_is_handed_it_exactly_once(centre):
    got = received_by(centre)
    row = send(centre)
    assert ProcrastinateJob.objects.filter(task_name="referrals.deliver").count() == 1
    assert integration.deliver(referral_id=row.pk, at=centre.at)
    assert not integration.deliver(referral_id=row.pk, at=centre.at)
    assert [(r.ref, r.sender, r.plain["suspected"]) for r in got] == [(row.ref, "helpline", "CSAM")]
    assert integration.state_of(row.ref, sender="helpline").state == ReferralState.RECEIVED


def test_a_handler_that_fails_leaves_it_waiting(centre):
    def broken(received, at):
        Referral.objects.filter(ref=received.ref).update(outcome="HALF")
        raise RuntimeError

    integration.register_receiver(centre.kind, broken)
    row = send(centre)
    with pytest.raises(RuntimeError), transaction.atomic():
        integration.deliver(referral_id=row.pk, at=centre.at)
    row.refresh_from_db()
    assert (row.state, row.outcome) == ("SENT", "")


def test_without_the_receiving_service_it_waits(centre):
    row = send(centre)
    with pytest.raises(integration.ReceiverMissing):
        integration.deliver(referral_id=row.pk, at=centre.at)
    assert integration.deliver_waiting(centre.at) == 0
    got = received_by(centre)
    assert integration.deliver_waiting(centre.at) == 1
    assert len(got) == 1


def test_what_is_rolled_back_was_never_sent(centre):
    with pytest.raises(RuntimeError), transaction.atomic():
        send(centre)
        raise RuntimeError
    assert not Referral.objects.exists()
    assert not ProcrastinateJob.objects.filter(task_name="referrals.deliver").exists()


def test_the_same_key_sends_once(centre):
    first = send(centre, key="K1")
    assert send(centre, key="K1").ref == first.ref
    assert send(centre, key="K2").ref != first.ref
    assert send(centre).ref != send(centre).ref


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_send_once(centre):
    first_is_in, refs = threading.Event(), []

    def slow():
        with transaction.atomic():
            refs.append(send(centre, key="K1").ref)
            first_is_in.set()
            time.sleep(0.3)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    assert first_is_in.wait(10)
    refs.append(send(centre, key="K1").ref)  # does not see the first one yet, and waits for it at the door
    thread.join()
    assert refs[0] == refs[1]
    assert Referral.objects.count() == 1


def test_the_state_comes_back_to_the_sender(centre):
    told = []
    received_by(centre)
    integration.register_sender(
        centre.kind, lambda progress, at: told.append((progress.state, progress.outcome))
    )
    row = send(centre)
    integration.deliver(referral_id=row.pk, at=centre.at)
    integration.report_back(
        ref=row.ref, receiver="hotline", to=ReferralState.IN_WORK, by=centre.analyst, at=centre.at
    )
    integration.report_back(
        ref=row.ref,
        receiver="hotline",
        to=ReferralState.SETTLED,
        by=centre.analyst,
        at=centre.at,
        outcome="REMOVED",
    )
    for job in ProcrastinateJob.objects.filter(task_name="referrals.tell_sender").order_by("id"):
        tasks.tell_sender(**job.args)
    assert told == [("RECEIVED", ""), ("IN_WORK", ""), ("SETTLED", "REMOVED")]
    found = integration.state_of(row.ref, sender="helpline")
    assert (found.state, found.outcome) == ("SETTLED", "REMOVED")
    assert Referral.objects.get().settled_at is not None
    assert [step.after for step in row.steps.order_by("id")] == ["RECEIVED", "IN_WORK", "SETTLED"]


def test_a_sender_that_does_not_listen_is_not_called(centre):
    row = send(centre)
    tasks.tell_sender(ref=row.ref, state="RECEIVED", outcome="")
    tasks.tell_sender(ref="NONE", state="RECEIVED", outcome="")


def test_no_words_come_back(centre):
    row = send(centre)
    with pytest.raises(integration.OutcomeRefused):
        integration.report_back(
            ref=row.ref,
            receiver="hotline",
            to=ReferralState.SETTLED,
            by=centre.analyst,
            at=centre.at,
            outcome="we found it",
        )


def test_a_settled_referral_does_not_move(centre):
    received_by(centre)
    row = send(centre)
    with pytest.raises(MoveNotAllowed):
        integration.report_back(
            ref=row.ref, receiver="hotline", to=ReferralState.SETTLED, by=centre.analyst, at=centre.at
        )
    tasks.deliver(row.pk)
    integration.report_back(
        ref=row.ref,
        receiver="hotline",
        to=ReferralState.DECLINED,
        by=centre.analyst,
        at=centre.at,
        outcome="NOT_OURS",
    )
    with pytest.raises(MoveNotAllowed):
        integration.report_back(
            ref=row.ref, receiver="hotline", to=ReferralState.IN_WORK, by=centre.analyst, at=centre.at
        )


def test_it_can_be_taken_back_until_it_is_received(centre):
    got = received_by(centre)
    row = send(centre)
    integration.withdraw(ref=row.ref, sender="helpline", by=centre.counsellor, at=centre.at)
    assert not integration.deliver(referral_id=row.pk, at=centre.at)
    assert got == []
    with pytest.raises(integration.ReferralNotFound):
        integration.open_payload(
            ref=row.ref, receiver="hotline", opener=centre.member, by=centre.analyst, at=centre.at
        )
    other = send(centre)
    tasks.deliver_waiting(0)
    with pytest.raises(MoveNotAllowed):
        integration.withdraw(ref=other.ref, sender="helpline", by=centre.counsellor, at=centre.at)


def test_a_stranger_asks_in_vain(centre):
    row = send(centre)
    with pytest.raises(integration.ReferralNotFound):
        integration.state_of(row.ref, sender="hotline")
    with pytest.raises(integration.ReferralNotFound):
        integration.withdraw(ref="NONE", sender="helpline", by=centre.counsellor, at=centre.at)


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
def test_anything_more_or_less_than_the_kind_is_refused(centre, payload):
    with pytest.raises(integration.PayloadRefused) as refused:
        integration.send(kind=centre.kind, payload=payload, by=centre.counsellor, at=centre.at)
    assert "Jonas" not in str(refused.value)
    assert not Referral.objects.exists()


def test_what_may_be_left_out_may_be_left_out(centre):
    row = integration.send(
        kind=centre.kind, payload={"url": "u", "suspected": "CSAM"}, by=centre.counsellor, at=centre.at
    )
    assert row.plain == {"suspected": "CSAM"}
    assert str(row) == row.ref


def test_a_reference_drawn_twice_is_an_error_and_not_somebody_elses_referral(centre, monkeypatch):
    monkeypatch.setattr(sender, "new_reference", lambda length: "0000-0000-0000")
    send(centre)
    with pytest.raises(IntegrityError):
        send(centre)
    assert Referral.objects.count() == 1


def test_both_sides_must_agree_on_a_kind(centre):
    integration.register_kind(centre.kind)
    integration.register_kind(replace(centre.kind))
    with pytest.raises(integration.KindConflict):
        integration.register_kind(replace(centre.kind, machine_reads=True))
    integration.register_receiver(centre.kind, print)
    with pytest.raises(integration.KindConflict):
        integration.register_receiver(centre.kind, repr)
    integration.register_sender(centre.kind, print)
    with pytest.raises(integration.KindConflict):
        integration.register_sender(centre.kind, repr)
    with pytest.raises(integration.KindUnknown):
        integration.kinds.kind_named("nobody.knows")
    with pytest.raises(ValueError, match="no kind"):
        Kind("Helpline", "helpline", "hotline", {"a": integration.code()})
    with pytest.raises(ValueError, match="nowhere"):
        Kind("a.b", "helpline", "nowhere", {"a": integration.code()})


def test_an_attribute_that_is_not_there_is_named():
    with pytest.raises(AttributeError):
        integration.nothing_of_the_kind  # noqa: B018  the look-up itself is what is tried
    assert all(getattr(integration, name) is not None for name in integration.__all__)

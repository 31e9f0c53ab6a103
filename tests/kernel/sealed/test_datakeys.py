"""Data keys open for their recipients only, are destroyed for good, and are cheap at intake."""

import contextlib
import time

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from sauga.kernel.sealed import (
    KeyNotAvailable,
    ReceiptOpener,
    Recipient,
    RogueZoneKey,
    ServiceOpener,
    Zone,
    ZoneMissing,
    add_member,
    create_zone,
    destroy_keys,
    files,
    keys,
    new_data_key,
    new_receipt,
    open_data_key,
    open_data_keys,
    prepare_data_key,
    receipt_keys,
    seal,
    share_data_key,
    unseal,
    zonekeys,
)
from sauga.kernel.sealed.models import WrappedKey, ZoneKey

pytestmark = pytest.mark.django_db
PLACE = {"table": "hotline_report", "row": "R1", "field": "words"}


@pytest.fixture(scope="module")
def receipt():
    return receipt_keys(new_receipt(bytes(11), "lt"), Zone.HOTLINE)


def test_each_recipient_opens_what_was_sealed(centre, receipt):
    everybody = [Recipient.TEAM, Recipient.SERVICE, Recipient.CUSTODIAN]
    key = new_data_key(zone=centre.zone, holder="report:A", recipients=everybody, receipt=receipt)
    envelope = seal(key, **PLACE, text="a word")
    for opener in (centre.founder, ServiceOpener(centre.zone), ReceiptOpener(receipt)):
        opened = open_data_key(zone=centre.zone, holder="report:A", opener=opener)
        assert unseal(opened, **PLACE, envelope=envelope) == "a word"
    assert WrappedKey.objects.count() == 4


def test_nobody_else_opens_it(centre, receipt, unlock):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    for opener in (
        unlock(103),
        ServiceOpener(centre.zone),
        ServiceOpener(Zone.HELPLINE),
        ReceiptOpener(receipt),
    ):
        with pytest.raises(KeyNotAvailable):
            open_data_key(zone=centre.zone, holder="report:A", opener=opener)


def test_contact_opens_for_a_custodian_and_not_for_the_team(centre, unlock):
    new_data_key(zone=centre.zone, holder="contact:A", recipients=[Recipient.CUSTODIAN])
    add_member(centre.zone, 102, centre.founder)
    colleague = unlock(102)
    with pytest.raises(KeyNotAvailable):
        open_data_key(zone=centre.zone, holder="contact:A", opener=colleague)
    add_member(centre.zone, 102, centre.founder, kind=Recipient.CUSTODIAN)
    assert open_data_key(zone=centre.zone, holder="contact:A", opener=unlock(102))


def test_machine_of_another_zone_opens_nothing(centre):
    create_zone(Zone.HELPLINE, escrow_public=keys.escrow_create(Zone.HELPLINE).public, founder=centre.founder)
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.SERVICE])
    WrappedKey.objects.update(zone=Zone.HELPLINE)
    with pytest.raises(KeyNotAvailable):
        open_data_key(zone=Zone.HELPLINE, holder="report:A", opener=ServiceOpener(Zone.HELPLINE))
    with pytest.raises(KeyNotAvailable):
        ServiceOpener(Zone.HELPLINE).unwrap(centre.zone, Recipient.SERVICE, 1, b"", b"")


def test_host_without_the_machine_s_file_opens_nothing(centre):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.SERVICE])
    path = files.folder() / "hotline-service"
    for broken in (None, "no hexadecimal", "abcd"):
        path.unlink() if broken is None else path.write_text(broken)
        files.forget()
        with pytest.raises(KeyNotAvailable):
            open_data_key(zone=centre.zone, holder="report:A", opener=ServiceOpener(centre.zone))


@pytest.mark.parametrize(
    "change", [{"holder": "report:B"}, {"recipient": "CUSTODIAN"}, {"version": 2}, {"zone": "helpline"}]
)
def test_moved_wrap_opens_nothing(centre, change):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    WrappedKey.objects.update(**change)
    zone, holder = Zone(change.get("zone", "hotline")), change.get("holder", "report:A")
    with pytest.raises(KeyNotAvailable):
        open_data_key(zone=zone, holder=holder, opener=centre.founder)


def test_many_keys_open_with_one_query(centre):
    for n in range(5):
        new_data_key(zone=centre.zone, holder=f"report:{n}", recipients=[Recipient.TEAM, Recipient.CUSTODIAN])
    centre.founder.zones  # noqa: B018  loads the membership rows
    with CaptureQueriesContext(
        connection,
    ) as captured:
        found = open_data_keys(centre.zone, [f"report:{n}" for n in range(7)], centre.founder)
    assert len(captured) == 1
    assert sorted(found) == [f"report:{n}" for n in range(5)]
    assert (
        found["report:3"].secret
        == open_data_key(zone=centre.zone, holder="report:3", opener=centre.founder).secret
    )


def test_destroyed_key_opens_nothing(centre, receipt):
    key = new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM], receipt=receipt)
    new_data_key(zone=centre.zone, holder="report:B", recipients=[Recipient.TEAM])
    assert seal(key, **PLACE, text="a word")
    assert destroy_keys(["report:A"]) == 2
    for opener in (centre.founder, ReceiptOpener(receipt)):
        with pytest.raises(KeyNotAvailable):
            open_data_key(zone=centre.zone, holder="report:A", opener=opener)
    assert open_data_key(zone=centre.zone, holder="report:B", opener=centre.founder)
    assert destroy_keys([]) == 0


def test_a_receipt_may_come_later(centre, receipt):
    key = new_data_key(zone=centre.zone, holder="chat:A", recipients=[Recipient.TEAM])
    share_data_key(key, receipt=receipt)
    assert (
        open_data_key(zone=centre.zone, holder="chat:A", opener=ReceiptOpener(receipt)).secret == key.secret
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        share_data_key(key, receipt=receipt)


def test_holder_taken_is_an_integrity_error(centre):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    with pytest.raises(IntegrityError), transaction.atomic():
        new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])


@pytest.mark.parametrize("recipients", [[], [Recipient.ESCROW], [Recipient.RECEIPT]])
def test_nonsensical_recipients_are_refused(centre, recipients):
    with pytest.raises(ValueError, match="recipient"):
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=recipients)


def test_receipt_of_another_zone_is_refused(centre):
    elsewhere = receipt_keys(new_receipt(bytes(11), "lt"), Zone.HELPLINE)
    with pytest.raises(ValueError, match="another zone"):
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM], receipt=elsewhere)


def test_zone_without_keys_takes_nothing_but_receipts(db, receipt):
    with pytest.raises(ZoneMissing):
        prepare_data_key(zone=Zone.PANEL, holder="x", recipients=[Recipient.TEAM])
    assert prepare_data_key(zone=Zone.HOTLINE, holder="x", recipients=[], receipt=receipt).key


def test_wrong_receipt_does_the_work_of_a_right_one(centre, receipt):
    new_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM], receipt=receipt)
    wrong = receipt_keys(new_receipt(b"x" * 11, "lt"), centre.zone)
    counts = []
    for holder, opener in (
        ("report:A", ReceiptOpener(receipt)),
        ("report:A", ReceiptOpener(wrong)),
        ("none", ReceiptOpener(wrong)),
    ):
        with CaptureQueriesContext(connection) as captured, contextlib.suppress(KeyNotAvailable):
            open_data_key(zone=centre.zone, holder=holder, opener=opener)
        counts.append(len(captured))
    assert counts == [1, 1, 1]


def test_zone_key_written_by_somebody_else_is_refused(centre):
    from nacl.bindings import crypto_box_keypair

    ZoneKey.objects.filter(kind=Recipient.TEAM).update(public=crypto_box_keypair()[0])
    with pytest.raises(RogueZoneKey):
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    ZoneKey.objects.filter(kind=Recipient.TEAM).update(mark=b"")
    with pytest.raises(RogueZoneKey):
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])


def test_lost_index_file_stops_intake_loudly(centre):
    (files.folder() / "index").unlink()
    files.forget()
    with pytest.raises(RogueZoneKey, match="keys/index"):
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])


def test_inside_a_transaction_the_database_is_asked_each_time(centre):
    with CaptureQueriesContext(connection) as captured:
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    assert len(captured) == 2


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_the_database_is_asked_once_in_a_while(centre, monkeypatch):
    zonekeys.forget(centre.zone)
    with CaptureQueriesContext(connection) as captured:
        for n in range(5):
            prepare_data_key(zone=centre.zone, holder=f"report:{n}", recipients=[Recipient.TEAM])
    assert len(captured) == 1
    monkeypatch.setattr(zonekeys, "FRESH_SECONDS", -1.0)
    with CaptureQueriesContext(connection) as captured:
        prepare_data_key(zone=centre.zone, holder="report:A", recipients=[Recipient.TEAM])
    assert len(captured) == 1
    zonekeys.forget(centre.zone)


@pytest.mark.django_db(transaction=True)
def test_intake_is_cheap(centre, receipt):
    """Wrapping for three recipients takes well under a millisecond and storing is one INSERT."""
    wanted = [Recipient.TEAM, Recipient.SERVICE]
    prepare_data_key(zone=centre.zone, holder="warm", recipients=wanted, receipt=receipt)
    took = []
    for n in range(200):
        start = time.perf_counter()
        prepared = prepare_data_key(
            zone=centre.zone, holder=f"report:{n}", recipients=wanted, receipt=receipt
        )
        took.append(time.perf_counter() - start)
    assert sorted(took)[100] < 0.001
    with CaptureQueriesContext(connection) as sent:
        prepared.store()
    assert [query["sql"].split()[0] for query in sent] == ["INSERT"]
    zonekeys.forget(centre.zone)

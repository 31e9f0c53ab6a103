"""The trail keeps what happened, in the transaction in which it happened, and nothing else."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy

from sauga.kernel import audit
from sauga.kernel.audit.chain import Head, link_hash
from sauga.kernel.audit.models import Anchor, SignedHead, TrailHead, TrailLine, TrailLink
from sauga.kernel.states import SystemActor

AT = datetime(2026, 9, 14, 10, 41, 7, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_line_says_who_did_what_in_which_hour(act, analyst):
    audit.record(
        analyst,
        act.JUDGED,
        "K7Q4-M2XX",
        zone="north",
        at=AT,
        facts={"verdict": "A1", "count": 2, "sure": True},
    )
    (entry,) = audit.timeline("K7Q4-M2XX")
    assert (entry.actor, entry.action, entry.zone) == ("system:analyst", "thing:judged", "north")
    assert entry.hour == datetime(2026, 9, 14, 10, tzinfo=UTC)
    assert entry.facts == {"verdict": "A1", "count": 2, "sure": True}


def test_codes_may_come_as_enums(act, analyst):
    class Zone(StrEnum):
        NORTH = "north"

    audit.record(analyst, act.JUDGED, "T1", zone=Zone.NORTH, at=AT, facts={"verdict": Zone.NORTH})
    assert audit.timeline("T1", zone=Zone.NORTH)[0].facts == {"verdict": "north"}
    assert audit.verify(Zone.NORTH).rows == 1


def test_a_row_without_reference_is_named_by_a_hash(act, analyst):
    row = ContentType.objects.first()
    audit.record(analyst, act.OPENED, row, zone="north", at=AT)
    (entry,) = audit.timeline(row)
    assert entry.kind == "contenttypes.contenttype"
    assert len(entry.ref) == 16


def test_a_row_with_reference_is_named_by_it(act, analyst):
    row = ContentType.objects.first()
    row.ref = "K7Q4-M2XX"
    audit.record(analyst, act.OPENED, row, zone="north", at=AT)
    audit.record(analyst, act.OPENED, None, zone="north", at=AT)
    assert [entry.kind for entry in audit.timeline("K7Q4-M2XX")] == ["contenttypes.contenttype"]
    assert [entry.ref for entry in audit.timeline(row)] == ["K7Q4-M2XX"]


def test_a_partner_sees_only_lines_of_its_zone(act, analyst):
    for zone in ("north", "south"):
        audit.record(analyst, act.OPENED, "K7Q4-M2XX", zone=zone, at=AT)
    assert [entry.zone for entry in audit.timeline("K7Q4-M2XX", zone="south")] == ["south"]


def test_a_zone_is_read_page_by_page(write):
    write(5)
    first = audit.zone_lines("north", limit=3)
    second = audit.zone_lines("north", before=first[-1].number, limit=3)
    assert [entry.ref for entry in first + second] == ["T0005", "T0004", "T0003", "T0002", "T0001"]


@pytest.mark.parametrize(
    "facts",
    [
        {"words": "a"},
        {"verdict": "two words"},
        {"verdict": "x" * 65},
        {"count": 2**63},
        {"verdict": None},
        {"verdict": 1.5},
        {"verdict": "ž"},
    ],
)
def test_content_cannot_enter(act, analyst, facts):
    with pytest.raises(audit.FactRefused) as refused:
        audit.record(analyst, act.JUDGED, "T1", zone="north", at=AT, facts=facts)
    assert "two words" not in str(refused.value)
    assert not TrailLine.objects.exists()


def test_an_act_that_nobody_declared_is_refused(analyst):
    class Unknown(StrEnum):
        ACT = "thing:unheard_of"

    with pytest.raises(audit.ActionUnknown):
        audit.record(analyst, Unknown.ACT, "T1", zone="north", at=AT)


@pytest.mark.parametrize("by", [None, SystemActor(""), SystemActor("x" * 40)])
def test_an_act_needs_an_actor(act, by):
    if by == SystemActor(""):
        by = type("Nobody", (), {"pseudonym": ""})()
    with pytest.raises(audit.LineRefused):
        audit.record(by, act.OPENED, "T1", zone="north", at=AT)


@pytest.mark.parametrize("zone", ["", "North", "a,b", "z" * 25])
def test_a_zone_is_a_code(act, analyst, zone):
    with pytest.raises(audit.LineRefused):
        audit.record(analyst, act.OPENED, "T1", zone=zone, at=AT)


@pytest.mark.parametrize("obj", ["", "two words", "x" * 65, ContentType()])
def test_an_object_is_named_by_a_code(act, analyst, obj):
    with pytest.raises(audit.LineRefused):
        audit.record(analyst, act.OPENED, obj, zone="north", at=AT)


def test_two_services_cannot_declare_the_same_act(act):
    class Copy(TextChoices):
        OPENED = "thing:opened", gettext_lazy("Opened")

    with pytest.raises(audit.ActionUnknown):
        audit.register(Copy, {})
    with pytest.raises(audit.ActionUnknown):
        audit.register(act, {"thing:never": {"x"}})

    class Wordy(TextChoices):
        ACT = "thing " * 20, gettext_lazy("Opened")

    with pytest.raises(ValueError, match="no code"):
        audit.register(Wordy, {})
    assert audit.actions()["thing:judged"] == {"verdict", "count", "sure"}


def test_what_is_rolled_back_leaves_no_line(act, analyst):
    with pytest.raises(RuntimeError), transaction.atomic():
        audit.record(analyst, act.OPENED, "T1", zone="north", at=AT)
        raise RuntimeError
    with transaction.atomic():
        audit.record(analyst, act.OPENED, "T2", zone="north", at=AT)
        with pytest.raises(RuntimeError), transaction.atomic():
            audit.record(analyst, act.OPENED, "T3", zone="south", at=AT)
            raise RuntimeError
    assert [line.ref for line in TrailLine.objects.all()] == ["T2"]
    assert list(TrailHead.objects.values_list("zone", "sequence")) == [("north", 1)]
    assert audit.verify("north").ok


def test_the_database_hashes_as_the_code_does(write):
    write(3)
    last = bytes(32)
    for link in TrailLink.objects.select_related("line").order_by("sequence"):
        last = link_hash(last, link.sequence, "north", bytes(link.line.digest))
        assert bytes(link.hash) == last


def test_lines_of_several_zones_in_one_transaction(act, analyst):
    with transaction.atomic():
        for turn in range(6):
            audit.record(analyst, act.OPENED, f"T{turn}", zone="south" if turn % 2 else "north", at=AT)
        assert audit.verify("north").rows == 3
        audit.record(analyst, act.OPENED, "T9", zone="north", at=AT)
    assert [audit.verify(zone).rows for zone in ("north", "south")] == [4, 3]


WRITTEN = [TrailLine, TrailLink, TrailHead, SignedHead, Anchor]


@pytest.mark.parametrize("model", WRITTEN)
def test_the_database_refuses_to_delete(write, model):
    prepare(write)
    with pytest.raises(DatabaseError, match="append-only"):
        model.objects.all()._raw_delete("default")


@pytest.mark.parametrize("model", [TrailLine, TrailLink, SignedHead, Anchor])
def test_the_database_refuses_to_change(write, model):
    prepare(write)
    with pytest.raises(DatabaseError, match="append-only"):
        model.objects.update(zone="other")


def test_the_database_refuses_to_empty_the_trail_outside_a_test_run(write):
    prepare(write)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('audit_refuse_truncate'::regproc)")
        (body,) = cursor.fetchone()
        cursor.execute(body.replace("test\\_", "never\\_"))
        for model in WRITTEN:
            with pytest.raises(DatabaseError, match="append-only"):
                cursor.execute(f"TRUNCATE {model._meta.db_table}")
        cursor.execute(body)


def prepare(write):
    write(3)
    audit.sign_heads(AT)
    Anchor.objects.create(
        zone="elsewhere", sequence=1, hash=b"1" * 32, dropped_at=AT, public=b"", signature=b""
    )


def test_a_prefix_younger_than_five_years_stays(write):
    write(3, at=AT)
    audit.sign_heads(AT)
    assert audit.drop_prefix("north", AT) == 0
    # asking with a clock that runs ahead meets the database's own clock
    with pytest.raises(DatabaseError, match="five years"):
        audit.drop_prefix("north", AT + timedelta(days=4000))
    assert audit.verify("north").ok


def test_without_an_anchor_nothing_is_dropped(write):
    write(3, at=datetime(2015, 1, 1, tzinfo=UTC))
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="no anchor"):
        cursor.execute("SELECT audit_drop_prefix('north', 2)")


def test_an_old_prefix_leaves_an_anchor_and_the_rest_still_verifies(write):
    old = datetime(2015, 1, 1, 9, tzinfo=UTC)
    write(4, at=old)
    audit.sign_heads(old)
    write(3, at=old + timedelta(days=1), first=5)
    write(3, at=AT, first=8)
    assert audit.drop_prefix("north", AT) == 4
    assert audit.drop_prefix("north", AT) == 0
    verdict = audit.verify("north")
    assert (verdict.ok, verdict.rows) == (True, 6)
    assert TrailLine.objects.filter(zone="north").count() == 6
    assert audit.timeline("north", zone=audit.INSTALLATION)[-1].action == "prefix:dropped"
    # whoever cuts off more, or forges the anchor, is found
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE audit_anchor SET hash = %s", [b"9" * 32])
    assert audit.verify("north").what == "ANCHOR_INVALID"


def past_the_triggers():
    """What a superuser of the database can do."""
    from contextlib import contextmanager

    @contextmanager
    def door():
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            yield cursor

    return door()


def test_heads_are_signed_when_fifteen_minutes_have_passed_and_something_happened(write):
    assert audit.sign_heads(AT) == []
    write(3)
    assert [(row.zone, row.sequence, row.witness) for row in audit.sign_heads(AT)] == [("north", 3, "house")]
    write(1, first=4)
    assert audit.sign_heads(AT + timedelta(minutes=14)) == []
    assert [(row.zone, row.sequence) for row in audit.sign_heads(AT + timedelta(minutes=15))] == [
        ("north", 4)
    ]
    assert audit.sign_heads(AT + timedelta(minutes=45)) == []
    assert all(audit.verify(zone).ok for zone in audit.zones())


def test_heads_are_signed_after_a_thousand_rows_without_waiting(write):
    write(1)
    audit.sign_heads(AT)
    with transaction.atomic():
        write(1000, first=2)
    assert [row.sequence for row in audit.sign_heads(AT + timedelta(minutes=1))] == [1001]


def test_a_zone_that_only_witnesses_is_signed_once_a_day(write):
    write(1)
    write(1, zone="south")
    audit.sign_heads(AT)
    write(1, first=2)
    assert [row.zone for row in audit.sign_heads(AT + timedelta(hours=1))] == ["north"]
    assert [row.zone for row in audit.sign_heads(AT + timedelta(days=1))] == ["south"]
    assert "house" in {row.zone for row in audit.sign_heads(AT + timedelta(days=1), force=True)}
    assert all(audit.verify(zone).ok for zone in audit.zones())


def test_a_lone_zone_has_no_witness(write):
    write(1, zone="house")
    assert [row.witness for row in audit.sign_heads(AT)] == [""]
    assert audit.verify("house").ok


def test_a_retired_key_is_still_believed_and_a_strangers_is_not(write, keys_of_this_test):
    write(2)
    (row,) = audit.sign_heads(AT)
    (keys_of_this_test / "audit").unlink()
    verdict = audit.verify("north")
    assert (verdict.what, verdict.first_bad_sequence) == ("SIGNATURE_INVALID", 2)
    (keys_of_this_test / "audit-retired").write_text(row.public.hex() + "\n")
    assert audit.verify("north").ok
    assert audit.verify("north", keys=[bytes(row.public)]).ok


def test_the_command_tells_the_operator(write, capsys):
    write(4)
    audit.sign_heads(AT)
    call_command("check_audit")
    assert "north: 4 lines, whole" in capsys.readouterr().out
    with past_the_triggers() as cursor:
        cursor.execute("UPDATE audit_trailline SET actor = 'intruder' WHERE ref = 'T0002'")
    with pytest.raises(CommandError, match="1 damaged"):
        call_command("check_audit", "north", "house")
    assert "north: LINE_CHANGED at 2" in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("check_audit", "--key", "00" * 32)


def test_a_zone_removed_whole_is_missed(write):
    write(4)
    audit.sign_heads(AT)
    with past_the_triggers() as cursor:
        for table in ("audit_trailline", "audit_traillink", "audit_trailhead", "audit_signedhead"):
            cursor.execute(f"DELETE FROM {table} WHERE zone = 'north'")
    assert "north" in audit.zones()
    verdict = audit.verify("north")
    assert (verdict.what, verdict.first_bad_sequence) == ("TRUNCATED", 1)


def test_the_periodic_job_signs(write):
    from sauga.kernel.audit.tasks import sign_heads_that_are_due

    write(2)
    sign_heads_that_are_due(0)
    assert SignedHead.objects.get().sequence == 2


def test_an_attribute_that_is_not_there_is_named():
    with pytest.raises(AttributeError, match="nothing_of_the_kind"):
        audit.nothing_of_the_kind  # noqa: B018  the look-up itself is what is tried
    assert {getattr(audit, name) for name in audit.__all__}
    assert Head(1, b"").sequence == 1

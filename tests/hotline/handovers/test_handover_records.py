"""Hand-overs are recorded by whoever may, counted only while the record stands, and large files need
a second person.
"""

import json
from datetime import timedelta

import pytest

from sauga.hotline.assessment.actions import verdicts
from sauga.hotline.assessment.actions.verdicts import Verdict
from sauga.hotline.content.models import ContentItem
from sauga.hotline.figures.queries import takedown
from sauga.hotline.handovers.actions import exports, records
from sauga.hotline.handovers.models import HandoverExport, HandoverRecord
from sauga.hotline.handovers.queries import records as queries
from sauga.hotline.handovers.rules import ReferenceUnreadable, read_reference
from sauga.hotline.notices.actions import withdrawal
from sauga.hotline.policies.views import EDITOR
from sauga.hotline.reports.models import Report
from sauga.hotline.reports.queries import reporter
from sauga.hotline.states import Handling
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.hotline.trail import Trail
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.figures import Period, computed, measure
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.refusals import ReasonMissing
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.sealed.signatures import archives
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, ZONE, reported

ABROAD = [Answer("RDAP_IP", "192.0.2.7", "PAVYZDYS-NET", 64500, "DE", emails=("abuse@pavyzdys.example",))]
BASELINE = Verdict(
    "BASELINE",
    legal_act="BK_309",
    age="PREPUBESCENT",
    sex="FEMALE",
    site_type="FORUM",
    commerciality="NOT_DETERMINED",
)
NOW = AT + timedelta(hours=1)
PERIOD = Period.parse("2026-11")


def waiting(centre: Centre, n: int = 1, address: str = "https://pavyzdys.example/vieta") -> ContentItem:
    """An item that the rules send to an INHOPE hotline: judged, hosted abroad."""
    report, _ = reported(f"{address}/{n}", category="CSAM")
    item = tracing.record_trace(
        by=SystemActor("tracer"), item=report.locations.get().item, answers=ABROAD, at=AT
    )
    return verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=BASELINE, at=AT)


def to_police(centre: Centre, n: int = 1) -> ContentItem:
    """An item for the police: nobody knows where it is hosted."""
    report, _ = reported(f"http://{'pavyzdys' * 7}.onion/vieta/{n}", category="CSAM")
    item = tracing.record_trace(
        by=SystemActor("tracer"), item=report.locations.get().item, answers=[], at=AT, failed="NOT_ON_THE_WEB"
    )
    return verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=BASELINE, at=AT)


def record(
    centre: Centre,
    items: list[ContentItem],
    *,
    role: str = "ANALYST",
    recipient: str = "INHOPE",
    number: str = "ICCAM 88",
    at=NOW,
):
    return records.record_handover(
        by=centre.actor(role),
        items=items,
        recipient=recipient,
        references={items[0].ref: number},
        handed_over_at=at,
        at=at,
    )


def cells(code: str) -> dict:
    return {next(iter(row.dims.values()), None): row.value for row in computed(measure(code), PERIOD)}


def counted_in_press() -> dict[str, int]:
    from sauga.hotline.reports.models import Report

    Report.objects.update(outcome="ACTIONED", state="CLOSED")
    return dict(takedown.press(*PERIOD.bounds).routes)


class TestQueue:
    def test_a_routed_item_waits_and_is_not_counted_until_somebody_records_it(self, centre: Centre):
        item = waiting(centre)
        assert item.handling == Handling.FOLLOWED
        (row,) = queries.assessed(queries.waiting(by=centre.actor("ANALYST"), recipient="INHOPE"))
        assert (row.item, row.assessed_by, row.since) == (item, [centre.people["ANALYST"].name], AT)
        assert counted_in_press() == {} and cells("hotline.ec_actions") == {
            "NOT_YET": 1,
            "NO_ACTION": 0,
            None: 1,
        }
        (done,) = record(centre, [item])
        assert queries.counts(by=centre.actor("ANALYST")) == {"INHOPE": 0, "POLICE": 0, "NKSC": 0, "ZEIT": 0}
        assert (done.recipient, done.method, done.reference, done.occurrence) == (
            "INHOPE",
            "MANUAL",
            "ICCAM 88",
            1,
        )
        assert counted_in_press() == {"INHOPE": 1}
        assert cells("hotline.ec_actions") == {"NOT_YET": 0, "NO_ACTION": 0, "TO_ICCAM": 1, None: 1}

    def test_the_reporter_reads_passed_on_only_then(self, centre: Centre):
        item = waiting(centre)
        location = item.locations.get()
        assert reporter.fate_of(location) is reporter.Fate.DECIDED
        record(centre, [item])
        location.item.refresh_from_db()
        assert reporter.fate_of(location) is reporter.Fate.PASSED_ON

    def test_the_longest_waiting_comes_first(self, centre: Centre, django_assert_num_queries):
        first, by = waiting(centre, 1), centre.actor("ANALYST")
        with django_assert_num_queries(2):
            queries.assessed(queries.waiting(by=by, recipient="INHOPE"))
        for n in (2, 3):
            waiting(centre, n)
        with django_assert_num_queries(2):
            rows = queries.assessed(queries.waiting(by=by, recipient="INHOPE"))
        assert (rows[0].item, len(rows)) == (first, 3)

    def test_an_item_judged_anew_waits_no_more(self, centre: Centre):
        item = waiting(centre)
        withdrawal.reopen_item(by=centre.actor("SECOND_REVIEWER"), item=item, reason="MISTAKE", at=NOW)
        assert not queries.waiting(by=centre.actor("ANALYST"), recipient="INHOPE").exists()
        with pytest.raises(records.NotWaiting):
            record(centre, [item])


class TestRecording:
    @pytest.mark.parametrize("role", ["SECOND_REVIEWER", "POLICE_LIAISON", "STATISTICIAN", "AUDITOR"])
    def test_only_those_responsible_for_a_recipient_hand_over(self, centre: Centre, role: str):
        with pytest.raises(PermissionRefused):
            record(centre, [waiting(centre)], role=role)
        assert not HandoverRecord.objects.exists()

    @pytest.mark.parametrize("role", ["ANALYST", "NOTICE_OFFICER", "SECOND_REVIEWER"])
    def test_the_police_have_their_own_liaison(self, centre: Centre, role: str):
        item = to_police(centre)
        with pytest.raises(PermissionRefused):
            record(centre, [item], role=role, recipient="POLICE")
        (done,) = record(centre, [item], role="POLICE_LIAISON", recipient="POLICE")
        assert done.recipient == "POLICE"

    def test_all_or_none_and_never_twice(self, centre: Centre):
        one, other = waiting(centre, 1), waiting(centre, 2)
        record(centre, [one])
        with pytest.raises(records.NotWaiting):
            record(centre, [other, one])
        assert HandoverRecord.objects.count() == 1

    def test_not_to_a_recipient_that_no_rule_names(self, centre: Centre):
        with pytest.raises(records.NotWaiting):
            record(centre, [waiting(centre)], recipient="NKSC")

    @pytest.mark.parametrize("off", [timedelta(minutes=1), -timedelta(days=2)])
    def test_neither_in_the_future_nor_before_the_report(self, centre: Centre, off: timedelta):
        with pytest.raises(records.TimeNotPossible):
            records.record_handover(
                by=centre.actor("ANALYST"),
                items=[waiting(centre)],
                recipient="INHOPE",
                references={},
                handed_over_at=NOW + off,
                at=NOW,
            )

    def test_the_audit_log_names_record_and_recipient(self, centre: Centre):
        (done,) = record(centre, [waiting(centre)])
        line = audit.timeline(done.item, zone=ZONE)[-1]
        assert (line.action, dict(line.facts)) == (
            Trail.ITEM_HANDED_OVER,
            {"recipient": "INHOPE", "method": "MANUAL", "record": done.ref},
        )

    @pytest.mark.unit
    @pytest.mark.parametrize("text", ["x" * 41, "a<b>", "=1+1", "“x”", "\u202eabc"])
    def test_a_number_is_a_number(self, text: str):
        with pytest.raises(ReferenceUnreadable):
            read_reference(text)

    @pytest.mark.unit
    @pytest.mark.parametrize(
        ("text", "read"),
        [("  ICCAM   8834120 ", "ICCAM 8834120"), ("IBPS-2026-4471", "IBPS-2026-4471"), ("", "")],
    )
    def test_numbers_of_registers_are_read(self, text: str, read: str):
        assert read_reference(text) == read


class TestTakingBack:
    def test_undo_within_ten_minutes_and_the_item_waits_again(self, centre: Centre):
        (done,) = record(centre, [waiting(centre)])
        records.undo_handover(by=centre.actor("ANALYST"), record=done, at=NOW + timedelta(minutes=10))
        assert queries.counts(by=centre.actor("ANALYST"))["INHOPE"] == 1 and counted_in_press() == {}
        with pytest.raises(records.RecordOver):
            records.undo_handover(by=centre.actor("ANALYST"), record=done, at=NOW)
        record(centre, [done.item])
        assert HandoverRecord.objects.count() == 2  # what was undone stays

    def test_later_only_with_a_reason(self, centre: Centre):
        (done,) = record(centre, [waiting(centre)])
        later, by = NOW + timedelta(minutes=10, seconds=1), centre.actor("ANALYST")
        with pytest.raises(records.UndoTooLate):
            records.undo_handover(by=by, record=done, at=later)
        with pytest.raises(ReasonMissing):
            records.cancel_handover(by=by, record=done, reason="", at=later)
        records.cancel_handover(by=by, record=done, reason="NOT_DONE", at=later)
        done.refresh_from_db()
        assert (done.undone_at, done.undo_reason, counted_in_press()) == (later, "NOT_DONE", {})

    def test_a_correction_keeps_what_stood_there(self, centre: Centre):
        (done,) = record(centre, [waiting(centre)])
        by, later = centre.actor("ANALYST"), NOW + timedelta(days=3)
        with pytest.raises(ReasonMissing):
            records.correct_handover(
                by=by, record=done, reference="ICCAM 99", handed_over_at=NOW, reason="", at=later
            )
        records.correct_handover(
            by=by, record=done, reference="ICCAM 99", handed_over_at=NOW, reason="WRONG_NUMBER", at=later
        )
        done.refresh_from_db()
        (change,) = queries.corrections(done)
        assert (done.reference, change.reference_before, change.reason) == (
            "ICCAM 99",
            "ICCAM 88",
            "WRONG_NUMBER",
        )

    def test_a_number_that_was_not_known_is_added_without_a_reason_and_asked_for_the_next_day(
        self, centre: Centre
    ):
        (done,) = record(centre, [waiting(centre)], number="")
        day = timedelta(days=1)
        assert records.remind_of_references(at=NOW + day - timedelta(minutes=1)) == 0
        assert records.remind_of_references(at=NOW + day) == 1
        assert (
            Notification.objects.filter(
                template="hotline.no_reference", person=centre.people["NOTICE_OFFICER"]
            ).count()
            == 1
        )
        records.correct_handover(
            by=centre.actor("ANALYST"),
            record=done,
            reference="ICCAM 7",
            handed_over_at=NOW,
            reason="",
            at=NOW + day,
        )
        assert records.remind_of_references(at=NOW + 2 * day) == 0

    @pytest.mark.parametrize("role", ["NOTICE_OFFICER", "ANALYST"])
    def test_a_police_record_is_the_liaisons(self, centre: Centre, role: str):
        (done,) = record(centre, [to_police(centre)], role="POLICE_LIAISON", recipient="POLICE")
        for take_back in (
            lambda by: records.undo_handover(by=by, record=done, at=NOW),
            lambda by: records.cancel_handover(by=by, record=done, reason="NOT_DONE", at=NOW),
            lambda by: records.correct_handover(
                by=by, record=done, reference="1", handed_over_at=NOW, reason="WRONG_NUMBER", at=NOW
            ),
        ):
            with pytest.raises(PermissionRefused):
                take_back(centre.actor(role))


def test_the_time_to_the_police_ends_with_the_record(centre: Centre):
    item = to_police(centre)
    assert [row.value for row in computed(measure("hotline.time_to_police"), PERIOD)] == [
        None
    ]  # a route alone ends nothing
    record(centre, [item], role="POLICE_LIAISON", recipient="POLICE", at=AT + timedelta(minutes=42))
    assert [row.value for row in computed(measure("hotline.time_to_police"), PERIOD)] == [42]


class TestFiles:
    def prepared(self, centre: Centre, n: int = 1) -> HandoverExport:
        items = [waiting(centre, number) for number in range(n)]
        return exports.prepare_export(by=centre.actor("ANALYST"), items=items, recipient="INHOPE", at=NOW)

    def test_the_signed_file_holds_addresses_and_classification_and_nothing_of_the_reporter(
        self, centre: Centre
    ):
        export = self.prepared(centre, 2)
        archive = exports.download_export(by=centre.actor("ANALYST"), export=export, at=NOW)
        found = archives.check(archive, trusted=[sealed.installation_signer().public])
        assert (found.about["recipient"], found.about["file"], len(found.about["items"])) == (
            "INHOPE",
            export.ref,
            2,
        )
        items = json.loads(found.files["items.json"])
        assert [one["address"] for one in items] == [
            "https://pavyzdys.example/vieta/0",
            "https://pavyzdys.example/vieta/1",
        ]
        assert (
            items[0]["classification"] | {"verdict": "BASELINE", "legal_act": "BK_309", "assessors": 1}
            == items[0]["classification"]
        )
        assert (
            items[0]["hosting"]["country"] == "DE"
            and items[0]["hosting"]["sources"][0]["network"] == "PAVYZDYS-NET"
        )
        assert set(found.files) == {"items.json", "addresses.csv", "READ-ME.txt", "SHA256SUMS"}
        assert [one["reports"] for one in items] == [1, 1], "how many, not whose"
        held = b"".join(
            text if isinstance(text, bytes) else text.encode() for text in found.files.values()
        ).decode()
        references = list(Report.objects.values_list("ref", flat=True))
        assert references and not [ref for ref in references if ref in held], (
            "no report can be told from the file"
        )
        export.refresh_from_db()
        assert (export.digest, export.downloaded_at) == (found.digest, NOW)
        assert audit.timeline(ContentItem.objects.first(), zone=ZONE)[-1].action == Trail.ITEM_EXPORTED

    def test_a_file_counts_only_once_it_is_recorded_and_that_needs_a_download(self, centre: Centre):
        export, by = self.prepared(centre), centre.actor("ANALYST")
        assert queries.counts(by=by)["INHOPE"] == 0  # set aside, neither waiting nor handed over
        with pytest.raises(exports.NotDownloaded):
            exports.record_export(by=by, export=export, references={}, handed_over_at=NOW, at=NOW)
        exports.download_export(by=by, export=export, at=NOW)
        assert counted_in_press() == {}
        (done,) = exports.record_export(by=by, export=export, references={}, handed_over_at=NOW, at=NOW)
        assert (done.method, done.export, counted_in_press()) == ("ZIP", export, {"INHOPE": 1})
        with pytest.raises(exports.ExportOver):
            exports.discard_export(by=by, export=export, at=NOW)

    def test_a_discarded_file_lets_its_items_wait_again(self, centre: Centre):
        export, by = self.prepared(centre), centre.actor("ANALYST")
        exports.discard_export(by=by, export=export, at=NOW)
        assert queries.counts(by=by)["INHOPE"] == 1
        with pytest.raises(exports.ExportOver):
            exports.download_export(by=by, export=export, at=NOW)

    def test_no_file_without_an_open_vault_and_none_for_others(self, centre: Centre):
        export = self.prepared(centre)
        for role, unlocked in (("ANALYST", False), ("NOTICE_OFFICER", True)):
            with pytest.raises(VaultLocked):
                exports.download_export(by=centre.actor(role, unlocked=unlocked), export=export, at=NOW)
        for role in ("SECOND_REVIEWER", "POLICE_LIAISON"):
            with pytest.raises(PermissionRefused):
                exports.download_export(by=centre.actor(role), export=export, at=NOW)

    def test_an_item_judged_anew_stops_the_file(self, centre: Centre):
        export = self.prepared(centre)
        withdrawal.reopen_item(
            by=centre.actor("SECOND_REVIEWER"), item=ContentItem.objects.get(), reason="MISTAKE", at=NOW
        )
        with pytest.raises(exports.ItemChanged):
            exports.download_export(by=centre.actor("ANALYST"), export=export, at=NOW)


class TestMassExport:
    @pytest.fixture
    def few(self, centre: Centre) -> None:
        policy = EDITOR.shipped.policies["policy.handover"]
        vocab.set_policy(
            by=SystemActor("router"), name="policy.handover", value={**policy, "mass_export_items": 2}, at=AT
        )

    def test_a_large_file_waits_for_somebody_else(self, centre: Centre, few: None):
        by, other = centre.actor("ANALYST"), centre.actor("SECOND_REVIEWER")
        items = [waiting(centre, n) for n in range(3)]
        export = exports.prepare_export(by=by, items=items, recipient="INHOPE", at=NOW)
        assert export.waits_for_second
        assert Notification.objects.filter(
            template="hotline.approve_export", person=centre.people["SECOND_REVIEWER"]
        ).exists()
        with pytest.raises(exports.NotApproved):
            exports.download_export(by=by, export=export, at=NOW)
        with pytest.raises(PermissionRefused):
            exports.approve_export(by=centre.actor("ANALYST_2"), export=export, at=NOW)
        export = exports.approve_export(by=other, export=export, at=NOW)
        assert (export.approved_by, export.waits_for_second) == (other.pseudonym, False)
        assert exports.download_export(by=by, export=export, at=NOW)

    def test_nobody_approves_what_they_prepared(self, centre: Centre, few: None):
        liaison = centre.actor("POLICE_LIAISON")
        items = [to_police(centre, n) for n in range(3)]
        export = exports.prepare_export(by=liaison, items=items, recipient="POLICE", at=NOW)
        with pytest.raises(exports.OwnExport):
            exports.approve_export(by=liaison, export=export, at=NOW)

    def test_parts_do_not_escape_the_rule(self, centre: Centre, few: None):
        by = centre.actor("ANALYST")
        items = [waiting(centre, n) for n in range(4)]
        first = exports.prepare_export(by=by, items=items[:2], recipient="INHOPE", at=NOW)
        second = exports.prepare_export(
            by=by, items=items[2:3], recipient="INHOPE", at=NOW + timedelta(hours=1)
        )
        next_day = exports.prepare_export(
            by=by, items=items[3:], recipient="INHOPE", at=NOW + timedelta(hours=26)
        )
        assert [one.needs_second for one in (first, second, next_day)] == [False, True, False]

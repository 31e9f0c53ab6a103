"""What a reporter adds later is stored part by part, opens for the right people only, and never moves
somebody else's item.
"""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection

from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.items.actions import merges
from sauga.hotline.reports.actions import closure, follow_ups, intake, thread
from sauga.hotline.reports.models import Contact, Message, Report
from sauga.hotline.reports.queries import reporter
from sauga.hotline.reports.rules import ChildInDanger
from sauga.hotline.states import Handling, ReportState
from sauga.kernel import audit, sealed
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor, move
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, PUBLIC, ZONE, reported

ROUTER = SystemActor("router")
SERVICE = sealed.ServiceOpener(ZONE)
FORUM = "https://forumas.example/tema/1"


def key_of(keys: sealed.ReceiptKeys) -> sealed.DataKey:
    found = reporter.come_back(keys)
    assert found is not None
    return found.key


def path_to(report: Report, keys: sealed.ReceiptKeys, referrer: str, access: str = "LOGIN") -> None:
    follow_ups.add_path(
        by=PUBLIC, report=report, key=key_of(keys), position=1, referrer=referrer, access_note=access, at=AT
    )


def closed(report: Report) -> Report:
    for step in (ReportState.TRIAGED, ReportState.OUT_OF_REMIT, ReportState.CLOSED):
        move(report, to=step, by=ROUTER, at=AT)
    return report


class TestDanger:
    def test_yes_hurries_the_report_and_its_items_and_no_slows_nothing(self, centre: Centre):
        report, _ = reported(category="HATE")
        follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.YES, at=AT)
        item = ContentItem.objects.get()
        assert (item.priority, item.due_at) == ("P1", AT + timedelta(minutes=15))
        report = follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.NO, at=AT)
        item.refresh_from_db()
        assert report.priority == "P3" and item.priority == "P1"


class TestPath:
    def test_the_page_one_comes_from_makes_it_another_place(self, centre: Centre):
        report, keys = reported()
        path_to(report, keys, FORUM)
        item = ContentItem.objects.get()
        assert open_address(item, SERVICE).referrer == FORUM and item.access_note == "LOGIN"
        assert (
            bytes(item.key) == intake.indexes(split_locations("https://pavyzdys.example/a/1")[0], FORUM).key
        )
        reported()
        assert ContentItem.objects.count() == 2

    def test_an_empty_path_only_says_how_one_gets_in(self, centre: Centre):
        report, keys = reported()
        path_to(report, keys, "", access="PAID")
        path_to(report, keys, " \u200b ", access="INVITE")
        item = ContentItem.objects.get()
        assert item.access_note == "PAID" and not item.referrer

    def test_an_item_that_others_named_too_keeps_its_identity(self, centre: Centre):
        reported()
        report, keys = reported()
        before = bytes(ContentItem.objects.get().key)
        path_to(report, keys, FORUM)
        item = ContentItem.objects.get()
        assert bytes(item.key) == before and not item.referrer
        assert reporter.come_back(keys).places[0].referrer == FORUM

    def test_a_second_path_does_not_overwrite_the_first(self, centre: Centre):
        report, keys = reported()
        path_to(report, keys, FORUM)
        path_to(report, keys, "https://kitas.example/")
        assert open_address(ContentItem.objects.get(), SERVICE).referrer == FORUM

    def test_a_place_that_is_known_with_this_path_stays_apart_for_a_person(self, centre: Centre):
        report, keys = reported()
        path_to(report, keys, FORUM)
        other, other_keys = reported()
        path_to(other, other_keys, FORUM)
        assert ContentItem.objects.count() == 2
        assert {bool(item.referrer) for item in ContentItem.objects.all()} == {True, False}


class TestWords:
    def test_circumstances_and_words_are_kept_and_can_be_taken_back(self, centre: Centre):
        report, keys = reported()
        report = follow_ups.add_circumstances(
            by=PUBLIC, report=report, seen_date=date(2026, 11, 1), reporter_kind="SCHOOL", at=AT
        )
        assert (report.seen_date, report.reporter_kind) == (date(2026, 11, 1), "SCHOOL")
        follow_ups.add_note(by=PUBLIC, report=report, key=key_of(keys), text="ž" * 5000, at=AT)
        assert reporter.come_back(keys).note == "ž" * 4000
        follow_ups.add_note(by=PUBLIC, report=report, key=key_of(keys), text="", at=AT)
        assert reporter.come_back(keys).note == ""
        assert {line.facts["part"] for line in audit.timeline(report) if "part" in line.facts} == {
            "circumstances",
            "note",
        }

    def test_nothing_is_added_to_a_report_that_is_answered(self, centre: Centre):
        report, _ = reported()
        closed(report)
        with pytest.raises(follow_ups.ReportClosed):
            follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.YES, at=AT)
        with pytest.raises(follow_ups.ReportClosed):
            follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)

    def test_only_the_public_door_adds(self, centre: Centre):
        report, keys = reported()
        with pytest.raises(PermissionRefused):
            follow_ups.add_note(by=centre.actor("ANALYST"), report=report, key=key_of(keys), text="x", at=AT)


class TestContact:
    def test_the_custodian_opens_it_and_the_trail_says_so(self, centre: Centre):
        report, _ = reported()
        follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)
        report = Report.objects.get()
        assert (
            thread.open_contact(by=centre.actor("CONTACT_CUSTODIAN"), report=report, at=AT)
            == "vardas@pastas.example"
        )
        assert audit.timeline(report)[-1].action == "contact:opened"
        with pytest.raises(sealed.KeyNotAvailable):
            thread.open_contact(by=centre.actor("CONTACT_CUSTODIAN", unlocked=False), report=report, at=AT)
        with pytest.raises(PermissionRefused):
            thread.open_contact(by=centre.actor("ANALYST"), report=report, at=AT)

    def test_a_contact_taken_back_is_gone(self, centre: Centre):
        report, _ = reported()
        follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)
        follow_ups.add_contact(by=PUBLIC, report=report, value="", at=AT)
        assert not Contact.objects.exists()
        with pytest.raises(sealed.KeyNotAvailable):
            thread.open_contact(by=centre.actor("CONTACT_CUSTODIAN"), report=Report.objects.get(), at=AT)


class TestMailbox:
    def in_assessment(self) -> tuple[Report, sealed.ReceiptKeys]:
        report, keys = reported()
        for step in (ReportState.TRIAGED, ReportState.IN_ASSESSMENT):
            move(report, to=step, by=ROUTER, at=AT)
        return report, keys

    def ask(self, centre: Centre, report: Report, days: int = 7) -> None:
        analyst = centre.actor("ANALYST")
        key = sealed.open_data_key(zone=ZONE, holder=report.holder, opener=analyst.vault)
        thread.analyst_writes(
            by=analyst, report=report, key=key, text="Iš kur patekote?", at=AT, wait_days=days
        )

    def test_an_answer_lets_the_report_go_on(self, centre: Centre):
        report, keys = self.in_assessment()
        self.ask(centre, report)
        report.refresh_from_db()
        assert report.state == ReportState.WAITING_REPORTER and report.answer_by == AT + timedelta(days=7)
        thread.reporter_writes(
            by=PUBLIC, report=report, key=key_of(keys), text="Iš forumo", at=AT.replace(minute=59)
        )
        report.refresh_from_db()
        assert report.state == ReportState.IN_ASSESSMENT and report.answer_by is None
        assert Message.objects.get(from_reporter=True).at.minute == 0

    def test_a_question_asked_by_the_analyst_does_not_read_what_nobody_opened(self, centre: Centre):
        report, keys = self.in_assessment()
        thread.reporter_writes(by=PUBLIC, report=report, key=key_of(keys), text="Ar gavote?", at=AT)
        self.ask(centre, report, days=0)
        assert Message.objects.get(from_reporter=True).read_at is None
        report.refresh_from_db()
        assert report.state == ReportState.IN_ASSESSMENT

    def test_a_question_needs_a_report_that_can_wait(self, centre: Centre):
        report, _ = reported()
        with pytest.raises(MoveNotAllowed):
            self.ask(centre, report)
        assert not Message.objects.exists()

    def test_the_wait_ends_with_its_term_and_once(self, centre: Centre):
        report, _ = self.in_assessment()
        self.ask(centre, report)
        early = AT + timedelta(days=7, seconds=-1)
        assert thread.stop_waiting(by=ROUTER, report=report, at=early).state == ReportState.WAITING_REPORTER
        for _again in range(2):
            assert (
                thread.stop_waiting(by=ROUTER, report=report, at=AT + timedelta(days=7)).state
                == ReportState.IN_ASSESSMENT
            )
        assert report.steps.filter(why="TERM_OVER").count() == 1


class TestIntake:
    def test_a_known_place_grows_more_urgent_with_a_graver_report(self, centre: Centre):
        reported(category="PERSONAL_DATA")
        reported(category="GROOMING", at=AT + timedelta(hours=1))
        item = ContentItem.objects.get()
        assert (item.priority, item.report_count) == ("P1", 2)
        assert item.due_at == AT + timedelta(hours=1, minutes=15)
        reported(category="PERSONAL_DATA")
        item.refresh_from_db()
        assert (item.priority, item.report_count) == ("P1", 3)

    def test_an_address_past_its_term_is_kept_again_when_reported_again(self, centre: Centre):
        reported()
        item = ContentItem.objects.get()
        sealed.destroy_keys([item.holder])
        ContentItem.objects.update(address=b"")
        reported()
        item.refresh_from_db()
        assert open_address(item, SERVICE).url == "https://pavyzdys.example/a/1"

    def test_a_known_and_a_new_place_make_no_repeat(self, centre: Centre):
        reported("https://pavyzdys.example/a/1")
        report, _ = reported("https://pavyzdys.example/a/1\nhttps://pavyzdys.example/a/2")
        assert report.state == ReportState.RECEIVED
        assert sorted(report.locations.values_list("match", flat=True)) == ["", "EXACT_KEY"]

    def test_watched_content_reported_again_is_looked_at_at_once(self, centre: Centre):
        from procrastinate.contrib.django.models import ProcrastinateJob

        reported(category="HATE")
        item = ContentItem.objects.get()
        for step in (
            Handling.AWAITING_ASSESSMENT,
            Handling.ASSESSED,
            Handling.ROUTED,
            Handling.FOLLOWED,
            Handling.WATCHED,
        ):
            move(item, to=step, by=ROUTER, at=AT, track="handling")
        before = ProcrastinateJob.objects.filter(task_name="hotline.check_item").count()
        reported(category="HATE")
        assert ProcrastinateJob.objects.filter(task_name="hotline.check_item").count() == before + 1

    def test_a_report_is_stored_whole_or_not_at_all(self, centre: Centre):
        """The last row of the report is refused at every attempt."""
        reported("https://pavyzdys.example/a/1")
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE FUNCTION refuse_step() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE EXCEPTION 'refused' USING ERRCODE = 'unique_violation'; END $$"
            )
            cursor.execute(
                "CREATE TRIGGER refuse_step AFTER INSERT ON hotline_reportstep EXECUTE FUNCTION refuse_step()"
            )
        with pytest.raises(IntegrityError):
            reported("https://pavyzdys.example/a/1\nhttps://pavyzdys.example/a/2")
        assert Report.objects.count() == ContentItem.objects.get().report_count == 1

    def test_a_place_that_was_joined_away_meanwhile_is_a_new_one(self, centre: Centre):
        reported("https://pavyzdys.example/a/1")
        reported("https://pavyzdys.example/a/2")
        kept, gone = ContentItem.objects.order_by("pk")
        merges.merge_item(by=centre.actor("ANALYST"), item=gone, into=kept, at=AT)
        report, keys = reported("https://pavyzdys.example/a/2\nhttps://pavyzdys.example/a/1")
        assert [place.given[-1] for place in reporter.come_back(keys).places] == ["2", "1"]
        assert report.state == ReportState.RECEIVED and ContentItem.objects.count() == 2

    def test_a_repeat_closes_when_its_item_has_an_outcome(self, centre: Centre):
        first, _ = reported(category="HATE")
        second, _ = reported(category="HATE")
        item = ContentItem.objects.get()
        for step in (Handling.AWAITING_ASSESSMENT, Handling.ASSESSED, Handling.ROUTED, Handling.FOLLOWED):
            move(item, to=step, by=ROUTER, at=AT, track="handling")
        done = closure.settle_report(by=ROUTER, report=second, at=AT)
        assert (done.state, done.outcome) == (
            ReportState.CLOSED,
            ReportState.DUPLICATE,
        ) and done.first_report_id == first.pk

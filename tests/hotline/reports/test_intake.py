"""A report is stored once, whatever the network does; what the reporter wrote opens for the team and for
the receipt only.
"""

from threading import Barrier, Event, Thread, current_thread
from time import sleep

import pytest
from django.db import connections

from sauga.hotline.addresses.rules.addresses import split_locations
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.reports.actions import follow_ups, intake, thread
from sauga.hotline.reports.models import Location, Report
from sauga.hotline.reports.queries import reporter
from sauga.hotline.reports.rules import ChildInDanger
from sauga.hotline.states import ReportState
from sauga.kernel import sealed
from sauga.kernel.refusals import TextMissing
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, PUBLIC, ZONE, reported


def key_of(address: str) -> bytes:
    return intake.indexes(split_locations(address)[0]).key


def test_report_is_stored_with_its_items(centre: Centre):
    report, keys = reported("https://pavyzdys.example/a/1\nhttps://pavyzdys.example/a/2")
    assert report.state == ReportState.RECEIVED
    assert report.locations.count() == 2
    found = reporter.come_back(keys)
    assert [place.given for place in found.places] == [
        "https://pavyzdys.example/a/1",
        "https://pavyzdys.example/a/2",
    ]


def test_service_key_opens_addresses_and_not_words(centre: Centre):
    report, _keys = reported()
    item = ContentItem.objects.get()
    assert open_address(item, sealed.ServiceOpener(ZONE)).url == "https://pavyzdys.example/a/1"
    with pytest.raises(sealed.KeyNotAvailable):
        sealed.open_data_key(zone=ZONE, holder=report.holder, opener=sealed.ServiceOpener(ZONE))


def test_same_receipt_again_changes_nothing(centre: Centre):
    from sauga.hotline.reports.actions.intake import receive_report

    report, keys = reported()
    again = receive_report(
        by=PUBLIC,
        locations=split_locations("https://kitas.example/"),
        category="CSAM",
        receipt=keys,
        language="lt",
        at=AT,
    )
    assert again.pk == report.pk
    assert Report.objects.count() == 1 and ContentItem.objects.count() == 1


def test_known_address_is_linked_and_never_dropped(centre: Centre):
    first, _ = reported("https://pavyzdys.example/a/1?utm_source=x")
    second, keys = reported("http://PAVYZDYS.example:80/a/./1")
    item = ContentItem.objects.get()
    assert item.report_count == 2
    assert Location.objects.get(report=second).match == "EXACT_KEY"
    second.refresh_from_db()
    assert second.state == ReportState.DUPLICATE and second.first_report_id == first.pk
    assert reporter.come_back(keys).stage == reporter.Stage.KNOWN_ALREADY


def test_additions_are_stored_one_by_one(centre: Centre):
    report, keys = reported()
    found = reporter.come_back(keys)
    follow_ups.add_danger(by=PUBLIC, report=report, child_in_danger=ChildInDanger.YES, at=AT)
    follow_ups.add_path(
        by=PUBLIC,
        report=report,
        key=found.key,
        position=1,
        referrer="https://forumas.example/tema/1",
        access_note="LOGIN",
        at=AT,
    )
    follow_ups.add_note(by=PUBLIC, report=report, key=found.key, text="Mačiau vakar\x00 vakare", at=AT)
    follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)
    found = reporter.come_back(keys)
    assert found.note == "Mačiau vakar vakare" and found.has_contact
    assert found.places[0].referrer == "https://forumas.example/tema/1"
    item = ContentItem.objects.get()
    assert item.priority == "P1" and item.access_note == "LOGIN"
    assert open_address(item, sealed.ServiceOpener(ZONE)).referrer == "https://forumas.example/tema/1"


def test_contact_opens_for_the_custodian_only(centre: Centre):
    report, _ = reported()
    follow_ups.add_contact(by=PUBLIC, report=report, value="vardas@pastas.example", at=AT)
    report.refresh_from_db()
    analyst, custodian = centre.actor("ANALYST"), centre.actor("CONTACT_CUSTODIAN")
    with pytest.raises(sealed.KeyNotAvailable):
        sealed.open_data_key(zone=ZONE, holder=report.contact.holder, opener=centre.actor("ANALYST_2").vault)
    key = sealed.open_data_key(zone=ZONE, holder=report.contact.holder, opener=custodian.vault)
    said = sealed.unseal(
        key, table="hotline.contact", row=report.ref, field="value", envelope=bytes(report.contact.value)
    )
    assert said == "vardas@pastas.example"
    assert analyst.vault is not None


def test_thread_goes_both_ways(centre: Centre):
    report, keys = reported()
    found = reporter.come_back(keys)
    thread.reporter_writes(by=PUBLIC, report=report, key=found.key, text="Ar gavote?", at=AT)
    analyst = centre.actor("ANALYST")
    key = sealed.open_data_key(zone=ZONE, holder=report.holder, opener=analyst.vault)
    thread.analyst_writes(by=analyst, report=report, key=key, text="Gavome, ačiū.", at=AT)
    assert [said.text for said in reporter.come_back(keys).thread] == ["Ar gavote?", "Gavome, ačiū."]
    with pytest.raises(TextMissing):
        thread.reporter_writes(by=PUBLIC, report=report, key=found.key, text=" \u200b ", at=AT)


def test_reference_that_is_taken_is_drawn_again(centre: Centre, monkeypatch: pytest.MonkeyPatch):
    from sauga.kernel import ids

    first, _ = reported("https://pavyzdys.example/a/1")
    item, real, drawn = ContentItem.objects.get(), ids.new_reference, []

    def unlucky() -> str:
        drawn.append([first.ref, "AAAA-AAAA", item.ref][len(drawn)] if len(drawn) < 3 else real())
        return drawn[-1]

    monkeypatch.setattr(ids, "new_reference", unlucky)
    second, keys = reported("https://pavyzdys.example/a/2")
    assert len(drawn) > 3 and second.ref not in {first.ref, "AAAA-AAAA"}
    assert [place.given for place in reporter.come_back(keys).places] == ["https://pavyzdys.example/a/2"]
    assert ContentItem.objects.count() == 2


def test_reports_of_the_same_places_in_another_order_share_their_items(centre: Centre):
    reported("https://pavyzdys.example/b/1\nhttps://pavyzdys.example/b/2")
    second, keys = reported(
        "https://pavyzdys.example/b/2\nhttps://pavyzdys.example/b/3\nhttps://pavyzdys.example/b/1"
    )
    assert [place.given[-1] for place in reporter.come_back(keys).places] == ["2", "3", "1"]
    assert ContentItem.objects.count() == 3 and second.state == ReportState.RECEIVED


def test_one_place_named_twice_is_one_item(centre: Centre):
    from sauga.hotline.reports.actions.intake import receive_report

    again = split_locations("https://pavyzdys.example/d/1") + split_locations("http://PAVYZDYS.example/d/./1")
    for _ in range(2):
        receipt = sealed.receipt_keys(sealed.new_receipt(None, "lt"), ZONE)
        report = receive_report(
            by=PUBLIC, locations=again, category="CSAM", receipt=receipt, language="lt", at=AT
        )
        assert report.locations.count() == 2
    assert ContentItem.objects.get().report_count == 2


@pytest.mark.django_db(transaction=True)
def test_reports_that_race_for_the_same_new_places_share_their_items(centre: Centre):
    gate, stored = Barrier(6), []

    def report(number: int) -> None:
        places = ["https://pavyzdys.example/c/1", "https://pavyzdys.example/c/2"][:: 1 if number % 2 else -1]
        gate.wait()
        try:
            stored.append(reported("\n".join(places))[0])
        finally:
            connections.close_all()

    reporters = [Thread(target=report, args=(number,)) for number in range(6)]
    for reporter_ in reporters:
        reporter_.start()
    for reporter_ in reporters:
        reporter_.join(30)
    assert len(stored) == Report.objects.count() == 6
    assert list(ContentItem.objects.values_list("report_count", flat=True)) == [6, 6]
    first = Report.objects.get(state=ReportState.RECEIVED)
    assert set(Report.objects.exclude(pk=first.pk).values_list("state", "first_report")) == {
        (ReportState.DUPLICATE, first.pk)
    }


@pytest.mark.django_db(transaction=True)
def test_reports_that_race_with_lists_that_overlap_are_all_stored_and_no_item_twice(centre: Centre):
    lists = [
        [f"https://pavyzdys.example/e/{(first + step) % 12}" for step in range(5)] for first in range(12)
    ] * 2
    gate, stored = Barrier(len(lists)), []

    def report(places: list[str]) -> None:
        gate.wait()
        try:
            stored.append(reported("\n".join(places))[0])
        finally:
            connections.close_all()

    reporters = [Thread(target=report, args=(places,)) for places in lists]
    for reporter_ in reporters:
        reporter_.start()
    for reporter_ in reporters:
        reporter_.join(30)
    assert len(stored) == Report.objects.count() == 24
    assert list(ContentItem.objects.values_list("report_count", flat=True)) == [10] * 12


@pytest.mark.django_db(transaction=True)
def test_a_report_that_is_late_for_one_place_and_early_for_another_waits_for_nobody_in_a_circle(
    centre: Centre, monkeypatch
):
    first, second = sorted((f"https://pavyzdys.example/f/{number}" for number in range(2)), key=key_of)
    early, counted, stored = Event(), Event(), []
    known_places, join_items = intake._known_places, intake._join_items

    def know(keys):
        known = known_places(keys)
        if current_thread().name == "late" and not early.is_set():
            early.set()
            counted.wait(10)
        return known

    def join(known, drafts):
        join_items(known, drafts)
        if current_thread().name == "next":
            counted.set()
            sleep(0.3)

    def report() -> None:
        try:
            stored.append(reported(f"{first}\n{second}")[0])
        finally:
            connections.close_all()

    monkeypatch.setattr(intake, "_known_places", know)
    monkeypatch.setattr(intake, "_join_items", join)
    late, next_ = Thread(target=report, name="late"), Thread(target=report, name="next")
    late.start()
    assert early.wait(10)
    reported(second)
    next_.start()
    late.join(30)
    next_.join(30)
    assert len(stored) == 2
    assert {bytes(item.key): item.report_count for item in ContentItem.objects.all()} == {
        key_of(first): 2,
        key_of(second): 3,
    }

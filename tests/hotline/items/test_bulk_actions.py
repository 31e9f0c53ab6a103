"""Acts on several ticked items: each by itself, refusals counted, undone by the same person."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client

from sauga.hotline.assessment.actions import claims
from sauga.hotline.assessment.models import Exposure
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items.actions import bulk_actions, merges
from sauga.hotline.items.queries import worklist
from sauga.hotline.items.queries.worklist import View
from sauga.hotline.reports.actions import closure, triage
from sauga.hotline.reports.models import Location, Report
from sauga.hotline.states import Handling, ReportState
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.kernel import audit, clock, vocab
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported
from tests.markup import tidy

TRACER = SystemActor("tracer")
LATER = AT + timedelta(minutes=3)


def made(n: int, category: str = "HATE", address: str = "https://pavyzdys.example/{}") -> list[ContentItem]:
    """Items that wait for assessment, each of one report."""
    for number in range(n):
        report, _keys = reported(address.format(number), category=category)
        item = ContentItem.objects.get(locations__report=report)
        tracing.record_trace(
            by=TRACER, item=item, answers=[Answer("RDAP_IP", "192.0.2.7", "NET", 64500, "DE")], at=AT
        )
    return list(ContentItem.objects.order_by("pk"))


def post(client: Client, act: str, items: list[ContentItem], **more: str):
    return client.post(
        "/desk/hotline/many/",
        {"do": act, "refs": [item.ref for item in items], "back": "/desk/hotline/?view=all", **more},
    )


def undo(client: Client):
    """Press the undo of the last toast."""
    page = client.get("/desk/hotline/").content.decode()
    return client.post(unescape(re.search(r'action="(/desk/hotline/many/undo/[^"]+)"', page).group(1)))


class TestActions:
    def test_taking_many_leaves_out_what_others_hold_and_what_is_judged(self, centre: Centre):
        mine, theirs, judged = made(3)
        claims.claim_item(by=centre.actor("ANALYST_2"), item=theirs, at=AT)
        ContentItem.objects.filter(pk=judged.pk).update(handling=Handling.FOLLOWED)
        came = bulk_actions.claim_items(by=centre.actor("ANALYST"), items=[mine, theirs, judged], at=LATER)
        assert came.done == 1 and came.undo == [mine.ref]
        assert came.refused == {claims.ClaimedByAnother: 1, claims.NothingToAssess: 1}

    def test_the_days_limit_stops_in_the_middle(self, centre: Centre):
        items, analyst = made(3), centre.actor("ANALYST")
        Exposure.objects.create(
            person_id=analyst.person_id, day=AT.date(), items=vocab.policy("policy.exposure")["items"]
        )
        came = bulk_actions.claim_items(by=analyst, items=items, at=AT)
        assert came.done == 0 and came.refused == {claims.ExposureReached: 3}

    def test_handing_over_tells_the_colleague_once_and_moves_the_reports(self, centre: Centre):
        items, analyst, other = made(2), centre.actor("ANALYST"), centre.actor("ANALYST_2")
        claims.claim_item(by=analyst, item=items[0], at=AT)
        items = list(ContentItem.objects.order_by("pk"))
        came = bulk_actions.assign_items(by=analyst, items=items, to=other, at=LATER)
        assert came.done == 2 and came.undo == [(items[0].ref, True), (items[1].ref, False)]
        assert {item.taken_by_id for item in ContentItem.objects.all()} == {other.person_id}
        assert {report.held_by_id for report in Report.objects.all()} == {other.person_id}
        told = Notification.objects.get()
        assert told.person_id == other.person_id and told.params == {"n": 2}
        assert audit.timeline(items[0])[-1].facts == {"to": other.pseudonym}
        with pytest.raises(claims.ClaimedByAnother):
            claims.claim_item(by=analyst, item=items[0], at=LATER)

    def test_handing_over_asks_about_the_colleagues_day_not_ones_own(self, centre: Centre):
        (item,), analyst, other = made(1), centre.actor("ANALYST"), centre.actor("ANALYST_2")
        full = vocab.policy("policy.exposure")["items"]
        Exposure.objects.create(person_id=analyst.person_id, day=AT.date(), items=full)
        claims.assign_item(by=analyst, item=item, to=other, at=AT)
        claims.withdraw_assignment(by=analyst, item=item, keep=False, at=AT)
        Exposure.objects.filter(person_id=other.person_id, day=AT.date()).update(items=full)
        with pytest.raises(claims.ExposureReached):
            claims.assign_item(by=analyst, item=item, to=other, at=AT)

    def test_only_an_analyst_is_handed_anything(self, centre: Centre):
        (item,) = made(1)
        with pytest.raises(claims.NotAnAnalyst):
            claims.assign_item(
                by=centre.actor("ANALYST"), item=item, to=centre.actor("NOTICE_OFFICER"), at=AT
            )
        assert ContentItem.objects.get().taken_by_id is None

    def test_a_hand_over_is_taken_back_only_by_who_made_it_and_only_before_the_verdict(self, centre: Centre):
        (item,), analyst, other = made(1), centre.actor("ANALYST"), centre.actor("ANALYST_2")
        claims.assign_item(by=analyst, item=item, to=other, at=AT)
        with pytest.raises(claims.NotClaimedByYou):
            claims.withdraw_assignment(by=other, item=item, keep=True, at=AT)
        back = claims.withdraw_assignment(by=analyst, item=item, keep=True, at=AT)
        assert back.taken_by_id == analyst.person_id and Report.objects.get().held_by_id == analyst.person_id
        with pytest.raises(claims.NotClaimedByYou):
            claims.withdraw_assignment(by=analyst, item=item, keep=True, at=AT)

    def test_a_colleague_who_takes_it_anew_makes_it_their_own(self, centre: Centre):
        (item,), analyst, other = made(1), centre.actor("ANALYST"), centre.actor("ANALYST_2")
        claims.assign_item(by=analyst, item=item, to=other, at=AT)
        claims.claim_item(by=other, item=item, at=LATER)
        with pytest.raises(claims.NotClaimedByYou):
            claims.withdraw_assignment(by=analyst, item=item, keep=False, at=LATER)

    def test_urgency_sets_the_time_anew_and_comes_back_whole(self, centre: Centre):
        items, analyst = made(2), centre.actor("ANALYST")
        before = [(item.priority, item.due_at) for item in items]
        came = bulk_actions.prioritise_items(by=analyst, items=items, priority="P1", at=LATER)
        minutes = vocab.policy("policy.triage_target")["minutes"]["P1"]
        for item in ContentItem.objects.all():
            assert (item.priority, item.due_at) == ("P1", LATER + timedelta(minutes=minutes))
        former = [(item, priority, due) for item, (priority, due) in zip(items, before, strict=True)]
        assert bulk_actions.restore_urgency(by=analyst, items=former, at=LATER).done == came.done == 2
        assert [(item.priority, item.due_at) for item in ContentItem.objects.order_by("pk")] == before

    def test_urgency_of_a_judged_item_is_refused(self, centre: Centre):
        (item,) = made(1)
        ContentItem.objects.update(handling=Handling.FOLLOWED)
        with pytest.raises(triage.AlreadyJudged):
            triage.prioritise_item(by=centre.actor("ANALYST"), item=item, priority="P1", at=AT)

    def test_noise_puts_every_report_of_an_item_aside_and_shared_reports_once(self, centre: Centre):
        analyst = centre.actor("ANALYST")
        reported("https://pavyzdys.example/a\nhttps://pavyzdys.example/b", category="HATE")
        items = list(ContentItem.objects.order_by("pk"))
        came = bulk_actions.mark_items_spam(by=analyst, items=items, reason="FLOOD", at=AT)
        assert came.done == 2 and len(came.undo) == 1 and not came.refused
        assert Report.objects.get().state == ReportState.SPAM
        assert bulk_actions.restore_reports(by=analyst, reports=Report.objects.all(), at=LATER).done == 1
        assert Report.objects.get().state == ReportState.TRIAGED

    def test_noise_is_all_or_nothing_while_one_of_the_reports_waits_for_its_reporter(self, centre: Centre):
        analyst = centre.actor("ANALYST")
        for _again in range(2):
            reported("https://pavyzdys.example/tas-pats", category="HATE")
        Report.objects.filter(pk=Report.objects.latest("pk").pk).update(state=ReportState.WAITING_REPORTER)
        with pytest.raises(MoveNotAllowed):
            closure.mark_item_spam(by=analyst, item=ContentItem.objects.get(), reason="FLOOD", at=AT)
        assert not Report.objects.filter(state=ReportState.SPAM).exists()

    def test_joining_many_moves_the_reports_and_can_be_taken_apart(self, centre: Centre):
        items, analyst = made(3), centre.actor("ANALYST")
        came = bulk_actions.merge_items(by=analyst, items=items, into=items[1], at=AT)
        assert came.done == 2 and ContentItem.objects.get().report_count == 3
        places = Location.objects.select_related("item", "report").filter(pk__in=came.undo).order_by("pk")
        assert bulk_actions.separate_locations(by=analyst, locations=places, at=AT).done == 2
        assert sorted(item.report_count for item in ContentItem.objects.all()) == [1, 1, 1]

    def test_what_is_not_on_the_web_is_left_for_people_to_look_at(self, centre: Centre):
        web, chat = made(2)
        ContentItem.objects.filter(pk=chat.pk).update(kind="CHAT_GROUP")
        came = bulk_actions.recheck_items(
            by=centre.actor("NOTICE_OFFICER"), items=ContentItem.objects.order_by("pk"), at=LATER
        )
        assert came.done == 1 and came.refused == {bulk_actions.NotOnTheWeb: 1}
        assert ContentItem.objects.get(pk=web.pk).next_check_at == LATER

    @pytest.mark.parametrize("role", ["NOTICE_OFFICER", "SECOND_REVIEWER", "POLICE_LIAISON"])
    def test_others_than_analysts_are_refused_before_anything_happens(self, centre: Centre, role: str):
        items, by = made(1), centre.actor(role)
        for act in (bulk_actions.claim_items, bulk_actions.release_items):
            with pytest.raises(PermissionRefused):
                act(by=by, items=items, at=AT)
        with pytest.raises(PermissionRefused):
            bulk_actions.prioritise_items(by=by, items=items, priority="P1", at=AT)
        with pytest.raises(PermissionRefused):
            bulk_actions.merge_items(by=by, items=items, into=items[0], at=AT)


class TestPage:
    def test_takes_two_goes_back_to_the_same_view_and_undoes(self, centre: Centre):
        items, client = made(2), sign_in(centre, "ANALYST")
        assert post(client, "take", items).headers["Location"] == "/desk/hotline/?view=all"
        assert ContentItem.objects.exclude(taken_by=None).count() == 2
        assert undo(client).headers["Location"] == "/desk/hotline/?view=all"
        assert not ContentItem.objects.exclude(taken_by=None).exists()

    def test_says_how_many_were_left_out_and_why(self, centre: Centre):
        items, client = made(2), sign_in(centre, "ANALYST")
        claims.claim_item(by=centre.actor("ANALYST_2"), item=items[0], at=clock.now())
        post(client, "take", items)
        page = client.get("/desk/hotline/").content.decode()
        assert "Paimta 1 " in page and "Praleista 1: " in page

    def test_hand_over_asks_to_whom_and_refuses_a_stranger(self, centre: Centre):
        items, client, other = made(2), sign_in(centre, "ANALYST"), centre.people["ANALYST_2"]
        asked = post(client, "hand", items)
        page = asked.content.decode()
        assert (
            asked.status_code == 200
            and other.pseudonym in page
            and centre.people["ANALYST"].pseudonym not in page
        )
        assert all(item.ref in page for item in items)
        assert (
            post(client, "hand", items, answer=centre.people["NOTICE_OFFICER"].pseudonym).status_code == 422
        )
        assert post(client, "hand", items, answer=other.pseudonym).status_code == 302
        assert {item.taken_by_id for item in ContentItem.objects.all()} == {other.pk}
        undo(client)
        assert {item.taken_by_id for item in ContentItem.objects.all()} == {None}

    def test_urgency_noise_and_join_are_asked_done_and_undone(self, centre: Centre):
        items, client = made(3), sign_in(centre, "ANALYST")
        before = [(item.priority, item.due_at) for item in items]
        assert post(client, "urgency", items).status_code == 200
        post(client, "urgency", items, answer="P1")
        assert {item.priority for item in ContentItem.objects.all()} == {"P1"}
        undo(client)
        assert [(item.priority, item.due_at) for item in ContentItem.objects.order_by("pk")] == before
        post(client, "aside", items, answer="FLOOD")
        assert set(Report.objects.values_list("state", flat=True)) == {ReportState.SPAM}
        undo(client)
        assert ReportState.SPAM not in set(Report.objects.values_list("state", flat=True))
        post(client, "join", items, answer=items[0].ref)
        assert ContentItem.objects.get().ref == items[0].ref
        undo(client)
        assert ContentItem.objects.count() == 3

    def test_nothing_ticked_and_one_to_join_are_said(self, centre: Centre):
        items, client = made(1), sign_in(centre, "ANALYST")
        assert post(client, "take", []).status_code == 302
        assert "Pirmiausia pažymėkite" in client.get("/desk/hotline/").content.decode()
        assert post(client, "join", items).status_code == 302
        assert "bent dvi eilutes" in client.get("/desk/hotline/").content.decode()

    def test_undo_belongs_to_one_person_and_ends(self, centre: Centre, monkeypatch: pytest.MonkeyPatch):
        items, client = made(1), sign_in(centre, "ANALYST")
        post(client, "take", items)
        page = client.get("/desk/hotline/").content.decode()
        address = unescape(re.search(r'action="(/desk/hotline/many/undo/[^"]+)"', page).group(1))
        assert sign_in(centre, "ANALYST_2").post(address).status_code == 404
        assert client.post(address.replace("undo/", "undo/x", 1)).status_code == 404
        monkeypatch.setattr("django.core.signing.time.time", lambda: clock.now().timestamp() + 3600)
        assert client.post(address).status_code == 404

    def test_an_act_that_is_not_offered_does_not_exist(self, centre: Centre):
        items = made(1)
        for role, act in (
            ("NOTICE_OFFICER", "take"),
            ("SECOND_REVIEWER", "urgency"),
            ("POLICE_LIAISON", "recheck"),
            ("ANALYST", "burn"),
        ):
            assert post(sign_in(centre, role), act, items).status_code == 404

    def test_the_way_back_is_a_page_of_the_desk_only(self, centre: Centre):
        items, client = made(1), sign_in(centre, "ANALYST")
        answer = client.post(
            "/desk/hotline/many/", {"do": "take", "refs": [items[0].ref], "back": "https://kitur.example/"}
        )
        assert answer.headers["Location"] == "/desk/hotline/"

    def test_each_view_offers_what_fits_the_person(self, centre: Centre):
        made(1)
        analyst, officer = sign_in(centre, "ANALYST"), sign_in(centre, "NOTICE_OFFICER")
        offered = lambda client, view: re.findall(  # noqa: E731  short
            r'name="do" value="(\w+)"', tidy(client.get(f"/desk/hotline/?view={view}").content.decode())
        )
        assert offered(analyst, "assess") == ["take", "hand", "urgency", "join", "aside"]
        assert offered(officer, "assess") == []
        ContentItem.objects.update(handling=Handling.FOLLOWED)
        assert offered(analyst, "followed") == offered(officer, "followed") == ["recheck"]

    def test_the_rail_counts_what_waits(self, centre: Centre):
        made(2)
        page = tidy(sign_in(centre, "ANALYST").get("/desk/me/").content.decode())
        assert re.search(r'href="/desk/hotline/"[^>]*>[^<]*<span class="count">2</span>', page)


class TestViews:
    def test_at_home_and_came_back_show_what_still_stands(self, centre: Centre):
        home, back, gone = made(3)
        ContentItem.objects.update(handling=Handling.FOLLOWED)
        ContentItem.objects.filter(pk__in=[home.pk, gone.pk]).update(country="LT", presence="ONLINE")
        ContentItem.objects.filter(pk=gone.pk).update(presence="REMOVED")
        ContentItem.objects.filter(pk=back.pk).update(occurrence=2)
        seen = {
            view: [item.pk for item in worklist.worklist(by=centre.actor("ANALYST"), view=view)]
            for view in (View.AT_HOME, View.CAME_BACK)
        }
        assert seen == {View.AT_HOME: [home.pk], View.CAME_BACK: [back.pk]}


def test_joining_refuses_a_judged_item(centre: Centre):
    items = made(2)
    ContentItem.objects.filter(pk=items[0].pk).update(handling=Handling.FOLLOWED)
    came = bulk_actions.merge_items(by=centre.actor("ANALYST"), items=items, into=items[1], at=AT)
    assert came.refused == {merges.CannotMerge: 1} and ContentItem.objects.count() == 2

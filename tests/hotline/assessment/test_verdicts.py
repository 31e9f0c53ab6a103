"""One person's verdict stands only where the rules let it; doubt and second thoughts are heard, and routes
follow the verdict.
"""

from datetime import timedelta

import pytest

from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.assessment.actions.verdicts import Verdict, VerdictIncomplete
from sauga.hotline.assessment.models import Exposure, PoliceHold, Route
from sauga.hotline.content.models import ContentItem
from sauga.hotline.content.queries import open_address
from sauga.hotline.items.actions import merges
from sauga.hotline.notices.actions import withdrawal
from sauga.hotline.notices.models import NoticeItem
from sauga.hotline.policies.views import EDITOR
from sauga.hotline.reports.actions import closure, triage
from sauga.hotline.reports.models import Location, Report
from sauga.hotline.service import SERVICE
from sauga.hotline.states import Handling, ReportState
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.actions import recognise_provider
from sauga.hotline.tracing.models import Provider, ProviderNetwork
from sauga.hotline.tracing.rules import Answer
from sauga.kernel import audit, sealed, vocab
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.services.audit_log import report_verification, request_verification
from sauga.kernel.states import MoveNotAllowed, SystemActor, move
from tests.centre import BEGAN, Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.hotline import AT, ZONE, reported
from tests.hotline.assessment.test_casework import ABROAD, HOME, ILLEGAL, traced
from tests.hotline.test_states import notice

LOG = SERVICE.audit_log
ROUTER, TRACER = SystemActor("router"), SystemActor("tracer")
CLEAN = Verdict("NOT_ILLEGAL", no_action_reason="NOT_ILLEGAL")
DOUBT = Verdict("DOUBTFUL")


def change(policy: str, **values: object) -> None:
    """The installation decides otherwise than the program came."""
    vocab.set_policy(by=ROUTER, name=policy, value={**EDITOR.shipped.policies[policy], **values}, at=AT)


def test_the_limit_of_a_police_hold_is_that_of_the_policy_in_sentence_form_and_action(centre: Centre):
    change("policy.hold", police_hold_max_hours=48, police_hold_default_hours=12)
    client, item = sign_in(centre, "POLICE_LIAISON"), traced(HOME, category="CSAM")
    page = client.get(f"/desk/hotline/items/{item.ref}/").text
    assert "Valandos, ne daugiau kaip 48" in page and 'value="12"' in page
    answer = client.post(
        f"/desk/hotline/items/{item.ref}/hold/", {"reason": "EVIDENCE", "hours": "49"}, follow=True
    )
    assert "sulaikoma ne ilgiau kaip 48 val." in answer.text and not item.holds.exists()


class TestVerdicts:
    @pytest.mark.parametrize("verdict", sorted(verdicts.NEEDS_ACT))
    def test_an_illegal_verdict_names_its_act(self, verdict):
        with pytest.raises(VerdictIncomplete) as missing:
            Verdict(verdict).check()
        assert missing.value.field == "legal_act"

    def test_a_note_is_sealed_and_needs_an_open_vault(self, centre: Centre):
        item = traced(category="HATE")
        with pytest.raises(VaultLocked):
            verdicts.assess_item(
                by=centre.actor("ANALYST", unlocked=False), item=item, verdict=ILLEGAL, note="Pastaba", at=AT
            )
        assert not item.assessments.exists()
        analyst = centre.actor("ANALYST")
        verdicts.assess_item(by=analyst, item=item, verdict=ILLEGAL, note="Pastaba", at=AT)
        row = item.assessments.get()
        key = sealed.open_data_key(zone=ZONE, holder=item.holder, opener=analyst.vault)
        assert (
            sealed.unseal(
                key, table="hotline.assessment", row=row.ref, field="note", envelope=bytes(row.note)
            )
            == "Pastaba"
        )
        assert b"Pastaba" not in bytes(row.note)

    def test_two_who_doubt_ask_a_third_and_the_third_decides(self, centre: Centre):
        item = traced(category="HATE")
        verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=DOUBT, at=AT)
        item = verdicts.review_item(by=centre.actor("SECOND_REVIEWER"), item=item, verdict=DOUBT, at=AT)
        assert item.handling == Handling.ARBITRATION
        third = centre.actor("SECOND_REVIEWER_2")
        with pytest.raises(VerdictIncomplete):
            verdicts.review_item(by=third, item=item, verdict=DOUBT, at=AT)
        item = verdicts.review_item(by=third, item=item, verdict=CLEAN, at=AT)
        assert item.handling == Handling.NO_ACTION

    def test_no_review_where_none_is_awaited(self, centre: Centre):
        item = traced(category="HATE")
        with pytest.raises(MoveNotAllowed):
            verdicts.review_item(by=centre.actor("SECOND_REVIEWER"), item=item, verdict=ILLEGAL, at=AT)

    def test_urgent_verdicts_of_beginners_do_not_wait(self, centre: Centre):
        early = BEGAN + timedelta(days=2)
        item = traced(category="GROOMING")
        item = verdicts.assess_item(by=centre.actor("ANALYST", early), item=item, verdict=ILLEGAL, at=early)
        assert item.handling == Handling.NOTICE_DUE

    def test_a_house_may_let_beginners_decide(self, centre: Centre):
        change("policy.second_review", blocking=["verdict DOUBTFUL"])
        early = BEGAN + timedelta(days=2)
        item = verdicts.assess_item(
            by=centre.actor("ANALYST", early), item=traced(category="HATE"), verdict=ILLEGAL, at=early
        )
        assert item.handling == Handling.NOTICE_DUE

    def test_a_reopened_item_is_judged_anew_and_its_old_routes_do_not_send_a_notice(self, centre: Centre):
        item = traced(category="HATE")
        verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=ILLEGAL, at=AT)
        item = withdrawal.reopen_item(
            by=centre.actor("SECOND_REVIEWER"), item=item, reason="NEW_INFORMATION", at=AT
        )
        assert (item.handling, item.verdict) == (Handling.ASSESSED, "") and not item.routes.exists()
        restricted = Verdict("RESTRICTED", legal_act="IX_1067")
        item = verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=restricted, at=AT)
        assert item.handling == Handling.FOLLOWED and [route.route for route in item.routes.all()] == ["ZEIT"]
        assert list(item.assessments.order_by("pk").values_list("kind", flat=True)) == ["FIRST", "REOPENED"]
        with pytest.raises(PermissionRefused):
            withdrawal.reopen_item(by=centre.actor("ANALYST"), item=item, reason="NEW_INFORMATION", at=AT)

    def test_doubt_about_a_reopened_item_asks_again(self, centre: Centre):
        item = traced(category="HATE")
        verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=ILLEGAL, at=AT)
        item = withdrawal.reopen_item(by=centre.actor("SECOND_REVIEWER"), item=item, reason="DISPUTE", at=AT)
        item = verdicts.assess_item(by=centre.actor("ANALYST_2"), item=item, verdict=DOUBT, at=AT)
        assert item.handling == Handling.SECOND_REVIEW


class TestHands:
    def test_taking_an_item_twice_is_the_same_hand_and_begins_its_reports(self, centre: Centre):
        item = traced(category="HATE")
        analyst = centre.actor("ANALYST")
        for _again in range(2):
            claims.claim_item(by=analyst, item=item, at=AT)
        report = Report.objects.get()
        assert report.state == ReportState.IN_ASSESSMENT and report.held_by_id == analyst.person_id

    def test_release_gives_the_item_to_others_and_only_by_its_holder(self, centre: Centre):
        item = traced(category="HATE")
        claims.claim_item(by=centre.actor("ANALYST"), item=item, at=AT)
        with pytest.raises(claims.NotClaimedByYou):
            claims.release_item(by=centre.actor("ANALYST_2"), item=item, at=AT)
        assert claims.release_item(by=centre.actor("ANALYST"), item=item, at=AT).taken_by_id is None
        claims.claim_item(by=centre.actor("ANALYST_2"), item=item, at=AT)

    @pytest.mark.parametrize(
        ("category", "looked"), [("HATE", {"items": 120}), ("GROOMING", {"severe_items": 40})]
    )
    def test_a_days_limit_stops_the_analyst_until_the_lead_lifts_it(self, centre: Centre, category, looked):
        item = traced(category=category)
        analyst = centre.actor("ANALYST")
        Exposure.objects.create(person_id=analyst.person_id, day=AT.date(), **looked)
        with pytest.raises(claims.ExposureReached):
            claims.claim_item(by=analyst, item=item, at=AT)
        claims.claim_item(by=analyst, item=item, at=AT + timedelta(days=1))
        claims.release_item(by=analyst, item=item, at=AT)
        claims.lift_stop(by=centre.actor("WELFARE_LEAD"), person_id=analyst.person_id, at=AT)
        assert claims.claim_item(by=analyst, item=item, at=AT).taken_by_id == analyst.person_id
        assert audit.timeline(Exposure.objects.get(day=AT.date()))[-1].action == "exposure:stop_lifted"

    def test_there_is_nothing_to_lift_for_one_who_looked_at_nothing(self, centre: Centre):
        with pytest.raises(claims.NothingToLift):
            claims.lift_stop(by=centre.actor("WELFARE_LEAD"), person_id=centre.people["ANALYST"].pk, at=AT)
        with pytest.raises(PermissionRefused):
            claims.lift_stop(by=centre.actor("ANALYST"), person_id=centre.people["ANALYST"].pk, at=AT)

    def test_looks_and_severe_items_are_counted_once_each(self, centre: Centre):
        analyst = centre.actor("ANALYST")
        for category, address in (("HATE", "a.example/1"), ("GROOMING", "a.example/2")):
            item = traced(category=category, address=address)
            claims.reveal_address(by=analyst, item=item, reason="ASSESS", at=AT)
            verdicts.assess_item(by=analyst, item=item, verdict=CLEAN, at=AT)
        day = Exposure.objects.get()
        assert (day.items, day.severe_items, day.reveals, day.last_severe_at) == (2, 1, 2, AT)


class TestRoutes:
    def test_a_child_at_risk_does_not_wait_for_the_country(self, centre: Centre):
        item = traced(HOME, category="GROOMING")
        item = verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=ILLEGAL, at=AT)
        assert item.handling == Handling.NOTICE_DUE
        assert {route.route for route in item.routes.all()} == {"POLICE", "PROVIDER_NOTICE"}

    @pytest.mark.parametrize("hours", [0, -1, 73])
    def test_a_hold_has_a_length_and_a_limit(self, centre: Centre, hours):
        with pytest.raises(routing.HoldTooLong):
            routing.hold_item(
                by=centre.actor("POLICE_LIAISON"),
                item=traced(category="HATE"),
                reason="EVIDENCE",
                hours=hours,
                at=AT,
            )

    def routed(self, centre: Centre) -> ContentItem:
        item = traced(category="HATE")
        for step in (Handling.ASSESSED, Handling.ROUTED):
            move(item, to=step, by=ROUTER, at=AT, track="handling")
        return item

    def test_a_hold_on_a_routed_item_bites_at_once_and_a_release_lets_it_go_at_once(self, centre: Centre):
        item, liaison = self.routed(centre), centre.actor("POLICE_LIAISON")
        first = routing.hold_item(by=liaison, item=item, reason="EVIDENCE", hours=24, at=AT)
        item.refresh_from_db()
        assert item.handling == Handling.POLICE_HOLD
        second = routing.hold_item(by=liaison, item=item, reason="NEW_VICTIM", hours=48, at=AT)
        routing.end_hold(by=liaison, hold=first, at=AT)
        item.refresh_from_db()
        assert item.handling == Handling.POLICE_HOLD
        routing.end_hold(by=liaison, hold=second, at=AT)
        item.refresh_from_db()
        assert item.handling == Handling.FOLLOWED
        again = routing.end_hold(by=liaison, hold=second, at=AT + timedelta(hours=1))
        assert again.ended_at == AT

    def test_only_the_liaison_releases_and_only_the_router_expires(self, centre: Centre):
        hold = routing.hold_item(
            by=centre.actor("POLICE_LIAISON"), item=traced(category="HATE"), reason="EVIDENCE", hours=1, at=AT
        )
        with pytest.raises(PermissionRefused):
            routing.end_hold(by=centre.actor("ANALYST"), hold=hold, at=AT)
        with pytest.raises(PermissionRefused):
            routing.end_hold(by=SystemActor("monitor"), hold=hold, at=AT)
        assert routing.expire_holds(at=AT + timedelta(hours=1)) == 1
        assert PoliceHold.objects.get().ended_by == "system:router"


class TestItemsThatNoRuleMatches:
    """A gap in the rules never ends a case: before, such an item was closed as “lawful where hosted”, which
    nobody had judged.
    """

    def stuck(self, centre: Centre) -> ContentItem:
        rules = EDITOR.shipped.policies["policy.routing"]["rules"]
        change("policy.routing", rules=[rule for rule in rules if rule["id"] != "prohibited_abroad"])
        return verdicts.assess_item(
            by=centre.actor("ANALYST"), item=traced(category="HATE"), verdict=ILLEGAL, at=AT
        )

    def test_it_waits_with_its_verdict_and_two_roles_are_told(self, centre: Centre):
        item = self.stuck(centre)
        assert (item.handling, item.verdict, item.no_action_reason) == (Handling.ASSESSED, "PROHIBITED", "")
        closure.settle_report(by=ROUTER, report=Report.objects.get(), at=AT)
        assert Report.objects.get().outcome == ""
        told = Notification.objects.filter(template="hotline.no_rule")
        assert {row.person_id for row in told} == {
            centre.people[role].pk for role in ("NOTICE_OFFICER", "SECOND_REVIEWER", "SECOND_REVIEWER_2")
        }
        assert all(row.link == f"/desk/hotline/items/{item.ref}/" for row in told)
        assert (
            routing.route_waiting(at=AT) == 0
            and Notification.objects.filter(template="hotline.no_rule").count() == 3
        )

    def test_it_goes_on_by_itself_once_a_rule_fits(self, centre: Centre):
        item = self.stuck(centre)
        vocab.set_policy(
            by=ROUTER, name="policy.routing", value=EDITOR.shipped.policies["policy.routing"], at=AT
        )
        assert routing.route_waiting(at=AT) == 1
        item.refresh_from_db()
        assert item.handling == Handling.NOTICE_DUE and item.routes.get().rule == "prohibited_abroad"

    def test_it_can_be_judged_anew(self, centre: Centre):
        item = self.stuck(centre)
        withdrawal.reopen_item(by=centre.actor("SECOND_REVIEWER"), item=item, reason="OUR_ERROR", at=AT)
        item = ContentItem.objects.get()
        assert (item.handling, item.verdict) == (Handling.ASSESSED, "")
        reason = Verdict("NOT_ILLEGAL", no_action_reason="LAWFUL_WHERE_HOSTED")
        item = verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=reason, at=AT)
        assert (item.handling, item.no_action_reason) == (Handling.NO_ACTION, "LAWFUL_WHERE_HOSTED")

    def test_the_page_says_so_and_offers_both_ways_on(self, centre: Centre):
        from tests.centre import sign_in

        item = self.stuck(centre)
        page = sign_in(centre, "SECOND_REVIEWER").get(f"/desk/hotline/items/{item.ref}/").content.decode()
        assert "nė viena taisyklė" in page or "no rule says" in page
        assert f"/desk/hotline/items/{item.ref}/reopen/" in page

    def test_one_that_waits_for_its_country_is_left_alone(self, centre: Centre):
        item = verdicts.assess_item(
            by=centre.actor("ANALYST"), item=traced(HOME, category="HATE"), verdict=ILLEGAL, at=AT
        )
        assert routing.route_waiting(at=AT) == 0
        item.refresh_from_db()
        assert item.handling == Handling.ASSESSED


class TestTrace:
    def test_a_confirmed_country_outlives_the_next_trace(self, centre: Centre):
        item = traced(ABROAD, category="HATE")
        tracing.confirm_country(by=centre.actor("ANALYST"), item=item, country="LT", at=AT)
        item = tracing.record_trace(by=TRACER, item=item, answers=ABROAD, at=AT)
        assert (item.country, item.country_confidence, item.hosting_class) == ("LT", "CONFIRMED", "LT")
        assert item.traces.latest("pk").country == "DE"

    def test_a_person_may_ask_all_sources_again(self, centre: Centre):
        from procrastinate.contrib.django.models import ProcrastinateJob

        item = traced(category="HATE")
        before = ProcrastinateJob.objects.filter(task_name="hotline.trace_item").count()
        tracing.trace_again(by=centre.actor("ANALYST"), item=item, at=AT)
        assert ProcrastinateJob.objects.filter(task_name="hotline.trace_item").count() == before + 1
        with pytest.raises(PermissionRefused):
            tracing.trace_again(by=centre.actor("POLICE_LIAISON"), item=item, at=AT)

    def test_a_trace_without_an_answer_lets_the_item_go_on(self, centre: Centre):
        item = traced([], category="HATE")
        assert item.handling == Handling.AWAITING_ASSESSMENT and item.provider is None
        assert item.hosting_class == "UNRESOLVED"

    def test_confirming_the_country_of_an_item_without_a_verdict_routes_nothing(self, centre: Centre):
        item = tracing.confirm_country(
            by=centre.actor("NOTICE_OFFICER"), item=traced(HOME, category="HATE"), country="LT", at=AT
        )
        assert item.handling == Handling.AWAITING_ASSESSMENT and item.country_by

    @pytest.mark.parametrize(
        ("told", "route", "due"),
        [(True, "PROVIDER_NOTICE", True), (True, "ZEIT", False), (False, "PROVIDER_NOTICE", False)],
    )
    def test_content_that_moved_is_due_for_a_notice_at_its_new_home(self, centre: Centre, told, route, due):
        item = traced(category="HATE")
        for step in (Handling.ASSESSED, Handling.ROUTED, Handling.FOLLOWED):
            move(item, to=step, by=ROUTER, at=AT, track="handling")
        Route.objects.create(item=item, route=route, rule="test", at=AT)
        if told:
            NoticeItem.objects.create(notice=notice(), item=item)
        item = tracing.record_trace(by=TRACER, item=item, answers=ABROAD, at=AT)
        assert (item.handling == Handling.NOTICE_DUE) is due

    def test_content_that_stayed_is_not_due_again(self, centre: Centre):
        item = traced(category="HATE")
        for step in (Handling.ASSESSED, Handling.ROUTED, Handling.FOLLOWED):
            move(item, to=step, by=ROUTER, at=AT, track="handling")
        sent = notice()
        sent.provider = item.provider
        sent.save()
        NoticeItem.objects.create(notice=sent, item=item)
        item = tracing.record_trace(by=TRACER, item=item, answers=ABROAD, at=AT)
        assert item.handling == Handling.FOLLOWED
        assert tracing.record_trace(by=TRACER, item=item, answers=[], at=AT).handling == Handling.FOLLOWED

    def test_a_mask_hides_where_content_lies(self, centre: Centre):
        provider = Provider.objects.create(name="Kaukė", is_cdn=True)
        ProviderNetwork.objects.create(provider=provider, kind="ASN", value="64500")
        item = traced(ABROAD, category="HATE")
        assert (item.provider, item.country, item.hosting_class) == (provider, "", "CDN_MASKED")

    def test_providers_are_recognised_by_name_before_number_and_noted_once(self, centre: Centre):
        by_name, by_number = Provider.objects.create(name="A"), Provider.objects.create(name="B")
        ProviderNetwork.objects.create(provider=by_name, kind="NETWORK", value="PAVYZDYS-NET")
        ProviderNetwork.objects.create(provider=by_number, kind="ASN", value="64500")
        assert recognise_provider(by=TRACER, answers=ABROAD, at=AT) == by_name
        assert (
            recognise_provider(by=TRACER, answers=[Answer("ASN_TABLE", network="KITAS", asn=64500)], at=AT)
            == by_number
        )
        assert recognise_provider(by=TRACER, answers=[Answer("DNS", "192.0.2.7")], at=AT) is None
        twice = [
            Answer("RDAP_IP", network="NAUJAS", country="LT", emails=("a@naujas.example", "a@naujas.example"))
        ]
        new = recognise_provider(by=TRACER, answers=twice, at=AT)
        assert new is not None and (new.language, new.contacts.count(), new.networks.count()) == ("lt", 1, 1)
        assert recognise_provider(by=TRACER, answers=twice, at=AT) == new


class TestJoining:
    def two(self, **more) -> tuple[ContentItem, ContentItem]:
        reported("https://pavyzdys.example/a", category="HATE")
        reported("https://www.pavyzdys.example/a", category="HATE")
        first, second = ContentItem.objects.order_by("pk")
        return first, second

    def test_two_names_of_one_place_become_one_and_can_be_taken_apart(self, centre: Centre):
        first, second = self.two()
        analyst = centre.actor("ANALYST")
        joined = merges.merge_item(by=analyst, item=second, into=first, at=AT)
        assert joined.report_count == 2 and ContentItem.objects.count() == 1
        place = Location.objects.get(match="BY_PERSON")
        item = merges.separate_location(by=analyst, location=place, at=AT)
        assert open_address(item, sealed.ServiceOpener(ZONE)).url == "https://www.pavyzdys.example/a"
        first.refresh_from_db()
        assert first.report_count == 1 and ContentItem.objects.count() == 2

    def test_what_was_judged_or_is_the_same_is_not_joined(self, centre: Centre):
        first, second = self.two()
        with pytest.raises(merges.CannotMerge):
            merges.merge_item(by=centre.actor("ANALYST"), item=first, into=first, at=AT)
        for step in (Handling.AWAITING_ASSESSMENT, Handling.ASSESSED):
            move(second, to=step, by=ROUTER, at=AT, track="handling")
        with pytest.raises(merges.CannotMerge):
            merges.merge_item(by=centre.actor("ANALYST"), item=second, into=first, at=AT)

    def test_what_the_address_itself_linked_stays(self, centre: Centre):
        reported(category="HATE")
        reported(category="HATE")
        with pytest.raises(merges.CannotSeparate):
            merges.separate_location(
                by=centre.actor("ANALYST"), location=Location.objects.get(match="EXACT_KEY"), at=AT
            )

    def test_taking_apart_needs_an_open_vault_and_a_place_without_an_item(self, centre: Centre):
        first, second = self.two()
        merges.merge_item(by=centre.actor("ANALYST"), item=second, into=first, at=AT)
        place = Location.objects.get(match="BY_PERSON")
        with pytest.raises(merges.CannotSeparate):
            merges.separate_location(by=centre.actor("ANALYST", unlocked=False), location=place, at=AT)
        reported("https://www.pavyzdys.example/a", category="HATE")
        with pytest.raises(merges.CannotSeparate):
            merges.separate_location(by=centre.actor("ANALYST"), location=place, at=AT)


class TestEnds:
    def settled(self, *reasons: str) -> Report:
        report, _ = reported(
            "\n".join(f"https://pavyzdys.example/{n}" for n in range(len(reasons))), category="HATE"
        )
        for item, reason in zip(ContentItem.objects.order_by("pk"), reasons, strict=True):
            steps = [
                Handling.AWAITING_ASSESSMENT,
                Handling.ASSESSED,
                *([Handling.ROUTED] if reason == "ROUTED" else [Handling.NO_ACTION] if reason else []),
            ]
            for step in steps:
                move(item, to=step, by=ROUTER, at=AT, track="handling")
            ContentItem.objects.filter(pk=item.pk).update(
                no_action_reason="" if reason == "ROUTED" else reason, verdict="PROHIBITED"
            )
        return closure.settle_report(by=ROUTER, report=report, at=AT)

    @pytest.mark.parametrize(
        ("reasons", "outcome"),
        [
            (("ROUTED", "NOT_ILLEGAL"), "ACTIONED"),
            (("ROUTED", ""), ""),
            (("", "NOT_ILLEGAL"), ""),
            (("NOT_ILLEGAL", "LAWFUL_WHERE_HOSTED"), "LAWFUL_WHERE_HOSTED"),
            (("NOT_FOUND", "NOT_ACCESSIBLE"), "NOT_ACCESSIBLE"),
            (("NOT_FOUND", "NOT_ILLEGAL"), "NOT_FOUND"),
            (("OTHER",), "NOT_ILLEGAL"),
        ],
    )
    def test_a_report_takes_the_most_telling_outcome_once_all_its_items_have_one(
        self, centre: Centre, reasons, outcome
    ):
        assert self.settled(*reasons).outcome == outcome

    def test_archived_items_keep_the_outcome_they_had(self, centre: Centre):
        acted = ContentItem(handling=Handling.ARCHIVED, verdict="PROHIBITED")
        left = ContentItem(handling=Handling.ARCHIVED, verdict="NOT_ILLEGAL", no_action_reason="NOT_ILLEGAL")
        assert closure.outcome_of([acted, left]) == ReportState.ACTIONED
        assert closure.outcome_of([left]) == ReportState.NOT_ILLEGAL

    def test_settling_twice_or_while_waiting_changes_nothing(self, centre: Centre):
        report = self.settled("NOT_FOUND")
        steps = report.steps.count()
        assert closure.settle_report(by=ROUTER, report=report, at=AT).steps.count() == steps
        report = closure.reopen_report(
            by=centre.actor("ANALYST"), report=report, reason="NEW_INFORMATION", at=AT
        )
        assert (report.state, report.outcome, report.closed_at) == (ReportState.IN_ASSESSMENT, "", None)
        report = closure.settle_report(by=ROUTER, report=report, at=AT)
        assert report.outcome == ReportState.NOT_FOUND

    def test_an_analyst_closes_what_needs_no_item_judged(self, centre: Centre):
        report, _ = reported()
        analyst = centre.actor("ANALYST")
        triage.triage_report(by=analyst, report=report, category="HATE", priority="P4", at=AT)
        with pytest.raises(MoveNotAllowed):
            closure.close_report(by=analyst, report=report, outcome=ReportState.ACTIONED, at=AT)
        done = closure.close_report(by=analyst, report=report, outcome=ReportState.OUT_OF_REMIT, at=AT)
        assert (done.state, done.outcome, done.closed_at) == (ReportState.CLOSED, "OUT_OF_REMIT", AT)

    def test_triage_may_be_done_again_and_knows_its_words(self, centre: Centre):
        report, _ = reported(category="HATE")
        analyst = centre.actor("ANALYST")
        for priority in ("P4", "P1"):
            report = triage.triage_report(
                by=analyst, report=report, category="GROOMING", priority=priority, at=AT
            )
        item = ContentItem.objects.get()
        assert (report.state, item.category, item.priority) == (ReportState.TRIAGED, "GROOMING", "P1")
        for wrong in ({"category": "NONE_SUCH", "priority": "P1"}, {"category": "HATE", "priority": "P9"}):
            with pytest.raises(vocab.UnknownTerm):
                triage.triage_report(by=analyst, report=report, at=AT, **wrong)

    def test_noise_can_be_taken_back_for_thirty_days(self, centre: Centre):
        report, _ = reported()
        analyst = centre.actor("ANALYST")
        with pytest.raises(MoveNotAllowed):
            closure.restore_from_spam(by=analyst, report=report, at=AT)
        report = closure.mark_spam(by=analyst, report=report, reason="NONSENSE", at=AT)
        assert report.state == ReportState.SPAM
        with pytest.raises(MoveNotAllowed):
            closure.restore_from_spam(by=analyst, report=report, at=AT + timedelta(days=30, seconds=1))
        report = closure.restore_from_spam(by=analyst, report=report, at=AT + timedelta(days=30))
        assert report.state == ReportState.TRIAGED
        report = closure.mark_spam(by=analyst, report=report, reason="FLOOD", at=AT)
        assert closure.settle_report(by=ROUTER, report=report, at=AT).state == ReportState.SPAM


class TestTrail:
    def test_an_auditor_is_told_that_the_chain_is_whole_or_where_it_breaks(self, centre: Centre):
        from django.db import connection

        from sauga.kernel.audit.models import TrailLine

        reported()
        auditor = centre.actor("AUDITOR")
        request_verification(by=auditor, log=LOG, at=AT)
        assert report_verification(log=LOG, person_id=auditor.person_id, at=AT).ok
        assert Notification.objects.latest("pk").template == "hotline.trail_whole"
        line = TrailLine.objects.filter(zone=ZONE).earliest("pk")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            cursor.execute("UPDATE audit_trailline SET actor = 'p-kitas' WHERE id = %s", [line.pk])
            cursor.execute("SET LOCAL session_replication_role = origin")
        assert not report_verification(log=LOG, person_id=auditor.person_id, at=AT).ok
        assert Notification.objects.latest("pk").template == "hotline.trail_broken"
        with pytest.raises(PermissionRefused):
            request_verification(by=centre.actor("ANALYST"), log=LOG, at=AT)

"""From arrival to routes: the analyst's verdict sends an item where the rules say, at once and only there."""

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.timezone import localtime

from sauga.hotline.assessment.actions import claims, routing, verdicts
from sauga.hotline.assessment.actions.verdicts import Verdict
from sauga.hotline.assessment.models import Route
from sauga.hotline.content import queries as addresses
from sauga.hotline.content.models import ContentItem
from sauga.hotline.items import presenters as timeline_presenters
from sauga.hotline.items.queries import item_page as item_queries
from sauga.hotline.items.queries import worklist
from sauga.hotline.reports.actions import closure
from sauga.hotline.reports.models import Report
from sauga.hotline.states import Handling, ReportState
from sauga.hotline.tracing import actions as tracing
from sauga.hotline.tracing.rules import Answer
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.sealed import VaultLocked
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import AT, reported

TRACER = SystemActor("tracer")
ABROAD = [Answer("RDAP_IP", "192.0.2.7", "PAVYZDYS-NET", 64500, "DE", emails=("abuse@pavyzdys.example",))]
HOME = [Answer("RDAP_IP", "192.0.2.8", "NAMU-NET", 64501, "LT", emails=("abuse@namu.example",))]
ILLEGAL = Verdict("PROHIBITED", legal_act="IX_1067")


def traced(answers=ABROAD, **kwargs) -> ContentItem:
    report, _ = reported(**kwargs)
    item = ContentItem.objects.get(locations__report=report)
    return tracing.record_trace(by=TRACER, item=item, answers=answers, at=AT)


def test_trace_keeps_every_answer_and_lets_the_item_go_on(centre: Centre):
    item = traced([*ABROAD, Answer("COUNTRY_TABLE", "192.0.2.7", country="NL", table="A")], category="HATE")
    assert item.handling == Handling.AWAITING_ASSESSMENT
    assert (item.country, item.country_confidence, item.hosting_class) == ("DE", "CONFLICT", "INHOPE_ABROAD")
    assert item.provider.name == "PAVYZDYS-NET"
    assert not item.provider.contacts.get().approved_at


def test_verdict_routes_at_once_and_closes_the_report(centre: Centre):
    item = traced(category="HATE")
    analyst = centre.actor("ANALYST")
    claims.claim_item(by=analyst, item=item, at=AT)
    assert Report.objects.get().state == ReportState.IN_ASSESSMENT
    item = verdicts.assess_item(by=analyst, item=item, verdict=ILLEGAL, note="Pastaba", at=AT)
    assert item.handling == Handling.NOTICE_DUE
    assert Route.objects.get().rule == "prohibited_abroad"
    closure.settle_report(by=SystemActor("router"), report=Report.objects.get(), at=AT)
    report = Report.objects.get()
    assert (report.state, report.outcome) == (ReportState.CLOSED, ReportState.ACTIONED)


def test_lithuanian_step_waits_until_a_person_confirms_the_country(centre: Centre):
    item = traced(HOME, category="HATE")
    analyst = centre.actor("ANALYST")
    item = verdicts.assess_item(by=analyst, item=item, verdict=ILLEGAL, at=AT)
    assert item.handling == Handling.ASSESSED
    item = tracing.confirm_country(by=analyst, item=item, country="LT", at=AT)
    assert item.handling == Handling.NOTICE_DUE
    assert {route.route for route in item.routes.all()} == {"POLICE", "PROVIDER_NOTICE"}


def test_doubt_asks_a_second_person_and_disagreement_a_third(centre: Centre):
    item = traced(category="HATE")
    item = verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=Verdict("DOUBTFUL"), at=AT)
    assert item.handling == Handling.SECOND_REVIEW
    item = verdicts.review_item(by=centre.actor("SECOND_REVIEWER"), item=item, verdict=ILLEGAL, at=AT)
    assert item.handling == Handling.NOTICE_DUE


def test_new_analyst_is_reviewed_and_a_third_person_decides(centre: Centre):
    early = AT.replace(month=1, day=10)
    item = traced(category="HATE")
    item = verdicts.assess_item(by=centre.actor("ANALYST", early), item=item, verdict=ILLEGAL, at=early)
    assert item.handling == Handling.SECOND_REVIEW
    reviewer = centre.actor("SECOND_REVIEWER")
    item = verdicts.review_item(
        by=reviewer, item=item, verdict=Verdict("NOT_ILLEGAL", no_action_reason="NOT_ILLEGAL"), at=AT
    )
    assert item.handling == Handling.ARBITRATION
    with pytest.raises(verdicts.OwnItem):
        verdicts.review_item(by=reviewer, item=item, verdict=ILLEGAL, at=AT)
    item = verdicts.review_item(by=centre.actor("SECOND_REVIEWER_2"), item=item, verdict=ILLEGAL, at=AT)
    assert item.verdict == "PROHIBITED" and item.handling == Handling.NOTICE_DUE


def test_not_illegal_takes_no_action_with_its_reason(centre: Centre):
    item = traced(category="HATE")
    with pytest.raises(verdicts.VerdictIncomplete):
        verdicts.assess_item(by=centre.actor("ANALYST"), item=item, verdict=Verdict("NOT_ILLEGAL"), at=AT)
    item = verdicts.assess_item(
        by=centre.actor("ANALYST"),
        item=item,
        verdict=Verdict("NOT_ASSESSABLE", no_action_reason="NOT_FOUND"),
        at=AT,
    )
    assert item.handling == Handling.NO_ACTION
    closure.settle_report(by=SystemActor("router"), report=Report.objects.get(), at=AT)
    assert Report.objects.get().outcome == ReportState.NOT_FOUND


def test_police_hold_expires_into_sending(centre: Centre):
    item = traced(HOME, category="CSAM")
    liaison = centre.actor("POLICE_LIAISON")
    with pytest.raises(routing.HoldTooLong):
        routing.hold_item(by=liaison, item=item, reason="EVIDENCE", hours=73, at=AT)
    routing.hold_item(by=liaison, item=item, reason="EVIDENCE", hours=24, at=AT)
    analyst = centre.actor("ANALYST")
    tracing.confirm_country(by=analyst, item=item, country="LT", at=AT)
    item = verdicts.assess_item(by=analyst, item=item, verdict=Verdict("NATIONAL", legal_act="BK_309"), at=AT)
    assert item.handling == Handling.POLICE_HOLD
    assert routing.expire_holds(at=AT + timedelta(hours=23)) == 0
    assert routing.expire_holds(at=AT + timedelta(hours=24)) == 1
    item.refresh_from_db()
    assert item.handling == Handling.NOTICE_DUE


def test_item_in_hand_is_not_taken_twice_and_limits_spare_the_analyst(centre: Centre):
    item = traced(category="HATE")
    claims.claim_item(by=centre.actor("ANALYST"), item=item, at=AT)
    with pytest.raises(claims.ClaimedByAnother):
        claims.claim_item(by=centre.actor("ANALYST_2"), item=item, at=AT)
    claims.claim_item(by=centre.actor("ANALYST_2"), item=item, at=AT + timedelta(minutes=21))


def test_reveal_needs_a_reason_and_an_open_vault(centre: Centre):
    item = traced(category="HATE")
    with pytest.raises(VaultLocked):
        claims.reveal_address(by=centre.actor("ANALYST", unlocked=False), item=item, reason="ASSESS", at=AT)
    with pytest.raises(LookupError):
        claims.reveal_address(by=centre.actor("ANALYST"), item=item, reason="CURIOUS", at=AT)
    assert (
        claims.reveal_address(by=centre.actor("ANALYST"), item=item, reason="ASSESS", at=AT).url
        == "https://pavyzdys.example/a/1"
    )
    with pytest.raises(PermissionRefused):
        claims.reveal_address(by=centre.actor("NOTICE_OFFICER"), item=item, reason="ASSESS", at=AT)


def test_verdict_twice_is_an_impossible_move(centre: Centre):
    item = traced(category="HATE")
    analyst = centre.actor("ANALYST")
    verdicts.assess_item(by=analyst, item=item, verdict=ILLEGAL, at=AT)
    with pytest.raises(MoveNotAllowed):
        verdicts.assess_item(by=analyst, item=item, verdict=ILLEGAL, at=AT)


def test_worklist_is_ordered_found_by_address_and_masked(centre: Centre):
    traced(category="HATE", address="https://pavyzdys.example/b/2")
    urgent = traced(category="GROOMING", address="https://pavyzdys.example/a/1")
    analyst = centre.actor("ANALYST")
    rows = worklist.rows_of(by=analyst, items=worklist.worklist(by=analyst), at=AT)
    assert [row.item.priority for row in rows] == ["P1", "P3"]
    assert rows[0].host == "pavyzdys.example"
    assert worklist.worklist(by=analyst, text="http://pavyzdys.example/a/1").get() == urgent
    assert worklist.next_for(by=analyst, at=AT).pk == urgent.pk
    seen = item_queries.item_page(by=analyst, item=urgent)
    assert seen.masked == addresses.Masked("https://", "pavyzdys.example", "/a/", 2)
    assert item_queries.item_page(by=centre.actor("ANALYST", unlocked=False), item=urgent).masked is None


def test_timeline_tells_acts_newest_first_and_claims_no_minute_that_was_not_kept(centre: Centre):
    analyst, at = centre.actor("ANALYST"), AT + timedelta(minutes=7)
    item = traced(category="HATE")
    claims.claim_item(by=analyst, item=item, at=at)
    claims.reveal_address(by=analyst, item=item, reason="ASSESS", at=at)
    told = item_queries.item_page(by=analyst, item=item).timeline
    acts = [event for event in told if event.kind in {"item:taken", "item:revealed"}]
    assert [event.kind for event in acts] == ["item:revealed", "item:taken"]
    assert [event.at for event in told] == sorted((event.at for event in told), reverse=True)
    drawn = render_to_string(
        "ui/components/_timeline.html", {"moments": timeline_presenters.moments(told), "current_site": "desk"}
    )
    hour = f"{localtime(AT):%H}"
    assert drawn.count(f"<span>{hour} val.</span>") == len(told) > len(acts)
    assert f"<span>{hour}:0" not in drawn

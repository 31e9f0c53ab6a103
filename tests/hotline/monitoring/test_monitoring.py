"""Content is followed until it is gone and watched that it stays gone: against the synthetic internet, with
every row stored.
"""

from datetime import timedelta

import pytest
from factories.hotline import AT
from factories.monitoring import item_at, open_house
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.hotline.assessment.models import Route
from sauga.hotline.content.models import ContentItem, Occurrence
from sauga.hotline.monitoring.actions import monitoring, probes
from sauga.hotline.monitoring.actions.checks import Policies
from sauga.hotline.monitoring.models import Check, Watch
from sauga.hotline.monitoring.queries import counts, strip, watched
from sauga.hotline.monitoring.rules.probe_classification import ProbeResult, Reason
from sauga.hotline.monitoring.rules.removal import RemovalKind
from sauga.hotline.states import Handling, Presence
from sauga.hotline.trail import Trail
from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed, SystemActor

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
MONITOR = monitoring.MONITOR


def url(code, path="/galerija/7"):
    return f"http://d.{code}.behave.example{path}"


def run(item, minutes, world=None):
    """Let the world and the plan come to `minutes` after the start, and look."""
    at = AT + minutes * MINUTE
    ContentItem.objects.filter(pk=item.pk).update(next_check_at=at)
    monitoring.run_due(at=at)
    item.refresh_from_db()
    return item


def jobs(name):
    return [job.args for job in ProcrastinateJob.objects.filter(task_name=f"hotline.{name}")]


@pytest.fixture
def centre(db):
    return open_house()


def test_an_item_that_is_there_gets_a_baseline_and_the_next_look_of_the_plan(world, centre):
    item = run(item_at(url("online")), 1)
    assert (item.presence, item.handling) == (Presence.ONLINE, Handling.FOLLOWED)
    assert item.text_hash is not None
    watch = Watch.objects.get(item=item)
    assert (watch.has_baseline, watch.checks, watch.pace, watch.verdict) == (True, 1, "PLAN", "ONLINE")
    assert item.next_check_at is not None and timedelta(
        minutes=4
    ) < item.next_check_at - AT - MINUTE < timedelta(minutes=6)
    row = Occurrence.objects.get(item=item)
    assert row.first_check_at == row.last_online_at is not None and row.first_gone_at is None
    assert run(item, 6).presence == Presence.ONLINE
    assert Check.objects.filter(item=item).count() == 2


def test_a_removal_is_believed_at_the_second_look_and_the_interval_is_kept(world, centre):
    item = run(item_at(url("removed-after")), 1)
    world.clock.advance(660)
    item = run(item, 12)
    assert (item.presence, item.handling) == (Presence.PRESUMED_REMOVED, Handling.FOLLOWED)
    assert item.next_check_at is not None and item.next_check_at - AT - 12 * MINUTE >= 10 * MINUTE
    item = run(item, 23)
    assert (item.presence, item.handling) == (Presence.REMOVED, Handling.WATCHED)
    row = Occurrence.objects.get(item=item)
    assert row.last_online_at is not None and row.first_gone_at is not None and row.removed_at is not None
    assert timedelta(0) <= row.last_online_at - AT - MINUTE < timedelta(seconds=30)
    assert timedelta(0) <= row.first_gone_at - AT - 12 * MINUTE < timedelta(seconds=30)
    assert row.removal_kind == RemovalKind.CONTENT_REMOVED
    assert item.next_check_at is not None and item.next_check_at > AT + timedelta(hours=20)
    assert jobs("settle_notice") == [{"item_id": item.pk}]
    assert Trail.ITEM_REMOVED in {line.action for line in audit.timeline(item)}


def test_a_missing_name_is_a_removal_at_its_second_look(world, centre):
    item = run(item_at("http://gone.nowhere.example/a"), 1)
    assert item.presence == Presence.UNREACHABLE
    item = run(item, 12)
    assert (item.presence, item.handling) == (Presence.REMOVED, Handling.WATCHED)
    assert Occurrence.objects.get(item=item).removal_kind == RemovalKind.DOMAIN_SUSPENDED


def test_a_host_that_hides_from_checkers_is_never_removed(world, centre):
    for code in ("cloak-agent", "cloak-vantage", "geo-vantage"):
        item = item_at(url(code))
        for minute in (1, 12, 30):
            run(item, minute)
        assert item.presence == Presence.ONLINE, code
    assert Watch.objects.get(item=item).ask in {"", "DISAGREEMENT"}


@pytest.mark.parametrize(
    ("handling", "kind", "after"),
    [
        (Handling.AWAITING_ASSESSMENT, RemovalKind.GONE_BEFORE_ASSESSMENT, Handling.AWAITING_ASSESSMENT),
        (Handling.NOTICE_DUE, RemovalKind.GONE_BEFORE_NOTICE, Handling.WATCHED),
    ],
)
def test_content_gone_before_its_notice_is_told_apart(world, centre, handling, kind, after):
    item = item_at(url("not-found"), handling)
    run(item, 1)
    run(item, 12)
    assert (item.presence, item.handling) == (Presence.REMOVED, after)
    assert Occurrence.objects.get(item=item).removal_kind == kind


def test_three_dark_days_send_a_person_and_never_a_removal(world, centre):
    item = item_at(url("error-500"))
    for hour in (1, 30, 72):
        run(item, hour * 60)
        assert Watch.objects.get(item=item).ask == ""
    run(item, 74 * 60)
    watch = Watch.objects.get(item=item)
    assert (item.presence, watch.ask) == (Presence.UNREACHABLE, "UNREACHABLE")
    assert watched(which="person").get().watch.ask


def test_other_words_are_for_a_person_who_settles_it_either_way(world, centre):
    analyst = house_analyst()
    item = item_at(url("changes"))
    run(item, 1)
    world.clock.advance(660)
    run(item, 12)
    assert (item.presence, Watch.objects.get(item=item).ask) == (Presence.ONLINE, "CHANGED")
    run(item, 20)
    assert Watch.objects.get(item=item).ask == "CHANGED"
    monitoring.mark_online(by=analyst, item=item, at=AT + 30 * MINUTE)
    run(item, 41)
    watch = Watch.objects.get(item=item)
    assert (watch.ask, watch.verdict, watch.has_baseline) == ("", "ONLINE", True)


def house_analyst():
    from factories.people import hire

    from sauga.kernel.identity import person_actor
    from sauga.kernel.identity.roles import install_defaults

    install_defaults()
    return person_actor(hire("Rūta Pavyzdė", "ANALYST", at=AT).person, AT)


def gone(world, centre, code="reappears"):
    item = item_at(url(code))
    run(item, 1)
    world.clock.advance(660)
    run(item, 12)
    run(item, 23)
    assert item.presence == Presence.REMOVED
    return item


def test_content_that_comes_back_begins_a_new_occurrence_with_new_clocks(world, centre):
    item = gone(world, centre)
    world.clock.advance(1300)
    run(item, 24 * 60)
    assert (item.presence, item.occurrence) == (Presence.REMOVED, 1)
    assert item.next_check_at is not None and item.next_check_at <= AT + (24 * 60 + 12) * MINUTE
    run(item, 24 * 60 + 11)
    assert (item.presence, item.handling, item.occurrence) == (Presence.REAPPEARED, Handling.NOTICE_DUE, 2)
    second = Occurrence.objects.get(item=item, number=2)
    assert (
        second.removed_at is None
        and second.notice_delivered_at is None
        and second.reported_at >= AT + 24 * 60 * MINUTE
    )
    assert Route.objects.filter(item=item, occurrence=2).count() == 1
    assert {"item_id": item.pk} in jobs("prepare_notice")
    run(item, 24 * 60 + 20)
    assert item.presence == Presence.ONLINE
    assert {row.event for row in strip(item)} >= {"reported", "notice", "removed", "reappeared"}


def test_without_a_provider_route_it_is_followed_again(world, centre):
    item = item_at(url("reappears"), routes=("POLICE",))
    run(item, 1)
    world.clock.advance(660)
    run(item, 12)
    run(item, 23)
    monitoring.mark_reappeared(by=house_analyst(), item=item, at=AT + 60 * MINUTE)
    item.refresh_from_db()
    assert (item.presence, item.handling, item.occurrence) == (Presence.REAPPEARED, Handling.FOLLOWED, 2)


def test_a_quiet_watch_ends_in_the_archive(world, centre):
    item = gone(world, centre, "removed-after")
    for day in (1, 3, 7, 14, 30):
        run(item, day * 24 * 60)
        assert item.handling == Handling.WATCHED and item.next_check_at is not None
    run(item, 90 * 24 * 60 + 60)
    assert (item.handling, item.next_check_at) == (Handling.ARCHIVED, None)


def test_archived_content_that_comes_back_is_routed_anew(world, centre):
    item = gone(world, centre)
    run(item, 90 * 24 * 60 + 60)
    assert item.handling == Handling.ARCHIVED
    item.verdict, item.category, item.country_confidence = "PROHIBITED", "HATE", "CONFIRMED"
    item.save()
    world.clock.advance(1300)
    for minute in (0, 11):
        monitoring.check_item(item_id=item.pk, at=AT + timedelta(days=100, minutes=minute))
    item.refresh_from_db()
    assert (item.presence, item.occurrence) == (Presence.REAPPEARED, 2)
    assert item.handling not in {Handling.ARCHIVED, Handling.WATCHED}


def test_a_person_confirms_a_removal_with_its_kind(world, centre):
    item = run(item_at(url("forbidden")), 1)
    assert item.presence == Presence.UNREACHABLE
    item = monitoring.confirm_removal(
        by=house_analyst(), item=item, kind=RemovalKind.ACCESS_DISABLED, at=AT + 5 * MINUTE
    )
    assert (item.presence, item.handling) == (Presence.REMOVED, Handling.WATCHED)
    assert Occurrence.objects.get(item=item).removal_kind == "ACCESS_DISABLED"
    assert Check.objects.filter(item=item, vantage="PERSON", reason=Reason.PERSON).count() == 1
    assert Trail.ITEM_MARKED_BY_PERSON in {line.action for line in audit.timeline(item)}
    with pytest.raises(MoveNotAllowed):
        monitoring.confirm_removal(
            by=house_analyst(), item=item, kind=RemovalKind.ACCESS_DISABLED, at=AT + 6 * MINUTE
        )


def test_a_removal_believed_wrongly_is_taken_back_on_the_same_clock(world, centre):
    item = gone(world, centre)
    item = monitoring.mark_online(by=house_analyst(), item=item, at=AT + 60 * MINUTE)
    assert (item.presence, item.handling, item.occurrence) == (Presence.ONLINE, Handling.FOLLOWED, 1)
    row = Occurrence.objects.get(item=item)
    assert row.removed_at is None and row.first_gone_at is None and row.last_online_at == AT + 60 * MINUTE


def test_what_was_never_removed_cannot_reappear(world, centre):
    with pytest.raises(MoveNotAllowed):
        monitoring.mark_reappeared(
            by=house_analyst(), item=run(item_at(url("online")), 1), at=AT + 2 * MINUTE
        )


def test_strangers_may_not_mark_anything(centre):
    item = item_at(url("online"))
    for act in (monitoring.mark_online, monitoring.mark_reappeared):
        with pytest.raises(PermissionRefused):
            act(by=SystemActor("provider"), item=item, at=AT)
    with pytest.raises(PermissionRefused):
        monitoring.confirm_removal(by=SystemActor("provider"), item=item, kind=RemovalKind.SITE_DOWN, at=AT)
    with pytest.raises(PermissionRefused):
        monitoring.record_check(
            by=SystemActor("public"), item=item, check_result=probes.CheckResult(item_id=item.pk), at=AT
        )


def test_a_claim_brings_the_look_forward(world, centre):
    item = run(item_at(url("online")), 1)
    monitoring.check_soon(item=item, at=AT + 2 * MINUTE)
    item.refresh_from_db()
    assert item.next_check_at == AT + 2 * MINUTE
    assert {"item_id": item.pk} in jobs("check_item")
    monitoring.check_item(item_id=item.pk, at=AT + 2 * MINUTE)
    assert Check.objects.filter(item=item).count() == 2


def test_what_is_not_on_the_web_is_left_to_people(centre):
    item = item_at("http://" + "a" * 56 + ".onion/x")
    assert item.kind != "WEB"
    monitoring.check_soon(item=item, at=AT)
    assert jobs("check_item") == []
    assert monitoring.run_due(at=AT + MINUTE) == 0
    item.refresh_from_db()
    assert item.next_check_at is None


def test_an_item_without_action_is_not_looked_at_any_more(world, centre):
    item = run(item_at(url("online")), 1)
    ContentItem.objects.filter(pk=item.pk).update(handling=Handling.NO_ACTION)
    monitoring.check_item(item_id=item.pk, at=AT + 5 * MINUTE)
    run(item, 9)
    assert item.next_check_at is None


def test_a_host_limit_puts_the_look_off_and_says_so(world, centre):
    item = run(item_at(url("online")), 1)
    check_result = probes.CheckResult(item_id=item.pk, too_soon=3600)
    monitoring.record_check(by=MONITOR, item=item, check_result=check_result, at=AT + 5 * MINUTE)
    watch = Watch.objects.get(item=item)
    assert (watch.pace, watch.interval, watch.checks) == ("HOST_LIMIT", timedelta(hours=1), 1)


def test_many_items_are_one_batch_and_each_is_looked_at_once(world, centre, django_assert_max_num_queries):
    items = [item_at(f"http://h{n}.online.behave.example/galerija/{n}") for n in range(12)]
    assert monitoring.run_due(at=AT + MINUTE) == 12
    assert monitoring.run_due(at=AT + MINUTE) == 0
    assert Check.objects.count() == 12
    assert {i.presence for i in ContentItem.objects.filter(pk__in=[i.pk for i in items])} == {Presence.ONLINE}
    assert counts()["online"] == counts()["all"] == 12
    with django_assert_max_num_queries(24):
        assert monitoring.run_due(at=AT + 9 * MINUTE) == 12


def test_the_watched_list_needs_no_more_queries_for_more_rows(world, centre, django_assert_num_queries):
    for n in range(3):
        run(item_at(f"http://w{n}.online.behave.example/galerija/{n}"), 1)
    for rows in (1, 3):
        with django_assert_num_queries(1):
            shown = [(item.watch.interval, item.watch.ask, item.provider) for item in watched()[:rows]]
        assert len(shown) == rows and all(interval and not ask for interval, ask, _provider in shown)


def test_a_moved_item_is_traced_again_and_stays_online(world, centre):
    item = run(item_at(url("online")), 1)
    world.sites.put("d.online.behave.example", "moved")
    before = len(jobs("trace_item"))
    run(item, 6)
    assert (item.presence, Watch.objects.get(item=item).verdict) == (Presence.ONLINE, ProbeResult.MOVED)
    assert len(jobs("trace_item")) == before + 1


def test_policies_are_read_as_they_stand(centre):
    assert Policies.now().manners.per_host_a_minute == 1_000_000


def test_the_strip_joins_the_eyes_of_one_check(world, centre):
    item = run(item_at(url("cloak-agent")), 1)
    checks = [row for row in strip(item) if row.verdict]
    assert len(checks) == 1 and checks[0].kind == "on" and checks[0].profiles >= 2

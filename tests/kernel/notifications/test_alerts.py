"""An alert calls people at once, is acknowledged by name, goes on to the next while nobody answers, and tells
the sender the truth.
"""

from datetime import timedelta
from email import message_from_bytes
from email.policy import SMTP
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.kernel import audit, live, notifications
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import NotFound, PermissionRefused
from sauga.kernel.identity.models import Membership
from sauga.kernel.notifications import tasks
from sauga.kernel.notifications.actions import mail_waiting, mark_all_read, mark_read
from sauga.kernel.notifications.alerts import actions, queries
from sauga.kernel.notifications.alerts import rules as alert_rules
from sauga.kernel.notifications.channel import channel_of
from sauga.kernel.notifications.message_templates import NotificationRefused
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.refusals import ChangedMeanwhile
from sauga.kernel.states import SystemActor
from tests.kernel.notifications.alerting import ABOUT, AT, STEPS, Permission, Team, called, team

__all__ = ["team"]
SECONDS = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def trail() -> list[tuple[str, dict[str, object]]]:
    return [
        (line.action, line.facts)
        for line in TrailLine.objects.filter(action__startswith="alert:").order_by("pk")
    ]


def subject_of(mail: Any) -> str:
    return str(message_from_bytes(mail.content, policy=SMTP)["Subject"])


def test_the_first_step_is_called_at_once_with_an_urgent_mail(team: Team, post):
    alert = team.raised()
    assert called(alert) == ["LEAD"] and alert.step == 1 and alert.next_at == AT + MINUTE
    assert ProcrastinateJob.objects.filter(
        task_name="notices.mail_person", args__person_id=team.people["LEAD"].pk
    ).exists()
    planned = ProcrastinateJob.objects.get(task_name="notices.escalate")
    assert planned.scheduled_at == AT + MINUTE
    mail_waiting(person_id=team.people["LEAD"].pk, at=AT)
    assert subject_of(post.mails[0]) == "URGENT: 1 notification at your desk"


def test_the_mail_of_an_ordinary_notification_says_no_urgency_and_lithuanian_says_skubu(team: Team, post):
    lead = team.people["LEAD"]
    notifications.notify(to=lead, template="test.plain", at=AT)
    mail_waiting(person_id=lead.pk, at=AT)
    assert subject_of(post.mails[0]) == "Sauga: 1 notification at your desk"
    lead.language = "lt"
    lead.save()
    team.raised()
    mail_waiting(person_id=lead.pk, at=AT)
    assert subject_of(post.mails[1]) == "SKUBU: darbo vietoje 1 pranešimas"


def test_one_thing_has_one_unanswered_alert(team: Team):
    first = team.raised()
    assert team.raised(AT + MINUTE) == first and Notification.objects.count() == 1
    assert team.raised(about="test.case.2") != first
    actions.acknowledge_alert(by=team.actor("LEAD"), ref=first.ref, at=AT)
    assert team.raised(AT + MINUTE) != first  # somebody came and is needed again


def test_the_database_keeps_one_unanswered_alert_about_a_thing(team: Team):
    first = team.raised()
    with pytest.raises(IntegrityError), transaction.atomic():
        Alert.objects.create(kind="test.needed", about=ABOUT, raised_at=AT)
    assert Alert.objects.unanswered().get() == first


def test_nobody_on_duty_means_the_next_step_at_once(team: Team):
    team.on_duty.clear()
    alert = team.raised()
    assert (
        called(alert) == ["DEPUTY"] and alert.next_at == AT + 2 * MINUTE
    )  # as long after it as the rules say
    lines = trail()
    assert lines == [("alert:raised", {"kind": "test.needed", "called": 1})]


def test_whoever_raises_it_is_not_called_and_the_sender_hears_that_nobody_is_there(team: Team):
    team.on_duty[:] = [team.people["SENDER"]]
    Membership.objects.exclude(person=team.people["SENDER"]).update(valid_to=AT)
    alert = team.raised()
    assert called(alert) == [] and alert.next_at is None
    sent = queries.sent(team.actor("SENDER"), ABOUT, AT)
    assert (
        sent is not None
        and sent.called == []
        and [phone.number for phone in sent.phones] == ["+370 600 00000", "+370 600 00001"]
    )


def test_people_without_the_service_are_not_called_whatever_their_role(team: Team):
    team.on_duty.append(team.people["STRANGER"])
    assert called(team.raised()) == ["LEAD"]


def test_an_unknown_kind_strange_words_and_strange_subjects_are_refused(team: Team):
    by = team.actor("SENDER")
    with pytest.raises(ValueError, match="no alert"):
        notifications.raise_alert(by=by, kind="test.plain", about=ABOUT, at=AT)
    with pytest.raises(ValueError, match="no alert"):
        notifications.raise_alert(by=by, kind="nothing.known", about=ABOUT, at=AT)
    with pytest.raises(NotificationRefused):
        notifications.raise_alert(
            by=by, kind="test.needed", about=ABOUT, context={"ref": "What was said"}, at=AT
        )
    for about in ("", "ą", "x" * 121, "a\nb"):
        with pytest.raises(NotificationRefused):
            notifications.raise_alert(by=by, kind="test.needed", about=about, context={"ref": "K7Q4"}, at=AT)
    assert not Alert.objects.exists()


def test_acknowledged_by_name_once_and_nobody_else_is_called(team: Team):
    alert = team.raised()
    seen = actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=AT + 9 * SECONDS)
    assert (
        seen.acknowledged_by == team.people["LEAD"]
        and seen.acknowledged_at == AT + 9 * SECONDS
        and str(seen) == "test.needed"
    )
    assert (
        actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=AT + MINUTE).acknowledged_at
        == AT + 9 * SECONDS
    )
    assert notifications.escalate_alerts(at=AT + 9 * MINUTE) == 0 and called(alert) == ["LEAD"]
    assert trail()[1:] == [("alert:acknowledged", {"kind": "test.needed", "seconds": 9})]
    sent = queries.sent(team.actor("SENDER"), ABOUT, AT + MINUTE)
    assert (
        sent is not None
        and sent.alert.acknowledged_by == team.people["LEAD"]
        and sent.phones == []
        and sent.next_to == ""
    )
    assert queries.sent(team.actor("SENDER"), ABOUT, AT + timedelta(hours=13)) is None


@pytest.mark.parametrize("who", ["STRANGER", "DEPUTY", "MANAGER", "CHIEF"])
def test_to_people_it_does_not_call_an_alert_does_not_exist(team: Team, who):
    alert, by = team.raised(), team.actor(who)
    for act in (actions.acknowledge_alert, actions.call_next, actions.withdraw_alert):
        with pytest.raises(NotFound):
            act(by=by, ref=alert.ref, at=AT)
    assert queries.sent(by, ABOUT, AT) is None and queries.bars(by, AT) == []


def test_whoever_has_left_the_service_neither_sees_nor_answers(team: Team):
    alert = team.raised()
    Membership.objects.filter(person=team.people["LEAD"]).update(valid_to=AT)
    gone = team.actor("LEAD")
    assert queries.bars(gone, AT) == [] and queries.sent(gone, ABOUT, AT) is None
    with pytest.raises(NotFound):
        actions.acknowledge_alert(by=gone, ref=alert.ref, at=AT)
    assert notifications.acknowledge_about(by=gone, about=ABOUT, at=AT) is None


def test_the_sender_cannot_acknowledge_their_own_call(team: Team):
    alert = team.raised()
    with pytest.raises(actions.NotTheSender):
        actions.acknowledge_alert(by=team.actor("SENDER"), ref=alert.ref, at=AT)
    assert notifications.acknowledge_about(by=team.actor("SENDER"), about=ABOUT, at=AT) is None


def test_acting_on_the_thing_itself_is_seeing_it(team: Team):
    alert = team.raised()
    seen = notifications.acknowledge_about(by=team.actor("MANAGER"), about=ABOUT, at=AT)
    assert seen == alert and seen.acknowledged_by == team.people["MANAGER"]
    assert notifications.acknowledge_about(by=team.actor("LEAD"), about=ABOUT, at=AT) is None


def test_escalation_goes_step_by_step_and_calls_nobody_twice(team: Team):
    alert = team.raised()
    assert notifications.escalate_alerts(at=AT + 59 * SECONDS) == 0
    for _ in range(2):
        notifications.escalate_alerts(at=AT + 61 * SECONDS)
    assert called(alert) == ["LEAD", "DEPUTY"]
    alert.refresh_from_db()
    assert (
        alert.next_at == AT + 3 * MINUTE
    )  # counted from when the step was due, not from when the worker came
    tasks.escalate()
    tasks.escalate_due(timestamp=0)
    assert (
        notifications.escalate_alerts(at=AT + 4 * MINUTE) == 1
        and notifications.escalate_alerts(at=AT + 9 * MINUTE) == 0
    )
    assert called(alert) == ["LEAD", "DEPUTY", "MANAGER"]
    assert trail()[1:] == [
        ("alert:escalated", {"kind": "test.needed", "step": 2, "called": 1}),
        ("alert:escalated", {"kind": "test.needed", "step": 3, "called": 1}),
    ]


def test_a_worker_that_comes_late_makes_up_for_every_step(team: Team):
    alert = team.raised()
    assert notifications.escalate_alerts(at=AT + 9 * MINUTE) == 1
    assert called(alert) == ["LEAD", "DEPUTY", "MANAGER"]


def test_an_alert_of_a_service_that_is_no_longer_run_is_left_alone(team: Team, monkeypatch):
    team.raised()
    monkeypatch.setattr(alert_rules, "_registered", {})
    assert notifications.escalate_alerts(at=AT + 9 * MINUTE) == 0
    assert queries.bars(team.actor("LEAD"), AT)[0].service == ""
    sent = queries.sent(team.actor("SENDER"), ABOUT, AT)
    assert sent is not None and sent.phones == []
    assert notifications.end_alerts(by=SystemActor("queue"), about=ABOUT, at=AT) == 1


def test_only_the_worker_escalates(team: Team):
    with pytest.raises(PermissionRefused):
        notifications.escalate_alerts(by=SystemActor("queue"), at=AT)


def test_passing_on_calls_the_next_now_and_takes_the_bar_away(team: Team):
    alert = team.raised()
    actions.call_next(by=team.actor("LEAD"), ref=alert.ref, at=AT + 5 * SECONDS)
    assert called(alert) == ["LEAD", "DEPUTY"] and queries.bars(team.actor("LEAD"), AT) == []
    assert queries.bars(team.actor("DEPUTY"), AT)[0].next_at == AT + 5 * SECONDS + 2 * MINUTE
    actions.call_next(by=team.actor("SENDER"), ref=alert.ref, at=AT + 9 * SECONDS)
    with pytest.raises(actions.NobodyFurther):
        actions.call_next(by=team.actor("DEPUTY"), ref=alert.ref, at=AT + 9 * SECONDS)
    actions.acknowledge_alert(by=team.actor("MANAGER"), ref=alert.ref, at=AT + MINUTE)
    with pytest.raises(actions.AlertOver):
        actions.call_next(by=team.actor("DEPUTY"), ref=alert.ref, at=AT + MINUTE)


def test_nothing_changes_when_the_steps_that_are_left_reach_nobody(team: Team):
    alert = team.raised()
    Membership.objects.filter(person__in=[team.people["DEPUTY"], team.people["MANAGER"]]).update(valid_to=AT)
    with pytest.raises(actions.NobodyFurther):
        actions.call_next(by=team.actor("LEAD"), ref=alert.ref, at=AT)
    assert len(queries.bars(team.actor("LEAD"), AT)) == 1  # who cannot pass it on still has it
    assert notifications.escalate_alerts(at=AT + MINUTE) == 1 and len(trail()) == 1


def test_the_sender_withdraws_and_a_thing_that_settles_itself_ends_its_alert(team: Team):
    alert = team.raised()
    with pytest.raises(actions.NotTheSender):
        actions.withdraw_alert(by=team.actor("LEAD"), ref=alert.ref, at=AT)
    for _ in range(2):
        assert actions.withdraw_alert(by=team.actor("SENDER"), ref=alert.ref, at=AT).ended_at == AT
    with pytest.raises(actions.AlertOver):
        actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=AT)
    assert queries.bars(team.actor("LEAD"), AT) == []
    team.raised()
    assert notifications.end_alerts(by=SystemActor("queue"), about=ABOUT, kinds=["test.other"], at=AT) == 0
    assert notifications.end_alerts(by=SystemActor("queue"), about=ABOUT, kinds=["test.needed"], at=AT) == 1
    assert [facts["withdrawn"] for action, facts in trail() if action == "alert:ended"] == [True, False]


def test_reading_does_not_silence_an_alert_that_waits(team: Team):
    alert = team.raised()
    by, row = team.actor("LEAD"), alert.calls.get()
    notifications.notify(to=team.people["LEAD"], template="test.plain", at=AT)
    assert mark_read(by=by, pk=row.pk, at=AT).read_at is None
    assert mark_all_read(by=by, at=AT) == 1 and mark_all_read(by=by, at=AT) == 0
    assert len(queries.bars(by, AT)) == 1
    actions.acknowledge_alert(by=by, ref=alert.ref, at=AT)
    assert queries.bars(by, AT)[0].is_mine
    assert mark_read(by=by, pk=row.pk, at=AT).read_at == AT and queries.bars(by, AT) == []


def test_others_see_for_half_an_hour_that_it_was_seen(team: Team):
    alert = team.raised()
    notifications.escalate_alerts(at=AT + MINUTE)
    actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=AT + MINUTE)
    (bar,) = queries.bars(team.actor("DEPUTY"), AT + 2 * MINUTE)
    assert not bar.is_mine and bar.alert.acknowledged_by == team.people["LEAD"]
    assert queries.bars(team.actor("DEPUTY"), AT + 32 * MINUTE) == []


def test_the_sender_sees_on_whose_page_it_stands(team: Team):
    team.raised()
    sent = queries.sent(team.actor("SENDER"), ABOUT, AT)
    assert sent is not None and [one.shown_at for one in sent.called] == [None]
    before = sent.version
    assert actions.mark_shown(by=team.actor("LEAD"), at=AT + SECONDS) == 1
    assert actions.mark_shown(by=team.actor("LEAD"), at=AT + MINUTE) == 0
    sent = queries.sent(team.actor("SENDER"), ABOUT, AT)
    assert (
        sent is not None
        and [one.shown_at for one in sent.called] == [AT + SECONDS]
        and sent.version != before
    )
    assert (
        sent.is_mine
        and "Deputy" in sent.next_to
        and [phone.who for phone in sent.phones] == ["the lead on duty"]
    )


def test_an_alert_of_the_system_has_no_sender_and_is_shown_all_the_same(team: Team):
    alert = notifications.raise_alert(
        by=SystemActor("child"), kind="test.needed", about=ABOUT, context={"ref": "K7Q4"}, at=AT
    )
    assert alert.raised_by is None and actions.mark_shown(by=team.actor("LEAD"), at=AT) == 1


def test_where_no_steps_are_loaded_or_they_cannot_be_read_the_fallback_is_called(team: Team, monkeypatch):
    service = alert_rules.service_of("test.needed")
    assert [step.to for step in queries.steps_of(service, AT)] == ["ON_DUTY", "DEPUTY", "MANAGER"]
    from sauga.kernel import vocab

    vocab.set_policy(by=team.actor("CHIEF"), name=service.policy, value={"steps": "broken"}, at=AT)
    assert [step.to for step in queries.steps_of(service, AT)] == ["MANAGER"]
    assert called(team.raised()) == ["MANAGER"]


def test_the_minutes_of_old_alerts_are_forgotten(team: Team):
    at = AT + timedelta(minutes=17)
    alert = team.raised(at)
    actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=at + MINUTE)
    assert actions.keep_the_hour_only(at + timedelta(hours=23), timedelta(days=1)) == 0
    assert actions.keep_the_hour_only(at + timedelta(days=2), timedelta(days=1)) == 1
    assert actions.keep_the_hour_only(at + timedelta(days=2), timedelta(days=1)) == 0
    alert.refresh_from_db()
    assert (alert.raised_at, alert.acknowledged_at, alert.calls.get().created_at) == (AT, AT, AT)


def test_everybody_hears_their_own_channel_only(team: Team):
    lead, other = team.actor("LEAD"), team.actor("DEPUTY")
    assert live.may_listen(lead, channel_of(lead.person_id)) and not live.may_listen(
        other, channel_of(lead.person_id)
    )
    assert not live.may_listen(SystemActor("child"), channel_of(lead.person_id))


def test_bars_cost_the_same_at_one_and_three(team: Team, django_assert_max_num_queries):
    by = team.actor("LEAD")
    team.raised()
    with django_assert_max_num_queries(3):
        queries.bars(by, AT)
    team.raised(about="test.case.2")
    team.raised(about="test.case.3")
    with django_assert_max_num_queries(5):
        assert len(queries.bars(by, AT)) == 3


class TestRules:
    """The steps are data that only the service's administrator changes."""

    def change(self, team: Team, steps: list[alert_rules.Step], who: str = "CHIEF", based_on: int = 1) -> int:
        service = alert_rules.service_of("test.needed")
        return actions.change_alert_rules(
            by=team.actor(who), service=service, steps=steps, based_on=based_on, at=AT
        )

    def test_a_new_version_holds_at_once_and_stands_in_the_audit_log(self, team: Team):
        step = alert_rules.Step(timedelta(), "DEPUTY", "+370 600 00002")
        assert self.change(team, [step]) == 2
        assert called(team.raised()) == ["DEPUTY"]
        assert trail()[0] == ("alert:rules:changed", {"service": "test", "version": 2})
        rules = queries.rules_of(team.actor("CHIEF"), "test", AT)
        assert rules.version == 2 and [version for version, _steps in rules.earlier] == [1]
        with pytest.raises(ChangedMeanwhile):
            self.change(team, [step])

    @pytest.mark.parametrize("who", ["SENDER", "LEAD", "STRANGER"])
    def test_others_neither_see_nor_change_them(self, team: Team, who):
        with pytest.raises(PermissionRefused):
            self.change(team, [alert_rules.Step(timedelta(), "DEPUTY")], who)
        with pytest.raises(NotFound):
            queries.rules_of(team.actor(who), "test", AT)
        with pytest.raises(NotFound):
            queries.rules_of(team.actor("CHIEF"), "nothing", AT)
        assert queries.may_edit(team.actor(who)) == []

    @pytest.mark.parametrize(
        ("steps", "misfit"),
        [
            ([], "none"),
            ([(5, "DEPUTY", "")], "first"),
            ([(0, "DEPUTY", ""), (0, "MANAGER", "")], "order"),
            ([(0, "DEPUTY", ""), (3601, "MANAGER", "")], "wait"),
            ([(0, "NOBODY", "")], "target"),
            ([(0, "DEPUTY", "call me")], "phone"),
            ([(0, "DEPUTY", "0" * 25)], "phone"),
            ([(number, "DEPUTY", "") for number in range(7)], "too_many"),
        ],
    )
    def test_steps_that_cannot_work_are_refused(self, team: Team, steps, misfit):
        made = [alert_rules.Step(timedelta(seconds=after), to, phone) for after, to, phone in steps]
        with pytest.raises(alert_rules.StepsUnfit, match=misfit):
            self.change(team, made)

    def test_what_a_policy_holds_is_read_or_refused(self, team: Team):
        service = alert_rules.service_of("test.needed")
        assert alert_rules.written(alert_rules.read_steps(service, {"steps": STEPS})) == STEPS
        for value in (
            {},
            {"steps": [1]},
            {"steps": [{"to": "DEPUTY"}]},
            {"steps": [{"after": "soon", "to": "DEPUTY"}]},
        ):
            with pytest.raises(alert_rules.StepsUnfit):
                alert_rules.read_steps(service, value)

    def test_a_service_registers_once_and_its_own_kinds_only(self, team: Team):
        service = alert_rules.service_of("test.needed")
        alert_rules.register_alerts(service)
        assert alert_rules.services() == [service]
        other = dict(
            code="test", zone=audit.INSTALLATION, label="", roles=(), otherwise="", edit=Permission.EDIT
        )
        with pytest.raises(ValueError, match="registered already"):
            alert_rules.register_alerts(alert_rules.AlertService(kinds=frozenset({"test.more"}), **other))
        with pytest.raises(ValueError, match="does not belong"):
            alert_rules.register_alerts(alert_rules.AlertService(kinds=frozenset({"other.kind"}), **other))

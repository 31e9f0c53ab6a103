"""What cannot wait at the helpline is an alert: every lead sees it on any page, one acknowledges it, and the
counsellor reads who has.
"""

from datetime import timedelta

import pytest
from django.test import Client

from sauga.helpline.calls.actions import calls
from sauga.helpline.calls.models import Call
from sauga.helpline.chat.actions import conversation_events, queue, supervision
from sauga.helpline.chat.queries.queue import in_hand
from sauga.helpline.letters.actions import letters
from sauga.helpline.rota.actions import channel_pauses
from sauga.helpline.safeguarding.actions import concerns
from sauga.helpline.safeguarding.models import Concern
from sauga.kernel import audit, clock, notifications, vocab
from sauga.kernel.identity.models import Person
from sauga.kernel.notifications.alerts import actions, queries
from sauga.kernel.notifications.models import Alert, Notification
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories.line import on_duty, published
from tests.factories.talks import AT, MINUTE, active, queued

pytestmark = pytest.mark.django_db
DANGER = "Išgėriau tabletes, bijau"
LEAD = "SHIFT_LEAD"
SWITCHBOARD, QUEUE = SystemActor("switchboard"), SystemActor("queue")


def kinds() -> list[str]:
    return list(Alert.objects.unanswered().order_by("pk").values_list("kind", flat=True))


def bar_of(centre: Centre, role: str = LEAD, at=AT) -> list[str]:
    return [bar.alert.kind for bar in queries.bars(centre.actor(role, at), at)]


def test_f8_to_immediate_danger_calls_each_lead_once(centre: Centre):
    made, by = active(centre), centre.actor("COUNSELLOR", AT)
    conversation_events.set_risk(by=by, conversation=made.conversation, band="IMMEDIATE", at=AT)
    concern = concerns.raise_concern(by=by, conversation=made.conversation, at=AT)
    assert kinds() == ["helpline.immediate"] and bar_of(centre) == ["helpline.immediate"]
    assert bar_of(centre, "SHIFT_LEAD_2") == []  # not on duty: called after a minute
    assert (
        Notification.objects.filter(template="helpline.consult", link__contains=concern.ref).count() == 1
    )  # the way to the concern
    sent = queries.sent(by, made.conversation.channel, AT)
    assert sent is not None and [one.name for one in sent.called] == [centre.people[LEAD].name]


def test_after_a_minute_every_lead_and_after_three_the_safeguarding_lead(centre: Centre):
    made = active(centre)
    supervision.call_lead(by=centre.actor("COUNSELLOR", AT), conversation=made.conversation, at=AT)
    notifications.escalate_alerts(at=AT + MINUTE)
    assert (
        bar_of(centre, "SHIFT_LEAD_2") == ["helpline.lead_called"]
        and bar_of(centre, "SAFEGUARDING_LEAD") == []
    )
    notifications.escalate_alerts(at=AT + 3 * MINUTE)
    assert bar_of(centre, "SAFEGUARDING_LEAD") == ["helpline.lead_called"]


def test_whoever_calls_again_after_somebody_has_seen_it_calls_anew(centre: Centre):
    made, by = active(centre), centre.actor("COUNSELLOR", AT)
    for _ in range(2):
        supervision.call_lead(by=by, conversation=made.conversation, at=AT)
    assert Alert.objects.count() == 1
    notifications.acknowledge_about(by=centre.actor(LEAD, AT), about=made.conversation.channel, at=AT)
    supervision.call_lead(by=by, conversation=made.conversation, at=AT + MINUTE)
    assert kinds() == ["helpline.lead_called"] and Alert.objects.count() == 2


@pytest.mark.parametrize("act", ["comes", "listens", "takes over"])
def test_a_lead_who_acts_on_the_conversation_has_seen_it(centre: Centre, act: str):
    made, lead = active(centre), centre.actor(LEAD, AT)
    supervision.call_lead(by=centre.actor("COUNSELLOR", AT), conversation=made.conversation, at=AT)
    if act == "comes":
        supervision.answer_call(by=lead, conversation=made.conversation, at=AT)
    elif act == "listens":
        supervision.listen_in(by=lead, conversation=made.conversation, at=AT)
    else:
        supervision.take_over(by=lead, conversation=made.conversation, reason="TO_ASKED", at=AT)
    assert Alert.objects.get().acknowledged_by == centre.people[LEAD]


def test_danger_in_the_queue_calls_until_somebody_takes_it(centre: Centre):
    active(centre)
    waiting = queued(centre, AT + MINUTE, text=DANGER, open_first=False)
    assert kinds() == ["helpline.danger_waits"] and Alert.objects.get().raised_by is None
    on_duty(centre.people["COUNSELLOR_2"], AT + MINUTE)
    assert in_hand(centre.people["COUNSELLOR_2"].pk) == 0
    by = centre.actor("COUNSELLOR_2", AT + MINUTE)
    offer = queue.next_contact(by=by, at=AT + MINUTE)
    assert offer is not None and offer.conversation_id == waiting.conversation.pk
    queue.accept_offer(by=by, offer=offer, at=AT + MINUTE)
    assert kinds() == [] and bar_of(centre, at=AT + MINUTE) == []


def test_a_caller_at_risk_calls_the_lead_until_the_mark_goes(centre: Centre):
    on_duty(centre.people[LEAD], AT, channels=[], is_lead=True)
    on_duty(centre.people["COUNSELLOR"], AT, channels=["PHONE"])
    by = centre.actor("COUNSELLOR", AT)
    call = calls.ring_outside(by=SWITCHBOARD, outside="pbx-0001", language="lt", at=AT)
    assert isinstance(call, Call)
    call = calls.connect(by=by, call=call, at=AT)
    calls.flag_risk(by=by, call=call, at=AT)
    assert kinds() == ["helpline.call_at_risk"] and bar_of(centre) == ["helpline.call_at_risk"]
    calls.flag_risk(by=by, call=call, at=AT)
    assert kinds() == []


def test_missing_people_in_open_hours_call_until_they_are_there(centre: Centre):
    published("CHAT")
    at = AT + timedelta(hours=3)
    assert channel_pauses.sweep_pauses(by=QUEUE, at=at) == ["CHAT"]
    assert kinds() == ["helpline.cover_missing_chat"]
    on_duty(centre.people[LEAD], at, channels=[], is_lead=True)
    on_duty(centre.people["COUNSELLOR"], at)
    assert channel_pauses.sweep_pauses(by=QUEUE, at=at + MINUTE) == ["CHAT"]
    assert kinds() == []


def test_missing_people_call_up_to_the_coordinators_telephone_and_a_person_ends_it(centre: Centre):
    steps = [{"after": 0, "to": "ON_DUTY_LEADS"}, {"after": 120, "to": "SHIFT_LEAD"}]
    steps.append({"after": 600, "to": "VOLUNTEER_COORDINATOR", "phone": "+37060000000"})
    value = {"steps": [{"phone": "", **step} for step in steps]}
    vocab.set_policy(by=SystemActor("setup"), name="policy.alerts_helpline_cover", value=value, at=AT)
    vocab.forget()
    published("CHAT")
    at = AT + timedelta(hours=3)
    on_duty(centre.people[LEAD], at, channels=[], is_lead=True)
    channel_pauses.sweep_pauses(by=QUEUE, at=at)
    alert = Alert.objects.get()

    roles = (LEAD, "VOLUNTEER_COORDINATOR", "SAFEGUARDING_LEAD")

    def called() -> set[str]:
        return {role for role in roles if alert.calls.filter(person=centre.people[role]).exists()}

    assert called() == {LEAD}
    actions.escalate_alerts(at=at + timedelta(minutes=12))
    assert called() == {LEAD, "VOLUNTEER_COORDINATOR"}
    later = at + timedelta(hours=3)
    coordinator = centre.actor("VOLUNTEER_COORDINATOR", later)
    (bar,) = queries.bars(coordinator, later)
    assert bar.next_to == "" and [one.number for one in bar.phones] == ["+370 600 00000"]
    actions.acknowledge_alert(by=coordinator, ref=alert.ref, at=later)
    long_after = later + timedelta(hours=2)
    (bar,) = queries.bars(coordinator, long_after)  # seen, and not ended: it stays
    assert len(bar.endings) == 4
    with pytest.raises(actions.EndingMissing):
        actions.end_alert(by=coordinator, ref=alert.ref, ending="", at=long_after)
    actions.end_alert(by=coordinator, ref=alert.ref, ending="AE_COMING", at=long_after)
    alert.refresh_from_db()
    assert (alert.ended_by, alert.ending) == (centre.people["VOLUNTEER_COORDINATOR"], "AE_COMING")
    (shown,) = queries.bars(centre.actor(LEAD, long_after), long_after)
    assert shown.ending and shown.alert.ended_by == alert.ended_by
    assert queries.bars(centre.actor(LEAD, long_after), long_after + timedelta(hours=1)) == []
    (entry,) = [one for one in audit.timeline(alert, zone="helpline") if one.action == "alert:ended"]
    assert entry.facts["ending"] == "AE_COMING"


def test_the_rest_of_what_is_urgent_is_an_alert_too(centre: Centre):
    from tests.factories.letters import written

    letter, _keys = written(DANGER)
    assert Alert.objects.unanswered().get().about == f"helpline.letter.{letter.ref}"
    assert letters.alert_leads(letter, by=QUEUE, at=AT) is None and Alert.objects.count() == 1


class TestPages:
    """On the pages of the people concerned."""

    @pytest.fixture
    def sign_in(self, centre: Centre):
        def signed(role: str) -> Client:
            client = Client()
            client.force_login(Person.objects.get(pk=centre.people[role].pk))
            session = client.session
            session["identity.second"] = session["identity.sudo"] = clock.now().timestamp()
            session.save()
            return client

        return signed

    def test_the_lead_sees_it_on_letters_and_the_counsellor_reads_who_has_seen_it(
        self, centre: Centre, sign_in
    ):
        at = clock.now()
        made = active(centre, at)
        counsellor, lead = sign_in("COUNSELLOR"), sign_in(LEAD)
        talk = f"/desk/helpline/chat/{made.conversation.ref}/"
        assert "Dar niekas nematė" not in counsellor.get(talk).content.decode()
        assert counsellor.post(f"{talk}risk/", {"band": "IMMEDIATE"}).status_code == 302
        assert "Dar niekas nematė" in counsellor.get(talk).content.decode()
        page = lead.get("/desk/helpline/letters/").content.decode()
        alert = Alert.objects.get()
        assert f'data-alert="{alert.ref}"' in page
        assert "ekrane, bet nepatvirtinta" in counsellor.get(talk).content.decode()
        assert lead.post(f"/desk/notices/alert/{alert.ref}/", {"do": "see"}).status_code == 302
        assert f"Matė: {centre.people[LEAD].name}" in counsellor.get(talk).content.decode()

    def test_its_pages_show_no_word_of_the_child(self, centre: Centre, sign_in):
        at = clock.now()
        active(centre, at)
        queued(centre, at, text=DANGER, open_first=False)
        page = sign_in(LEAD).get("/desk/notices/now/").content.decode()
        assert (
            "data-alert=" in page
            and "tabletes" not in page
            and "tabletes" not in str(list(Notification.objects.values()))
        )

    def test_a_concern_has_what_became_of_its_consult(self, centre: Centre, sign_in):
        at = clock.now()
        made = active(centre, at)
        concern = concerns.raise_concern(
            by=centre.actor("COUNSELLOR", at), conversation=made.conversation, at=at
        )
        assert Concern.objects.get().about == made.conversation.channel
        page = sign_in("COUNSELLOR").get(f"/desk/helpline/concerns/{concern.ref}/").content.decode()
        assert "Dar niekas nematė" in page

    def test_the_line_s_administrator_edits_the_steps_and_the_hotline_s_does_not(
        self, centre: Centre, sign_in
    ):
        address = "/desk/notices/rules/helpline/"
        assert sign_in("SERVICE_ADMINISTRATOR").get(address).status_code == 200
        for role in ("SECOND_REVIEWER", LEAD, "COUNSELLOR", "AUDITOR", "EDITOR"):
            assert sign_in(role).get(address).status_code == 404
            assert (
                sign_in(role)
                .post(address, {"to_0": "SHIFT_LEAD", "after_0": "0", "based_on": "1"})
                .status_code
                == 404
            )

    @pytest.mark.parametrize("role", ["ANALYST", "EDITOR", "COUNSELLOR_2", "STATISTICIAN", "PARTNER_MANAGER"])
    def test_to_people_of_other_partners_the_alert_does_not_exist(self, centre: Centre, sign_in, role):
        at = clock.now()
        made = active(centre, at)
        supervision.call_lead(by=centre.actor("COUNSELLOR", at), conversation=made.conversation, at=at)
        alert, client = Alert.objects.get(), sign_in(role)
        for address in ("", "next/", "withdraw/"):
            assert client.post(f"/desk/notices/alert/{alert.ref}/{address}").status_code == 404
        assert (
            centre.people[LEAD].name
            not in client.get(f"/desk/notices/sent/?about={alert.about}")
            .content.decode()
            .partition("<body>")[2]
        )
        assert "data-alert=" not in client.get("/desk/notices/now/").content.decode()

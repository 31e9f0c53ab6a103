"""What a lead does for the shift: who may begin, a word to everybody, a pause with an end; the line's
settings and its trail.
"""

import json
from datetime import timedelta

import pytest
from django.test import Client

from sauga.helpline.calls.actions import calls, switchboard
from sauga.helpline.calls.models import Call
from sauga.helpline.calls.rules import switchboard as port
from sauga.helpline.letters.actions import letters as feedback
from sauga.helpline.line.models import Pause
from sauga.helpline.line.rules import line_settings
from sauga.helpline.line.views.policies import LINE
from sauga.helpline.rota.actions import announcements, channel_pauses, duty, duty_waivers
from sauga.helpline.rota.models import Duty, DutyPass, ShiftWord
from sauga.helpline.rota.queries.announcements import announcements_for, current_announcements
from sauga.helpline.rota.queries.duty import Missing, lacks
from sauga.helpline.rota.queries.opening_hours import opening
from sauga.helpline.service import SERVICE
from sauga.helpline.volunteers.models import Debrief
from sauga.kernel import audit, clock, rate_limits, sealed, vocab
from sauga.kernel.kit.editors import actions
from sauga.kernel.kit.editors.declared import SettingUnfit
from sauga.kernel.notifications.models import Notification
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.refusals import TextMissing
from sauga.kernel.services.audit_log import report_verification
from sauga.kernel.states import SystemActor
from sauga.kernel.ui.public_frame import quick_exit
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.factories.letters import answered
from tests.factories.line import FAR, on_duty, open_line, volunteer
from tests.factories.talks import AT, MINUTE, SECOND

pytestmark = pytest.mark.django_db
QUEUE, CHILD, SWITCHBOARD = SystemActor("queue"), SystemActor("child"), SystemActor("switchboard")
DAY = timedelta(days=1)


def begin(centre: Centre, at=AT, role="COUNSELLOR", channels=("CHAT",)):
    return duty.go_on_duty(by=centre.actor(role, at), channels=list(channels), at=at)


# Ready for a duty
# ------------------------------------------------------------------------------------------------------------
def test_training_check_and_an_owed_talk_come_before_a_duty(centre: Centre):
    person = centre.people["COUNSELLOR"]
    assert [one.what for one in lacks(person.pk, ["CHAT"], AT)] == [Missing.VOLUNTEER]
    volunteer(person, trained=["CHAT"], check_until=None)
    Debrief.objects.create(person=person, why="HEAVY", owed_since=AT - DAY)
    with pytest.raises(duty.NotReady) as refused:
        begin(centre, channels=("CHAT", "PHONE"))
    assert [(one.what, one.kind) for one in refused.value.lacks] == [
        (Missing.TRAINING, "PHONE"),
        (Missing.CHECK, ""),
        (Missing.DEBRIEF, ""),
    ]
    volunteer(person, check_until=FAR)
    Debrief.objects.update(done_at=AT)
    assert begin(centre, channels=("CHAT", "PHONE")).channels == ["CHAT", "PHONE"]


def test_what_has_run_out_counts_as_missing_and_a_lead_needs_the_leads_training(centre: Centre):
    volunteer(centre.people["COUNSELLOR"], check_until=(AT - DAY).date())
    assert [one.what for one in lacks(centre.people["COUNSELLOR"].pk, ["CHAT"], AT)] == [Missing.CHECK]
    volunteer(centre.people["SHIFT_LEAD"])
    with pytest.raises(duty.NotReady):
        begin(centre, role="SHIFT_LEAD")
    assert not duty.go_on_duty(by=centre.actor("SHIFT_LEAD"), channels=["CHAT"], lead=False, at=AT).is_lead


def test_a_lead_lets_somebody_begin_for_one_day_with_a_reason_and_never_oneself(centre: Centre):
    by, person = centre.actor("SHIFT_LEAD"), centre.people["COUNSELLOR"]
    with pytest.raises(duty_waivers.OwnWaiver):
        duty_waivers.grant_waiver(by=by, person_id=by.person_id, reason="DP_OTHER", at=AT)
    with pytest.raises(vocab.UnknownTerm):
        duty_waivers.grant_waiver(by=by, person_id=person.pk, reason="BECAUSE", at=AT)
    with pytest.raises(PermissionRefused):
        duty_waivers.grant_waiver(
            by=centre.actor("COUNSELLOR_2"), person_id=person.pk, reason="DP_OTHER", at=AT
        )
    for _ in range(2):
        duty_waivers.grant_waiver(by=by, person_id=person.pk, reason="DP_BESIDE", at=AT)
    assert DutyPass.objects.get().reason == "DP_BESIDE"
    assert (
        Notification.objects.filter(
            person=centre.people["VOLUNTEER_COORDINATOR"], template="helpline.duty_pass"
        ).count()
        == 1
    )
    begin(centre)
    with pytest.raises(duty_waivers.NotAway):
        duty_waivers.grant_waiver(by=by, person_id=person.pk, reason="DP_OTHER", at=AT)
    Duty.objects.update(ended_at=AT)
    with pytest.raises(duty.NotReady):
        begin(centre, AT + DAY)
    assert duty_waivers.withdraw_waiver(
        by=by, person_id=person.pk, at=AT
    ) and not duty_waivers.withdraw_waiver(by=by, person_id=person.pk, at=AT)
    with pytest.raises(duty.NotReady):
        begin(centre)


def test_a_pass_opens_no_channel(centre: Centre):
    open_line(centre, AT)
    Duty.objects.filter(person=centre.people["COUNSELLOR"]).update(ended_at=AT)
    duty_waivers.grant_waiver(
        by=centre.actor("SHIFT_LEAD"), person_id=centre.people["COUNSELLOR_2"].pk, reason="DP_NOBODY", at=AT
    )
    begin(centre, role="COUNSELLOR_2")
    assert not opening("CHAT", AT).is_open


def test_the_pages_of_beginning(centre: Centre):
    client, lead = sign_in(centre, "COUNSELLOR"), sign_in(centre, "SHIFT_LEAD")
    shown = client.get("/desk/helpline/").content.decode()
    assert "Prieš pradedant" in shown and "savanorių sąraše" in shown
    person = centre.people["COUNSELLOR"].pk
    assert "Leisti šiandien pradėti" in lead.get("/desk/helpline/board/").content.decode()
    lead.post("/desk/helpline/shift/let-begin/", {"person": person, "reason": ""})
    assert not DutyPass.objects.exists()
    lead.post("/desk/helpline/shift/let-begin/", {"person": person, "reason": "DP_PAPER"})
    assert "Pažyma ar mokymai yra" in lead.get("/desk/helpline/board/").content.decode()
    assert "leidžia Jums šiandien pradėti" in client.get("/desk/helpline/").content.decode()
    client.post("/desk/helpline/duty/begin/", {"channels": ["CHAT"]})
    assert Duty.objects.present().get().person_id == person
    lead.post(f"/desk/helpline/shift/let-begin/{person}/back/")
    assert not DutyPass.objects.exists()


# A word to the shift
# ----------------------------------------------------------------------------------------------------------
def test_a_word_reaches_everybody_on_duty_is_put_aside_and_ends(centre: Centre):
    on_duty(centre.people["COUNSELLOR"], AT)
    on_duty(centre.people["COUNSELLOR_2"], AT)
    lead, one, two = centre.actor("SHIFT_LEAD"), centre.actor("COUNSELLOR"), centre.actor("COUNSELLOR_2")
    word = announcements.announce(by=lead, text="Nuo 20 val. budi tik Ramunė.", hours=4, at=AT)
    assert b"Ramun" not in bytes(ShiftWord.objects.get().body)
    assert [found.text for found in announcements_for(one, AT)] == ["Nuo 20 val. budi tik Ramunė."]
    announcements.put_aside(by=one, ref=word.ref, at=AT + MINUTE)
    assert announcements_for(one, AT + MINUTE) == [] and len(announcements_for(two, AT + MINUTE)) == 1
    assert [(found.seen, found.present) for found in current_announcements(lead, AT + MINUTE)] == [(1, 2)]
    assert announcements_for(two, AT + timedelta(hours=4)) == []
    assert (
        announcements.take_back_word(by=lead, ref=word.ref, at=AT + 2 * MINUTE)
        and announcements_for(two, AT + 3 * MINUTE) == []
    )
    assert not announcements.take_back_word(by=lead, ref=word.ref, at=AT + 3 * MINUTE)
    assert announcements_for(lead, AT) == [], "who is not on duty reads nothing"


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("  ", TextMissing),
        ("a" * 401, announcements.TooMuchSaid),
        ("Vaikas skambins iš 861234567", announcements.AboutSomebody),
        ("Rašo 7b klasės mokinys", announcements.AboutSomebody),
    ],
)
def test_what_cannot_be_said_to_the_shift(centre: Centre, text, refused):
    with pytest.raises(refused):
        announcements.announce(by=centre.actor("SHIFT_LEAD"), text=text, hours=4, at=AT)
    with pytest.raises(PermissionRefused):
        announcements.announce(by=centre.actor("COUNSELLOR"), text="Labas", hours=4, at=AT)
    with pytest.raises(ValueError, match="5"):
        announcements.announce(by=centre.actor("SHIFT_LEAD"), text="Labas", hours=5, at=AT)
    assert not ShiftWord.objects.exists()


def test_the_pages_of_a_word(centre: Centre):
    on_duty(centre.people["COUNSELLOR"], clock.now())
    client, lead = sign_in(centre, "COUNSELLOR"), sign_in(centre, "SHIFT_LEAD")
    lead.post("/desk/helpline/shift/say/", {"text": "Telefonu vaikas 861234567", "hours": "4"})
    assert (
        "Nepasakyta" in lead.get("/desk/helpline/board/").content.decode() and not ShiftWord.objects.exists()
    )
    lead.post("/desk/helpline/shift/say/", {"text": "Šiandien <b>anksčiau</b> baigiame", "hours": "4"})
    word = ShiftWord.objects.get()
    assert "perskaitė 0 iš 1" in lead.get("/desk/helpline/board/").content.decode()
    for page in ("/desk/helpline/", "/desk/helpline/calls/"):
        assert "Šiandien &lt;b&gt;anksčiau" in client.get(page).content.decode(), page
    answer = client.post(f"/desk/helpline/shift/words/{word.ref}/seen/", {"next": "/desk/helpline/calls/"})
    assert answer.headers["Location"] == "/desk/helpline/calls/"
    assert "anksčiau" not in client.get("/desk/helpline/").content.decode()
    lead.post(f"/desk/helpline/shift/words/{word.ref}/end/")
    assert "Pasakyta budintiems" not in lead.get("/desk/helpline/board/").content.decode()


# A pause with an end
# ----------------------------------------------------------------------------------------------------------
def test_a_pause_ends_by_itself_to_the_minute_and_the_sweep_writes_it_down(centre: Centre):
    open_line(centre, AT)
    lead = centre.actor("SHIFT_LEAD")
    for channel in ("CHAT", "LETTER"):
        channel_pauses.pause_channel(by=lead, channel=channel, reason="PR_TEAM", minutes=30, at=AT)
    assert opening("CHAT", AT + 29 * MINUTE).state == "PAUSED" == opening("LETTER", AT + 29 * MINUTE).state
    Duty.objects.update(seen_at=AT + 30 * MINUTE)
    assert opening("CHAT", AT + 30 * MINUTE).is_open and opening("LETTER", AT + 30 * MINUTE).is_open
    assert not Pause.objects.filter(ended_at__isnull=False).exists()
    late = AT + 31 * MINUTE
    assert set(channel_pauses.sweep_pauses(by=QUEUE, at=late)) >= {"CHAT", "LETTER"}
    assert set(Pause.objects.filter(reason="PR_TEAM").values_list("ended_at", flat=True)) == {
        AT + 30 * MINUTE
    }


def test_a_new_pause_right_after_one_that_ran_out(centre: Centre):
    lead = centre.actor("SHIFT_LEAD")
    channel_pauses.pause_channel(by=lead, channel="CHAT", reason="PR_TEAM", minutes=15, at=AT)
    with pytest.raises(channel_pauses.AlreadyPaused):
        channel_pauses.pause_channel(by=lead, channel="CHAT", reason="PR_TEAM", at=AT + 14 * MINUTE)
    channel_pauses.pause_channel(by=lead, channel="CHAT", reason="PR_OVERLOAD", at=AT + 15 * MINUTE)
    assert opening("LETTER", AT).is_open and Pause.objects.filter(ended_at=AT + 15 * MINUTE).count() == 1
    with pytest.raises(ValueError, match="7"):
        channel_pauses.pause_channel(by=lead, channel="PHONE", reason="PR_TEAM", minutes=7, at=AT)


def test_the_board_pauses_for_a_while_and_says_until_when(centre: Centre):
    open_line(centre, clock.now())
    lead = sign_in(centre, "SHIFT_LEAD")
    lead.post("/desk/helpline/board/pause/", {"channel": "CHAT", "reason": "PR_TEAM", "minutes": "15"})
    until = Pause.objects.get().until.astimezone(clock.VILNIUS)
    assert f"iki {until:%H:%M}" in lead.get("/desk/helpline/board/").content.decode()


# Settings of the line
# ---------------------------------------------------------------------------------------------------------
def settings_page(client: Client) -> str:
    return client.get("/desk/helpline/policies/").content.decode()


def test_a_setting_becomes_a_new_version_with_who_when_and_why(centre: Centre):
    client = sign_in(centre, "SERVICE_ADMINISTRATOR")
    assert "atėjo su programa" in settings_page(client) or "1 redakcija" in settings_page(client)
    given = {
        "allowed": "",
        "most_minutes": "5",
        "why": "LP_DECIDED",
        "based_on": vocab.policy("policy.listening").version,
    }
    answer = client.post("/desk/helpline/policies/listening/", given)
    assert answer.status_code == 302
    written = vocab.policy("policy.listening")
    assert (written["allowed"], written["most_minutes"], written["why"]) == (False, 5, "LP_DECIDED")
    shown = settings_page(client)
    assert "Nutarė linijos vadovai" in shown and centre.people["SERVICE_ADMINISTRATOR"].name in shown
    assert client.post("/desk/helpline/policies/listening/", given).status_code == 422, (
        "a colleague wrote a newer version"
    )
    given["based_on"] = written.version
    assert "Taip jau yra" in client.post("/desk/helpline/policies/listening/", given).content.decode()
    assert client.post("/desk/helpline/policies/nothing/", given).status_code == 404


@pytest.mark.parametrize(
    ("policy", "given"),
    [
        ("policy.listening", {"allowed": True, "most_minutes": 61}),
        ("policy.side_by_side", {"most": 0}),
        ("policy.side_by_side", {"most": True}),
        (
            "policy.helpline_hours",
            {"waiting_per_place_CHAT": 8, "waiting_per_place_PHONE": 51, "last_start_minutes_CHAT": 30},
        ),
        ("policy.leaving", {"to": "javascript:alert(1)"}),
    ],
)
def test_a_value_outside_its_bounds_is_never_written(centre: Centre, policy, given):
    by = centre.actor("SERVICE_ADMINISTRATOR")
    with pytest.raises(SettingUnfit):
        actions.change_settings(
            LINE,
            by=by,
            policy=policy,
            given=given,
            why="LP_TRIAL",
            based_on=vocab.policy(policy).version,
            at=AT,
        )


def test_only_its_administrator_changes_a_setting_and_only_ours(centre: Centre):
    given = {
        "policy": "policy.side_by_side",
        "given": {"most": 1},
        "why": "LP_TRIAL",
        "based_on": 1,
        "at": AT,
    }
    with pytest.raises(PermissionRefused):
        actions.change_settings(LINE, by=centre.actor("SHIFT_LEAD"), **given)
    by = centre.actor("SERVICE_ADMINISTRATOR")
    with pytest.raises(actions.NotOurs):
        actions.change_settings(LINE, by=by, **{**given, "policy": "policy.rota"})
    actions.change_settings(LINE, by=by, **given)
    person = centre.people["COUNSELLOR"]
    volunteer(person)
    person_row = volunteer(person)
    person_row.capacity = 2
    person_row.save()
    assert begin(centre).capacity == 1


@pytest.mark.parametrize(
    "address",
    [
        "http://orai.example/",
        "https://orai.example:8443/",
        "https://u@orai.example/",
        "https://127.0.0.1/",
        "https://orai/",
        "https://o rai.lt/",
    ],
)
def test_an_address_that_is_no_harmless_page(address):
    assert not line_settings.is_harmless(address)


def test_leaving_leads_where_the_line_says(centre: Centre, client, settings):
    settings.LEAVE_TO = "https://orai.example/"
    assert quick_exit.target() == "https://orai.example/"
    by, version = centre.actor("SERVICE_ADMINISTRATOR"), vocab.policy("policy.leaving").version
    to = "https://zemelapis.example/lt"
    actions.change_settings(
        LINE, by=by, policy="policy.leaving", given={"to": to}, why="LP_TRIAL", based_on=version, at=AT
    )
    assert client.get("/leave/").headers["Location"] == to
    assert f'data-leave="{to}"' in client.get("/lt/pagalba/").content.decode()


# The trail
# ------------------------------------------------------------------------------------------------------------
def test_the_auditor_reads_the_trail_and_has_it_checked(centre: Centre):
    announcements.announce(by=centre.actor("SHIFT_LEAD"), text="Labas vakaras", hours=1, at=AT)
    client = sign_in(centre, "AUDITOR")
    shown = client.get("/desk/helpline/trail/").content.decode()
    assert "shift_word:said" in shown and "Labas vakaras" not in shown
    for odd in ("²", "9" * 40, "x", "-1"):
        assert client.get("/desk/helpline/trail/", {"before": odd}).status_code == 200
    assert client.post("/desk/helpline/trail/check/").status_code == 302
    verdict = report_verification(log=SERVICE.audit_log, person_id=centre.people["AUDITOR"].pk, at=AT)
    assert verdict.ok == audit.verify(sealed.Zone.HELPLINE).ok
    assert (
        Notification.objects.filter(person=centre.people["AUDITOR"], template="helpline.trail_whole").count()
        == 1
    )


# Calls: a silent page, a caller who rings again
# -------------------------------------------------------------------------------
def test_a_child_lost_in_a_browser_call_is_noticed(centre: Centre):
    open_line(centre, AT, ("CHAT", "PHONE", "BROWSER_CALL"))
    rung = calls.ring_browser(by=CHILD, nonce=b"1" * 16, language="lt", at=AT)
    waiting = calls.ring_browser(by=CHILD, nonce=b"2" * 16, language="lt", at=AT)
    calls.connect(by=centre.actor("COUNSELLOR"), call=rung, at=AT + 5 * SECOND)
    calls.child_here(by=CHILD, call=rung, at=AT + 80 * SECOND)
    assert calls.sweep_calls(at=AT + 89 * SECOND) == 0
    assert calls.sweep_calls(at=AT + 90 * SECOND) == 1
    assert Call.objects.get(pk=waiting.pk).state == "ABANDONED"
    assert calls.sweep_calls(at=AT + 169 * SECOND) == 0
    assert calls.sweep_calls(at=AT + 170 * SECOND) == 1
    assert Call.objects.get(pk=rung.pk).state == "WRAP_UP"
    calls.child_here(by=CHILD, call=rung, at=AT + 180 * SECOND)
    assert Call.objects.get(pk=rung.pk).child_seen_at == AT + 80 * SECOND, (
        "what is over hears nothing any more"
    )
    phone = calls.open_call(
        by=centre.actor("COUNSELLOR"), language="lt", rang_before=timedelta(), answered=True, at=AT
    )
    assert (
        calls.sweep_calls(at=AT + timedelta(hours=2)) == 0
        and Call.objects.get(pk=phone.pk).state == "CONNECTED"
    )


def test_the_switchboards_mark_is_counted_and_stored_nowhere(centre: Centre, monkeypatch):
    monkeypatch.setattr(calls, "REPEAT_CALLERS", rate_limits.RecentCount())
    for number in range(5):
        body = json.dumps(
            {
                "event": "ring",
                "call": f"pbx-again-{number}",
                "caller": "m1=" + "c" * 22,
                "from": "+37061234567",
            }
        ).encode()
        call = switchboard.hear(by=SWITCHBOARD, heard=port.read(body), mark=bytes([number]) * 32, at=AT)
        assert call.rang_before == number
    assert Call.objects.count() == 5
    client = sign_in(centre, "COUNSELLOR")
    shown = client.get("/desk/helpline/calls/").content.decode()
    assert "per valandą skambino kartų: 5" in shown and "kartų: 2" not in shown
    for odd in ("+37061234567", "m1=61234567", 5, None, "m1=" + "c" * 65):
        assert (
            port.read(json.dumps({"event": "ring", "call": "pbx-odd-1", "caller": odd}).encode()).caller == ""
        )


# Letters
# ------------------------------------------------------------------------------------------------------------
def test_an_answer_is_rated_once_and_the_next_answer_again(centre: Centre):
    letter, _keys = answered(centre)
    given = {"by": CHILD, "mood": "MOOD_4", "answers": {}, "at": clock.now()}
    assert feedback.may_rate(letter) and feedback.rate_letter(letter=letter, **given) is not None
    assert feedback.rate_letter(letter=letter, **given) is None
    letter.refresh_from_db()
    assert not feedback.may_rate(letter) and letter.rated == letter.last_number

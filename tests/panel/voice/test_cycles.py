"""A cycle that is not over can be changed: what members rely on stays once it has begun. And what adults do
in meetings and discussions waits for a second adult."""

from datetime import date, timedelta
from typing import Any

import pytest

from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused
from sauga.panel.effects import hooks
from sauga.panel.members.actions import adult_acts
from sauga.panel.members.models import AdultAct
from sauga.panel.voice.actions import contributions, cycles
from sauga.panel.voice.actions.cycles import CycleRefused
from sauga.panel.voice.actions.people import AdultTextRefused
from sauga.panel.voice.models import Cycle
from tests.centre import centre, sign_in  # noqa: F401  a fixture
from tests.factories import panel_voice as make
from tests.factories.panel_voice import AT, Panel
from tests.panel.voice import test_voice_pages as pages
from tests.panel.voice.test_voice_actions import meeting_given, panel  # noqa: F401  a fixture

DAY, TODAY = timedelta(days=1), AT.date()
BEGUN = {"starts_on": date(2026, 9, 1), "ends_on": date(2027, 1, 1), "support": 2}
AHEAD = {"starts_on": date(2027, 1, 10), "ends_on": date(2027, 6, 1), "support": 4}
today = pages.panel


def changed(panel: Panel, cycle: Cycle, **more: Any) -> Cycle:
    held = {name: getattr(cycle, name) for name in ("starts_on", "ends_on", "support", "title", "theme")}
    return cycles.change_cycle(by=panel.first, cycle=cycle, at=AT, **{**held, **more})


def test_once_begun_the_end_moves_and_what_members_rely_on_stays(panel: Panel):
    row = changed(panel, panel.cycle, ends_on=TODAY + 10 * DAY, title="Ramus telefonas", theme="Apie poilsį.")
    assert (row.ends_on, row.title, row.theme) == (TODAY + 10 * DAY, "Ramus telefonas", "Apie poilsį.")
    for more, why in (
        ({"starts_on": TODAY}, "begun"),
        ({"support": 3}, "counted"),
        ({"ends_on": TODAY}, "ended"),
        ({"ends_on": date(2028, 1, 1)}, "days"),
    ):
        with pytest.raises(CycleRefused) as refused:
            changed(panel, row, **more)
        assert refused.value.args == (why,)
    with pytest.raises(AdultTextRefused):
        changed(panel, row, theme="Rašykite a@b.example")
    assert [one.action for one in audit.timeline(row, zone="panel")].count("panel_cycle:changed") == 1


def test_before_it_begins_everything_can_change_and_afterwards_nothing(panel: Panel):
    ahead = cycles.start_cycle(by=panel.first, at=AT, **AHEAD)
    row = changed(panel, ahead, starts_on=date(2027, 2, 1), support=5)
    assert (row.starts_on, row.support) == (date(2027, 2, 1), 5)
    for more, why in (
        ({"starts_on": date(2026, 12, 1)}, "overlap"),
        ({"starts_on": TODAY - DAY}, "past"),
        ({"support": 1}, "support"),
    ):
        with pytest.raises(CycleRefused) as refused:
            changed(panel, row, **more)
        assert refused.value.args == (why,)
    Cycle.objects.filter(pk=panel.cycle.pk).update(ends_on=TODAY)
    with pytest.raises(CycleRefused) as refused:
        changed(panel, Cycle.objects.get(pk=panel.cycle.pk), title="Vėl")
    assert refused.value.args == ("over",)


def test_no_planned_meeting_is_left_outside(panel: Panel):
    meeting = cycles.plan_meeting(by=panel.first, cycle=panel.cycle, given=meeting_given(panel), at=AT)
    with pytest.raises(CycleRefused) as refused:
        changed(panel, panel.cycle, ends_on=TODAY + 8 * DAY)
    assert refused.value.args == ("meetings",)
    cycles.cancel_meeting(by=panel.first, meeting=meeting, at=AT)
    assert changed(panel, panel.cycle, ends_on=TODAY + 8 * DAY).ends_on == TODAY + 8 * DAY


def test_only_facilitators_change_it(panel: Panel):
    for by in (panel.lead, panel["Kopa"], panel.centre.actor("EDITOR")):
        with pytest.raises(PermissionRefused):
            cycles.change_cycle(by=by, cycle=panel.cycle, at=AT, title="", theme="", **BEGUN)


def test_the_page_of_a_cycle(today: Panel):
    desk, row = pages.desk(today), today.cycle
    page = f"/desk/panel/voice/cycles/{row.number}/"
    assert page in desk.get("/desk/panel/voice/cycles/").text
    form = desk.get(page).text
    assert form.count("disabled") >= 2 and "ciklas prasidėjęs" in form
    given = {"title": "Ramus telefonas", "theme": "Apie poilsį.", "ends_on": row.ends_on.isoformat()}
    assert desk.post(page, {**given, "ends_on": "2020-01-01"}).status_code == 422
    moved = desk.post(page, {**given, "support": "30", "starts_on": "2020-01-01"})
    assert moved.status_code == 302, "what is shown only is not read from the form"
    row.refresh_from_db()
    assert (row.title, row.support) == ("Ramus telefonas", 2)
    shown = pages.space(today, "Kopa").get("/lt/jaunimas/ciklas/").text
    assert "Ramus telefonas" in shown and "Apie poilsį." in shown
    assert pages.desk(today, "PANEL_SAFEGUARDING_LEAD").get(page).status_code == 404
    Cycle.objects.filter(pk=row.pk).update(ends_on=today.at.date())
    assert desk.get(page).status_code == 404 and page not in desk.get("/desk/panel/voice/cycles/").text


def test_a_second_adult_sees_meetings_discussions_and_answers(panel: Panel):
    meeting = cycles.plan_meeting(by=panel.first, cycle=panel.cycle, given=meeting_given(panel), at=AT)
    later = AT + 8 * DAY + timedelta(hours=1)
    both = (panel.first.person_id, panel.second.person_id)
    cycles.hold_meeting(by=panel.first, meeting=meeting, present=both, at=later)
    cycles.publish_minutes(by=panel.first, meeting=meeting, minutes="Kalbėjome. Buvo gera.", at=later)
    make.sent(panel)
    question = make.written(panel, "Kopa", "QUESTION", text="Ar viskas tikra?")
    contributions.promise_reply(by=panel.first, contribution=question, due=TODAY + 7 * DAY, at=AT)
    changed(panel, panel.cycle, title="Ramus telefonas")
    done = set(AdultAct.objects.values_list("what", flat=True))
    expected = {
        "MEETING_PLANNED",
        "MEETING_HELD",
        "MEETING_MINUTED",
        "OPENED_DISCUSSION",
        "ENDED_DISCUSSION",
        "SENT_PROPOSAL",
        "PROMISED_REPLY",
        "CYCLE_CHANGED",
    }
    assert expected <= done
    assert {one for one in done if one.startswith(("MEETING", "CYCLE"))} <= set(hooks.adult_acts)
    mine = AdultAct.objects.filter(what="MEETING_HELD").values_list("pk", flat=True)
    with pytest.raises(adult_acts.OwnAct):
        adult_acts.mark_seen(by=panel.first, acts=mine, at=AT)
    assert adult_acts.mark_seen(by=panel.second, acts=mine, at=AT) == 1
    assert (
        "Surengė susitikimą"
        in sign_in(panel.centre, "PANEL_SAFEGUARDING_LEAD").get("/desk/panel/adults/?view=all").text
    )

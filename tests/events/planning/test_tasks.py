"""Tasks of events: from templates, by hand, moved, copied, reminded of, and whose they are."""

from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from factories.events import NOW, draft, given, local, on_team, published_event

from sauga.events.planning.actions import tasks as actions
from sauga.events.planning.actions import templates
from sauga.events.planning.models import Task, TaskTemplate
from sauga.events.planning.queries import tasks as queries
from sauga.events.planning.rules.due import Standing, days_before, due_on, reminder, standing
from sauga.events.programme.actions import events, publication
from sauga.events.programme.models import Event
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
db = pytest.mark.django_db
WORKER = SystemActor("events")
DAY = date(2027, 2, 9)


@pytest.mark.parametrize("days", [-30, -1, 0, 1, 42, 365])
def test_days_before_and_the_day_are_each_others_inverse(days: int):
    assert days_before(DAY, due_on(DAY, days)) == days


@pytest.mark.parametrize(
    ("due", "stands", "reminded"),
    [
        (-1, Standing.OVERDUE, (True, True, False)),
        (0, Standing.SOON, (True, False, False)),
        (7, Standing.SOON, (True, False, False)),
        (8, Standing.LATER, (False, False, False)),
    ],
)
def test_how_a_task_stands_and_when_its_person_is_reminded(due: int, stands: Standing, reminded):
    day = DAY + timedelta(days=due)
    assert standing(day, DAY, is_done=False) == stands
    assert standing(day, DAY, is_done=True) == Standing.DONE
    assert tuple(reminder(day, DAY, before) for before in range(3)) == reminded


def task(centre: Centre, event: Event, due: date = DAY, who: str = "ORGANISER", title: str = "Salė") -> Task:
    return actions.save_task(
        by=centre.actor("ORGANISER"),
        event=event,
        task=None,
        title={"lt": title},
        due=due,
        person=centre.people[who] if who else None,
        note="",
        at=NOW,
    )


def moved(centre: Centre, event: Event, starts: str, ends: str) -> Event:
    return events.edit_event(
        by=centre.actor("ORGANISER"),
        event=event,
        given=given(centre, starts=local(starts), ends=local(ends)),
        move_sessions=True,
        seen="",
        at=NOW,
    )


@db
def test_templates_become_tasks_once_with_days_and_the_only_person_of_the_role(centre: Centre):
    templates.load_templates(NOW)
    event = on_team(centre, draft(centre, kind="conference"), "DOOR_STAFF")
    by = centre.actor("ORGANISER")
    n = actions.apply_templates(by=by, event=event, at=NOW)
    assert n == TaskTemplate.objects.filter(kind="conference").count() == event.tasks.count() > 8
    door = event.tasks.get(template__ref="conference-check-in")
    assert (door.due, door.person) == (date(2027, 2, 6), centre.people["DOOR_STAFF"])
    assert event.tasks.get(template__ref="conference-report").due == date(2027, 3, 9)
    assert event.tasks.get(template__ref="conference-hall").person is None  # no organiser on the team
    with pytest.raises(actions.TaskRefused) as refused:
        actions.apply_templates(by=by, event=event, at=NOW)
    assert refused.value.why == "nothing"
    actions.remove_task(by=by, task=door, at=NOW)
    assert actions.apply_templates(by=by, event=event, at=NOW) == 1
    with pytest.raises(actions.TaskRefused) as refused:
        actions.apply_templates(by=by, event=draft(centre, kind="camp"), at=NOW)
    assert refused.value.why == "none"


@db
def test_what_is_not_done_moves_with_the_event_drafts_too(centre: Centre):
    event, by = draft(centre), centre.actor("ORGANISER")
    first, done = task(centre, event, date(2027, 2, 2)), task(centre, event, date(2027, 2, 1))
    actions.finish_task(by=by, task=done, at=NOW)
    moved(centre, event, "2027-02-19 10:00", "2027-02-19 12:00")
    first.refresh_from_db()
    done.refresh_from_db()
    assert (first.due, done.due) == (date(2027, 2, 12), date(2027, 2, 1))
    moved(centre, event, "2027-02-19 15:00", "2027-02-19 16:00")  # the same day
    first.refresh_from_db()
    assert first.due == date(2027, 2, 12)
    publication.publish_event(by=by, event=event, at=NOW)
    moved(centre, event, "2027-03-29 10:00", "2027-03-29 12:00")  # past the change of clocks
    first.refresh_from_db()
    assert first.due == date(2027, 3, 22)
    assert actions.reopen_task(by=by, task=done, at=NOW).due == date(2027, 3, 21)


@db
def test_a_copy_has_the_tasks_anew(centre: Centre):
    event, by = draft(centre), centre.actor("ORGANISER")
    actions.finish_task(by=by, task=task(centre, event, date(2027, 1, 26)), at=NOW)
    copy = events.copy_event(by=by, event=event, starts=local("2027-03-09 10:00"), at=NOW)
    row = copy.tasks.get()
    assert (row.due, row.done_at, row.person) == (date(2027, 2, 23), None, centre.people["ORGANISER"])


@db
def test_people_do_their_own_tasks_and_organisers_any(centre: Centre):
    event = on_team(centre, draft(centre), "DOOR_STAFF", "PHOTOGRAPHER")
    own, organisers = task(centre, event, who="DOOR_STAFF"), task(centre, event)
    door = centre.actor("DOOR_STAFF")
    actions.finish_task(by=door, task=own, at=NOW)
    with pytest.raises(actions.TaskRefused):
        actions.finish_task(by=door, task=own, at=NOW)
    for by, row in ((door, organisers), (centre.actor("PHOTOGRAPHER"), own), (centre.actor("EDITOR"), own)):
        with pytest.raises(PermissionRefused):
            actions.reopen_task(by=by, task=row, at=NOW)
    actions.reopen_task(by=centre.actor("ORGANISER"), task=own, at=NOW)
    for act in (
        lambda: task(centre, event, who="PROGRAMME_COMMITTEE"),  # not on the team
        lambda: task(centre, event, who="ANALYST"),
        lambda: task(centre, event, title=" "),
        lambda: task(centre, event, date(2077, 1, 1)),
    ):
        with pytest.raises(actions.TaskRefused):
            act()
    for act in (
        lambda: actions.apply_templates(by=door, event=event, at=NOW),
        lambda: actions.remove_task(by=door, task=own, at=NOW),
        lambda: actions.remind(by=door, at=NOW),
        lambda: templates.save_template(
            by=door, template=None, kind="seminar", title={"lt": "A"}, days=1, role="", at=NOW
        ),
    ):
        with pytest.raises(PermissionRefused):
            act()
    assert Task.objects.filter(done_at=None).count() == 2


@db
def test_each_person_is_reminded_once_before_and_once_after_the_day(centre: Centre):
    event = on_team(centre, published_event(centre), "DOOR_STAFF", "ORGANISER")
    today = queries.today(NOW)
    for who, days in (("DOOR_STAFF", 3), ("DOOR_STAFF", 6), ("", 2), ("ORGANISER", 30)):
        task(centre, event, today + timedelta(days=days), who)

    def told(days: int) -> dict[str, int]:
        at = NOW + timedelta(days=days)
        actions.remind(by=WORKER, at=at)
        rows = Notification.objects.filter(created_at=at, template=actions.DUE_NEWS)
        return {row.person.name: row.params["n"] for row in rows}

    door, organiser = (centre.people[role].name for role in ("DOOR_STAFF", "ORGANISER"))
    assert told(0) == {door: 2, organiser: 1}
    assert told(1) == {}
    assert told(4) == {door: 1, organiser: 1}
    assert queries.due_for(centre.actor("DOOR_STAFF"), NOW) == 2
    assert queries.due_for(centre.actor("ORGANISER"), NOW) == 0
    publication.cancel_event(by=centre.actor("ORGANISER"), event=event, reason="venue", note={}, at=NOW)
    assert told(20) == {} and queries.due_for(centre.actor("DOOR_STAFF"), NOW) == 0


@db
def test_pages_of_tasks_by_role_and_direct_request(centre: Centre):
    templates.load_templates(NOW)
    event, other = on_team(centre, draft(centre), "DOOR_STAFF"), draft(centre)
    own, foreign = task(centre, event, who="DOOR_STAFF", title="Kortelės"), task(centre, other)
    base = f"/desk/events/{event.ref}/tasks/"
    door, organiser = sign_in(centre, "DOOR_STAFF"), sign_in(centre, "ORGANISER")
    assert "Kortelės" in door.get("/desk/events/tasks/").text
    assert "Kortelės" not in organiser.get("/desk/events/tasks/").text
    assert {"Kortelės", "Salė"} <= set(
        organiser.get("/desk/events/tasks/?view=open").text.replace("<", ">").split(">")
    )
    assert "Salė" not in door.get("/desk/events/tasks/?view=open").text
    assert door.get(base).status_code == 200 and door.get(f"{base}{own.ref}/").status_code == 404
    assert door.get(f"/desk/events/{other.ref}/tasks/").status_code == 404
    assert door.post(f"/desk/events/{other.ref}/tasks/{foreign.ref}/finish/").status_code == 404
    for path in ("apply/", "new/", f"{own.ref}/remove/"):
        assert door.post(base + path, {"title_lt": "X", "due": "2027-01-01"}).status_code == 404
    assert door.post(f"{base}{own.ref}/finish/").status_code == 302
    assert door.post(f"{base}{own.ref}/burn/").status_code == 404
    own.refresh_from_db()
    assert own.done_by == centre.people["DOOR_STAFF"]
    assert "Kortelės" in door.get("/desk/events/tasks/?view=done").text
    assert organiser.post(f"{base}new/", {"title_lt": ""}).status_code == 422
    made = organiser.post(f"{base}new/", {"title_lt": "Kava", "due": "2027-02-01", "person": ""})
    assert made.status_code == 302 and event.tasks.get(title__contains={"lt": "Kava"}).days == 8
    page = BeautifulSoup(organiser.get(base).text, "html.parser")
    assert len(page.select("tr[id^=task-]")) == 2 and page.select_one("form[action$='apply/']")
    assert organiser.post(f"{base}apply/").status_code == 302
    assert event.tasks.count() == 2 + TaskTemplate.objects.filter(kind="seminar").count()
    month = organiser.get("/desk/events/month/?month=2027-02").text
    assert "Kava" in month and "Kava" not in door.get("/desk/events/month/?month=2027-01").text


@db
def test_templates_are_edited_removed_and_stay_so_when_loaded_again(centre: Centre):
    templates.load_templates(NOW)
    desk, base = sign_in(centre, "ORGANISER"), "/desk/events/tasks/templates/"
    assert "Užsakyti salę" in desk.get(base).text
    typed = {
        "kind": "seminar",
        "title_lt": "Patikrinti garsą",
        "days": "1",
        "side": "after",
        "role": "DOOR_STAFF",
    }
    assert desk.post(f"{base}new/", {**typed, "days": "-1"}).status_code == 422
    assert desk.post(f"{base}new/", typed).status_code == 302
    row = TaskTemplate.objects.get(title__contains={"lt": "Patikrinti garsą"})
    assert (row.days, row.role) == (-1, "DOOR_STAFF")
    hall = TaskTemplate.objects.get(ref="conference-hall")
    changed = {"kind": "conference", "title_lt": "Kita salė", "days": "50", "side": "before", "role": ""}
    assert desk.post(f"{base}{hall.ref}/", changed).status_code == 302
    assert desk.post(f"{base}sid-press/remove/").status_code == 302
    assert templates.load_templates(NOW).startswith("0 ")
    hall.refresh_from_db()
    assert (str(hall), hall.days) == ("Kita salė", 50)
    assert "sid-press" not in [one.ref for one in queries.templates_of("safer_internet_day")]
    assert desk.post(f"{base}sid-press/restore/").status_code == 302
    assert "sid-press" in [one.ref for one in queries.templates_of("safer_internet_day")]
    for role in ("DOOR_STAFF", "PUBLISHER", "EDITOR"):
        assert sign_in(centre, role).get(base).status_code == 404
        assert sign_in(centre, role).post(f"{base}new/", typed).status_code == 404


def test_starter_templates_have_both_languages_and_known_roles():
    import json
    from importlib.resources import files

    held = json.loads(
        files("sauga.events.planning").joinpath("data", "task_templates.json").read_text("utf-8")
    )
    kinds = {"conference", "seminar", "open_lesson", "safer_internet_day"}
    assert {one["kind"] for one in held} == kinds
    assert len({one["ref"] for one in held}) == len(held) and all(
        set(one["title"]) == {"lt", "en"} for one in held
    )


@db
def test_lists_of_tasks_ask_as_much_for_three_rows_as_for_one(centre: Centre, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    desk, event = sign_in(centre, "ORGANISER"), draft(centre)
    task(centre, event)
    for page in ("/desk/events/tasks/", f"/desk/events/{event.ref}/tasks/"):
        desk.get(page)
        with CaptureQueriesContext(connection) as one:
            desk.get(page)
        more = [task(centre, event) for _number in range(2)]
        with django_assert_num_queries(len(one)):
            desk.get(page)
        for row in more:
            row.delete()

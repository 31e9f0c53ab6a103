"""The team of an event: who is put on it, and that roles of the team count at these events only, by page and
by direct request.
"""

import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from factories.events import NOW, draft, local, on_team, session, venue

from sauga.events.permissions import FOR_ALL, ROLES, TEAM, Permission
from sauga.events.planning.actions import team
from sauga.events.planning.models import TeamMember
from sauga.events.programme.actions import events as actions
from sauga.events.programme.models import Event
from sauga.events.programme.queries import events as queries
from sauga.events.trail import ZONE
from sauga.kernel import audit
from sauga.kernel.identity import PermissionRefused, allowed
from tests.centre import Centre, centre, sign_in

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
WHO = ("ORGANISER", "PUBLISHER", *TEAM[1:], "EDITOR", "AWARENESS_STATISTICIAN", "ANALYST")


@pytest.mark.parametrize("role", WHO)
def test_what_a_role_may_do_at_an_event_with_its_team_and_at_another(centre: Centre, role: str):
    own, other = (
        draft(centre),
        draft(centre, starts=local("2027-02-10 10:00"), ends=local("2027-02-10 12:00")),
    )
    if role in TEAM:
        on_team(centre, own, role)
    part, by = session(centre, other, "10:00", "11:00"), centre.actor(role)
    held, everywhere = ROLES.get(role, set()), Permission.ALL_EVENTS in ROLES.get(role, set())
    for permission in Permission:
        at_own = permission in held and (everywhere or role in TEAM or permission in FOR_ALL)
        at_other = permission in held and (everywhere or permission in FOR_ALL)
        found = [allowed(by, permission, thing) for thing in (own, other, part)]
        assert found == [at_own, at_other, at_other], permission
    assert allowed(by, Permission.SEE, venue(centre)) == (Permission.SEE in held)  # of no event
    seen = set(queries.desk_events(by, "drafts", NOW))
    sees = Permission.SEE in held
    assert seen == ({own, other} if everywhere and sees else {own} if sees and role in TEAM else set())


def test_a_role_counts_where_somebody_is_on_the_team_in_it_not_in_another(centre: Centre):
    event, by = draft(centre), centre.actor("PROGRAMME_COMMITTEE")
    TeamMember.objects.create(
        event=event, person=centre.people["PROGRAMME_COMMITTEE"], role="DOOR_STAFF", added_at=NOW
    )
    assert not allowed(by, Permission.SEE, event)  # the person does not hold the role
    on_team(centre, event, "PROGRAMME_COMMITTEE")
    assert allowed(by, Permission.EDIT_PROGRAMME, event)
    team.remove_member(
        by=centre.actor("ORGANISER"), member=event.team.get(role="PROGRAMME_COMMITTEE"), at=NOW
    )
    assert not allowed(by, Permission.EDIT_PROGRAMME, event)
    with pytest.raises(Http404):
        queries.event_for(by, event.ref)


@pytest.mark.parametrize("role", TEAM[1:])
def test_pages_of_an_event_without_its_team_do_not_exist(centre: Centre, role: str):
    event, desk = draft(centre), sign_in(centre, role)
    for path in ("", "programme/sessions/new/", "publish/", "programme/tracks/new/"):
        assert desk.get(f"/desk/events/{event.ref}/{path}").status_code == 404
        assert desk.post(f"/desk/events/{event.ref}/{path}", {"title_lt": "X"}).status_code == 404
    assert event.ref not in desk.get("/desk/events/?view=drafts").text
    assert "Tėvų vakaras" not in desk.get("/desk/events/month/?month=2027-02").text


def test_who_may_choose_the_team_and_whom(centre: Centre):
    event, by = draft(centre), centre.actor("ORGANISER")
    person = centre.people["DOOR_STAFF"]
    for role in ("PUBLISHER", "DOOR_STAFF", "EDITOR", "ANALYST"):
        with pytest.raises(PermissionRefused):
            team.add_member(by=centre.actor(role), event=event, person=person, role="DOOR_STAFF", at=NOW)
    for who, role, why in (
        ("DOOR_STAFF", "PHOTOGRAPHER", "holder"),
        ("ANALYST", "DOOR_STAFF", "holder"),
        ("EDITOR", "EDITOR", "role"),
    ):
        with pytest.raises(team.TeamRefused) as refused:
            team.add_member(by=by, event=event, person=centre.people[who], role=role, at=NOW)
        assert refused.value.why == why
    made = team.add_member(by=by, event=event, person=person, role="DOOR_STAFF", at=NOW)
    with pytest.raises(team.TeamRefused):
        team.add_member(by=by, event=event, person=person, role="DOOR_STAFF", at=NOW)
    with pytest.raises(PermissionRefused):
        team.remove_member(by=centre.actor("DOOR_STAFF"), member=made, at=NOW)
    last = audit.zone_lines(ZONE, limit=1)[0]
    assert last.action == "event_team:changed" and dict(last.facts) == {"what": "added", "role": "DOOR_STAFF"}


def test_a_copy_has_the_same_team(centre: Centre):
    event = on_team(centre, draft(centre), "DOOR_STAFF", "PHOTOGRAPHER")
    copy = actions.copy_event(
        by=centre.actor("ORGANISER"), event=event, starts=local("2027-03-09 10:00"), at=NOW
    )
    assert [row.role for row in copy.team.all()] == ["DOOR_STAFF", "PHOTOGRAPHER"]
    assert Event.objects.visible_to(centre.actor("DOOR_STAFF")).count() == 2


@pytest.mark.parametrize(
    ("path", "marked"),
    [
        ("", "/desk/events/"),
        ("registrations/", "/desk/events/registrations/"),
        ("registrations/setup/", "/desk/events/registrations/"),
        ("tasks/", "/desk/events/tasks/"),
        ("report/", "/desk/events/reports/"),
    ],
)
def test_the_menu_marks_the_part_that_a_page_of_an_event_belongs_to(centre: Centre, path: str, marked: str):
    page = sign_in(centre, "ORGANISER").get(f"/desk/events/{draft(centre).ref}/{path}").text
    current = BeautifulSoup(page, "html.parser").select(".rail [aria-current=page]")
    assert [link["href"] for link in current] == [marked]

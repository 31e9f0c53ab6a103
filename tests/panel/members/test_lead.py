"""When the safeguarding lead is the adult whom a member means, or is not there: somebody else answers, and
the lead learns nothing of it."""

from datetime import timedelta

import pytest
from django.http import Http404
from factories import panel

from sauga.kernel import clock
from sauga.kernel.identity import create_person, person_actor, start_membership
from sauga.kernel.identity.models import Person, Role
from sauga.kernel.notifications.models import Notification
from sauga.kernel.organisations.models import Organisation
from sauga.kernel.permissions import PermissionRefused
from sauga.kernel.states import SystemActor
from sauga.panel.members.actions import adult_acts, exports, safeguarding
from sauga.panel.members.models import AdultAct, Flag, Member
from sauga.panel.members.queries import adults, flags
from tests.centre import CLI, PASSWORD, Centre, centre, sign_in  # noqa: F401  a fixture

NOW = clock.now()
LEAD, STAND_IN = "PANEL_SAFEGUARDING_LEAD", "COORDINATOR"
WORKER = SystemActor("panel")
DESK = "/desk/panel/"


@pytest.fixture
def row(centre: Centre) -> Member:
    return panel.member(centre, "Kopa")


def colleague(role: str, name: str) -> Person:
    """Somebody more with a role at the centre."""
    email = f"{name.split(maxsplit=1)[0].lower()}@sauga.example"
    person = create_person(by=CLI, email=email, name=name, password=PASSWORD, at=NOW).person
    start_membership(
        by=CLI,
        person=person,
        organisation=Organisation.objects.get(code="AC"),
        role=Role.objects.get(code=role),
        zones=[],
        at=NOW - timedelta(days=1),
    )
    return person


@pytest.fixture
def stand_in(centre: Centre) -> Person:
    """The centre's coordinator."""
    centre.people[STAND_IN] = colleague(STAND_IN, "Koordinatorė Pavyzdė")
    return centre.people[STAND_IN]


def about(row: Member, person: Person | None, *, is_adult: bool = True) -> Flag:
    return safeguarding.say_wrong(
        by=panel.account(row),
        words="Man nejauku.",
        about_adult=is_adult,
        adult=person.pk if person else None,
        where="button",
        at=NOW,
    )


def called(template: str) -> list[int]:
    found = Notification.objects.filter(template=template).order_by("person_id")
    return list(found.values_list("person_id", flat=True))


def test_the_lead_who_is_meant_learns_nothing(centre: Centre, row: Member):
    lead, other = centre.people[LEAD], colleague(LEAD, "Antra Pavyzdė")
    flag = about(row, lead)
    assert called(safeguarding.ADULT_ALERT) == [other.pk] and not called(safeguarding.STAND_IN_ALERT)
    meant, second = centre.actor(LEAD), person_actor(other, NOW)
    assert list(flags.seen_by(meant)) == [] and list(flags.seen_by(second)) == [flag]
    assert flags.count_open(meant, NOW) == 0 and flags.counts(meant)["waiting"] == 0
    with pytest.raises(Http404):
        safeguarding.take(by=meant, flag=flag, at=NOW)
    safeguarding.take(by=second, flag=flag, at=NOW)
    safeguarding.answer(by=second, flag=flag, outcome="TALKED", text="Ačiū, kad pasakei.", at=NOW)
    acts = AdultAct.objects.filter(where=f"flag:{flag.ref}")
    assert acts.count() == 2 and not set(acts) & set(adults.seen_by(meant))
    browser = sign_in(centre, LEAD)
    assert browser.get(f"{DESK}flags/{flag.ref}/").status_code == 404
    for page in ("flags/?view=answered", "adults/?view=all", f"members/{row.ref}/", "patterns/", "exports/"):
        shown = browser.get(DESK + page)
        assert (page, shown.status_code, flag.ref in shown.text) == (page, 200, False)
    browser.post(f"{DESK}adults/seen/", {"do": "seen", "refs": [str(one.pk) for one in acts]})
    assert not acts.filter(seen_at__isnull=False).exists()


def test_without_another_lead_the_coordinator_answers(centre: Centre, row: Member, stand_in: Person):
    flag = about(row, centre.people[LEAD])
    assert called(safeguarding.STAND_IN_ALERT) == [stand_in.pk] and not called(safeguarding.ADULT_ALERT)
    by = person_actor(stand_in, NOW)
    assert list(flags.seen_by(by)) == [flag]
    safeguarding.take(by=by, flag=flag, at=NOW)
    safeguarding.answer(by=by, flag=flag, outcome="SCHOOL", text="Ačiū. Tavimi rūpinamės.", at=NOW)
    assert Flag.objects.get().taken_by == stand_in
    page = sign_in(centre, STAND_IN).get(f"{DESK}flags/{flag.ref}/")
    assert page.status_code == 200 and f"/members/{row.ref}/" not in page.text


def test_the_coordinator_sees_nothing_else(centre: Centre, row: Member, stand_in: Person):
    about(row, None, is_adult=False)
    about(row, None)
    by = person_actor(stand_in, NOW)
    assert list(flags.seen_by(by)) == []
    assert not adults.seen_by(by).filter(is_confidential=False).exists()
    browser = sign_in(centre, STAND_IN)
    pages = {"flags/": 200, "adults/": 200, "members/": 404, "patterns/": 404, "exports/": 404}
    assert {page: browser.get(DESK + page).status_code for page in pages} == pages


def test_what_no_lead_takes_in_time_goes_to_the_coordinator(centre: Centre, row: Member, stand_in: Person):
    flag = about(row, None)
    assert safeguarding.stand_in(by=WORKER, at=flag.due_at) == 0
    late = flag.due_at + timedelta(minutes=5)
    assert safeguarding.stand_in(by=WORKER, at=late) == 1 and safeguarding.stand_in(by=WORKER, at=late) == 0
    assert called(safeguarding.STAND_IN_ALERT) == [stand_in.pk]
    assert list(flags.seen_by(person_actor(stand_in, NOW))) == [flag]
    assert list(flags.seen_by(centre.actor(LEAD))) == [flag], "a lead who comes back sees it as well"
    with pytest.raises(PermissionRefused):
        safeguarding.stand_in(by=SystemActor("stranger"), at=late)


def test_a_lead_takes_it_in_time_and_nobody_else_is_called(centre: Centre, row: Member):
    flag = about(row, None)
    safeguarding.take(by=centre.actor(LEAD), flag=flag, at=NOW)
    assert safeguarding.stand_in(by=WORKER, at=flag.due_at + timedelta(hours=1)) == 0


def test_the_member_names_an_adult_of_the_panel_and_nobody_else(centre: Centre, row: Member):
    browser, lead = panel.browser(row), centre.people[LEAD]
    assert lead.name in browser.get("/lt/jaunimas/pranesti/").text
    stranger = centre.people["EDITOR"]
    assert browser.post("/lt/jaunimas/pranesti/", {"adult": str(stranger.pk)}).status_code == 422
    browser.post("/lt/jaunimas/pranesti/", {"adult": str(lead.pk)})
    flag = Flag.objects.get()
    assert flag.about_adult and flag.adult == lead, "naming an adult is enough"
    again = about(row, stranger)
    assert again.adult is None


def test_records_about_it_do_not_reach_the_adult_who_is_meant(centre: Centre, row: Member):
    lead, other = centre.actor(LEAD), person_actor(colleague(LEAD, "Antra Pavyzdė"), NOW)
    about(row, centre.people[LEAD])
    export = exports.ask_export(by=other, member=row, reason="INTERNAL", at=NOW)
    assert lead.person_id not in called("panel.export_asked")
    assert not adults.exports_seen_by(lead).exists()
    with pytest.raises(Http404):
        exports.decide_export(by=lead, export=export, is_approved=True, at=NOW)
    assert len(adults.records_of(row, other.person_id)["flags"]) == 1
    assert adults.records_of(row, lead.person_id)["flags"] == []


def test_alone_the_page_says_so_and_what_to_do(centre: Centre, row: Member):
    page = f"{DESK}adults/"
    assert "Tik Jūs matote" in sign_in(centre, LEAD).get(page).text
    assert "Tik Jūs matote" not in sign_in(centre, "PANEL_FACILITATOR").get(page).text
    safeguarding.take(by=centre.actor(LEAD), flag=about(row, None), at=NOW)
    act = AdultAct.objects.get(what="FLAG_TAKEN")
    second = person_actor(colleague(STAND_IN, "Koordinatorė Pavyzdė"), NOW)
    assert "Tik Jūs matote" not in sign_in(centre, LEAD).get(page).text, "the coordinator is the second"
    assert adult_acts.mark_seen(by=second, acts=[act.pk], at=NOW) == 1

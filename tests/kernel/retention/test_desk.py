"""The desk pages of retention, asked directly: role × organisation × object, two people, and what each says
in both languages."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override
from factories.people import SETUP, Hired, hire, sign_in

from sauga.helpline.calls.models import Call
from sauga.kernel import clock, retention
from sauga.kernel.identity import PermissionRefused, person_actor, start_membership
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.identity.models import Person
from sauga.kernel.notifications.models import Notification
from sauga.kernel.retention import announcements, registry
from sauga.kernel.retention.models import Hold, TermChange

pytestmark = pytest.mark.django_db
DPO, LEGAL = "DATA_PROTECTION_OFFICER", "LEGAL_OFFICER"
ELSEWHERE, COUNTED = "sprendžia tarnybą valdanti organizacija", "jau dabar būtų pasibaigęs"
HOLDS, PERIOD = "/desk/retention/holds/", "/desk/retention/periods/helpline.chat/"


@pytest.fixture
def officer() -> Hired:
    """The data protection officer of the partner that operates everything."""
    return hire("Sigita Pavyzdė", DPO)


@pytest.fixture
def legal() -> Hired:
    """The legal officer of the same partner."""
    return hire("Ramūnas Pavyzdys", LEGAL)


@pytest.fixture
def stranger() -> Hired:
    """The data protection officer of a partner that operates nothing."""
    return hire("Svetimė Pavyzdė", DPO, organisation="other")


@pytest.fixture
def call(db: None) -> Call:
    """A call that ended 40 days ago: ten days past its period."""
    at = clock.now() - timedelta(days=40)
    return Call.objects.create(rang_at=at, closed_at=at)


def at_desk(hired: Hired) -> Client:
    client = Client()
    sign_in(client, hired)
    return client


def asked(client: Client, call: Call, **more: str) -> str:
    """Ask for a hold on the call; its number."""
    until = (clock.local_day(clock.now()) + timedelta(days=90)).isoformat()
    given = {"kind": "helpline.call", "number": call.ref, "reason": "COURT_ORDER", "until": until, **more}
    answer = client.post(f"{HOLDS}new/", given)
    assert answer.status_code == 302, answer.content.decode()
    return Hold.objects.latest("pk").ref


def test_a_hold_is_asked_for_by_one_and_confirmed_by_another(officer, legal, stranger, call):
    first, second = at_desk(officer), at_desk(legal)
    page = f"{HOLDS}{asked(first, call)}/"
    told = Notification.objects.filter(template="retention.hold_to_confirm", link=page)
    assert [row.person_id for row in told] == [legal.person.pk], "nor the one who asked, nor other partners"
    assert "Confirm the legal hold" not in first.get(page, headers={"accept-language": "en"}).content.decode()
    first.post(f"{page}confirm/")
    assert Hold.objects.get().confirmed_at is None, "not by a direct request either"
    second.post(f"{page}confirm/")
    assert Hold.objects.get().confirmed_by == legal.person.pseudonym
    assert not told.filter(read_at=None).exists()
    assert Notification.objects.filter(template="retention.hold_confirmed", person=officer.person).exists()
    assert retention.run(clock.now(), only=["helpline.call"]).outcomes[0].held == 1
    first.post(f"{page}lift/")
    assert retention.run(clock.now(), only=["helpline.call"]).outcomes[0].rows == 1


def test_whoever_may_place_holds_is_reminded_once_before_one_ends(officer, legal, stranger, call):
    first, second = at_desk(officer), at_desk(legal)
    page, now = f"{HOLDS}{asked(first, call)}/", clock.now()
    assert announcements.remind_of_ends(now + timedelta(days=80)) == 0, "nobody has confirmed it"
    second.post(f"{page}confirm/")
    told = Notification.objects.filter(template="retention.hold_ends", link=page)
    assert announcements.remind_of_ends(now + timedelta(days=75)) == 0 and not told.exists(), "too early"
    assert announcements.remind_of_ends(now + timedelta(days=80)) == 2
    people = {officer.person.pk, legal.person.pk}
    assert {row.person_id for row in told} == people, "nobody of another partner"
    assert announcements.remind_of_ends(now + timedelta(days=81)) == 0
    assert "Netrukus baigsis" in first.get("/desk/notices/").content.decode()

    # somebody extends it: nobody is asked to any more
    later = (clock.local_day(now) + timedelta(days=200)).isoformat()
    longer = f"{HOLDS}{asked(first, call, until=later)}/"
    assert told.filter(read_at=None).count() == 2, "not before it is confirmed"
    second.post(f"{longer}confirm/")
    assert not told.filter(read_at=None).exists()


def test_nobody_is_reminded_of_a_hold_that_a_longer_one_continues(officer, legal, call):
    first, second, now = at_desk(officer), at_desk(legal), clock.now()
    for days in (90, 200):
        until = (clock.local_day(now) + timedelta(days=days)).isoformat()
        second.post(f"{HOLDS}{asked(first, call, until=until)}/confirm/")
    assert announcements.remind_of_ends(now + timedelta(days=80)) == 0
    assert announcements.remind_of_ends(now + timedelta(days=190)) == 2


def test_the_reminder_of_a_short_hold_comes_in_its_last_quarter(officer, legal, call):
    first, second, now = at_desk(officer), at_desk(legal), clock.now()
    short = (clock.local_day(now) + timedelta(days=8)).isoformat()
    second.post(f"{HOLDS}{asked(first, call, until=short)}/confirm/")
    assert announcements.remind_of_ends(now + timedelta(days=4)) == 0
    assert announcements.remind_of_ends(now + timedelta(days=8)) == 2


def test_holds_of_another_partners_records_do_not_exist(officer, stranger, call):
    page, other = f"{HOLDS}{asked(at_desk(officer), call)}/", at_desk(stranger)
    assert other.get(page).status_code == 404
    for act in ("confirm", "lift"):
        assert other.post(f"{page}{act}/").status_code == 404
    assert call.ref not in other.get(f"{HOLDS}?view=waiting").content.decode()
    new = other.get(f"{HOLDS}new/").content.decode()
    assert 'value="helpline.call"' not in new and 'value="credentials.credential"' in new
    assert Hold.objects.get().is_waiting(clock.now())


def test_a_record_of_another_partner_and_one_that_is_not_there_are_refused_alike(officer, stranger, call):
    by = person_actor(Person.objects.get(pk=stranger.person.pk), clock.now())
    for kind, number in (("helpline.call", call.ref), ("helpline.call", "0000-0000"), ("vocab.term", "1")):
        with pytest.raises(retention.HoldRefused) as refused:
            retention.legal_holds.record_for(by, kind, number)
        assert refused.value.why == "record"
    own = person_actor(Person.objects.get(pk=officer.person.pk), clock.now())
    assert retention.legal_holds.record_for(own, "helpline.call", f" {call.ref.lower()} ") == call


def test_a_right_elsewhere_and_another_role_here_do_not_add_up(stranger, call):
    """Data protection officer of one partner, counsellor at the operator: not its data protection officer."""
    colleague = hire("Vaida Pavyzdė", "COUNSELLOR")
    at = clock.now()
    start_membership(
        by=SETUP,
        person=stranger.person,
        organisation=colleague.membership.organisation,
        role=colleague.membership.role,
        zones=[],
        at=at,
    )
    by = person_actor(Person.objects.get(pk=stranger.person.pk), clock.now())
    assert by.can("retention.hold") and colleague.membership.organisation_id in by.organisations
    with pytest.raises(retention.HoldRefused):
        retention.legal_holds.record_for(by, "helpline.call", call.ref)
    with pytest.raises(PermissionRefused):
        retention.propose_term(by=by, code="helpline.chat", days=10, at=at)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": "0000-0000"}, "number"),
        ({"number": "a\0b"}, "number"),
        ({"reason": "BECAUSE"}, "reason"),
        ({"until": "2020-01-01"}, "until"),
        ({"until": "9999-12-31"}, "until"),
        ({"until": "soon"}, "until"),
        ({"kind": "identity.person"}, "kind"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back_with_everything(officer, call, wrong, said):
    given = {"kind": "helpline.call", "number": call.ref, "reason": "COURT_ORDER", "until": "2026-12-31"}
    answer = at_desk(officer).post(f"{HOLDS}new/", given | wrong)
    assert answer.status_code == 422 and said in answer.context["form"].errors
    assert not Hold.objects.exists()
    if "reason" not in wrong:
        assert '<option value="COURT_ORDER" selected>' in answer.content.decode()


def test_a_period_is_changed_by_two(officer, legal, stranger, call):
    first, second, other = at_desk(officer), at_desk(legal), at_desk(stranger)
    assert first.post(f"{PERIOD}change/", {"days": "ten"}).status_code == 422
    assert first.post(f"{PERIOD}change/", {"days": "40000"}).status_code == 422
    for person in (second, other):
        person.post(f"{PERIOD}change/", {"days": "60"})
    assert not TermChange.objects.exists(), "a legal officer does not propose, another partner neither"
    first.post(f"{PERIOD}change/", {"days": "60"})
    first.post(f"{PERIOD}confirm/")
    other.post(f"{PERIOD}confirm/")
    other.post(f"{PERIOD}end/")
    assert retention.keep_terms()["helpline.chat"] == timedelta(days=30)
    told = Notification.objects.filter(template="retention.term_to_confirm", link=PERIOD)
    assert [row.person_id for row in told] == [legal.person.pk]
    page = second.get(PERIOD).content.decode()
    assert "Sigita Pavyzdė" in page and officer.person.pseudonym not in page
    second.post(f"{PERIOD}confirm/")
    assert retention.keep_terms()["helpline.chat"] == timedelta(days=60)
    first.post(f"{PERIOD}default/")
    second.post(f"{PERIOD}end/")
    assert retention.keep_terms()["helpline.chat"] == timedelta(days=60)


def test_the_page_of_a_proposal_says_what_would_be_past_its_period(officer, legal, call):
    at = clock.now()
    Call.objects.create(rang_at=at, closed_at=at - timedelta(days=20))
    at_desk(officer).post(f"{PERIOD}change/", {"days": "10"})
    found = at_desk(legal).get(PERIOD).context["waiting"]
    assert (found["after"], found["now"]) == (2, 1)
    assert [person.pk for person in found["seconds"]] == [legal.person.pk]


def test_where_nobody_else_may_confirm_the_page_says_so(officer):
    client = at_desk(officer)
    client.post(f"{PERIOD}change/", {"days": "10"})
    client.cookies["django_language"] = "en"
    assert client.get(PERIOD).context["waiting"]["seconds"] == []


def test_the_second_factor_is_asked_for_before_a_period_is_opened(officer):
    client = at_desk(officer)
    session = client.session
    session.pop(sudo.KEY, None)
    session.save()
    assert client.get(PERIOD).headers["Location"].startswith("/desk/sudo/")
    assert client.post(f"{PERIOD}change/", {"days": "10"}).status_code == 302
    assert not TermChange.objects.exists()


@pytest.mark.parametrize("days", ["", "ninety", "0", "-3", "12.5", "9" * 30, "36526", "1\0"])
def test_days_that_cannot_be_kept_come_back_with_the_form(officer, days):
    answer = at_desk(officer).post(f"{PERIOD}change/", {"days": days})
    assert answer.status_code == 422
    assert 'name="days"' in answer.text and 'aria-invalid="true"' in answer.text
    assert not TermChange.objects.exists()


def test_lists_of_changes_have_a_row_for_each_period_not_for_each_kind_of_record(officer, legal):
    """And the number beside a tab counts those rows."""
    code = "hotline.address"
    assert len(registry.rules_of(code)) > 1
    by = person_actor(officer.person, clock.now())
    change = retention.propose_term(by=by, code=code, days=365, at=clock.now())
    link = f'href="/desk/retention/periods/{code}/"'
    client = at_desk(officer)
    shown = client.get("/desk/retention/?view=waiting")
    assert shown.text.count(link) == 1 and shown.context["listing"].counts()["waiting"] == 1
    retention.confirm_term(by=person_actor(legal.person, clock.now()), change=change, at=clock.now())
    assert client.get("/desk/retention/?view=changed").text.count(link) == 1
    assert client.get("/desk/retention/?view=timed").text.count(link) == len(registry.rules_of(code))


def test_a_proposal_that_an_upgrade_has_put_out_of_bounds_is_not_confirmed(officer, legal, monkeypatch):
    change = retention.propose_term(
        by=person_actor(officer.person, clock.now()), code="helpline.chat", days=10, at=clock.now()
    )
    narrowed = replace(registry._terms["helpline.chat"], least=timedelta(days=20))
    monkeypatch.setitem(registry._terms, "helpline.chat", narrowed)
    with pytest.raises(retention.TermRefused):
        retention.confirm_term(by=person_actor(legal.person, clock.now()), change=change, at=clock.now())
    assert retention.keep_terms()["helpline.chat"] == timedelta(days=30)


def test_whoever_does_not_decide_about_a_period_is_offered_nothing_and_told_why(officer, stranger, legal):
    at = clock.now()
    retention.propose_term(by=person_actor(officer.person, at), code="helpline.chat", days=10, at=at)
    shown = at_desk(stranger).get(PERIOD).text
    assert f"{PERIOD}confirm/" not in shown and f"{PERIOD}end/" not in shown
    assert ELSEWHERE in shown and COUNTED not in shown, "nor are its records theirs to count"
    other = at_desk(stranger).get("/desk/retention/periods/helpline.letter/").text
    assert "periods/helpline.letter/change/" not in other
    mine = at_desk(legal).get(PERIOD).text
    assert f"{PERIOD}confirm/" in mine and ELSEWHERE not in mine and COUNTED in mine


def test_an_unknown_period_or_hold_is_not_there(officer):
    client = at_desk(officer)
    for address in ("/desk/retention/periods/nothing/", f"{HOLDS}nothing/"):
        assert client.get(address).status_code == 404


def test_the_lists_say_what_is_there_in_every_view(officer, legal, call, django_assert_max_num_queries):
    client = at_desk(officer)
    for view in ("timed", "changed", "waiting", "kept"):
        assert client.get(f"/desk/retention/?view={view}").status_code == 200
    for view in ("in-force", "waiting", "over"):
        assert client.get(f"{HOLDS}?view={view}").status_code == 200
    asked(client, call)
    found = client.get(f"{HOLDS}?view=waiting&number={call.ref}&reason=COURT_ORDER").content.decode()
    assert call.ref in found and "Sigita Pavyzdė" in found
    with django_assert_max_num_queries(20):
        client.get("/desk/retention/")
    narrowed = client.get("/desk/retention/?service=helpline").content.decode()
    assert "helpline.chat" in narrowed and "hotline.words" not in narrowed
    assert client.get("/desk/retention/?format=csv").status_code == 200


def test_every_rule_says_in_both_languages_what_it_is_about_and_what_is_counted():
    def words(language: str) -> list[str]:
        with override(language):
            rules = [str(text) for rule in registry.rules() for text in (rule.what, rule.since)]
            return rules + [str(text) for one in registry.kept() for text in (one.what, one.reason)]

    english, lithuanian = words("en"), words("lt")
    assert all(english)
    assert not [one for one, other in zip(english, lithuanian, strict=True) if one == other]


def test_a_records_page_shows_its_hold_and_offers_one_to_those_who_may(officer, legal, call):
    from django.template import Context, Template
    from django.test import RequestFactory

    from sauga.kernel.identity.actors import CACHE

    def shown(hired: Hired) -> str:
        request = RequestFactory().get("/desk/helpline/calls/")
        by = person_actor(Person.objects.get(pk=hired.person.pk), clock.now())
        setattr(request, CACHE, by)
        with override("en"):
            return Template("{% load retention %}{% legal_hold row %}").render(
                Context({"request": request, "row": call})
            )

    nobody = hire("Vaida Pavyzdė", "COUNSELLOR")
    assert "Place a legal hold" in shown(officer) and not shown(nobody).strip()
    asked(at_desk(officer), call)
    assert "On legal hold until" in shown(nobody) and "href" not in shown(nobody)
    assert f"{HOLDS}{Hold.objects.get().ref}/" in shown(legal)

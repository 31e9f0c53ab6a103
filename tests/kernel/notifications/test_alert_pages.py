"""The bell, the bar and the sender's view on pages of the desk, with and without a script; the
page of the rules.
"""

import re

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from sauga.kernel import clock, notifications
from sauga.kernel.notifications.alerts import actions, queries
from sauga.kernel.notifications.models import Alert
from tests.kernel.notifications.alerting import ABOUT, Team, at_desk, called, team
from tests.markup import tidy

__all__ = ["team"]
PAGE = "/desk/notices/"
BY_SCRIPT = {"X-Sauga-Alert": "1"}


def bar(page: str) -> str:
    return page[page.index('id="urgents"') : page.index("<header")] if "<header" in page else page


def test_every_page_has_the_bell_with_its_count(team: Team):
    client = at_desk(team.people["LEAD"])
    page = client.get("/desk/style/").content.decode()
    assert 'aria-label="Notifications: none new"' in page and "data-alert=" not in page
    for _ in range(2):
        notifications.notify(to=team.people["LEAD"], template="test.plain", at=clock.now())
    page = client.get("/desk/style/").content.decode()
    assert 'aria-label="Notifications: 2 new"' in page and page.count("Work waits") == 2
    assert client.get("/desk/").content.decode().count('id="bell"') == 1


def test_a_count_that_is_too_long_is_cut(team: Team):
    for _ in range(100):
        notifications.notify(to=team.people["LEAD"], template="test.plain", at=clock.now())
    assert ">99+<" in tidy(at_desk(team.people["LEAD"]).get("/desk/style/").content.decode())


def test_without_a_script_the_bar_is_on_the_next_page_and_a_form_acknowledges(team: Team):
    alert = team.raised(clock.now())
    lead, sender = at_desk(team.people["LEAD"]), at_desk(team.people["SENDER"])
    page = bar(lead.get(PAGE).content.decode())
    assert "Case K7Q4: come now" in page and "called by Vardė Sender" in page and "Deputy (all)" in page
    assert "data-alert=" not in bar(sender.get(PAGE).content.decode())
    assert alert.calls.get().shown_at is not None
    answer = lead.post(f"/desk/notices/alert/{alert.ref}/", {"do": "see"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/desk/style/")
    page = bar(lead.get(PAGE).content.decode())
    assert "data-alert=" not in page and "Seen by you" in page
    call = alert.calls.get().pk
    assert (
        lead.post(
            f"/desk/notices/{call}/hide/", headers={"Referer": "http://testserver/desk/style/"}
        ).headers["Location"]
        == "/desk/style/"
    )
    assert "Seen by" not in bar(lead.get(PAGE).content.decode())


def test_the_others_read_who_has_seen_it(team: Team):
    alert = team.raised(clock.now())
    deputy, lead = at_desk(team.people["DEPUTY"]), at_desk(team.people["LEAD"])
    assert (
        lead.post(f"/desk/notices/alert/{alert.ref}/", {"do": "pass"}, headers=BY_SCRIPT).status_code == 204
    )
    assert called(alert) == ["LEAD", "DEPUTY"]
    assert (
        deputy.post(f"/desk/notices/alert/{alert.ref}/", {"do": "see"}, headers=BY_SCRIPT).status_code == 204
    )
    team.on_duty[:] = []
    assert "Seen by you" in bar(deputy.get("/desk/notices/now/").content.decode())
    assert (
        lead.post(f"/desk/notices/alert/{alert.ref}/", {"do": "pass"}, headers=BY_SCRIPT).status_code == 409
    )
    page = lead.post(f"/desk/notices/alert/{alert.ref}/", {"do": "pass"}, follow=True).content.decode()
    assert "Somebody has answered this alert already" in page


def test_the_part_that_pages_renew_changes_its_version_with_what_it_shows(team: Team):
    lead = at_desk(team.people["LEAD"])
    versions = set()

    def renewed() -> str:
        page = lead.get("/desk/notices/now/").content.decode()
        versions.add(" | ".join(re.findall(r'data-version="([^"]*)"', page)))
        return page

    renewed()
    alert = team.raised(clock.now())
    assert 'class="bell hot"' in renewed()
    actions.call_next(by=team.actor("SENDER"), ref=alert.ref, at=clock.now())
    renewed()
    actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=clock.now())
    assert 'class="bell hot"' not in renewed()
    assert len(versions) == 4


def test_the_sender_reads_what_happened(team: Team):
    sender, lead = at_desk(team.people["SENDER"]), at_desk(team.people["LEAD"])
    address = f"/desk/notices/sent/?about={ABOUT}"
    assert "hidden" in tidy(sender.get(address).content.decode()) and "Nobody has seen it yet" not in tidy(
        sender.get(address).content.decode()
    )
    alert = team.raised(clock.now())
    page = tidy(sender.get(address).content.decode())
    assert (
        "Nobody has seen it yet" in page
        and "Vardė Lead: no page open" in page
        and 'href="tel:+37060000000"' in page
    )
    lead.get(PAGE)
    assert "Vardė Lead: on the screen, not confirmed" in tidy(sender.get(address).content.decode())
    assert sender.post(f"/desk/notices/alert/{alert.ref}/next/", headers=BY_SCRIPT).status_code == 204
    assert "Vardė Deputy" in tidy(sender.get(address).content.decode())
    actions.acknowledge_alert(by=team.actor("LEAD"), ref=alert.ref, at=clock.now())
    page = tidy(sender.get(address).content.decode())
    assert "Seen by Vardė Lead, " in page and "tel:" not in page
    stranger = at_desk(team.people["STRANGER"]).get(address).content.decode()
    assert "Vardė" not in stranger and "K7Q4: come" not in stranger


def test_the_sender_withdraws_and_others_cannot(team: Team):
    alert = team.raised(clock.now())
    lead, sender, stranger = (at_desk(team.people[who]) for who in ("LEAD", "SENDER", "STRANGER"))
    assert stranger.post(f"/desk/notices/alert/{alert.ref}/withdraw/").status_code == 404
    assert stranger.post(f"/desk/notices/alert/{alert.ref}/").status_code == 404
    assert lead.post(f"/desk/notices/alert/{alert.ref}/withdraw/", headers=BY_SCRIPT).status_code == 409
    assert (
        sender.post(f"/desk/notices/alert/{alert.ref}/", {"do": "see"}, headers=BY_SCRIPT).status_code == 409
    )
    assert sender.post(f"/desk/notices/alert/{alert.ref}/withdraw/").status_code == 302
    assert Alert.objects.get().ended_at is not None
    assert sender.get(f"/desk/notices/alert/{alert.ref}/withdraw/").status_code == 404


def test_a_page_without_a_number_says_what_to_do(team: Team):
    chief = team.actor("CHIEF")
    rules = queries.rules_of(chief, "test", clock.now())
    steps = [type(step)(step.after, step.to) for step in rules.steps]
    actions.change_alert_rules(by=chief, service=rules.service, steps=steps, based_on=1, at=clock.now())
    team.raised(clock.now())
    page = at_desk(team.people["SENDER"]).get(f"/desk/notices/sent/?about={ABOUT}").content.decode()
    assert "No phone number is set" in page and "112" in page


def test_a_page_without_anybody_signed_in_has_no_bell(rf: RequestFactory):
    context = Context({"request": rf.get("/desk/signin/")})
    assert Template("{% load alerts %}{% alerts_now as now %}{{ now }}").render(context) == "None"


class TestRules:
    """The page of the escalation steps."""

    ADDRESS = "/desk/notices/rules/test/"

    def given(self, **more: str) -> dict[str, str]:
        filled = {
            "based_on": "1",
            "to_0": "ON_DUTY",
            "after_0": "0",
            "phone_0": "+370 600 00009",
            "to_1": "MANAGER",
            "after_1": "90",
        }
        return {**filled, **more}

    def test_the_administrator_changes_them(self, team: Team):
        chief = at_desk(team.people["CHIEF"])
        assert self.ADDRESS in chief.get(PAGE).content.decode()
        assert "the lead on duty" in chief.get(self.ADDRESS).content.decode()
        page = chief.post(self.ADDRESS, self.given(), follow=True).content.decode()
        assert "Saved." in page and "+370 600 00009" in page and "Version 1" in page
        assert [
            step.seconds for step in queries.rules_of(team.actor("CHIEF"), "test", clock.now()).steps
        ] == [0, 90]

    @pytest.mark.parametrize(
        ("more", "said"),
        [
            ({"after_0": "5"}, "The first line is called at once"),
            ({"after_1": "0"}, "Each line must come later"),
            ({"phone_0": "call me"}, "This is not a phone number"),
            ({"after_1": "3601"}, "3600"),
            ({"to_0": "NOBODY"}, "NOBODY"),
            ({"based_on": "0"}, "A colleague saved this while you were editing"),
        ],
    )
    def test_what_cannot_work_comes_back_with_its_reason(self, team: Team, more, said):
        answer = at_desk(team.people["CHIEF"]).post(self.ADDRESS, self.given(**more))
        assert answer.status_code == 422 and said in answer.content.decode()

    def test_steps_that_only_an_action_can_refuse(self, team: Team):
        more = {f"to_{n}": "MANAGER" for n in range(6)} | {f"after_{n}": str(n) for n in range(6)}
        answer = at_desk(team.people["CHIEF"]).post(self.ADDRESS, self.given(**more))
        assert answer.status_code == 302

    @pytest.mark.parametrize("who", ["LEAD", "SENDER", "STRANGER"])
    def test_for_others_there_is_no_such_page(self, team: Team, who):
        client = at_desk(team.people[who])
        assert (
            client.get(self.ADDRESS).status_code == client.post(self.ADDRESS, self.given()).status_code == 404
        )
        assert "/desk/notices/rules/" not in client.get(PAGE).content.decode()

    def test_the_second_factor_is_asked_again(self, team: Team):
        client = at_desk(team.people["CHIEF"])
        session = client.session
        del session["identity.sudo"]
        session.save()
        assert client.get(self.ADDRESS).headers["Location"].startswith("/desk/sudo/")

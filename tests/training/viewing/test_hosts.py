"""A library from the invitation to the count, and every refusal by direct request."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.members import browser_of, joined
from factories.webinars import (
    AFTER,
    DURING,
    ENDS,
    GOOD,
    HOST,
    NOW,
    STARTS,
    WORKER,
    a_library,
    a_webinar,
    enrolled,
    enrolment,
    invited,
    live,
    ready,
    webinar_event,
)
from kernel.notifications.conftest import post

from sauga.events.programme.actions import publication
from sauga.kernel import clock, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.refusals import ActionRefused, TextMissing
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import MoveNotAllowed, SystemActor
from sauga.training import effects
from sauga.training.states import SiteState
from sauga.training.viewing.actions import audience_counts, hosts, invitations, messages, reminders
from sauga.training.viewing.actions import mail as mail_actions
from sauga.training.viewing.documents import Mail
from sauga.training.viewing.models import SiteHost, SiteMessage, ViewingSite
from sauga.training.viewing.queries import links, sites
from sauga.training.viewing.queries.hosts import host_of
from sauga.training.viewing.rules import Findings
from tests.centre import Centre, centre, sign_in

__all__ = ["centre", "post"]
pytestmark = pytest.mark.django_db
HEADS = {"parents": 31, "librarians": 1}


@pytest.fixture
def webinar(centre: Centre):
    return a_webinar(centre)


@pytest.fixture
def at(monkeypatch):
    """Sets the clock that pages ask."""

    def put(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)

    put(NOW)
    return put


def said(mail) -> str:
    content = message_from_bytes(mail.content, policy=policy.default)
    body = content.get_body(("plain",))
    assert body is not None
    return f"{content['Subject']}\n{body.get_content()}".replace("\xa0", " ")


def test_libraries_are_invited_once_by_mail_with_a_link_and_no_account(centre, webinar, post, at):
    library = a_library()
    [site] = invited(centre, webinar, library)
    assert mail_actions.send_mail(by=WORKER, site_id=site.pk, what=Mail.INVITATION, at=NOW)
    text = said(post.mails[-1])
    assert "Žąsų biblioteka 1" in text and "2027 m. sausio 21 d., ketvirtadienis, 17:30" in text
    link = re.search(r"https://sauga\.example(/lt/mokymai/\S+)", text)
    assert link and Client().get(link[1]).status_code == 200
    assert post.mails[-1].rcpt_tos == ["biblioteka1@biblioteka.example"]
    with pytest.raises(invitations.InvitationRefused):
        invited(centre, webinar, library)


def test_the_answer_of_a_library_is_encrypted_and_its_key_goes_with_retention(centre, webinar):
    site = enrolled(invited(centre, webinar)[0])
    assert site.state == SiteState.ENROLLED and site.seats == 40
    row = SiteHost.objects.get(site=site)
    assert b"Daiva" not in bytes(row.name) and host_of(site).name == "Daiva Girdenytė"
    hosts.change(by=HOST, site=site, given=enrolment(25), at=NOW)
    assert host_of(site).phone == "+370 611 11111"
    retention.run(by=SystemActor("retention"), at=ENDS + timedelta(days=120))
    assert not SiteHost.objects.exists() and host_of(site).name == ""
    assert not WrappedKey.objects.filter(holder=site.holder).exists()


def test_whoever_declines_is_reminded_of_nothing_and_may_still_enrol(centre, webinar):
    site = invited(centre, webinar)[0]
    hosts.decline(by=HOST, site=site, at=NOW)
    assert reminders.advance_sites(by=WORKER, at=STARTS - timedelta(days=6)) == 0
    assert enrolled(site, STARTS - timedelta(days=5)).declined_at is None


@pytest.mark.parametrize("seats", [0, -3, 1001])
def test_a_room_has_from_one_to_a_thousand_seats(centre, webinar, seats):
    with pytest.raises(hosts.HostingRefused):
        hosts.enrol(by=HOST, site=invited(centre, webinar)[0], given=enrolment(seats), at=NOW)


def test_a_failed_test_is_stored_and_moves_nothing(centre, webinar):
    site = enrolled(invited(centre, webinar)[0])
    bad = Findings(picture=False, sound=True, smooth=False)
    assert not hosts.store_test(by=HOST, site=site, found=bad, at=NOW).passed
    site.refresh_from_db()
    assert site.state == SiteState.ENROLLED and sites.last_test(site) is not None
    hosts.store_test(by=HOST, site=site, found=GOOD, at=NOW)
    site.refresh_from_db()
    assert site.state == SiteState.TECH_TESTED


def test_each_step_out_of_turn_is_refused(centre, webinar):
    site = invited(centre, webinar)[0]
    for act in (
        lambda: hosts.store_test(by=HOST, site=site, found=GOOD, at=NOW),
        lambda: hosts.say_ready(by=HOST, site=site, at=NOW),
        lambda: hosts.show(by=HOST, site=site, picture="OK", at=DURING),
        lambda: hosts.withdraw(by=HOST, site=site, at=NOW),
        lambda: hosts.report_picture(by=HOST, site=site, picture="OK", at=DURING),
        lambda: hosts.note_papers(by=HOST, site=site, what="slips", at=NOW),
        lambda: audience_counts.count(by=HOST, site=site, heads=HEADS, at=AFTER),
        lambda: audience_counts.close(by=centre.actor("WEBINAR_HOST"), site=site, at=AFTER),
    ):
        with pytest.raises(MoveNotAllowed):
            act()
    row = enrolled(site)
    with pytest.raises(MoveNotAllowed):
        hosts.say_ready(by=HOST, site=row, at=NOW)
    with pytest.raises(MoveNotAllowed):
        enrolled(row)
    with pytest.raises(invitations.InvitationRefused):
        invitations.take_back(by=centre.actor("WEBINAR_HOST"), site=row, at=NOW)


def test_showing_begins_a_quarter_of_an_hour_before_and_ends_a_day_after(centre, webinar):
    site = ready(invited(centre, webinar)[0])
    for moment in (STARTS - timedelta(minutes=16), ENDS + timedelta(hours=24)):
        with pytest.raises(hosts.HostingRefused):
            hosts.show(by=HOST, site=site, picture="OK", at=moment)
    with pytest.raises(hosts.HostingRefused):
        hosts.show(by=HOST, site=site, picture="LOST", at=DURING)
    late = hosts.show(by=HOST, site=site, picture="FALLBACK", at=ENDS + timedelta(hours=20))
    assert late.state == SiteState.LIVE


def test_a_count_waits_for_the_end_and_is_explained_above_twice_the_seats(centre, webinar):
    site = live(invited(centre, webinar)[0])
    with pytest.raises(audience_counts.CountRefused) as early:
        audience_counts.count(by=HOST, site=site, heads=HEADS, at=DURING)
    assert early.value.why == "early"
    for heads, why in (({}, "none"), ({"parents": 41}, "room"), ({"pets": 3}, "negative")):
        with pytest.raises(audience_counts.CountRefused) as refused:
            audience_counts.count(by=HOST, site=site, heads=heads, at=AFTER)
        assert refused.value.why == why
    with pytest.raises(audience_counts.CountRefused, match="note"):
        audience_counts.count(by=HOST, site=site, heads={"parents": 81}, is_sure=True, at=AFTER)
    with pytest.raises(audience_counts.CountRefused, match="room"):  # the note of before is no answer
        audience_counts.count(by=HOST, site=site, heads={"parents": 81}, note="Du kartus.", at=AFTER)
    sure = {"note": "Du kartus.", "is_sure": True}
    row = audience_counts.count(by=HOST, site=site, heads={"parents": 81}, **sure, at=AFTER)
    assert (row.state, row.note) == (SiteState.COUNTED, "Du kartus.")
    row = audience_counts.count(by=HOST, site=site, heads=HEADS, at=AFTER + timedelta(days=1))
    assert sites.heads_of([row.pk]) == {row.pk: 32} and row.note == ""
    audience_counts.close(by=centre.actor("WEBINAR_HOST"), site=row, at=AFTER + timedelta(days=2))
    with pytest.raises(MoveNotAllowed):
        audience_counts.count(by=HOST, site=row, heads=HEADS, at=AFTER + timedelta(days=3))


def test_the_first_count_counts_toward_the_course_of_whoever_linked_the_evening(centre, webinar, monkeypatch):
    heard = []
    monkeypatch.setitem(effects.hosting_counted._reactions, "test", lambda **facts: heard.append(facts) or 1)
    member, _secret = joined("daiva@biblioteka.example", "Daiva")
    other, _secret = joined("jonas@biblioteka.example", "Jonas")
    site = live(invited(centre, webinar)[0])
    hosts.link_member(by=member, site=site, at=NOW)
    with pytest.raises(hosts.HostingRefused):
        hosts.link_member(by=other, site=site, at=NOW)
    audience_counts.count(by=HOST, site=site, heads=HEADS, at=AFTER)
    audience_counts.count(by=HOST, site=site, heads=HEADS, at=AFTER)
    assert [one["site"].member_id for one in heard] == [member.member_id]


def test_a_count_is_asked_for_reminded_of_and_overdue_and_can_still_come(centre, webinar, post):
    site = live(invited(centre, webinar)[0])
    told = []
    for hours in (0, 1, 48, 49, 72, 80):
        reminders.advance_sites(by=WORKER, at=ENDS + timedelta(hours=hours))
        site.refresh_from_db()
        told.append((hours, site.state, len(site.sent)))
    assert told == [
        (0, SiteState.LIVE, 1),
        (1, SiteState.LIVE, 1),
        (48, SiteState.LIVE, 2),
        (49, SiteState.LIVE, 2),
        (72, SiteState.OVERDUE, 3),
        (80, SiteState.OVERDUE, 3),
    ]
    assert mail_actions.send_mail(
        by=WORKER, site_id=site.pk, what=Mail.OVERDUE, at=ENDS + timedelta(hours=72)
    )
    assert "Negavome" in said(post.mails[-1]) or "negavome" in said(post.mails[-1])
    row = audience_counts.count(by=HOST, site=site, heads=HEADS, at=ENDS + timedelta(days=5))
    assert row.state == SiteState.COUNTED


def test_who_was_not_seen_live_is_a_no_show_a_day_later_and_closed_in_the_end(centre, webinar):
    site = ready(invited(centre, webinar)[0])
    reminders.advance_sites(by=WORKER, at=ENDS + timedelta(hours=25))
    site.refresh_from_db()
    assert site.state == SiteState.NO_SHOW
    with pytest.raises(MoveNotAllowed):
        hosts.show(by=HOST, site=site, picture="OK", at=ENDS + timedelta(hours=23))
    reminders.advance_sites(by=WORKER, at=ENDS + timedelta(days=20))
    site.refresh_from_db()
    assert site.state == SiteState.CLOSED


def test_the_papers_go_out_the_day_before_with_the_script_and_the_paper_questions(centre, webinar, post):
    site = ready(invited(centre, webinar)[0])
    day_before = STARTS - timedelta(hours=24)
    assert reminders.advance_sites(by=WORKER, at=day_before) == 1
    assert reminders.advance_sites(by=WORKER, at=day_before) == 0
    assert mail_actions.send_mail(by=WORKER, site_id=site.pk, what=Mail.MATERIALS, at=day_before)
    letter = message_from_bytes(post.mails[-1].content, policy=policy.default)
    files = {one.get_filename(): one.get_content() for one in letter.iter_attachments()}
    assert set(files) == {"scenarijus.pdf", "klausimu-lapeliai.pdf"}
    assert all(content.startswith(b"%PDF") for content in files.values())


def test_a_silent_page_is_a_lost_picture_once_and_comes_back(centre, webinar):
    site = live(invited(centre, webinar)[0])
    assert reminders.note_silence(by=WORKER, at=DURING + timedelta(hours=1)) == 0  # said by a button only
    hosts.report_picture(by=HOST, site=site, picture="OK", at=DURING, is_heard=True)
    assert reminders.note_silence(by=WORKER, at=DURING + timedelta(seconds=60)) == 0
    assert reminders.note_silence(by=WORKER, at=DURING + timedelta(seconds=90)) == 1
    assert reminders.note_silence(by=WORKER, at=DURING + timedelta(seconds=120)) == 0
    site.refresh_from_db()
    assert sites.view_of(site, DURING) == sites.LOST
    hosts.report_picture(by=HOST, site=site, picture="OK", at=DURING + timedelta(seconds=130), is_heard=True)
    site.refresh_from_db()
    assert sites.view_of(site, DURING) == sites.LIVE


def test_a_moved_webinar_and_a_cancelled_one_are_told_to_its_libraries(centre, webinar, post):
    site = ready(invited(centre, webinar)[0])
    event = webinar.event
    publication.cancel_event(
        by=centre.actor("ORGANISER"), event=event, reason="venue", note={}, at=NOW + timedelta(days=1)
    )
    assert mail_actions.send_mail(by=WORKER, site_id=site.pk, what=Mail.CANCELLED, at=NOW)
    assert "neįvyks" in said(post.mails[-1])
    assert not mail_actions.send_mail(by=WORKER, site_id=site.pk, what=Mail.MATERIALS, at=NOW)
    assert reminders.advance_sites(by=WORKER, at=STARTS - timedelta(hours=20)) == 0
    fresh = ViewingSite.objects.select_related("webinar__event").get(pk=site.pk)
    with pytest.raises(hosts.HostingRefused):
        hosts.show(by=HOST, site=fresh, picture="OK", at=DURING)


OUTSIDERS = (SystemActor("webinar_viewer"), SystemActor("webinar_speaker"), SystemActor("nobody"))


def test_only_the_holder_of_the_link_and_coordinators_act_for_a_library(centre, webinar):
    site = ready(invited(centre, webinar)[0])
    people = [centre.actor(role) for role in ("ORGANISER", "EDITOR", "AWARENESS_STATISTICIAN", "ANALYST")]
    for by in (*OUTSIDERS, *people):
        for act in (
            lambda by=by: hosts.enrol(by=by, site=site, given=enrolment(), at=NOW),
            lambda by=by: hosts.change(by=by, site=site, given=enrolment(), at=NOW),
            lambda by=by: hosts.decline(by=by, site=site, at=NOW),
            lambda by=by: hosts.withdraw(by=by, site=site, at=NOW),
            lambda by=by: hosts.store_test(by=by, site=site, found=GOOD, at=NOW),
            lambda by=by: hosts.note_papers(by=by, site=site, what="slips", at=NOW),
            lambda by=by: hosts.say_ready(by=by, site=site, at=NOW),
            lambda by=by: hosts.show(by=by, site=site, picture="OK", at=DURING),
            lambda by=by: hosts.report_picture(by=by, site=site, picture="OK", at=DURING),
            lambda by=by: audience_counts.count(by=by, site=site, heads=HEADS, at=AFTER),
            lambda by=by: audience_counts.close(by=by, site=site, at=AFTER),
            lambda by=by: messages.write(by=by, site=site, text="Labas", at=NOW),
            lambda by=by: messages.mark_read(by=by, site=site, at=NOW),
            lambda by=by: messages.write_to_many(by=by, webinar=webinar, sites=[site], text="L", at=NOW),
            lambda by=by: invitations.invite(by=by, webinar=webinar, organisations=[], language="lt", at=NOW),
            lambda by=by: invitations.send_link(by=by, site=site, at=NOW),
            lambda by=by: invitations.take_back(by=by, site=site, at=NOW),
            lambda by=by: reminders.advance_sites(by=by, at=NOW),
            lambda by=by: reminders.note_silence(by=by, at=NOW),
        ):
            with pytest.raises(PermissionRefused):
                act()


def test_a_library_does_nothing_of_the_coordinator(centre, webinar):
    site = ready(invited(centre, webinar)[0])
    for act in (
        lambda: audience_counts.close(by=HOST, site=site, at=AFTER),
        lambda: messages.mark_read(by=HOST, site=site, at=NOW),
        lambda: invitations.send_link(by=HOST, site=site, at=NOW),
        lambda: invitations.take_back(by=HOST, site=site, at=NOW),
    ):
        with pytest.raises(PermissionRefused):
            act()


def test_messages_between_a_library_and_the_organisers(centre, webinar):
    first, second = invited(centre, webinar, a_library(1), a_library(2))
    with pytest.raises(TextMissing):
        messages.write(by=HOST, site=first, text="  ", at=NOW)
    with pytest.raises(messages.MessageRefused):
        messages.write(by=HOST, site=first, text="a" * 1001, at=NOW)
    messages.write(by=HOST, site=first, text="Negirdime garso", at=NOW)
    assert sites.unread(webinar) == {first.pk: 1}
    by = centre.actor("WEBINAR_HOST")
    messages.write(by=by, site=first, text="Patikrinkite kabelį", at=NOW)
    assert sites.unread(webinar) == {}
    assert (
        messages.write_to_many(by=by, webinar=webinar, sites=[first, second], text="Pradedame", at=NOW) == 2
    )
    assert SiteMessage.objects.filter(site=second).count() == 1
    other = a_webinar(centre, webinar_event(centre, kind="webinar"))
    with pytest.raises(messages.MessageRefused):
        messages.write_to_many(by=by, webinar=other, sites=[first], text="Pradedame", at=NOW)


# ---- the same over the pages


def page(site) -> str:
    return links.own_path(site)


def test_a_library_goes_from_the_invitation_to_the_count_on_one_page(centre, webinar, at):
    site, browser = invited(centre, webinar)[0], Client()
    answer = {"do": "enrol", "seats": "40", "name": "Daiva", "phone": "+370 611 11111", "is_public": "on"}
    assert browser.post(page(site), {**answer, "seats": "0"}).status_code == 422
    assert browser.post(page(site), answer).status_code == 302
    test = links.own_path(site, "site-test")
    bad = {"picture": "no", "sound": "yes", "smooth": "no", "fallback": "", "kbit": ""}
    assert browser.post(test, bad, follow=True).content.count(b"filtr") >= 1
    good = {"picture": "yes", "sound": "yes", "smooth": "yes", "kbit": "1900"}
    assert browser.post(test, good).status_code == 302
    assert browser.post(page(site), {"do": "ready"}).status_code == 302
    at(STARTS - timedelta(minutes=20))
    assert browser.post(page(site), {"do": "show"}).status_code == 422
    at(DURING)
    seen = browser.get(page(site)).content.decode()
    assert (
        "Klausimai pranešėjui" in seen and "data-main" not in seen.split('id="count"')[1].split("</form>")[0]
    )
    assert (
        browser.post(links.own_path(site, "site-beat"), {"picture": "OK"})
        .json()["version"]
        .startswith("LIVE")
    )
    assert browser.post(page(site), {"do": "count", "heads_parents": "31"}).status_code == 422
    at(AFTER)
    asked = browser.post(page(site), {"do": "count", "heads_parents": "50"})
    assert (
        asked.status_code == 422 and 'name="is_sure"' in asked.text and "data-sure hidden" not in asked.text
    )
    assert "data-sure hidden" in browser.get(page(site)).text
    sure = {"do": "count", "heads_parents": "50", "is_sure": "on"}
    assert browser.post(page(site), sure).status_code == 302 and sites.heads_of([site.pk]) == {site.pk: 50}
    assert browser.post(page(site), {"do": "count", "heads_parents": "31"}).status_code == 302
    site.refresh_from_db()
    assert site.state == SiteState.COUNTED
    assert browser.post(page(site), {"do": "fly"}).status_code == 404


@pytest.mark.parametrize(
    "name", ["site", "site-test", "site-speed", "site-beat", "site-poster", "site-slips"]
)
def test_a_changed_link_leads_nowhere(centre, webinar, at, name):
    site = enrolled(invited(centre, webinar)[0])
    address = links.own_path(site, name)
    wrong = address.replace(site.ref, site.ref[::-1])
    sent = Client().post(wrong) if name == "site-beat" else Client().get(wrong)
    assert sent.status_code == 410 and "no-store" in sent["Cache-Control"]


def test_the_papers_have_the_name_of_the_library(centre, webinar, at):
    site = enrolled(invited(centre, webinar)[0])
    for name in ("poster", "script", "slips"):
        sent = Client().get(links.own_path(site, f"site-{name}"))
        assert sent.status_code == 200 and sent.content.startswith(b"%PDF"), name
    assert Client().get(links.own_path(site, "site-fallback")).status_code == 404


def test_papers_are_for_libraries_that_take_part(centre, webinar, at):
    site = invited(centre, webinar)[0]
    for name in ("poster", "script", "slips", "fallback"):
        assert Client().get(links.own_path(site, f"site-{name}")).status_code == 404


def test_a_librarian_links_the_evening_to_the_account(centre, webinar, at):
    site = enrolled(invited(centre, webinar)[0])
    _member, secret = joined("daiva@biblioteka.example", "Daiva", NOW)
    browser = browser_of(secret)
    address = f"/lt/mano/perziuros/{links.token_of(site)}/"
    assert browser.get(address).status_code == 200
    assert browser.post(address).status_code == 302
    site.refresh_from_db()
    assert site.member_id is not None
    assert "Žąsų biblioteka 1" in browser.get("/lt/mano/perziuros/").content.decode()
    assert Client().get(address).status_code in (302, 404)


def test_the_coordinator_sees_the_wall_the_list_and_a_site_with_equal_queries(
    centre, webinar, at, django_assert_max_num_queries
):
    at(DURING)
    browser = sign_in(centre, "WEBINAR_HOST")
    wall = f"/desk/training/webinars/{webinar.ref}/wall/"
    browser.get(wall)
    live(invited(centre, webinar, a_library(1))[0])
    with django_assert_max_num_queries(60) as one:
        assert browser.get(wall).status_code == 200
    more = invited(centre, webinar, *(a_library(n, f"LT-{n:02}") for n in range(2, 12)))
    for site in more:
        live(site)
    with django_assert_max_num_queries(60) as many:
        seen = browser.get(wall).content.decode()
    assert len(many.captured_queries) <= len(one.captured_queries) + 1
    assert seen.count('class="site live') == 11
    for address in (
        f"{wall}?as=map",
        f"{wall}?b=live",
        f"/desk/training/webinars/{webinar.ref}/sites/",
        f"/desk/training/webinars/{webinar.ref}/invite/",
        f"/desk/training/webinars/{webinar.ref}/write/?b=live",
        f"/desk/training/sites/{more[0].ref}/",
        f"/desk/training/webinars/{webinar.ref}/",
        "/desk/training/webinars/",
    ):
        assert browser.get(address).status_code == 200, address


def test_the_coordinator_invites_and_acts_by_the_pages(centre, webinar, at):
    library, browser = a_library(), sign_in(centre, "WEBINAR_HOST")
    address = f"/desk/training/webinars/{webinar.ref}/invite/"
    assert "Žąsų biblioteka 1" in browser.get(address).content.decode()
    assert browser.post(address, {"language": "lt"}).status_code == 422
    assert browser.post(address, {"language": "lt", "library": library.code}).status_code == 302
    site = ViewingSite.objects.get()
    do = f"/desk/training/sites/{site.ref}/"
    assert browser.post(f"{do}enrol/", {"seats": "30", "name": "Daiva"}).status_code == 302
    assert browser.post(f"{do}write/", {"text": "Labas"}).status_code == 302
    site.refresh_from_db()
    assert site.state == SiteState.ENROLLED and site.messages.count() == 1
    assert browser.post(f"{do}ready/").status_code in (302, 404, 422)
    site.refresh_from_db()
    assert site.state == SiteState.ENROLLED
    written = browser.post(
        f"/desk/training/webinars/{webinar.ref}/write/?b=untested", {"text": "Išbandykite"}
    )
    assert written.status_code == 302 and site.messages.count() == 2


def test_refusals_say_what_to_do(centre, webinar):
    for refused in (
        *(hosts.HostingRefused(why) for why in hosts.HostingRefused.messages),
        *(audience_counts.CountRefused(why, 40) for why in audience_counts.CountRefused.messages),
        *(messages.MessageRefused(why) for why in messages.MessageRefused.messages),
        *(invitations.InvitationRefused(why) for why in invitations.InvitationRefused.messages),
    ):
        assert isinstance(refused, ActionRefused) and "%(" not in refused.text

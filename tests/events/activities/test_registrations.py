"""Registering an activity: by mail or as a member, what is refused, change and withdrawal, others’ links."""

import re
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy

import pytest
from django.test import Client
from factories.activities import AT, DAY, NAME, ORGANISER, asked, details, organisation, registered
from factories.members import born_in, browser_of, joined
from kernel.notifications.conftest import post

from sauga.events.activities.actions import erasure, mail, moderation, registrations
from sauga.events.activities.models import Activity, ActivityContact
from sauga.events.activities.queries import figures, links
from sauga.events.activities.rules.editions import Edition, current
from sauga.events.activities.views.day import PURPOSE
from sauga.kernel import clock, rate_limits, retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.members.actions import account
from sauga.kernel.members.my_data import holdings
from sauga.kernel.refusals import ActionRefused
from sauga.kernel.sealed.models import WrappedKey
from sauga.kernel.states import MoveNotAllowed, SystemActor
from tests.centre import Centre, centre

__all__ = ["centre", "post"]
pytestmark = pytest.mark.django_db
WORKER = SystemActor("events")
MAP, FORM_PAGE = (
    "/lt/renginiai/saugesnio-interneto-diena/",
    "/lt/renginiai/saugesnio-interneto-diena/registruoti/",
)
FORM = {
    "organisation": NAME, "kind": "lesson", "title": "Pamoka „Mano vieta internete“", "day": "2027-02-09",
    "begins": "10:00", "heads_grades_1_4": "24", "is_public": "on", "email": "Ona@Mokykla.example",
}  # fmt: skip


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


def mailed(post) -> str:
    return message_from_bytes(post.mails[-1].content, policy=policy.default).get_content()


def at_path(address: str) -> str:
    return re.sub(r"^https?://[^/]+", "", address)


@pytest.mark.unit
def test_days_of_an_edition_and_when_registration_is_open():
    edition = current(date(2026, 11, 28))
    assert (edition.year, edition.first, edition.last) == (2027, date(2027, 1, 26), date(2027, 3, 1))
    assert edition.is_open(date(2026, 9, 1)) and not edition.is_open(date(2026, 8, 31))
    assert current(date(2027, 2, 28)).year == 2027 and current(date(2027, 3, 1)).year == 2028


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"day": date(2027, 1, 25)}, "day"),
        ({"day": date(2027, 3, 2)}, "day"),
        ({"day": date(2026, 2, 10)}, "day"),
        ({"organisation_name": " "}, "organisation"),
        ({"municipality": ""}, "place"),
        ({"municipality": "LT-99"}, "place"),
        ({"kind": "party"}, "kind"),
        ({"title": " "}, "title"),
        ({"wants_ambassador": True}, "ambassador_topic"),
        (
            {"wants_ambassador": True, "ambassador_topic": "a", "ambassador_day": date(2027, 5, 1)},
            "ambassador_day",
        ),
        ({"expected": {}}, "none"),
        ({"expected": {"adults": 0}}, "none"),
        ({"expected": {"adults": -3, "seniors": 5}}, "negative"),
        ({"expected": {"babies": 3}}, "negative"),
        ({"expected": {"adults": 5001}}, "absurd"),
        ({"organisation_id": 999_999}, "organisation"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(wrong, why):
    with pytest.raises(ActionRefused) as refused:
        asked(**wrong)
    assert refused.value.why == why and refused.value.text
    assert (
        not Activity.objects.exists() and not WrappedKey.objects.filter(holder__startswith="events-").exists()
    )


@pytest.mark.parametrize(
    ("at", "is_open"),
    [
        (datetime(2026, 8, 31, 20, 59, tzinfo=UTC), False),  # summer time: three hours ahead
        (datetime(2026, 8, 31, 21, 0, tzinfo=UTC), True),
        (
            datetime(2027, 3, 1, 21, 59, tzinfo=UTC),
            False,
        ),  # from March on the next day counts, whose time is later
        (datetime(2027, 2, 28, 21, 59, tzinfo=UTC), True),  # winter time: two hours ahead
        (datetime(2027, 2, 28, 22, 0, tzinfo=UTC), False),
    ],
)
def test_registration_opens_and_closes_at_midnight_in_lithuania(at, is_open):
    if is_open:
        assert asked(at=at).year == 2027
        return
    with pytest.raises(registrations.RegistrationClosed):
        asked(at=at)


def test_strangers_to_the_permission_register_nothing(centre: Centre):
    for role in ("COUNSELLOR", "ANALYST", "PUBLISHER"):
        with pytest.raises(PermissionRefused):
            registrations.register(by=centre.actor(role), details=details(), address="a@b.example", at=AT)
    with pytest.raises(PermissionRefused):
        registrations.register(by=WORKER, details=details(), address="a@b.example", at=AT)


def test_two_minutes_without_an_account_and_the_link_alone_confirms_nothing(post):
    school, browser = organisation(), Client()
    page = browser.get(FORM_PAGE)
    assert page.status_code == 200 and not page.cookies and 'name="meant_for"' not in page.text
    assert browser.post(FORM_PAGE, FORM).url == f"{FORM_PAGE}issiusta/"
    row = Activity.objects.get()
    assert (row.organisation, row.municipality, row.state) == (school, "LT-18", "UNCONFIRMED")
    assert b"mokykla" not in bytes(row.contact.address).lower()
    assert mail.send_mail(by=WORKER, activity_id=row.pk, what="confirm", at=AT)
    assert post.mails[-1].rcpt_tos == ["ona@mokykla.example"] and NAME in mailed(post)
    address = links.own_address(row)
    assert address in mailed(post)
    for _scanner in range(2):
        opened = browser.get(at_path(address))
        assert opened.status_code == 200 and opened.headers["Cache-Control"] == "no-store"
        assert opened.headers["Referrer-Policy"] == "no-referrer" and "noindex" in opened.text
    assert figures.totals(2027).activities == 0
    assert "done=confirmed" in browser.post(at_path(address), {"confirm": "1"}).url
    assert figures.totals(2027).activities == 1
    assert browser.post(at_path(address), {"confirm": "1"}).status_code == 422
    assert not mail.send_mail(by=WORKER, activity_id=row.pk, what="confirm", at=AT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": "ona"}, {"title": ""}, {"day": "2027-05-05"}, {"heads_grades_1_4": "-4"},
        {"heads_grades_1_4": ""}, {"heads_grades_1_4": "6000"}, {"organisation": "Nežinoma"}, {"kind": "xx"},
    ],
)  # fmt: skip
def test_a_form_that_cannot_be_used_comes_back_with_what_was_typed(wrong):
    organisation()
    answer = Client().post(FORM_PAGE, {**FORM, **wrong})
    assert answer.status_code == 422 and "error-summary" in answer.text and not Activity.objects.exists()
    assert wrong.get("title", FORM["title"]).split("„")[0] in answer.text


def test_a_missing_organisation_is_named_with_its_place_and_staff_say_which_it_is(centre: Centre):
    given = {**FORM, "organisation": "Draugų būrys", "municipality": "LT-57"}
    assert Client().post(FORM_PAGE, given).status_code == 302
    row = Activity.objects.get()
    assert (row.organisation, row.organisation_name, row.municipality) == (None, "Draugų būrys", "LT-57")
    school, by = organisation(), centre.actor("PUBLISHER")
    registrations.confirm(by=ORGANISER, activity=row, at=AT)
    row = moderation.link_organisation(by=by, activity=row, organisation=school, at=AT)
    assert (row.organisation, row.organisation_name, row.municipality) == (school, "", "LT-18")


def test_a_name_that_fits_several_is_chosen_without_a_script():
    first = organisation("Beržų mokykla Kėdainiuose")
    organisation("Beržų mokykla Kaune", "LT-15")
    given = {**FORM, "organisation": "Beržų mokykla"}
    asked_again = Client().post(FORM_PAGE, given)
    assert asked_again.status_code == 422 and f'value="{first.code}"' in asked_again.text
    chosen = {**given, "meant_for": "Beržų mokykla", "meant": first.code}
    assert Client().post(FORM_PAGE, {**chosen, "meant_for": "Kita mokykla"}).status_code == 422
    assert Client().post(FORM_PAGE, chosen).status_code == 302
    assert Activity.objects.get().organisation == first
    found = Client().get("/lt/renginiai/saugesnio-interneto-diena/organizacijos/", {"q": "beržų m"}).json()
    assert len(found["found"]) == 2


def test_one_address_gets_three_mails_to_confirm_and_no_more(post):
    rows = [asked(title=f"Pamoka {n}") for n in range(4)]
    sent = [mail.send_mail(by=WORKER, activity_id=row.pk, what="confirm", at=AT) for row in rows]
    assert sent == [True, True, True, False]
    other = asked(address="jonas@mokykla.example")
    assert mail.send_mail(by=WORKER, activity_id=other.pk, what="confirm", at=AT)


def test_a_flooded_form_is_held_with_everything_that_was_typed(settings):
    settings.PRESSURE_POSTS, settings.PRESSURE_CALM = 4, 120
    rate_limits.calm_down()
    for _sending in range(4):
        rate_limits.gauge.gauge(PURPOSE).count(AT)
    organisation()
    held = Client().post(FORM_PAGE, FORM)
    rate_limits.calm_down()
    assert held.status_code == 429 and FORM["title"] in held.text and not Activity.objects.exists()
    assert Client().post(FORM_PAGE, FORM).status_code == 302


def test_links_of_others_mangled_or_expired_lead_nowhere(monkeypatch):
    row, other = asked(), registered(title="Kita")
    good = links.own_path(row)
    token = links.token_of(row)
    swapped = f"{other.ref}:{token.rpartition(':')[2]}"
    for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), swapped, other.ref, "nothing"):
        for page in ("own", "change", "report", "poster", "certificate"):
            address = links.own_path(row, page).replace(token, wrong)
            assert Client().get(address).status_code == 410, (wrong, page)
        assert Client().post(good.replace(token, wrong), {"confirm": "1"}).status_code == 410
    later = AT + timedelta(days=7)
    with pytest.raises(registrations.LinkOver):
        registrations.confirm(by=ORGANISER, activity=row, at=later)
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().get(good).status_code == 410 and Client().post(good, {"confirm": "1"}).status_code == 410
    retention.run(later + timedelta(days=2), only=["events.activity.unconfirmed"])
    assert not Activity.objects.filter(pk=row.pk).exists() and Activity.objects.filter(pk=other.pk).exists()
    assert not WrappedKey.objects.filter(holder=row.holder).exists()


def test_the_contact_is_forgotten_half_a_year_after_the_day():
    row = registered()
    end = datetime(2027, 2, 9, 22, tzinfo=UTC)
    assert row.contact.ends_at == end
    retention.run(end + timedelta(days=182), only=["events.activitycontact"])
    assert ActivityContact.objects.exists()
    retention.run(end + timedelta(days=184), only=["events.activitycontact"])
    assert not ActivityContact.objects.exists() and not WrappedKey.objects.filter(holder=row.holder).exists()
    assert figures.totals(2027).activities == 1 and Client().get(links.own_path(row)).status_code == 410


def test_new_words_wait_again_and_everything_else_holds_at_once(centre: Centre):
    row = registered()
    moderation.approve_text(by=centre.actor("PUBLISHER"), activity=row, at=AT)
    row = registrations.change(
        by=ORGANISER, activity=row, details=details(day=date(2027, 2, 10), expected={"seniors": 9}), at=AT
    )
    assert row.is_shown and row.day == date(2027, 2, 10) and [one.n for one in row.heads.all()] == [9]
    assert row.contact.ends_at == datetime(2027, 2, 10, 22, tzinfo=UTC)
    row = registrations.change(by=ORGANISER, activity=row, details=details(title="Kita pamoka"), at=AT)
    assert row.text_state == "WAITING" and not row.is_shown


def test_change_and_withdrawal_by_the_personal_link():
    row = registered(organisation())
    browser, own, change = Client(), links.own_path(row), links.own_path(row, "change")
    assert NAME.replace("„", "„") in browser.get(change).text
    given = {name: value for name, value in FORM.items() if name != "email"}
    assert browser.post(change, {**given, "day": "2027-06-01"}).status_code == 422
    assert browser.post(change, {**given, "title": "Viktorina", "kind": "quiz"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.kind) == ("Viktorina", "quiz")
    assert browser.post(own, {"withdraw": "1"}).status_code == 302
    assert figures.totals(2027).activities == 0
    with pytest.raises(MoveNotAllowed):
        registrations.change(by=ORGANISER, activity=row, details=details(), at=AT)
    assert browser.get(links.own_path(row, "poster")).status_code == 404
    assert browser.post(own, {"again": "1"}).status_code == 302 and figures.totals(2027).activities == 1
    registrations.withdraw(by=ORGANISER, activity=row, at=AT)
    with pytest.raises(registrations.RegistrationClosed):
        registrations.register_again(by=ORGANISER, activity=row, at=AT + timedelta(days=60))


def test_a_member_needs_no_mail_to_confirm_and_sees_only_own_activities(monkeypatch):
    ona, secret = joined("ona@mokykla.example", at=AT)
    jonas, _secret = joined("jonas@mokykla.example", at=AT)
    browser, page = browser_of(secret), "/lt/mano/veiklos/"
    organisation()
    given = {name: value for name, value in FORM.items() if name != "email"}
    assert browser.get(f"{page}nauja/").status_code == 200
    assert browser.post(f"{page}nauja/", given).status_code == 302
    row = Activity.objects.get()
    assert row.state == "REGISTERED" and FORM["title"] in browser.get(page).text
    with pytest.raises(PermissionRefused):
        registrations.withdraw(by=jonas, activity=row, at=AT)
    [holding] = [one for one in holdings.every() if one.code == "events.activities"]
    assert holding.export(ona.member, AT)["activities"][0]["title"] == FORM["title"] and holding.kept(
        ona.member
    )
    account.delete_account(by=ona, at=AT)
    row.refresh_from_db()
    assert (
        row.member is None and not ActivityContact.objects.exists() and figures.totals(2027).activities == 1
    )


def test_young_members_register_nothing():
    ona, secret = joined("ona@mokykla.example", at=AT)
    born_in(ona.member, date(2012, 3, 1))
    assert browser_of(secret).get("/en/my/activities/new/").status_code == 404
    from sauga.kernel.members.actors import member_actor

    young = member_actor(ona.member, AT)
    with pytest.raises(PermissionRefused):
        registrations.register(by=young, details=details(), address="a@b.example", at=AT)


def test_every_edition_has_its_day():
    assert [Edition(year).day for year in (2026, 2027, 2028)] == [date(2026, 2, 10), DAY, date(2028, 2, 8)]
    assert erasure.forget_member.__doc__

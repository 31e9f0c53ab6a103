"""A school asks, ambassadors nearby are asked, the host confirms; nobody confirms their own session."""

from datetime import timedelta

import pytest
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.certification.applications.mail_text import Mail, to_ambassador
from sauga.certification.overview import presenters as overview
from sauga.certification.overview import queries as figures
from sauga.certification.register.actions import profiles
from sauga.certification.register.queries import entries
from sauga.certification.sessions.actions import bookings as booking_actions
from sauga.certification.sessions.actions import requests
from sauga.certification.sessions.actions.bookings import AnswerRefused, NotYet, SelfConfirmed
from sauga.certification.sessions.actions.requests import LinkOver, RequestRefused
from sauga.certification.sessions.actions.transitions import HeadsRefused
from sauga.certification.sessions.mail_text import calendar_file
from sauga.certification.sessions.models import Booking, Offer
from sauga.certification.sessions.queries import bookings
from sauga.certification.sessions.rules.agreement import Told, agree
from sauga.certification.sessions.rules.matching import Candidate, Request, chosen
from sauga.certification.states import BOOKING, BookingState, OfferState
from sauga.kernel import retention
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.states import MoveNotAllowed
from tests.centre import Centre, centre  # noqa: F401  a fixture
from tests.factories import activities
from tests.factories import certification as make
from tests.factories.certification import AT, HOST, WORKER

DAY = AT + timedelta(days=14)
AFTER = DAY + timedelta(hours=6)
HEADS = {"grades_5_8": 50, "educators": 2}


def offer_of(row: Booking) -> Offer:
    return Offer.objects.get(booking=row)


def accepted(centre: Centre):
    who, ambassador = make.listed(centre)
    row = make.asked()
    booking_actions.answer(by=who, offer=offer_of(row), accepts=True, at=AT)
    return who, ambassador, Booking.objects.get(pk=row.pk)


def test_the_table_has_the_moves_of_the_domain():
    assert {(a, b) for a in BookingState for b in BookingState if BOOKING.allows(a, b)} == {
        (BookingState.REQUESTED, BookingState.ACCEPTED),
        (BookingState.REQUESTED, BookingState.DECLINED),
        (BookingState.ACCEPTED, BookingState.HELD),
        (BookingState.ACCEPTED, BookingState.CANCELLED),
        (BookingState.HELD, BookingState.HOST_CONFIRMED),
        (BookingState.HELD, BookingState.CONTRADICTED),
        (BookingState.CONTRADICTED, BookingState.HOST_CONFIRMED),
    }


def test_a_request_is_offered_accepted_held_and_confirmed_by_the_host(centre: Centre):
    who, _ambassador, row = accepted(centre)
    assert row.state == BookingState.ACCEPTED
    later = make.again(who, AFTER)
    booking_actions.report_held(by=later, booking=row, heads=HEADS, at=AFTER)
    assert figures.confirmed_sessions(AT.date(), (AFTER + timedelta(days=1)).date()) == 0
    assert figures.unconfirmed_heads(AT.date(), (AFTER + timedelta(days=1)).date()) == HEADS
    done = booking_actions.confirm_held(
        by=HOST, booking=row, took_place=True, heads={"grades_5_8": 48}, rating="4", at=AFTER
    )
    assert Booking.objects.get().state == BookingState.HOST_CONFIRMED and done.took_place
    period = AT.date(), (AFTER + timedelta(days=1)).date()
    assert figures.confirmed_sessions(*period) == 1 and figures.unconfirmed_sessions(*period) == 0
    assert figures.confirmed_heads(*period) == {"grades_5_8": 48} and figures.unconfirmed_heads(*period) == {}
    assert [one.on for one in bookings.confirmed_sessions(row.ambassador)] == [row.day]


def test_nobody_confirms_their_own_session(centre: Centre):
    who, ambassador, row = accepted(centre)
    booking_actions.report_held(by=make.again(who, AFTER), booking=row, heads=HEADS, at=AFTER)
    for by in (
        make.again(who, AFTER),
        centre.actor("CERTIFICATION_MANAGER", AFTER),
        centre.actor("ORGANISER", AFTER),
    ):
        with pytest.raises(PermissionRefused):
            booking_actions.confirm_held(by=by, booking=row, took_place=True, heads=HEADS, at=AFTER)
    assert not bookings.confirmed_sessions(ambassador)


def test_an_ambassador_who_asks_with_the_own_address_is_not_asked_and_cannot_confirm(centre: Centre):
    who, ambassador = make.listed(centre)
    row = make.asked(address="Agne@Mokykla.example")
    assert not Offer.objects.exists()
    held = Booking.objects.get(pk=row.pk)
    made = Offer.objects.create(booking=held, ambassador=ambassador, offered_at=AT)
    with pytest.raises(AnswerRefused) as refused:
        booking_actions.answer(by=who, offer=made, accepts=True, at=AT)
    assert refused.value.why == "own"
    Booking.objects.filter(pk=held.pk).update(ambassador=ambassador, state=BookingState.HELD)
    with pytest.raises(SelfConfirmed):
        booking_actions.confirm_held(by=HOST, booking=held, took_place=True, heads=HEADS, at=AFTER)


def test_two_reports_that_differ_go_to_a_person(centre: Centre):
    who, ambassador, row = accepted(centre)
    booking_actions.confirm_held(
        by=HOST, booking=row, took_place=False, heads={}, at=AFTER
    )  # the host answers first
    booking_actions.report_held(by=make.again(who, AFTER), booking=row, heads=HEADS, at=AFTER)
    assert Booking.objects.get().state == BookingState.CONTRADICTED
    assert bookings.waiting(centre.actor("CERTIFICATION_MANAGER", AFTER), AFTER) == 1
    with pytest.raises(PermissionRefused):
        booking_actions.clear_up(
            by=centre.actor("ORGANISER", AFTER), booking=row, took_place=False, heads={}, at=AFTER
        )
    manager = centre.actor("CERTIFICATION_MANAGER", AFTER)
    booking_actions.clear_up(by=manager, booking=row, took_place=False, heads={}, at=AFTER)
    assert Booking.objects.get().state == BookingState.HOST_CONFIRMED
    assert not bookings.confirmed_sessions(ambassador), "what did not take place counts for nothing"


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (Told(True, {"a": 50}), Told(True, {"a": 55}), True),
        (Told(True, {"a": 50}), Told(True, {"b": 40}), True),
        (Told(True, {"a": 50}), Told(True, {"a": 20}), False),
        (Told(True, {"a": 4}), Told(True, {"a": 9}), True),
        (Told(True, {"a": 50}), Told(False), False),
        (Told(True, {"a": 50}), Told(False, {"a": 50}), False),
        (Told(False, {"a": 50}), Told(True, {"a": 50}), False),
    ],
)
def test_counts_of_one_room_may_differ_a_little(one: Told, other: Told, is_same: bool):
    assert agree(one, other) == is_same


def test_the_first_who_accepts_comes_and_a_declined_offer_goes_on(centre: Centre):
    who, _row = make.listed(centre)
    other, _second = make.listed(centre, address="jonas@kita.example", employer=make.school("Kita"))
    row = make.asked()
    first, second = Offer.objects.filter(booking=row).order_by("pk")
    by = {offer.ambassador.member_id: offer for offer in (first, second)}
    booking_actions.answer(by=who, offer=by[who.member_id], accepts=True, at=AT)
    with pytest.raises(AnswerRefused):
        booking_actions.answer(by=other, offer=by[other.member_id], accepts=True, at=AT)
    with pytest.raises(PermissionRefused):
        booking_actions.answer(by=other, offer=by[who.member_id], accepts=True, at=AT)
    assert Offer.objects.get(pk=by[other.member_id].pk).state == OfferState.CLOSED


def test_reports_wait_for_the_day_and_end_after_three_months(centre: Centre):
    who, _ambassador, row = accepted(centre)
    with pytest.raises(NotYet):
        booking_actions.report_held(by=who, booking=row, heads=HEADS, at=AT)
    with pytest.raises(NotYet):
        booking_actions.confirm_held(
            by=HOST, booking=row, took_place=True, heads=HEADS, at=AFTER + timedelta(days=100)
        )
    with pytest.raises(HeadsRefused):
        booking_actions.report_held(by=make.again(who, AFTER), booking=row, heads={}, at=AFTER)
    with pytest.raises(HeadsRefused):
        booking_actions.confirm_held(by=HOST, booking=row, took_place=True, heads={"educators": -1}, at=AFTER)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"organisation_name": " "}, "organisation"),
        ({"municipality": "LT-99"}, "place"),
        ({"topic": "nonsense"}, "topic"),
        ({"audience": ""}, "audience"),
        ({"language": "xx"}, "language"),
        ({"day": AT.date()}, "day"),
        ({"day": AT.date() + timedelta(days=400)}, "day"),
    ],
)
def test_a_request_is_refused(centre: Centre, more: dict[str, object], why: str):
    with pytest.raises(RequestRefused) as refused:
        make.asked(**more)
    assert refused.value.why == why and not Booking.objects.exists()


def test_a_request_counts_once_its_address_is_confirmed(centre: Centre):
    make.listed(centre)
    row = requests.request(by=HOST, given=make.wanted(), address="mokykla@azuolai.example", at=AT)
    assert not Offer.objects.exists()
    with pytest.raises(LinkOver):
        requests.confirm(by=HOST, booking=row, at=AT + timedelta(days=8))
    requests.confirm(by=HOST, booking=row, at=AT)
    with pytest.raises(LinkOver):
        requests.confirm(by=HOST, booking=row, at=AT)
    assert Offer.objects.count() == 1


def test_a_session_is_cancelled_by_either_side_only_before_it_is_held(centre: Centre):
    who, _ambassador, row = accepted(centre)
    with pytest.raises(PermissionRefused):
        booking_actions.cancel(by=centre.actor("ORGANISER", AT), booking=row, why="", at=AT)
    booking_actions.cancel(by=who, booking=row, why="ILLNESS", at=AT)
    with pytest.raises(MoveNotAllowed):
        booking_actions.cancel(by=HOST, booking=row, why="", at=AT)
    text = calendar_file("x", [Booking.objects.get()], AT)
    assert "STATUS:CANCELLED" in text and "DTSTART:20261212T080000Z" in text


def test_matching_follows_the_stated_rule():
    wanted = Request("LT-18", "LT-KU", "gaming", "lt", "teenagers", {7})

    def one(key: int, **more: object) -> Candidate:
        said = {
            "level": 2,
            "municipalities": {"LT-18"},
            "counties": {"LT-KU"},
            "topics": {"gaming"},
            "languages": {"lt"},
            "audiences": {"teenagers"},
            "most_a_month": 3,
            "accepted": 0,
            "waiting": 0,
            **more,
        }
        return Candidate(key=key, **said)

    people = [
        one(1, municipalities={"LT-10"}),
        one(2, accepted=1),
        one(3),
        one(4, waiting=2),
        one(5, topics={"phishing"}),
        one(6, languages={"en"}),
        one(7, audiences={"seniors"}),
        one(8, accepted=3),
        one(9, takes_requests=False),
        one(10, was_asked=True),
        one(11, municipalities={"LT-57"}, counties={"LT-VL"}),
        one(12, level=1),
        one(13, level=1, workplaces={7}, accepted=2),
        one(14, is_host=True),
    ]
    assert [found.key for found in chosen(wanted, people, 10)] == [3, 4, 2, 13, 1]
    assert len(chosen(wanted, people, 2)) == 2


def test_activities_that_want_an_ambassador_become_requests(centre: Centre):
    at = activities.AT
    make.listed(centre, at=at)
    wants = {"wants_ambassador": True, "ambassador_topic": "Patyčios", "ambassador_day": activities.DAY}
    activities.registered(activities.organisation(municipality="LT-18"), municipality="LT-18", **wants)
    activities.registered(address="kiti@mokykla.example")
    assert requests.take_up_activities(by=WORKER, at=at) == 1
    assert requests.take_up_activities(by=WORKER, at=at) == 0
    row = Booking.objects.get()
    assert (row.source, row.day, row.confirmed_at) == ("ACTIVITY", activities.DAY, at)
    assert Offer.objects.count() == 1
    with pytest.raises(PermissionRefused):
        requests.take_up_activities(by=centre.actor("ORGANISER", at), at=at)


def test_the_address_is_forgotten_after_half_a_year(centre: Centre):
    _who, _ambassador, row = accepted(centre)
    assert b"azuolai" not in bytes(row.address)
    retention.run(AFTER + timedelta(days=190), only=["certification.booking.address"])
    row = Booking.objects.get()
    assert not bytes(row.address) and not bytes(row.lookup)
    from sauga.certification.sessions.queries import links

    assert links.booking_by(links.own_path(row).split("/")[-2]) is None


def test_a_new_ambassador_is_led_to_the_profile_and_gets_what_waits_the_same_day(centre: Centre):
    """The mail and the home page name the profile, nothing offers to become what one is; once it is filled, a
    request that came before reaches the ambassador."""
    row = make.asked()
    assert not Offer.objects.exists()
    who, ambassador = make.certified(centre, level=2)
    letter = to_ambassador(ambassador, Mail.CERTIFIED, "agne@mokykla.example", AT)
    assert "/mano/ambasadorius/profilis/" in letter.get_content().replace("\n", "")
    assert [one.href for one in overview.waiting(who, AT)] == [reverse("certification-profile")]
    assert not overview.may_become_one(who)
    assert ambassador.ref not in [one.ref for one in entries.listed(AT)]
    profiles.save_profile(by=who, ambassador=ambassador, profile=profiles.Profile(**make.PROFILE), at=AT)
    job = ProcrastinateJob.objects.get(task_name=profiles.MATCH)
    assert requests.match_again(by=WORKER, at=AT, **job.args) == 1
    assert requests.match_again(by=WORKER, at=AT, **job.args) == 0
    assert offer_of(row).ambassador == ambassador
    assert [one.ref for one in entries.listed(AT)] == [ambassador.ref]
    assert [one.href for one in overview.waiting(who, AT)] == [reverse("certification-mine")]
    with pytest.raises(PermissionRefused):
        requests.match_again(by=who, ambassador_id=ambassador.pk, at=AT)

"""Blind review and decisions: nobody sees more than they may, by page, list, file or direct request; what is
prepared is seen by organisers only; letters follow from the announcement alone.
"""

from datetime import timedelta

import pytest
from factories.proposals import (
    a_call,
    also_reviews,
    assigned,
    closed,
    given,
    proposed,
    reviewed,
    scores,
    sent_letters,
)
from factories.registrations import PRESENT as NOW
from kernel.notifications.conftest import post  # noqa: F401  a fixture
from procrastinate.contrib.django.models import ProcrastinateJob

from sauga.events.proposals.actions import calls, decisions, own, reviews, setup
from sauga.events.proposals.actions.calls import CallRefused, LetterRefused
from sauga.events.proposals.actions.decisions import NumberChanged
from sauga.events.proposals.actions.reviews import ReviewRefused
from sauga.events.proposals.actions.submissions import PROPOSER
from sauga.events.proposals.models import Conflict, Proposal, Review
from sauga.events.proposals.queries import proposals as queries
from sauga.events.proposals.queries.calls import accepted_between, numbers_of, sent_between
from sauga.events.proposals.queries.content import Words
from sauga.events.proposals.rules.decisions import CommandRefused
from sauga.events.states import ProposalState
from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.desk_access import sudo
from sauga.kernel.organisations.models import OrganisationName
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
SECRETS = ("Pušaitė", "ona.pusaite@", "Beržyno gimnazija", "Dirba su vaikais", "Atvyksiu traukiniu")


@pytest.fixture
def ready(centre: Centre):
    """A closed call with one proposal, assigned to two reviewers."""
    call = a_call(centre)
    row = proposed(call, organisation="Beržyno gimnazija", message="Atvyksiu traukiniu")
    closed(centre, call)
    call.refresh_from_db()
    row.refresh_from_db()
    first, second = centre.actor("PROGRAMME_COMMITTEE", NOW), also_reviews(centre, "DOOR_STAFF")
    assigned(centre, row, first, second)
    return call, row, first, second


def test_a_reviewer_sees_no_sign_of_who_proposes_until_it_is_accepted(centre: Centre, ready):
    call, row, _first, _second = ready
    desk = sign_in(centre, "PROGRAMME_COMMITTEE")
    event = call.event.ref
    pages = ["reviews/", f"reviews/{row.ref}/", f"{event}/", f"{event}/call/", "calls/", ""]
    for page in pages:
        shown = desk.get(f"/desk/events/{page}")
        assert shown.status_code == 200 and not [one for one in SECRETS if one in shown.text], page
    assert "Pokalbis klasėje" in desk.get("/desk/events/reviews/").text
    shown = desk.get(f"/desk/events/reviews/{row.ref}/")
    assert "Kaip pradėti pokalbį" in shown.text
    # pretalx 649: neither history nor audit log nor what organisers intend
    assert "h-history" not in shown.text and "event_proposal" not in shown.text
    for page in (
        f"proposals/{row.ref}/",
        f"{event}/proposals/",
        f"{event}/proposals/announce/",
        f"{event}/proposals/assign/",
        f"{event}/proposals/file/csv/",
        f"{event}/call/letters/",
        f"proposals/{row.ref}/programme/",
    ):
        assert desk.get(f"/desk/events/{page}").status_code == 404, page
    assert desk.get(f"/desk/events/{event}/proposals/?format=csv").status_code == 404
    by = centre.actor("ORGANISER", NOW)
    decisions.prepare(by=by, proposal=row, outcome=ProposalState.ACCEPTED, at=NOW)
    assert "priim" not in desk.get(f"/desk/events/reviews/{row.ref}/").text.lower()
    decisions.announce(by=by, call=call, number=1, at=NOW)
    assert "Pušaitė" in desk.get(f"/desk/events/reviews/{row.ref}/").text


def test_answers_that_say_who_it_is_are_not_for_reviewers(centre: Centre):
    call = a_call(centre)
    by = centre.actor("ORGANISER", NOW)
    asked = {"phase": "SUBMISSION", "kind": "TEXT", "choices": {}, "is_required": False}
    open_one, hidden = (
        setup.put_question(
            by=by, call=call, given={**asked, "text": {"lt": text}, "is_for_reviewers": shown}, at=NOW
        )
        for text, shown in (("Kam skirta?", True), ("Kur kalbėjote?", False))
    )
    row = proposed(call, answers={open_one.ref: "Tėvams", hidden.ref: "Kaune pernai"})
    assigned(centre, row, centre.actor("PROGRAMME_COMMITTEE", NOW))
    page = sign_in(centre, "PROGRAMME_COMMITTEE").get(f"/desk/events/reviews/{row.ref}/").text
    assert "Tėvams" in page and "Kaune pernai" not in page
    assert "užsidar" in page or "iki" in page  # open: it can be read, but not reviewed yet
    with pytest.raises(CommandRefused):
        reviewed(centre.actor("PROGRAMME_COMMITTEE", NOW), row)


def test_others_scores_are_seen_only_after_ones_own(centre: Centre, ready):
    call, row, first, second = ready
    reviewed(second, row, 5, comment="Labai aktualu", note="mano slapta pastaba")
    desk = sign_in(centre, "PROGRAMME_COMMITTEE")
    page, path = desk.get(f"/desk/events/reviews/{row.ref}/").text, f"/desk/events/reviews/{row.ref}/"
    assert "Labai aktualu" not in page and queries.reviews_of(*_seen(first, row)) == []
    assert "5,00" not in desk.get("/desk/events/reviews/").text
    form = {f"c_{ref}": "2" for ref in scores(call)}
    missing = desk.post(path, {"comment": "liko parašyta"})
    assert missing.status_code == 422 and "liko parašyta" in missing.text
    assert desk.post(path, {**form, "comment": "Trūksta pavyzdžių"}).status_code == 302
    page = desk.get(path).text
    assert "Labai aktualu" in page and "Trūksta pavyzdžių" in page and "slapta" not in page
    row.refresh_from_db()
    assert (float(row.score), row.reviewed) == (3.5, 2)
    assert desk.get("/desk/events/reviews/?view=given").text.count("Pokalbis klasėje") == 1
    reviewed(second, row, 3)  # may be changed until it is announced
    row.refresh_from_db()
    assert float(row.score) == 2.5


def _seen(by, row):
    row, held = queries.proposal_for(by, row.ref, NOW)
    return row, held, NOW


def test_a_declared_conflict_takes_the_proposal_out_of_sight_everywhere(centre: Centre, ready):
    _call, row, first, second = ready
    reviewed(first, row, 1)
    reviewed(second, row, 5)
    desk, path = sign_in(centre, "PROGRAMME_COMMITTEE"), f"/desk/events/reviews/{row.ref}/"
    assert desk.post(f"{path}conflict/").url == "/desk/events/reviews/"
    row.refresh_from_db()
    assert (float(row.score), row.reviewed) == (5.0, 1)  # what was given no longer counts
    assert desk.get(path).status_code == 404 and desk.post(path, {}).status_code == 404
    assert desk.post(f"{path}conflict/").status_code == 404
    for view in ("open", "given"):
        assert "Pokalbis" not in desk.get("/desk/events/reviews/", {"view": view}).text
    with pytest.raises(PermissionRefused):
        reviewed(first, row)
    organiser = sign_in(centre, "ORGANISER")
    person = str(first.person_id)
    asked = organiser.post(f"/desk/events/proposals/{row.ref}/reviewer/add/", {"person": person})
    assert asked.status_code == 302 and not Review.objects.filter(person=first.person_id).exists()
    with pytest.raises(ReviewRefused):
        assigned(centre, row, first)


def test_conflicts_are_found_by_address_and_by_organisation(centre: Centre):
    call = a_call(centre)
    first, second = centre.actor("PROGRAMME_COMMITTEE", NOW), also_reviews(centre, "DOOR_STAFF")
    own = proposed(call, "Tadas Lankas", address=first.person.email)
    works = sorted(first.organisations)[0]
    name = OrganisationName.objects.filter(organisation=works)[0].name
    colleague = proposed(call, "Ieva Smiltė", organisation=f"„{name.upper()}“")
    free = proposed(call, "Jonas Beržas")
    closed(centre, call)
    by = centre.actor("ORGANISER", NOW)
    assert reviews.assign_evenly(by=by, call=call, at=NOW) == 3
    pairs = set(Review.objects.values_list("proposal", "person"))
    assert pairs == {
        (own.pk, second.person_id),
        (free.pk, first.person_id),
        (free.pk, second.person_id),
    }
    assert reviews.assign_evenly(by=by, call=call, at=NOW) == 0
    with pytest.raises(ReviewRefused):
        assigned(centre, colleague, second)
    Review.objects.all().delete()
    organiser, listed = sign_in(centre, "ORGANISER"), f"/desk/events/{call.event.ref}/proposals/"
    assert 'form="many"' in organiser.get(listed).text
    many = {"refs": [own.ref, colleague.ref, free.ref], "do": "assign", "back": listed}
    assert organiser.post("/desk/events/proposals/many/", {**many, "person": "0"}).status_code == 302
    assert not Review.objects.exists()
    said = organiser.post("/desk/events/proposals/many/", {**many, "person": first.person_id}, follow=True)
    assert "1 pasiūlymas priskirtas." in said.text and "atliktas" not in said.text
    assert list(Review.objects.values_list("proposal", flat=True)) == [free.pk]
    Review.objects.create(proposal=own, person_id=first.person_id, assigned_at=NOW)  # as if by mistake
    desk = sign_in(centre, "PROGRAMME_COMMITTEE")
    assert desk.get(f"/desk/events/reviews/{own.ref}/").status_code == 404
    assert "Lankas" not in desk.get("/desk/events/reviews/").text
    page = organiser.get(f"/desk/events/proposals/{colleague.ref}/")
    assert page.status_code == 200 and "Ieva Smiltė" in page.text


def test_an_organiser_does_not_see_their_own_proposal_nor_one_they_declared(centre: Centre):
    call = a_call(centre)
    by = centre.actor("ORGANISER", NOW)
    own, other = proposed(call, "Rugilė Smiltė", address=by.person.email), proposed(call, "Jonas Beržas")
    closed(centre, call)
    desk = sign_in(centre, "ORGANISER")
    listed = f"/desk/events/{call.event.ref}/proposals/"
    assert "Rugilė" not in desk.get(listed).text and "Jonas" in desk.get(listed).text
    assert desk.get(f"/desk/events/proposals/{own.ref}/").status_code == 404
    with pytest.raises(PermissionRefused):
        decisions.prepare(by=by, proposal=own, outcome=ProposalState.ACCEPTED, at=NOW)
    many = {"refs": [own.ref], "do": ProposalState.ACCEPTED, "back": listed}
    desk.post("/desk/events/proposals/many/", many)
    own.refresh_from_db()
    assert own.pending == ""
    assert desk.post(f"/desk/events/proposals/{other.ref}/conflict/").status_code == 302
    assert "Jonas" not in desk.get(listed).text and Conflict.objects.count() == 1
    session = desk.session
    session[sudo.KEY] = clock.now().timestamp()
    session.save()
    file = desk.get(f"{listed}file/csv/").content.decode()
    assert "Jonas" not in file and "Rugil" not in file


def states(rows: list[Proposal]) -> list[str]:
    """The states of proposals as they are stored now."""
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


def test_decisions_are_prepared_changed_taken_back_and_announced_in_one_act(centre: Centre, post):
    call = a_call(centre)
    rows = [proposed(call, name) for name in ("Ona Pušaitė", "Jonas Beržas", "Ieva Smiltė", "Petras Kranto")]
    by = centre.actor("ORGANISER", NOW)
    with pytest.raises(CommandRefused):  # nothing is decided while proposals can still change
        decisions.prepare(by=by, proposal=rows[0], outcome=ProposalState.ACCEPTED, at=NOW)
    closed(centre, call)
    sent_letters()
    post.mails.clear()
    ProcrastinateJob.objects.all().delete()
    for row, outcome in zip(
        rows,
        (ProposalState.REJECTED, ProposalState.ON_HOLD, ProposalState.REJECTED, ProposalState.ACCEPTED),
        strict=True,
    ):
        decisions.prepare(by=by, proposal=row, outcome=outcome, at=NOW)
    decisions.prepare(by=by, proposal=rows[0], outcome=ProposalState.ACCEPTED, at=NOW)
    decisions.take_back(by=by, proposal=rows[3], at=NOW)
    for wrong in ("CONFIRMED", "", "x"):
        with pytest.raises(CommandRefused):
            decisions.prepare(by=by, proposal=rows[3], outcome=wrong, at=NOW)
    # Indico 2078: nothing is sent by preparing, only by the move
    assert not ProcrastinateJob.objects.exists() and sent_letters() == 0
    desk, path = sign_in(centre, "ORGANISER"), f"/desk/events/{call.event.ref}/proposals/announce/"
    page = desk.get(path).text
    assert 'name="number" value="3"' in page and "Petras" not in page
    assert desk.post(path, {"number": "2"}).status_code == 302
    assert set(states(rows)) == {ProposalState.SUBMITTED}
    assert desk.post(path, {"number": "3"}).status_code == 302
    assert states(rows) == [
        ProposalState.ACCEPTED,
        ProposalState.ON_HOLD,
        ProposalState.REJECTED,
        ProposalState.SUBMITTED,
    ]
    assert sent_letters() == 3 and sent_letters() == 0
    assert sorted(one.rcpt_tos[0].split(".")[0] for one in post.mails) == ["ieva", "jonas", "ona"]
    with pytest.raises(NumberChanged):
        decisions.announce(by=by, call=call, number=0, at=NOW)
    # pretalx 1641: on hold is a letter of its own, and is decided later
    with pytest.raises(CommandRefused):
        decisions.prepare(by=by, proposal=rows[1], outcome=ProposalState.ON_HOLD, at=NOW)
    decisions.prepare(by=by, proposal=rows[1], outcome=ProposalState.ACCEPTED, at=NOW)
    assert decisions.announce(by=by, call=call, number=1, at=NOW) == 1
    ended = ((rows[0], ProposalState.DECLINED), (rows[3], ProposalState.WITHDRAWN))
    for row, state in ended:  # they called the organisers
        assert desk.post(f"/desk/events/proposals/{row.ref}/end/").status_code == 302
        row.refresh_from_db()
        assert row.state == state and row.steps.latest("pk").why == "ORGANISER"


def test_letters_have_the_organisers_words_in_the_language_of_the_proposer(centre: Centre, post):
    call = a_call(centre)
    row = proposed(call, language="en", title="A talk {name}")
    closed(centre, call)
    by = centre.actor("ORGANISER", NOW)
    sent_letters()
    post.mails.clear()
    with pytest.raises(LetterRefused):
        calls.write_letters(
            by=by, call=call, letters={ProposalState.ON_HOLD: {"lt": "Labas, {vardas}"}}, at=NOW
        )
    words = {"lt": "Labas, {name}", "en": "Dear {name}, keep “{title}” for {event}, please."}
    calls.write_letters(by=by, call=call, letters={ProposalState.ON_HOLD: words}, at=NOW)
    row.refresh_from_db()
    decisions.prepare(by=by, proposal=row, outcome=ProposalState.ON_HOLD, at=NOW)
    page = sign_in(centre, "ORGANISER").get(f"/desk/events/{call.event.ref}/proposals/announce/").text
    assert "Dear Ona Pušaitė, keep “A talk {name}”" in page
    call.refresh_from_db()
    decisions.announce(by=by, call=call, number=1, at=NOW)
    other = proposed(a_call(centre), language="en")
    own.withdraw(by=PROPOSER, proposal=other, at=NOW)
    sent_letters()
    mail, *rest = post.mails
    assert len(rest) == 1  # of the other only the last step: it has moved on
    assert b"Dear Ona" in mail.content or b"RGVhciBPbm" in mail.content


def test_blindness_stays_once_proposals_have_come_in(centre: Centre):
    call = a_call(centre)
    by = centre.actor("PROGRAMME_COMMITTEE", NOW)
    changed = given(call.event, is_blind=False)
    calls.edit_call(by=by, call=call, given=changed, at=NOW)
    calls.edit_call(by=by, call=call, given=given(call.event), at=NOW)
    proposed(call)
    with pytest.raises(CallRefused):
        calls.edit_call(by=by, call=call, given=changed, at=NOW)


ROLES = ("ORGANISER", "PROGRAMME_COMMITTEE", "DOOR_STAFF", "PUBLISHER")
ORGANISER, COMMITTEE, NOBODY = "ORGANISER", "PROGRAMME_COMMITTEE", ""


def test_actions_refuse_by_role_whatever_a_page_offers(centre: Centre, ready):
    call, row, first, _second = ready
    acts = {
        "edit": (lambda by: calls.close_call(by=by, call=call, at=NOW), {ORGANISER, COMMITTEE}),
        "letters": (lambda by: calls.write_letters(by=by, call=call, letters={}, at=NOW), {ORGANISER}),
        "assign": (
            lambda by: reviews.assign(by=by, proposal=row, person=first.person, at=NOW),
            {ORGANISER},
        ),
        "spread": (lambda by: reviews.assign_evenly(by=by, call=call, at=NOW), {ORGANISER}),
        "review": (
            lambda by: reviews.give_review(by=by, proposal=row, scores=scores(call), words=Words(), at=NOW),
            {COMMITTEE},
        ),
        "prepare": (
            lambda by: decisions.prepare(by=by, proposal=row, outcome=ProposalState.ACCEPTED, at=NOW),
            {ORGANISER},
        ),
        "announce": (lambda by: decisions.announce(by=by, call=call, number=1, at=NOW), {ORGANISER}),
        "export": (
            lambda by: decisions.export(by=by, call=call, rows=1, kind="csv", at=NOW),
            {ORGANISER},
        ),
    }
    for name, (command, allowed) in acts.items():
        for role in ("PUBLISHER", "PHOTOGRAPHER", "PROGRAMME_COMMITTEE", "ORGANISER"):
            try:
                command(centre.actor(role, NOW))
            except PermissionRefused:
                assert role not in allowed, (name, role)
            except Exception as error:
                assert role in allowed, (name, role, error)
            else:
                assert role in allowed, (name, role)


def test_figures_count_by_state_and_rate_what_is_decided(centre: Centre, ready):
    call, row, _first, _second = ready
    span = (NOW - timedelta(days=30), NOW + timedelta(days=1))
    assert sent_between(*span) == {ProposalState.SUBMITTED: 1} and accepted_between(*span) == (None, 0)
    assert numbers_of(call).rate is None
    by = centre.actor("ORGANISER", NOW)
    decisions.prepare(by=by, proposal=row, outcome=ProposalState.ACCEPTED, at=NOW)
    decisions.announce(by=by, call=call, number=1, at=NOW)
    assert accepted_between(*span) == (1.0, 1) and numbers_of(call).rate == 100
    page = sign_in(centre, "ORGANISER").get(f"/desk/events/{call.event.ref}/call/").text
    assert "100 %" in page

"""Reviews by people without an account: a signed link, one answer, an address that is forgotten."""

from datetime import timedelta

import pytest
from django.test import Client

from sauga.kernel import clock
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import MoveNotAllowed
from sauga.portal.actions import reviews
from sauga.portal.actions.pages import write_page
from sauga.portal.models.articles import PlainPage
from sauga.portal.models.reviews import ReviewRequest
from sauga.portal.queries.desk import token_of
from sauga.portal.states import REVIEW, ReviewState
from sauga.world import mailbox
from tests.centre import centre

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
AT = clock.now()


@pytest.fixture
def draft(centre, planted):
    page = PlainPage(
        title="Juodraštis",
        summary="Dar neskelbta.",
        review_by=AT.date() + timedelta(days=90),
        slug="juodrastis",
    )
    page.body = [{"type": "text", "value": "<p>Žodis po žodžio.</p>"}]
    return write_page(by=centre.actor("EDITOR"), parent=planted["lt"], page=page, at=AT)


@pytest.fixture
def asked(centre, draft):
    return reviews.ask_review(
        by=centre.actor("EDITOR"),
        page=draft,
        name="Ona",
        email="ona@mokykla.example",
        language="lt",
        question="Ar aišku?",
        at=AT,
    )


def answered(review, **said):
    page = Client().get(f"/review/{token_of(review)}/")
    ticket = page.content.decode().partition('name="ticket" value="')[2].partition('"')[0]
    return Client().post(f"/review/{token_of(review)}/", {"ticket": ticket, **said})


def test_the_letter_carries_the_link_and_the_address_is_forgotten(asked, world):
    reviews.send_review(by=reviews.SCHEDULE, review_id=asked.pk, at=AT)
    asked.refresh_from_db()
    assert asked.email == ""
    (letter,) = mailbox.messages(world.data / "demo" / "mail", recipient="ona@mokykla.example")
    assert f"/review/{token_of(asked)}/" in letter.text and "Ar aišku?" in letter.text
    reviews.send_review(by=reviews.SCHEDULE, review_id=asked.pk, at=AT)
    assert len(mailbox.messages(world.data / "demo" / "mail", recipient="ona@mokykla.example")) == 1


def test_the_reviewer_reads_the_draft_that_nobody_else_sees(asked, client):
    html = client.get(f"/review/{token_of(asked)}/").content.decode()
    assert "Žodis po žodžio." in html and "Ar aišku?" in html
    assert client.get("/lt/juodrastis/").status_code == 404
    assert client.cookies == {}


def test_an_approval_is_kept_and_who_asked_is_told(asked, centre):
    assert answered(asked, answer="approve", words="").status_code == 200
    asked.refresh_from_db()
    assert asked.state == ReviewState.APPROVED
    assert Notification.objects.filter(
        person=centre.people["EDITOR"], template="portal.review_answered"
    ).exists()


def test_changes_need_words(asked):
    assert answered(asked, answer="change", words=" ").status_code == 422
    assert answered(asked, answer="change", words="Per ilgas sakinys.").status_code == 200
    asked.refresh_from_db()
    assert (asked.state, asked.words) == (ReviewState.CHANGES_ASKED, "Per ilgas sakinys.")


def test_a_link_takes_one_answer(asked):
    answered(asked, answer="approve")
    assert Client().get(f"/review/{token_of(asked)}/").status_code == 410
    with pytest.raises(reviews.ReviewOver):
        reviews.answer_review(by=reviews.REVIEWER, review=asked, approve=True, words="", at=AT)


def test_an_answer_without_a_ticket_of_the_page_is_asked_for_again(asked):
    assert (
        Client().post(f"/review/{token_of(asked)}/", {"answer": "approve", "ticket": "x"}).status_code == 422
    )


@pytest.mark.parametrize("token", ["nothing", "a:b", ""])
def test_links_that_were_not_signed_here_open_nothing(token, asked):
    assert Client().get(f"/review/{token or asked.ref}/").status_code == 410


def test_a_link_runs_out_and_can_be_taken_back(asked, centre, draft):
    assert reviews.expire_reviews(by=reviews.SCHEDULE, at=AT + reviews.LASTS) == 1
    other = reviews.ask_review(
        by=centre.actor("EDITOR"),
        page=draft,
        name="Ona",
        email="o@m.example",
        language="en",
        question="",
        at=AT,
    )
    reviews.withdraw_review(by=centre.actor("EDITOR"), review=other, at=AT)
    assert set(ReviewRequest.objects.values_list("state", "email")) == {("EXPIRED", ""), ("WITHDRAWN", "")}
    with pytest.raises(reviews.ReviewOver):
        reviews.withdraw_review(by=centre.actor("EDITOR"), review=other, at=AT)


def test_only_editors_ask(centre, draft):
    with pytest.raises(PermissionRefused):
        reviews.ask_review(
            by=centre.actor("ANALYST"),
            page=draft,
            name="",
            email="a@b.example",
            language="lt",
            question="",
            at=AT,
        )


def test_every_illegal_move_is_refused(asked):
    from sauga.kernel.states import move

    for state in REVIEW.ends():
        for after in REVIEW.moves:
            asked.state = state
            with pytest.raises(MoveNotAllowed):
                move(asked, to=after, by=reviews.REVIEWER, at=AT)

"""“My day” shows whoever signs in the work that waits for them, as lines that lead to it, and
nothing of the others.
"""

import pytest

from sauga.kernel.identity import home
from sauga.repository.resources.actions import review
from tests.centre import AT, PASSWORD, Centre, centre  # noqa: F401  a fixture
from tests.factories.hotline import reported
from tests.factories.letters import in_review, written
from tests.factories.people import Hired, sign_in
from tests.factories.resources import draft

pytestmark = [pytest.mark.access, pytest.mark.django_db]


def lines(centre: Centre, role: str, at=AT) -> dict[str, list[home.Due]]:
    """What each card of a role lists, by the card's code."""
    filled = home.cards_for(centre.actor(role, at, unlocked=False), at)
    return {one.card.code: one.context["lines"] for one in filled if one.card.template == home.DUE}


def test_a_house_without_work_shows_no_empty_card(centre: Centre):
    assert not any(lines(centre, role) for role in ("ANALYST", "LETTER_REVIEWER", "SAFEGUARDING_EDITOR"))


def test_an_analyst_sees_the_most_urgent_items_and_the_way_to_them(centre: Centre):
    refs = [reported(f"https://a{n}.example/")[0].locations.get().item.ref for n in range(6)]
    shown = lines(centre, "ANALYST")
    assert set(shown) == {"hotline.to_do"} and len(shown["hotline.to_do"]) == 4
    assert all(
        line.title.split(" · ")[0] in refs and line.href.startswith("/desk/hotline/items/")
        for line in shown["hotline.to_do"]
    )
    assert lines(centre, "SECOND_REVIEWER") == {} and lines(centre, "COUNSELLOR") == {}


def test_an_analyst_sees_how_much_was_looked_at_today(centre: Centre):
    facts = {
        one.card.code: one.context
        for one in home.cards_for(centre.actor("ANALYST", unlocked=False), AT)
        if one.card.side
    }
    assert [value.split()[0] for _label, value in facts["hotline.my_load"]["rows"]] == ["0", "0"]
    assert not any(one.card.side for one in home.cards_for(centre.actor("COUNSELLOR", unlocked=False), AT))


def test_a_second_reader_sees_letters_of_others_and_the_author_none_to_review(centre: Centre):
    letter = in_review(centre, written()[0])
    assert [line.title.split(" · ")[0] for line in lines(centre, "LETTER_REVIEWER")["helpline.letters"]] == [
        letter.ref
    ]
    assert lines(centre, "ANALYST") == {}


def test_editors_see_resources_that_wait_for_them(centre: Centre):
    resource = draft(centre)
    assert lines(centre, "EDITOR_2") == {}
    review.submit_resource(by=centre.actor("EDITOR"), resource=resource, at=AT)
    (line,) = lines(centre, "EDITOR_2")["repository.to_do"]
    assert resource.ref in line.href and line.mark.text and line.when
    assert lines(centre, "EDITOR") == {}, "one's own work is reviewed by somebody else"


@pytest.mark.parametrize("language", ["lt", "en"])
def test_the_page_draws_the_lines(centre: Centre, client, language):
    report, _keys = reported("https://a.example/")
    person = centre.people["ANALYST"]
    person.language = language
    person.save(update_fields=["language"])
    sign_in(client, Hired(person, centre.totp["ANALYST"], "", PASSWORD))
    page = client.get("/desk/").content.decode()
    assert report.locations.get().item.ref in page and 'class="gauge"' in page

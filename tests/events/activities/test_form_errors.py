"""What is wrong with an activity of Safer Internet Day is said at once, each fault at its field, and what is
needed is not called optional."""

import pytest
from django.test import Client
from django.utils.translation import override
from factories.activities import AT, organisation
from factories.members import browser_of, joined
from lxml import html

from sauga.kernel import clock
from sauga.kernel.organisations.models import Organisation

pytestmark = pytest.mark.django_db
PAGE = "/en/events/safer-internet-day/register/"


@pytest.fixture(autouse=True)
def january(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: AT)


def faults(text: str) -> list[str]:
    """Where the summary leads."""
    return [
        link.get("href") for link in html.fromstring(text).xpath("//*[contains(@class, 'error-summary')]//a")
    ]


def test_an_empty_form_says_everything_once():
    answer = Client().post(PAGE, {"wants_ambassador": "on"})
    found = faults(answer.text)
    assert answer.status_code == 422
    assert found == [
        "#id_organisation", "#id_municipality", "#id_kind", "#id_day", "#id_title", "#id_heads",
        "#id_ambassador_topic", "#id_email",
    ], "in the order of the page"  # fmt: skip
    page = html.fromstring(answer.text)
    [heads] = page.xpath("//fieldset[@id='id_heads']")
    assert "id_heads_error" in heads.get("aria-describedby") and heads.xpath(".//*[@id='id_heads_error']")
    assert "id_heads_grades_1_4_error" not in answer.text


def test_the_place_of_an_organisation_without_one_is_asked_for_and_not_called_optional():
    with override("en"):
        _who, secret = joined("ona@mokykla.example", at=AT)
    school = organisation()
    Organisation.objects.filter(pk=school.pk).update(municipality="")
    browser = browser_of(secret)
    given = {"organisation": school.code, "kind": "lesson", "title": "Pamoka", "day": "2027-02-09"}
    answer = browser.post("/en/my/activities/new/", {**given, "heads_adults": "3", "wants_ambassador": "on"})
    assert faults(answer.text) == ["#id_municipality", "#id_ambassador_topic"]
    labels = {one.get("for"): one.text_content() for one in html.fromstring(answer.text).iter("label")}
    assert "optional" not in labels["id_municipality"] + labels["id_ambassador_topic"]
    assert "optional" in labels["id_begins"]


def test_the_days_stand_in_the_form_before_anything_is_typed():
    page = html.fromstring(Client().get(PAGE).text)
    day = page.get_element_by_id("id_day")
    assert (day.get("min"), day.get("max")) == ("2027-01-26", "2027-03-01")
    hint = page.get_element_by_id("id_day_helptext").text_content().replace("\xa0", " ")
    assert "26 January 2027 to 1 March 2027" in hint
    lithuanian = (
        Client().get("/lt/renginiai/saugesnio-interneto-diena/registruoti/").text.replace("\xa0", " ")
    )
    assert "Nuo 2027 m. sausio 26 d. iki 2027 m. kovo 1 d." in lithuanian and "1 d.." not in lithuanian

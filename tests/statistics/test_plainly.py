"""The opening of the public statistics: sentences, a chart and waiting times, from what may be shown."""

import pytest
from django.utils.translation import override

from sauga.kernel.figures import Period, Total, measure
from sauga.statistics.queries import Shown
from sauga.statistics.views import plainly

pytestmark = pytest.mark.django_db
PERIOD = Period.parse("2026-Q3")


def shown(**cells):
    """Measures by code (`hotline__received=[…]`) and their cells `(dims, value)`; hidden without a value."""
    return {
        (code := name.replace("__", ".")): Shown(
            measure(code),
            tuple(Total(code, PERIOD, dims, value, 20, value is None, 0) for dims, value in held),
        )
        for name, held in cells.items()
    }


FULL = {
    "helpline__answered": [({}, 5371)],
    "helpline__topics": [
        ({"group": "MENTAL_HEALTH"}, 1312),
        ({"group": "FAMILY"}, 1104),
        ({"group": "SCHOOLING"}, None),
        ({}, 2416),
    ],
    "hotline__received": [({}, 742)],
    "hotline__action_excl_dup": [({}, 209)],
    "hotline__takedown_median": [({}, 3.62), ({"hosting": "LT"}, 0.61), ({"hosting": "ABROAD"}, None)],
}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            [
                "<b>5,371</b> times",
                "<b>742</b> reports",
                "<b>209</b> led",
                "<b>3.6 days</b>",
                "<b>15 hours</b>",
            ],
        ),
        ("lt", ["kartą", "<b>742</b> pranešimus", "<b>209</b>", "<b>3,6 dienos</b>", "<b>15 valandų</b>"]),
    ],
)
def test_a_full_period_is_said_in_three_sentences(language: str, said: list[str]):
    with override(language):
        found = plainly.sentences(shown(**FULL))
    assert len(found) == 3
    assert [one for one in said if one not in " ".join(found)] == []


def test_what_is_hidden_or_zero_is_left_out_and_never_said():
    hidden = {**FULL, "hotline__takedown_median": [({}, None)], "helpline__answered": [({}, 0)]}
    with override("en"):
        found = plainly.sentences(shown(**hidden))
    assert len(found) == 1 and "742" in found[0]


def test_the_chart_shows_the_topics_that_may_be_shown_with_their_definition():
    odd = {**FULL, "helpline__topics": [({"group": plainly.OTHER}, 2000), *FULL["helpline__topics"]]}
    with override("en"):
        found, said = plainly.topics(shown(**odd)), plainly.sentences(shown(**odd))[0]
    assert found is not None
    assert [(one.number, one.length) for one in found.bars] == [("1,312", 66), ("1,104", 55), ("2,000", 100)]
    assert found.bars[-1].name == "Other topics" and "Other" not in said, (
        "what is no topic is never the first"
    )


def test_topics_that_do_not_add_up_say_where_the_others_are():
    with override("en"):
        found = plainly.topics(shown(**FULL))
        whole = plainly.topics(shown(**{**FULL, "helpline__answered": [({}, 2416)]}))
    assert found is not None and whole is not None
    assert "add up to 2,416 of 5,371 contacts. The other 2,955 have no topic" in found.rest
    assert whole.rest == "", "nothing to explain where nothing is missing"
    assert found.definition and found.threshold
    assert plainly.topics(shown(helpline__topics=[({"group": "FAMILY"}, None)])) is None


def test_waiting_times_are_a_table_or_nothing():
    with override("en"):
        table = plainly.waiting_table(
            shown(helpline__wait_median=[({}, 0.5)], helpline__answer_rate=[({}, 0.74)])
        )
    assert table is not None and [row[1] for row in table.rows] == ["30 s", "74%"]
    assert plainly.waiting_table(shown(helpline__wait_median=[({}, None)])) is None

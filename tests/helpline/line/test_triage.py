"""The band of a first message, against labelled openings; reading of hurried writing; and what a
judgement may say.
"""

import json
from pathlib import Path

import pytest
from helpline.openings import openings, recall

from sauga.helpline.line.rules import triage
from sauga.helpline.line.rules.triage import Band, judge, sentence
from sauga.kernel.i18n.phrases import LONGEST_WORD, near, plain, read

VOCABULARIES = Path(triage.__file__).parents[2] / "data" / "helpline_vocabularies.json"
NOW = Band.IMMEDIATE


def test_immediate_risk_is_recognised_in_the_seed():
    assert recall(openings("seed"), NOW) >= 0.95


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("noriu mirti šiąnakt", NOW),
        ("noriu mirti siaknakt", NOW),
        ("nooooriiiu miiiirti siandien", NOW),
        ("noriumirti siandien", NOW),
        ("n o r i u m i r t i šiandien", NOW),
        ("i took all the pils", NOW),
        ("i t00k a bunch of pills", NOW),
        ("я выпила таблетки", NOW),
        ("ne juokauju, noriu mirti šiandien", NOW),
        ("not joking i want to die tonight", NOW),
    ],
)
def test_hurried_writing_is_read(text, band):
    assert judge(text).band is band


@pytest.mark.parametrize(
    "text",
    [
        "filme vienas veikėjas nusižudo, negaliu pamiršti tos scenos",
        "in fortnite he killed me again lol",
        "mirštu iš juoko",
        "i'm dying of boredom",
        "умираю со скуки",
        "mama mane užmuš už šitą pažymį haha",
        "I don't want to die",
        "aš nenoriu mirti",
        "я не хочу умирать",
    ],
)
def test_idioms_stories_and_denials_are_not_danger(text):
    assert judge(text).band in {Band.NONE, Band.SOME}


def test_a_story_does_not_hide_what_is_said_beside_it():
    assert judge("žiūrėjau filmą apie mergaitę. noriu mirti šiandien").band is NOW


def test_own_answers_are_the_lowest_band():
    terms = {
        t["code"]: t.get("min_band")
        for v in json.loads(VOCABULARIES.read_text())["vocabularies"].values()
        for t in v["terms"]
        if "code" in t
    }
    for code in ("NOW_YES", "NOW_AFRAID", "NOW_NO", "NOW_SKIP"):
        assert judge("labas", self_urgency=code).band == (terms[code] or "NONE")
    chips = [code for code in terms if code.startswith("CHIP_")]
    assert len(chips) == 11
    for code in chips:
        assert judge("labas", chip=code).band == (terms[code] or "NONE")


def test_an_answer_never_lowers_what_the_words_say():
    assert judge("išgėriau tabletes", self_urgency="NOW_NO", chip="CHIP_TALK").band is NOW


@pytest.mark.parametrize("language", ["lt", "en", "ru"])
def test_every_judgement_is_explained(language):
    for opening in openings("seed"):
        found = judge(opening["text"], opening["lang"])
        said = sentence(found.rules, language)
        assert said.endswith(".") and said[0].isupper()
        assert (found.band is Band.NONE) == (not found.rules)
        assert opening["text"][:12].lower() not in said.lower()


def test_sentence_leaves_out_rules_that_are_gone():
    assert sentence(["GONE_RULE"], "en") == "No sign of hurry was found."
    assert sentence(["GONE_RULE", "LOST"], "en") == "Is lost."


def test_a_judgement_holds_codes_and_no_words():
    found = judge("mano vardas Obuolė, išgėriau tabletes")
    assert set(found.rules) <= set(triage._rules()) and "obuol" not in repr(found).lower()


def test_every_concept_of_a_rule_exists_and_every_concept_is_used():
    known = {c for fits in triage._book().phrases.values() for c in (p.concept for p in fits)}
    used = {c for rule in triage._rules().values() for place in rule.wanted for c in place}
    used |= {c for rule in triage._rules().values() for c in rule.unless} | {triage.MASK, triage.FICTION}
    assert used == known


def test_a_very_long_text_ends():
    assert judge("labas " * 20_000 + "noriu mirti").band is Band.NONE
    assert judge("a" * 50_000).band is Band.NONE


def test_words_are_compared_without_marks_and_drawn_out_letters():
    assert plain("Šiiiąnakt") == plain("siaanakt") == "sianakt"
    assert read("p a d ė k i t man").words == ["padekit", "man"]
    assert near("tablete", "tabelte") and near("tablete", "tablet") and not near("tablete", "tabeelt")


@pytest.mark.parametrize("text", ["a " * 6_000, "noriu" * 2_400, ("gyvenimas" * 13 + " ") * 100])
def test_work_does_not_grow_with_the_length_of_a_word(text):
    """Letters one by one made a word of 6,000 letters, and a stranger could have kept the line busy for
    minutes with one message.
    """
    assert all(len(word) <= LONGEST_WORD for word in read(text).words)
    assert judge(text).band in set(Band)


def test_words_run_together_are_taken_apart():
    book = triage._book()
    assert book.apart(read("noriumirtišiandien")).words == ["noriu", "mirti", "siandien"]
    assert book.apart(read("nepriklausomybininkas")).words == ["nepriklausomybininkas"]

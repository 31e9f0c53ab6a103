"""The licence engine against the vocabulary's matrix and against a table that was written by hand from the
legal codes, for one work, every pair and every triple.
"""

import json
from itertools import product
from pathlib import Path

import pytest

import sauga.repository
from sauga.repository.adaptations.rules import licences as engine
from sauga.repository.adaptations.rules.licences import Answer, Instead, Reason

TERMS = json.loads(
    (Path(sauga.repository.__file__).parent / "data" / "awareness_vocabularies.json").read_text(
        encoding="utf-8"
    )
)["vocabularies"]["licences"]["terms"]
NAMES = {
    "0": "CC0-1.0",
    "by": "CC-BY-4.0",
    "sa": "CC-BY-SA-4.0",
    "nc": "CC-BY-NC-4.0",
    "nsa": "CC-BY-NC-SA-4.0",
    "nd": "CC-BY-ND-4.0",
    "nnd": "CC-BY-NC-ND-4.0",
    "©": "all_rights_reserved",
    "?": "custom",
}
# Written from the legal codes, not from the program. Two works melted into one: what the whole carries ("-":
# refused, "?": ask the owner).
FREE, PLAIN, LESS = "0 by sa nc nsa nd nnd", "by sa nc nsa nd nnd", "nc nsa nnd"
PAIRS = {
    ("0", "0"): FREE,
    ("0", "by"): PLAIN,
    ("0", "sa"): "sa",
    ("0", "nc"): LESS,
    ("0", "nsa"): "nsa",
    ("by", "by"): PLAIN,
    ("by", "sa"): "sa",
    ("by", "nc"): LESS,
    ("by", "nsa"): "nsa",
    ("sa", "sa"): "sa",
    ("sa", "nc"): "-",
    ("sa", "nsa"): "-",
    ("nc", "nc"): LESS,
    ("nc", "nsa"): "nsa",
    ("nsa", "nsa"): "nsa",
}
CLOSED = {"nd", "nnd", "©"}
OPEN = ("0", "by", "sa", "nc", "nsa")


def by_hand(*short: str) -> str:
    """What the table says for one, two or three works."""
    if set(short) & CLOSED:
        return "-"
    known = [one for one in short if one != "?"]
    pairs = {PAIRS.get((a, b)) or PAIRS[b, a] for a in known for b in known}
    if "-" in pairs:
        return "-"
    left = set(FREE.split()).intersection(*(set(pair.split()) for pair in pairs)) if pairs else set()
    if known and not left:
        return "-"
    return "?" if "?" in short else " ".join(one for one in FREE.split() if one in left)


def said(verdict: engine.Verdict) -> str:
    """The engine's answer in the table's letters."""
    short = {code: one for one, code in NAMES.items()}
    if verdict.answer is Answer.REFUSED:
        return "-"
    if verdict.answer is Answer.ASK_OWNER:
        return "?"
    return " ".join(short[code] for code in FREE_ORDER if code in verdict.licences)


FREE_ORDER = [NAMES[one] for one in FREE.split()]


def test_every_licence_of_the_vocabulary_is_known_with_the_same_rights():
    assert {term["code"] for term in TERMS} == set(engine.LICENCES)
    for term in TERMS:
        held = engine.LICENCES[term["code"]]
        assert {name: getattr(held, name) for name in term["rights"]} == term["rights"], term["code"]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term["code"])
def test_the_matrix_of_the_vocabulary_is_what_the_rights_lead_to(term: dict):
    assert list(engine.adaptation_licences(term["code"])) == term["adaptation_licences"]


def test_one_work_as_in_the_table():
    for one, code in NAMES.items():
        assert said(engine.adapt(code)) == by_hand(one), one


def test_every_pair_melted_into_one_as_in_the_table_in_both_orders():
    assert len({frozenset(pair) for pair in PAIRS}) == 15  # every pair of the five that may be adapted
    for pair in product(NAMES, repeat=2):
        assert said(engine.merge([NAMES[one] for one in pair])) == by_hand(*pair), pair


def test_every_triple_melted_into_one_as_in_the_table():
    checked = 0
    for triple in product(NAMES, repeat=3):
        assert said(engine.merge([NAMES[one] for one in triple])) == by_hand(*triple), triple
        checked += 1
    assert checked == 729


def test_triples_that_a_lawyer_would_ask_about():
    assert said(engine.merge(["CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0"])) == "sa"
    assert said(engine.merge(["CC-BY-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0"])) == "nsa"
    assert said(engine.merge(["CC-BY-SA-4.0", "CC-BY-4.0", "CC-BY-NC-4.0"])) == "-"
    assert said(engine.merge(["CC-BY-SA-4.0", "CC-BY-NC-SA-4.0", "CC0-1.0"])) == "-"
    assert (
        said(engine.merge(["custom", "CC-BY-SA-4.0", "CC-BY-NC-4.0"])) == "-"
    )  # the owner's yes would not help


def test_share_alike_is_forced_and_its_loss_in_a_copy_of_a_copy_is_refused():
    refused = engine.adapt("CC-BY-SA-4.0", wanted="CC-BY-4.0")
    assert (refused.answer, refused.reasons) == (Answer.REFUSED, (Reason.SHARE_ALIKE_LOST,))
    assert (refused.licences, refused.instead) == (("CC-BY-SA-4.0",), (Instead.USE_THESE_LICENCES,))
    # A first copy that was labelled wrongly does not wash the original's terms away.
    copy = engine.again(["CC-BY-SA-4.0", "CC-BY-4.0"], wanted="CC-BY-4.0")
    assert (copy.answer, copy.reasons, copy.codes) == (
        Answer.REFUSED,
        (Reason.SHARE_ALIKE_LOST,),
        ("CC-BY-SA-4.0",),
    )
    assert engine.again(["CC-BY-4.0", "CC-BY-SA-4.0"]).licences == ("CC-BY-SA-4.0",)
    assert engine.again(["CC-BY-4.0", "CC-BY-ND-4.0"]).reasons == (Reason.NO_DERIVATIVES,)


def test_every_relicensing_is_allowed_exactly_when_the_matrix_lists_it():
    for term in TERMS:
        for other in engine.LICENCES:
            verdict = engine.adapt(term["code"], wanted=other)
            assert verdict.is_allowed is (other in term["adaptation_licences"]), (term["code"], other)


def test_no_derivatives_admits_declared_slots_and_nothing_else():
    for code in ("CC-BY-ND-4.0", "CC-BY-NC-ND-4.0"):
        assert engine.judge("slot_fill", [code], filled=["logo"], declared=["logo", "web"]).licences == (
            code,
        )
        stray = engine.judge("slot_fill", [code], filled=["logo", "example"], declared=["logo"])
        assert (stray.answer, stray.reasons, stray.codes) == (
            Answer.REFUSED,
            (Reason.SLOT_NOT_DECLARED,),
            ("example",),
        )
        for kind in (
            "translation",
            "simplification",
            "localisation",
            "abridgement",
            "extension",
            "accessible_version",
        ):
            refused = engine.judge(kind, [code], declared=["logo"])
            assert (refused.reasons, refused.instead[0]) == ((Reason.NO_DERIVATIVES,), Instead.FILL_SLOTS), (
                kind
            )
        assert engine.judge("format_change", [code]).licences == (code,)


def test_filling_slots_keeps_the_licence_and_more_than_slots_is_a_change():
    for one in OPEN:
        code = NAMES[one]
        assert engine.judge("slot_fill", [code], filled=["logo"], declared=["logo"]).licences == (code,)
        assert said(engine.judge("slot_fill", [code], filled=["logo", "own"], declared=["logo"])) in (
            by_hand(one),
            one,
        )
    assert engine.judge("slot_fill", ["CC-BY-4.0"], declared=[], wanted="CC0-1.0").reasons == (
        Reason.NOT_OFFERED,
    )


def test_a_toolkit_is_a_collection_whose_parts_keep_their_licences():
    kept = engine.collect(["CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0"])
    assert (kept.answer, kept.licences) == (Answer.ALLOWED, ("CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-ND-4.0"))
    for pair in product(NAMES, repeat=2):
        answer = engine.collect([NAMES[one] for one in pair]).answer
        assert answer is (
            Answer.REFUSED if "©" in pair else Answer.ASK_OWNER if "?" in pair else Answer.ALLOWED
        ), pair


def test_who_earns_money_may_not_use_what_is_not_for_profit():
    for one, code in NAMES.items():
        refused = one in {"nc", "nsa", "nnd", "©"}
        assert (engine.collect([code], commercial=True).answer is Answer.REFUSED) is refused, code
    verdict = engine.adapt("CC-BY-NC-4.0", commercial=True)
    assert (verdict.reasons, verdict.instead[0]) == ((Reason.NOT_COMMERCIAL,), Instead.WITHOUT_PROFIT)


def test_every_refusal_says_why_and_what_instead():
    for triple in product(NAMES, repeat=3):
        for commercial in (False, True):
            verdict = engine.merge([NAMES[one] for one in triple], commercial=commercial)
            assert verdict.is_allowed or (verdict.reasons and verdict.instead), triple


def test_unknown_codes_and_nothing_at_all_are_refused():
    for codes in ([], ["CC-BY-3.0"], ["CC-BY-4.0", ""]):
        assert engine.merge(codes).reasons == (Reason.UNKNOWN,)
        assert engine.collect(codes).reasons == (Reason.UNKNOWN,)
    assert engine.judge("translation", []).reasons == (Reason.UNKNOWN,)

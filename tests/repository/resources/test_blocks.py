"""Bodies hold words and nothing that a browser would run."""

import pytest

from sauga.repository.resources.rules.blocks import BlockRefused, checked, words

pytestmark = pytest.mark.unit


def test_blocks_are_cut_to_what_their_kind_knows():
    given = [
        {"kind": "heading", "text": " Pradžia ", "class": "x"},
        {"kind": "list", "items": ["vienas", "du"]},
        {"kind": "task", "text": "Aptarkite.", "minutes": 10},
        {"kind": "question", "text": "Kuris?", "answers": ["a", "b"], "right": [1, 1]},
        {"kind": "slot", "slot": "logo"},
    ]
    assert checked(given, slots={"logo"}) == [
        {"kind": "heading", "text": "Pradžia"},
        {"kind": "list", "items": ["vienas", "du"], "ordered": False},
        {"kind": "task", "title": "", "text": "Aptarkite.", "minutes": 10},
        {"kind": "question", "text": "Kuris?", "answers": ["a", "b"], "right": [1]},
        {"kind": "slot", "slot": "logo"},
    ]
    assert words(checked(given, slots={"logo"})) == "Pradžia\nvienas\ndu\nAptarkite.\nKuris?\na\nb"


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ({"kind": "question", "text": "a", "answers": ["a"], "points": [1, 2]}, "points"),
        ({"kind": "question", "text": "a", "answers": ["a"], "points": [-1]}, "points"),
        ({"kind": "question", "text": "a", "answers": ["a"], "right": [0], "points": [1]}, "points"),
        ({"kind": "question", "text": "a", "answers": ["a"], "explanation": "<b>a</b>"}, "markup"),
        ({"kind": "result", "text": "a", "least": "2"}, "least"),
        ({"kind": "result", "text": "", "least": 2}, "empty"),
        ({"kind": "html", "text": "x"}, "kind"),
        ("text", "kind"),
        ({"kind": "paragraph", "text": "<b>x</b>"}, "markup"),
        ({"kind": "paragraph", "text": "[x](https://a.example)"}, "markup"),
        ({"kind": "paragraph", "text": "a\x00b"}, "markup"),
        ({"kind": "paragraph", "text": "  "}, "empty"),
        ({"kind": "paragraph", "text": "x" * 4001}, "too_long"),
        ({"kind": "list", "items": []}, "empty"),
        ({"kind": "list", "items": ["x"] * 41}, "too_many"),
        ({"kind": "task", "text": "x", "minutes": 0}, "minutes"),
        ({"kind": "task", "text": "x", "minutes": True}, "minutes"),
        ({"kind": "question", "text": "x", "answers": ["a"], "right": [1]}, "right"),
        ({"kind": "slot", "slot": "unknown"}, "slot"),
    ],
)
def test_other_blocks_are_refused_with_their_place(block, why):
    with pytest.raises(BlockRefused) as refused:
        checked([{"kind": "paragraph", "text": "Viskas gerai: 3 < 4 ir 5 > 2."}, block])
    assert (refused.value.place, refused.value.why) == (1, why)


def test_a_body_is_a_list_of_bounded_length():
    with pytest.raises(BlockRefused):
        checked({"kind": "paragraph"})
    with pytest.raises(BlockRefused):
        checked([{"kind": "paragraph", "text": "x"}] * 201)

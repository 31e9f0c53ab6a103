"""The fields of a partner's own text give back the blocks they were made from."""

import pytest

from sauga.repository.adaptations.forms import blocks_of, fields_of
from sauga.repository.resources.rules.blocks import checked

pytestmark = pytest.mark.unit
BLOCKS = [
    {"kind": "heading", "text": "Testas"},
    {"kind": "list", "items": ["vienas", "du"], "ordered": True},
    {"kind": "task", "title": "Pora", "text": "Aptarkite.", "minutes": 5},
    {"kind": "question", "text": "Kuris?", "answers": ["a", "b"], "right": [1], "explanation": "Todėl."},
    {
        "kind": "question",
        "text": "Kas žino?",
        "answers": ["Aš", "Visi"],
        "right": [],
        "points": [2, 0],
        "explanation": "Pakeisk.",
    },
    {"kind": "result", "least": 14, "text": "Puiku!"},
]


def test_questions_keep_their_points_and_explanations_and_results_their_least():
    posted = {}
    for field in fields_of([{**block, "from": place} for place, block in enumerate(BLOCKS)]):
        place = field.pop("place")
        posted |= {
            f"b{place}-{name}": str(value)
            for name, value in field.items()
            if value is not False and value != ""
        }
    found = blocks_of(posted)
    assert [block["from"] for block in found] == list(range(len(BLOCKS)))
    assert checked(found) == BLOCKS

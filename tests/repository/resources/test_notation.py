"""What an editor writes in a plain field becomes blocks, and comes back as it was written."""

import json
from pathlib import Path

import pytest

from sauga.repository import demo
from sauga.repository.resources.rules import blocks, notation

pytestmark = pytest.mark.unit
TEXT = """# Pradžia
Pirma pastraipa
antroje eilutėje.

- vienas
- du

1. pirma
2. antra

! 10 Pokalbis poromis
Aptarkite.

! Be laiko
Tekstas.

? Kuris?
- a
+ b
= Todėl.

? Kas žino?
(2) Aš
(0) Visi
= Pakeisk.

>= 14
Puiku!
Taip ir toliau.

[[help]]"""


def test_text_becomes_blocks():
    found = blocks.checked(notation.read(TEXT), slots={"help"})
    assert [block["kind"] for block in found] == [
        "heading",
        "paragraph",
        "list",
        "list",
        "task",
        "task",
        "question",
        "question",
        "result",
        "slot",
    ]
    assert found[1]["text"] == "Pirma pastraipa\nantroje eilutėje."
    assert (found[3]["ordered"], found[4]["minutes"], found[5]["minutes"]) == (True, 10, None)
    assert (found[6]["answers"], found[6]["right"], found[6]["explanation"]) == (["a", "b"], [1], "Todėl.")
    assert (found[7]["answers"], found[7]["points"]) == (["Aš", "Visi"], [2, 0])
    assert (found[8]["least"], found[8]["text"]) == (14, "Puiku!\nTaip ir toliau.")


def test_blocks_come_back_from_their_text():
    bodies = json.loads((Path(demo.__file__).parent / "bodies.json").read_text(encoding="utf-8"))
    for by_language in bodies.values():
        for body in by_language.values():
            wanted = blocks.checked(body, slots={"help"})
            assert blocks.checked(notation.read(notation.write(wanted)), slots={"help"}) == wanted


def test_nothing_is_no_block():
    assert notation.read("  \r\n\r\n ") == []

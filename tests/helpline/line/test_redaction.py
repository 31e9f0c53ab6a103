"""What tells who somebody is, is found and taken out, and ordinary words are left."""

import csv
import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.utils import translation

from sauga.helpline.line.rules.redaction import Found, Kind, found, kind_name, redacted

MARK = re.compile(r"\[([a-z_]+):((?:[^\[\]]|\[at\])*)\]")
LINES = (Path(__file__).parents[1] / "data" / "redaction.txt").read_text().splitlines()


def labelled(line: str) -> tuple[str, list[Found]]:
    """The sentence without its marks, and what they stood around."""
    text, spans, done = "", [], 0
    for match in MARK.finditer(line):
        text += line[done : match.start()]
        spans.append(Found(Kind(match.group(1)), len(text), len(text) + len(match.group(2))))
        text += match.group(2)
        done = match.end()
    return text + line[done:], spans


def missed(line: str) -> list[str]:
    """What should be hidden and is not wholly."""
    text, wanted = labelled(line)
    hidden = {n for span in found(text) for n in range(span.start, span.end)}
    return [
        text[w.start : w.end]
        for w in wanted
        if not {n for n in range(w.start, w.end) if not text[n].isspace()} <= hidden
    ]


def needless(line: str) -> list[str]:
    """What is hidden and tells nothing."""
    text, wanted = labelled(line)
    return [
        text[f.start : f.end]
        for f in found(text)
        if not any(f.start < w.end and w.start < f.end for w in wanted)
    ]


def test_set_is_large_and_holds_every_kind():
    assert len(LINES) >= 400
    kinds = [span.kind for line in LINES for span in labelled(line)[1]]
    assert set(kinds) == set(Kind)
    assert sum(not labelled(line)[1] for line in LINES) >= 40


def test_recall_is_at_least_98_percent():
    wanted = sum(len(labelled(line)[1]) for line in LINES)
    lost = [word for line in LINES for word in missed(line)]
    assert 1 - len(lost) / wanted >= 0.98, lost


def test_precision_is_at_least_90_percent():
    shown = sum(len(found(labelled(line)[0])) for line in LINES)
    extra = [word for line in LINES for word in needless(line)]
    assert 1 - len(extra) / shown >= 0.90, extra


def test_kinds_are_told_apart():
    right = total = 0
    for line in LINES:
        text, wanted = labelled(line)
        for want in wanted:
            total += 1
            right += any(f.kind == want.kind and f.start <= want.start < f.end for f in found(text))
    assert right / total >= 0.9


def test_every_municipality_is_a_place(shared):
    with (shared / "data" / "municipalities.csv").open() as file:
        names = [row["name_lt"] for row in csv.DictReader(file)]
    for name in names:
        words = f"gyvenu, {name}"
        assert any(span.kind is Kind.PLACE for span in found(words)), name


def test_text_comes_back_with_kinds_in_the_language():
    with translation.override("lt"):
        assert redacted("Rašau iš Kauno, vardas Gabija.") == "Rašau iš [vieta], vardas [vardas]."
    with translation.override("en"):
        assert redacted("Rašau iš Kauno, vardas Gabija.") == "Rašau iš [place], vardas [name]."


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_words(kind):
    with translation.override("lt"):
        assert kind_name(kind)


def test_finds_never_overlap_and_stand_in_order():
    for line in LINES:
        text, _ = labelled(line)
        spans = found(text)
        assert all(one.end <= other.start for one, other in pairwise(spans))


def test_nothing_to_hide_is_left_as_it_is():
    for text in ("", "   ", "labas", "šiandien liūdna, 12 metų, 116 111"):
        assert redacted(text) == text

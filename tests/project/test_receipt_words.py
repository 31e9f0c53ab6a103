"""A list of words for receipts is made from candidates once, and never written over."""

import pytest

from sauga.kernel.i18n import languages
from sauga.kernel.sealed.visitors.wordlists import LIST_LENGTH, words
from sauga.project import receipt_words

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "xx").mkdir()
    monkeypatch.setattr(languages, "FOLDER", tmp_path)
    return tmp_path


def run(folder, *candidates):
    file = folder / "candidates.txt"
    file.write_text("\n".join(candidates), encoding="utf-8")
    return receipt_words.main(["xx", str(file)])


def test_list_of_enough_words_is_sorted_and_written_once(folder, capsys):
    candidates = [*reversed(words("lt")), "morkos", "Didelis", "oi"]
    assert run(folder, *candidates) == 0
    written = (folder / "xx" / "words.txt").read_text(encoding="utf-8").split()
    assert tuple(written) == words("lt") and len(written) == LIST_LENGTH
    assert "left out: oi (not 4 to 8 small letters)" in capsys.readouterr().out
    assert run(folder, *candidates) == 1 and "never changes" in capsys.readouterr().err


def test_too_few_words_write_nothing_and_say_how_many_are_missing(folder, capsys):
    assert run(folder, "morka", "marka", "saulė") == 1
    assert not (folder / "xx" / "words.txt").exists()
    said = capsys.readouterr()
    assert "left out: marka (near morka)" in said.out and "2046 more words are needed" in said.err

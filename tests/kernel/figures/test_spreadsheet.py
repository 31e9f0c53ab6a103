"""An export opens as text and numbers, whatever somebody typed."""

import csv
import io

import pytest

from sauga.kernel.figures import csv_text, harmless

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    "bad", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1"]
)
def test_a_formula_becomes_text(bad):
    assert harmless(bad) == "'" + bad
    text = csv_text(["name", bad], [[bad, 1]])
    (header, row) = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert header[1] == row[0] == "'" + bad


def test_numbers_stay_numbers_and_letters_stay_letters():
    text = csv_text(["šalis", "n"], [["Lietuva", -3], ["a;b", None], ['"q"', 1.5]], delimiter=";")
    assert text == '\ufeffšalis;n\r\nLietuva;-3\r\n"a;b";\r\n"""q""";1.5\r\n'


def test_a_null_character_is_dropped():
    assert harmless("a\0b") == "ab"
    assert harmless("\0=1") == "'=1"

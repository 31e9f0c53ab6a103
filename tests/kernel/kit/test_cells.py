"""Cells of lists: drawn escaped, written plain, and harmless in a spreadsheet."""

import ast
import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from django.test import override_settings
from django.utils import translation
from django.utils.translation import gettext_lazy

from sauga.kernel.kit.lists import (
    Button,
    Day,
    Fragment,
    Link,
    Mark,
    Quiet,
    Ref,
    Spoken,
    Strong,
    TimeLeft,
    draw,
    export,
    plain,
)
from sauga.kernel.kit.lists.export import file_response

pytestmark = pytest.mark.unit
NOON = datetime(2026, 11, 27, 10, 5, 30, tzinfo=UTC)  # 12:05 in Vilnius


@pytest.mark.parametrize(
    "cell",
    [
        "<b>",
        Link("<b>", '"><b>'),
        Ref("<b>"),
        Strong("<b>"),
        Quiet("<b>"),
        Mark("good", "dot", "<b>"),
        TimeLeft("<b>", 0.5, ""),
    ],
)
def test_whatever_a_cell_holds_is_escaped(cell):
    drawn = draw((cell, "x"))
    assert ("<b><b>" not in drawn and ">&lt;b&gt;" in drawn) or drawn.startswith("&lt;b&gt;")
    assert '"><b>' not in drawn


def test_cells_are_drawn_by_what_they_are():
    with translation.override("en"):
        assert draw(None) == draw("") == draw(Day(None)) == draw(()) == '<span class="quiet">–</span>'
        assert draw(Link("A", "/a/", "lt")) == '<a href="/a/" lang="lt">A</a>'
        assert draw(("a", None, "", Quiet("b", below=True))) == 'a <br><span class="quiet small">b</span>'
        assert draw(gettext_lazy("Title")) == "Title"
        assert draw(Spoken("Titel", "de")) == '<span lang="de">Titel</span>'
        button = draw(Button("<i>", '"><b>', "<b>"))
        assert (
            'method="post"' in button
            and "&lt;i&gt;" in button
            and "<b>" not in button
            and "<i>" not in button
        )
        assert draw(12) == "12"
        assert 'datetime="2026-11-27">' in draw(Day(NOON)) and "12:05" not in draw(Day(NOON))
        assert "12:05" in draw(NOON) and 'datetime="2026-11-27T12:05:30+02:00"' in draw(NOON)
        assert 'datetime="2026-11-27"' in draw(date(2026, 11, 27))
        assert 'class="empty"' in draw(
            Fragment("ui/components/_empty.html", {"title": "<i>"})
        ) and "&lt;i&gt;" in draw(Fragment("ui/components/_empty.html", {"title": "<i>"}))


def test_a_file_holds_numbers_days_and_words():
    assert plain((Link("A", "/a/"), None, Ref("r1"), Quiet("x"))) == "A r1 x"
    assert plain((3,)) == plain(3) == 3
    assert plain(Day(NOON)) == date(2026, 11, 27)
    assert plain(NOON) == datetime(2026, 11, 27, 12, 5, 30)
    assert plain(Mark("good", "dot", gettext_lazy("Title"))) == plain(gettext_lazy("Title"))
    assert plain(Fragment("x.html", text="done")) == "done"
    assert plain(None) is None
    assert plain(Button("Open", "/a/", "r1")) == "" and plain(Spoken("Titel", "de")) == "Titel"


HOSTILE = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "a\0b", "x\x07y", "ž" * 40_000]


@override_settings(LANGUAGE_CODE="en")
def test_no_file_holds_a_formula():
    rows = [[text, 5, date(2026, 11, 27), datetime(2026, 11, 27, 12, 5), None] for text in HOSTILE]
    found = file_response("csv", "terms", ["=A", "B", "C", "D", "E"], rows)
    assert (
        found.headers["Content-Disposition"] == 'attachment; filename="terms.csv"'
        and found.headers["Cache-Control"] == "no-store"
    )
    read = list(csv.reader(io.StringIO(found.content.decode("utf-8-sig"))))
    assert read[0][0] == "'=A" and read[1] == ["'=1+1", "5", "2026-11-27", "2026-11-27 12:05", ""]
    sheet = openpyxl.load_workbook(
        io.BytesIO(file_response("xlsx", "terms", ["=A", "B", "C", "D", "E"], rows).content)
    ).active
    cells = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert (
        cells[0][0] == "'=A" and cells[1][:2] == ["'=1+1", 5] and cells[1][3] == datetime(2026, 11, 27, 12, 5)
    )
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert cells[8][0] == "ab" and cells[9][0] == "xy" and len(cells[10][0]) == 32_767


def test_the_library_of_workbooks_is_loaded_only_when_one_is_written():
    """It loads Pillow where that is installed; the case services use lists and never decode an image."""
    tree = ast.parse(Path(export.__file__).read_text(encoding="utf-8"))
    named = {alias.name for node in tree.body if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module for node in tree.body if isinstance(node, ast.ImportFrom)}
    assert not [name for name in named if name.startswith("openpyxl")]

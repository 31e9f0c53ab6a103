"""Files of records as they come from people's spreadsheets and other systems: read, or refused with the
reason and the place.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from django.db import transaction

from sauga.kernel import clock, vocab
from sauga.kernel.kit.imports.formats import format_of, open_table
from sauga.kernel.kit.imports.layout import Given, TableRefused
from sauga.repository.syndication.rules.import_columns import LAYOUT

HEAD = "type;title_lt;title_en;licence;topics;age_min;age_max;review_by"
LINE = "poster;Žąsų šalis;Land of geese;CC-BY-4.0;media_literacy|gaming;7;10;2027-05-01"


@pytest.fixture(autouse=True, scope="module")
def codes(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The vocabularies, once for all tests here: reading a file asks the database for nothing else."""
    with django_db_blocker.unblock(), transaction.atomic():
        vocab.load_all(at=clock.now())
        yield
        transaction.set_rollback(True)
    vocab.forget()


def rows(content: bytes | str, form: str = "csv") -> list[Given]:
    return list(open_table(LAYOUT, content.encode() if isinstance(content, str) else content, form).rows)


def why(content: bytes | str, form: str = "csv") -> str:
    with pytest.raises(TableRefused) as refused:
        rows(content, form)
    return refused.value.why


def problems(line: str, head: str = HEAD) -> list[tuple[str, str]]:
    (row,) = rows(f"{head}\n{line}\n")
    return [(one.column, one.code) for one in row.problems]


def book(*lines: list[Any], **more: bytes) -> bytes:
    made = openpyxl.Workbook()
    for line in lines:
        made.active.append(line)
    out = io.BytesIO()
    made.save(out)
    if more:
        with zipfile.ZipFile(out, "a") as archive:
            for name, content in more.items():
                archive.writestr(name.replace("__", "/").replace("_bin", ".bin"), content)
    return out.getvalue()


def record(**more: Any) -> dict[str, Any]:
    return {"type": "poster", "title": {"lt": "Žąsų šalis"}, "licence": "CC-BY-4.0", **more}


def document(*records: Any) -> str:
    return json.dumps({"format": "sauga-resources-seed/1", "resources": list(records)})


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (f"{HEAD}\n{LINE}\n".encode(), "utf-8"),
        (f"{HEAD}\r\n{LINE}\r\n".encode("utf-8-sig"), "utf-8"),
        (f"{HEAD}\n{LINE}\n".encode("windows-1257"), "windows-1257"),
        (f"{HEAD}\n{LINE}\n".encode("utf-16"), "utf-16"),
        (f"{HEAD}\n{LINE}\n".encode("utf-16-be"), "utf-16-be"),
        (f"{HEAD}\r{LINE}\r".encode(), "utf-8"),
        (f"{HEAD}\n{LINE}\n".replace("|gaming", "").replace(";", ",").encode(), "utf-8"),
        (f"{HEAD}\n{LINE}\n".replace(";", "\t").encode(), "utf-8"),
        ("\n\n" + f"{HEAD}\n# aprašymas;;;;;;;\n;;;;;;;\n{LINE}\n".replace("Ž", "Z\u030c"), "utf-8"),
    ],
)
def test_a_spreadsheets_letters_and_separators_are_recognised(content: bytes | str, encoding: str):
    table = open_table(LAYOUT, content.encode() if isinstance(content, str) else content, "csv")
    (row,) = table.rows
    assert (row.title, table.notes["encoding"], row.problems) == ("Žąsų šalis", encoding, ())
    assert row.content["age_max"] == 10 and row.content["topics"][0] == "media_literacy"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("", "empty"),
        ("\ufeff\n\n", "empty"),
        (HEAD, "no_rows"),
        (f"{HEAD}\n;;;;\n# x\n", "no_rows"),
        ("pavadinimas;tipas\nA;B\n", "header"),
        (f"{HEAD};type\n{LINE}\n", "doubled"),
        (f'{HEAD}\nposter;"Be pabaigos;x\n', "quotes"),
        (f'{HEAD}\nposter;"A"b;x\n', "quotes"),
        (HEAD + "\n" + f"{LINE}\n" * 20_001, "too_many"),
        (b"\xff\xfe\x00\x00t\x00\x00\x00", "encoding"),
        (b"type;title_lt;licence\nposter;\xa1\xa5;x\n", "encoding"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(content: bytes | str, code: str):
    assert why(content) == code


def test_a_wrong_header_names_what_lacks_and_what_was_meant():
    with pytest.raises(TableRefused) as refused:
        rows("typ;title_lt;license\nA;B;C\n")
    assert refused.value.facts == {
        "columns": ["type", "licence"],
        "unknown": ["typ → type?", "license → licence?"],
    }
    assert open_table(LAYOUT, f"{HEAD};kaina\n{LINE};5\n".encode(), "csv").notes["unknown"] == ["kaina"]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (
            ";;;;;;;x",
            [("review_by", "date"), ("type", "needed"), ("licence", "needed"), ("title_lt", "needed")],
        ),
        (LINE.replace("poster", "postr"), [("type", "unknown_code")]),
        (LINE.replace("poster", "poster|video"), [("type", "one_code")]),
        (LINE.replace("|gaming", "|žaidimai"), [("topics", "unknown_code")]),
        (LINE.replace(";7;", ";12;"), [("age_max", "ages")]),
        (LINE.replace(";7;", ";-1;"), [("age_min", "number")]),
        (LINE.replace(";7;", f";{'9' * 5000};"), [("age_min", "number")]),
        (LINE.replace(";7;", ";121;"), [("age_min", "range")]),
        (LINE.replace("2027-05-01", "46508"), [("review_by", "excel_date")]),
        (LINE.replace("2027-05-01", "2027-02-30"), [("review_by", "date")]),
        (LINE.replace("2027-05-01", "01.05.2027"), [("review_by", "date")]),
        (LINE.replace("Žąsų šalis", "=HYPERLINK(A1)"), [("title_lt", "formula")]),
        (LINE.replace("Žąsų šalis", "-1+cmd|x"), [("title_lt", "formula")]),
        (LINE.replace("Žąsų šalis", "@SUM(A1)"), [("title_lt", "formula")]),
        (LINE.replace("Žąsų šalis", "A\x00B"), [("title_lt", "control")]),
        (LINE.replace("Žąsų šalis", "A\u202eB"), [("title_lt", "control")]),
        (LINE.replace("Žąsų šalis", "<b>A</b>"), [("title_lt", "markup")]),
        (LINE.replace("Žąsų šalis", "A" * 10_000_000), [("title_lt", "too_long")]),
        (LINE.replace("Žąsų šalis", "A" * 201), [("title_lt", "too_long")]),
        (LINE + ";x", [("", "cells")]),
        (LINE.replace("Žąsų šalis;Land of geese", "猫;猫"), [("slug_lt", "slug")]),
    ],
)
def test_a_row_says_all_that_is_wrong_with_it(line: str, found: list[tuple[str, str]]):
    assert problems(line) == found


def test_hints_name_what_was_probably_meant():
    (row,) = rows(f"{HEAD}\n{LINE.replace('poster', 'postr').replace('2027-05-01', '46508')}\n")
    assert [one.said for one in row.problems] == ["postr → poster?", "46508 → 2027-05-01?"]
    (row,) = rows(f"{HEAD}\n{LINE.replace('2027-05-01', '1/5/2027')}\n")
    assert row.problems[0].said == "1/5/2027 → 2027-05-01?"


def test_creators_and_texts_are_read_as_at_the_desk():
    cells = (
        'poster;A;CC-BY-4.0;"Centras | Centre | https://a.example/\nKita";"# Tikslas\nKalbame.\n\n- '
        'vienas\n- du"'
    )
    (row,) = rows(f"type;title_lt;licence;creators;body_lt\n{cells}\n")
    assert [one.get("url") for one in row.content["creators"]] == ["https://a.example/", None]
    assert [block["kind"] for block in row.content["body_lt"]] == ["heading", "paragraph", "list"]
    assert problems(
        'poster;A;CC-BY-4.0;"A | B | javascript:x";', "type;title_lt;licence;creators;body_lt"
    ) == [("creators", "address")]
    assert (
        problems('poster;A;CC-BY-4.0;;"<script>"', "type;title_lt;licence;creators;body_lt")[0][0]
        == "body_lt"
    )


HEADS = HEAD.split(";")


def test_a_workbook_is_read_with_its_numbers_and_days():
    from datetime import datetime

    cells = ["poster", "Žąsų šalis", "", "CC-BY-4.0", "gaming", 7.0, 10, datetime(2027, 5, 1)]
    table = open_table(
        LAYOUT,
        book(HEADS, ["# aprašymas"], cells, ["poster", "B", None, "CC-BY-4.0", "gaming", "7", 46508, 46508]),
        "xlsx",
    )
    first, second = table.rows
    assert (first.number, first.content["age_min"], first.content["review_by"]) == (3, 7, "2027-05-01")
    assert [(one.column, one.code) for one in second.problems] == [
        ("age_max", "range"),
        ("review_by", "excel_date"),
    ]


def test_formulae_and_errors_of_a_workbook_are_refused_with_their_column():
    (row,) = rows(book(HEADS, ["poster", "=A1&B1", None, "CC-BY-4.0", None, "#N/A"]), "xlsx")
    assert {(one.column, one.code) for one in row.problems} >= {("title_lt", "formula"), ("age_min", "error")}


def entity(content: bytes) -> bytes:
    """The workbook with an entity in front of its sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            head = b'<!DOCTYPE x [<!ENTITY a "b">]>' if entry.filename.endswith("sheet1.xml") else b""
            target.writestr(entry.filename, head + source.read(entry))
    return out.getvalue()


def cut(content: bytes) -> bytes:
    """The workbook with half a sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            held = source.read(entry)
            target.writestr(
                entry.filename, held[: len(held) // 2] if entry.filename.endswith("sheet1.xml") else held
            )
    return out.getvalue()


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
            for _ in range(170):
                part.write(b" " * 1024 * 1024)
    return out.getvalue()


GOOD = ["poster", "A", None, "CC-BY-4.0"]


@pytest.mark.parametrize(
    ("made", "code"),
    [
        (lambda: b"nothing", "not_xlsx"),
        (lambda: b"PK\x03\x04 and then nothing", "damaged"),
        (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old", "old_office"),
        (lambda: book(HEADS, GOOD, xl__vbaProject_bin=b"x"), "macros"),
        (lambda: book(HEADS, GOOD)[:-200], "damaged"),
        (lambda: cut(book(HEADS, *[GOOD] * 50)), "damaged"),
        (lambda: entity(book(HEADS, GOOD)), "entities"),
        (bomb, "bomb"),
        (book, "empty"),
        (lambda: book(HEADS), "no_rows"),
        (lambda: book(["a", "b"], GOOD), "header"),
    ],
)
def test_a_workbook_that_is_none_or_too_much_is_refused(made: Any, code: str):
    assert why(made(), "xlsx") == code


def test_a_cell_far_away_does_not_eat_the_memory():
    made = openpyxl.Workbook()
    for line in (HEADS, GOOD):
        made.active.append(line)
    made.active.cell(1_048_576, 16_384, "far away")
    out = io.BytesIO()
    made.save(out)
    assert [row.title for row in rows(out.getvalue(), "xlsx")] == ["A"]


def test_a_document_is_read_as_the_exchange_format_says(shared: Any):
    seed = (shared / "data" / "resources_seed.json").read_bytes()
    found = rows(seed, "json")
    assert len(found) == 40 and not [row for row in found if row.problems]
    assert (
        found[0].content["learning_minutes"] == 180
        and found[0].content["funder_lt"] == "Pavyzdinė ES programa"
    )


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "json"),
        ("[" * 10_000 + "]" * 10_000, "deep"),
        ('{"resources": ' + '{"a":' * 10_000 + "1" + "}" * 10_000 + "}", "deep"),
        ('[{"type": "a", "type": "b"}]', "key_twice"),
        ('[{"age_min": NaN}]', "no_number"),
        ('[{"age_min": -Infinity}]', "no_number"),
        ('[{"age_min": ' + "9" * 5000 + "}]", "huge_number"),
        ("{}", "no_list"),
        ('{"format": "other/2", "resources": []}', "format"),
        ("[]", "no_rows"),
        ("null", "no_list"),
    ],
)
def test_a_document_that_cannot_be_read_says_why(content: str, code: str):
    assert why(content, "json") == code


@pytest.mark.parametrize(
    ("given", "found"),
    [
        (7, [("", "shape")]),
        (record(title="Ne pagal kalbas"), {("title_lt", "shape"), ("title_en", "shape")}),
        (record(title={"lt": 5}), []),
        (record(title={"lt": ["a"]}), [("title_lt", "shape")]),
        (record(title={"lt": "A\ud800B"}), [("title_lt", "control")]),
        (record(topics="gaming"), []),
        (record(topics=[{"a": 1}]), [("topics", "shape")]),
        (record(topics=None, creators=None), []),
        (record(age_min=10**30), [("age_min", "range")]),
        (record(age_min=10.5), [("age_min", "number")]),
        (record(age_min=True), [("age_min", "number")]),
        (record(about_ages=[9, 5]), [("about_age_max", "ages")]),
        (record(about_ages={"a": 1}), {("about_age_min", "shape"), ("about_age_max", "shape")}),
        (record(creators=[5]), [("creators", "shape")]),
        (record(body={"lt": [{"kind": "picture"}]}), [("body_lt", "blocks:1:kind")]),
        (record(body={"lt": [5]}), [("body_lt", "blocks:1:kind")]),
        (record(learning_time="PT1H30M"), []),
        (record(learning_time="ilgai"), [("learning_minutes", "number")]),
        (record(review_by=46508), [("review_by", "excel_date")]),
    ],
)
def test_records_of_any_shape_are_judged_and_never_break_the_reading(given: Any, found: Any):
    (row,) = rows(document(given), "json")
    said = [(one.column, one.code) for one in row.problems]
    assert (set(said) if isinstance(found, set) else said) == found


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("a.xlsm", b"PK\x03\x04", "macros"),
        ("a.xls", b"x", "old_office"),
        ("a.ods", b"PK", "other_office"),
        ("a.pdf", b"%PDF", "kind"),
        ("be-galunes", b"x", "kind"),
        ("a.csv", b"PK\x03\x04", "belies"),
        ("a.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_office"),
        ("a.csv", b"\0" * 100, "empty"),
        ("a.csv", b"x" * (32 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_files_are_told_apart_by_name_and_first_bytes(name: str, content: bytes, code: str):
    with pytest.raises(TableRefused) as refused:
        format_of(LAYOUT, name, content)
    assert refused.value.why == code

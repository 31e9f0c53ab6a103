"""An import as another service would declare it: own columns and tables, the kit's report, storing, undoing,
pages and files.
"""

import io
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import batched
from typing import Any

import openpyxl
import pytest
from django.db import connection, models
from django.test import RequestFactory
from django.test.utils import isolate_apps
from django.utils.translation import override

from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.actors import CACHE
from sauga.kernel.identity.models import Person
from sauga.kernel.kit.imports import cells, files, runs, words
from sauga.kernel.kit.imports import models as imports
from sauga.kernel.kit.imports.formats import format_of, formats, open_table
from sauga.kernel.kit.imports.layout import CellRefused, Column, Given, Kind, Layout, TableRefused
from sauga.kernel.kit.imports.pages import ImportForm, ImportPages
from sauga.kernel.kit.imports.runs import CHANGED, NEW, UNCHANGED, Import, Verdict
from sauga.kernel.kit.imports.states import ImportState
from sauga.kernel.states import Step
from sauga.repository.permissions import Permission
from sauga.repository.trail import Trail
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture


def company(column: Column, value: Any) -> str:
    """A kind of cell of one's own."""
    said = cells.read_word(column, value).replace(" ", "")
    if not re.fullmatch(r"\d{9}", said):
        raise CellRefused("shape", said)
    return said


LAYOUT = Layout(
    (
        Column("code", Kind(company, "Nine digits.", is_text=True), most=20, also=("Įmonės kodas",)),
        Column("name", cells.WORD, most=120, also=("Pavadinimas",), label="Name"),
        Column("places", cells.NUMBER, most=9999),
    ),
    titles=("name",),
    required=("code",),
)


def lines(count: int, places: int = 7) -> str:
    return "Įmonės kodas;Pavadinimas;places\n" + "".join(
        f"{n:09};Biblioteka {n};{places}\n" for n in range(1, count + 1)
    )


def workbook(count: int) -> bytes:
    book = openpyxl.Workbook()
    for line in lines(count).splitlines():
        book.active.append(line.split(";"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(content: str | bytes, form: str = "csv") -> list[Given]:
    return list(open_table(LAYOUT, content.encode() if isinstance(content, str) else content, form).rows)


@pytest.mark.unit
def test_headings_match_by_any_of_their_names_and_problems_name_row_and_column():
    (good, bad, empty) = read(
        "ĮMONĖS KODAS ;pavadinimas;places\n123 456 789;Biblioteka;12\n12;=1+1;x\n;;\u00a0\n\n;Be kodo;\n"
    )
    assert (
        good.content == {"code": "123456789", "name": "Biblioteka", "places": 12}
        and good.title == "Biblioteka"
    )
    assert (bad.number, [(one.column, one.code, one.said) for one in bad.problems]) == (
        3,
        [("code", "shape", "12"), ("name", "formula", "=1+1"), ("places", "number", "x")],
    )
    assert [(one.column, one.code) for one in empty.problems] == [("code", "needed")]
    assert [row.content for row in read(workbook(3), "xlsx")] == [row.content for row in read(lines(3))]


@pytest.mark.unit
def test_a_layout_without_a_document_takes_no_json():
    assert formats(LAYOUT) == ["csv", "xlsx"]
    with pytest.raises(TableRefused) as refused:
        format_of(LAYOUT, "a.json", b"[]")
    with override("en"):
        assert words.file_words(refused.value.why, refused.value.facts).endswith("CSV, XLSX.")
        assert str(ImportForm(["csv", "xlsx"]).fields["file"].help_text).startswith("CSV or XLSX,")


@pytest.mark.unit
def test_templates_read_back_as_empty():
    for form in formats(LAYOUT):
        with pytest.raises(TableRefused) as refused:
            read(files.template(LAYOUT, form, lambda column: f"{column.name} explained"), form)
        assert refused.value.why == "no_rows"


@pytest.mark.unit
def test_reading_and_writing_workbooks_loads_no_imaging_library():
    code = (
        "import io, sys\n"
        "from sauga.kernel.kit import workbooks\n"
        "out, book = io.BytesIO(), workbooks.library().Workbook()\n"
        "book.active.append(['a'])\n"
        "book.save(out)\n"
        "assert workbooks.library().load_workbook(out, read_only=True).worksheets[0]['A1'].value == 'a'\n"
        "assert not [name for name in sys.modules if name.partition('.')[0] in {'PIL', 'willow', "
        "'wagtail'}]\n"
        "import PIL.Image\n"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


class Libraries:
    """What the small service does with rows: judges, stores and takes back. Its tables exist for one test."""

    def __init__(self, library: Any, row: Any) -> None:
        self.library, self.row = library, row

    def judge(self, rows: Any) -> Iterator[Verdict]:
        for some in batched(rows, 500):
            known = {
                one.ref: one
                for one in self.library.objects.filter(ref__in=[row.content.get("code") for row in some])
            }
            for row in some:
                yield self._verdict(row, known.get(row.content.get("code")))

    @staticmethod
    def _verdict(row: Any, held: Any) -> Verdict:
        if row.problems:
            return Verdict(row, runs.REFUSED, row.problems)
        if held is None:
            return Verdict(row, NEW)
        differs = [name for name in ("name", "places") if row.content.get(name) != getattr(held, name)]
        return Verdict(
            row, CHANGED if differs else UNCHANGED, differs=differs, fields={"library": held}, known_at=AT
        )

    def store(self, *, by: Any, new: Any, changed: Any, at: Any, on_progress: Any) -> None:
        made = [
            self.library(
                ref=row.content["code"], name=row.content["name"], places=row.content.get("places", 0)
            )
            for row in new
        ]
        for row, one in zip(new, self.library.objects.bulk_create(made), strict=True):
            row.library, row.known_at = one, at
        self.row.objects.bulk_update(new, ["library", "known_at"], batch_size=500)
        for row in changed:
            self.library.objects.filter(pk=row.library_id).update(
                **{name: row.content[name] for name in row.before["differs"]}
            )
        on_progress(len(new) + len(changed))

    def undo(self, *, by: Any, rows: Any, at: Any, on_progress: Any) -> list[str]:
        made = self.library.objects.filter(pk__in=[row.library_id for row in rows if row.outcome == NEW])
        if renamed := list(made.filter(name__startswith="Ours").values_list("ref", flat=True)):
            return renamed
        self.row.objects.filter(library__in=made).update(
            library=None
        )  # models outside the registry know no relations
        made.delete()
        return []


@pytest.fixture
def libraries(db: None) -> Iterator[Any]:
    """A small service's tables and its import; they are gone with the test."""
    with isolate_apps():

        class Library(models.Model):
            ref = models.CharField(max_length=9, unique=True)
            name = models.CharField(max_length=120)
            places = models.IntegerField(default=0)

            class Meta:
                app_label = "libraries"

        class LibraryRun(imports.ImportRun):
            by = models.ForeignKey(Person, models.SET_NULL, null=True, related_name="+")

            class Meta(imports.ImportRun.Meta):
                app_label = "libraries"

        class LibraryStep(Step):
            subject = models.ForeignKey(LibraryRun, models.CASCADE, related_name="steps")

            class Meta(Step.Meta):
                app_label = "libraries"

        class LibraryRow(imports.ImportRow):
            run = models.ForeignKey(LibraryRun, models.CASCADE, related_name="rows")
            library = models.ForeignKey(Library, models.SET_NULL, null=True, related_name="+")
            target = "library"

            class Meta:
                app_label = "libraries"

        with connection.schema_editor() as editor:
            for model in (Library, LibraryRun, LibraryStep, LibraryRow):
                editor.create_model(model)
        own = Libraries(Library, LibraryRow)
        yield Import(
            code="library.import",
            layout=LAYOUT,
            runs=LibraryRun,
            rows=LibraryRow,
            permission=Permission.IMPORT_RECORDS,
            zone="awareness",
            moved=Trail.IMPORT_MOVED,
            stored=Trail.IMPORTED,
            undone=Trail.IMPORT_UNDONE,
            judge=own.judge,
            store=own.store,
            undo=own.undo,
        )


def brought(of: Import, centre: Centre, name: str, content: bytes, **more: Any) -> imports.ImportRun:
    """Taken, read, brought in and stored."""
    by = centre.actor("EDITOR")
    run = of.carry_on(by=by, run=of.take_file(by=by, name=name, content=content, at=AT, again=True), at=AT)
    return of.carry_on(by=by, run=of.bring_in(by=by, run=run, at=AT, **more), at=AT)


def test_two_thousand_are_stored_once_changed_on_request_and_taken_back(centre: Centre, libraries: Import):
    table = libraries.rows._meta.get_field("library").related_model.objects
    by = centre.actor("EDITOR")
    run = brought(libraries, centre, "sarasas.xlsx", workbook(2000))
    assert (run.state, run.fresh, table.count()) == (ImportState.STORED, 2000, 2000)
    again = libraries.carry_on(
        by=by, run=libraries.take_file(by=by, name="a.csv", content=lines(2000).encode(), at=AT), at=AT
    )
    assert (again.unchanged, again.fresh) == (2000, 0)
    with pytest.raises(runs.SameFileAgain):
        libraries.take_file(by=by, name="b.csv", content=lines(2000).encode(), at=AT)
    assert brought(libraries, centre, "c.csv", lines(2, places=9).encode()).changed == 2
    assert table.filter(places=9).count() == 0
    brought(libraries, centre, "d.csv", lines(2, places=9).encode(), with_changed=True)
    assert table.filter(places=9).count() == 2
    table.filter(ref=f"{5:09}").update(name="Ours")
    run = libraries.carry_on(by=by, run=libraries.take_back(by=by, run=run, at=AT), at=AT)
    assert (run.state, run.notes["touched"], table.count()) == (ImportState.STORED, [f"{5:09}"], 2000)
    table.filter(ref=f"{5:09}").update(name="Biblioteka 5")
    assert (
        libraries.carry_on(by=by, run=libraries.take_back(by=by, run=run, at=AT), at=AT).state
        == ImportState.UNDONE
    )
    assert table.count() == 0


def test_what_came_in_between_brings_the_report_back_and_writes_nothing(centre: Centre, libraries: Import):
    table = libraries.rows._meta.get_field("library").related_model.objects
    by = centre.actor("EDITOR")
    run = libraries.carry_on(
        by=by, run=libraries.take_file(by=by, name="a.csv", content=lines(3).encode(), at=AT), at=AT
    )
    table.create(ref=f"{2:09}", name="Another")
    run = libraries.carry_on(by=by, run=libraries.bring_in(by=by, run=run, at=AT), at=AT)
    assert (run.state, run.fresh, run.changed, table.count()) == (ImportState.REPORTED, 2, 1, 1)
    assert run.steps.order_by("-pk").first().why == "changed_meanwhile"
    for act in (
        libraries.read_run,
        libraries.bring_in,
        libraries.store_run,
        libraries.drop_run,
        libraries.take_back,
        libraries.undo_run,
    ):
        with pytest.raises(PermissionRefused):
            act(by=centre.actor("PARTNER_MANAGER"), run=run, at=AT)


def test_the_file_of_problems_says_in_the_services_words_what_to_do(centre: Centre, libraries: Import):
    pages = ImportPages(of=libraries, url="repository-import", problems={"shape": "Write nine digits."})
    by, rows = centre.actor("EDITOR"), lines(1) + "12;Blogas kodas;3\n"
    run = libraries.carry_on(
        by=by, run=libraries.take_file(by=by, name="a.csv", content=rows.encode(), at=AT), at=AT
    )
    request = RequestFactory().get("/", {"show": "refused"})
    setattr(request, CACHE, by)
    with override("en"):
        report = pages.report(request, run.ref).content.decode("utf-8-sig").splitlines()
        assert report[1] == "3,Blogas kodas,code,shape,12,Write nine digits."

"""The desk's pages about imports: templates that read back, a file brought, its report, the
decision, the way back.
"""

import csv
import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from sauga.kernel.kit.imports.formats import open_table
from sauga.kernel.kit.imports.layout import TableRefused
from sauga.repository.resources.models import Resource
from sauga.repository.syndication import tasks
from sauga.repository.syndication.models import ImportRun
from sauga.repository.syndication.rules.import_columns import COLUMNS, LAYOUT
from tests.centre import Centre, centre, sign_in  # noqa: F401  a fixture
from tests.repository.syndication.test_imports import lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(centre: Centre) -> Client:
    return sign_in(centre, "EDITOR")


def bring(client: Client, content: str, name: str = "sarasas.csv", **more: str):
    return client.post(
        reverse("repository-imports"), {"file": SimpleUploadedFile(name, content.encode()), **more}
    )


def test_a_template_has_every_column_explained_and_reads_back_as_empty(centre: Centre, editor: Client):
    for form in ("csv", "xlsx", "json"):
        response = editor.get(reverse("repository-import-template", args=[form]))
        assert "attachment" in response["Content-Disposition"]
        with pytest.raises(TableRefused) as refused:
            list(open_table(LAYOUT, response.content, form).rows)
        assert refused.value.why == "no_rows"
    head, explained = csv.reader(
        io.StringIO(
            editor.get(reverse("repository-import-template", args=["csv"])).content.decode("utf-8-sig")
        ),
        delimiter=";",
    )
    assert head == [column.name for column in COLUMNS] and all(len(cell) > 8 for cell in explained)
    document = json.loads(editor.get(reverse("repository-import-template", args=["json"])).content)
    assert document["example"]["funder"] == {"name": {"lt": None, "en": None}, "grant": None}
    assert editor.get(reverse("repository-import-template", args=["ods"])).status_code == 404


def test_a_file_is_brought_read_and_stored(centre: Centre, editor: Client, django_assert_max_num_queries):
    response = bring(editor, lines(3) + "A-9;postr;=2+2;;CC-BY-4.0;;;;\n")
    run = ImportRun.objects.get()
    place = reverse("repository-import-run", args=[run.ref])
    assert response["Location"] == place
    assert "<progress" in editor.get(place).content.decode()
    tasks.import_run(run.pk)
    page = editor.get(place).content.decode()
    assert 'data-state="reported"' in page and "postr → poster?" in page
    report = editor.get(reverse("repository-import-report", args=[run.ref])).content.decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(report)))
    assert [line[2:5] for line in found[1:]] == [
        ["type", "unknown_code", "postr → poster?"],
        ["title_lt", "formula", "'=2+2"],
    ]
    assert editor.post(reverse("repository-import-do", args=[run.ref, "store"])).status_code == 302
    tasks.import_run(run.pk)
    assert Resource.objects.count() == 3
    assert "Plakatas 1" in editor.get(place + "?show=new").content.decode()
    assert "Plakatas 1" not in editor.get(place + "?show=refused").content.decode()
    editor.post(reverse("repository-import-do", args=[run.ref, "undo"]))
    tasks.import_run(run.pk)
    assert Resource.objects.count() == 0 and 'data-state="undone"' in editor.get(place).content.decode()
    editor.post(reverse("repository-import-do", args=[run.ref, "store"]))
    assert Resource.objects.count() == 0
    assert editor.post(reverse("repository-import-do", args=[run.ref, "nonsense"])).status_code == 404


def test_a_page_of_rows_asks_the_same_however_many_there_are(centre: Centre, editor: Client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    asked = []
    for count in (1, 3):
        bring(editor, lines(count, first=count * 10))
        run = ImportRun.objects.order_by("-pk").first()
        tasks.import_run(run.pk)
        with CaptureQueriesContext(
            connection,
        ) as seen:
            editor.get(reverse("repository-import-run", args=[run.ref]))
        asked.append(len(seen))
    assert asked[0] == asked[1]


def test_what_is_wrong_with_a_file_is_said_at_the_form(centre: Centre, editor: Client):
    for name, content in (("a.pdf", "%PDF"), ("a.xlsm", "PK"), ("a.csv", "")):
        page = bring(editor, content, name)
        assert page.status_code == 422 and "id_file_error" in page.content.decode()
    assert editor.post(reverse("repository-imports")).status_code == 422
    bring(editor, lines(1))
    page = bring(editor, lines(1))
    assert page.status_code == 422 and ImportRun.objects.get().ref in page.content.decode()
    assert bring(editor, lines(1), again="on").status_code == 302


def test_a_file_that_cannot_be_read_says_so_on_its_page(centre: Centre, editor: Client):
    bring(editor, "typ;title_lt\nA;B\n")
    run = ImportRun.objects.get()
    tasks.import_run(run.pk)
    page = editor.get(reverse("repository-import-run", args=[run.ref])).content.decode()
    assert 'role="alert"' in page and "typ → type?" in page


def test_letters_guessed_and_columns_left_out_are_said(centre: Centre, editor: Client):
    content = "type;title_lt;licence;kaina\nposter;Žąsis;CC0-1.0;5\n".encode("windows-1257")
    editor.post(reverse("repository-imports"), {"file": SimpleUploadedFile("a.csv", content)})
    run = ImportRun.objects.get()
    tasks.import_run(run.pk)
    page = editor.get(reverse("repository-import-run", args=[run.ref])).content.decode()
    assert "Windows-1257" in page and "kaina" in page and "Žąsis" in page
    editor.post(reverse("repository-import-do", args=[run.ref, "drop"]))
    run.refresh_from_db()
    assert run.state == "dropped"

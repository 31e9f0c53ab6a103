"""The resource form in steps: each is saved by itself, says what is missing, and leads on."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from factories.resources import PDF, approved, draft, with_file

from sauga.kernel import clock, vocab
from sauga.kernel.refusals import ChangedMeanwhile
from sauga.repository.resources.actions import resources
from sauga.repository.resources.forms.resource import ResourceForm, first_values
from sauga.repository.resources.models import Resource
from sauga.repository.resources.rules import steps
from sauga.repository.resources.rules.gate_facts import Finding
from sauga.repository.resources.rules.metadata import MetadataRefused
from sauga.repository.resources.rules.steps import Place, Step
from tests.centre import AT, Centre, centre, sign_in  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
ABOUT = {
    "type": "lesson_plan",
    "title_lt": "Pamoka",
    "title_en": "Lesson",
    "abstract_lt": "Trumpai.",
    "abstract_en": "In short.",
    "keywords_lt": "vienas, du",
    "languages": ["lt", "en"],
}
READERS = {
    "audiences": ["teachers"],
    "topics": ["media_literacy"],
    "reading_level": "adult",
    "sensitivity": "normal",
}
RIGHTS = {"licence": "CC-BY-4.0", "creators": "Centras | Centre | https://centras.example/"}
TEXT = {
    "slots": "help | help_contacts | taip | 116 111 | 116 111",
    "body_lt": "# Tikslas\nKalbame.\n\n[[help]]",
}


@pytest.fixture
def editor(centre: Centre) -> Client:
    return sign_in(centre, "EDITOR")


def address(row: Resource, step: Step) -> str:
    return reverse("repository-desk-step", args=[row.ref, step])


def shown(row: Resource, step: Step) -> dict[str, object]:
    """What a browser would send of a step that nobody has touched."""
    form = ResourceForm(step, initial=first_values(row))
    return {name: form.initial[name] for name in form.fields if form.initial.get(name) not in (None, "")}


def test_every_field_and_every_check_has_its_step():
    assert set(ResourceForm.base_fields) - {"seen"} == set(steps.STEP_OF)
    fields = [name for asked in steps.FIELDS.values() for name in (*asked.first, *asked.more)]
    assert len(fields) == len(set(fields))
    assert set(steps.CHECKS) == {term.code for term in vocab.terms("gate_checks")}


def test_findings_lead_to_their_field():
    assert steps.place_of_finding("metadata", Finding("missing", "creators")) == Place(
        Step.RIGHTS, "creators"
    )
    assert steps.place_of_finding("metadata", Finding("missing", "licence_note")) == Place(
        Step.RIGHTS, "licence_note_lt"
    )
    assert steps.place_of_finding("reading_level", Finding("reading_sentence", "en")) == Place(
        Step.TEXT, "body_en"
    )
    assert steps.place_of_finding("alt_text", Finding("files_without_description")).step is Step.ACCESS
    assert steps.place_of_finding("captions", Finding("captions_missing", "lt")) == Place(Step.FILES)


def test_a_new_editor_makes_a_resource_step_by_step(centre: Centre, editor: Client):
    response = editor.post(reverse("repository-desk-new"), {"type": "lesson_plan", "title_lt": "Pamoka"})
    row = Resource.objects.get()
    assert response["Location"] == address(row, Step.READERS), "a kind and a title are enough to go on"
    assert row.state == "draft" and row.licence == ""
    review = (clock.now() + timedelta(days=200)).date().isoformat()
    for step, given, onward in (
        (Step.ABOUT, ABOUT | {"slug_lt": row.slug_lt, "slug_en": row.slug_en}, Step.READERS),
        (Step.READERS, READERS, Step.RIGHTS),
        (Step.RIGHTS, RIGHTS, Step.ACCESS),
        (Step.ACCESS, {"review_by": review, "learning_minutes": "45"}, Step.TEXT),
        (Step.TEXT, TEXT, Step.FILES),
    ):
        assert editor.post(address(row, step), given)["Location"] == address(row, onward), step
    upload = {"file": SimpleUploadedFile("planas.pdf", PDF), "kind": "main", "language": "lt", "at": "files"}
    added = editor.post(reverse("repository-desk-file-add", args=[row.ref]), upload)
    assert added["Location"] == address(row, Step.FILES) + "#files"
    row.refresh_from_db()
    assert (row.keywords["lt"], row.creators[0]["url"], row.slots.get().required) == (
        ["vienas", "du"],
        "https://centras.example/",
        True,
    )
    assert [block["kind"] for block in row.body["lt"]] == ["heading", "paragraph", "slot"]
    editor.post(reverse("repository-desk-do", args=[row.ref, "submit"]))
    row.refresh_from_db()
    assert row.state == "in_review"


def test_the_list_of_steps_says_what_is_missing_in_which(centre: Centre, editor: Client):
    row = draft(centre, type="video", creators=[], review_by=None, topics=["grooming"])
    page = editor.get(address(row, Step.ABOUT))
    lacking = {
        one.code: [lack.href.rpartition("#")[2] for lack in one.lacking] for one in page.context["lines"]
    }
    assert lacking == {
        "about": [],
        "readers": ["id_help_services"],
        "rights": ["id_creators"],
        "access": ["id_review_by"],
        "text": [],
        "files": [address(row, Step.FILES)] * len(lacking["files"]),
        "check": [],
    }
    assert lacking["files"], "a video has captions and a transcript"
    assert editor.get(reverse("repository-desk-edit", args=[row.ref]))["Location"].endswith("#id_review_by")


def test_the_last_step_leads_to_each_place(centre: Centre, editor: Client):
    row = draft(centre, creators=[], body={"lt": [{"kind": "paragraph", "text": "Skambink +370 600 00000."}]})
    page = editor.get(address(row, Step.CHECK)).content.decode()
    assert f'{address(row, Step.RIGHTS)}#id_creators"' in page
    assert f'{address(row, Step.TEXT)}#id_body_lt"' in page
    assert "/do/submit/" in page
    resource = editor.get(reverse("repository-desk-resource", args=[row.ref])).content.decode()
    assert f'{address(row, Step.RIGHTS)}#id_creators"' in resource


def test_what_review_decides_is_no_obstacle(centre: Centre, editor: Client):
    row = draft(centre, sensitivity="adult_guided")
    with_file(centre, row)
    found = editor.get(address(row, Step.CHECK)).context["checked"]
    assert not found.wanted and vocab.label("gate_checks", "child_safety", "lt") in found.later


def test_errors_stand_in_their_step_and_nothing_is_half_saved(centre: Centre, editor: Client):
    row = draft(centre)
    page = editor.post(address(row, Step.READERS), READERS | {"age_min": "14", "age_max": "10"})
    assert page.status_code == 422 and "id_age_max_error" in page.content.decode()
    page = editor.post(address(row, Step.TEXT), TEXT | {"slots": "logo | nonsense"})
    assert page.status_code == 422 and "id_slots_error" in page.content.decode()
    page = editor.post(address(row, Step.TEXT), TEXT | {"body_lt": "<b>x</b>"})
    assert page.status_code == 422 and "id_body_lt_error" in page.content.decode()
    assert not row.slots.exists(), "slots of a refused step are not kept"
    page = editor.post(address(row, Step.ABOUT), {"type": "lesson_plan"})
    assert page.status_code == 422 and "id_title_lt_error" in page.content.decode()
    page = editor.post(reverse("repository-desk-new"), {"type": "", "title_lt": "Pamoka"})
    assert page.status_code == 422 and Resource.objects.count() == 1


@pytest.mark.parametrize("step", [Step.ABOUT, Step.READERS, Step.RIGHTS, Step.ACCESS, Step.TEXT])
def test_a_step_that_nobody_touched_is_saved_as_it_was(centre: Centre, editor: Client, step: Step):
    row = draft(
        centre,
        body={"lt": [{"kind": "task", "title": "A", "text": "B", "minutes": 5}]},
        accessibility={"features": ["taggedPDF"], "conformsTo": "x"},
        title={"lt": "Pamoka", "en": "Lesson", "uk": "Урок"},
        keywords={"lt": ["vienas", "du"], "uk": ["один"]},
    )
    before = {name: value for name, value in vars(row).items() if name != "_state"}
    assert editor.post(address(row, step), shown(row, step)).status_code == 302
    after = vars(Resource.objects.get())
    assert {name: after[name] for name in before} == before


def test_a_pressed_button_saves_and_leads_to_its_step(centre: Centre, editor: Client):
    row = draft(centre)
    given = shown(row, Step.RIGHTS) | {"grant": "12345"}
    assert editor.post(address(row, Step.RIGHTS), given | {"to": "text"})["Location"] == address(
        row, Step.TEXT
    )
    row.refresh_from_db()
    assert row.grant == "12345"
    closed = reverse("repository-desk-resource", args=[row.ref])
    for wanted, onward in (("close", closed), ("x", address(row, Step.ACCESS))):
        answer = editor.post(address(row, Step.RIGHTS), shown(row, Step.RIGHTS) | {"to": wanted})
        assert answer["Location"] == onward


def test_two_editors_in_one_step(centre: Centre, editor: Client):
    row = draft(centre)
    given = shown(row, Step.ACCESS) | {"learning_minutes": "45"}
    resources.edit_resource(by=centre.actor("EDITOR_2"), resource=row, learning_minutes=30, at=clock.now())
    page = editor.post(address(row, Step.ACCESS), given)
    assert page.status_code == 422 and "kolega" in page.content.decode()
    row.refresh_from_db()
    assert row.learning_minutes == 30


def test_what_is_in_review_has_no_steps(centre: Centre, editor: Client):
    row = draft(centre)
    with_file(centre, row)
    row = approved(centre, row)
    for answer in (editor.get(address(row, Step.RIGHTS)), editor.post(address(row, Step.RIGHTS), RIGHTS)):
        assert answer["Location"] == reverse("repository-desk-resource", args=[row.ref])
    row.refresh_from_db()
    assert row.state == "approved" and row.creators[0]["lt"] == "Pavyzdinis centras"
    assert editor.get(reverse("repository-desk-step", args=[row.ref, "nothing"])).status_code == 404


def test_a_refused_file_is_explained_in_the_step(centre: Centre, editor: Client):
    row = draft(centre)
    file = SimpleUploadedFile("planas.pdf", b"<!doctype html><p>x")
    upload = {"file": file, "kind": "main", "language": "lt"}
    page = editor.post(reverse("repository-desk-file-add", args=[row.ref]), upload | {"at": "files"})
    assert page.status_code == 422 and page.templates[0].name == "repository/resources/step_files.html"
    file = with_file(centre, row)
    gone = editor.post(reverse("repository-desk-file", args=[row.ref, file.ref, "remove"]), {"at": "files"})
    assert gone["Location"] == address(row, Step.FILES)


def test_slots_and_words_are_one_act(centre: Centre):
    by, row = centre.actor("EDITOR"), draft(centre)
    slot = {"code": "logo", "kind": "logo", "required": False, "default": {"lt": "", "en": ""}}
    with pytest.raises(MetadataRefused):
        resources.edit_resource(by=by, resource=row, at=AT, slots=[slot], title={"lt": "<b>x"})
    assert resources.slots_of(row) == []
    with pytest.raises(ChangedMeanwhile):
        resources.edit_resource(by=by, resource=row, at=AT, slots=[slot], seen=AT - timedelta(days=1))
    resources.edit_resource(by=by, resource=row, at=AT, slots=[slot])
    assert resources.slots_of(row) == [slot]

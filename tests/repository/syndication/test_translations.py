"""Texts go to a translator's tool and come back: nothing that changed meanwhile is written over, and
nothing is half taken.
"""

import io
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from factories.people import Hired, sign_in
from factories.resources import draft, published
from translate.storage import xliff2

from sauga.repository.resources.actions import resources
from sauga.repository.resources.models import Resource
from sauga.repository.resources.queries.snapshots import content_of
from sauga.repository.resources.rules.metadata import MetadataRefused
from sauga.repository.syndication.actions import translations as actions
from sauga.repository.syndication.rules import translation_export, translation_import, xliff
from tests.centre import AT, PASSWORD, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)
BODY = [
    {"kind": "heading", "text": "Ko reikės"},
    {"kind": "list", "items": ["Popieriaus", "Pieštukų"], "ordered": False},
    {
        "kind": "task",
        "title": "Pirma",
        "text": "Pasikalbėkite & užrašykite tris mintis: 2 < 3.",
        "minutes": 10,
    },
    {"kind": "question", "text": "Ar tiesa?", "answers": ["Taip", "Ne"], "right": [1], "explanation": "Ne."},
]
ENGLISH = {
    "title": "A lesson",
    "body.0.text": "What you need",
    "body.1.items.0": "Paper",
    "body.1.items.1": "Pencils",
    "body.2.title": "First",
    "body.2.text": "Talk & write down three thoughts: 2 < 3.",
    "body.3.text": "Is it true?",
    "body.3.answers.0": "Yes",
    "body.3.answers.1": "No",
    "body.3.explanation": "No.",
}


@pytest.fixture
def lesson(centre: Centre) -> Resource:
    return draft(centre, title={"lt": "Pamoka"}, body={"lt": BODY}, keywords={"lt": ["mokykla"]})


def document(resource: Resource, source: str = "lt", target: str = "en", **given: str) -> xliff.Document:
    """The file as it is taken, with `given` translated: names with two underscores for a dot."""
    there = translation_export.texts_of(content_of(resource), target)
    units = [
        xliff.Unit(name, text, there.get(name, ""))
        for name, text in translation_export.texts_of(content_of(resource), source).items()
    ]
    made = xliff.read(
        xliff.write(xliff.Document(actions.original_of(resource), source, target, tuple(units)))
    )
    words = {name.replace("__", "."): text for name, text in given.items()}
    return replace(
        made, units=tuple(replace(unit, target=words.get(unit.name, unit.target)) for unit in made.units)
    )


def translated(data: bytes, words: dict[str, str]) -> bytes:
    """What a translation tool does: targets beside their sources, everything else as it was."""
    text = data.decode()
    for source, target in words.items():
        text = text.replace(
            f"<source>{source}</source>", f"<source>{source}</source><target>{target}</target>"
        )
    return text.encode()


def whole(resource: Resource, **more: str) -> xliff.Document:
    return document(resource, **{name.replace(".", "__"): text for name, text in ENGLISH.items()}, **more)


def bring(centre: Centre, resource: Resource, file: xliff.Document, at=LATER) -> actions.Taken:
    return actions.take_translation(
        by=centre.actor("EDITOR"), resource=resource, document=file, source="lt", target="en", at=at
    )


def test_every_text_goes_out_and_comes_back_into_the_draft(centre, lesson):
    taken = bring(centre, lesson, whole(lesson))
    assert (taken.texts, taken.refused) == (len(ENGLISH), ())
    row = taken.resource
    assert row.title == {"lt": "Pamoka", "en": "A lesson"}
    english = row.body["en"]
    assert [block["kind"] for block in english] == ["heading", "list", "task", "question"]
    assert (
        english[1]["items"] == ["Paper", "Pencils"]
        and english[2]["minutes"] == 10
        and english[3]["right"] == [1]
    )
    assert row.body["lt"][1]["items"] == ["Popieriaus", "Pieštukų"], "the source stays as it is"


def test_the_same_file_twice_changes_nothing_more(centre, lesson):
    file = whole(lesson)
    first = bring(centre, lesson, file)
    assert first.texts == len(ENGLISH)
    again = bring(centre, first.resource, file, at=LATER + timedelta(hours=1))
    assert (again.texts, again.refused) == (
        0,
        (),
    ) and again.resource.modified_at == first.resource.modified_at


def test_a_text_whose_source_changed_is_refused_and_both_are_shown(centre, lesson):
    file = whole(lesson)
    resources.edit_resource(
        by=centre.actor("EDITOR"), resource=lesson, title={"lt": "Kita pamoka"}, at=AT + timedelta(minutes=5)
    )
    taken = bring(centre, lesson, file)
    (refused,) = taken.refused
    assert (refused.name, refused.why, refused.theirs, refused.ours) == (
        "title",
        translation_import.SOURCE_CHANGED,
        "Pamoka",
        "Kita pamoka",
    )
    assert "en" not in taken.resource.title and taken.resource.body["en"][0]["text"] == "What you need"


def test_what_a_colleague_translated_meanwhile_is_not_written_over(centre, lesson):
    file = document(lesson, title="A lesson")
    resources.edit_resource(
        by=centre.actor("EDITOR"),
        resource=lesson,
        title={"lt": "Pamoka", "en": "My own title"},
        at=AT + timedelta(minutes=5),
    )
    taken = bring(centre, lesson, file)
    assert [(one.why, one.ours) for one in taken.refused] == [
        (translation_import.TARGET_CHANGED, "My own title")
    ]
    assert taken.resource.title["en"] == "My own title"


def test_a_body_that_is_not_finished_waits_and_says_what_is_missing(centre, lesson):
    taken = bring(centre, lesson, document(lesson, title="A lesson", body__0__text="What you need"))
    assert taken.resource.title["en"] == "A lesson" and "en" not in taken.resource.body
    assert {one.name for one in taken.refused} == set(ENGLISH) - {"title", "body.0.text"}
    assert all(one.why == translation_import.INCOMPLETE for one in taken.refused)


def test_a_live_resource_gets_the_texts_in_the_draft_of_its_next_version(centre):
    live = published(centre, title={"lt": "Pamoka", "en": "Old"})
    taken = bring(centre, live, document(live, title="A new title"))
    live.refresh_from_db()
    assert (
        taken.resource.revision_of_id == live.pk
        and taken.resource.title["en"] == "A new title"
        and live.title["en"] == "Old"
    )
    again = bring(centre, taken.resource, document(taken.resource, title="A newer title"))
    assert again.resource.pk == taken.resource.pk and again.resource.title["en"] == "A newer title"


def test_markup_and_files_of_others_are_refused_whole(centre, lesson):
    with pytest.raises(MetadataRefused):
        bring(centre, lesson, document(lesson, title="<b>A lesson</b>"))
    with pytest.raises(translation_import.NotThisOne):
        bring(centre, lesson, document(draft(centre, title={"lt": "Kita"}), title="Other"))
    lesson.refresh_from_db()
    assert lesson.title == {"lt": "Pamoka"}


def test_a_code_that_a_tool_put_into_a_plain_text_refuses_that_text_only(centre, lesson):
    file = document(lesson, title=f"A {xliff.opened(1)}lesson{xliff.closed(1)}", keywords__0="school")
    taken = bring(centre, lesson, file)
    assert [(one.name, one.why) for one in taken.refused] == [("title", translation_import.CODES)]
    assert taken.resource.keywords["en"] == ["school"] and "en" not in taken.resource.title


def test_an_independent_reader_finds_the_same_texts(lesson):
    lesson.title["en"] = "Old title"
    made = document(lesson)
    store = xliff2.Xliff2File.parsestring(xliff.write(made))
    read = {unit.source: unit.target or "" for unit in store.units if unit.source}
    assert read == {unit.source: unit.target for unit in made.units} and read["Pamoka"] == "Old title"
    for unit in store.units:
        if unit.source == "Pamoka":
            unit.target = "A lesson from elsewhere"
    out = io.BytesIO()
    store.serialize(out)
    back = xliff.by_name(xliff.read(out.getvalue()).units)["title"]
    assert (back.target, back.seen) == ("A lesson from elsewhere", xliff.digest("Old title"))


def test_a_unit_that_a_tool_cut_into_segments_is_put_together():
    head = (
        f'<xliff xmlns="{xliff.NAMESPACE}" version="2.0" srcLang="lt" trgLang="en"><file id="f" '
        f'original="x"><unit id="1" name="title">'
    )
    one = "<segment><source>Labas.</source><target>Hello.</target></segment>"
    two = "<segment><source>Rytas.</source><target>Morning.</target></segment>"
    gap = "<ignorable><source> </source></ignorable>"
    (unit,) = xliff.read(f"{head}{one}{gap}{two}</unit></file></xliff>".encode()).units
    assert (unit.source, unit.target) == ("Labas. Rytas.", "Hello. Morning.")
    (half,) = xliff.read(
        f"{head}{one}{gap}<segment><source>Rytas.</source></segment></unit></file></xliff>".encode()
    ).units
    assert half.target == "", "a text that is half translated is none"


BOMB = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
BAD = {
    "not_xml": [
        b"",
        b"\x00\x01",
        b"<xliff",
        b"PK\x03\x04",
        BOMB,
        b'<?xml version="1.0" encoding="nonsense"?><x/>',
    ],
    "not_xliff": [b"<html/>", b"<x/>"],
    "old_version": [b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>', b"<xliff/>"],
    "no_file": [b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1"/>'],
    "markup": [
        (
            f'<xliff xmlns="{xliff.NAMESPACE}" version="2.1"><file id="f"><unit '
            f'id="1"><segment><source>a<b>c</b></source>'
        ).encode()
        + b"</segment></unit></file></xliff>",
        f'<xliff xmlns="{xliff.NAMESPACE}" version="2.1"><file id="f"><unit id="1"><segment><source>'.encode()
        + b'<pc id="1">' * 20_000
        + b"</pc>" * 20_000
        + b"</source></segment></unit></file></xliff>",
    ],
    "too_large": [b" " * (xliff.LARGEST + 1)],
}


@pytest.mark.parametrize(("why", "data"), [(why, data) for why, files in BAD.items() for data in files])
def test_a_file_that_cannot_be_read_is_refused_with_its_reason(why, data):
    with pytest.raises(xliff.XliffRefused) as refused:
        xliff.read(data)
    assert refused.value.why == why


@pytest.mark.parametrize("language", ["lt", "en"])
def test_an_editor_takes_the_file_and_brings_it_back(centre, lesson, client, language):
    person = centre.people["EDITOR"]
    person.language = language
    person.save(update_fields=["language"])
    sign_in(client, Hired(person, centre.totp["EDITOR"], "", PASSWORD))
    page = f"/desk/repository/resources/{lesson.ref}/translate/"
    assert page in client.get(f"/desk/repository/resources/{lesson.ref}/").content.decode()
    answer = client.get(f"{page}lt-en.xlf")
    assert (
        answer["Content-Type"] == "application/xliff+xml"
        and f"{lesson.ref}.lt-en.xlf" in answer["Content-Disposition"]
    )
    assert client.get(f"{page}lt-de.xlf").status_code == 404
    answer = client.post(
        page, {"file": SimpleUploadedFile("a.xlf", translated(answer.content, {"Pamoka": "A lesson"}))}
    )
    assert answer.status_code == 302 and Resource.objects.get(pk=lesson.pk).title["en"] == "A lesson"
    refused = client.post(page, {"file": SimpleUploadedFile("a.xlf", b"<html/>")})
    assert refused.status_code == 422 and "XLIFF 2" in refused.content.decode()

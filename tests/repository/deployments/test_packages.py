"""Files that leave the house: what is in them, that they are the same each time, that they run without us."""

import io
import json
import zipfile
from html import escape
from xml.etree import ElementTree as ET

import pytest
from factories.adaptations import PNG, begun, editor, live
from factories.resources import draft  # noqa: F401  the factory's package

from sauga.repository.adaptations.actions import edits
from sauga.repository.adaptations.queries.composition import compose
from sauga.repository.deployments.packages import archive, h5p
from sauga.repository.deployments.packages.package_builder import ChannelHasNoFile, Package, package
from sauga.repository.resources.rules.channels import FILES
from tests.centre import AT, Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db
STATUS, ADDRESS = "https://sauga.example/copy/abc/status.json", "https://sauga.example/lt/pritaikyta/ABC/"


def content_of(centre: Centre) -> dict:
    """A version with a logo and a place filled in."""
    made, by = begun(centre, live(centre), kind="slot_fill"), editor()
    made = edits.set_logo(by=by, adaptation=made, name="a.png", content=PNG, alt="Mokyklos ženklas", at=AT)
    return compose(
        edits.fill_slots(by=by, adaptation=made, values={"place": {"lt": "Aktų salė & kiemas"}}, at=AT)
    )


def taken(content: dict, channel: str, language: str = "lt") -> Package:
    """The file of a channel."""
    return package(content, channel, language=language, status=STATUS, address=ADDRESS)


def inside(made: Package) -> dict[str, bytes]:
    """What an archive holds."""
    with zipfile.ZipFile(io.BytesIO(made.content)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


@pytest.mark.parametrize("channel", sorted(FILES))
def test_the_same_content_gives_the_same_bytes_and_the_checksum_is_theirs(centre: Centre, channel: str):
    content = content_of(centre)
    first, second = taken(content, channel), taken(json.loads(json.dumps(content)), channel)
    assert first.content == second.content
    assert first.sha256 == archive.digest(first.content)


def test_the_offline_archive_needs_nothing_from_outside(centre: Centre):
    files = inside(taken(content_of(centre), "offline_zip"))
    assert {
        "index.html",
        "en.html",
        "logo.png",
        "LICENCE.txt",
        "assets/copy.js",
        "assets/fonts/OFL.txt",
    } <= set(files)
    page = files["index.html"].decode()
    assert "Aktų salė &amp; kiemas" in page
    assert "116\xa0111" in page
    assert '<html lang="lt">' in page and '<html lang="en">' in files["en.html"].decode()
    assert (
        page.count("http")
        == page.count("https://creativecommons.org")
        + page.count(STATUS)
        + page.count("source") * 0
        + page.count("http://localhost")
        + page.count("/istekliai/") * 0
    )
    assert "<script>" not in page and "style=" not in page
    assert "CC BY 4.0" in files["LICENCE.txt"].decode()


def test_every_page_of_an_archive_says_what_it_is(centre: Centre):
    content = content_of(centre)
    found = [
        taken(content, "offline_zip"),
        taken(content, "provider_pack"),
        *(taken(content, kind) for kind in FILES if kind.startswith("scorm")),
    ]
    pages = [
        (name, body.decode())
        for made in found
        for name, body in inside(made).items()
        if name.endswith(".html")
    ]
    assert len(pages) >= 5
    for name, page in pages:
        language = "en" if name.startswith("en") else "lt"
        assert (
            f'<html lang="{language}">' in page and f"<title>{content['title'][language]}</title>" in page
        ), name
        assert f'<meta name="description" content="{escape(content["abstract"][language])}">' in page, name
        assert '<link rel="license" href="https://creativecommons.org/licenses/by/4.0/">' in page, name
        assert '<meta name="dcterms.rights" content="CC BY 4.0">' in page and 'name="author"' in page, name


def test_no_archive_leads_upward():
    for name in ("../a", "/a", "a/../b", "C:/a", "a//b", "", "a\\..\\b"):
        with pytest.raises(ValueError, match=r".*"):
            archive.packed({name: b"x"})
    assert archive.is_below("assets/fonts/a.woff2")


@pytest.mark.parametrize(("channel", "version"), [("scorm12", "1.2"), ("scorm2004", "2004 4th Edition")])
def test_a_manifest_lists_every_file(centre: Centre, channel: str, version: str):
    files = inside(taken(content_of(centre), channel, "en"))
    root = ET.fromstring(files["imsmanifest.xml"])
    space = root.tag.partition("}")[0] + "}"
    assert root.find(f"{space}metadata/{space}schemaversion").text == version
    listed = {file.get("href") for file in root.iter(f"{space}file")}
    assert listed == set(files) - {"imsmanifest.xml"}
    assert root.find(f".//{space}resource").get("href") == "index.html"


def test_pdf_is_tagged_and_names_its_language(centre: Centre):
    import pikepdf

    for channel, language in (("pdf", "lt"), ("print_order", "en")):
        with pikepdf.open(io.BytesIO(taken(content_of(centre), channel, language).content)) as document:
            assert str(document.Root.Lang) == language
            assert bool(document.Root.MarkInfo.Marked) is True
            assert "/StructTreeRoot" in document.Root
            assert b"pdfuaid:part" in document.Root.Metadata.read_bytes()
            assert str(document.docinfo["/Title"]) == (
                "Pamoka apie pokalbius" if language == "lt" else "A lesson about chats"
            )


def test_typesetting_words_are_words(centre: Centre):
    content = content_of(centre)
    content["sections"][0]["blocks"]["lt"][1]["text"] = '#panic("x") *ne* _ne_ $x$ \\ #import "a"'
    assert taken(content, "pdf").content.startswith(b"%PDF")


def test_h5p_describes_the_questions(centre: Centre):
    content = content_of(centre)
    files = inside(taken(content, "h5p"))
    described, body = json.loads(files["h5p.json"]), json.loads(files["content/content.json"])
    assert (described["mainLibrary"], described["license"], described["licenseVersion"]) == (
        "H5P.QuestionSet",
        "CC BY",
        "4.0",
    )
    assert [answer["correct"] for answer in body["questions"][0]["params"]["answers"]] == [True, False, True]
    for section in content["sections"]:
        for block in section["blocks"]["lt"]:
            if block["kind"] == "question":
                block["explanation"] = "Data < šaltinis."
    (first, *_rest) = json.loads(inside(taken(content, "h5p"))["content/content.json"])["questions"]
    told = first["params"]["answers"]
    assert {one["tipsAndFeedback"]["chosenFeedback"] for one in told} == {"<div>Data &lt; šaltinis.</div>"}
    for section in content["sections"]:
        section["blocks"]["lt"] = [block for block in section["blocks"]["lt"] if block["kind"] != "question"]
    with pytest.raises(h5p.NoQuestions):
        taken(content, "h5p")


def test_a_provider_pack_has_texts_a_letter_and_banners(centre: Centre):
    files = inside(taken(content_of(centre), "provider_pack"))
    assert {"lt/text-short.txt", "en/letter.html", "lt/banner-300x250.svg", "logo.png"} <= set(files)
    assert len(files["lt/text-medium.txt"].decode().split("\n")[0]) <= 280
    for name, body in files.items():
        if name.endswith(".svg"):
            assert "116 111" in "".join(ET.fromstring(body).itertext()), name


def test_a_page_is_not_a_file(centre: Centre):
    with pytest.raises(ChannelHasNoFile):
        taken(content_of(centre), "page")

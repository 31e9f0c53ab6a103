"""What a SCORM or H5P file may hold and what is read from it; everything else is refused with its reason."""

import io
import zipfile

import pytest
from factories.packages import h5p, manifest, package, packed

from sauga.training.courses.rules import imported, scorm
from sauga.training.courses.rules.imported import Report, read

pytestmark = pytest.mark.unit
PAGE = "<!doctype html><title>x</title>"


def faults(content: bytes) -> set[str]:
    return {code for code, _what in read(content).faults}


@pytest.mark.parametrize("kind", ["scorm12", "scorm2004"])
def test_parts_come_in_order_with_what_they_ask_for(kind: str):
    asked = {
        "scorm12": (
            "<adlcp:masteryscore>80</adlcp:masteryscore><adlcp:datafromlms>level=2</adlcp:datafromlms>"
        ),
        "scorm2004": (
            "<adlcp:dataFromLMS>level=2</adlcp:dataFromLMS><imsss:sequencing><imsss:objectives>"
            '<imsss:primaryObjective satisfiedByMeasure="true"><imsss:minNormalizedMeasure>0.8'
            "</imsss:minNormalizedMeasure></imsss:primaryObjective></imsss:objectives></imsss:sequencing>"
        ),
    }[kind]
    files = {"a/one.html": PAGE, "b/two.html": PAGE}
    found = read(package(kind, files, hrefs=["a/one.html?x=1", "b/two.html"], more=asked))
    assert (found.faults, found.format, found.title, found.files) == ((), kind, "Lesson", 3)
    assert [(one.path, one.query, one.least, one.data) for one in found.parts] == [
        ("a/one.html", "x=1", 80, "level=2"),
        ("b/two.html", "", 80, "level=2"),
    ]
    assert imported.parts_of(found.record) == list(found.parts)


def test_what_only_shows_something_is_an_asset():
    (one,) = read(package(files={"index.html": PAGE}, scorm_type="asset")).parts
    assert one.is_asset


def test_a_file_that_lies_below_the_base_of_the_manifest_is_found():
    text = manifest(hrefs=["one.html"]).replace("<resources>", '<resources xml:base="pages/">')
    assert read(packed({"imsmanifest.xml": text, "pages/one.html": PAGE})).parts[0].path == "pages/one.html"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no archive", "archive"),
        (package()[:-40], "archive"),
        (packed({"index.html": PAGE}), "manifest"),
        (packed({"course/imsmanifest.xml": manifest(), "course/index.html": PAGE}), "manifest_deeper"),
        (packed({"imsmanifest.xml": "<manifest"}), "manifest_broken"),
        (packed({"imsmanifest.xml": "<!DOCTYPE x [<!ENTITY a 'b'>]><manifest/>"}), "manifest_broken"),
        (packed({"imsmanifest.xml": "<other/>"}), "manifest_broken"),
        (packed({"imsmanifest.xml": "<a>" * 5000 + "</a>" * 5000}), "manifest_broken"),
        (package(version="1.1"), "version"),
        (packed({"imsmanifest.xml": "<manifest/>"}), "version"),
        (package(hrefs=[]), "nothing"),
        (package(hrefs=["gone.html"]), "gone"),
        (package(hrefs=["https://evil.example/x.html"]), "outside"),
        (package(hrefs=["//evil.example/x.html"]), "outside"),
        (package(hrefs=["javascript:alert(1)"]), "outside"),
        (package(hrefs=["/index.html"]), "outside"),
        (package(hrefs=["../index.html"]), "outside"),
        (package(hrefs=["a/%2e%2e/%2e%2e/index.html"]), "outside"),
        (package(hrefs=["index.html"] * 61), "parts"),
        (package(files={"index.html": PAGE, "setup.exe": b"MZ"}), "program"),
        (package(files={"index.html": PAGE, "x/shell.PHP": "<?php"}), "program"),
        (package(files={"index.html": PAGE, "../../etc/x.html": PAGE}), "upward"),
        (package(files={"index.html": PAGE, "/etc/x.html": PAGE}), "upward"),
        (package(files={"index.html": PAGE, "C:\\x.html": PAGE}), "upward"),
        (package(files={"index.html": PAGE, "a\\..\\..\\x.html": PAGE}), "upward"),
        (package(files={"index.html": PAGE, "x" * 300 + ".html": PAGE}), "upward"),
        (package(files={"index.html": PAGE, **{f"{n}.txt": "" for n in range(3001)}}), "files"),
        (h5p(is_whole=False), "library"),
        (h5p(main="H5P.Other"), "description_broken"),
        (packed({"h5p.json": "[" * 100_000}), "description_broken"),
        (packed({"h5p.json": '{"title": "x"}'}), "content"),
    ],
)
def test_what_cannot_be_played_is_refused_with_its_reason(content: bytes, code: str):
    assert code in faults(content)


def test_a_link_in_the_archive_is_refused():
    made = io.BytesIO(package())
    with zipfile.ZipFile(made, "a") as archive:
        link = zipfile.ZipInfo("link.html")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert "upward" in faults(made.getvalue())


def test_sizes_that_the_list_promises_are_believed_before_anything_is_unpacked():
    made = bytearray(package(files={"index.html": PAGE, "film.mp4": b"x"}))
    place = made.rindex(b"PK\x01\x02")
    made[place + 24 : place + 28] = (0xFFFFFF00).to_bytes(4, "little")
    assert faults(bytes(made)) >= {"unpacked"}


def test_a_password_and_an_unusual_compression_are_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("imsmanifest.xml", manifest())
    assert faults(made.getvalue()) == {"packing"}
    locked = bytearray(package())
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert faults(bytes(locked)) == {"locked"}


def test_every_fault_is_reported_at_once():
    files = {"index.html": PAGE, "run.exe": b"MZ", "../x.html": PAGE}
    assert faults(package(files=files, hrefs=["gone.html", "https://x.example/"])) >= {
        "program",
        "upward",
        "gone",
        "outside",
    }


def test_what_should_be_tried_before_publishing_is_noted():
    files = {"index.html": "<iframe src='x.html'></iframe>", "old.swf": b"x"}
    more = "<imsss:sequencing><imsss:preConditionRule/></imsss:sequencing>"
    found = read(package("scorm2004", files, more=more))
    assert found.faults == () and dict(found.notes) == {"sequencing": "", "unsent": "swf", "frames": "1"}


def test_an_h5p_file_with_its_programs_can_be_played():
    found = read(h5p())
    assert (found.format, found.title, found.faults) == ("h5p", "One question", ())


@pytest.mark.parametrize(
    ("base", "href", "wanted"),
    [
        ("", "a b.html", "a b.html"),
        ("", "a%20b.html", "a b.html"),
        ("pages/", "./x/../one.html", "pages/one.html"),
        ("../", "x.html", ""),
        ("", "", ""),
        ("", "..", ""),
        ("", "http://[broken", ""),
        ("", "file:///etc/passwd", ""),
        ("", "x\\..\\..\\y.html", ""),
    ],
)
def test_addresses_stay_within_the_package(base: str, href: str, wanted: str):
    assert scorm.located(base, href, "")[0] == wanted


def test_a_report_without_parts_is_no_record_of_any():
    assert imported.parts_of(Report("scorm12", "", (), 0, 0).record) == []

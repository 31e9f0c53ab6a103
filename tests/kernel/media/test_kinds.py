"""Files are what their bytes are."""

import io
import secrets
import tracemalloc
import zipfile

import pytest

from sauga.kernel.media.refusals import FileRefused
from sauga.kernel.media.upload_checks.captions import check as check_captions
from sauga.kernel.media.upload_checks.inspection import clean_name
from sauga.kernel.media.upload_checks.kinds import EVERY_KIND, EXTENSIONS, MOST_BYTES, kind_of, real_type

pytestmark = pytest.mark.unit
MP4 = b"\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isomiso2" + b"\x00" * 32


def packed(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "mime"),
    [
        (b"%PDF-1.4 x", "a.pdf", "application/pdf"),
        (b"\x89PNG\r\n\x1a\nx", "a.png", "image/png"),
        (b"\xff\xd8\xff\xe0x", "a.jpeg", "image/jpeg"),
        (b"RIFF\x00\x00\x00\x00WEBPx", "a.webp", "image/webp"),
        (MP4, "a.mp4", "video/mp4"),
        (b"\x00\x00\x00\x18ftypM4A x", "a.m4a", "audio/mp4"),
        (b"\x1aE\xdf\xa3x", "a.webm", "video/webm"),
        (b"ID3x", "a.mp3", "audio/mpeg"),
        (b"\xff\xfb\x90\x00", "a.mp3", "audio/mpeg"),
        (b"\xef\xbb\xbfWEBVTT\n", "a.vtt", "text/vtt"),
        (
            b"<?xml version='1.0'?><!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>",
            "a.svg",
            "image/svg+xml",
        ),
        ("<!doctype html><p>ąčę <a href='https://a.example'>x</a>".encode(), "a.html", "text/html"),
        (b"Paprastas tekstas", "a.txt", "text/plain"),
        (
            packed(mimetype="application/vnd.oasis.opendocument.text"),
            "a.odt",
            "application/vnd.oasis.opendocument.text",
        ),
        (packed(h5p_dot_json="{}"), "a.h5p", "application/x-h5p"),
        (packed(a="x"), "a.zip", "application/zip"),
        (packed(a_dot_html="<!doctype html><p>x</p>", b_dot_pdf="x"), "a.zip", "application/zip"),
        (
            packed(imsmanifest_dot_xml="<manifest/>", a_dot_html="<script>x</script>", b_dot_js="x"),
            "a.zip",
            "application/zip",
        ),
    ],
)
def test_types_are_known_by_their_bytes(content, name, mime):
    assert real_type(content, name) == mime


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (b"", "a.pdf", "empty"),
        (b"MZ\x90\x00\x03", "a.pdf", "unknown"),
        (b"%PDF-1.4 x", "a.png", "belies"),
        (b"<!doctype html><p>x", "a.pdf", "belies"),
        (b"PK\x03\x04 broken", "a.zip", "archive"),
        (packed(**{"..__up": "x"}), "a.zip", "upward"),
        (packed(**{"__root": "x"}), "a.zip", "upward"),
        (packed(a__setup_dot_EXE="MZ"), "a.zip", "program"),
        (packed(imsmanifest_dot_xml="<manifest/>", run_dot_bat="x"), "a.zip", "program"),
        (packed(**{"a_dot_scr. ": "x"}), "a.zip", "program"),
        (packed(a_dot_js="x"), "a.zip", "program"),
        (packed(a_dot_html="<!doctype html><script>x</script>"), "a.zip", "script"),
        (packed(a_dot_html="<!doctype html><img src='//a.example/x.png'>"), "a.zip", "outside"),
        (b"<svg><script>x</script></svg>", "a.svg", "script"),
        (b"<svg onload='x'></svg>", "a.svg", "script"),
        (b"<!doctype html><img src='https://a.example/x.png'>", "a.html", "outside"),
    ],
)
def test_what_is_refused(content, name, why):
    with pytest.raises(FileRefused) as refused:
        real_type(content, name)
    assert refused.value.why == why


def test_an_archive_that_swells_is_refused():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a", b"\x00" * 3_000_000)
    with pytest.raises(FileRefused, match="bomb"):
        real_type(held.getvalue(), "a.zip")


def test_a_member_is_read_no_further_than_needed():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", b"application/epub+zip " + b" " * 60_000_000)
        archive.writestr("a.bin", secrets.token_bytes(400_000))
    content = held.getvalue()
    tracemalloc.start()
    try:
        assert real_type(content, "a.epub") == "application/epub+zip"
        assert tracemalloc.get_traced_memory()[1] < 4_000_000
    finally:
        tracemalloc.stop()


def test_a_member_of_an_unusual_method_is_not_unpacked():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("mimetype", b"application/epub+zip")
    with pytest.raises(FileRefused, match="archive"):
        real_type(held.getvalue(), "a.epub")


def test_a_list_of_too_many_members_is_not_read():
    with pytest.raises(FileRefused, match="bomb"):
        real_type(b"PK\x03\x04" + b"PK\x01\x02" * 20_001, "a.zip")


def test_a_text_has_an_end():
    with pytest.raises(FileRefused, match="long"):
        real_type(b"a" * (16 * 1024**2 + 1), "a.txt")


@pytest.mark.parametrize(
    "markup",
    [
        "<a href='//a.example'",
        "<a title='x' href='https://a.example'>",
        "<a\nhref='//a.example'>x</a>",
        "<A HREF=//a.example>",
    ],
)
def test_a_link_waits_for_a_click_and_is_allowed(markup):
    assert real_type(f"<!doctype html><p>{markup}".encode(), "a.html") == "text/html"


def test_captions_stand_one_after_the_other():
    check_captions(b"WEBVTT\n\n00:01.000 --> 00:02.000\na\n\n00:00:02.000 --> 00:00:03.000\nb\n")
    for wrong in (
        b"WEBVTT\n",
        b"WEBVTT\n\n00:01.000 --> 00:03.000\na\n\n00:02.000 --> 00:04.000\nb\n",
        b"WEBVTT\n\n00:03.000 --> 00:01.000\n",
    ):
        with pytest.raises(FileRefused, match="captions"):
            check_captions(wrong)
    with pytest.raises(FileRefused, match="belies"):
        check_captions(b"1\n00:00:01,000 --> 00:00:02,000\n")
    with pytest.raises(FileRefused, match="captions"):  # a second time line where the blank line is missing
        check_captions(b"WEBVTT\n\n00:01.000 --> 00:05.000\na\n00:02.000 --> 00:03.000\nb\n")


def test_a_name_keeps_no_folders():
    assert clean_name("C:\\x\\Planas (2).PDF", "application/pdf") == "Planas-2.pdf"
    assert clean_name("...", "text/vtt") == "file.vtt"
    assert clean_name("../../etc/passwd", "text/plain") == "passwd.txt"
    assert clean_name("C:\\con.pdf", "application/pdf") == "file-con.pdf"
    assert len(clean_name("a" * 4096 + ".pdf", "application/pdf")) == 124


def test_every_type_has_a_kind_with_a_size():
    assert all(kind_of(mime) in EVERY_KIND and MOST_BYTES[kind_of(mime)] for mime in EXTENSIONS)

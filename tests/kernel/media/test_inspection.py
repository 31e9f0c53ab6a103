"""Bad uploads meet a typed refusal with words for the person, before anything is stored."""

import struct
import zlib
from io import BytesIO

import pytest
from factories import uploads
from PIL import Image

from sauga.kernel.media import EVERY_KIND, FileRefused, Kind, inspect
from sauga.kernel.media.upload_checks.kinds import MOST_BYTES

pytestmark = pytest.mark.unit
CAPTIONS = b"WEBVTT\n\n00:01.000 --> 00:02.000\nLabas\n"
GOOD = {
    "a.png": (uploads.image(), Kind.IMAGE),
    "a.jpg": (uploads.photo(), Kind.IMAGE),
    "a.webp": (uploads.image("WEBP"), Kind.IMAGE),
    "a.gif": (uploads.image("GIF"), Kind.IMAGE),
    "a.svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Kind.DRAWING),
    "a.pdf": (uploads.sheet(), Kind.PDF),
    "a.mp4": (uploads.film(), Kind.VIDEO),
    "a.webm": (uploads.webm(), Kind.VIDEO),
    "a.mp3": (uploads.recording(), Kind.AUDIO),
    "a.vtt": (CAPTIONS, Kind.CAPTIONS),
    "a.zip": (uploads.packed(a=b"x"), Kind.ARCHIVE),
    "a.txt": ("Ąžuolas".encode(), Kind.DOCUMENT),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_good_file_of_each_kind_is_accepted(name):
    content, kind = GOOD[name]
    found = inspect(content, name)
    assert (found.kind, found.name) == (kind, name)
    assert bool(found.width) == (kind in {Kind.IMAGE, Kind.PDF})


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG whose head says that it is huge, with a few bytes behind it."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    parts = [(b"IHDR", head), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


def bomb_of_text() -> bytes:
    """A PNG of one pixel with a text that swells to 60 MB."""
    swollen = b"Comment\0\0" + zlib.compress(bytes(60_000_000), 9)
    chunk = (
        struct.pack(">I", len(swollen)) + b"zTXt" + swollen + struct.pack(">I", zlib.crc32(b"zTXt" + swollen))
    )
    small = uploads.image(size=(1, 1))
    return small[:33] + chunk + small[33:]


JS = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>"
BAD = {
    "empty": (b"", "a.png", "empty"),
    "nothing known": (b"MZ\x90\x00\x03", "a.pdf", "unknown"),
    "an image under another name": (uploads.image(), "a.pdf", "belies"),
    "a page under the name of an image": (b"<!doctype html><p>x", "a.png", "belies"),
    "an image that is also an archive": (uploads.image() + uploads.packed(a=b"x"), "a.png", "polyglot"),
    "a PDF that is also an archive": (uploads.sheet() + uploads.packed(a=b"x"), "a.pdf", "polyglot"),
    "a film that is also an archive": (uploads.film() + uploads.packed(a=b"x"), "a.mp4", "polyglot"),
    "a zip bomb": (uploads.packed(a=bytes(9_000_000)), "a.zip", "bomb"),
    "a path that leaves the folder": (uploads.packed(**{"../up": b"x"}), "a.zip", "upward"),
    "a drawing with a script": (b"<svg><script>1</script></svg>", "a.svg", "script"),
    "an image too wide": (png_that_claims(12_001, 1), "a.png", "sides"),
    "an image of too many pixels": (png_that_claims(9_000, 9_000), "a.png", "sides"),
    "a head without its image": (png_that_claims(3_000, 3_000), "a.png", "damaged"),
    "a PDF with a script": (uploads.pdf(JS), "a.pdf", "script"),
    "a PDF that runs a script when opened": (uploads.pdf(catalog=f"/OpenAction {JS}"), "a.pdf", "script"),
    "a script deep in an action": (uploads.pdf(f"<< /A << /Next [<< /B [{JS}] >>] >> >>"), "a.pdf", "script"),
    "a PDF that starts a program": (uploads.pdf("<< /S /Launch /F (a.exe) >>"), "a.pdf", "launch"),
    "a PDF with a link to a share": (
        uploads.pdf(r"<< /S /GoToR /F (\\\\evil.example\\x.pdf) >>"),
        "a.pdf",
        "launch",
    ),
    "a PDF with a link that is a script": (
        uploads.pdf("<< /A << /S /URI /URI (javascript:alert) >> >>"),
        "a.pdf",
        "launch",
    ),
    "a PDF with a link to a file": (
        uploads.pdf("<< /A << /S /URI /URI (file:///etc/hosts) >> >>"),
        "a.pdf",
        "launch",
    ),
    "a PDF that sends what is typed": (
        uploads.pdf("<< /A << /S /SubmitForm /F (https://a.example/) >> >>"),
        "a.pdf",
        "launch",
    ),
    "a PDF with an object that its table leaves out": (
        uploads.pdf("<< >>") + b"\n99 0 obj\n<< /S /J#61vaScript >>\nendobj\n",
        "a.pdf",
        "script",
    ),
    "a PDF that imports data": (uploads.pdf("<< /A << /S /ImportData /F (a) >> >>"), "a.pdf", "launch"),
    "a PDF that is none": (b"%PDF-1.7\n" + bytes(100), "a.pdf", "damaged"),
    "a film without its index": (uploads.film().replace(b"moov", b"free"), "a.mp4", "damaged"),
    "captions that overlap": (CAPTIONS + b"\n00:01.500 --> 00:03.000\nx\n", "a.vtt", "captions"),
    "captions without any": (b"WEBVTT\n", "a.vtt", "captions"),
}


@pytest.mark.parametrize("case", BAD)
def test_a_bad_file_is_refused_with_its_reason(case):
    content, name, why = BAD[case]
    with pytest.raises(FileRefused) as refused:
        inspect(content, name)
    assert refused.value.why == why
    assert "%(" not in refused.value.text and refused.value.text


FILMS = {
    "a film": ("a.mp4", uploads.film(), True),
    "a film of the web": ("a.webm", uploads.webm(), True),
    "the beginning of a film": ("a.mp4", uploads.film()[:60], False),
    "an image": ("a.mp4", b"GIF89a", False),
    "a film of another kind": ("a.avi", b"RIFF", False),
    "nothing": ("a.mp4", b"", False),
}
TEXTS = {
    "captions": ("WEBVTT\n\n00:01.000 --> 00:02.000\nLabas", True),
    "none": ("WEBVTT", False),
    "backwards": ("WEBVTT\n\n00:02.000 --> 00:01.000\nLabas", False),
    "of another kind": ("1\n00:01 --> 00:02", False),
}


@pytest.mark.parametrize("case", FILMS)
def test_a_film_is_what_its_name_says(case):
    name, content, fits = FILMS[case]
    if fits:
        assert inspect(content, name, kinds={Kind.VIDEO}).kind == Kind.VIDEO
    else:
        with pytest.raises(FileRefused):
            inspect(content, name, kinds={Kind.VIDEO})


@pytest.mark.parametrize("case", TEXTS)
def test_captions_are_captions(case):
    text, fits = TEXTS[case]
    if fits:
        assert inspect(text.encode(), "a.vtt", kinds={Kind.CAPTIONS}).kind == Kind.CAPTIONS
    else:
        with pytest.raises(FileRefused):
            inspect(text.encode(), "a.vtt", kinds={Kind.CAPTIONS})


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.webp", "a.gif", "a.pdf", "a.mp4", "a.webm", "a.mp3"])
def test_a_file_cut_off_anywhere_is_refused_or_whole(name):
    """Wherever it ends: a typed refusal, or an image that was written anew from what is there."""
    content, kind = GOOD[name]
    for part in range(1, 20):
        cut = content[: len(content) * part // 20]
        try:
            found = inspect(cut, name)
        except FileRefused as refused:
            assert refused.why in {"damaged", "unknown", "belies", "script", "locked"}, (part, refused.why)
        else:
            assert found.kind is kind and kind is not Kind.VIDEO
            if kind is Kind.IMAGE:
                Image.open(BytesIO(found.content)).load()


@pytest.mark.parametrize("kind", [Kind.IMAGE, Kind.LOGO, Kind.CAPTIONS, Kind.PDF])
def test_one_byte_over_is_one_too_many(kind):
    heads = {Kind.CAPTIONS: b"WEBVTT\n", Kind.PDF: b"%PDF-"}
    content = heads.get(kind, b"\x89PNG\r\n\x1a\n").ljust(MOST_BYTES[kind] + 1, b"\n")
    with pytest.raises(FileRefused) as refused:
        inspect(content, "a", kinds={kind})
    assert refused.value.why == "large" and refused.value.text
    with pytest.raises(FileRefused) as refused:
        inspect(content[:-1], "a", kinds={kind})
    assert refused.value.why in {"damaged", "captions"}


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "C:\\Windows\\con",
        "nul",
        "a" * 4096,
        "\0\n\x1b",
        "",
        "...",
        "лист.vtt",
        "/dev/null",
    ],
)
def test_a_name_never_reaches_the_storage(name):
    found = inspect(CAPTIONS, name if "." not in name[-4:] or name.endswith(".vtt") else f"{name}.vtt")
    assert found.name.endswith(".vtt") and len(found.name) < 130 and not {"/", "\\", "\0"} & set(found.name)
    assert found.name.split(".")[0].lower() not in {"con", "nul"}


def test_what_is_not_asked_for_is_refused():
    for name, (content, kind) in GOOD.items():
        with pytest.raises(FileRefused, match="kind"):
            inspect(content, name, kinds=EVERY_KIND - {kind})


def test_an_image_loses_what_a_telephone_wrote_into_it():
    given = uploads.photo((60, 40), turned=6)
    assert Image.open(BytesIO(given)).getexif()
    found = inspect(given, "IMG_0001.JPG")
    kept = Image.open(BytesIO(found.content))
    assert not kept.getexif() and "comment" not in kept.info and b"Telefonas" not in found.content
    assert kept.size == (found.width, found.height) == (40, 60)  # turned upright, as it was held


def test_a_polyglot_image_keeps_only_its_image():
    found = inspect(uploads.image() + b"<script>alert(1)</script>", "a.png")
    assert b"script" not in found.content


def test_a_text_that_swells_in_an_image_does_no_harm():
    try:
        found = inspect(bomb_of_text(), "a.png")
    except FileRefused as refused:
        assert refused.why == "damaged"
    else:
        assert len(found.content) < 1000


def test_an_animation_keeps_its_pictures():
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "green", "blue")]
    held = BytesIO()
    frames[0].save(held, "GIF", save_all=True, append_images=frames[1:], duration=80, loop=0)
    kept = Image.open(BytesIO(inspect(held.getvalue(), "a.gif").content))
    assert getattr(kept, "n_frames", 1) == 3 and kept.info["duration"] == 80


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_logo_becomes_a_png(form):
    found = inspect(uploads.image(form), f"logo.{form.lower()}", kinds={Kind.LOGO})
    assert (found.kind, found.mime, found.name) == (Kind.LOGO, "image/png", "logo.png")


def test_a_logo_in_svg_is_rebuilt():
    drawing = (
        b"<svg xmlns='http://www.w3.org/2000/svg' data-x='1'><rect width='9' unknown='1'/><metadata/></svg>"
    )
    found = inspect(drawing, "logo.svg", kinds={Kind.LOGO})
    assert b"rect" in found.content and b"unknown" not in found.content and b"metadata" not in found.content
    with pytest.raises(FileRefused, match="not_a_logo"):
        inspect(uploads.image("GIF"), "a.gif", kinds={Kind.LOGO})


def test_what_a_pdf_says_of_itself_is_kept():
    found = inspect(uploads.sheet(), "a.pdf")
    assert found.facts == {"pages": 1, "tagged": True, "language": "lt"}
    assert (found.width, found.height) == (595, 842)

"""Pictures and files of the site: who may bring them, what is required, and what has an address."""

import gc
from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from factories import uploads
from factories.answers import body
from factories.people import Hired, sign_in
from PIL import Image

from sauga.portal.models.media import Attachment, Picture
from tests.centre import PASSWORD, centre
from tests.kernel.media.clamd_server import EICAR, clamd
from tests.kernel.media.test_inspection import BAD

__all__ = ["centre"]
pytestmark = pytest.mark.django_db


def png():
    """A small sheet of paper."""
    held = BytesIO()
    Image.new("RGB", (1200, 600), "#faf6ef").save(held, "PNG")
    return SimpleUploadedFile("lapas.png", held.getvalue(), "image/png")


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def desk(centre, planted):
    """A browser of somebody, by role."""

    def enter(role):
        client = Client()
        assert sign_in(client, Hired(centre.people[role], centre.totp[role], "", PASSWORD)).status_code == 302
        return client

    return enter


FULL = {
    "title": "Lapas",
    "description": "Tuščias popieriaus lapas.",
    "rights_holder": "Centras",
    "rights": "own",
}


@pytest.mark.parametrize("role", ["EDITOR", "PUBLISHER"])
def test_editors_bring_pictures(desk, role):
    client = desk(role)
    assert client.get("/desk/cms/images/").status_code == 200
    answer = client.post("/desk/cms/images/add/", {**FULL, "file": png()})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Picture.objects.get().rights_holder == "Centras"


@pytest.mark.parametrize("missing", ["description", "rights_holder", "rights", "title"])
def test_a_picture_without_what_it_must_say_is_refused(desk, missing):
    answer = desk("EDITOR").post("/desk/cms/images/add/", {**FULL, missing: "", "file": png()})
    assert answer.status_code == 200 and missing in answer.context["form"].errors
    assert not Picture.objects.exists()


def test_bytes_that_are_no_picture_are_refused(desk):
    file = SimpleUploadedFile("lapas.png", b"<script>alert(1)</script>", "image/png")
    desk("EDITOR").post("/desk/cms/images/add/", {**FULL, "file": file})
    assert not Picture.objects.exists()


def test_who_only_reads_over_brings_nothing(desk):
    assert desk("SAFEGUARDING_EDITOR").get("/desk/cms/images/add/").status_code == 302


# Wagtail lets its temporary file go without closing it when it has cut a picture; it is collected here,
# where that is known.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_picture_on_a_page_says_what_it_shows_and_whose_it_is(desk, client):
    desk("EDITOR").post("/desk/cms/images/add/", {**FULL, "file": png()})
    picture = Picture.objects.get()
    html = render_to_string(
        "portal/blocks/picture.html",
        {"value": {"image": picture, "alt": "Lapas ant stalo", "caption": "Lapas"}},
    )
    assert 'alt="Lapas ant stalo"' in html and "© Centras" in html and 'width="1000"' in html
    address = html.partition('src="')[2].partition('"')[0]
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert "immutable" in answer.headers["Cache-Control"]
    assert Image.open(BytesIO(body(answer))).size == (1000, 500)
    assert client.get(f"/media/{picture.file.name}").status_code == 404  # the original has no address
    for folder in (
        "images",
        "images/",
        "images/.",
        "images//",
        f"images/{'a' * 300}.webp",
        f"{address.removeprefix('/media/')}/a",
    ):
        assert client.get(f"/media/{folder}").status_code == 404, folder
    gc.collect()


@pytest.mark.parametrize(
    "path", ["images/../original_images/lapas.png", "../keys/tickets", "documents/a.pdf", "", "images"]
)
def test_nothing_else_of_the_store_has_an_address(path, client, planted):
    assert client.get(f"/media/{path}").status_code in {301, 404}


def test_a_file_is_always_a_download_under_its_own_name(desk, client):
    sent = {"title": "Atmintinė", "language": "lt", "rights_holder": "Centras", "rights": "CC-BY-4.0"}
    desk("EDITOR").post(
        "/desk/cms/documents/add/", {**sent, "file": SimpleUploadedFile("atmintine.txt", b"Labas")}
    )
    file = Attachment.objects.get()
    answer = client.get(file.url)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="atmintine.txt"'
    assert body(answer) == b"Labas"
    part = client.get(file.url, headers={"range": "bytes=3-"})
    assert (part.status_code, part.headers["Content-Range"], body(part)) == (206, "bytes 3-4/5", b"as")
    assert client.get(file.url.replace("atmintine", "kita")).status_code == 404


def test_a_film_is_played_from_any_place(client):
    name = default_storage.save("films/filmas.mp4", ContentFile(bytes(range(200))))
    whole = client.get(f"/media/{name}")
    assert (whole.status_code, whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (
        200,
        "video/mp4",
        "bytes",
    )
    part = client.get(f"/media/{name}", headers={"range": "bytes=150-", "if-range": whole.headers["ETag"]})
    assert (part.status_code, part.headers["Content-Range"]) == (206, "bytes 150-199/200")
    assert body(part) == body(whole)[150:]
    assert client.head(f"/media/{name}").headers["Content-Length"] == "200"
    assert client.get(f"/media/{name}", headers={"if-none-match": whole.headers["ETag"]}).status_code == 304
    assert "media-src 'self'" in client.get("/lt/privatumas/").headers["Content-Security-Policy"]


def test_a_picture_is_stored_without_what_a_telephone_wrote_into_it(desk):
    photo = SimpleUploadedFile("IMG_1.jpg", uploads.photo((400, 300)), "image/jpeg")
    assert desk("EDITOR").post("/desk/cms/images/add/", {**FULL, "file": photo}).status_code == 302
    picture = Picture.objects.get()
    with default_storage.open(picture.file.name) as stored:
        assert not Image.open(stored).getexif()


@pytest.mark.parametrize(
    "case", ["an image too wide", "an image of too many pixels", "a head without its image"]
)
def test_a_picture_that_would_harm_a_decoder_is_refused_by_the_form(desk, case):
    content, name, _why = BAD[case]
    answer = desk("EDITOR").post("/desk/cms/images/add/", {**FULL, "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200 and answer.context["form"].errors["file"]
    assert not Picture.objects.exists()


def test_nothing_is_brought_past_the_scanner(desk, settings):
    sent = {"title": "Atmintinė", "language": "lt", "rights_holder": "Centras", "rights": "CC-BY-4.0"}
    client = desk("EDITOR")
    with clamd() as server:
        settings.SCANNER = server.address
        for name, content in (("a.txt", EICAR), ("b.pdf", BAD["a PDF with a script"][0])):
            answer = client.post(
                "/desk/cms/documents/add/", {**sent, "file": SimpleUploadedFile(name, content)}
            )
            assert answer.status_code == 200 and answer.context["form"].errors["file"], name
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    answer = client.post("/desk/cms/documents/add/", {**sent, "file": SimpleUploadedFile("a.txt", b"Labas")})
    assert "nepasiekiama" in str(answer.context["form"].errors["file"])
    assert not Attachment.objects.exists()

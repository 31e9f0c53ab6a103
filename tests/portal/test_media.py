"""Pictures and files of the site: who may bring them, what is required, and what has an address."""

import gc
from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from factories import uploads
from factories.answers import body
from factories.people import Hired, sign_in
from PIL import Image
from wagtail.models import UploadedFile

from sauga.kernel import clock, media
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.identity import PermissionRefused
from sauga.kernel.identity.actions import own
from sauga.kernel.media.models import MediaFile
from sauga.kernel.states import SystemActor
from sauga.portal.actions.unfinished_uploads import delete_unfinished_uploads
from sauga.portal.models.media import Attachment, Picture, Video
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


CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nLabas.\n"
FILM = {
    "title": "Sustok",
    "language": "lt",
    "transcript": "Labas.",
    "rights_holder": "Centras",
    "rights": "own",
}


def add_film(client, content, captions=CAPTIONS):
    files = {
        "file": SimpleUploadedFile("filmas.mp4", content, "video/mp4"),
        "captions": SimpleUploadedFile("filmas.vtt", captions, "text/vtt"),
    }
    return client.post("/desk/cms/snippets/portal/video/add/", {**FILM, **files})


def test_a_film_is_played_from_any_place(desk, client):
    content = uploads.film(200)
    assert add_film(desk("EDITOR"), content).status_code == 302
    video = Video.objects.get()
    whole = client.get(video.file.url)
    assert (whole.status_code, whole.headers["Content-Type"], whole.headers["Accept-Ranges"]) == (
        200,
        "video/mp4",
        "bytes",
    )
    part = client.get(video.file.url, headers={"range": "bytes=150-", "if-range": whole.headers["ETag"]})
    assert (part.status_code, part.headers["Content-Range"]) == (
        206,
        f"bytes 150-{len(content) - 1}/{len(content)}",
    )
    assert body(part) == body(whole)[150:] == content[150:]
    assert client.head(video.file.url).headers["Content-Length"] == str(len(content))
    assert client.get(video.file.url, headers={"if-none-match": whole.headers["ETag"]}).status_code == 304
    assert body(client.get(video.captions.url)) == CAPTIONS
    assert "media-src 'self'" in client.get("/lt/privatumas/").headers["Content-Security-Policy"]


def test_a_film_that_is_none_is_refused_in_the_editor_s_language(desk, centre):
    client = desk("EDITOR")
    for code, said in (("lt", "subtitrai persidengia"), ("en", "captions overlap or are empty")):
        own.choose_language(person=centre.people["EDITOR"], language=code)
        answer = add_film(client, b"<script>alert(1)</script>", captions=b"WEBVTT\n")
        errors = answer.context["form"].errors
        assert answer.status_code == 200 and errors["file"], code
        assert said in str(errors["captions"]).lower(), code
    assert not Video.objects.exists() and not MediaFile.objects.exists()


def test_every_upload_of_the_tool_is_one_of_the_kernel_s(desk, settings):
    client = desk("EDITOR")
    client.post("/desk/cms/images/add/", {**FULL, "file": png()})
    sent = {"title": "Atmintinė", "language": "lt", "rights_holder": "Centras", "rights": "CC-BY-4.0"}
    client.post("/desk/cms/documents/add/", {**sent, "file": SimpleUploadedFile("a.txt", b"Labas")})
    add_film(client, uploads.film())
    video = Video.objects.get()
    names = {Picture.objects.get().file, Attachment.objects.get().file, video.file, video.captions}
    files = {media.file_named(field.name) for field in names}
    assert {file.owner for file in files} == {
        "portal.picture",
        "portal.attachment",
        "portal.film",
        "portal.captions",
    }
    assert all(file.is_ready and file.zone == "awareness" for file in files)
    stored = {path.relative_to(settings.MEDIA_ROOT).parts[0] for path in settings.MEDIA_ROOT.rglob("*.*")}
    assert stored <= {"files", "images"}  # `images`: sizes, which the tool makes
    received = TrailLine.objects.filter(action="media:file:received")
    acts = TrailLine.objects.filter(action="cms:act")
    assert received.count() == 4 and {line.actor for line in received} <= {line.actor for line in acts}


def photo():
    return SimpleUploadedFile("IMG_1.jpg", uploads.photo((400, 300)), "image/jpeg")


def test_a_picture_is_stored_without_what_a_telephone_wrote_into_it(desk):
    assert desk("EDITOR").post("/desk/cms/images/add/", {**FULL, "file": photo()}).status_code == 302
    with Picture.objects.get().open_file() as stored:
        assert not Image.open(stored).getexif()


# Wagtail's form for many files leaves what it read unclosed; it is collected here, where that is known.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_many_pictures_at_once_are_checked_like_one(desk, settings):
    """The button “Add an image” leads to this form, which stores apart what still lacks a description."""
    client = desk("EDITOR")
    bad = {"title": "A", "files[]": SimpleUploadedFile("a.jpg", b"<script>")}
    assert client.post("/desk/cms/images/multiple/add/", bad).json()["success"] is False
    held = client.post("/desk/cms/images/multiple/add/", {"title": "Lapas", "files[]": photo()}).json()
    assert held["success"] and not Picture.objects.exists()
    number = held["uploaded_file_id"]
    said = {f"uploaded-image-{number}-{name}": value for name, value in FULL.items()}
    there = f"/desk/cms/images/multiple/create_from_uploaded_image/{number}/"
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    assert "nepasiekiama" in client.post(there, said).json()["form"] and not Picture.objects.exists()
    settings.SCANNER = "none"
    done = client.post(there, said).json()
    assert done["success"], done
    picture = Picture.objects.get()
    with picture.open_file() as stored:
        assert not Image.open(stored).getexif()
    assert media.file_named(picture.file.name).is_ready
    gc.collect()


def test_an_upload_that_nobody_finishes_is_deleted_after_a_day(
    desk, settings, django_capture_on_commit_callbacks
):
    desk("EDITOR").post("/desk/cms/images/multiple/add/", {"title": "Lapas", "files[]": photo()})
    kept = [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]
    assert len(kept) == 1 == UploadedFile.objects.count()
    for after, left in ((timedelta(hours=20), 1), (timedelta(hours=25), 0)):
        with django_capture_on_commit_callbacks(execute=True):
            done = delete_unfinished_uploads(by=SystemActor("portal"), at=clock.now() + after)
        assert (done, UploadedFile.objects.count(), kept[0].exists()) == (1 - left, left, bool(left))
    with pytest.raises(PermissionRefused):
        delete_unfinished_uploads(by=SystemActor("reader"), at=clock.now())


def test_what_is_replaced_or_deleted_is_gone(desk, settings, django_capture_on_commit_callbacks):
    client = desk("PUBLISHER")
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/desk/cms/images/add/", {**FULL, "file": png()})
    picture = Picture.objects.get()
    old = picture.file.name
    with django_capture_on_commit_callbacks(execute=True):
        edited = client.post(f"/desk/cms/images/{picture.pk}/", {**FULL, "file": photo()})
        assert edited.status_code == 302
    picture.refresh_from_db()
    assert media.file_named(old) is None and media.file_named(picture.file.name).is_ready
    with django_capture_on_commit_callbacks(execute=True):
        picture.delete()
    assert not MediaFile.objects.exists()
    assert not [path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()]


def test_a_file_that_a_later_scan_refuses_is_sent_to_nobody(desk, client):
    sent = {"title": "Atmintinė", "language": "lt", "rights_holder": "Centras", "rights": "CC-BY-4.0"}
    desk("EDITOR").post("/desk/cms/documents/add/", {**sent, "file": SimpleUploadedFile("a.txt", b"Labas")})
    file = Attachment.objects.get()
    assert client.head(file.url).status_code == 200
    MediaFile.objects.update(state="REFUSED")
    assert client.get(file.url).status_code == 404
    assert not file.file.storage.exists(file.file.name)


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

"""Uploads at the desk: bad files meet a refusal on the page and leave nothing; nobody opens a file that has
not been scanned."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from factories import uploads
from factories.answers import body
from factories.people import Hired, sign_in
from factories.resources import approved, draft, published, with_file

from sauga.kernel.media import actions
from sauga.kernel.media.models import MediaFile
from sauga.kernel.notifications.models import Notification
from sauga.kernel.states import SystemActor
from sauga.repository.resources.actions import files, publication, resources
from tests.centre import AT, PASSWORD, Centre, centre
from tests.kernel.media.clamd_server import EICAR, clamd
from tests.kernel.media.test_inspection import BAD, GOOD

__all__ = ["centre"]
pytestmark = pytest.mark.django_db
SWEEPER = SystemActor("repository")
LATER = AT + timedelta(minutes=11)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def desk(centre: Centre) -> Client:
    client = Client()
    hired = Hired(centre.people["EDITOR"], centre.totp["EDITOR"], "", PASSWORD)
    assert sign_in(client, hired).status_code == 302
    return client


def post(desk: Client, ref: str, name: str, content: bytes):
    sent = {"kind": "main", "language": "lt", "file": SimpleUploadedFile(name, content)}
    sent |= {"alt_lt": "Vaikas skaito knygą", "alt_en": "A child reads a book"}
    return desk.post(f"/desk/repository/resources/{ref}/files/", sent)


def test_every_bad_file_is_refused_on_the_page_and_leaves_nothing(desk: Client, centre: Centre, own_store):
    row = draft(centre)
    for case, (content, name, _why) in BAD.items():
        answer = post(desk, row.ref, name, content)
        assert answer.status_code == 422, case
        assert answer.context["file_form"].errors["file"], case
    for name in ("../../a.png", "con.png", "a" * 4096 + ".png", "\x00.png", "/dev/null"):
        assert post(desk, row.ref, name, b"\x89PNG\r\n\x1a\n").status_code == 422, name
    assert not MediaFile.objects.exists() and not [path for path in own_store.rglob("*") if path.is_file()]


def test_every_good_file_is_added(desk: Client, centre: Centre):
    row = draft(centre)
    for name, (content, _kind) in GOOD.items():
        answer = post(desk, row.ref, name, content)
        assert answer.status_code == 302, (name, answer.context and answer.context["file_form"].errors)
    assert row.renditions.count() == len(GOOD) == MediaFile.objects.ready().count()
    assert row.renditions.first().media.described("en") == "A child reads a book"


def test_a_file_that_waits_for_the_scanner_is_opened_by_nobody(desk, centre: Centre, client, settings):
    row = published(centre)
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    revision = resources.open_revision(by=centre.actor("EDITOR"), resource=row, at=AT)
    file = with_file(centre, revision, name="b.txt", content=b"Labas")
    assert file.media is not None and not file.media.is_ready
    address = f"/desk/repository/resources/{revision.ref}/review/files/{file.ref}/"
    answer = desk.get(address)
    assert answer.status_code == 409 and "tikrinamas" in answer.content.decode()
    assert "tikrinama dėl virusų" in desk.get(f"/desk/repository/resources/{revision.ref}/").content.decode()
    with clamd() as server:
        settings.SCANNER = server.address
        actions.sweep(by=SWEEPER, at=LATER)
    assert body(desk.get(address)) == b"Labas"


def test_a_resource_with_a_file_that_was_refused_is_not_published(centre: Centre, settings):
    row = approved(centre, _with_file(centre))
    file = row.renditions.get()
    MediaFile.objects.filter(pk=file.media_id).update(state="REFUSED")
    with pytest.raises(publication.FilesNotReady):
        publication.publish_resource(by=centre.actor("PUBLISHER"), resource=row, at=AT)


def _with_file(centre: Centre):
    row = draft(centre)
    with_file(centre, row)
    return row


def test_a_published_file_that_is_found_later_is_sent_to_nobody(centre: Centre, client, settings):
    row = published(centre)
    file = with_file_of(row)
    assert body(client.get(f"/files/{file.ref}/{file.name}")).startswith(b"%PDF")
    with clamd(answer=lambda _content: b"stream: Late.Find FOUND\0") as server:
        settings.SCANNER = server.address
        actions.sweep(by=SWEEPER, at=LATER)
    assert client.get(f"/files/{file.ref}/{file.name}").status_code == 404


def with_file_of(row):
    return row.renditions.get()


def test_editors_are_told_once_when_the_scanner_leaves_files_waiting(centre: Centre, settings):
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    with_file(centre, draft(centre))
    assert files.tell_of_waiting_files(by=SWEEPER, at=AT) == 0
    told = files.tell_of_waiting_files(by=SWEEPER, at=LATER)
    assert told and Notification.objects.filter(template="repository.files_waiting").count() == told
    assert files.tell_of_waiting_files(by=SWEEPER, at=LATER) == 0


def test_a_virus_is_shown_to_the_editor(desk: Client, centre: Centre, settings):
    row = draft(centre)
    with clamd() as server:
        settings.SCANNER = server.address
        file = with_file(centre, row, name="a.txt", content=EICAR)
        actions.scan_file(by=SWEEPER, file_id=file.media_id, at=AT)
    page = desk.get(f"/desk/repository/resources/{row.ref}/").content.decode()
    assert "atmestas: rastas virusas" in page
    answer = desk.get(f"/desk/repository/resources/{row.ref}/review/files/{file.ref}/")
    assert answer.status_code == 409 and "ištrintas" in answer.content.decode()


def test_covers_and_pages_are_shown_where_a_resource_is(centre: Centre, client):
    row = published(centre)
    file = row.renditions.get()
    assert 'class="cover"' not in client.get("/lt/istekliai/").content.decode()
    actions.draw_previews(by=SWEEPER, file_id=file.media_id, at=AT)
    listed = client.get("/lt/istekliai/").content.decode()
    assert f'src="/previews/{file.ref}/1-320.webp"' in listed and 'class="cover"' in listed
    page = client.get(f"/lt/istekliai/{row.slug_lt}/").content.decode()
    assert f"/previews/{file.ref}/1-640.webp 640w" in page and "Pažvelkite į vidų" in page
    answer = client.get(f"/previews/{file.ref}/1-320.webp")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/webp")
    assert body(answer)[8:12] == b"WEBP"
    for address in (f"/previews/{file.ref}/2-640.webp", f"/previews/{file.ref}/1-321.webp"):
        assert client.get(address).status_code == 404
    assert client.get(f"/previews/{file.ref}/1-99999999999999999999.webp").status_code == 404
    publication.withdraw_resource(
        by=centre.actor("SAFEGUARDING_EDITOR"), resource=row, reason={"lt": "Klaida", "en": "Error"}, at=AT
    )
    assert client.get(f"/previews/{file.ref}/1-320.webp").status_code == 404


def test_a_draft_shows_no_preview_to_visitors(centre: Centre, client):
    file = with_file(centre, draft(centre))
    actions.draw_previews(by=SWEEPER, file_id=file.media_id, at=AT)
    assert client.get(f"/previews/{file.ref}/1-320.webp").status_code == 404


def test_the_list_asks_once_for_all_covers(centre: Centre, django_assert_num_queries):
    from sauga.repository.catalogue.queries import covers

    rows = [published(centre), published(centre, title={"lt": "Kita", "en": "Another"})]
    for row in rows:
        actions.draw_previews(by=SWEEPER, file_id=row.renditions.get().media_id, at=AT)
    kit = draft(centre, type="toolkit")
    resources.set_parts(by=centre.actor("EDITOR"), resource=kit, parts=rows, at=AT)
    with django_assert_num_queries(3):
        lent = covers.covers([kit.pk], "lt")[kit.pk]
    assert {page.rendition for page in lent} == {rows[0].renditions.get().ref}
    with django_assert_num_queries(1):
        found = covers.covers([row.pk for row in rows], "lt")
    assert len(found) == 2 and all(
        [page.width for page in pages] == [320, 640, 1280] for pages in found.values()
    )


def test_each_of_several_films_without_speech_has_its_own_captions_in_the_language_of_the_page(
    centre: Centre, client
):
    row = draft(centre)
    with_file(centre, row)
    films, texts = [], []
    for number in (1, 2):
        content = uploads.film(400 + number)
        films.append(with_file(centre, row, content=content, language="zxx", name=f"{number}.mp4"))
        poster = uploads.image("WEBP", (60 + number, 40))
        with_file(centre, row, content=poster, language="zxx", name=f"{number}.webp", kind="thumbnail")
        for language in ("lt", "en"):
            said = GOOD["a.vtt"][0] + f"\nNOTE {number} {language}\n".encode()
            name = f"{number}-{language}.vtt"
            added = with_file(centre, row, content=said, language=language, name=name, kind="captions")
            texts.append(f"/files/{added.ref}/{name}")
    row = publication.publish_resource(by=centre.actor("PUBLISHER"), resource=approved(centre, row), at=AT)
    page = client.get(f"/en/resources/{row.slug_en}/").content.decode()
    first, second = page.split("<video")[1:]
    assert [re.search(r'poster="/files/[^"]+/(.*?)"', one)[1] for one in (first, second)] == [
        "1.webp",
        "2.webp",
    ]
    for shown, own, other in ((first, texts[:2], texts[2:]), (second, texts[2:], texts[:2])):
        player = shown.split("</video>")[0]
        assert player.index(own[1]) < player.index(own[0]), "the page's language first"
        assert not [one for one in other if one in player]
    assert "(1)" in page and "(2)" in page and "no linguistic" not in page.split("Files")[0]


def test_a_film_is_played_with_its_captions_and_transcript(centre: Centre, client):
    row = draft(centre)
    with_file(centre, row)
    film = with_file(centre, row, content=uploads.film(), name="a.mp4")
    captions = GOOD["a.vtt"][0]
    text = with_file(centre, row, content=captions, name="a.vtt", kind="captions")
    with_file(centre, row, content=b"Labas.", name="a.txt", kind="transcript")
    row = publication.publish_resource(by=centre.actor("PUBLISHER"), resource=approved(centre, row), at=AT)
    page = client.get(f"/lt/istekliai/{row.slug_lt}/").content.decode()
    assert f'<source src="/files/{film.ref}/a.mp4" type="video/mp4">' in page
    assert f'<track kind="captions" src="/files/{text.ref}/a.vtt" srclang="lt"' in page
    assert "Skaityti" in page
    part = client.get(f"/files/{film.ref}/a.mp4", headers={"range": "bytes=8-11"})
    assert (part.status_code, body(part)) == (206, b"isom")
    assert client.get(f"/files/{film.ref}/a.mp4", headers={"range": "bytes=99999-"}).status_code == 416

"""Uploaded files: two steps of storage, states, previews, equal bytes stored once, nothing left over."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import RequestFactory
from factories import uploads
from factories.answers import body

from sauga.kernel import media
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.media import FileRefused, FileState, Kind, actions, storage
from sauga.kernel.media.models import MediaFile, Preview
from sauga.kernel.media.scanner import ScannerUnavailable
from sauga.kernel.states import SystemActor
from tests.kernel.media.clamd_server import EICAR, clamd

pytestmark = pytest.mark.django_db
BY = SystemActor("test")
AT = datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(minutes=5)
TEXT = b"Paprastas tekstas"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def accept(content=TEXT, name="a.txt", **more) -> MediaFile:
    return media.accept(by=BY, content=content, name=name, owner="test.file", at=AT, **more)


def stored(folder) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def sent(file) -> bytes:
    """What somebody is sent, closed as the handler closes it."""
    return taken(media.send_media(RequestFactory().get("/a"), file))


def taken(answer) -> bytes:
    found = body(answer)
    for close in answer._resource_closers:
        close()
    return found


def test_without_a_scanner_a_file_is_ready_at_once(own_store, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        file = accept()
    assert (file.state, file.scanned_at, file.sha256[:2]) == (FileState.READY, None, file.file.name[6:8])
    assert [step.after for step in file.steps.order_by("pk")] == ["SCANNING", "READY"]
    assert stored(own_store) == {file.file.name} and file.file.name.startswith("files/")
    assert sent(file) == TEXT
    said = [line.action for line in TrailLine.objects.order_by("pk")]
    assert said[-2:] == ["media:file:received", "media:file:ready"]


def test_a_file_that_waits_for_the_scanner_is_sent_to_nobody(settings, own_store):
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    file = accept()
    assert file.state == FileState.RECEIVED and stored(own_store) == {f"incoming/{file.ref}"}
    with pytest.raises(media.NotReady):
        sent(file)
    with pytest.raises(ScannerUnavailable):
        actions.scan_file(by=BY, file_id=file.pk, at=AT)
    file.refresh_from_db()
    assert (file.state, file.steps.latest("pk").why) == (FileState.RECEIVED, "no_connection")
    assert stored(own_store) == {f"incoming/{file.ref}"}
    assert media.overdue(AT) is None
    waiting = media.overdue(AT + timedelta(minutes=11))
    assert waiting is not None and (waiting.files, waiting.since) == (1, AT)


def test_when_the_scanner_is_back_the_sweep_lets_the_file_through(
    settings, own_store, django_capture_on_commit_callbacks
):
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    file = accept()
    assert actions.sweep(by=BY, at=LATER) == 0
    with clamd() as server, django_capture_on_commit_callbacks(execute=True):
        settings.SCANNER = server.address
        assert actions.sweep(by=BY, at=LATER + timedelta(minutes=2)) == 1
    file.refresh_from_db()
    assert file.state == FileState.READY and file.scanner.startswith("ClamAV") and file.scanned_at
    assert stored(own_store) == {file.file.name}


def test_what_the_scanner_finds_is_refused_and_deleted(
    settings, own_store, django_capture_on_commit_callbacks
):
    with clamd() as server, django_capture_on_commit_callbacks(execute=True):
        settings.SCANNER = server.address
        file = accept(EICAR)
        actions.scan_file(by=BY, file_id=file.pk, at=AT)
    file.refresh_from_db()
    assert (file.state, file.refused_why) == (FileState.REFUSED, "virus") and "Eicar" in file.scanner
    assert not stored(own_store)
    with pytest.raises(media.NotReady):
        sent(file)


def test_a_small_file_may_be_scanned_at_once(settings, own_store):
    with clamd() as server:
        settings.SCANNER = server.address
        assert accept(scan_first=True).state == FileState.READY
        with pytest.raises(FileRefused, match="virus"):
            accept(EICAR, scan_first=True)
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    with pytest.raises(FileRefused, match="unscanned"):
        accept(scan_first=True)
    assert MediaFile.objects.count() == 1


def test_a_scan_that_was_cut_off_is_done_again(settings):
    """The worker died between the two steps: the file is in SCANNING and its job runs once more."""
    with clamd() as server:
        settings.SCANNER = server.address
        file = accept()
        MediaFile.objects.filter(pk=file.pk).update(state=FileState.SCANNING)
        again = actions.scan_file(by=BY, file_id=file.pk, at=LATER)
        assert again is not None and again.state == FileState.READY
        assert actions.scan_file(by=BY, file_id=file.pk, at=LATER) is None
    assert file.steps.filter(after="READY").count() == 1


def test_bytes_that_are_gone_are_said_to_be_lost(settings):
    with clamd() as server:
        settings.SCANNER = server.address
        file = accept()
        default_storage.delete(file.file.name)
        lost = actions.scan_file(by=BY, file_id=file.pk, at=AT)
    assert lost is not None and (lost.state, lost.refused_why) == (FileState.REFUSED, "lost")


def test_a_file_stored_without_a_scanner_is_scanned_when_there_is_one(
    settings, own_store, django_capture_on_commit_callbacks
):
    clean, bad = accept(), accept(EICAR, name="b.txt")
    assert bad.state == FileState.READY
    with clamd() as server, django_capture_on_commit_callbacks(execute=True):
        settings.SCANNER = server.address
        actions.sweep(by=BY, at=LATER)
    clean.refresh_from_db()
    bad.refresh_from_db()
    assert clean.is_ready and clean.scanned_at and bad.state == FileState.REFUSED
    assert stored(own_store) >= {clean.file.name} and bad.file.name not in stored(own_store)


def test_what_is_refused_leaves_nothing(own_store):
    for content, name in ((b"", "a.txt"), (uploads.image(), "a.pdf"), (b"%PDF-1.4", "a.pdf")):
        with pytest.raises(FileRefused):
            accept(content, name)
    assert not stored(own_store) and not MediaFile.objects.exists()


def test_an_upload_whose_row_cannot_be_written_leaves_nothing(own_store):
    with pytest.raises(Exception, match="zone"), transaction.atomic():
        accept(zone="NO ZONE")
    assert not stored(own_store) and not MediaFile.objects.exists()


def test_equal_bytes_are_stored_once_and_deleted_with_the_last_file(
    own_store, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        first, second = accept(uploads.image(), "a.png"), accept(uploads.image(), "b.png")
        actions.draw_previews(by=BY, file_id=first.pk, at=AT)
        actions.draw_previews(by=BY, file_id=second.pk, at=AT)
    assert first.file.name == second.file.name and len(stored(own_store)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert media.delete(by=BY, file=first, at=AT)
    assert len(stored(own_store)) == 2 and sent(second)
    with django_capture_on_commit_callbacks(execute=True):
        assert media.delete(by=BY, file=second, at=AT)
    assert not stored(own_store) and not MediaFile.objects.exists()


def test_previews_of_an_image_and_of_a_pdf():
    picture, paper = accept(uploads.image(size=(900, 300)), "a.png"), accept(uploads.pdf(pages=2), "a.pdf")
    assert actions.draw_previews(by=BY, file_id=picture.pk, at=AT) == 3
    assert actions.draw_previews(by=BY, file_id=paper.pk, at=AT) == 4
    assert actions.draw_previews(by=BY, file_id=paper.pk, at=AT) == 0  # again: nothing to do
    assert [one.width for one in picture.previews.order_by("width")] == [320, 640, 900]
    preview = media.preview_of(paper, 2, 640)
    assert preview is not None
    answer = media.send_preview(RequestFactory().get("/a"), preview)
    assert answer.headers["Content-Type"] == "image/webp" and "max-age" in answer.headers["Cache-Control"]
    assert taken(answer)[8:12] == b"WEBP"
    assert media.preview_of(paper, 3, 640) is None


def test_a_preview_that_cannot_be_drawn_is_not_tried_for_ever(own_store):
    file = accept(uploads.sheet(), "a.pdf")
    (own_store / file.file.name).write_bytes(b"%PDF-1.7")
    assert actions.draw_previews(by=BY, file_id=file.pk, at=AT) == 0
    file.refresh_from_db()
    assert file.preview_problem == "damaged"
    assert not MediaFile.objects.without_previews().exists()


def test_the_sweep_draws_what_a_dead_worker_left(own_store):
    file = accept(uploads.image(), "a.png")
    assert actions.sweep(by=BY, at=AT) == 0  # its own job comes first
    assert actions.sweep(by=BY, at=LATER) == 1
    assert Preview.objects.filter(media=file).count() == 1


def test_incoming_bytes_without_a_row_are_forgotten_after_a_day(settings):
    settings.SCANNER = "unix:/nowhere/clamd.ctl"
    kept = accept()
    orphan = storage.put_incoming("nobody", b"x")
    now = datetime.now(UTC)
    assert actions.forget_orphans(at=now) == 0
    assert actions.forget_orphans(at=now + timedelta(days=2)) == 1
    assert not default_storage.exists(orphan) and default_storage.exists(kept.file.name)


def test_a_description_by_language():
    file = accept(uploads.image(), "a.png", alt={"lt": "  Vaikas  skaito ", "en": ""})
    assert file.alt == {"lt": "Vaikas skaito"} and file.described("en") == "Vaikas skaito"
    file = media.describe(by=BY, file=file, alt={"en": "A child reads", "lt": ""}, at=AT)
    assert file.alt == {"en": "A child reads"} and file.described("lt") == "A child reads"


def test_a_logo_and_a_film_need_no_preview():
    assert accept(uploads.film(), "a.mp4").kind == Kind.VIDEO
    assert accept(uploads.image(), "a.png", kinds={Kind.LOGO}).kind == Kind.LOGO
    assert not MediaFile.objects.without_previews().exists()

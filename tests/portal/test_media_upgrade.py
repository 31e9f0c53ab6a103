"""An installation with files in its CMS: each becomes an upload of the kernel's, and none is lost."""

import gc
from datetime import UTC, datetime
from hashlib import sha256
from importlib import import_module

import pytest
from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from factories import uploads
from factories.answers import body
from PIL import Image
from wagtail.models import Collection

from sauga.kernel import media
from sauga.kernel.media import tasks
from sauga.kernel.media.models import MediaFile
from sauga.portal.models.media import Attachment, Picture, Video

pytestmark = pytest.mark.django_db
migration = import_module("sauga.portal.migrations.0011_files_in_kernel_media")
AT = datetime(2024, 5, 1, 9, 30, tzinfo=UTC)
OLD = {
    "original_images/lapas.png": uploads.image(),
    "documents/Atmintinė_2.pdf": uploads.pdf(),
    "films/filmas.mp4": uploads.film(),
    "films/filmas.vtt": b"WEBVTT\n\n00:00.000 --> 00:02.000\nLabas.\n",
}


@pytest.fixture
def older(settings, tmp_path):
    """The rows as they were: the columns name files of the store."""
    settings.MEDIA_ROOT = tmp_path
    names = [default_storage.save(name, ContentFile(content)) for name, content in OLD.items()]
    shared = {"title": "A", "rights_holder": "Centras", "rights": "own"}
    there = {**shared, "collection": Collection.get_first_root_node()}
    picture = Picture(**there, description="Lapas", width=60, height=40)
    attachment = Attachment(**there)
    gone = Attachment(**there)
    Picture.objects.bulk_create([picture])
    Attachment.objects.bulk_create([attachment, gone])
    video = Video.objects.create(**shared, transcript="Labas.")
    Picture.objects.update(file=names[0], created_at=AT)
    Attachment.objects.filter(pk=attachment.pk).update(file=names[1], created_at=AT)
    Attachment.objects.filter(pk=gone.pk).update(file="documents/none.pdf")
    Video.objects.update(file=names[2], captions=names[3])
    return picture, attachment, gone, video


# Wagtail leaves its temporary file unclosed when it has resized an image; it is collected here, where
# that is known.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_files_of_before_are_uploads_of_the_kernel(older, planted):
    migration.take_over(apps, None)
    for row in older:
        row.refresh_from_db()
    picture, attachment, gone, video = older
    fields = [picture.file, attachment.file, video.file, video.captions]
    files = [media.file_named(field.name) for field in fields]
    assert [(file.kind, file.owner, file.state, file.scanned_at) for file in files] == [
        ("IMAGE", "portal.picture", "READY", None),
        ("PDF", "portal.attachment", "READY", None),
        ("VIDEO", "portal.film", "READY", None),
        ("CAPTIONS", "portal.captions", "READY", None),
    ]
    assert [file.sha256 for file in files] == [sha256(content).hexdigest() for content in OLD.values()]
    assert (files[0].received_at, files[0].width) == (AT, 60)
    with picture.get_rendition("width-20").file.open() as smaller:
        assert Image.open(smaller).width == 20
    client = Client()
    assert body(client.get(attachment.url)) == OLD["documents/Atmintinė_2.pdf"]
    assert attachment.filename.endswith(".pdf")
    assert body(client.get(video.file.url)) == OLD["films/filmas.mp4"]
    assert media.file_named(gone.file.name).refused_why == "lost"
    assert client.get(gone.url).status_code == 404
    gc.collect()


def test_what_no_field_names_is_deleted_after_a_day(older, planted, django_capture_on_commit_callbacks):
    migration.take_over(apps, None)
    attachment = older[1]
    Attachment.objects.filter(pk=attachment.pk).update(file="")
    with django_capture_on_commit_callbacks(execute=True):
        tasks.forget_orphans(0)
    assert not MediaFile.objects.filter(kind="PDF", state="READY").exists()
    assert not default_storage.exists("documents/Atmintinė_2.pdf")
    assert MediaFile.objects.count() == len(OLD)  # the other three, and the one that was lost

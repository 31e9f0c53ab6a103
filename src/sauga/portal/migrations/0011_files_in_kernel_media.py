"""Images, files, films and captions of the CMS move to the kernel's uploads: each stored file gets its row there,
and its bytes stay where they are."""

from collections.abc import Iterator
from hashlib import sha256
from mimetypes import guess_type
from pathlib import PurePosixPath
from typing import Any

import wagtail.images.models
from django.core.files.storage import default_storage
from django.db import migrations, models
from django.utils import timezone

from sauga.kernel.media import MediaStorage

BATCH, CHUNK = 200, 256 * 1024
ANY = "application/octet-stream"
KINDS = {"application/pdf": "PDF", "application/zip": "ARCHIVE", "text/vtt": "CAPTIONS"}
FAMILIES = {"image": "IMAGE", "video": "VIDEO"}
TYPES = {".vtt": "text/vtt", ".webp": "image/webp", ".mp4": "video/mp4", ".webm": "video/webm"}
COLUMNS = (
    ("Picture", "file", "portal.picture"),
    ("Attachment", "file", "portal.attachment"),
    ("Video", "file", "portal.film"),
    ("Video", "captions", "portal.captions"),
)


def take_over(apps: Any, _editor: Any) -> None:
    """One row for each stored file; bytes that are gone leave a refused row, which nobody is sent."""
    media, now = apps.get_model("media", "MediaFile"), timezone.now()
    for model_name, column, owner in COLUMNS:
        model = apps.get_model("portal", model_name)
        for pk, stored, received_at, width, height in list(_stored(model, column)):
            path = PurePosixPath(stored)
            mime = TYPES.get(path.suffix.lower()) or guess_type(stored)[0] or ANY
            size, digest = _measured(stored)
            is_there = size is not None
            file = media.objects.create(
                kind=KINDS.get(mime) or FAMILIES.get(mime.partition("/")[0], "DOCUMENT"),
                mime=mime,
                name=path.name[-160:],
                size=size or 0,
                sha256=digest,
                file=stored,
                owner=owner,
                zone="awareness",
                state="READY" if is_there else "REFUSED",
                refused_why="" if is_there else "lost",
                state_since=now,
                received_at=received_at or now,
                width=width,
                height=height,
            )
            model.objects.filter(pk=pk).update(**{column: f"{file.ref}/{file.name}"})


def _stored(model: Any, column: str) -> Iterator[tuple[int, str, Any, int | None, int | None]]:
    """Key, name, time and size in pixels of each file of a column."""
    rows = model.objects.exclude(**{column: ""}).order_by("pk")
    for row in rows.iterator(chunk_size=BATCH):
        name = str(getattr(row, column).name)
        is_image = model.__name__ == "Picture"
        yield (
            row.pk,
            name,
            getattr(row, "created_at", None),
            row.width if is_image else None,
            row.height if is_image else None,
        )


def _measured(name: str) -> tuple[int | None, str]:
    """Size and checksum of stored bytes; no size where they are gone."""
    digest, size = sha256(), 0
    try:
        with default_storage.open(name) as source:
            while piece := source.read(CHUNK):
                digest.update(piece)
                size += len(piece)
    except OSError:
        return None, digest.hexdigest()
    return size, digest.hexdigest()


def _file(owner: str, *kinds: str, **more: Any) -> dict[str, Any]:
    return {"storage": MediaStorage(owner, *kinds, zone="awareness", **more), "max_length": 200}


FILMS = "/media/films/"


class Migration(migrations.Migration):
    dependencies = [("portal", "0010_campaign_repeats"), ("media", "0001_initial")]

    operations = [
        migrations.AlterField(
            "picture",
            "file",
            wagtail.images.models.WagtailImageField(
                **_file("portal.picture", "IMAGE"),
                upload_to="",
                width_field="width",
                height_field="height",
                verbose_name="file",
            ),
        ),
        migrations.AlterField(
            "attachment",
            "file",
            models.FileField(
                **_file("portal.attachment", "PDF", "DOCUMENT", "ARCHIVE"), upload_to="", verbose_name="file"
            ),
        ),
        migrations.AlterField(
            "video",
            "file",
            models.FileField(
                **_file("portal.film", "VIDEO", base_url=FILMS), upload_to="", verbose_name="film"
            ),
        ),
        migrations.AlterField(
            "video",
            "captions",
            models.FileField(
                **_file("portal.captions", "CAPTIONS", base_url=FILMS),
                upload_to="",
                verbose_name="captions",
                help_text="A WebVTT file in the film's language.",
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
    ]

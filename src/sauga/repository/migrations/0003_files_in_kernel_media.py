"""Files of resources move to the kernel's uploads: each stored file gets its row there, and stays where it is."""

from collections.abc import Iterator
from typing import Any

import django.db.models.deletion
from django.db import migrations, models

BATCH = 500
KINDS = {
    "application/pdf": "PDF",
    "application/zip": "ARCHIVE",
    "application/x-h5p": "ARCHIVE",
    "image/svg+xml": "DRAWING",
    "text/vtt": "CAPTIONS",
}
FAMILIES = {"image": "IMAGE", "audio": "AUDIO", "video": "VIDEO"}


def kind_of(mime: str) -> str:
    """The kind of a type, as the kernel knew them when this was written."""
    return KINDS.get(mime) or FAMILIES.get(mime.partition("/")[0], "DOCUMENT")


def take_over(apps: Any, _editor: Any) -> None:
    """One row for each stored file; renditions that share it share the row."""
    rendition = apps.get_model("repository", "Rendition")
    file = apps.get_model("media", "MediaFile")
    for row in _stored(rendition):
        known = file.objects.filter(file=row.file.name).first()
        if known is None:
            known = file.objects.create(
                kind=kind_of(row.mime),
                mime=row.mime,
                name=row.name,
                size=row.size,
                sha256=row.sha256,
                file=row.file.name,
                owner="repository.rendition",
                zone="awareness",
                state="READY",
                state_since=row.added_at,
                received_at=row.added_at,
            )
        rendition.objects.filter(pk=row.pk).update(media=known)


def _stored(rendition: Any) -> Iterator[Any]:
    yield from rendition.objects.exclude(file="").order_by("pk").iterator(chunk_size=BATCH)


class Migration(migrations.Migration):
    dependencies = [("repository", "0002_review_file_opening"), ("media", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="rendition",
            name="media",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="renditions",
                to="media.mediafile",
            ),
        ),
        migrations.RunPython(take_over, migrations.RunPython.noop),
        migrations.RemoveField(model_name="rendition", name="file"),
    ]

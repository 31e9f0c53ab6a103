"""A worker that is killed while it draws previews loses nothing: what is there is whole, the rest is drawn
again."""

import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from factories import uploads

from sauga.kernel import media
from sauga.kernel.media import actions
from sauga.kernel.media.models import MediaFile, Preview
from sauga.kernel.states import SystemActor
from tests.repetition import repeated

BY, AT = SystemActor("test"), datetime(2026, 11, 28, 9, 0, tzinfo=UTC)
WORKER = """
import django, sys
django.setup()
from django.conf import settings
settings.MEDIA_ROOT = sys.argv[2]
from django.db import connections
connections["default"].settings_dict["NAME"] = sys.argv[3]
from datetime import UTC, datetime
from sauga.kernel.media import actions
from sauga.kernel.states import SystemActor
print("ready", flush=True)
actions.draw_previews(by=SystemActor("test"), file_id=int(sys.argv[1]), at=datetime.now(UTC))
print("done", flush=True)
"""


@pytest.mark.django_db(transaction=True)
@repeated(shards=30)
def test_a_killed_worker_leaves_a_file_that_is_whole(shard, settings, tmp_path):
    """Killed at another moment in each repetition, from before the first page to after the last one."""
    settings.MEDIA_ROOT = tmp_path
    file = media.accept(by=BY, content=uploads.pdf(pages=4), name="a.pdf", owner="test.file", at=AT)
    command = [sys.executable, "-c", WORKER, str(file.pk), str(tmp_path), connection.settings_dict["NAME"]]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None and worker.stdout.readline() == "ready\n"
        time.sleep(0.06 + 0.01 * shard)
        worker.send_signal(signal.SIGKILL)
    file.refresh_from_db()
    assert file.is_ready and media.read(file)
    assert (Preview.objects.filter(media=file).count() == 6) == (file.previewed_at is not None)
    actions.sweep(by=BY, at=AT + timedelta(minutes=5))
    assert Preview.objects.filter(media=file).count() == 6
    assert not MediaFile.objects.without_previews().exists()
    for preview in Preview.objects.filter(media=file):
        with default_storage.open(str(preview.file.name)) as stored:
            assert len(stored.read()) == preview.size

"""The decoding program: limits of memory and time, no network, and no decoder in the server's own process."""

import os
import signal
import subprocess
import sys
import time
from io import BytesIO

import pytest
from factories import uploads
from PIL import Image

from sauga.kernel.media import FileRefused
from sauga.kernel.media.upload_checks import decoder
from sauga.kernel.media.upload_checks.decoder import Limits, clean_image, draw

pytestmark = pytest.mark.unit
MB = 1024 * 1024


def test_previews_of_an_image_in_each_width():
    made = draw(uploads.image(size=(1000, 500)), is_pdf=False)
    assert [(one.page, one.width, one.height) for one in made] == [
        (1, 320, 160),
        (1, 640, 320),
        (1, 1000, 500),
    ]
    assert all(Image.open(BytesIO(one.content)).format == "WEBP" for one in made)


def test_previews_of_the_first_pages_of_a_pdf():
    made = draw(uploads.pdf(pages=6), is_pdf=True)
    assert [(one.page, one.width) for one in made] == [
        (1, 320),
        (1, 640),
        (1, 1280),
        (2, 640),
        (3, 640),
        (4, 640),
    ]


def test_a_page_as_long_as_a_street_is_drawn_small():
    made = draw(uploads.pdf(box="0 0 10 14000"), is_pdf=True)
    assert all(one.height <= 4 * 1280 for one in made)


@pytest.mark.parametrize(
    ("limits", "why"),
    [
        (Limits(memory=90 * MB), {"memory", "damaged"}),
        (Limits(seconds=0.0), {"slow"}),
        (Limits(pixels=1000), {"sides"}),
        (Limits(side=50), {"sides"}),
        (Limits(written=10), {"damaged"}),
    ],
)
def test_a_job_that_goes_beyond_its_limits_is_refused_and_the_next_one_works(limits, why):
    with pytest.raises(FileRefused) as refused:
        clean_image(uploads.image(size=(3000, 2000)), limits)
    assert refused.value.why in why
    assert clean_image(uploads.image()).width == 60


def test_processor_time_has_an_end():
    """An image that takes longer than a second to write is ended by the system, not by us."""
    large = uploads.image("WEBP", (6000, 6000))
    begun = time.monotonic()
    with pytest.raises(FileRefused) as refused:
        clean_image(large, Limits(cpu=1))
    assert refused.value.why == "slow" and time.monotonic() - begun < 20


def test_the_program_is_started_again_when_it_was_killed():
    assert clean_image(uploads.image()).width == 60
    running = decoder._program.running
    assert running is not None
    os.kill(running.pid, signal.SIGKILL)
    assert clean_image(uploads.image()).height == 40
    assert decoder._program.running is not running


def test_no_job_leaves_a_file_or_a_process(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(FileRefused):
        clean_image(b"\x89PNG\r\n\x1a\n")
    assert not list(tmp_path.iterdir())
    running = decoder._program.running
    assert running is not None
    children = subprocess.run(
        ["ps", "--ppid", str(running.pid), "-o", "pid="], capture_output=True, text=True, check=False
    )
    assert not children.stdout.split()


def test_the_program_sees_no_secret_of_ours():
    running = decoder._program._started()
    with open(f"/proc/{running.pid}/environ", "rb") as file:
        names = {pair.partition(b"=")[0] for pair in file.read().split(b"\0")}
    assert names <= {b"PATH", b"LANG", b"TMPDIR", b"PYTHONPATH", b""}


NETWORK = """
import os, socket
from sauga.kernel.media.sandbox.limits import without_network
done = without_network()
try:
    socket.create_connection(("127.0.0.1", {port}), timeout=2).close()
    print("connected", done)
except OSError:
    print("refused", done)
"""


def test_a_job_reaches_no_network_where_the_system_allows_it():
    import socket

    with socket.create_server(("127.0.0.1", 0)) as server:
        code = NETWORK.format(port=server.getsockname()[1])
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() in {"refused True", "connected False"}


LOADED = """
import sys
from sauga.kernel.media.upload_checks import decoder
decoder.clean_image(open(sys.argv[1], "rb").read())
print(sorted({name.partition(".")[0] for name in sys.modules} & {"PIL", "pypdf", "pypdfium2", "wagtail"}))
"""


def test_a_process_that_has_an_image_decoded_loads_no_decoder(tmp_path):
    (tmp_path / "a.png").write_bytes(uploads.image())
    done = subprocess.run(
        [sys.executable, "-c", LOADED, str(tmp_path / "a.png")],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"},
    )
    assert done.stdout.strip() == "[]", done.stderr[-500:]

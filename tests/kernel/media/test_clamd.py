"""A real clamd, with a signature of our own instead of the downloaded ones, answers as our client expects."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest

from sauga.kernel import media
from sauga.kernel.media import FileState, actions
from sauga.kernel.media.scanner import Answer, Clamd, ScannerUnavailable
from sauga.kernel.outbound import ServiceAddress
from sauga.kernel.states import SystemActor
from tests.kernel.media.clamd_server import EICAR

pytestmark = pytest.mark.tools
SERVER = shutil.which("clamd") or shutil.which("clamd", path="/usr/sbin:/usr/local/sbin")
PATIENCE = 60
STREAM = 1024 * 1024
BY, AT = SystemActor("test"), datetime(2026, 11, 28, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The socket of a running clamd."""
    if SERVER is None:
        pytest.skip("no clamd here: install Debian's clamav-daemon (`apt-get install clamav-daemon`)")
    with tempfile.TemporaryDirectory(prefix="clamd-", dir="/tmp") as held:
        folder = Path(held)
        (folder / "sauga.ndb").write_text(f"Sauga.Test.Eicar:0:*:{EICAR.hex()}\n", encoding="ascii")
        (folder / "clamd.conf").write_text(
            f"Foreground yes\nLocalSocket {folder}/clamd.ctl\nDatabaseDirectory {folder}\n"
            f"StreamMaxLength {STREAM}\nMaxThreads 2\nTemporaryDirectory {folder}\n",
            encoding="ascii",
        )
        command = [SERVER, f"--config-file={folder}/clamd.conf"]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
            try:
                name = f"unix:{folder}/clamd.ctl"
                _wait(Clamd(ServiceAddress.read(name)), running)
                yield name
            finally:
                running.terminate()
                running.wait(PATIENCE)


def _wait(scanner: Clamd, running: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and running.poll() is None:
        try:
            return scanner.ping()
        except ScannerUnavailable:
            time.sleep(0.05)
    raise AssertionError("clamd did not start")


def test_it_speaks_as_we_expect(address):
    scanner = Clamd(ServiceAddress.read(address))
    clean = scanner.scan(BytesIO(b"Paprastas tekstas" * 1000))
    assert clean.answer is Answer.CLEAN and clean.scanner.startswith("ClamAV")
    found = scanner.scan(BytesIO(EICAR))
    assert found.answer is Answer.FOUND and found.signature.startswith("Sauga.Test.Eicar")
    with pytest.raises(ScannerUnavailable):  # larger than it takes: no answer, and never “clean”
        scanner.scan(BytesIO(bytes(2 * STREAM)))
    assert scanner.scan(BytesIO(b"a")).answer is Answer.CLEAN


@pytest.mark.django_db
def test_uploads_pass_through_it(address, settings, tmp_path):
    settings.MEDIA_ROOT, settings.SCANNER = tmp_path, address
    assert not media.scanner_fault()
    states = {}
    for name, content in (("geras.txt", b"Labas"), ("blogas.txt", EICAR)):
        file = media.accept(by=BY, content=content, name=name, owner="test.file", at=AT)
        assert file.state == FileState.RECEIVED
        done = actions.scan_file(by=BY, file_id=file.pk, at=AT)
        states[name] = done.state if done else ""
    assert states == {"geras.txt": FileState.READY, "blogas.txt": FileState.REFUSED}

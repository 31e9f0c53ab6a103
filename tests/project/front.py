"""The shipped Caddyfile in front of something, by the real caddy: on free ports of loopback, with
certificates of its own.

python tests/project/front.py CADDYFILE FOLDER HTTPS HTTP      (prints the fitted file, for the
                                                               stand-in of systemctl)
"""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = ROOT / "docs" / "operate" / "files" / "Caddyfile"
SITE = "sauga.example"
UPSTREAM = "127.0.0.1:8000"
UNPACKED = ROOT / ".venv-tools" / "caddy" / "usr" / "bin" / "caddy"
PATIENCE = 30


def caddy() -> str:
    """The program, or nothing (`tools/front.py` brings it)."""
    return (
        os.environ.get("CADDY", "") or shutil.which("caddy") or (str(UNPACKED) if UNPACKED.is_file() else "")
    )


def fitted(shipped: str, folder: Path, https: int, http: int) -> str:
    """The shipped file with lines of its first block added, and nothing else changed: no port below 1024, no
    certificate from the internet, nothing installed on this machine, no address but loopback.
    """
    lines = [
        f"https_port {https}",
        f"http_port {http}",
        "default_bind 127.0.0.1",
        "admin off",
        "local_certs",
        "skip_install_trust",
    ]
    added = "".join(f"\t{line}\n" for line in [*lines, f"storage file_system {folder}/storage"])
    return re.sub(r"^\{\n", lambda found: found[0] + added, shipped, count=1, flags=re.MULTILINE)


@dataclass
class Front:
    """A running caddy."""

    folder: Path
    https: int
    http: int

    @property
    def output(self) -> Path:
        """What it wrote."""
        return self.folder / "output"

    def trusting(self) -> ssl.SSLContext:
        """Trusts its certificates and no others."""
        return ssl.create_default_context(
            cafile=str(self.folder / "storage" / "pki" / "authorities" / "local" / "root.crt")
        )

    def connect(self, timeout: float = 60) -> "Line":
        """A connection by TLS, as a browser makes it that finds the site here."""
        return Line(self, timeout)

    def is_up(self) -> bool:
        """Whether it answers by TLS with a certificate for the site."""
        try:
            line = self.connect(5)
            line.connect()
            line.close()
        except (OSError, ssl.SSLError):
            return False
        return True

    def wait(self) -> None:
        """Until it does."""
        end = time.monotonic() + PATIENCE
        while not self.is_up():
            assert time.monotonic() < end, self.output.read_text(encoding="utf-8")
            time.sleep(0.05)


class Line(http.client.HTTPSConnection):
    """Goes to loopback and asks for the site's name."""

    def __init__(self, front: Front, timeout: float) -> None:
        super().__init__(SITE, front.https, timeout=timeout)
        self._trusting = front.trusting()

    def connect(self) -> None:
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=self.timeout)
        self.sock = self._trusting.wrap_socket(plain, server_hostname=SITE)


@contextmanager
def front(folder: Path, *upstreams: int, shipped: str = "") -> Iterator[Front]:
    """Run it until the end of the block."""
    made = Front(folder, free_port(), free_port())
    behind = " ".join(f"127.0.0.1:{port}" for port in upstreams)
    proxied = f"reverse_proxy {UPSTREAM} "
    text = shipped or SHIPPED.read_text(encoding="utf-8")
    assert proxied in text
    text = text.replace(proxied, f"reverse_proxy {behind} ")
    (folder / "Caddyfile").write_text(fitted(text, folder, made.https, made.http), encoding="utf-8")
    with made.output.open("wb") as output:
        running = subprocess.Popen(
            command(folder / "Caddyfile"), cwd=folder, env=environ(folder), stdout=output, stderr=output
        )
    try:
        made.wait()
        yield made
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(timeout=20)


def command(file: Path) -> list[str]:
    """How the package's own unit starts it."""
    return [caddy(), "run", "--config", str(file), "--adapter", "caddyfile"]


def environ(folder: Path) -> dict[str, str]:
    """Nothing of it is kept outside the folder."""
    return {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}


def free_port() -> int:
    """A port of loopback that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


if __name__ == "__main__":
    print(
        fitted(
            Path(sys.argv[1]).read_text(encoding="utf-8"),
            Path(sys.argv[2]),
            int(sys.argv[3]),
            int(sys.argv[4]),
        )
    )

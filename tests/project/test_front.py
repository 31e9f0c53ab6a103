"""The real caddy with the shipped Caddyfile, before our real limits: what passes, what is refused and how,
and what nobody writes down.
"""

import asyncio
import http.client
import json
import socket
import subprocess
import threading
import time

import pytest
import uvicorn

from project import front
from sauga.project.requests.limits import REFUSAL, Bounds, Limits

pytestmark = [
    pytest.mark.tools,
    pytest.mark.skipif(
        not front.caddy(), reason="no caddy here: run `python tools/front.py` (Debian), or name one in CADDY"
    ),
]
MIB = 1024 * 1024
FILES = {"Cookie": "session=x", "Content-Type": "multipart/form-data; boundary=x"}
FORGED = {
    "X-Forwarded-Proto": "http",
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Host": "evil.example",
    "User-Agent": "canary-agent",
    "Referer": "https://canary.example/",
}
PAUSE = 0.4


async def application(scope, receive, send):
    """Says what reached it; `/stream` sends three parts with pauses."""
    if scope["path"] == "/stream":
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"text/event-stream")],
            }
        )
        for number in range(3):
            await send({"type": "http.response.body", "body": b"data: %d\n\n" % number, "more_body": True})
            await asyncio.sleep(PAUSE)
        await send({"type": "http.response.body", "body": b""})
        return
    body = (await receive())["body"]
    said = {
        "bytes": len(body),
        "headers": {name.decode(): value.decode() for name, value in scope["headers"]},
    }
    answer = json.dumps(said).encode()
    length = (b"content-length", str(len(answer)).encode())
    await send(
        {
            "type": "http.response.start",
            "status": scope.get(REFUSAL, 200),
            "headers": [length, (b"server", b"canary")],
        }
    )
    await send({"type": "http.response.body", "body": answer})


@pytest.fixture(scope="module")
def upstream():
    """The port of a web server as `sauga serve` sets it up, with our limits."""
    config = uvicorn.Config(
        Limits(application),
        host="127.0.0.1",
        port=front.free_port(),
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield config.port
    server.should_exit = True
    thread.join(20)


@pytest.fixture(scope="module")
def site(upstream, tmp_path_factory):
    with front.front(tmp_path_factory.mktemp("front"), upstream) as running:
        yield running


def ask(site, method="GET", path="/lt/", body=None, headers=None):
    line = site.connect()
    try:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        return answer.status, json.loads(answer.read() or b"{}"), dict(answer.getheaders())
    finally:
        line.close()


def test_an_editors_files_of_60_mib_pass(site):
    status, said, _ = ask(site, "POST", "/desk/repository/files/", b"x" * (60 * MIB), FILES)
    assert (status, said["bytes"]) == (200, 60 * MIB)


@pytest.mark.parametrize(
    ("size", "path", "headers"),
    [
        (2 * MIB, "/lt/pranesti/", {}),
        (40 * MIB, "/lt/pranesti/", {}),
        (70 * MIB, "/desk/repository/files/", FILES),
        (150 * MIB, "/desk/repository/files/", FILES),
    ],
)
def test_what_is_too_large_meets_our_own_413(site, size, path, headers):
    """Also when far more is sent than anybody reads: never the proxy's 502, never a broken connection."""
    line = site.connect()
    try:
        line.putrequest("POST", path)
        for name, value in {**headers, "Content-Length": str(size)}.items():
            line.putheader(name, value)
        line.endheaders()
        sent = 0
        try:
            while sent < size:
                line.sock.sendall(b"x" * MIB)
                sent += MIB
        except OSError:
            pass  # it has answered and listens no more
        answer = line.getresponse()
        assert answer.status == 413
        assert json.loads(answer.read())["bytes"] == 0
    finally:
        line.close()


def test_a_body_of_unknown_length_ends_at_the_bound(site):
    status, _, _ = ask(
        site, "POST", "/lt/pranesti/", (b"x" * MIB for _ in range(3)), {"Content-Type": "text/plain"}
    )
    assert status == 413


def test_the_front_waits_as_long_as_the_application(site, tmp_path):
    command = [front.caddy(), "adapt", "--config", str(site.folder / "Caddyfile"), "--adapter", "caddyfile"]
    adapted = json.loads(
        subprocess.run(
            command, capture_output=True, text=True, check=True, env=front.environ(tmp_path)
        ).stdout
    )
    servers = adapted["apps"]["http"]["servers"].values()
    assert min(server["read_timeout"] for server in servers) / 1e9 > Bounds().whole_files
    [size] = {int(found) for found in _values(adapted, "max_size")}
    assert size > Bounds().files


def _values(tree, name):
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from [value] if key == name else _values(value, name)
    elif isinstance(tree, list):
        for value in tree:
            yield from _values(value, name)


def test_a_stream_comes_part_by_part(site):
    line = site.connect()
    try:
        line.request("GET", "/stream")
        answer = line.getresponse()
        came = []
        for _ in range(3):
            assert answer.readline().startswith(b"data: ")
            answer.readline()
            came.append(time.monotonic())
        assert came[1] - came[0] > PAUSE / 2 and came[2] - came[1] > PAUSE / 2
    finally:
        line.close()


def test_what_a_visitor_forges_does_not_arrive(site):
    _, said, headers = ask(site, headers=FORGED)
    came = said["headers"]
    assert came["x-forwarded-proto"] == "https"
    assert came["x-forwarded-host"].startswith("sauga.example")
    assert "x-forwarded-for" not in came and "canary" not in str(came) and "evil" not in str(came)
    assert "Server" not in headers and "server" not in headers


def test_plain_http_is_sent_to_tls_whatever_it_claims(site):
    plain = http.client.HTTPConnection("127.0.0.1", site.http, timeout=20)
    plain.request("GET", "/lt/", headers={"Host": "sauga.example", "X-Forwarded-Proto": "https"})
    answer = plain.getresponse()
    assert answer.status == 308 and answer.headers["Location"].startswith("https://sauga.example")
    plain.close()


def test_nothing_is_written_of_a_visitor(upstream, tmp_path):
    """Not of a page, not of a failure behind it, not of a handshake that breaks off."""
    with front.front(tmp_path, upstream) as running:
        ask(running, path="/lt/canary-path/", headers=FORGED)
        with socket.create_connection(("127.0.0.1", running.https)) as broken:
            broken.sendall(b"no handshake\r\n\r\n")
            broken.settimeout(5)
            broken.recv(100)
    lost = tmp_path / "lost"
    lost.mkdir()
    with front.front(lost, front.free_port()) as running:
        assert ask_status(running, "/lt/canary-path/") == 502
    written = running.output.read_text(encoding="utf-8") + (tmp_path / "output").read_text(encoding="utf-8")
    assert "canary" not in written and "remote" not in written and "handshake" not in written
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"canary" not in kept


def ask_status(site, path):
    line = site.connect()
    try:
        line.request("GET", path, headers=FORGED)
        return line.getresponse().status
    finally:
        line.close()

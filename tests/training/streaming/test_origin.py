"""The origin answers with what lies in the folder of a broadcast and nothing else, and counts without knowing
whom."""

import asyncio
import os
import time
from pathlib import Path
from typing import Any

import pytest

from sauga.training.streaming.views import origin
from sauga.training.streaming.views.origin import Origin

pytestmark = pytest.mark.unit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "k7q4-m2ab"
    (place / "viewers").mkdir(parents=True)
    (place / "720.m3u8").write_text("#EXTM3U\n")
    (place / "abc-720-00001.m4s").write_bytes(b"x" * 1000)
    (tmp_path / ".own" / "k7q4-m2ab").mkdir(parents=True)
    (tmp_path / ".own" / "k7q4-m2ab" / "ingest.ffconcat").write_text("secret")
    return tmp_path


async def passed(_scope: Any, _receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 299, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def ask(app: Origin, path: str, method: str = "GET") -> tuple[int, dict[str, str], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    async def whole() -> None:
        await app({"type": "http", "path": path, "method": method, "headers": []}, None, send)  # type: ignore[arg-type]
        await asyncio.sleep(0.02)

    asyncio.run(whole())
    head = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], head, sent[1]["body"]


def test_segments_are_kept_for_ever_and_playlists_asked_for_again(folder: Path):
    app = Origin(passed, folder)
    status, head, body = ask(app, "/stream/k7q4-m2ab/abc-720-00001.m4s")
    assert (status, len(body)) == (200, 1000) and "immutable" in head["cache-control"]
    status, head, body = ask(app, "/stream/k7q4-m2ab/720.m3u8")
    assert head["cache-control"] == "no-cache" and head["content-type"] == "application/vnd.apple.mpegurl"
    assert ask(app, "/stream/k7q4-m2ab/720.m3u8", "HEAD")[::2] == (200, b"")
    assert ask(app, "/stream/k7q4-m2ab/720.m3u8", "POST")[0] == 405
    assert ask(app, "/lt/")[0] == 299


def test_a_new_playlist_is_seen_and_a_deleted_one_gone(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(origin, "FRESH", -1)
    app = Origin(passed, folder)
    path = folder / "k7q4-m2ab" / "720.m3u8"
    ask(app, "/stream/k7q4-m2ab/720.m3u8")
    path.write_text("#EXTM3U\n#new\n")
    os.utime(path, (time.time() + 5, time.time() + 5))
    assert b"#new" in ask(app, "/stream/k7q4-m2ab/720.m3u8")[2]
    path.unlink()
    assert ask(app, "/stream/k7q4-m2ab/720.m3u8")[0] == 404


@pytest.mark.parametrize(
    "path",
    [
        "/stream/",
        "/stream/k7q4-m2ab/",
        "/stream/.own/k7q4-m2ab/ingest.ffconcat",
        "/stream/.own/ingest.ffconcat",
        "/stream/k7q4-m2ab/../.own/k7q4-m2ab/index.json",
        "/stream/../etc/passwd.json",
        "/stream/k7q4-m2ab/viewers/1.txt",
        "/stream/k7q4-m2ab/%2e%2e/x.json",
        "/stream/k7q4-m2ab/nothing.m4s",
        "/stream/k7q4-m2ab/720.m3u8\n",
        "/stream/" + "a" * 100_000,
    ],
)
def test_nothing_else_is_served(folder: Path, path: str):
    status, head, _body = ask(Origin(passed, folder), path)
    assert status == 404 and head["x-frame-options"] == "DENY"
    assert head["cross-origin-opener-policy"] == "same-origin"


def test_memory_is_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(origin, "MOST_BYTES", 2500)
    app = Origin(passed, folder)
    for number in range(6):
        (folder / "k7q4-m2ab" / f"abc-720-1000{number}.m4s").write_bytes(b"y" * 1000)
        assert ask(app, f"/stream/k7q4-m2ab/abc-720-1000{number}.m4s")[0] == 200
    assert app._bytes <= 2500 and len(app._kept) == 2


def test_viewers_are_a_number(folder: Path, monkeypatch: pytest.MonkeyPatch):
    app = Origin(passed, folder)
    for _viewer in range(20):
        ask(app, "/stream/k7q4-m2ab/abc-720-00001.m4s")
    monkeypatch.setattr(origin, "COUNTING", 0.0001)
    ask(app, "/stream/k7q4-m2ab/abc-720-00001.m4s")
    files = list((folder / "k7q4-m2ab" / "viewers").iterdir())
    assert [file.name for file in files] == [f"{os.getpid()}.txt"] and files[0].read_text().isdigit()

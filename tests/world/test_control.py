"""Turning the world's knobs, and hosts that change with its time."""

import asyncio
import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
from urllib.parse import urlsplit

import pytest

from sauga.kernel.outbound import sync
from sauga.world.control import Control, split
from sauga.world.in_process import running
from sauga.world.providers import SILENT, of_address


@pytest.fixture
def control(world):
    return Control.read(world.file)


def status(url):
    return sync.probe(url).status


def test_item_is_programmed_removed_and_restored(control):
    url = "http://a.silent-hosting.example/1"
    assert status(url) == 200
    control.behave(url, "legal")
    assert status(url) == 451 and status("http://a.silent-hosting.example/2") == 200
    control.behave(url, "not-found", whole_host=True)
    assert status("http://a.silent-hosting.example/2") == 404
    control.remove(url)
    assert status(url) == 410
    control.restore(url)
    control.restore("a.silent-hosting.example")
    assert status(url) == 200


def test_time_makes_hosts_change(control):
    control.behave("http://a.silent-hosting.example/1", "reappears", minutes=10)
    seen = []
    for _ in range(4):
        seen.append(status("http://a.silent-hosting.example/1"))
        control.advance(601)
    assert seen == [200, 404, 404, 200]
    first = status("http://t.flapping.behave.example/1")
    control.advance(60)
    assert {first, status("http://t.flapping.behave.example/1")} == {200, 404}


def test_text_changes_and_content_moves(control):
    url = "http://t.changes.behave.example/1"
    before = sync.probe(url).text
    moved = sync.probe("http://t.moves-address.behave.example/1").addresses[0]
    control.advance(601)
    assert sync.probe(url).text != before and "flower bed" in sync.probe(url).text
    there = sync.probe("http://t.moves-address.behave.example/1").addresses[0]
    assert there != moved and of_address(there) is SILENT
    assert status("http://t.removed-after.behave.example/1") == 200


def test_referrer_can_be_chosen(control):
    control.behave("http://a.silent-hosting.example/r", "referrer-only", referrer="http://b.example/")
    assert status("http://a.silent-hosting.example/r") == 404
    assert sync.probe("http://a.silent-hosting.example/r", referrer="http://b.example/").status == 200


def test_what_is_asked_is_told(control):
    status("http://a.silent-hosting.example/1")
    control.behave("http://a.silent-hosting.example/1", "gone")
    control.pace(2)
    control.inbound(0)
    assert control.ask("counts")["a.silent-hosting.example"] == 2
    assert control.ask("requests")[0]["method"] == "HEAD" and control.ask("diary") == []
    assert {row["behaviour"] for row in control.ask("hosts")} >= {"gone"} and len(
        control.ask("behaviours")
    ) >= 40


def test_nonsense_is_refused(control):
    for act in (
        lambda: control.ask("nothing"),
        lambda: control.behave("http://a.example/", "no-such"),
        lambda: control.remove("http:///"),
    ):
        with pytest.raises(ValueError):
            act()
    with pytest.raises(ValueError):
        control._send("no-such-act", {})
    assert split("a.example") == ("a.example", "") and split("http://A.example/x?y=1") == (
        "a.example",
        "/x?y=1",
    )


def test_no_token_no_knobs(world):
    link = json.loads(world.file.read_text())["control"]
    line = http.client.HTTPConnection(urlsplit(link["url"]).netloc)
    line.request("POST", "/advance", '{"seconds": 5}')
    assert line.getresponse().status == 403
    line.close()
    assert world.file.stat().st_mode & 0o077 == 0


def test_two_worlds_live_side_by_side(tmp_path):
    with running(tmp_path / "a") as a, running(tmp_path / "b") as b:
        assert json.loads(a.file.read_text())["http_port"] != json.loads(b.file.read_text())["http_port"]
    assert not a.file.exists()


def test_command_runs_and_stops_cleanly(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "-m", "sauga.world", "--data", str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ.copy(),
    )
    assert process.stdout.readline().startswith("SAUGA_WORLD=") and (tmp_path / "world/world.json").exists()
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=15)
    assert process.returncode == 0 and not errors and not (tmp_path / "world/world.json").exists()


def test_nonsense_to_the_listeners_does_no_harm(world):
    async def poke():
        link = json.loads(world.file.read_text())
        host, port = link["dns"].split(":")
        line, _ = await asyncio.get_running_loop().create_datagram_endpoint(
            asyncio.DatagramProtocol, remote_addr=(host, int(port))
        )
        for noise in (b"", b"x", b"\x00" * 12, b"\xff" * 40):
            line.sendto(noise)
        reader, writer = await asyncio.open_connection("127.0.0.1", link["http_port"])
        writer.write(b"a" * 100_000)
        await asyncio.gather(writer.drain(), return_exceptions=True)
        with contextlib.suppress(ConnectionError):
            assert await reader.read() == b""
        writer.close()
        line.close()

    asyncio.run(poke())
    assert status("http://a.silent-hosting.example/1") == 200


def test_what_was_taken_down_stays_down_after_a_restart(tmp_path):
    from sauga.world.in_process import running

    with running(tmp_path) as first:
        first.sites.put("failai.slow-hosting.example", "gone", path="/p/1")
    with running(tmp_path) as second:
        held = [(row["host"], row["path"], row["behaviour"]) for row in second.sites.programmed()]
    assert ("failai.slow-hosting.example", "/p/1", "gone") in held

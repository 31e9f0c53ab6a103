"""The hub's promises that a whole server does not show: limits, ends, bad payloads, names, who may listen."""

import asyncio
import signal as process_signals
import subprocess
import sys
import time

import pytest
from asgiref.sync import SyncToAsync, ThreadSensitiveContext, sync_to_async
from django.db import connection, transaction
from django.test import Client, RequestFactory

from sauga.kernel import clock, live
from sauga.kernel.identity.actors import SECOND
from sauga.kernel.identity.models import Person
from sauga.kernel.live import channels, hub, streams


@pytest.fixture(autouse=True)
def rules(monkeypatch):
    monkeypatch.setattr(channels, "_registered", {})


async def collect(positions, most, within=5.0):
    """The first chunks of a stream."""
    got = []
    stream = streams.events(positions)
    try:
        async with asyncio.timeout(within):
            async for chunk in stream:
                got.append(chunk)
                if len(got) == most:
                    break
    finally:
        await stream.aclose()
    return got


@pytest.mark.django_db(transaction=True)
def test_a_stream_begins_and_stays_alive(monkeypatch):
    monkeypatch.setattr(streams, "KEEP_ALIVE", 0.05)
    got = asyncio.run(collect({"probe.a": ""}, 3))
    assert got[0] == b"retry: 1000\n\n"
    assert b'data: {"channel":"probe.a","after":""}\n\n' in got
    assert b":\n\n" in got


@pytest.mark.django_db(transaction=True)
def test_a_stream_ends_by_itself_after_its_life(monkeypatch):
    monkeypatch.setattr(streams, "LONGEST_LIFE", 0.1)
    monkeypatch.setattr(streams, "KEEP_ALIVE", 0.05)
    assert len(asyncio.run(collect({"probe.a": ""}, 100))) < 10


def test_more_streams_than_the_process_can_hold_are_asked_to_wait(monkeypatch):
    monkeypatch.setattr(streams, "MOST_STREAMS", 0)
    assert asyncio.run(collect({"probe.a": ""}, 5)) == [b"retry: 30000\n\n"]


@pytest.mark.django_db(transaction=True)
def test_all_streams_end_when_the_process_goes_down_and_new_ones_do_not_start():
    async def server():
        first = asyncio.create_task(collect({"probe.a": ""}, 100))
        await asyncio.sleep(0.3)
        live.end_streams()
        await first
        return await collect({"probe.a": ""}, 100)

    assert asyncio.run(server()) == [b"retry: 1000\n\n"]


@pytest.mark.django_db(transaction=True)
def test_a_signal_told_at_once_comes_out_of_a_transaction_that_goes_on():
    def work():
        try:
            with transaction.atomic():
                live.signal("probe.a", 1)
                live.signal_now("probe.b")
                time.sleep(0.3)
                raise InterruptedError
        except InterruptedError:
            connection.close()

    async def server():
        with hub.hub().reader({"probe.a": "", "probe.b": ""}) as reader:
            await asyncio.wait_for(hub.hub().listening.wait(), 5)
            reader.take()
            done = asyncio.create_task(asyncio.to_thread(work))
            await asyncio.wait_for(reader.wake.wait(), 5)
            early = reader.take(), done.done()
            await done
            await asyncio.sleep(0.1)
            return early, reader.take()

    assert asyncio.run(server()) == (({"probe.b": ""}, False), {})


@pytest.mark.django_db(transaction=True)
def test_two_readers_share_one_connection_and_the_last_one_lets_go():
    async def server():
        centre = hub.hub()
        with centre.reader({"probe.a": ""}) as one, centre.reader({"probe.a": "", "probe.b": "4"}) as two:
            await asyncio.wait_for(centre.listening.wait(), 5)
            one.take(), two.take()
            await asyncio.to_thread(tell, [("probe.a", 1), ("probe.a", 2), ("probe.b", 5), ("probe.none", 1)])
            await asyncio.wait_for(asyncio.gather(one.wake.wait(), two.wake.wait()), 5)
            await asyncio.sleep(0.1)
            seen = one.take(), two.take()
        return seen, centre.readers, centre.count, centre.listening.is_set()

    (one, two), readers, count, listening = asyncio.run(server())
    assert one == {"probe.a": "1"}  # the earliest position that waits, however many signals came
    assert two == {"probe.a": "1", "probe.b": "5"}
    assert (readers, count, listening) == ({}, 0, False)


def tell(signals):
    with transaction.atomic():
        for channel, after in signals:
            live.signal(channel, after)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('sauga_live', 'not ours')")
    connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_reader_that_leaves_at_once_leaves_no_connection_behind():
    async def server():
        centre = hub.hub()
        with centre.reader({"probe.a": ""}):
            await asyncio.sleep(0)
        await asyncio.wait_for(centre._task, 5)
        return centre.listening.is_set()

    assert not asyncio.run(server())


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_is_waited_for(monkeypatch, caplog):
    places = iter([{"host": "/nowhere", "dbname": "x"}])
    right = hub._parameters
    monkeypatch.setattr(hub, "_parameters", lambda: next(places, None) or right())
    got = asyncio.run(collect({"probe.a": "9"}, 2))
    assert got[1] == b'id: probe.a=9\ndata: {"channel":"probe.a","after":"9"}\n\n'
    assert "live listening interrupted" in caplog.text


def test_silent_connections_are_asked_whether_they_live(monkeypatch, transactional_db):
    monkeypatch.setattr(hub, "PROBE_EVERY", 0.05)

    async def server():
        centre = hub.hub()
        with centre.reader({"probe.a": ""}) as reader:
            await asyncio.wait_for(centre.listening.wait(), 5)
            reader.take()
            await asyncio.sleep(0.3)
            await asyncio.to_thread(tell, [("probe.a", 1)])
            await asyncio.wait_for(reader.wake.wait(), 5)
            return reader.take()

    assert asyncio.run(server()) == {"probe.a": "1"}


@pytest.mark.django_db(transaction=True)
def test_a_second_stream_is_told_at_once_and_gives_its_thread_back():
    async def server():
        with hub.hub().reader({"probe.z": ""}):
            await asyncio.wait_for(hub.hub().listening.wait(), 5)
            async with ThreadSensitiveContext():
                await sync_to_async(lambda: connection.ensure_connection())()  # noqa: PLW0108  looked up in that thread
                got = await collect({"probe.a": "1", "probe.b": ""}, 3)
                return (
                    got,
                    SyncToAsync.thread_sensitive_context.get() in SyncToAsync.context_to_thread_executor,
                )

    got, holds_thread = asyncio.run(server())
    assert [chunk.splitlines()[-2] for chunk in got[1:]] == [
        b'data: {"channel":"probe.a","after":"1"}',
        b'data: {"channel":"probe.b","after":""}',
    ]
    assert not holds_thread


def test_nobody_waits_for_a_database_that_nobody_needs(monkeypatch):
    monkeypatch.setattr(hub, "_parameters", lambda: {"host": "/nowhere", "dbname": "x"})
    monkeypatch.setattr(hub, "FIRST_PAUSE", 0.01)

    async def server():
        centre = hub.hub()
        with centre.reader({"probe.a": ""}):
            await asyncio.sleep(0.05)
        await asyncio.wait_for(centre._task, 5)

    asyncio.run(server())


@pytest.mark.parametrize("payload", ["", "[]", "[1, 2]", '["a"]', "{}", "null", "[" * 100_000])
def test_what_other_programs_say_is_nobodys(payload):
    assert hub.read_payload(payload) == ("", "")


@pytest.mark.parametrize("before", [process_signals.SIG_IGN, "own"])
def test_the_servers_own_handler_still_runs(before):
    got = []
    kept = process_signals.signal(
        process_signals.SIGUSR1, (lambda number, frame: got.append(number)) if before == "own" else before
    )
    try:
        hub._end_streams_before(process_signals.SIGUSR1)
        process_signals.raise_signal(process_signals.SIGUSR1)
        assert bool(got) == (before == "own")
    finally:
        process_signals.signal(process_signals.SIGUSR1, kept)


def test_a_program_without_a_handler_still_dies_of_the_signal():
    program = (
        "import signal\nfrom sauga.kernel.live import "
        "hub\nhub._end_streams_before(signal.SIGTERM)\nsignal.raise_signal(signal.SIGTERM)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == -process_signals.SIGTERM


@pytest.mark.parametrize(
    "name",
    [
        "",
        "worklist",
        "Hotline.worklist",
        "hotline.",
        "hotline.a b",
        "hotline.ą",
        "hotline." + "a" * 120,
        "a.b.c.d.e.f.g",
    ],
)
def test_strange_channel_names_are_refused(name):
    with pytest.raises(channels.ChannelNameRefused):
        channels.check_name(name)
    channels.register_channel("*", lambda actor, asked: True)
    assert not live.may_listen(None, name)


def test_a_position_is_short(db):
    with pytest.raises(ValueError, match="64"):
        live.signal("probe.a", "x" * 65)


def test_a_pattern_has_one_rule():
    def yes(actor, name):
        return True

    live.register_channel("probe.*", yes)
    live.register_channel("probe.*", yes)
    with pytest.raises(ValueError, match="already"):
        live.register_channel("probe.*", lambda actor, name: False)


def test_positions_come_from_the_header_or_the_address():
    request = RequestFactory().get("/?after=5", headers={"Last-Event-ID": "&".join(["a.b=1"] * 40)})
    assert streams._positions(request, ["a.b"]) == {"a.b": "5"}
    request = RequestFactory().get("/?after=5", headers={"Last-Event-ID": "c.d=7&x.y=1"})
    assert streams._positions(request, ["a.b", "c.d"]) == {"a.b": "", "c.d": "7"}


def test_only_those_who_may_listen_do_and_the_rest_does_not_exist(db):
    person = Person.objects.create(email="ona@sic.example", name="Ona")
    live.register_channel(
        "probe.*", lambda actor, name: actor.person_id == person.pk and name != "probe.secret"
    )
    client = Client()
    assert client.get("/desk/live/?c=probe.a").status_code == 302
    client.force_login(person)
    session = client.session
    session[SECOND] = clock.now().timestamp()
    session.save()
    response = client.get("/desk/live/?c=probe.a")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/event-stream")
    assert client.get("/desk/live/?c=probe.a&c=probe.secret").status_code == 404
    assert client.get("/desk/live/?c=unknown.a").status_code == 404
    assert client.get("/desk/live/").status_code == 400
    assert client.post("/desk/live/?c=probe.a").status_code == 404

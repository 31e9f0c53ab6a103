"""Two real clients on a real server lose nothing and see nothing twice; a thousand silent streams cost
little; the server can stop.
"""

import asyncio
import json
import random
import signal as process_signals
import threading
import time

import aiohttp
import pytest
from django.db import connection, connections, transaction

from sauga.kernel import live


async def read_events(response):
    async for line in response.content:
        if line.startswith(b"data: "):
            yield json.loads(line[6:])


class Client:
    """A page: listens, and after each event asks for everything after what it holds."""

    def __init__(self, session, url, chance, until):
        self.session, self.url, self.chance, self.until = session, url, random.Random(chance), until
        self.held, self.visits = [], 0

    async def run(self):
        while len(self.held) < self.until:
            self.visits += 1
            after = self.held[-1] if self.held else ""
            async with self.session.get(f"{self.url}stream?c=probe.talk&after={after}") as response:
                assert response.content_type == "text/event-stream"
                async for _event in read_events(response):
                    await self.fetch()
                    if len(self.held) >= self.until or self.chance.random() < 0.1:
                        break  # thrown out in the middle, as a train goes into a tunnel

    async def fetch(self):
        after = self.held[-1] if self.held else 0
        async with self.session.get(f"{self.url}items?c=probe.talk&after={after}") as response:
            self.held += await response.json()


def write(count, pause):
    """Each item and its signal in one transaction; every seventh try is rolled back and
    must never be told.
    """
    for n in range(1, count + 1):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO live_probe VALUES ('probe.talk', %s)", [n])
                live.signal("probe.talk", n - 1)
                if n % 7 == 0:
                    raise ZeroDivisionError
        except ZeroDivisionError:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("INSERT INTO live_probe VALUES ('probe.talk', %s)", [n])
                live.signal("probe.talk", n - 1)
        time.sleep(pause)
    connections.close_all()


def test_two_clients_lose_and_double_nothing_across_reconnects(server):
    count = 400
    writer = threading.Thread(target=write, args=(count, 0.004))

    async def both():
        async with aiohttp.ClientSession() as session:
            clients = [Client(session, server.url, chance, count) for chance in (1, 2)]
            writer.start()
            async with asyncio.timeout(60):
                await asyncio.gather(*(client.run() for client in clients))
            return clients

    clients = asyncio.run(both())
    writer.join()
    for client in clients:
        assert client.held == list(range(1, count + 1))
        assert client.visits > 5


def test_listening_that_was_cut_tells_every_page_to_ask_again(server):
    async def page():
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{server.url}stream?c=probe.talk&after=7") as response,
        ):
            events = read_events(response)
            first = await anext(events)
            await asyncio.to_thread(cut_listeners)
            second = await asyncio.wait_for(anext(events), 10)
            return first, second

    first, second = asyncio.run(page())
    assert first == second == {"channel": "probe.talk", "after": "7"}


def cut_listeners():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = "
            "'sauga-live' AND datname = current_database()"
        )
    connections.close_all()


def test_last_event_id_resumes_every_channel(server):
    async def page():
        async with aiohttp.ClientSession() as session:
            headers = {"Last-Event-ID": "probe.a=3&probe.b=9&other.c=1"}
            async with session.get(
                f"{server.url}stream?c=probe.a&c=probe.b&c=probe.c", headers=headers
            ) as response:
                events = read_events(response)
                return [await anext(events) for _ in range(3)]

    assert {e["channel"]: e["after"] for e in asyncio.run(page())} == {
        "probe.a": "3",
        "probe.b": "9",
        "probe.c": "",
    }


@pytest.mark.parametrize("query", ["", "?" + "&".join(f"c=probe.n{n}" for n in range(25))])
def test_a_stream_of_no_or_too_many_channels_is_refused(server, query):
    async def page():
        async with aiohttp.ClientSession() as session, session.get(f"{server.url}stream{query}") as response:
            return response.status

    assert asyncio.run(page()) == 400


def test_the_server_stops_while_streams_are_open(server):
    async def page():
        async with (
            aiohttp.ClientSession() as session,
            session.get(f"{server.url}stream?c=probe.talk") as response,
        ):
            await anext(read_events(response))
            started = time.monotonic()
            server.process.send_signal(process_signals.SIGTERM)
            async with asyncio.timeout(10):
                await response.content.read()
            await asyncio.to_thread(server.process.wait, 10)
            return time.monotonic() - started

    assert asyncio.run(page()) < 2.5


def test_a_thousand_silent_streams_are_cheap_and_all_are_told(server):
    count = 1000

    async def crowd():
        connector = aiohttp.TCPConnector(limit=0)
        async with aiohttp.ClientSession(
            connector=connector, timeout=aiohttp.ClientTimeout(total=None)
        ) as session:
            first = await session.get(f"{server.url}stream?c=probe.talk")
            await anext(read_events(first))
            before = server.memory()
            pages = [first]
            for _ in range(0, count - 1, 27):
                wave = [
                    session.get(f"{server.url}stream?c=probe.talk")
                    for _ in range(min(27, count - len(pages)))
                ]
                pages += await asyncio.gather(*wave)
            streams = [read_events(page) for page in pages]
            await asyncio.gather(*(anext(events) for events in streams[1:]))
            each = (server.memory() - before) / count
            threads = server.threads()
            backends = await asyncio.to_thread(count_backends)
            await asyncio.to_thread(write, 1, 0)
            async with asyncio.timeout(20):
                told = await asyncio.gather(*(anext(events) for events in streams))
            for page in pages:
                page.close()
            return each, threads, backends, told

    each, threads, backends, told = asyncio.run(crowd())
    print(f"{each:.0f} KiB a stream, {threads} threads, {backends} connections")
    assert len(told) == count and all(event["channel"] == "probe.talk" for event in told)
    assert each < 100, f"{each:.0f} KiB a stream"
    assert threads < 60, threads
    assert backends < 20, backends


def count_backends():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        (count,) = cursor.fetchone()
    connections.close_all()
    return count

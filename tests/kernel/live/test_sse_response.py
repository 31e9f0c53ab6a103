"""Answers that are held open: what is pushed goes out at once while the line is free, waits while it is full,
and never without end.
"""

import asyncio

from django.http import HttpResponse

from sauga.kernel import live
from sauga.kernel.live import sse_response


class Line:
    """A visitor's line that can be full."""

    def __init__(self):
        self.sent, self.free = [], asyncio.Event()
        self.free.set()
        self.gone = asyncio.Event()

    async def send(self, message):
        await self.free.wait()
        self.sent.append(message)
        if message["type"].endswith("body") and not message["more_body"]:
            self.gone.set()

    async def receive(self):
        await self.gone.wait()
        return {"type": "http.disconnect"}

    @property
    def body(self):
        return b"".join(message.get("body", b"") for message in self.sent)


class Page:
    """Notes what happens to it."""

    def __init__(self):
        self.writer, self.risen = None, False

    def opened(self, writer):
        self.writer = writer
        writer.push(b"first ")

    def closed(self):
        self.risen = True


async def turn():
    for _ in range(3):
        await asyncio.sleep(0)


def test_what_is_pushed_is_sent_before_push_returns():
    async def play():
        line = Line()
        writer = live.EventWriter(line.send)
        writer.push(b"a")
        assert line.body == b"a"
        writer.push(b"b")
        writer.end()
        writer.push(b"c")
        assert line.body == b"ab" and line.sent[-1] == {
            "type": "http.response.body",
            "body": b"",
            "more_body": False,
        }

    asyncio.run(play())


def test_a_full_line_gets_what_waited_in_one_piece_and_in_order():
    async def play():
        line = Line()
        writer = live.EventWriter(line.send)
        line.free.clear()
        for one in (b"a", b"b", b"c"):
            writer.push(one)
        writer.end()
        assert line.sent == []
        line.free.set()
        await turn()
        assert [message["body"] for message in line.sent] == [b"a", b"bc", b""]

    asyncio.run(play())


def test_who_reads_too_slowly_is_sent_away_and_costs_no_more(monkeypatch):
    monkeypatch.setattr(sse_response, "MOST_WAITING", 10)

    async def play():
        line = Line()
        writer = live.EventWriter(line.send)
        line.free.clear()
        writer.push(b"0")
        writer.push(b"12345")
        assert not writer.ended
        writer.push(b"678901")
        writer.push(b"more")
        assert writer.ended
        line.free.set()
        await turn()
        assert line.body == b"0" and line.gone.is_set()

    asyncio.run(play())


def test_a_page_sits_from_the_head_until_the_visitor_leaves():
    async def play():
        line, page = Line(), Page()
        task = asyncio.create_task(
            live.serve_stream(
                page, {"type": "http.response.start", "status": 200, "headers": []}, line.receive, line.send
            )
        )
        await turn()
        assert [message["type"] for message in line.sent] == [
            "http.response.start",
            "http.response.body",
        ] and not page.risen
        line.gone.set()
        await task
        assert page.risen

    asyncio.run(play())


def test_a_page_that_ends_its_answer_rises_by_itself():
    async def play():
        line, page = Line(), Page()
        task = asyncio.create_task(
            live.serve_stream(
                page, {"type": "http.response.start", "status": 200, "headers": []}, line.receive, line.send
            )
        )
        await turn()
        page.writer.end()
        await task
        assert page.risen and line.body == b"first "

    asyncio.run(play())


def test_a_server_that_knows_no_held_answers_gets_an_empty_one():
    answer = live.EventStreamResponse(Page())
    assert (
        isinstance(answer, HttpResponse) and answer.content == b"" and answer["Cache-Control"] == "no-store"
    )

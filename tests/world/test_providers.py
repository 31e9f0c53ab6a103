"""The three providers behave after a notice as their rows say: over real mail, a real page and real
delivery reports.
"""

import asyncio
import email
import socket
import threading
import time
from contextlib import contextmanager
from email.message import EmailMessage

import pytest
from aiohttp import web
from aiosmtpd.controller import Controller

from sauga.kernel.outbound import sync
from sauga.world.forms import addresses, forms
from sauga.world.providers import PROMPT, PROVIDERS, SILENT, SLOW, of_address, of_domain
from sauga.world.reports import send_back

PAGE = """<main><p>Pranešimas</p><form method="get" action="?">
  <button name="answer" value="REMOVED">no</button></form>
<form method="post"><input type="hidden" name="ticket" value="t1">
  <input type="checkbox" name="item" value="1" checked>
<input type="checkbox" name="other" value="2"><button name="answer" value="ACKNOWLEDGED">Gauta</button>
<button name="answer" value="REMOVED">Pašalinta</button></form></main>"""


@contextmanager
def notice_page(taken):
    """A page like the installation's, on loopback, that writes down what it is told."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()

    async def show(request):
        return web.Response(text=PAGE, content_type="text/html")

    async def take(request):
        taken.append(dict(await request.post()))
        raise web.HTTPSeeOther(request.path)

    async def start():
        app = web.Application()
        app.add_routes([web.get("/notice/{token}/", show), web.post("/notice/{token}/", take)])
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.2)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        return runner

    runner = asyncio.run_coroutine_threadsafe(start(), loop).result(10)
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}/notice/abc/"
    finally:
        asyncio.run_coroutine_threadsafe(runner.cleanup(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


class Inbound:
    """Takes the delivery reports."""

    def __init__(self):
        self.reports = []

    async def handle_DATA(self, server, session, envelope):
        self.reports.append((envelope.rcpt_tos[0], email.message_from_bytes(envelope.original_content)))
        return "250 OK"


@pytest.fixture
def inbound(world):
    handler = Inbound()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    world.agents.inbound = port
    yield handler
    controller.stop()


def notice(link, item):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "sauga@sauga.example",
        "abuse@host.example",
        "Notice 1",
    )
    message.set_content(f"Please look: {link}\nOurs: https://sauga.example/\n")
    message.add_attachment(
        f'{{"url": "{item.replace("/", chr(92) + "/")}"}}'.encode(),
        maintype="application",
        subtype="json",
        filename="x.json",
    )
    return message


def send(provider, link, item):
    for _ in range(2):
        found = sync.send_mail(
            notice(link, item), sender="b+n-1@sauga.example", recipient=provider.abuse, dsn=True
        )
        if found.accepted:
            return found
    raise AssertionError(found)


def until(said, seconds=10):
    end = time.monotonic() + seconds
    while not said() and time.monotonic() < end:
        time.sleep(0.02)
    assert said()


@pytest.mark.parametrize(("provider", "status", "word"), [(PROMPT, 410, ""), (SLOW, 200, "has been removed")])
def test_provider_acknowledges_takes_down_and_says_so(world, inbound, provider, status, word):
    world.clock.pace = 400
    item, taken = f"http://forumas.{provider.domain}/tema/7?p=1", []
    assert "Placeholder" in sync.probe(item).text
    with notice_page(taken) as link:
        send(provider, link, item)
        until(lambda: len(taken) == 2)
    assert (
        [t["answer"] for t in taken] == ["ACKNOWLEDGED", "REMOVED"]
        and taken[0]["ticket"] == "t1"
        and "other" not in taken[0]
    )
    found = sync.probe(item)
    assert found.status == status and word in found.text
    assert sync.probe(f"http://forumas.{provider.domain}/tema/8").status == 200
    until(lambda: inbound.reports)
    to, report = inbound.reports[0]
    assert to == "b+n-1@sauga.example" and report.get_content_type() == "multipart/report"
    fields = report.get_payload()[1].get_payload()
    assert (
        fields[1]["Action"] == "delivered"
        and fields[1]["Status"] == "2.0.0"
        and "Please look" not in report.as_string()
    )


def test_content_is_still_there_before_the_provider_acts(world):
    item = f"http://forumas.{PROMPT.domain}/tema/9"
    with notice_page([]) as link:
        send(PROMPT, link, item)
        until(lambda: world.agents.diary)
    assert sync.probe(item).status == 200


def test_silent_provider_accepts_and_never_answers(world, inbound):
    world.clock.pace = 1000
    taken, item = [], f"http://board.{SILENT.domain}/1"
    with notice_page(taken) as link:
        assert send(SILENT, link, item).code == 250
        time.sleep(0.5)
    assert not taken and not inbound.reports and sync.probe(item).status == 200


def test_mailbox_that_fails_later_sends_a_report(world, inbound):
    world.clock.pace = 100
    message = notice("http://127.0.0.1:9/notice/x/", "http://a.example/")
    assert sync.send_mail(
        message, sender="b+n-2@sauga.example", recipient=f"later-bounce@{SILENT.domain}", dsn=True
    ).accepted
    until(lambda: inbound.reports)
    assert inbound.reports[0][1].get_payload()[1].get_payload()[1]["Action"] == "failed"


def test_link_to_another_machine_is_never_opened(world):
    world.clock.pace = 1000
    send(PROMPT, "http://house.example/notice/abc/", f"http://forumas.{PROMPT.domain}/tema/10")
    until(lambda: any(e.act == "take_down" for e in world.agents.diary))
    assert not [e for e in world.agents.diary if e.act in {"open", "REMOVED"}]


def test_page_that_does_not_answer_is_noted_and_life_goes_on(world):
    world.clock.pace = 1000
    send(PROMPT, "http://127.0.0.1:9/notice/abc/", f"http://forumas.{PROMPT.domain}/tema/11")
    until(lambda: any(e.act == "REMOVED" for e in world.agents.diary))
    assert any("no answer" in e.detail for e in world.agents.diary)


def test_report_that_nobody_takes_is_given_up(monkeypatch):
    monkeypatch.setattr("sauga.world.reports.PAUSE", 0.01)
    assert asyncio.run(send_back(b"Subject: x\r\n\r\n", return_path="b+x@sauga.example", port=9)) is False


def test_networks_do_not_overlap_and_know_their_owners():
    for provider in PROVIDERS:
        for number in range(300):
            address = provider.address(number)
            assert of_address(address) is provider and address != provider.closed_address
    assert (
        of_domain("a.slow-hosting.example") is SLOW
        and of_domain("x.example") is None
        and of_address("8.8.8.8") is None
    )


def test_forms_of_every_kind_are_understood():
    page = """<form method=post action=/a><select name=answer><option value=REMOVED></select>
      <input name=note></form>
    <form method="post"><label><input type=radio name=answer value=ACKNOWLEDGED></label>
      <input type=submit name=go value=1></form>"""
    first, second = forms(page)
    assert first.offers("answer", "REMOVED") and first.action == "/a" and first.fields == {"note": ""}
    assert second.offers("answer", "ACKNOWLEDGED") and not second.offers("answer", "REMOVED")
    assert addresses('{"u": "http:\\/\\/a.example\\/x"} see http://b.example/. http://b.example/') == [
        "http://a.example/x",
        "http://b.example/",
    ]

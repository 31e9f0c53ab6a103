"""Sending the newsletter: 10,000 readers, each mail with its own links, in a transaction of its own.

    PYTHONPATH=src:benchmarks python benchmarks/newsletter.py [--readers 10000]

An issue with eight pages is sent to confirmed readers, whose addresses are encrypted, by the same actions as
at work, to an SMTP server on loopback. The limit of the same run: mails of the same size handed to the same
server over one connection, with nothing before them. Wanted: 10,000 mails in 10 minutes (1,000 a minute),
none left out, none twice.
"""

import argparse
import smtplib
import threading
import time
from typing import Any

from aiosmtpd.controller import Controller
from rig.figures import Aims, machine
from rig.installation import free_port, new_installation

LIMIT_MAILS = 500
FILL = """
import sys
from sauga.project import cli
cli.prepare()
from sauga.kernel import clock
from sauga.newsletter.models import Subscription
from sauga.newsletter.queries import addresses
at = clock.now()
rows, keys = [], []
for number in range(int(sys.argv[1])):
    address = f"reader{number}@nariai.example"
    lookup = addresses.lookup_of(address)
    row = Subscription(
        lookup=lookup, language="lt", lists=["general_public"], version=1, confirmed_at=at
    )
    keys.append(addresses.seal_address(row, address))
    rows.append(row)
for key in keys:
    key.store()
Subscription.objects.bulk_create(rows, batch_size=1000)
"""
SEND = """
import time
from sauga.project import cli
cli.prepare()
from datetime import timedelta
from sauga.kernel import clock
from sauga.kernel.notifications import batches
from sauga.kernel.states import SystemActor
from sauga.newsletter.actions import delivery
from sauga.newsletter.models import Issue, IssueItem
from sauga.newsletter.states import IssueState
worker, at = SystemActor("newsletter"), clock.now()
issue = Issue.objects.create(
    language="lt", lists=["general_public"], title="Rudens naujienos", intro="Sveiki. " * 30,
    state="SCHEDULED", written_at=at, send_at=at,
)
IssueItem.objects.bulk_create(
    IssueItem(
        issue=issue, place=n, title=f"Puslapis {n}", summary="Apie tai. " * 15, path=f"/lt/puslapis-{n}/"
    )
    for n in range(8)
)
began = time.monotonic()
delivery.begin(by=worker, issue=issue, at=at)
started = time.monotonic()
batches.allowance = lambda code, at: 10**9
handed = delivery.send_batch(by=worker, issue=issue, at=at)
ended = time.monotonic()
issue.refresh_from_db()
print(handed, issue.state, started - began, ended - started)
"""


class Sink:
    """Counts who got a mail. For aiosmtpd's Controller."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.size = 0
        self._lock = threading.Lock()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        with self._lock:
            self.got += envelope.rcpt_tos
            self.size = len(envelope.content)
        return "250 OK"


def main() -> int:
    """Measure; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--readers", type=int, default=10_000)
    readers = parser.parse_args().readers
    aims, sink = Aims(), Sink()
    controller = Controller(sink, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        with new_installation(SAUGA_SMTP_URL=f"smtp://127.0.0.1:{controller.port}") as installation:
            installation.python("-c", FILL, str(readers))
            said = installation.python("-c", SEND).split()
            handed, state, begun, sent = int(said[0]), said[1], float(said[2]), float(said[3])
            got = list(sink.got)
            limit = hand_over(controller.port, sink.size)
    finally:
        controller.stop()
    rate = handed / sent * 60
    print(f"{handed} mails of {sink.size} bytes in {sent:.1f} s, {rate:.0f} a minute ({machine()})")
    print(f"  a row for each reader: {begun:.2f} s; the issue is {state}")
    print(f"  limit, mails alone over one connection: {limit:.0f} a minute; ours is {rate / limit:.0%} of it")
    aims.expect("mails a minute", rate, least=1000)
    aims.expect("readers left out", readers - len(set(got)), most=0)
    aims.expect("mails that came twice", len(got) - len(set(got)), most=0)
    return aims.verdict()


def hand_over(port: int, size: int) -> float:
    """Mails a minute that the server takes over one connection."""
    body = "Subject: x\r\n\r\n" + ("x" * 70 + "\r\n") * (size // 72)
    began = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as server:
        for number in range(LIMIT_MAILS):
            server.sendmail("a@sauga.example", f"limit{number}@nariai.example", body)
    return LIMIT_MAILS / (time.monotonic() - began) * 60


if __name__ == "__main__":
    raise SystemExit(main())

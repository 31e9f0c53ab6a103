"""The same calls for code that is not asynchronous (views, threads, commands).

One event loop in one background thread a process.
"""

import asyncio
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from typing import Any

from sauga.kernel.outbound import mail, names, rdap
from sauga.kernel.outbound.http import client
from sauga.kernel.outbound.results import Probe, ProbePolicy

_guard = threading.Lock()
_loops: dict[int, asyncio.AbstractEventLoop] = {}


def run[T](work: Coroutine[Any, Any, T]) -> T:
    """Run a coroutine to its end and return its result.

    Raises RuntimeError from inside a running event loop, which it would block.
    """
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run_coroutine_threadsafe(work, _loop()).result()
    work.close()
    raise RuntimeError("Await the asynchronous call here; the blocking one would stop the event loop.")


def _loop() -> asyncio.AbstractEventLoop:
    """The loop of this process; a forked child makes its own."""
    with _guard:
        loop = _loops.get(os.getpid())
        if loop is None:
            _loops.clear()
            loop = _loops[os.getpid()] = asyncio.new_event_loop()
            threading.Thread(target=loop.run_forever, name="outbound", daemon=True).start()
        return loop


def probe(url: str, *, referrer: str = "", policy: ProbePolicy = client.PLAIN) -> Probe:
    """See `outbound.probe`."""
    return run(client.probe(url, referrer=referrer, policy=policy))


def resolve(host: str) -> names.Resolution:
    """See `outbound.resolve`."""
    return run(names.resolve(host))


def rdap_ip(address: str) -> rdap.RdapAnswer:
    """See `outbound.rdap_ip`."""
    return run(rdap.rdap_ip(address))


def rdap_domain(host: str) -> rdap.RdapAnswer:
    """See `outbound.rdap_domain`."""
    return run(rdap.rdap_domain(host))


def send_mail(message: EmailMessage, *, sender: str, recipient: str, dsn: bool = False) -> mail.MailResult:
    """See `outbound.send_mail`."""
    return run(mail.send_mail(message, sender=sender, recipient=recipient, dsn=dsn))


@contextmanager
def mail_session() -> Iterator[Callable[..., mail.MailResult]]:
    """See `outbound.mail.MailSession`: gives a function that sends as `send_mail` does, over one
    connection."""
    session = mail.MailSession()

    def send(message: EmailMessage, *, sender: str, recipient: str, dsn: bool = False) -> mail.MailResult:
        return run(session.send(message, sender=sender, recipient=recipient, dsn=dsn))

    try:
        yield send
    finally:
        run(session.close())

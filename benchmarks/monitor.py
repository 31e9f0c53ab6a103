"""How many checks a second the monitor makes with every result stored, beside bare aiohttp fetching the same
hosts in the same run.

    python benchmarks/monitor.py [hosts]

The synthetic internet runs in a process of its own. Ours: names asked, guard, politeness without limits, HEAD
and ranged GET, judgement, check, clocks, next look, all in PostgreSQL. Bare: one GET a host and the body
read, nothing judged, nothing stored; once with the hosts' names asked of the same name server, once without
any names. By turns, so that all meet the same machine. Wanted: at least half of the first.
"""

import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from statistics import harmonic_mean

FOLDER = Path(tempfile.mkdtemp(prefix="sauga-bench-"))
os.environ["SAUGA_DATA"] = str(FOLDER)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sauga.project.settings.test")
os.environ["SAUGA_LOG_LEVEL"] = "ERROR"

import aiohttp  # noqa: E402  after the environment
import django  # noqa: E402  after the environment
import dns.asyncresolver  # noqa: E402  after the environment
from aiohttp.abc import AbstractResolver, ResolveResult  # noqa: E402  after the environment

HOSTS = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
CONCURRENCY = 200
ROUNDS = 8
WANTED = 0.5


def start_world() -> tuple[subprocess.Popen[bytes], Path]:
    """The synthetic internet in its own process; returns it and the file that says where it listens."""
    code = (
        "import sys,time,django;django.setup();from pathlib import Path;from sauga.world.in_process "
        "import running\n"
        "with running(Path(sys.argv[1])) as world:\n print(world.file,flush=True)\n time.sleep(3600)"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(FOLDER / "internet")], stdout=subprocess.PIPE)
    assert process.stdout is not None
    for line in process.stdout:
        text = line.decode().strip()
        if text.endswith(".json"):
            return process, Path(text)
    raise SystemExit("The synthetic internet did not start.")


def prepare() -> None:
    """An open hotline with one item a host, made by the real actions; no limits towards our own hosts."""
    from sauga.hotline.addresses.rules.addresses import split_locations
    from sauga.hotline.content.models import ContentItem
    from sauga.hotline.reports.actions import intake
    from sauga.kernel import clock, sealed, vocab
    from sauga.kernel.identity import create_person
    from sauga.kernel.sealed import keys
    from sauga.kernel.states import SystemActor

    at, setup = clock.now(), SystemActor("setup")
    vocab.load_all(at=clock.now())
    polite = {
        "requests_per_minute_per_host": 1_000_000,
        "requests_per_minute_per_provider": 0,
        "jitter_percent": 0,
    }
    vocab.set_policy(
        by=setup, name="policy.politeness", value={**vocab.policy("policy.politeness"), **polite}, at=at
    )
    password = "vėjas nuo marių pučia"
    person = create_person(
        by=setup, email="bench@partner.example", name="Bandymas", password=password, at=at
    ).person
    vault = sealed.unlock_with_password(person.pk, password)
    zone = sealed.Zone.HOTLINE
    sealed.create_zone(zone, escrow_public=keys.escrow_create(zone).public, founder=vault)
    for first in range(0, HOSTS, 50):
        block = "\n".join(host(n) for n in range(first, min(first + 50, HOSTS)))
        receipt = sealed.receipt_keys(sealed.new_receipt(None, "lt"), zone)
        intake.receive_report(
            by=SystemActor("public"),
            locations=split_locations(block),
            category="HATE",
            receipt=receipt,
            language="lt",
            at=at,
        )
    ContentItem.objects.update(next_check_at=at)


def host(n: int) -> str:
    """The n-th address."""
    return f"http://b{n}.online.behave.example/galerija/{n}"


def ours() -> float:
    """Checks a second, results stored; the items are made due again first."""
    from sauga.hotline.content.models import ContentItem
    from sauga.hotline.monitoring.actions import monitoring
    from sauga.hotline.monitoring.models import Check
    from sauga.kernel import clock

    at = clock.now() + timedelta(minutes=30)
    ContentItem.objects.update(next_check_at=at)
    before, began, made = Check.objects.count(), time.perf_counter(), 0
    while made < HOSTS:
        made += monitoring.run_due(at=at, limit=1000)
    took = time.perf_counter() - began
    assert Check.objects.count() - before == HOSTS, "every check must be stored"
    return HOSTS / took


class Asking(AbstractResolver):
    """A name server asked for one address family, for the bare client; nothing is remembered."""

    def __init__(self, port: int, to: int) -> None:
        self._resolver = dns.asyncresolver.Resolver(configure=False)
        self._resolver.nameservers, self._resolver.port, self._to = ["127.0.0.1"], port, to

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Ask, then go to the loopback listener that stands for every host."""
        await self._resolver.resolve(host, "A", search=False)
        return [
            ResolveResult(
                hostname=host, host="127.0.0.1", port=self._to, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    async def close(self) -> None:
        """Nothing to close."""


async def bare(dns_port: int, http_port: int, *, names: bool) -> float:
    """Fetches a second by aiohttp alone, with the hosts' names asked of the name server or without."""
    room = asyncio.Semaphore(CONCURRENCY)

    async def fetch(session: aiohttp.ClientSession, n: int) -> None:
        name = f"b{n}.online.behave.example"
        url = f"http://{name if names else '127.0.0.1'}:{http_port}/galerija/{n}"
        async with room, session.get(url, headers={"Host": name}) as answer:
            assert answer.status == 200
            await answer.read()

    resolver = Asking(dns_port, http_port) if names else None
    connector = aiohttp.TCPConnector(
        limit=CONCURRENCY, force_close=True, resolver=resolver, use_dns_cache=False
    )
    began = time.perf_counter()
    async with aiohttp.ClientSession(connector=connector) as session:
        await asyncio.gather(*(fetch(session, n) for n in range(HOSTS)))
    return HOSTS / (time.perf_counter() - began)


def main() -> int:
    """Print ours, the bare client, and the ratio."""
    django.setup()
    from django.conf import settings
    from django.test.utils import get_runner, setup_test_environment

    world, file = start_world()
    setup_test_environment()
    runner = get_runner(settings)(verbosity=0, interactive=False)
    databases = runner.setup_databases()
    try:
        from sauga.kernel import outbound

        outbound.attach_world(file)
        prepare()
        link = outbound.current_world()
        assert link is not None
        ports = link.dns[1], link.vantages["main"][0]
        first = ours()
        rounds = [
            (ours(), asyncio.run(bare(*ports, names=True)), asyncio.run(bare(*ports, names=False)))
            for _ in range(ROUNDS)
        ]
        mine, named, nameless = (harmonic_mean(column) for column in zip(*rounds, strict=True))
        print(
            f"hosts {HOSTS}, concurrency {CONCURRENCY}, {ROUNDS} rounds by turns, all of their time together"
        )
        print(f"monitor, first look at everything:     {first:8.0f} checks/s = {first * 60:.0f} a minute")
        print(
            f"monitor, results stored:               {mine:8.0f} checks/s = {mine * 60:.0f} a minute "
            f"(target 5,000 a minute)"
        )
        print(
            f"bare aiohttp, names asked:             {named:8.0f} fetches/s, ratio {mine / named:.2f} "
            f"(wanted at least {WANTED})"
        )
        print(
            f"bare aiohttp, no names, nothing else:  {nameless:8.0f} fetches/s, ratio {mine / nameless:.2f}"
        )
        return 0 if mine / named >= WANTED and mine * 60 >= 5000 else 1
    finally:
        world.terminate()
        runner.teardown_databases(databases)


if __name__ == "__main__":
    sys.exit(main())

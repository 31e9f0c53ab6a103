"""Public list and month of events at growing sizes.

    PYTHONPATH=src:benchmarks python benchmarks/events.py [--sizes 1000,10000,100000] [--times 40]

Whole pages are made by the views, as for a visitor whose page is not in the cache: what comes, with and
without filters, a month with its calendar, the archive. The limit of the same run: forty rows of the same
table by the same index, by raw SQL. Wanted: p95 under 100 ms at the largest size.
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rig.figures import Aims, machine, percentile

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
GOAL_MS = 100
YEARS = 6
"""So many years of events lie behind; one lies ahead."""
AUDIENCES = ("teachers", "parents_carers", "seniors", "teenagers", "public_librarians")
TOPICS = ("gaming", "phishing", "fake_news", "cyberbullying", "data_privacy", "wellbeing")
PAGES = {
    "what comes": "/lt/renginiai/?",
    "one topic": "/lt/renginiai/?topic=gaming",
    "audience, topic and municipality": "/lt/renginiai/?for=teachers&topic=phishing&where=LT-57",
    "rare municipality, nothing found": "/lt/renginiai/?where=LT-05&how=online",
    "a month": "/lt/renginiai/?month=2027-02",
    "archive": "/lt/renginiai/archyvas/?",
    "archive of a topic, page 5": "/lt/renginiai/archyvas/?topic=wellbeing&page=5",
}


def main() -> int:
    """Measure at every size; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=40, help="how often each page is made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sauga-bench-") as folder:
        os.environ.update({"SAUGA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"})
        return _run([int(size) for size in options.sizes.split(",")], options.times)


def _run(sizes: list[int], times: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sauga.kernel import clock, vocab

    call_command("migrate", verbosity=0)
    vocab.load_all(AT)
    clock.now = lambda: AT
    aims, held = Aims(), 0
    for size in sizes:
        _grow(held, size)
        held = size
        bare = _bare(times)
        print(f"{size} events ({machine()}); bare statement p95 {bare:.1f} ms", flush=True)
        for name, path in PAGES.items():
            half, most = _page(path, times)
            print(f"    {name}: p50 {half:.1f} ms, p95 {most:.1f} ms, {most / bare:.0f} × bare", flush=True)
            if size == sizes[-1]:
                aims.expect(f"p95 of “{name}” at {size}", most, most=GOAL_MS, unit=" ms")
    return aims.verdict()


def _grow(held: int, size: int) -> None:
    """So many published events, spread over the years by a fixed seed."""
    from django.db import connection

    from sauga.events.programme.models import Event
    from sauga.events.states import EventState
    from sauga.kernel.organisations.models import Organisation

    chance = random.Random(held)
    organiser, _made = Organisation.objects.get_or_create(
        code="BENCH", defaults={"valid_from": AT, "changed_at": AT}
    )
    first = AT - timedelta(days=365 * YEARS)
    rows = []
    for number in range(held, size):
        starts = first + timedelta(minutes=chance.randrange(365 * (YEARS + 1) * 24 * 4) * 15)
        rows.append(
            Event(
                ref=f"B{number:07}",
                slug=f"renginys-{number}-{starts.year}",
                kind="seminar",
                format=chance.choice(("online", "in_person")),
                starts=starts,
                ends=starts + timedelta(hours=2),
                municipality="LT-57" if chance.random() < 0.3 else f"LT-{chance.randrange(10, 57)}",
                organiser=organiser,
                audiences=chance.sample(AUDIENCES, 2),
                topics=chance.sample(TOPICS, 2),
                languages=["lt"],
                title={"lt": f"Renginys {number}", "en": f"Event {number}"},
                summary={"lt": "Pokalbis.", "en": "A talk."},
                state=EventState.OVER if starts < AT else EventState.PUBLISHED,
                created_at=AT,
                changed_at=AT,
                published_at=AT,
            )
        )
    Event.objects.bulk_create(rows, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _page(path: str, times: int) -> tuple[float, float]:
    from django.test import Client

    client = Client()

    def ask() -> None:
        answer = client.get(path)
        if answer.status_code != 200:
            raise SystemExit(f"{path}: {answer.status_code}")

    return _timed(ask, times)


def _bare(times: int) -> float:
    """The plainest question of the same kind."""
    from django.db import connection

    statement = (
        "SELECT * FROM events_event WHERE state = 'PUBLISHED' AND starts > %s ORDER BY starts, id LIMIT 40"
    )

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, [AT])
            cursor.fetchall()

    return _timed(ask, times)[1]


def _timed(ask: Callable[[], None], times: int) -> tuple[float, float]:
    """Half and 95 % of the times in milliseconds, after a first one that does not count."""
    ask()
    took = []
    for _number in range(times):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return percentile(took, 0.5), percentile(took, 0.95)


if __name__ == "__main__":
    raise SystemExit(main())

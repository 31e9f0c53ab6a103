"""Harvesting at growing numbers of resources: a page of OAI-PMH at the beginning, in the middle and near the
end, whole and of a set.

    PYTHONPATH=src:benchmarks python benchmarks/harvest.py [--sizes 1000,10000,100000] [--times 15]

Resources are rows with invented titles. The first page of a list counts the whole once; every other finds its
place in one index, so it must cost the same at any depth and size. The limit of the same run: the bare
question for 101 rows behind a place, by the same connection. Wanted at the largest size: a page near the end
at most 1.5 times the same page at the smallest size.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from rig.figures import Aims, machine, percentile

FIRST = datetime(2020, 1, 1, tzinfo=UTC)
TOPICS = ("cyberbullying", "media_literacy", "advertising", "gaming", "phishing", "wellbeing")
TYPES = ("lesson_plan", "poster", "guide", "quiz")
BARE = """SELECT * FROM repository_resource WHERE GREATEST(modified_at, state_since) >= %s
  ORDER BY GREATEST(modified_at, state_since), id
LIMIT 101"""


def main() -> int:
    """Measure at every size; by the exit code, whether the aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=15)
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="sauga-bench-") as folder:
        os.environ.update({"SAUGA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"})
        return _run(sizes, options.times)


def _run(sizes: list[int], times: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sauga.kernel import clock, vocab

    call_command("migrate", verbosity=0)
    vocab.load_all(at=clock.now())
    chance, held, aims, near_end = random.Random(7), 0, Aims(), []
    for size in sizes:
        _grow(chance, held, size)
        held = size
        print(f"{size} resources ({machine()})", flush=True)
        for name, asked in _questions(size).items():
            spent = _measure(asked, times)
            print(
                f"  {name}: p50 {percentile(spent, 0.5):.1f} ms, p95 {percentile(spent, 0.95):.1f} ms, "
                f"n {len(spent)}",
                flush=True,
            )
            if name == "records, near the end":
                near_end.append(percentile(spent, 0.5))
    aims.expect(f"a page near the end at {sizes[-1]}", near_end[-1], most=near_end[0] * 1.5, unit=" ms")
    return aims.verdict()


def _grow(chance: random.Random, first: int, size: int) -> None:
    from django.db import connection

    from sauga.repository.resources.models import Resource

    made = []
    for number in range(first, size):
        at = FIRST + timedelta(minutes=number)
        made.append(
            Resource(
                ref=f"B{number:07}",
                uuid=UUID(int=chance.getrandbits(128), version=4),
                slug_lt=f"b-{number}",
                slug_en=f"b-{number}",
                type=chance.choice(TYPES) if number % 1000 else "course",
                title={"lt": f"Pamoka {number}", "en": f"Lesson {number}"},
                abstract={"lt": "Trumpa pamoka klasei.", "en": "A short lesson for a class."},
                topics=chance.sample(TOPICS, 2),
                audiences=["teachers"],
                languages=["lt", "en"],
                licence="CC-BY-4.0",
                creators=[{"lt": "Pavyzdinis centras", "en": "Sample centre", "kind": "agency"}],
                created_date=at.date(),
                published_at=at,
                modified_at=at,
                state_since=at,
                state="published" if number % 50 else "retired",
                version_number=1,
            )
        )
    Resource.objects.bulk_create(made, batch_size=2000)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE repository_resource")


def _questions(size: int) -> dict[str, Callable[[], object]]:
    from django.db import connection
    from django.test import Client

    from sauga.repository.resources.models import Resource
    from sauga.repository.syndication.queries.oai import EPOCH
    from sauga.repository.syndication.rules.oai_protocol import Place

    client = Client()

    def at(share: float, prefix: str = "oai_dc", of_set: str = "") -> str:
        row = Resource.objects.get(ref=f"B{int(size * share):07}")
        micro = (row.modified_at - EPOCH) // timedelta(microseconds=1)
        return Place(prefix, of_set=of_set, after=micro, pk=row.pk, cursor=100, total=size).token()

    def asking(**arguments: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get("/oai/", arguments)
            assert answer.status_code == 200 and b"<error" not in answer.content, answer.content[:300]
            return answer

        return ask

    def bare() -> object:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [FIRST + timedelta(minutes=int(size * 0.85))])
            return cursor.fetchall()

    def listing() -> object:
        return client.get("/api/v1/resources", {"limit": "100", "topic": "gaming"}).content

    return {
        "headers, first page (counts the whole)": asking(verb="ListIdentifiers", metadataPrefix="oai_dc"),
        "headers, in the middle": asking(verb="ListIdentifiers", resumptionToken=at(0.5)),
        "headers, near the end": asking(verb="ListIdentifiers", resumptionToken=at(0.85)),
        "headers of a common set, in the middle": asking(
            verb="ListIdentifiers", resumptionToken=at(0.5, of_set="topic:gaming")
        ),
        "headers of a rare set, first page": asking(
            verb="ListIdentifiers", metadataPrefix="oai_dc", set="type:course"
        ),
        "records, near the end": asking(verb="ListRecords", resumptionToken=at(0.85)),
        "records in LOM, near the end": asking(verb="ListRecords", resumptionToken=at(0.85, "lom")),
        "records in LRMI, near the end": asking(verb="ListRecords", resumptionToken=at(0.85, "lrmi")),
        "REST, a hundred of one topic": listing,
        "bare rows": bare,
    }


def _measure(asked: Callable[[], Any], times: int) -> list[float]:
    asked()
    spent = []
    for _once in range(times):
        start = time.perf_counter()
        asked()
        spent.append((time.perf_counter() - start) * 1000)
    return spent


if __name__ == "__main__":
    sys.exit(main())

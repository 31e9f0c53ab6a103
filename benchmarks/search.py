"""Search at growing numbers of resources: through the application (the whole page), beside the bare look-up
in the same index.

    PYTHONPATH=src:benchmarks python benchmarks/search.py [--sizes 1000,10000,100000] [--times 3]

Texts are made of invented Lithuanian-like words that occur as words do in real texts (a few in every third
text, most in hardly any), and of real terms. Questions: a frequent word, a rare one, two words, another form
typed without marks, words of a child, a typing error, and nothing to be found. The limit of the same run is
the index look-up alone: `SELECT id … WHERE vector @@ query LIMIT 600`, by the same connection. Wanted at the
largest size: p95 of the page at most 50 ms.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from datetime import date, timedelta
from typing import Any

from rig.figures import Aims, machine, percentile

BEGINNINGS = [
    "sau",
    "pa",
    "kal",
    "mo",
    "drau",
    "ra",
    "vei",
    "min",
    "tik",
    "ga",
    "ly",
    "ke",
    "sto",
    "ži",
    "re",
    "bu",
    "dva",
    "šir",
    "pri",
    "nu",
    "at",
    "iš",
    "už",
    "var",
]
MIDDLES = [
    "ga",
    "dau",
    "ki",
    "ly",
    "ta",
    "ni",
    "vi",
    "go",
    "ra",
    "sti",
    "ma",
    "pu",
    "de",
    "šo",
    "žy",
    "ču",
    "lė",
    "ru",
]
ENDS = ["mas", "ba", "tis", "klė", "nas", "dė", "ijus", "elis", "imas", "tuvė", "ystė", "inis", "umas"]
TERMS = [
    "patyčios",
    "mokykla",
    "vaikai",
    "tėvai",
    "mokytojas",
    "saugumas",
    "internetas",
    "nuotrauka",
    "pokalbis",
    "draugas",
    "pagalba",
    "slaptažodis",
    "žaidimas",
    "reklama",
    "pamoka",
]
TOPICS = ("cyberbullying", "media_literacy", "advertising", "gaming", "phishing", "wellbeing")
TYPES = ("lesson_plan", "poster", "video", "guide", "quiz")
FORMS = ("patyciu", "mokykloje", "vaikams", "nuotraukas", "pokalbiai", "saugumo", "zaidimus", "mokytojams")
CHILD = ("mane šaidina", "šaiposi iš manęs", "nepažįstamas rašo")
COLUMNS = "kind, key, language, title, summary, body, type, topics, audiences, day, vector, titles"
LOOKUP = "SELECT id FROM repository_searchentry WHERE vector @@ %s::tsquery AND language = 'lt' LIMIT 600"


def main() -> int:
    """Measure at every size; by the exit code, whether the aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=3, help="rounds of all questions")
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
    from sauga.repository.search.actions import child_words

    call_command("migrate", verbosity=0)
    vocab.load_all(at=clock.now())
    child_words.load_words({"lt": {"cyberbullying": ["mane šaidina"]}, "en": {}})
    chance, held, aims = random.Random(7), 0, Aims()
    words = _words(chance)
    for size in sizes:
        start = time.monotonic()
        _grow(words, chance, held, size)
        held = size
        print(f"{size} texts, made in {time.monotonic() - start:.0f} s ({machine()})", flush=True)
        pages, bare = _measure(_questions(words, chance), times)
        for name, spent in (("page", pages), ("bare look-up", bare)):
            print(
                f"  {name}: p50 {percentile(spent, 0.5):.1f} ms, p95 {percentile(spent, 0.95):.1f} ms, "
                f"n {len(spent)}",
                flush=True,
            )
        if size == sizes[-1]:
            aims.expect(f"p95 of the page at {size}", percentile(pages, 0.95), most=50, unit=" ms")
    return aims.verdict()


def _words(chance: random.Random) -> list[str]:
    """Words from the most frequent on."""
    made: dict[str, None] = {}
    while len(made) < 12_000:
        made[
            chance.choice(BEGINNINGS)
            + "".join(chance.choices(MIDDLES, k=chance.randint(1, 3)))
            + chance.choice(ENDS)
        ] = None
    return [*TERMS, *made]


def _grow(words: list[str], chance: random.Random, first: int, size: int) -> None:
    from django.db import connection

    from sauga.kernel.i18n import fold
    from sauga.repository.search.models import SearchWord
    from sauga.repository.search.rules import lexemes

    weights = [1 / (place + 12) for place in range(len(words))]
    with connection.cursor() as cursor:
        raw: Any = cursor.cursor if hasattr(cursor, "cursor") else cursor
        with raw.copy(f"COPY repository_searchentry ({COLUMNS}) FROM STDIN") as copy:
            for number in range(first, size):
                drawn = chance.choices(words, weights, k=45)
                title, rest = " ".join(drawn[:5]), " ".join(drawn[5:])
                topics = chance.sample(TOPICS, 2)
                parts = [(title, "A", "B"), (rest, "C", "D")]
                copy.write_row(
                    (
                        "resource",
                        f"B{number}",
                        "lt",
                        title,
                        rest[:200],
                        rest,
                        chance.choice(TYPES),
                        topics,
                        ["teachers"],
                        date(2026, 1, 1) + timedelta(days=number % 300),
                        lexemes.vector(parts, "lt", topics),
                        lexemes.vector(parts[:1], "lt", topics),
                    )
                )
        SearchWord.objects.bulk_create(
            [SearchWord(language="lt", word=fold(word)) for word in words], ignore_conflicts=True
        )
        cursor.execute("ANALYZE repository_searchentry")
        cursor.execute("ANALYZE repository_searchword")


def _questions(words: list[str], chance: random.Random) -> list[str]:
    rare = chance.sample(words[4000:], 12)
    wrong = [word[:3] + word[4:] for word in chance.sample(words[200:4000], 8) if len(word) > 6]
    pairs = [f"{chance.choice(words[:60])} {chance.choice(words[:60])}" for _once in range(12)]
    return [*words[:20], *FORMS, *rare, *pairs, *CHILD, *wrong, "zzzqqqxx"]


def _measure(questions: list[str], times: int) -> tuple[list[float], list[float]]:
    """Milliseconds of the page and of the look-up alone, for every question and round."""
    from django.db import connection
    from django.test import Client

    from sauga.repository.search.queries import topics_meant
    from sauga.repository.search.rules import lexemes

    client, pages, bare = Client(), [], []
    client.get("/lt/paieska/", {"q": questions[0]})
    for _round in range(times):
        for text in questions:
            start = time.perf_counter()
            answer = client.get("/lt/paieska/", {"q": text})
            pages.append((time.perf_counter() - start) * 1000)
            assert answer.status_code == 200
            asked = lexemes.question(text, "lt", topics_meant(text, "lt")).tsquery
            start = time.perf_counter()
            with connection.cursor() as cursor:
                cursor.execute(LOOKUP, [asked])
                cursor.fetchall()
            bare.append((time.perf_counter() - start) * 1000)
    return pages, bare


if __name__ == "__main__":
    sys.exit(main())

"""Imports of records at growing sizes: read and reported on, stored as drafts, taken back; beside a bare COPY
of the same rows.

    PYTHONPATH=src:benchmarks python benchmarks/imports.py [--sizes 1000,10000]

The limit of the same run is `COPY` of the very rows that were stored into a table of the same columns and
indexes, by the same connection, with one commit: no reading of a file, no rules, no identity, no trail.
Memory is the most the process has held, above what it held before. Wanted at the largest size: ten thousand
records are in within a minute, report and storing together, and need at most 400 MB more.
"""

import argparse
import io
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from rig.figures import Aims, machine

HEAD = [
    *(
        "id",
        "type",
        "title_lt",
        "title_en",
        "abstract_lt",
        "abstract_en",
        "keywords_lt",
        "licence",
        "topics",
        "audiences",
        "age_min",
    ),
    *(
        "age_max",
        "languages",
        "stages",
        "creators",
        "publisher_lt",
        "publisher_en",
        "review_by",
        "body_lt",
        "source",
    ),
]
WORDS = [
    *(
        "saugus",
        "internetas",
        "mokykla",
        "pamoka",
        "vaikai",
        "tėvai",
        "mokytojas",
        "žaidimas",
        "nuotrauka",
        "pokalbis",
        "draugas",
    ),
    *("pagalba", "slaptažodis", "taisyklė", "klasė"),
]
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


def main() -> int:
    """Measure at every size; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory(prefix="sauga-bench-") as folder:
        os.environ.update({"SAUGA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"})
        return _run(sizes)


def _run(sizes: list[int]) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sauga.kernel import clock, permissions, vocab
    from sauga.repository.permissions import Permission

    call_command("migrate", verbosity=0)
    vocab.load_all(at=clock.now())
    permissions.register_system("bench", {Permission.IMPORT_RECORDS, Permission.EDIT_RESOURCE})
    chance, aims = random.Random(7), Aims()
    for size in sizes:
        rows = [_row(number, chance) for number in range(size)]
        print(f"{size} records ({machine()})", flush=True)
        for form, content in (("csv", _csv(rows)), ("xlsx", _xlsx(rows))):
            whole, more = _one(form, content, size)
            if size == sizes[-1]:
                aims.expect(
                    f"{form}: seconds for report and storing at {size}",
                    whole,
                    most=60 * size / 10_000,
                    unit=" s",
                )
                aims.expect(f"{form}: memory above the start at {size}", more, most=400, unit=" MB")
    return aims.verdict()


def _row(number: int, chance: random.Random) -> list[Any]:
    def said(count: int) -> str:
        return " ".join(chance.choices(WORDS, k=count)).capitalize()

    body = "\n\n".join([f"# {said(3)}", said(40), "- " + "\n- ".join(said(5) for _ in range(4))])
    creators = "Pavyzdinis centras | Sample centre | https://centras.example/"
    titles = [
        f"{said(4)} {number}",
        f"Record {number}",
        said(25),
        said(25),
        " | ".join(chance.sample(WORDS, 3)),
    ]
    coded = ["CC-BY-4.0", "media_literacy|gaming", "teachers|parents_carers", 7, 12, "lt|en", "primary"]
    return [
        f"B-{number}",
        "poster",
        *titles,
        *coded,
        creators,
        "Pavyzdinis centras",
        "Sample centre",
        "2027-05-01",
        body,
        "Kitas centras",
    ]


def _csv(rows: list[list[Any]]) -> bytes:
    import csv

    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEAD, *rows])
    return out.getvalue().encode("utf-8-sig")


def _xlsx(rows: list[list[Any]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("records")
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _one(form: str, content: bytes, size: int) -> tuple[float, float]:
    """One file all the way; leaves nothing. Seconds until all is stored, and megabytes above the start."""
    from sauga.kernel.states import SystemActor
    from sauga.repository.resources.models import Resource
    from sauga.repository.syndication.actions.imports import RESOURCES
    from sauga.repository.syndication.models import ImportRun

    by: Any = SystemActor("bench")
    before = _peak()
    run = RESOURCES.take_file(by=by, name=f"a.{form}", content=content, at=AT)
    reading, run = _timed(lambda: RESOURCES.read_run(by=by, run=run, at=AT))
    run = RESOURCES.bring_in(by=by, run=run, at=AT)
    storing, run = _timed(lambda: RESOURCES.store_run(by=by, run=run, at=AT))
    more = _peak() - before
    assert (run.state, run.fresh, Resource.objects.count()) == ("stored", size, size), (
        run.state,
        run.fresh,
        run.notes,
    )
    bare = _bare_copy()
    run = RESOURCES.take_back(by=by, run=run, at=AT)
    undoing, run = _timed(lambda: RESOURCES.undo_run(by=by, run=run, at=AT))
    assert (run.state, Resource.objects.count()) == ("undone", 0)
    ImportRun.objects.all().delete()
    whole = reading + storing
    print(
        f"  {form} of {len(content) / 1e6:.1f} MB: report {reading:.2f} s ({size / reading:.0f}/s), "
        f"stored {storing:.2f} s "
        f"({size / storing:.0f}/s), both {size / whole:.0f}/s; taken back {undoing:.2f} s; bare COPY "
        f"{bare:.2f} s ({size / bare:.0f}/s), "
        f"ratio of storing {bare / storing:.3f}; memory +{more:.0f} MB",
        flush=True,
    )
    return whole, more


def _bare_copy() -> float:
    """Seconds to COPY all resources, as they are, into a table with the same columns and indexes, and to
    commit."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare_resource (LIKE repository_resource INCLUDING ALL)")
        raw: Any = cursor.cursor if hasattr(cursor, "cursor") else cursor
        with raw.copy("COPY repository_resource TO STDOUT") as copy:
            held = [bytes(part) for part in copy]

        def put() -> None:
            with transaction.atomic(), raw.copy("COPY bare_resource FROM STDIN") as copy:
                for part in held:
                    copy.write(part)

        spent, _none = _timed(put)
        cursor.execute("DROP TABLE bare_resource")
    return spent


def _timed(act: Callable[[], Any]) -> tuple[float, Any]:
    start = time.perf_counter()
    made = act()
    return time.perf_counter() - start, made


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    sys.exit(main())

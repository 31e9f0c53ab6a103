"""The register of organisations at growing sizes: suggestions while typing, and the import of 2,000 rows.

    PYTHONPATH=src:benchmarks python benchmarks/organisations.py [--sizes 1000,10000,100000] [--times 30]

Suggestions are asked as the page asks for them, letter by letter, through the views of desk and member site;
the limit of the same run is the plainest question of the same kind: ten names from an index, by raw SQL. The
import's limit is `COPY` of the very rows that were stored into tables of the same columns and indexes.
Wanted: p95 of suggestions under 50 ms at the largest size; report and storing of 2,000 rows under 5 s.
"""

import argparse
import csv
import io
import os
import random
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from rig.figures import Aims, machine, percentile

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
FIRST = (
    "Ąžuolyno",
    "Ežero",
    "Pušyno",
    "Marių",
    "Kopų",
    "Žalgirio",
    "Saulėtekio",
    "Gabijos",
    "Vyturio",
    "Šaltinio",
)
SECOND = (
    "Aukštieji",
    "Žemieji",
    "Didieji",
    "Mažieji",
    "Naujieji",
    "Senieji",
    "Vakarų",
    "Rytų",
    "Pietų",
    "Šiaurės",
)
KINDS = (
    ("pagrindinė mokykla", "SCHOOL"),
    ("gimnazija", "SCHOOL"),
    ("progimnazija", "SCHOOL"),
    ("viešoji biblioteka", "LIBRARY"),
    ("vaikų darželis", "PRESCHOOL"),
    ("jaunimo centras", "YOUTH_CENTRE"),
)
TYPED = (
    "ežero pagrindinė mokykla",
    "mokykla",
    "gimnazija saulet",
    "azuolyno 42",
    "progimnzija",
    "biblioteka vakaru",
    "jaunimo centras 1",
    "e",
    "m",
    "30",
)
IMPORTED, GOAL_MS, GOAL_S = 2000, 50, 5


def main() -> int:
    """Measure at every size; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=30, help="how often each text is typed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="sauga-bench-") as folder:
        os.environ.update({"SAUGA_DATA": folder, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"})
        return _run([int(size) for size in options.sizes.split(",")], options.times)


def _run(sizes: list[int], times: int) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from sauga.kernel import permissions
    from sauga.kernel.organisations.rules import Permission

    call_command("migrate", verbosity=0)
    permissions.register_system("bench", {Permission.IMPORT})
    aims, chance, held = Aims(), random.Random(7), 0
    for size in sizes:
        took, _rows = _timed(lambda size=size, held=held: _grow(held, size, chance))
        held = size
        print(f"{size} organisations, made in {took:.0f} s ({machine()})", flush=True)
        for site, most, limit in _suggest({"desk": _ask_at_desk, "member site": _ask_as_member(size)}, times):
            if size == sizes[-1]:
                aims.expect(
                    f"p95 of suggestions of the {site} at {size} ({most / limit:.0f} × a bare question)",
                    most,
                    most=GOAL_MS,
                    unit=" ms",
                )
    for form, write in (("csv", _csv), ("xlsx", _xlsx)):
        seconds = _import(form, write([_row(number, chance) for number in range(IMPORTED)]))
        aims.expect(f"{form}: report and storing of {IMPORTED} rows", seconds, most=GOAL_S, unit=" s")
    return aims.verdict()


def _grow(held: int, size: int, chance: random.Random) -> None:
    """So many organisations, with codes, by the action that an import uses."""
    from django.db import connection

    from sauga.kernel.organisations.actions.bulk import Draft, create_organisations
    from sauga.kernel.organisations.schemes import Scheme
    from sauga.kernel.states import SystemActor

    for start in range(held, size, 5000):
        drafts = []
        for number in range(start, min(start + 5000, size)):
            name, kind = _name(number, chance)
            drafts.append(Draft({"lt": name}, (kind,), codes=((Scheme.LEGAL_ENTITY, _code(number)),)))
        create_organisations(by=SystemActor("bench"), drafts=drafts, at=AT)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _name(number: int, chance: random.Random) -> tuple[str, str]:
    what, kind = chance.choice(KINDS)
    return f"{chance.choice(SECOND)} {chance.choice(FIRST)} {what} {number}", kind


def _code(number: int) -> str:
    from sauga.kernel.i18n import check_digit

    return f"{30_000_000 + number}{check_digit(str(30_000_000 + number))}"


def _ask_at_desk(text: str) -> Any:
    from django.test import RequestFactory

    from sauga.kernel.organisation_pages.views import suggest

    return suggest(RequestFactory().get("/desk/organisations/suggest/", {"q": text}))


def _ask_as_member(number: int) -> Callable[[str], Any]:
    """The same at the member site, each question by another member: nobody types for as long as this."""
    from itertools import count

    from django.test import RequestFactory

    from sauga.kernel.members.actors import CACHE, MemberActor
    from sauga.kernel.members.views.organisations import suggest

    members = count()

    def ask(text: str) -> Any:
        request = RequestFactory().get("/en/my/organisations/suggest/", {"q": text})
        actor = MemberActor(f"bench-{number}-{next(members)}", 0, "", "", "en")
        setattr(request, CACHE, actor)
        return suggest(request)

    return ask


def _suggest(sites: dict[str, Callable[[str], Any]], times: int) -> list[tuple[str, float, float]]:
    """For each site, p95 in milliseconds of suggestions over every beginning of the texts, and of the bare
    question. The sites are asked in turn, so that each meets the same machine."""
    took: dict[str, list[float]] = {site: [] for site in sites}
    bare: list[float] = []
    texts = [text[:length] for text in TYPED for length in range(2, len(text) + 1, 2)]
    for text in texts * max(1, times // 10):
        for site, ask in sites.items():
            seconds, answer = _timed(lambda ask=ask, text=text: ask(text))
            assert answer.status_code == 200, site
            took[site].append(seconds * 1000)
        bare.append(_timed(lambda text=text: _ask_barely(text))[0] * 1000)
    limit = percentile(bare, 0.95)
    for site, found in took.items():
        half, most = percentile(found, 0.5), percentile(found, 0.95)
        print(
            f"  suggestions of the {site}: p50 {half:.1f} ms, p95 {most:.1f} ms, most {max(found):.1f} ms; "
            f"bare p95 {limit:.2f} ms",
            flush=True,
        )
    return [(site, percentile(found, 0.95), limit) for site, found in took.items()]


def _ask_barely(text: str) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM organisations_organisationname WHERE folded LIKE %s ORDER BY folded LIMIT 10",
            [f" {text[:3]}%"],
        )
        cursor.fetchall()


def _row(number: int, chance: random.Random) -> list[str]:
    name, kind = _name(900_000 + number, chance)
    return [_code(900_000 + number), name, kind, f"LT-{1 + number % 60:02}", f"m{number}@mokykla.example"]


HEAD = ["code", "name_lt", "kind", "municipality", "email"]


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([HEAD, *rows])
    return out.getvalue().encode("windows-1257")


def _xlsx(rows: list[list[str]]) -> bytes:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("records")
    for row in (HEAD, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _import(form: str, content: bytes) -> float:
    """One file all the way; leaves nothing. Seconds until all is stored."""
    from sauga.kernel.organisation_pages.imports import ORGANISATIONS
    from sauga.kernel.organisation_pages.models import ImportRun
    from sauga.kernel.states import SystemActor

    by: Any = SystemActor("bench")
    run = ORGANISATIONS.take_file(by=by, name=f"a.{form}", content=content, at=AT)
    reading, run = _timed(lambda: ORGANISATIONS.read_run(by=by, run=run, at=AT))
    run = ORGANISATIONS.bring_in(by=by, run=run, at=AT)
    storing, run = _timed(lambda: ORGANISATIONS.store_run(by=by, run=run, at=AT))
    assert (run.state, run.fresh) == ("stored", IMPORTED), (run.state, run.fresh, run.notes)
    bare = _bare_copy(run)
    run = ORGANISATIONS.take_back(by=by, run=run, at=AT)
    undoing, run = _timed(lambda: ORGANISATIONS.undo_run(by=by, run=run, at=AT))
    assert run.state == "undone", run.notes
    ImportRun.objects.all().delete()
    print(
        f"  {form}: report {reading:.2f} s, stored {storing:.2f} s, taken back {undoing:.2f} s; bare COPY "
        f"{bare:.3f} s, ratio {(reading + storing) / bare:.0f}",
        flush=True,
    )
    return reading + storing


def _bare_copy(run: Any) -> float:
    """Seconds to COPY the organisations and names of an import into tables of the same kind."""
    from django.db import connection

    tables = ("organisations_organisation", "organisations_organisationname")
    keys = ",".join(map(str, run.rows.values_list("organisation_id", flat=True)))
    with connection.cursor() as cursor:
        copies = []
        for table, column in zip(tables, ("id", "organisation_id"), strict=True):
            cursor.execute(f"CREATE TEMP TABLE bare_{table} (LIKE {table} INCLUDING ALL)")
            rows = f"SELECT * FROM {table} WHERE {column} IN ({keys})"
            with cursor.copy(f"COPY ({rows}) TO STDOUT") as out:
                copies.append((table, b"".join(bytes(part) for part in out)))
        start = time.perf_counter()
        for table, lines in copies:
            with cursor.copy(f"COPY bare_{table} FROM STDIN") as into:
                into.write(lines)
        took = time.perf_counter() - start
        for table in tables:
            cursor.execute(f"DROP TABLE bare_{table}")
    return took


def _timed[T](act: Callable[[], T]) -> tuple[float, T]:
    start = time.perf_counter()
    done = act()
    return time.perf_counter() - start, done


if __name__ == "__main__":
    raise SystemExit(main())

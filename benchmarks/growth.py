"""Public pages that show resources and pages by topic, at growing numbers of both on one topic.

    python benchmarks/growth.py [--sizes 1000,10000,100000] [--times 20]

The server is the one that ships: `sauga serve`, production settings, the demo's content, and so many copies
of one lesson and of one explanation beside it, all on the topic of the page that is asked for, with different
second topics, audiences, kinds, languages and ages, some used. Pages are asked for with a cookie, so that
each is rendered anew. The limit of the same run: twenty resources of the same table by the same index, by raw
SQL. Wanted: p95 of at most 100 ms at the largest size. Printed beside: what the change of state of one
resource takes in the database, because what the filters count from changes with it.
"""

import argparse
import statistics
import time
from collections.abc import Callable
from typing import Any

from rig.demo_data import GATE, PEOPLE, seed_demo
from rig.figures import Aims, machine, percentile
from rig.installation import Installation, new_installation
from rig.visitor import Visitor

GOAL_MS = 100
PAGES = {
    "topic": "/lt/patycios/",
    "list of topics": "/lt/temos/",
    "audience": "/lt/mokytojams-ir-mokyklai/",
    "explanation": "/lt/kas-yra/kas-yra-vpn/",
    "resource": "/lt/istekliai/patycios-pamoka/",
    "resources, most used": "/lt/istekliai/",
    "resources, newest": "/lt/istekliai/?sort=new",
    "resources, shortest": "/lt/istekliai/?sort=short",
    "resources, by title": "/lt/istekliai/?sort=title",
    "resources, page 400": "/lt/istekliai/?page=400",
    "resources of the topic": "/lt/istekliai/?topic=cyberbullying",
    "three filters": "/lt/istekliai/?topic=cyberbullying&for=teachers&age=a10_13",
    "a rare topic of rare readers": "/lt/istekliai/?topic=hate_speech&for=public_librarians",
    "words": "/lt/istekliai/?q=pamoka",
}
LESSON, EXPLANATION = "patycios-pamoka", "/lt/kas-yra/kas-yra-vpn/"
BEYOND = 1_000_000
"""Keys of copies begin after this one."""
TOPICS = "(ARRAY['gaming', 'phishing', 'fake_news', 'data_privacy', 'wellbeing'])[1 + g % 5]"
READERS = "(ARRAY['teachers', 'parents_carers', 'teenagers', 'seniors'])[1 + g / 5 % 4]"
RESOURCE = {
    "id": f"{BEYOND} + g",
    "ref": "'G' || lpad(g::text, 9, '0')",
    "uuid": "gen_random_uuid()",
    "slug_lt": "'g-lt-' || g",
    "slug_en": "'g-en-' || g",
    "title": "jsonb_build_object('lt', 'Pamoka ' || md5(g::text), 'en', 'Lesson ' || md5(g::text))",
    "published_at": "s.published_at - g * interval '1 minute'",
    "topics": f"ARRAY['cyberbullying', {TOPICS}]::varchar(40)[]",
    "audiences": f"ARRAY[{READERS}]::varchar(40)[]",
    "type": "(ARRAY['lesson_plan', 'video', 'poster', 'quiz'])[1 + g / 20 % 4]",
    "languages": "(CASE WHEN g % 3 = 0 THEN ARRAY['lt', 'en'] ELSE ARRAY['lt'] END)::varchar(16)[]",
    "age_min": "g % 17",
    "age_max": "CASE WHEN g % 4 > 0 THEN g % 17 + 3 END",
    "learning_minutes": "5 + g % 90",
    "uses": "CASE WHEN g % 50 = 0 THEN g / 50 % 40 ELSE 0 END",
}
PAGE = {
    "id": f"{BEYOND} + g",
    "path": "substr(s.path, 1, length(s.path) - 4) || 'Z' || lpad(to_hex(g), 7, '0')",
    "depth": "s.depth + 1",
    "slug": "'g-' || g",
    "url_path": "s.url_path || 'g-' || g || '/'",
    "title": "md5(g::text) || ' kas tai yra'",
    "translation_key": "gen_random_uuid()",
    "live_revision_id": "NULL",
    "latest_revision_id": "NULL",
}
BITMAPS = """
TRUNCATE repository_codebitmap;
INSERT INTO repository_codebitmap (code, block, bits)
SELECT code, one.id / 8192, bit_or(set_bit(0::bit(8192), (one.id % 8192)::int, 1))
FROM repository_resource one, unnest(repository_public_codes(one)) code GROUP BY 1, 2;
"""
LIMIT = (
    "SELECT * FROM repository_resource WHERE state IN ('published', 'review_due')"
    " ORDER BY uses DESC, published_at DESC, id LIMIT 20"
)
PUBLISH = "UPDATE repository_resource SET state = %s, topics = topics WHERE id = %s"


def main() -> int:
    """Measure at every size; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1000,10000,100000")
    parser.add_argument("--times", type=int, default=20, help="how often each page is asked for")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    aims, held = Aims(), 0
    with new_installation(PEOPLE, **GATE) as installation:
        seed_demo(installation)
        port = installation.serve(1)
        for size in sizes:
            with installation.connect() as connection:
                _grow(connection, (held + 1, size))
                bare = _timed(lambda: connection.execute(LIMIT).fetchall(), options.times)[1]
                published = _publish(connection)
            held = size
            print(f"{size} resources and pages ({machine()}); bare statement p95 {bare:.1f} ms", flush=True)
            print(f"    noting one published resource in the bitmaps: {published:.1f} ms")
            _measure(installation, port, options.times, bare, aims if size == sizes[-1] else None)
    return aims.verdict()


def _measure(installation: Installation, port: int, times: int, bare: float, aims: Aims | None) -> None:
    for name, path in PAGES.items():
        with Visitor(port, headers={"User-Agent": "Mozilla/5.0", "Cookie": "a=b"}) as visitor:

            def ask(visitor: Visitor = visitor, path: str = path) -> None:
                answer = visitor.get(path)
                if answer.status != 200:
                    raise SystemExit(f"{path}: {answer.status}")

            half, most = _timed(ask, times)
        print(f"    {name}: p50 {half:.1f} ms, p95 {most:.1f} ms, {most / bare:.0f} × bare", flush=True)
        if aims is not None:
            aims.expect(f"p95 of “{name}”", most, most=GOAL_MS, unit=" ms")


def _grow(connection: Any, numbers: tuple[int, int]) -> None:
    """Copies from one number to another. Triggers and references are left out: they would take hours."""
    connection.execute("SET session_replication_role = replica")
    _copy(connection, "repository_resource", RESOURCE, f"s.slug_lt = '{LESSON}'", numbers)
    found = f"s.url_path = '{EXPLANATION}'"
    _copy(connection, "wagtailcore_page", PAGE, found, numbers)
    own = f"(SELECT id FROM wagtailcore_page WHERE url_path = '{EXPLANATION}')"
    about = {"page_ptr_id": f"{BEYOND} + g", "topics": "ARRAY['cyberbullying']::varchar(40)[]"}
    _copy(connection, "portal_portalpage", about, f"s.page_ptr_id = {own}", numbers)
    key = {"portalpage_ptr_id": f"{BEYOND} + g"}
    _copy(connection, "portal_explainerpage", key, f"s.portalpage_ptr_id = {own}", numbers)
    connection.execute("SET session_replication_role = DEFAULT")
    connection.execute(BITMAPS)
    connection.execute("VACUUM ANALYZE")


def _copy(connection: Any, table: str, other: dict[str, str], which: str, numbers: tuple[int, int]) -> None:
    """Copies of one row; `other` says which columns differ."""
    columns = connection.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table]
    ).fetchall()
    names = ", ".join(f'"{name}"' for (name,) in columns)
    values = ", ".join(other.get(name, f's."{name}"') for (name,) in columns)
    series = "generate_series({}, {})".format(*numbers)
    connection.execute(
        f"INSERT INTO {table} ({names}) SELECT {values} FROM {table} s, {series} g WHERE {which}"
    )


def _publish(connection: Any) -> float:
    """Milliseconds to note one resource that is published, the middle of fifty."""
    keys = [BEYOND + number for number in range(1, 51)]
    for key in keys:
        connection.execute(PUBLISH, ["draft", key])
    took = []
    for key in keys:
        begun = time.perf_counter()
        connection.execute(PUBLISH, ["published", key])
        took.append((time.perf_counter() - begun) * 1000)
    return statistics.median(took)


def _timed(ask: Callable[[], Any], times: int) -> tuple[float, float]:
    """Half and 95 % of the times in milliseconds, after some that do not count: plans are made and kept."""
    for _number in range(8):
        ask()
    took = []
    for _number in range(times):
        begun = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begun) * 1000)
    return percentile(took, 0.5), percentile(took, 0.95)


if __name__ == "__main__":
    raise SystemExit(main())

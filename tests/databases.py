"""The test databases: templates made once a run, a clone of each for every worker, and the way back after a
test that commits.

`EMPTY` holds tables, roles and vocabularies, as `sauga init` leaves them. `STAFFED` adds the people of
`tests.centre`, `PLANTED` the first pages of the site, `PUBLISHED` the demo's site and resources, `SEEDED` the
demo's cases of hotline and helpline.
The hook in `conftest.py` chooses by the fixtures of a test. A test within a transaction is rolled back as
ever; after one that commits, `restore` puts back the rows of those tables only that have changed.
"""

import fcntl
import gc
import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.cache import caches
from django.core.management import call_command
from django.db import connection, connections
from psycopg import sql
from psycopg.conninfo import make_conninfo
from rig import tables

from sauga.kernel import vocab
from sauga.kernel.vocab import memory
from sauga.selfcheck.personal.actions.drafts import load_bank
from tests.parallel import WORKER

EMPTY, STAFFED, PLANTED, PUBLISHED, SEEDED = "empty", "staffed", "planted", "published", "seeded"
BELOW = {STAFFED: EMPTY, PLANTED: STAFFED, PUBLISHED: PLANTED, SEEDED: PUBLISHED}
"""Which template another one is made from."""
BEGAN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
"""When the centre of the tests was set up: policies are valid from then on."""
COPIES = "baseline"
"""The schema in which a template keeps a copy of each table that is not empty."""
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
}
"""A test database need not survive a power cut."""

_cloned: set[str] = set()


def use(kind: str) -> None:
    """Work on this worker's clone of a template from now on; it is made when first wanted."""
    name = f"test_{kind}_{os.environ.get(WORKER, 'main')}"
    if kind not in _cloned:
        _prepare(kind)
        with _maintenance() as server:
            server.execute(
                sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(_template(kind))
                )
            )
        _cloned.add(kind)
        _connect_to(name)
        _baseline(name)
    _connect_to(name)


@contextmanager
def bare(purpose: str) -> Iterator[None]:
    """Work on a database without a table; afterwards it is dropped, and this worker's clone is back.

    Django keeps the numbers that a database has given to the kinds of rows. All clones have the same ones;
    this one has not.
    """
    from django.contrib.contenttypes.models import ContentType

    before = connection.settings_dict["NAME"]
    name = f"test_{purpose}_{os.environ.get(WORKER, 'main')}"
    with _maintenance() as server:
        server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    try:
        _connect_to(name)
        ContentType.objects.clear_cache()
        yield
    finally:
        _connect_to(before)
        ContentType.objects.clear_cache()
        with _maintenance() as server:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def make_templates() -> None:
    """Make all of them; a worker that wants one meanwhile waits for it."""
    for kind in FILL:
        _prepare(kind)


def people() -> dict[str, list[str]]:
    """Of each role in the staffed database: the e-mail address and the secret of the authenticator."""
    found: dict[str, list[str]] = json.loads(_people_file().read_text(encoding="utf-8"))
    return found


def seeded_at() -> datetime:
    """The instant at which the demo's cases of the seeded database stand."""
    return datetime.fromisoformat(_seeded_file().read_text(encoding="ascii"))


def restore() -> None:
    """Make the rows of every table what they were before the first test.

    Sequences go on, as after a rollback.
    """
    baseline = _baseline(connection.settings_dict["NAME"])
    changed = baseline.changed()
    if changed:
        with connection.cursor() as cursor:
            # Without triggers and checks of references: the baseline is consistent, and the audit log
            # refuses deletions.
            cursor.execute("SET session_replication_role = replica")
            try:
                for table in changed:
                    cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier("public", table)))
                    if table in baseline.held:
                        cursor.execute(baseline.refill(table))
            finally:
                cursor.execute("SET session_replication_role = origin")
        baseline.held.update(fingerprints([table for table in changed if table in baseline.held]))
    memory.forget()


@dataclass(frozen=True)
class Baseline:
    """What a clone holds before a test: fingerprints of the tables with rows, the names of those without."""

    held: dict[str, tuple[int, int]]
    empty: list[str]
    columns: dict[str, list[str]]

    def changed(self) -> list[str]:
        """The tables whose rows are not those of the template.

        Of those that were empty only the ones are asked that have ever been written to, which shows in their
        size: most have not, and a question about all of them takes long to plan.
        """
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' "
                "AND relname = ANY(%s) AND pg_relation_size(oid) > 0",
                [self.empty],
            )
            written = [name for (name,) in cursor.fetchall()]
            if written:
                cursor.execute(_union("SELECT {name} WHERE EXISTS (SELECT FROM {table})", written))
                written = [name for (name,) in cursor.fetchall()]
        return written + [
            name for name, print_ in fingerprints(list(self.held)).items() if print_ != self.held[name]
        ]

    def refill(self, table: str) -> sql.Composed:
        """The statement that copies the rows back; computed columns compute themselves."""
        columns = sql.SQL(", ").join(map(sql.Identifier, self.columns[table]))
        return sql.SQL("INSERT INTO {} ({columns}) OVERRIDING SYSTEM VALUE SELECT {columns} FROM {}").format(
            sql.Identifier("public", table), sql.Identifier(COPIES, table), columns=columns
        )


def fingerprints(tables: list[str]) -> dict[str, tuple[int, int]]:
    """Of each table: how many rows, and the sum of the numbers of the transactions that wrote them.

    A row that is inserted or updated bears a higher number than any before: as long as the count is the same,
    every change makes the sum higher. What the rows say need not be read for that.
    """
    if not tables:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            _union("SELECT {name}, count(*), coalesce(sum(xmin::text::bigint), 0) FROM {table}", tables)
        )
        return {name: (count, int(total)) for name, count, total in cursor.fetchall()}


@cache
def _baseline(_database: str) -> Baseline:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [COPIES])
        held = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        empty = sorted({name for (name,) in cursor.fetchall()} - held)
        cursor.execute(
            "SELECT table_name, array_agg(column_name::text) FROM information_schema.columns "
            "WHERE table_schema = 'public' AND is_generated = 'NEVER' GROUP BY table_name"
        )
        columns = dict(cursor.fetchall())
    return Baseline(fingerprints(sorted(held)), empty, {name: columns[name] for name in held})


def _union(each: str, tables: list[str]) -> sql.Composed:
    """One statement that asks the same of many tables of ours."""
    asked = (
        sql.SQL(each).format(name=sql.Literal(one), table=sql.Identifier("public", one)) for one in tables
    )
    return sql.SQL(" UNION ALL ").join(asked)


def _prepare(kind: str) -> None:
    """Make a template, unless another worker has made it or is about to; first the one below it."""
    if kind in BELOW:
        _prepare(BELOW[kind])
    done = settings.ENV.data / f"template-{kind}"
    with (settings.ENV.data / f"template-{kind}-lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            with ThreadPoolExecutor(
                1
            ) as thread:  # the stories make event loops of their own; a browser's may run in this thread
                thread.submit(_make_template, kind).result()
            done.touch()


def _make_template(kind: str) -> None:
    with _maintenance() as server:
        if kind == EMPTY:
            for name, value in FAST.items():
                server.execute(
                    sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
                )
            server.execute("SELECT pg_reload_conf()")
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_template(EMPTY))))
        else:
            made, below = sql.Identifier(_template(kind)), sql.Identifier(_template(BELOW[kind]))
            server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(made, below))
    with _working_on(kind):
        FILL[kind]()
    memory.forget()


def _install() -> None:
    here = make_conninfo(settings.DATABASE_URL, dbname=_template(EMPTY))
    tables.load(here)
    gc.disable()  # it would look again and again at the thousands of model classes that migrations make
    try:
        call_command("migrate", verbosity=0, interactive=False)
    finally:
        gc.enable()
    tables.keep(here)
    vocab.load_all(at=BEGAN)
    load_bank(BEGAN)  # a page that is always there


def _hire_staff() -> None:
    from tests.centre import staff

    centre = staff()
    _people_file().write_text(
        json.dumps({role: [person.email, centre.totp[role]] for role, person in centre.people.items()})
    )


def _plant() -> None:
    from sauga.kernel import clock
    from sauga.kernel.states import SystemActor
    from sauga.portal.actions.site_setup import set_up_site

    set_up_site(by=SystemActor("site"), at=clock.now())


def _publish() -> None:
    from flows.whole import tell

    from tests.centre import staffed

    tell(staffed())


def _seed() -> None:
    from flows.hotline import Accounts

    from sauga.helpline import demo as helpline
    from sauga.hotline import demo as hotline
    from sauga.kernel import clock, services
    from tests.centre import staffed

    at, centre = clock.now(), staffed()
    for config in services.installed():
        config.load_data(at)
    hotline.seed(at, Accounts(centre))
    helpline.seed(at, Accounts(centre))
    _seeded_file().write_text(at.isoformat(), encoding="ascii")


FILL = {EMPTY: _install, STAFFED: _hire_staff, PLANTED: _plant, PUBLISHED: _publish, SEEDED: _seed}


@contextmanager
def _working_on(kind: str) -> Iterator[None]:
    """Fill a template; at the end a copy of each table with rows is laid beside it."""
    _connect_to(_template(kind))
    yield
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = sorted(name for (name,) in cursor.fetchall())
        cursor.execute(_union("SELECT {name} WHERE EXISTS (SELECT FROM {table})", tables))
        held = [name for (name,) in cursor.fetchall()]
        cursor.execute(f"DROP SCHEMA IF EXISTS {COPIES} CASCADE")
        cursor.execute(f"CREATE SCHEMA {COPIES}")
        for name in held:
            cursor.execute(
                sql.SQL("CREATE TABLE {} AS TABLE {}").format(
                    sql.Identifier(COPIES, name), sql.Identifier("public", name)
                )
            )
        cursor.execute("ANALYZE")
    _disconnect()


def _template(kind: str) -> str:
    return f"sauga_template_{kind}"


def _seeded_file() -> Path:
    folder: Path = settings.ENV.data
    return folder / "seeded-at"


def _people_file() -> Path:
    folder: Path = settings.ENV.data
    return folder / "people-of-the-template.json"


def _connect_to(name: str) -> None:
    """Django's connections of this process lead to this database from now on."""
    if connection.settings_dict["NAME"] != name:
        _disconnect()
        connection.settings_dict["NAME"] = name
        memory.forget()
        caches["default"].clear()  # where Wagtail keeps what the roots of the site are


def _disconnect() -> None:
    """Close the connections of this process, kept ones too."""
    connections.close_all()
    connection.close_pool()


@contextmanager
def _maintenance() -> Iterator[Any]:
    """A connection to the server's own database, for making others."""
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        yield server

"""The dump of all tables, with which the tests of installations begin: what the migrations make, and nothing
else. `test_own_server.py` makes the tables by the command itself.
"""

import os
import subprocess

import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo
from rig import tables

from sauga.project.postgresql import database

pytestmark = pytest.mark.django_db


def schema(*command: str) -> list[str]:
    """The statements that a program of PostgreSQL writes, without its remarks, which name versions."""
    options = ["--schema-only", "--no-owner", "--exclude-schema=baseline"]
    done = subprocess.run(
        [database.program(command[0]), *options, *command[1:]], capture_output=True, text=True, check=True
    )
    return [line for line in done.stdout.splitlines() if line and not line.startswith(("--", "\\"))]


def test_the_dump_holds_the_tables_as_the_migrations_make_them():
    given = connection.get_connection_params()
    here = make_conninfo(
        **{name: given[name] for name in ("host", "port", "dbname", "user") if name in given}
    )
    migrated = schema("pg_dump", f"--dbname={here}")
    assert sum(line.startswith("CREATE TABLE") for line in migrated) > 250
    assert schema("pg_restore", "--file=-", os.environ[tables.DUMP]) == migrated

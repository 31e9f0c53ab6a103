"""All tables from nothing, by our `migrate` and by Django's own, in databases of one server.

    python benchmarks/migrations.py

Prints the processor time of both and the ratio; the tables must be the same, statement for statement.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from rig.figures import Aims, machine

MIGRATE = """
import sys, time
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate as djangos
begun = time.process_time()
call_command(djangos.Command() if sys.argv[1] == "django" else "migrate", verbosity=0, interactive=False)
print(time.process_time() - begun)
"""
PATIENCE = 10.0


def main() -> int:
    """Measure both and compare what they made."""
    folder = Path(tempfile.mkdtemp(prefix="sauga-bench-"))
    folder.chmod(0o711)  # the database's own user must pass through
    os.environ.update({"SAUGA_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "sauga.project.settings.dev"})
    from sauga.project.postgresql import database

    aims, seconds, made = Aims(), {}, {}
    server = database.start_embedded(folder)
    try:
        for name in ("ours", "django"):
            url = _new_database(server, name)
            seconds[name] = float(_said([sys.executable, "-c", MIGRATE, name], DATABASE_URL=url))
            made[name] = _statements(_said([database.program("pg_dump"), "--schema-only", url]))
    finally:
        database.release_embedded(folder, patience=PATIENCE)
        shutil.rmtree(folder)
    print(f"ours {seconds['ours']:.1f} s of a processor, Django's {seconds['django']:.1f} s ({machine()})")
    aims.expect("statements that differ", len(made["ours"] ^ made["django"]), most=0)
    aims.expect("ours beside Django's", seconds["ours"] / seconds["django"], most=0.5, unit=" times")
    return aims.verdict()


def _new_database(server: str, name: str) -> str:
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE made_by_{name}".encode())
    return urlsplit(server)._replace(path=f"/made_by_{name}").geturl()


def _said(command: list[str], **more: str) -> str:
    done = subprocess.run(command, env={**os.environ, **more}, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    return done.stdout


def _statements(dump: str) -> set[str]:
    """What makes the tables, without remarks and without what differs from dump to dump."""
    lines = (line for line in dump.splitlines() if not line.startswith(("--", "\\")))
    return {one.strip() for one in "\n".join(lines).split(";\n")}


if __name__ == "__main__":
    raise SystemExit(main())

"""A PostgreSQL of the operator's own: migrations, the demo's people, backup and restore, all
through DATABASE_URL.
"""

import json
import os
import subprocess
import sys

import pytest
from architecture.tree import ROOT
from rig.forks import Forks

from project.servers import own_server
from sauga.project.postgresql import archive
from tests.repetition import IS_WHOLE


@pytest.fixture(scope="module")
def server():
    with own_server() as url:
        yield url


@pytest.fixture
def run(server, tmp_path):
    """Run `sauga` (or Python code) against the second server, with a data folder of its own.

    The first command at each server is a process of its own; the others are forks of one that has loaded the
    product (in `make prove` processes, too).
    """
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SAUGA_", "DJANGO_"))}
    begun, loaded = set(), {}

    def call(*arguments, url=server, data=tmp_path / "data", given="", code=""):
        environ = {
            **kept,
            "DATABASE_URL": url,
            "SAUGA_DATA": str(data),
            "SAUGA_DEMO": "1",
            "PYTHONPATH": os.pathsep.join(["tests", "benchmarks"]),
        }
        command = ["-c", code] if code else ["-m", "sauga", *map(str, arguments)]
        if IS_WHOLE or url not in begun:
            begun.add(url)
            return subprocess.run(
                [sys.executable, *command],
                env=environ,
                input=given,
                capture_output=True,
                text=True,
                timeout=300,
                check=False,
            )
        if url not in loaded:
            (folder := tmp_path / f"commands-{len(loaded)}").mkdir()
            loaded[url] = Forks(environ, folder, ROOT)
        return loaded[url].ask(*command, given=given)

    yield call
    for forks in loaded.values():
        forks.stop()


SETTLE = """
from sauga.project import cli
cli.prepare()
from pathlib import Path
from django.conf import settings
from sauga.kernel import clock, sealed
from sauga.kernel.sealed import Zone
from sauga.kernel.identity.models import Person
from sauga.project.demo import people
cast = people.accounts(settings.ENV.data / "demo" / "accounts.json")
cast = [one for one in cast if one.organisation == "HOTLINE"]  # two derivations of a key for each
escrow = sealed.keys.escrow_create(Zone.HOTLINE)
sealed.keys.escrow_create = lambda zone: escrow
assert people.settle(cast, clock.now())
assert not people.settle(cast, clock.now())
from django.db import transaction
with transaction.atomic():
    key = sealed.new_data_key(zone=Zone.HOTLINE, holder="report:TEST", recipients=[sealed.Recipient.TEAM])
print(*escrow.shares, sep="\\n")
"""
OPEN = """
from sauga.project import cli
cli.prepare()
from sauga.kernel import sealed
from sauga.kernel.sealed import Zone
from sauga.kernel.identity.models import Person
from sauga.project.demo.people import PASSWORD
vault = sealed.unlock_with_password(Person.objects.get(email="analyst@hotline.example").pk, PASSWORD)
try:
    sealed.open_data_key(zone=Zone.HOTLINE, holder="report:TEST", opener=vault)
    print("opened")
except sealed.KeyNotAvailable:
    print("gone")
"""


@pytest.mark.prove
@pytest.mark.slow("three servers: tables from nothing, people with keys, a backup and two restores")
def test_from_empty_database_to_restored_backup(run, server, tmp_path):
    """One story, because each step needs the one before: init, people and keys, check, backup, restore
    elsewhere, an old backup.
    """
    first = run("init")
    assert first.returncode == 0, first.stderr
    assert "migrations applied" in first.stdout
    assert "tables: up to date" in run("init").stdout
    without_keys = run("backup", tmp_path / "without-keys")
    assert without_keys.returncode == 2 and "no zone has keys yet" in without_keys.stderr

    told = run(code=SETTLE)
    assert told.returncode == 0, told.stderr
    shares = told.stdout.split("\n")[:3]

    health = run("check")
    assert "PostgreSQL 18 (your own server" in health.stdout
    assert "ok    keys: zone hotline: sound" in health.stdout
    assert run("check", "audit").returncode == 0

    backups = tmp_path / "backups"
    written = run("backup", backups)
    assert written.returncode == 0, written.stderr
    parts = sorted(path.name.rpartition("-")[2] for path in backups.glob("*.sauga"))
    assert parts == ["data.sauga", "files.sauga", "keys.sauga"]
    held = b"".join(path.read_bytes() for path in backups.iterdir())
    assert b"analyst@hotline.example" not in held
    assert b"CREATE TABLE" not in held
    assert all(path.stat().st_mode & 0o077 == 0 for path in backups.iterdir())

    assert run("restore", backups, given="\n".join(shares[:2]) + "\n").returncode == 2, (
        "a database with tables must not be restored into"
    )
    _restores(run, server, tmp_path, backups, shares)
    _restores_without_keys(run, server, tmp_path, backups, shares)


def _restores(run, server, tmp_path, backups, shares):
    with own_server() as other:
        wrong = run(
            "restore", backups, url=other, data=tmp_path / "second", given=f"{shares[0]}\n{shares[0]}\n"
        )
        assert wrong.returncode == 2
        done = run(
            "restore", backups, url=other, data=tmp_path / "second", given=f"{shares[2]}\n{shares[0]}\n"
        )
        assert done.returncode == 0, done.stderr + done.stdout
        assert "every table has the rows it had" in done.stdout
        assert run(url=other, data=tmp_path / "second", code=OPEN).stdout.strip() == "opened"
        assert run("check", "audit", url=other, data=tmp_path / "second").returncode == 0


def _restores_without_keys(run, server, tmp_path, backups, shares):
    """An old backup, whose key part has been deleted: the database comes back, the texts do not."""
    next(backups.glob("*-keys.sauga")).unlink()
    with own_server() as other:
        done = run("restore", backups, url=other, data=tmp_path / "third", given="\n".join(shares[:2]) + "\n")
        assert done.returncode == 0, done.stderr + done.stdout
        assert "cannot be read any more" in done.stdout
        assert run(url=other, data=tmp_path / "third", code=OPEN).stdout.strip() == "gone"


def test_damaged_backup_changes_nothing(run, tmp_path):
    folder = tmp_path / "b"
    folder.mkdir()
    for part in archive.PARTS:
        (folder / f"sauga-1-{part}.sauga").write_bytes(b"x" * 100)
    sums = dict.fromkeys(archive.PARTS, "0")
    (folder / "sauga-1.json").write_text(
        json.dumps({"zone": "hotline", "rows": {}, "sha256": sums}), encoding="utf-8"
    )
    done = run("restore", folder, given="A\nB\n")
    assert done.returncode == 2
    assert "share" in done.stderr
    assert run("restore", tmp_path / "empty").returncode == 2

"""`sauga check audit --witness FILE`: the command finds a cut of all zones, and never calls an empty or
foreign file a proof.
"""

from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from sauga.kernel import audit, clock
from sauga.kernel.audit.models import TrailLine
from sauga.kernel.audit.trail import Trail
from sauga.kernel.states import SystemActor
from sauga.project.cli import CannotRun
from sauga.project.commands import check

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def witness(settings, tmp_path, monkeypatch):
    """Two zones, signed and delivered to a file."""
    monkeypatch.setattr(check, "prepare", lambda: None)
    file = tmp_path / "heads"
    settings.ENV = replace(settings.ENV, data=tmp_path, witness_file=str(file))
    for zone in ("north", "south", "north"):
        audit.record(
            SystemActor("audit"), Trail.KEY_ROTATED, None, zone=zone, at=clock.now(), facts={"key": "x"}
        )
    audit.sign_heads(clock.now())
    audit.deliver_heads(clock.now())
    return file


def ran(capsys, *files, what="audit", key=()):
    code = check.run(
        SimpleNamespace(what=what, file=None, witness=[str(file) for file in files], key=list(key))
    )
    return code, capsys.readouterr().out


def test_a_whole_log_is_whole_with_and_without_the_file(witness, capsys):
    assert ran(capsys)[0] == 0
    code, said = ran(capsys, witness)
    assert code == 0 and "compared with 2 signed heads" in said and "north: 2 lines, whole" in said


def test_a_cut_of_all_zones_is_found_with_the_file_alone(witness, capsys):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in ("traillink", "trailline", "signedhead", "trailhead"):
            cursor.execute(f"DELETE FROM audit_{table}")
    assert not TrailLine.objects.exists()
    assert ran(capsys) == (0, "ok    trail: empty\n")
    code, said = ran(capsys, witness)
    assert code == 1 and said.count("TRUNCATED at line 1") == 2


def test_a_file_that_proves_nothing_is_bad(witness, tmp_path, capsys):
    empty, changed = tmp_path / "empty", tmp_path / "changed"
    empty.write_text("")
    changed.write_text(witness.read_text().replace('"sequence":2', '"sequence":1'))
    code, said = ran(capsys, empty)
    assert code == 1 and "nothing was compared" in said
    code, said = ran(capsys, changed)
    assert code == 1 and f"{changed}:1" in said
    assert ran(capsys, witness, key=["00" * 32])[0] == 1
    for files, key in (([tmp_path / "none"], []), ([witness], ["no key"])):
        with pytest.raises(CannotRun):
            ran(capsys, *files, key=key)
    with pytest.raises(CannotRun):
        ran(capsys, witness, what="all")


def test_health_says_whether_heads_leave_the_machine(witness, settings, monkeypatch):
    said = [(answer.grade, answer.text) for answer in check._deliveries()]
    assert (
        said[0] == (check.Grade.GOOD, "trail: signed heads leave this machine (file)")
        and said[1][0] is check.Grade.NOTE
    )
    audit.record(
        SystemActor("audit"), Trail.KEY_ROTATED, None, zone="north", at=clock.now(), facts={"key": "x"}
    )
    audit.sign_heads(clock.now(), force=True)
    late = clock.now() + timedelta(hours=2)
    monkeypatch.setattr(clock, "now", lambda: late)
    assert next(check._deliveries()).grade is check.Grade.BAD
    settings.ENV = replace(settings.ENV, witness_file="")
    assert next(check._deliveries()).grade is check.Grade.NOTE

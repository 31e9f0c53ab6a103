"""`sauga demo` on a folder that an older version made adds whom it lacks, or says in a sentence what to do.

`data/older_demos.json` has, of the two newest such versions by their commit, who was in `accounts.json`
and which services were in `played.json`.
"""

import json
import os
import subprocess
import sys

import pytest
from architecture.tree import ROOT

from sauga.kernel import clock, sealed
from sauga.kernel.identity.models import Membership
from sauga.project.cli import CannotRun
from sauga.project.demo import people
from sauga.project.demo.cast import refuse_older
from sauga.project.setup import steps

OLDER = json.loads((ROOT / "tests" / "project" / "data" / "older_demos.json").read_text(encoding="utf-8"))
REFUSED, COMPLETED = "17ea4b0", "e79acaf2"


def folder_of(version, tmp_path, cast):
    """A folder with what the demo of a version wrote down of itself."""
    rows = [vars(account) for account in cast if account.user in OLDER[version]["users"]]
    (tmp_path / "demo").mkdir(parents=True)
    (tmp_path / "demo" / "accounts.json").write_text(json.dumps(rows), encoding="utf-8")
    (tmp_path / "demo" / "played.json").write_text(json.dumps(OLDER[version]["played"]), encoding="utf-8")
    return tmp_path


def test_one_from_before_most_services_is_refused_in_a_sentence_and_nothing_is_changed(tmp_path):
    folder = folder_of(REFUSED, tmp_path / "older", people.accounts(tmp_path / "drawn" / "accounts.json"))
    before = sorted(path.name for path in folder.rglob("*"))
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAUGA_", "DJANGO_", "DATABASE_URL"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "sauga", "demo", "--port", "0", "--data", str(folder)],
        env=kept,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert "is of an older version, which knew nothing of" in done.stderr and "events" in done.stderr
    assert "remove that folder to begin anew, or choose another one with --data" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in folder.rglob("*") if path.name != "lock") == before


@pytest.mark.django_db
def test_one_that_lacks_people_only_gets_them_and_nobody_twice(tmp_path):
    drawn = people.accounts(tmp_path / "drawn" / "accounts.json")
    folder = folder_of(COMPLETED, tmp_path / "older", drawn)
    refuse_older(folder)
    then = [account for account in drawn if account.user in OLDER[COMPLETED]["users"]]
    assert people.settle(then, clock.now()) == len(then)
    now = people.accounts(folder / "demo" / "accounts.json")
    assert now[: len(then)] == then, "who was there keeps the sign-in"
    assert people.settle(now, clock.now()) == len(now) - len(then)
    assert people.settle(now, clock.now()) == 0
    assert steps.missing(clock.now()) == [], "nothing that `sauga check` would call BAD"


@pytest.mark.django_db
def test_who_is_added_later_gets_the_keys_of_the_zone(tmp_path):
    """An analyst of the hotline, as if today's version were the first that has her."""
    cast = people.accounts(tmp_path / "accounts.json")
    late = next(account for account in cast if account.user == "colleague@hotline.example")
    people.settle([account for account in cast if account != late], clock.now())
    assert people.settle(cast, clock.now()) == 1
    person = Membership.objects.get(person__email=late.user).person
    vault = sealed.unlock_with_password(person.pk, late.password)
    assert vault.zones == {sealed.Zone.HOTLINE} and sealed.keys.inspect(sealed.Zone.HOTLINE) == []


def test_one_whose_making_was_broken_off_goes_on(tmp_path):
    (tmp_path / "demo").mkdir()
    people.accounts(tmp_path / "demo" / "accounts.json")
    (tmp_path / "demo" / "played.json").write_text('{"hotline": true}', encoding="utf-8")
    refuse_older(tmp_path)


def test_every_older_version_is_refused_or_completed(tmp_path):
    """Whatever is added to the demo next: neither ends in an error of Python."""
    assert list(OLDER) == [REFUSED, COMPLETED]
    drawn = people.accounts(tmp_path / "drawn" / "accounts.json")
    for version in OLDER:
        folder = folder_of(version, tmp_path / version, drawn)
        if version == REFUSED:
            with pytest.raises(CannotRun):
                refuse_older(folder)
        else:
            refuse_older(folder)

"""`sauga keys rotate-file` and `rotate-service`: what was made under the former key goes on, and the trail
says what was done.
"""

import argparse
import os
import time
from dataclasses import replace

import pytest
from allauth.mfa.models import Authenticator

from sauga.kernel import audit, clock
from sauga.kernel.audit import seals
from sauga.kernel.audit.trail import Trail
from sauga.kernel.identity.signin import mfa
from sauga.kernel.sealed import files
from sauga.kernel.states import SystemActor
from sauga.project import rotation
from sauga.project.cli import CannotRun
from sauga.project.commands import check, keys
from sauga.project.settings import keyfiles
from tests.centre import Centre, centre  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


class Stopped(Exception):
    """The machine went down."""


@pytest.fixture
def folder(centre: Centre, settings, tmp_path):
    """Key files of this test's own; those of the installation are copied, so that its people
    can still sign in.
    """
    old = files.folder()
    (tmp_path / "keys").mkdir()
    for path in old.glob("*"):
        (tmp_path / "keys" / path.name).write_bytes(path.read_bytes())
        (tmp_path / "keys" / path.name).chmod(0o600)
    settings.ENV = replace(settings.ENV, data=tmp_path, secret_key="")
    files.forget()
    yield files.folder()
    files.forget()


def run(**options) -> int:
    command = {"rotate-file": keys._rotate_file}.get(options["what"], keys._zoned)
    return command(argparse.Namespace(prepare=False, retire=False, **options))


def written() -> list[str]:
    lines = audit.zone_lines(audit.INSTALLATION, limit=50)
    return [line.facts["key"] for line in lines if line.action == Trail.KEY_ROTATED]


def act() -> None:
    audit.record(
        SystemActor("audit"),
        Trail.PREFIX_DROPPED,
        "north",
        zone="north",
        at=clock.now(),
        facts={"sequence": 1},
    )


@pytest.mark.django_db(transaction=True)
class TestTrail:
    def test_former_signatures_still_verify_and_new_ones_too(self, folder):
        act()
        audit.sign_heads(clock.now(), force=True)
        before = seals.signer().public
        assert run(what="rotate-file", file="trail") == 0
        act()
        audit.sign_heads(clock.now(), force=True)
        assert seals.signer().public != before and before in seals.trusted()
        assert all(audit.verify(zone).ok for zone in ("north", audit.INSTALLATION))
        assert not audit.verify(
            "north", keys={seals.signer().public}
        ).ok  # so the list of former keys is what carries it

    def test_stopped_before_the_new_key_was_placed(self, folder, monkeypatch):
        act()
        audit.sign_heads(clock.now(), force=True)
        place = files.place

        def fragile(path, content):
            if path.name == seals.KEY:
                raise Stopped
            place(path, content)

        with monkeypatch.context() as broken:
            broken.setattr(files, "place", fragile)
            with pytest.raises(Stopped):
                seals.rotate()
        assert audit.verify("north").ok
        seals.rotate()
        assert audit.verify("north").ok and len(seals.trusted()) == 2


class TestSecondFactors:
    def test_everybody_signs_in_as_before(self, folder, centre: Centre):
        kept = {
            row.pk: mfa.SaugaAdapter().decrypt(row.data["secret"])
            for row in Authenticator.objects.filter(type="totp")
        }
        assert kept and run(what="rotate-file", file="factors") == 0
        assert not (folder / "factors-former").exists()
        assert {
            row.pk: mfa.SaugaAdapter().decrypt(row.data["secret"])
            for row in Authenticator.objects.filter(type="totp")
        } == kept

    def test_stopped_in_the_middle_both_keys_open_and_it_is_gone_on_with(
        self, folder, centre: Centre, monkeypatch
    ):
        kept = {
            row.pk: mfa.SaugaAdapter().decrypt(row.data["secret"])
            for row in Authenticator.objects.filter(type="totp")
        }
        encrypt, done = mfa.SaugaAdapter.encrypt, []

        def fragile(self, text):
            if len(done) == 3:
                raise Stopped
            done.append(text)
            return encrypt(self, text)

        with monkeypatch.context() as broken:
            broken.setattr(mfa.SaugaAdapter, "encrypt", fragile)
            with pytest.raises(Stopped):
                run(what="rotate-file", file="factors")
        present = (folder / "factors").read_bytes()
        assert {
            pk: mfa.SaugaAdapter().decrypt(Authenticator.objects.get(pk=pk).data["secret"]) for pk in kept
        } == kept
        assert run(what="rotate-file", file="factors") == 0
        assert (folder / "factors").read_bytes() == present and not (folder / "factors-former").exists()
        assert {
            pk: mfa.SaugaAdapter().decrypt(Authenticator.objects.get(pk=pk).data["secret"]) for pk in kept
        } == kept


class TestOverlap:
    def test_a_second_rotation_waits_until_the_first_has_run_out(self, folder):
        files.subkey(files.TICKETS, "use")
        assert run(what="rotate-file", file="tickets") == 0
        with pytest.raises(CannotRun, match="still opens until"):
            run(what="rotate-file", file="tickets")
        long_ago = time.time() - 49 * 3600
        os.utime(folder / "tickets-former", (long_ago, long_ago))
        held = (folder / "tickets").read_bytes()
        assert run(what="rotate-file", file="tickets") == 0
        assert (folder / "tickets-former").read_bytes() == held

    def test_django_gets_the_former_key_to_verify_with(self, folder):
        before = keyfiles.secret_key(folder.parent)
        assert keyfiles.former_secret_keys(folder.parent) == []
        assert run(what="rotate-file", file="signing") == 0
        assert keyfiles.secret_key(folder.parent) != before and len(keyfiles.secret_key(folder.parent)) >= 50
        assert keyfiles.former_secret_keys(folder.parent) == [before]

    def test_a_key_that_comes_from_the_environment_is_changed_there(self, folder, settings):
        settings.ENV = replace(settings.ENV, secret_key="x" * 60)
        with pytest.raises(CannotRun, match="SAUGA_SECRET_KEY"):
            run(what="rotate-file", file="signing")


def test_machines_key_from_the_command_line(folder, centre: Centre, capsys):
    assert run(what="rotate-service", zone="hotline") == 0
    assert "version 2" in capsys.readouterr().out and (folder / "hotline-service-2").exists()
    assert (
        keys._zoned(argparse.Namespace(what="rotate-service", zone="hotline", prepare=False, retire=True))
        == 0
    )
    assert not (folder / "hotline-service").exists()
    assert (
        keys._zoned(argparse.Namespace(what="rotate-service", zone="hotline", prepare=True, retire=False))
        == 0
    )
    assert "hotline-service-3" in capsys.readouterr().out and (folder / "hotline-service-3").exists()
    assert written() == ["hotline-service-2"]


def test_check_tells_of_a_rotation_that_stopped(folder):
    files.subkey(files.TICKETS, "use")
    assert list(check._rotations()) == []
    (folder / "tickets-former").write_bytes((folder / "tickets").read_bytes())
    (found,) = check._rotations()
    assert found.grade is check.Grade.BAD and "rotate-file tickets" in found.text


def test_every_file_is_written_into_the_trail(folder, centre: Centre):
    files.subkey(files.TICKETS, "use")
    keyfiles.secret_key(folder.parent)
    for name in rotation.FILES:
        run(what="rotate-file", file=name)
    named = [name.partition("-20")[0] for name in written()]  # without the day in the names of two of them
    assert sorted(named) == sorted(["audit", "tickets", "factors", "signing", "credentials", "tools"])

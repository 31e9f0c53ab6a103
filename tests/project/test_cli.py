"""The command line: what it offers, and how it refuses."""

import os
import subprocess
import sys

import pytest

from sauga.project import cli
from sauga.project.commands.settings import table
from sauga.project.settings.env import SettingsError, read

pytestmark = pytest.mark.unit


def sauga(*arguments, **environ):
    """Run the command in a process of its own, in a clean environment."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("SAUGA_", "DJANGO_")) and name != "DATABASE_URL"
    }
    return subprocess.run(
        [sys.executable, "-m", "sauga", *arguments],
        env={**kept, **environ},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_overview_names_every_command():
    done = sauga()
    assert done.returncode == 0
    assert all(name in done.stdout for name in cli.COMMANDS)


@pytest.mark.parametrize("name", cli.COMMANDS)
def test_every_command_explains_itself_without_a_database(name):
    done = sauga(name, "--help", DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 0
    assert done.stdout.startswith(f"usage: sauga {name}")


def test_a_signed_archive_is_checked_without_a_database(tmp_path):
    from sauga.kernel.sealed.signatures import archives
    from sauga.kernel.sealed.signatures.ed25519 import Signer

    signer, nowhere = Signer(b"\x07" * 32), "postgresql://nobody@127.0.0.1:1/none"
    archive, _digest = archives.pack(
        {"items.json": b"[]"}, about={"file": "K7Q4", "recipient": "POLICE", "items": []}, signer=signer
    )
    (tmp_path / "file.zip").write_bytes(archive)
    (tmp_path / "broken.zip").write_bytes(archive.replace(b"items.json", b"items_json"))
    for name, key, code, words in (
        ("file.zip", signer.public.hex(), 0, "whole, signed by"),
        ("file.zip", "00" * 32, 1, "not signed by this key"),
        ("broken.zip", signer.public.hex(), 1, "archive:"),
        ("none.zip", signer.public.hex(), 2, "cannot be read"),
        ("file.zip", "zz", 2, "64 hexadecimal digits"),
    ):
        done = sauga(
            "check",
            "handover",
            str(tmp_path / name),
            "--key",
            key,
            SAUGA_DATA=str(tmp_path / "data"),
            DATABASE_URL=nowhere,
        )
        assert done.returncode == code and words in done.stdout + done.stderr


def test_unknown_command_suggests_the_nearest(tmp_path):
    done = sauga("dmeo", SAUGA_DATA=str(tmp_path), DATABASE_URL="postgresql://nobody@127.0.0.1:1/none")
    assert done.returncode == 2
    assert "Did you mean “demo”?" in done.stderr


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"DATABASE_URL": "mysql://localhost/x"}, "must begin with postgresql://"),
        ({"DATABASE_URL": "postgresql://a@127.0.0.1:1/x"}, "does not answer"),
        ({"DATABASE_URL": "postgresql://a@127.0.0.1:port/x"}, "not a number"),
        ({"SAUGA_DATA": "/proc/nowhere"}, "cannot be written"),
        ({"SAUGA_DEBUG": "perhaps"}, "write 1 or 0"),
        ({"SAUGA_DOR": "desk"}, "Unknown variable SAUGA_DOR"),
        ({"SAUGA_SECRET_KEY_FILE": "/nowhere/key"}, "cannot be read"),
    ],
)
def test_wrong_environment_is_explained_without_a_traceback(environ, words, tmp_path):
    done = sauga("init", **{"SAUGA_DATA": str(tmp_path), **environ})
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert "password" not in done.stderr.lower()


def test_taken_port_is_explained(tmp_path):
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        for command in (["serve"], ["demo", "--data", str(tmp_path / "x")]):
            done = sauga(*command, "--port", str(taken.getsockname()[1]), SAUGA_DATA=str(tmp_path))
            assert done.returncode == 2
            assert "choose another with --port" in done.stderr
    assert not (tmp_path / "x").exists()


def test_settings_never_show_a_secret():
    shown = table(
        read(
            {
                "SAUGA_SECRET_KEY": "canary",
                "DATABASE_URL": "postgresql://u:canary@h/d",
                "SAUGA_HOSTS": "a.example",
            }
        ),
        100,
    )
    assert "canary" not in shown
    assert "SAUGA_SECRET_KEY = set  (changed)" in shown
    assert "SAUGA_HOSTS = a.example  (changed)" in shown


def test_secret_from_a_file(tmp_path):
    (tmp_path / "key").write_text("from-file\n", encoding="utf-8")
    assert read({"SAUGA_SECRET_KEY_FILE": str(tmp_path / "key")}).secret_key == "from-file"


def test_former_names_of_variables_and_commands_still_work():
    former = read({"SAUGA_DOOR": "desk", "SAUGA_HOUSE": "hotline-lt", "SAUGA_HOUSES": "peers.json"})
    assert (former.site, former.installation, former.peers) == ("desk", "hotline-lt", "peers.json")
    assert read({"SAUGA_DOOR": "desk", "SAUGA_SITE": "public"}).site == "public", "the present name counts"
    assert sauga("house", "--help").stdout.startswith("usage: sauga installation")


@pytest.mark.parametrize(
    "environ", [{"SAUGA_SITE": "window"}, {"SAUGA_INBOUND_PORT": "many"}, {"SAUGA_DEMO": "maybe"}]
)
def test_value_that_cannot_be_understood_is_refused(environ):
    with pytest.raises(SettingsError, match=next(iter(environ))):
        read(environ)


def test_unknown_benchmark_is_explained():
    done = sauga("bench", "nonesuch")
    assert done.returncode == 2
    assert "no benchmark" in done.stderr

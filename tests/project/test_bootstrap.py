"""A newcomer's machine: no uv, an old Python first on PATH, a pip that refuses; each time the way on,
or a clear word.
"""

import os
import shutil
import subprocess
import sys

import pytest
from architecture.tree import ROOT

pytestmark = pytest.mark.unit

CHMOD = shutil.which("chmod") or "chmod"
TOOLS = ("bash", "dirname", "rm", "awk", "grep", "sort", "cat", "env", "mkdir")


@pytest.fixture
def machine(tmp_path):
    """A folder with the bootstrap in it and a PATH that holds only what is put there:
    `machine(python3=…)` runs it.
    """
    (tmp_path / "tools").mkdir()
    shutil.copy(ROOT / "tools" / "bootstrap.sh", tmp_path / "tools")
    programs = tmp_path / "bin"
    programs.mkdir()
    for tool in TOOLS:
        (programs / tool).symlink_to(shutil.which(tool))

    def run(pinned=True, **scripts):
        for name, script in scripts.items():
            path = programs / name.replace("_", ".")
            path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            path.chmod(0o755)
        # The script also looks in /usr/bin; a copy without that keeps this machine's own Pythons
        # out of the scene.
        text = (tmp_path / "tools" / "bootstrap.sh").read_text(encoding="utf-8")
        (tmp_path / "tools" / "bootstrap.sh").write_text(
            text.replace(" /usr/bin/python3", " /nowhere/python3"), encoding="utf-8"
        )
        environ = {"PATH": str(programs), "HOME": str(tmp_path / "home")}
        return subprocess.run(
            ["bash", "tools/bootstrap.sh"],
            cwd=tmp_path,
            env=environ,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


OLD = 'case "$2" in *version_info*) exit 1;; esac; exit 1'
UV = 'case "$1" in --version) exit 0;; esac; echo "uv $*" > called'
# Stands for a Python that is new enough; `-m venv` and `-m pip` do what each test wants.
NEW = (
    'case "$*" in *ensurepip*) exit {venv};; "-m venv"*) {make};; "-m pip --version"*) exit {pip};; "-m '
    'pip install"*) {install};; esac'
)


def new_python(*, venv=0, make=":", pip=0, install=":"):
    return NEW.format(venv=venv, make=make, pip=pip, install=install)


def fake_uv(path):
    """Shell text that puts a uv there which notes how it was called."""
    script = '#!/bin/sh\\n[ "$1" = --version ] || echo "uv $*" > called\\n'
    return f"mkdir -p {path}; printf '{script}' > {path}/uv; {CHMOD} +x {path}/uv"


def test_without_any_python_it_says_what_to_install(machine):
    done = machine()
    assert done.returncode == 1
    assert "no Python 3.12 or newer" in done.stderr
    assert "apt-get install python3" in done.stderr


def test_an_old_python_is_not_taken(machine):
    done = machine(python3=OLD)
    assert done.returncode == 1
    assert "no Python 3.12 or newer" in done.stderr


def test_newest_python_of_pyenv_is_found(machine, tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "python").write_text("#!/bin/sh\n" + new_python(), encoding="utf-8")
    (inside / "python").chmod(0o755)
    pyenv = (
        f'case "$1" in versions) printf "3.9.1\\n3.12.1\\n3.13.0\\n";; which) [ "$PYENV_VERSION" = 3.13.0 '
        f"] && echo {inside}/python;; esac"
    )
    done = machine(python3=OLD, pyenv=pyenv, uv=UV)
    assert done.returncode == 0, done.stderr
    assert f"--python {inside}/python" in (tmp_path / "called").read_text()


def test_missing_uv_comes_by_a_private_environment(machine, tmp_path):
    make = (
        fake_uv(".venv-tools/bin")
        + "; printf '#!/bin/sh\\n' > .venv-tools/bin/python; "
        + CHMOD
        + " +x .venv-tools/bin/python"
    )
    done = machine(python3_13=new_python(make=make))
    assert done.returncode == 0, done.stderr
    assert "sync --frozen" in (tmp_path / "called").read_text()


def test_a_python_without_venv_still_brings_uv_by_pip(machine, tmp_path):
    """Debian's python3 without python3-venv; `--target` is allowed where a system-wide install is
    refused (PEP 668).
    """
    done = machine(python3_13=new_python(venv=1, install=fake_uv(".venv-tools/lib/bin")))
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "called").exists()


def test_without_venv_and_without_pip_it_says_what_to_install(machine):
    done = machine(python3_13=new_python(venv=1, pip=1))
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr


def test_a_uv_that_does_not_run_is_not_taken(machine, tmp_path):
    """pyenv's shim named uv exists for every version, and fails for those that do not have it."""
    make = (
        fake_uv(".venv-tools/bin")
        + "; printf '#!/bin/sh\\n' > .venv-tools/bin/python; "
        + CHMOD
        + " +x .venv-tools/bin/python"
    )
    done = machine(uv="exit 127", python3_13=new_python(make=make))
    assert done.returncode == 0, done.stderr


def test_failed_install_is_explained(machine):
    done = machine(python3_13=new_python(), uv='case "$1" in --version) exit 0;; esac; exit 2')
    assert done.returncode == 1
    assert "could not be installed" in done.stderr


def test_this_environment_is_new_enough():
    assert sys.version_info >= (3, 12)
    assert os.access(ROOT / "tools" / "bootstrap.sh", os.X_OK)
    assert os.access(ROOT / ".ci" / "run", os.X_OK)

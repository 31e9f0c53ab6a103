"""`make test`, `make quick`, `make prove`: brings what the tests need, compiles the texts, runs pytest on all
cores.

run_tests.py [pytest's arguments]           every test run_tests.py --quick [pytest's arguments]   without
browsers and servers: no database, or a package that has changed run_tests.py --prove [pytest's arguments]
the tests marked `prove`, whole; goes on where the same commit was interrupted
"""

import os
import signal
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import chromium
import clients
import front
import nodetools
import relay
import scanner
import workers
from _pytest.assertion import rewrite

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))
import cleanup  # noqa: E402  lies beside the tests, which begin a run of their own with it


def main() -> int:
    """Run pytest with the given arguments added; return its exit code (non-zero in CI when a test was left
    out for want of a tool)."""
    arguments, environ = sys.argv[1:], dict(os.environ)
    environ.pop(
        "PYTHONDONTWRITEBYTECODE", None
    )  # tests compiled once are collected in a third of the time by every worker
    is_quick = "--quick" in arguments
    if not is_quick:
        bring_tools(environ)
    if "--prove" in arguments:
        arguments.remove("--prove")
        environ["PROVE"] = "1"
        arguments += ["-m", "prove", "--passed-file", str(_passed_file())]
    subprocess.run(
        [sys.executable, "-m", "sauga.project.messages", "compile"], cwd=ROOT, env=environ, check=True
    )
    compile_tests()
    if not set(arguments) - {"--record-durations"}:
        environ["TEST_TEMPLATES"] = "all"
    count = workers.count(os.cpu_count() or 1, cleanup.available_memory(), is_quick=is_quick)
    command = [sys.executable, "-m", "pytest", "-n", str(count), *arguments]
    cleanup.begin()
    with subprocess.Popen(
        command, cwd=ROOT, env={**environ, **cleanup.environment()}, start_new_session=True
    ) as running:
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: running.send_signal(signal.SIGINT))
        return running.wait()


def bring_tools(environ: dict[str, str]) -> None:
    """Chromium, Firefox, w3m, coturn, clamd, caddy and the npm tools, where they may be had."""
    browser = chromium.find() or chromium.bring()
    if browser:
        environ["CHROMIUM"] = browser
    chromium.bring_shell()
    clients.bring()
    if not relay.find():
        relay.bring()
    if not scanner.find():
        scanner.bring()
    if caddy := front.find() or front.bring():
        environ["CADDY"] = caddy
    if not nodetools.ready():
        nodetools.bring()


def compile_tests() -> None:
    """Compile the tests as pytest does when it first imports them.

    All workers import them at the same time, and each would do it alone.
    """
    paths = [path for name in ("test_*.py", "conftest.py") for path in (ROOT / "tests").rglob(name)]
    with ProcessPoolExecutor() as pool:
        list(pool.map(_compile, paths, chunksize=8))


def _compile(path: Path) -> None:
    target = rewrite.get_cache_dir(path) / f"{path.stem}{rewrite.PYC_TAIL}"
    if rewrite._read_pyc(path, target) is not None or not rewrite.try_makedirs(target.parent):
        return
    made, code = rewrite._rewrite_test(path, None)  # type: ignore[arg-type]  # what pytest is told about asserts that pass: nothing
    rewrite._write_pyc(None, code, made, target)  # type: ignore[arg-type]  # asked only when it fails


def _passed_file() -> Path:
    """Where `make prove` notes what has passed at this commit; another commit begins anew."""
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    ).stdout.strip()
    folder = ROOT / ".prove"
    folder.mkdir(exist_ok=True)
    return folder / (commit or "unversioned")


if __name__ == "__main__":
    raise SystemExit(main())

"""`make check`: every check beside the tests, one after the other; all are run, the failures are listed at
the end."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
CODE = [name for name in ("src", "tests", "benchmarks", "tools", "films") if (ROOT / name).is_dir()]
CHECKS: dict[str, list[str]] = {
    "style": ["ruff", "check", "--quiet", *CODE],
    "format": ["ruff", "format", "--quiet", "--check", *CODE],
    "import contracts": ["lint-imports", "--no-logo"],
    "unused code": ["python", "tools/unused_code.py"],
    "templates": ["djlint", "src", "--lint", "--quiet"],
    "template layout": ["python", "tools/format_templates.py", "--check"],
    "texts": ["python", "-m", "sauga.project.messages", "check"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run", "-v", "1"],
    "architecture tests": ["python", "-m", "pytest", "-q", "tests/architecture"],
    "types": ["mypy", "src"],
}


def main() -> int:
    """Run the checks named on the command line, or all; return 1 when any failed."""
    wanted = sys.argv[1:] or list(CHECKS)
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "sauga.project.settings.test"}
    subprocess.run(
        [sys.executable, "-m", "sauga.project.messages", "compile"], cwd=ROOT, env=environ, check=True
    )
    failed = [name for name in wanted if not _passes(name, environ)]
    print("All checks passed." if not failed else f"Failed: {', '.join(failed)}.", flush=True)
    return bool(failed)


def _passes(name: str, environ: dict[str, str]) -> bool:
    start = time.monotonic()
    command = [str(BIN / CHECKS[name][0]), *CHECKS[name][1:]]
    with tempfile.TemporaryDirectory() as data:
        if name == "types":
            # mypy reads the settings and leaves without a goodbye: an embedded database started for it would
            # go on running.
            environ = {**environ, "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SAUGA_DATA": data}
        done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=False)
    print(
        f"{'ok  ' if done.returncode == 0 else 'FAIL'} {name} ({time.monotonic() - start:.0f} s)", flush=True
    )
    if done.returncode:
        print(done.stdout.strip(), done.stderr.strip(), sep="\n", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    raise SystemExit(main())

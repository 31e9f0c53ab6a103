"""`sauga bench`: runs the scripts of `benchmarks/`; each prints ours, the limit or peer, and the ratio, from
one run."""

import argparse
import difflib
import subprocess
import sys

from sauga.project.cli import CannotRun, root


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("name", nargs="?", default="", help="one benchmark (default: all)")
    parser.add_argument("rest", nargs=argparse.REMAINDER, help="handed to the script")


def run(options: argparse.Namespace) -> int:
    """Run one benchmark or all; 1 when one missed its aim."""
    folder = root() / "benchmarks"
    names = sorted(path.stem for path in folder.glob("[!_]*.py"))
    if options.name and options.name not in names:
        near = difflib.get_close_matches(options.name, names, n=1) or names
        raise CannotRun(f"there is no benchmark “{options.name}”; there is: {', '.join(near) or 'none'}.")
    failed = []
    for name in [options.name] if options.name else names:
        print(f"— {name}", flush=True)
        if _ends_with([sys.executable, str(folder / f"{name}.py"), *options.rest]):
            failed.append(name)
    if failed:
        print(f"missed: {', '.join(failed)}", file=sys.stderr)
    return bool(failed)


def _ends_with(command: list[str]) -> int:
    """Run a script to its end and return its exit code.

    Broken off, it is waited for while it ends what it has started: its web server, its database.
    (`subprocess.run` would kill it after a quarter of a second.)
    """
    with subprocess.Popen(command, cwd=root()) as script:
        try:
            return script.wait()
        except KeyboardInterrupt:  # the terminal has sent it to the script as well
            script.wait()
            raise
        except SystemExit:
            script.terminate()
            script.wait()
            raise

"""Runs commands in an installation by a process that has the product loaded already and forks for each.

Starting the product takes over a second of a processor; a fork takes a hundredth of it. What a command is
given, prints and leaves with is as if it had been started.
"""

import json
import os
import runpy
import subprocess
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Done:
    """A command that has ended, in the words of `subprocess`."""

    returncode: int
    stdout: str
    stderr: str


class Forks:
    """The process of one installation. `run` returns what a command printed, `ask` how it ended, too."""

    def __init__(self, environ: dict[str, str], folder: Path, cwd: Path) -> None:
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-m", "rig.forks"],
            env=environ,
            cwd=cwd,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, *arguments: str, given: str = "") -> str:
        """Raises RuntimeError with what the command complained of."""
        done = self.ask(*arguments, given=given)
        if done.returncode:
            raise RuntimeError(done.stderr[-4000:] or f"ended with {done.returncode}")
        return done.stdout

    def ask(self, *arguments: str, given: str = "") -> Done:
        """Raises RuntimeError where the process that forks has ended itself."""
        files = [self.folder / f"command.{name}" for name in ("given", "printed", "complained")]
        files[0].write_text(given, encoding="utf-8")
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        print(json.dumps([arguments, *map(str, files)]), file=self.process.stdin, flush=True)
        code = self.process.stdout.readline().strip()
        printed, complained = (path.read_text(encoding="utf-8") for path in files[1:] if path.exists())
        for path in files:
            path.unlink(missing_ok=True)
        if not code:
            raise RuntimeError(complained[-4000:] or "the process that forks has ended")
        return Done(int(code), printed, complained)

    def stop(self) -> None:
        """End the process; commands have ended before."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()


def serve() -> None:
    """Read commands until nobody gives any more."""
    from sauga.project import cli

    cli.prepare()
    asked, answers = os.fdopen(os.dup(0)), os.fdopen(os.dup(1), "w")
    for line in asked:
        arguments, *files = json.loads(line)
        child = os.fork()
        if child == 0:
            _become(arguments, files)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        print(code, file=answers, flush=True)


def _become(arguments: list[str], files: list[str]) -> None:
    """Be the command, and end as it ends."""
    code: Any = 1
    try:
        for number, (name, mode) in enumerate(
            zip(files, (os.O_RDONLY, *2 * [os.O_WRONLY | os.O_CREAT | os.O_TRUNC]), strict=True)
        ):
            os.dup2(os.open(name, mode, 0o600), number)
        sys.stdin = os.fdopen(0, closefd=False)
        kind, what, *more = arguments
        sys.argv = [what if kind == "-m" else kind, *more]
        if kind == "-m":
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            exec(compile(what, "<command>", "exec"), {"__name__": "__main__"})
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:  # the command's own fault is its answer
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    serve()

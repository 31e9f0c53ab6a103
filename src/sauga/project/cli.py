"""The `sauga` command.

Knows the commands by name and imports only the one that is asked for; anything else goes to Django.
"""

import argparse
import difflib
import os
import signal
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import NoReturn

from sauga.project.settings.env import SettingsError, read

COMMANDS = {
    "demo": "the whole product with synthetic data, ready to try",
    "serve": "the web pages of this installation",
    "work": "the background worker: jobs, clocks, returned mail",
    "database": "the embedded database as a service of its own, for `serve` and `work` to share",
    "setup": "from an empty folder to the first sign-in: tables, organisations, administrators, keys",
    "init": "make or bring up to date the tables, vocabularies and static files",
    "check": "see whether this installation is healthy, or the trail unbroken",
    "settings": "the environment variables, what they mean and what they are now",
    "organisation": "partners, their kinds, and who operates which service",
    "keys": "zones, escrow shares, rotation",
    "retain": "delete what has reached the end of its time, now",
    "installation": "print this installation's card for other installations",
    "backup": "write a sealed backup into a folder",
    "restore": "read a backup into an empty database",
    "bench": "run the benchmarks",
    "messages": "compile, check or extract the Lithuanian texts",
}

FORMER_COMMANDS = {"house": "installation"}
"""Commands that were renamed; the former name still works."""

STARTING = 60.0
"""Seconds that a database which says it is starting is given."""


class CannotRun(Exception):
    """A command cannot do what was asked; the text says what is wrong and what to do."""


def main(arguments: list[str] | None = None) -> NoReturn:
    """Run one command and leave with its exit code: 0 done, 1 found something wrong, 2 could not run."""
    given = sys.argv[1:] if arguments is None else arguments
    if (
        signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    ):  # as at Ctrl-C: what was begun is ended in order, the embedded database too
        signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    try:
        code = _dispatch(given)
    except (CannotRun, SettingsError) as error:
        print(f"sauga: {error}", file=sys.stderr)
        code = 2
    except KeyboardInterrupt:
        code = 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    raise SystemExit(code)


def prepare() -> None:
    """Load Django with the settings that fit the environment: `prod`, or `dev` for a demo or for development.

    Raises CannotRun when the database cannot be reached.
    """
    prepare_settings()
    from sauga.project.startup import load_django

    load_django()


def prepare_settings() -> None:
    """The part of `prepare` that a parent of web processes needs: settings, texts, and a database that
    answers.

    A database that is only starting, or putting itself in order after a fall, is waited for.
    """
    choose_settings()
    from sauga.project.messages import compile_if_stale

    compile_if_stale()
    _database_answers()


def choose_settings() -> None:
    """Set DJANGO_SETTINGS_MODULE unless the caller has."""
    if not os.environ.get("DJANGO_SETTINGS_MODULE"):
        env = read()
        os.environ["DJANGO_SETTINGS_MODULE"] = (
            f"sauga.project.settings.{'dev' if env.demo or env.debug else 'prod'}"
        )


def root() -> Path:
    """The folder that holds `src` and `benchmarks`, for commands that need the repository.

    Raises CannotRun in an installed wheel.
    """
    folder = Path(__file__).resolve().parents[3]
    if not (folder / "pyproject.toml").is_file():
        raise CannotRun("this command needs the source tree; an installed package does not carry it.")
    return folder


def _database_answers() -> None:
    from django.db import OperationalError, connection
    from psycopg.pq import Ping

    from sauga.project.postgresql import reachability

    end = time.monotonic() + STARTING
    while reachability.ping() == Ping.REJECT and time.monotonic() < end:
        time.sleep(0.1)
    try:
        connection.ensure_connection()
    except OperationalError as error:
        reason = str(error).strip().splitlines()[0] if str(error).strip() else "no reason given"
        raise CannotRun(f"the database that DATABASE_URL names does not answer: {reason}") from error
    connection.close()


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in {"-h", "--help", "help"}:
        print(_overview())
        return 0
    if given[0] in {"-V", "--version"}:
        from importlib.metadata import version

        print(version("sauga"))
        return 0
    name, rest = FORMER_COMMANDS.get(given[0], given[0]), given[1:]
    if name not in COMMANDS:
        return _django(name, given)
    module = import_module(f"sauga.project.commands.{name}")
    parser = argparse.ArgumentParser(prog=f"sauga {name}", description=COMMANDS[name].capitalize() + ".")
    module.arguments(parser)
    run: Callable[[argparse.Namespace], int] = module.run
    return run(parser.parse_args(rest))


def _overview() -> str:
    width = max(map(len, COMMANDS))
    lines = [
        "usage: sauga COMMAND [options]",
        "",
        *(f"  {name:<{width}}  {text}" for name, text in COMMANDS.items()),
    ]
    return "\n".join(
        [
            *lines,
            "",
            (
                "`sauga COMMAND --help` explains one. Anything else goes to Django (`sauga migrate`, "
                "`sauga shell`, …)."
            ),
        ]
    )


def _django(name: str, given: list[str]) -> int:
    choose_settings()
    from django.core.management import ManagementUtility, get_commands

    known = {*COMMANDS, *get_commands()}
    if name not in known:
        near = difflib.get_close_matches(name, known, n=1)
        raise CannotRun(
            f"there is no command “{name}”."
            + (f" Did you mean “{near[0]}”?" if near else " `sauga --help` lists them.")
        )
    ManagementUtility(["sauga", *given]).execute()
    return 0

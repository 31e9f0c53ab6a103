"""`sauga setup`: from an empty folder to the first sign-in.

Asks, or reads a file of answers; may be interrupted and run again.
"""

import argparse
from pathlib import Path

from sauga.project.cli import CannotRun, prepare
from sauga.project.commands.init import bring_up_to_date
from sauga.project.setup import terminal
from sauga.project.setup.answers import read

READY = """
Ready for the first sign-in:

  1. start `sauga serve` and `sauga work`
  2. sign in at {url}/desk/ as {who}
  3. `sauga check` says whether all is well
"""
NOBODY = "an administrator (there is none yet: name one in a file, `sauga setup --answers FILE`)"


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--answers",
        type=Path,
        metavar="FILE",
        help="organisations and administrators, as in docs/operate/files/setup.toml; passwords are asked "
        "for all the same, "
        "or read from standard input, one a line, in the order of the file",
    )


def run(options: argparse.Namespace) -> int:
    """Do what is missing and say what was done; 1 when something is still missing, with what it is."""
    if options.answers is None and not terminal.is_there():
        raise CannotRun(
            "there is no terminal to ask at; give the answers in a file: `sauga setup --answers FILE`."
        )
    given = read(options.answers) if options.answers else None
    prepare()
    from django.conf import settings

    from sauga.kernel import clock, sealed
    from sauga.project.setup import dialogue, steps

    for line in bring_up_to_date():
        terminal.say(line)
    setup = steps.Setup(clock.now())
    try:
        for new in given.organisations if given else dialogue.organisations(setup.at):
            terminal.say(setup.organisation(new))
        for person in given.administrators if given else dialogue.administrators(setup.at):
            terminal.say(setup.administrator(person))
        for line in setup.zones():
            terminal.say(line)
    except sealed.SealedError as error:
        raise CannotRun(
            f"{error or type(error).__name__}. Nothing is lost: run `sauga setup` again, it goes on "
            f"where it stopped."
        ) from error
    if missing := steps.missing(setup.at):
        terminal.say(
            "\nStill missing; run `sauga setup` again:\n" + "\n".join(f"  {line}" for line in missing)
        )
        return 1
    who = " or ".join(steps.everyone_who_administers(setup.at)) or NOBODY
    terminal.say(READY.format(url=settings.ENV.base_url.rstrip("/"), who=who))
    return 0

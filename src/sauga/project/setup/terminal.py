"""Questions at a terminal. Without one only secrets are read, one a line from standard input."""

import getpass
import sys
from collections.abc import Callable

from sauga.project.cli import CannotRun

TRIES = 5


def is_there() -> bool:
    """Whether a person is at the terminal."""
    return sys.stdin.isatty()


def say(text: str = "") -> None:
    """Print at once."""
    print(text, flush=True)


def ask(question: str, default: str = "", check: Callable[[str], str] | None = None) -> str:
    """An answer, asked again while it is empty or `check` has something against it (it returns what, or
    nothing). Raises CannotRun."""
    for _ in range(TRIES):
        typed = input(f"{question}{f' [{default}]' if default else ''}: ").strip() or default
        wrong = check(typed) if typed and check else "" if typed else "an answer is needed"
        if not wrong:
            return typed
        say(f"  {wrong}")
    raise CannotRun("no usable answer was given; run `sauga setup` again, it goes on where it stopped.")


def agrees(question: str, *, default: bool) -> bool:
    """Yes or no."""
    typed = input(f"{question} [{'Y/n' if default else 'y/N'}]: ").strip().lower()
    return default if not typed else typed[0] in "yt"


def secret(question: str) -> str:
    """Something typed without being shown; without a terminal a line of standard input.

    Raises CannotRun when nothing is given.
    """
    if is_there():
        return getpass.getpass(question)
    line = sys.stdin.readline().strip()
    if not line:
        raise CannotRun(
            f"nothing was given for “{question.strip(': ')}”; type it, or hand it over one a line on "
            f"standard input."
        )
    return line


def new_secret(question: str) -> str:
    """A new password, typed twice at a terminal. Raises CannotRun."""
    for _ in range(TRIES):
        typed = secret(question)
        if not is_there() or typed == secret("The same again: "):
            return typed
        say("  The two are not the same.")
    raise CannotRun("the password was not typed twice in the same way.")

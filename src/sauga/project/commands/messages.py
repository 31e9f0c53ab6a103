"""`sauga messages`: the texts, see sauga.project.messages."""

import argparse

from sauga.project import messages


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument("what", choices=["compile", "check", "extract"])


def run(options: argparse.Namespace) -> int:
    """Compile, check or extract."""
    return messages.main([options.what])

"""`sauga retain`: applies the retention rules now; the worker does the same every night."""

import argparse

from sauga.project.cli import prepare


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""


def run(options: argparse.Namespace) -> int:
    """Delete what has reached the end of its time, keys first, and say how much."""
    prepare()
    from sauga.kernel import clock, retention

    print(retention.run(clock.now()))
    return 0

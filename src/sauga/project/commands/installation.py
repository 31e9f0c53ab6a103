"""`sauga installation`: this installation's card for others, and the list of those it knows."""

import argparse
import json

from sauga.project.cli import CannotRun, prepare


def arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.add_argument(
        "--heads-of",
        metavar="NAME",
        default="",
        help="print the signed heads of another installation remembered here",
    )
    parser.add_argument(
        "--check", action="store_true", help="read SAUGA_PEERS and list the installations in it instead"
    )


def run(options: argparse.Namespace) -> int:
    """Print; a card holds no secret."""
    prepare()
    from sauga.kernel import audit
    from sauga.kernel.integration import peers

    if options.heads_of:
        for head in audit.witnessed_heads(options.heads_of):
            print(head.line())
        return 0
    try:
        if not options.check:
            print(json.dumps(peers.card(), indent=2))
            return 0
        for one in peers.peers().values():
            print(
                f"{one.name}: {one.url} runs {', '.join(sorted(one.services))}; {len(one.keys)} signing keys"
            )
    except peers.CardUnfit as unfit:
        raise CannotRun(str(unfit)) from unfit
    return 0

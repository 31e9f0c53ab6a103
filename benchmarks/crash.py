"""Kill -9 of web workers, the job worker and the database under eight clients, and a restart of the database
under them; then every receipt ever shown is opened.

    python benchmarks/crash.py [--rounds 300] [--pace 0.35] [--seed N]

There is no limit to stand beside: wanted is nothing lost, nothing half stored, and a trail that verifies.
"""

import argparse
import random
import time

from rig.crash import crash
from rig.figures import Aims, machine
from rig.installation import new_installation


def main() -> int:
    """Kill, check, and say by the exit code whether every promise was kept."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=300)
    parser.add_argument("--pace", type=float, default=0.35, help="seconds from kill to kill, on average")
    parser.add_argument("--seed", type=int, default=random.randrange(2**32))
    options = parser.parse_args()
    aims, start = Aims(), time.monotonic()
    with new_installation() as installation:
        outcome = crash(installation, options.rounds, pace=options.pace, seed=options.seed)
    print(
        f"{sum(outcome.kills.values())} kills {dict(outcome.kills)} in {time.monotonic() - start:.0f} "
        f"s, seed {options.seed} ({machine()})"
    )
    print(
        f"  {outcome.sent} reports sent, {len(outcome.shown)} receipts shown, {outcome.retries} "
        f"answers lost and asked again"
    )
    print(
        f"  {outcome.found['reports']} reports and {outcome.found['items']} items stored, "
        f"{outcome.found['lines']} lines in the trail"
    )
    for fault in outcome.faults[:20]:
        print(f"  FAULT {fault}")
    aims.expect("promises broken", len(outcome.faults), most=0)
    return aims.verdict()


if __name__ == "__main__":
    raise SystemExit(main())

"""An honest report while others attack: a thousand wrong receipts a minute and fifty slow senders, beside
the same at rest.

    python benchmarks/isolation.py [--seconds 30] [--guesses 1000] [--slow 50]

Two honest visitors report one after another in both halves of the same run. Wanted: their p95 under attack is
less than twice that at rest, and no report fails. Then 64 visitors at once: no failure either.
"""

import argparse

from rig.attack import begin_attack, finish_attack
from rig.figures import Aims, machine, percentile
from rig.installation import new_installation
from rig.load import Run, run_load


def main() -> int:
    """Measure at rest, under attack and with many visitors; by the exit code, whether the aims were met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=float, default=30)
    parser.add_argument("--guesses", type=int, default=1000, help="wrong receipts a minute")
    parser.add_argument("--slow", type=int, default=50, help="slow senders")
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation:
        port = installation.serve(workers=2)
        run_load(port, 4, 60)
        rest = run_load(port, 2, 0, options.seconds)
        attack = begin_attack(port, options.guesses, options.slow, options.seconds + 2)
        under = run_load(port, 2, 0, options.seconds)
        met = finish_attack(attack)
        crowd = run_load(port, 64, 0, options.seconds)
    for name, run in (("at rest", rest), ("under attack", under), ("64 at once", crowd)):
        print(f"{name}: {told(run)} ({machine()})")
        aims.expect(f"failures {name}", run.failures, most=0)
    print(f"the attacker met {met}")
    aims.expect(
        "p95 under attack, beside that at rest",
        percentile(under.seconds, 0.95) / percentile(rest.seconds, 0.95),
        most=2,
        unit=" times",
    )
    return aims.verdict()


def told(run: Run) -> str:
    """A run in a few words."""
    p50, p95 = (percentile(run.seconds, share) * 1000 for share in (0.5, 0.95))
    return (
        f"{run.reports} reports, {run.rate:.1f}/s, p50 {p50:.0f} ms, p95 {p95:.0f} ms, {run.failures} "
        f"failures"
    )


if __name__ == "__main__":
    raise SystemExit(main())

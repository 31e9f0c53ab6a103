"""Acknowledged reports a second over HTTP, beside the key derivation alone on all cores, measured
in the same run.

    python benchmarks/intake.py [--count 500] [--clients 1,8,64]

The server is the one that ships: `sauga serve --workers 2`, production settings, embedded PostgreSQL that
waits for the disk. A report is the whole journey: open the form, take its ticket, send it, hold the receipt,
which is shown only after the commit. One address in five was reported before. Wanted: with 8 clients at least
50 % of the limit, no failure, p95 at most 500 ms; with one client 25/s.
"""

import argparse

from rig.figures import Aims, cpu_seconds, machine, percentile
from rig.installation import Installation, new_installation
from rig.limit import derivations_per_second
from rig.load import Run, run_load

PAUSE = 1.5


def main() -> int:
    """Measure, print, and say by the exit code whether every aim was met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--count", type=int, default=500, help="reports for each number of clients")
    parser.add_argument("--clients", default="1,8,64")
    options = parser.parse_args()
    aims = Aims()
    with new_installation() as installation:
        port = installation.serve(workers=2)
        run_load(port, 8, 60)
        for clients in map(int, options.clients.split(",")):
            _measure(installation, port, clients, options.count, aims)
    return aims.verdict()


def _measure(installation: Installation, port: int, clients: int, count: int, aims: Aims) -> None:
    """Reports and bare derivations by turns, so that both meet the same machine, whatever else it does
    meanwhile."""
    turns = max(2, min(10, count // 100))
    run, limits = Run(), [derivations_per_second(PAUSE)]
    spent = database = 0.0
    for _ in range(turns):
        web, data = cpu_seconds(installation.children[-1].pid), cpu_seconds(installation.postmaster())
        run = run.joined(run_load(port, clients, count // turns))
        spent += cpu_seconds(installation.children[-1].pid) - web
        database += cpu_seconds(installation.postmaster()) - data
        limits.append(derivations_per_second(PAUSE))
    limit = sum(limits) / len(limits)
    p50, p95 = (percentile(run.seconds, share) * 1000 for share in (0.5, 0.95))
    print(f"{clients} clients, {run.reports} reports in {run.whole:.1f} s ({machine()})")
    print(
        f"  ours {run.rate:.1f}/s, limit {limit:.1f}/s (key derivation alone), ratio {run.rate / limit:.2f}"
    )
    print(
        f"  p50 {p50:.0f} ms, p95 {p95:.0f} ms; opening the form p95 "
        f"{percentile(run.forms, 0.95) * 1000:.0f} ms"
    )
    each = [1000 * part / max(1, run.reports) for part in (spent, database, run.cpu)]
    print(
        f"  processor time a report: web {each[0]:.1f} ms, database {each[1]:.1f} ms, visitors "
        f"{each[2]:.1f} ms"
    )
    for complaint, times in run.complaints.items():
        print(f"  {times} × {complaint}")
    aims.expect(f"failures with {clients} clients", run.failures, most=0)
    if clients == 1:
        aims.expect("reports a second with 1 client", run.rate, least=25, unit="/s")
    if clients == 8:
        aims.expect("share of the limit with 8 clients", 100 * run.rate / limit, least=50, unit=" %")
        aims.expect("p95 with 8 clients", p95, most=500, unit=" ms")


if __name__ == "__main__":
    raise SystemExit(main())
